import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import type { DecisionsDocument } from "../../src/queries/documents/decision-documents.ts";
import type { ExplanationDocument, ReviewDocument } from "../../src/queries/documents/match-documents.ts";
import { createCommandRunner } from "../support/command-runner.ts";
import { runCli, type CliOptions, type CliResult } from "../support/run-cli.ts";
import {
  allMatchCases,
  nowUts,
  createSmallCollection,
  type CollectionParts,
} from "../support/small-collection.ts";

const defaultOptions = { now: nowUts * 1000 + 7_200_000, env: { TZ: "UTC", NO_COLOR: "1" } };
/** The fuzzy match of record 6 has the most plays at stake. */
const reviewParts = {
  ...allMatchCases,
  albums: allMatchCases.albums.map((album) =>
    album.artist === "Godspeed You! Black Emperor" ? { ...album, plays: 387 } : album,
  ),
};

async function createReviewer(parts: Partial<CollectionParts> = reviewParts) {
  const { home } = await createSmallCollection(parts);
  return {
    home,
    /** The open questions: numbers of records, the most plays at stake first; then aliases. */
    asked: async (...flags: string[]) => {
      const { items, aliases } = await createCommandRunner<ReviewDocument>(
        "review",
        home,
        defaultOptions,
      ).json(...flags);
      return [...items.map(({ record_ids }) => record_ids.join("+")), ...aliases.map(() => "alias")].join(
        " ",
      );
    },
    /** Types one key after the other, on a terminal of a hundred columns. */
    answer: async (
      keys: readonly string[],
      flags: readonly string[] = [],
      options: Partial<CliOptions> = {},
    ) => {
      const modes: boolean[] = [];
      const recordRawMode = (isRaw: boolean): void => void modes.push(isRaw);
      const terminal = { tty: true, columns: 100, stdin: keys, onRawMode: recordRawMode } as const;
      return {
        ...(await runCli(["review", ...flags], { home, ...defaultOptions, ...terminal, ...options })),
        modes,
      };
    },
    run: (...argv: string[]) => runCli(argv, { home, ...defaultOptions }),
    explained: async (record: number): Promise<unknown> => {
      const ask = createCommandRunner<ExplanationDocument>("explain", home, defaultOptions);
      const { decision, credited } = await ask.json(String(record));
      return [decision.match_type, decision.decided_by, ...credited.map(({ id }) => id)];
    },
  };
}

/** Removes what moves the cursor and asks for marks. */
const toPlainLines = (text: string): string[] =>
  // oxlint-disable-next-line no-control-regex
  text.replace(/\u001b\[[?\d]*[a-zA-Z]|\r/g, "").split("\n");

test("lists uncertain matches by plays times uncertainty, with the commands that decide them", async () => {
  const { home, run, asked } = await createReviewer();
  const { items, aliases } = await createCommandRunner<ReviewDocument>("review", home, defaultOptions).json();
  expect(items.map(({ kind, record_ids, commands }) => [kind, ...record_ids, ...commands])).toEqual([
    ["fuzzy", 6, "rewind link 6 --add a1", "rewind link 6 --not a1"],
    ["tie", 14, "rewind link 14 --add a12", "rewind link 14 --add a13", "rewind link 14 --none"],
    ["near", 13, "rewind link 13 --add a8", "rewind link 13 --none"],
    ["fuzzy", 17, "rewind link 17 --add a11", "rewind link 17 --not a11"],
  ]);
  const command = 'rewind alias "Olufela Anikulapo" "Fela Kuti"';
  expect(aliases).toEqual([{ name: "Olufela Anikulapo", same_as: "Fela Kuti", titles: 2, command }]);
  // A pipe gets one question a line.
  const { stdout } = await run("review");
  expect(stdout.trimEnd().split("\n")).toHaveLength(5);
  expect(stdout.split("\n")[0]).toMatch(/^ 6 +~\.\d+ +387 .*rewind link 6 --add a1$/);
  for (const { commands } of items) await run(...(commands.at(-1) ?? "").split(" ").slice(1));
  await run("alias", "Olufela Anikulapo", "Fela Kuti");
  expect(await asked()).toBe("");
  expect((await run("review", "--list")).stdout).toBe("");
});

test("takes yes, no and a number, and rematches", async () => {
  const { answer, asked, explained } = await createReviewer();
  const { code, stdout } = await answer(["y", "2", "n", "y", "y"]);
  expect(code).toBe(0);
  expect(stdout.match(/^(?:Names: )?\d of \d$/gm)?.join(", ")).toBe(
    "1 of 4, 2 of 4, 3 of 4, 4 of 4, Names: 1 of 1",
  );
  expect(toPlainLines(stdout.trimEnd()).at(-1)).toBe("5 answered.");
  expect(await asked("--again")).toBe("");
  expect(await explained(6)).toEqual(["exact", "user", 1]);
  // Waved through: the artist stays known.
  expect(await explained(13)).toEqual(["artist_only", "matcher"]);
  expect(await explained(14)).toEqual(["exact", "user", 13]);
  expect(await explained(17)).toEqual(["exact", "user", 11]);
  expect(await explained(16)).toEqual(["exact", "matcher", 19]);
});

test("after q or a closed terminal the next review continues", async () => {
  const { answer, asked } = await createReviewer();
  expect((await answer(["y", "q"])).stdout).toContain("1 answered, 4 left (rewind review).");
  expect(await asked()).toBe("14 13 17 alias");
  expect((await answer(["n"])).stdout).toContain("1 answered, 3 left (rewind review).");
  expect(await asked()).toBe("13 17 alias");
});

test("u undoes the answers, newest first", async () => {
  const { answer, asked, run } = await createReviewer();
  const everything = await asked();
  const { stdout } = await answer(["y", "n", "s", "u", "u", "u", "u", "q"]);
  expect(toPlainLines(stdout).filter((line) => line.startsWith("· undone"))).toEqual([
    "· undone: #13 later",
    "· undone: #14 is another album",
    "· undone: #6 credited with a1, 387 plays",
  ]);
  expect(stdout.endsWith("0 answered, 5 left (rewind review).\n")).toBe(true);
  expect(await asked()).toBe(everything);
  expect((await run("links")).stdout).toBe("");
});

test("an album that is another one, as answered, is not owned by its name, until the answer is undone", async () => {
  const nameless = { artist: "Unknown Artist", title: "White Label" };
  const fuzzy = { artist: "Low", title: "Long Division: Songs From The Vault" };
  const { answer, asked, run } = await createReviewer({
    records: [
      { release: 1, ...nameless },
      { release: 2, ...fuzzy },
    ],
    albums: [
      { ...nameless, plays: 11 },
      { artist: "Low", title: "Long Division", plays: 10 },
    ],
  });
  const listOwned = async (): Promise<string> =>
    (await run("sql", "SELECT id FROM albums WHERE owned ORDER BY id", "--as", "csv")).stdout.replaceAll(
      /\s+/g,
      " ",
    );
  expect([await asked(), await listOwned()]).toEqual(["1 2", "id 1 2 "]);
  await answer(["n", "u", "q"]);
  expect([await asked(), await listOwned()]).toEqual(["1 2", "id 1 2 "]);
  await answer(["n", "n"]);
  expect(await listOwned()).toBe("id ");
  await run("link", "1", "--clear");
  expect(await listOwned()).toBe("id 1 ");
});

test("--again asks skipped questions again", async () => {
  const { answer, asked } = await createReviewer();
  expect((await answer(["s", "s", "q"])).stdout).toContain(
    "0 answered, 2 skipped (rewind review --again), 3 left",
  );
  expect(await asked()).toBe("13 17 alias");
  expect(await asked("--again")).toBe("6 14 13 17 alias");
  await answer(["y", "q"], ["--again"]);
  expect(await asked("--again")).toBe("14 13 17 alias");
});

test("unknown keys and numbers out of range ask again", async () => {
  const { answer } = await createReviewer();
  const { stdout } = await answer(["x", "s", "x", "3", "s", "q"]);
  expect(stdout).toContain("0 answered, 2 skipped");
  expect(stdout.match(/^ 1-2 {2}that one {3}n {2}none of these/gm)).toHaveLength(3);
});

test("with --no-input a terminal gets the list", async () => {
  const { home } = await createReviewer();
  const limited = createCommandRunner("review", home, {
    ...defaultOptions,
    tty: { stdout: true },
    columns: 100,
  });
  const { stdout } = await limited.run(["--limit", "1"]);
  expect(stdout).toMatchInlineSnapshot(`
    "Godspeed You! Black Emperor · Lift Your Skinny Fists Like Antennas To Heaven            #6  LP  2000
    Credited ~.92 with 387 plays. Is this the album?
      id  plays  last        album                                 why
      a1    387  2026-02-12  Lift Your Skinny Fists Like Antennas  one title is a part of the other
      right: rewind link 6 --add a1   wrong: rewind link 6 --not a1

    Are Olufela Anikulapo (on records) and Fela Kuti (in your plays) the same artist? They share 2
    titles.
      rewind alias "Olufela Anikulapo" "Fela Kuti"

    4 to review · 3 more: --all
    "
  `);
});

test("status counts as many uncertain matches as review asks about", async () => {
  const { home, resync } = await createSmallCollection(reviewParts);
  const countReviewItems = async (): Promise<number[]> => {
    const { matches } = (await createCommandRunner("status", home, defaultOptions).json()) as {
      matches: { needs_review: number };
    };
    const { total, items } = await createCommandRunner<ReviewDocument>("review", home, defaultOptions).json();
    return [matches.needs_review, total, items.length];
  };
  const runReviewWithInput = (stdin: string): Promise<CliResult> =>
    runCli(["review"], { home, ...defaultOptions, tty: true, stdin: stdin.split("") });
  const runLink = (flags: string): Promise<CliResult> =>
    runCli(["link", "13", ...flags.split(" ")], { home, ...defaultOptions });
  const albums = allMatchCases.albums.filter(({ artist }) => artist !== "Low");
  expect(await countReviewItems()).toEqual([4, 4, 4]);
  const steps: readonly (readonly [string, () => Promise<unknown>, number])[] = [
    ["skipped", () => runReviewWithInput("sq"), 3],
    ["skipped and undone", () => runReviewWithInput("suq"), 3],
    ["dismissed", () => runReviewWithInput("nq"), 2],
    ["decided", () => runLink("--add a8"), 1],
    ["decided otherwise", () => runLink("--clear"), 2],
    ["synced", () => resync({ ...allMatchCases, albums }), 1],
  ];
  for (const [name, step, left] of steps) {
    await step();
    expect([name, ...(await countReviewItems())]).toEqual([name, left, left, left]);
  }
});

// oxlint-disable-next-line no-control-regex
const erasePattern = /\u001b\[\d+A\r\u001b\[J/;

const runReviewWithKeys = async (keys: readonly string[], options: Partial<CliOptions> = {}) =>
  (await createReviewer()).answer(keys, [], options);

function throwFailure(): never {
  throw new Error("no such thing");
}

describe("one key press at a time", () => {
  test("past answers stay above the question", async () => {
    const { stdout } = await runReviewWithKeys(["y", "q"]);
    const [, after = ""] = stdout.split(erasePattern);
    expect(toPlainLines(after)).toEqual([
      "✓ #6 credited with a1, 387 plays",
      "",
      "2 of 4",
      "Arthur Russell · Calling Out Of Context                                                #14  LP  2004",
      "Not credited: several albums fit equally well. Which one is it? 43 plays at stake",
      "     id   plays  last        album                                why not",
      "  1  a12     22  2026-02-12  Calling Out Of Context: Some Rooms   fits as well as a13 Calling Out Of",
      "                                                                  Context: Other Rooms",
      "  2  a13     21  2026-02-12  Calling Out Of Context: Other Rooms  fits as well as a12 Calling Out Of",
      "                                                                  Context: Some Rooms",
      "",
      " 1-2  that one   n  none of these   s  later   e  explain   o  open   /  search   u  undo   q  quit",
      "",
    ]);
    expect(toPlainLines(stdout).slice(-2)).toEqual(["1 answered, 4 left (rewind review).", ""]);
  });

  test.each<readonly [string, readonly string[], Partial<CliOptions>, number]>([
    ["q", ["q"], {}, 0],
    ["Ctrl-D", ["\u0004"], {}, 0],
    ["a terminal that is gone", [], {}, 0],
    ["Ctrl-C", ["y", "\u0003"], {}, 130],
    ["the last answer", ["s", "s", "s", "s", "s"], {}, 0],
    ["a failure", ["o"], { openPage: throwFailure }, 1],
  ])("restores the terminal: %s", async (_, keys, options, code) => {
    const result = await runReviewWithKeys(keys, options);
    expect(result.code).toBe(code);
    expect(result.modes).toEqual([true, false]);
  });

  test("Ctrl-C keeps the answers and says so", async () => {
    const { answer, run } = await createReviewer();
    const { stderr, stdout } = await answer(["y", "\u0003"]);
    expect(stderr).toBe("rewind: interrupted\nYour answers are saved. To continue: rewind review\n");
    expect(stdout.endsWith("1 answered, 4 left (rewind review).\n")).toBe(true);
    expect((await run("links")).stdout).toContain("Lift Your Skinny Fists");
  });

  test("says that a key does nothing, and that there is no answer to undo", async () => {
    const { answer } = await createReviewer();
    expect((await answer(["x", "q"])).stdout).toContain("That key does nothing here.");
    expect((await answer(["u", "q"])).stdout).toContain("There is no answer to undo.");
  });

  test("Ctrl-C before the first answer says that nothing was answered", async () => {
    const { answer } = await createReviewer();
    const { stderr } = await answer(["\u0003"]);
    expect(stderr).toBe("rewind: interrupted\nNothing was answered. To continue: rewind review\n");
  });

  test("SIGTERM keeps the answers and says so", async () => {
    const signals = new EventEmitter();
    const stdin = new PassThrough();
    const interruptAtQuestion = (text: string): void => {
      if (text.includes("1 of 4")) signals.emit("SIGTERM");
    };
    const { code, modes } = await runReviewWithKeys([], { signals, stdin, onOutput: interruptAtQuestion });
    expect({ code, modes }).toEqual({ code: 143, modes: [true, false] });
  });

  test.each([
    ["arrows", ["\u001b[A", "\u001bOB", "\u001b[1;5C"]],
    ["Alt with a letter", ["\u001by"]],
    ["pasted text", ["yyy", "y\r"]],
    ["what a terminal reports", ["\u001b]11;rgb:y\u0007", "\u001b[24;80R"]],
    ["Enter", ["\r", "\n"]],
  ])("does not take %s as answers", async (_, keys) => {
    expect((await runReviewWithKeys([...keys, "q"])).stdout).toContain("0 answered, 5 left");
  });

  test("reads Escape followed by a letter as two keys", async () => {
    expect((await runReviewWithKeys(["\u001b", "y", "q"])).stdout).toContain("1 answered, 4 left");
  });

  test("e explains, then asks again", async () => {
    const { stdout } = await runReviewWithKeys(["e", "q"]);
    expect(toPlainLines(stdout).filter((line) => line === "1 of 4")).toHaveLength(2);
    expect(stdout).toContain("FUZZY, about 92 in 100 such matches are right");
  });

  test("o opens the pages of the record and the albums, or prints them", async () => {
    const pages: string[] = [];
    const recordPage = (page: string): boolean => pages.push(page) > 0;
    const { stdout } = await runReviewWithKeys(["o", "q"], { openPage: recordPage });
    expect(pages).toEqual([
      "https://www.discogs.com/release/3001",
      expect.stringMatching(/^https:\/\/www\.last\.fm\/music\//),
    ]);
    expect(stdout).toContain("Opened.");
    expect(toPlainLines((await runReviewWithKeys(["o", "q"])).stdout).join("\n")).toContain(pages[0]);
  });

  test("/ searches for another album and matches the picked one", async () => {
    const { answer, explained } = await createReviewer();
    const { stdout } = await answer(["/", "b", "o", "w", "i", "e", "e", "\u007f", "\r", "2", "q"]);
    expect(stdout).toMatch(/1 +a4 +141 .*Hunky Dory by David Bowie/);
    expect(stdout).toContain("✓ #6 credited with a7, 60 plays");
    expect(await explained(6)).toEqual(["exact", "user", 7]);
  });

  test("Escape leaves an empty search and returns to the question", async () => {
    const { stdout } = await runReviewWithKeys(["/", "no\nsuch album", "\r", "\u001b", "y", "q"]);
    expect(stdout).toContain("no such album_");
    expect(stdout).toContain("no album in your plays fits");
    expect(stdout).toContain("1 answered, 4 left");
  });

  test("a terminal that cannot redraw gets one question below the other", async () => {
    const { stdout } = await runReviewWithKeys(["y", "q"], { env: { TERM: "dumb" } });
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain("+ #6 credited with a1, 387 plays\n");
  });
});

test("lists an answered question in explain and links until link --clear removes the answer", async () => {
  const { answer, asked, run, home } = await createReviewer();
  const everything = await asked();
  // Record 14 has two candidates, record 13 one.
  await answer(["s", "n", "n", "q"]);
  expect(await asked("--again")).toBe("6 17 alias");
  const explained = await run("explain", "13");
  expect(explained.stdout).toMatch(/a8 .*you said that it is another album/);
  expect(explained.stdout).toContain("Undo your answer: rewind link 13 --clear");
  const tie = (await run("explain", "14")).stdout;
  expect(tie).toContain("it is none of the albums that fit equally well, as you answered");
  expect(tie.match(/you said that it is another album/g)).toHaveLength(2);
  const listed = await runCli(["review", "--list", "--again"], { home, ...defaultOptions, tty: true });
  expect(listed.stdout).toContain("2 answered with no: rewind links");
  expect((await run("links")).stdout).toMatch(
    /^13 .*in review: another album than a8 .*\n14 .*in review: another album than a13 .*, a12 .*\n$/,
  );
  const { dismissals } = await createCommandRunner<DecisionsDocument>("links", home, defaultOptions).json();
  expect(dismissals).toMatchObject([
    { record_ids: [13], albums: [{ id: 8 }], answered_at: "2026-03-14T14:00:00Z" },
    { record_ids: [14], albums: [{ id: 13 }, { id: 12 }] },
  ]);
  expect((await run("link", "13", "--clear")).stdout).toMatch(
    /^Cleared 1 answer: rewind review asks about .* again\.\n/,
  );
  await run("link", "14", "--clear");
  expect(await asked("--again")).toBe(everything);
  expect((await run("links")).stdout).toBe("");
  expect((await run("link", "14", "--clear")).stdout).toContain("Nothing was decided");
});

test("lists two names answered as two artists in links until alias remove removes the answer", async () => {
  const { answer, asked, run, home } = await createReviewer();
  const everything = await asked();
  await answer(["s", "s", "s", "s", "n", "q"]);
  expect(await asked("--again")).toBe("6 14 13 17");
  expect((await run("links")).stdout).toMatch(
    /Olufela Anikulapo .*in review: another artist than Fela Kuti /,
  );
  const { two_artists: names } = await createCommandRunner<DecisionsDocument>(
    "links",
    home,
    defaultOptions,
  ).json();
  expect(names).toEqual([
    { name: "Olufela Anikulapo", other_name: "Fela Kuti", answered_at: "2026-03-14T14:00:00Z" },
  ]);
  expect((await run("alias", "remove", "fela kuti")).stdout).toBe(
    "rewind review asks about Olufela Anikulapo and Fela Kuti again.\n",
  );
  expect(await asked("--again")).toBe(everything);
  expect((await run("links")).stdout).toBe("");
  expect(await run("alias", "remove", "fela kuti")).toMatchObject({ code: 2 });
});

test("review and explain give the same reason for every album in question", async () => {
  const { home } = await createReviewer();
  const { items } = await createCommandRunner<ReviewDocument>("review", home, defaultOptions).json();
  const unmatched = items.filter(({ kind }) => kind !== "fuzzy");
  expect(unmatched.map(({ kind }) => kind)).toEqual(["tie", "near"]);
  for (const { record_ids, candidates } of unmatched) {
    const explain = createCommandRunner<ExplanationDocument>("explain", home, defaultOptions);
    const { rejected } = await explain.json(String(record_ids[0]));
    for (const { id, reason } of candidates) {
      expect(rejected).toContainEqual(expect.objectContaining({ id, reason }));
    }
  }
});

test("does not deny an equal title in a question", async () => {
  const title = "Bird Songs";
  const albums = [{ artist: "Unknown Artist", title, plays: 12 }];
  const shelf = await createSmallCollection({
    records: [{ release: 1, artist: "No Artist", title }],
    albums,
  });
  const { stdout } = await createCommandRunner("review", shelf.home, {
    ...defaultOptions,
    tty: { stdout: true },
    columns: 100,
  }).run([]);
  expect(stdout).toContain("Close, but not credited. Is this the album? 12 plays at stake");
  expect(stdout).toMatch(/why not\n.*Bird Songs by Unknown Artist +same title, and neither names an artist/);
});
