import { expect, test } from "vitest";
import { runCli, runCliJson, type CliResult } from "../support/run-cli.ts";
import { everyCase, nowUts, smallShelf } from "../support/small-shelf.ts";

const now = nowUts * 1000 + 7_200_000;

interface Reviewed {
  readonly doubts: readonly {
    readonly kind: string;
    readonly record_ids: number[];
    readonly commands: string[];
  }[];
  readonly aliases: readonly object[];
  readonly skipped: number;
}

interface Reviewer {
  /** What is still asked: numbers of records, the most plays at stake first; then aliases. */
  readonly asked: (...flags: string[]) => Promise<string[]>;
  readonly answer: (keys: string, ...flags: string[]) => Promise<CliResult>;
  readonly run: (...argv: string[]) => Promise<CliResult>;
}

async function reviewer(): Promise<Reviewer> {
  const { home } = await smallShelf(everyCase);
  return {
    async asked(...flags) {
      const { doubts, aliases } = (await runCliJson(["review", "--json", ...flags], {
        home,
        now,
      })) as Reviewed;
      return [...doubts.map(({ record_ids }) => record_ids.join("+")), ...aliases.map(() => "alias")];
    },
    answer: (keys, ...flags) =>
      runCli(["review", ...flags], {
        home,
        now,
        env: { TZ: "UTC", NO_COLOR: "1" },
        tty: true,
        columns: 100,
        stdin: keys.split("").join("\n") + "\n",
      }),
    run: (...argv) => runCli(argv, { home, now }),
  };
}

test("what is doubtful, by plays at stake, each with the commands that settle it", async () => {
  const { home } = await smallShelf(everyCase);
  const { doubts, aliases } = (await runCliJson(["review", "--json"], { home, now })) as Reviewed;
  expect(doubts.map(({ kind, record_ids, commands }) => [kind, ...record_ids, ...commands])).toEqual([
    ["fuzzy", 6, "rewind link 6 --add a7", "rewind link 6 --not a7"],
    ["near", 13, "rewind link 13 --add a8", "rewind link 13 --none"],
    ["tie", 14, "rewind link 14 --add a12", "rewind link 14 --add a13", "rewind link 14 --none"],
    ["fuzzy", 17, "rewind link 17 --add a11", "rewind link 17 --not a11"],
  ]);
  expect(aliases).toEqual([
    {
      name: "Fela Ransome Kuti",
      same_as: "Fela Kuti",
      titles: 2,
      command: 'rewind alias "Fela Ransome Kuti" "Fela Kuti"',
    },
  ]);
});

test("the commands do settle it", async () => {
  const { asked, run } = await reviewer();
  for (const [record = "", flag = "", albums = ""] of [
    ["6", "--add", "a7"],
    ["13", "--none"],
    ["14", "--add", "a12"],
    ["17", "--not", "a11"],
  ]) {
    await run("link", record, flag, ...(albums === "" ? [] : [albums]));
  }
  await run("alias", "Fela Ransome Kuti", "Fela Kuti");
  expect(await asked()).toEqual([]);
  expect((await run("review", "--list")).stdout).toBe("");
});

test("one by one: yes, no, a choice, and what follows", async () => {
  const { answer, asked, run } = await reviewer();
  const { code, stdout } = await answer("yn2yy");
  expect(code).toBe(0);
  expect(stdout).toContain("1 of 5");
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("5 settled.");
  expect(await asked("--again")).toEqual([]);
  const plays = async (record: string): Promise<unknown> => {
    const { stdout: text } = await run("explain", record, "--json");
    const { decision, credited } = JSON.parse(text) as {
      decision: { match_type: string; decided_by: string };
      credited: { id: number }[];
    };
    return [decision.match_type, decision.decided_by, ...credited.map(({ id }) => id)];
  };
  expect(await plays("6")).toEqual(["exact", "user", 7]);
  // Waved through: the artist stays known.
  expect(await plays("13")).toEqual(["artist_only", "matcher"]);
  expect(await plays("14")).toEqual(["exact", "user", 13]);
  expect(await plays("17")).toEqual(["exact", "user", 11]);
  expect(await plays("16")).toEqual(["exact", "matcher", 19]);
});

test("who quits, or whose terminal goes away, goes on from there the next time", async () => {
  const { answer, asked } = await reviewer();
  expect((await answer("yq")).stdout).toContain("1 settled, 4 left (rewind review).");
  expect(await asked()).toEqual(["13", "14", "17", "alias"]);
  expect((await answer("n")).stdout).toContain("1 settled, 3 left (rewind review).");
  expect(await asked()).toEqual(["14", "17", "alias"]);
});

test("undo takes the last answers back, one after the other", async () => {
  const { answer, asked, run } = await reviewer();
  const everything = await asked();
  const { stdout } = await answer("ynsuuuuq");
  expect(stdout.endsWith("] 0 settled, 5 left (rewind review).\n")).toBe(true);
  expect(await asked()).toEqual(everything);
  expect((await run("links")).stdout).toBe("");
});

test("what was skipped comes back with --again", async () => {
  const { answer, asked } = await reviewer();
  expect((await answer("ssq")).stdout).toContain("0 settled, 2 skipped (rewind review --again), 3 left");
  expect(await asked()).toEqual(["14", "17", "alias"]);
  expect(await asked("--again")).toEqual(["6", "13", "14", "17", "alias"]);
  await answer("yq", "--again");
  expect(await asked("--again")).toEqual(["13", "14", "17", "alias"]);
});

test("a key that means nothing is asked again, a number beyond the choices too", async () => {
  const { answer } = await reviewer();
  const { stdout } = await answer("xss3yq");
  expect(stdout).toContain("0 settled, 2 skipped");
  expect(stdout.match(/\[1-2 that one, n none/g)).toHaveLength(3);
});

test("a pipe gets one question a line", async () => {
  const { run } = await reviewer();
  const { stdout } = await run("review");
  expect(stdout.trimEnd().split("\n")).toHaveLength(5);
  expect(stdout.split("\n")[0]).toMatch(/^ 6 +~\.\d+ +58 .*rewind link 6 --add a7$/);
});

test("on a terminal that nobody types at, the list", async () => {
  const { home } = await smallShelf(everyCase);
  const { code, stdout } = await runCli(["review", "--limit", "1"], {
    home,
    now,
    env: { TZ: "UTC", NO_COLOR: "1" },
    tty: { stdout: true },
    columns: 100,
  });
  expect(code).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "Godspeed You! Black Emperor · Lift Your Skinny Fists Like Antennas To Heaven            #6  LP  2000
    Credited ~.62 with 58 plays. Is this the album?
      id  plays  last        album                                 why
      a7     58  2026-02-12  Lift Your Skinny Fists Like Antennas  one title is the beginning or the end
                                                                   of the other
      right: rewind link 6 --add a7   wrong: rewind link 6 --not a7

    Are Fela Ransome Kuti (on records) and Fela Kuti (on Last.fm) one artist? 2 titles by the two agree.
      rewind alias "Fela Ransome Kuti" "Fela Kuti"

    4 doubtful · 2 fuzzy · 1 tie · 1 near miss · 3 more: --all
    "
  `);
});

test("status tells as many doubtful matches as a review asks about, whatever was done before", async () => {
  const { home, resync } = await smallShelf(everyCase);
  const json = (...argv: string[]): Promise<unknown> => runCliJson([...argv, "--json"], { home, now });
  const told = async (): Promise<number[]> => {
    const { matches } = (await json("status")) as { matches: { doubtful: number } };
    const { total, doubts } = (await json("review")) as { total: number; doubts: unknown[] };
    return [matches.doubtful, total, doubts.length];
  };
  const type = (stdin: string): Promise<CliResult> =>
    runCli(["review"], { home, now, tty: true, stdin: stdin.split("").join("\n"), columns: 100 });
  expect(await told()).toEqual([4, 4, 4]);
  const steps: readonly (readonly [string, () => Promise<unknown>, number])[] = [
    ["skipped", () => type("sq"), 3],
    ["skipped and undone", () => type("suq"), 3],
    ["dismissed", () => type("nq"), 2],
    ["decided", () => runCli(["link", "14", "--add", "a12"], { home, now }), 1],
    ["decided otherwise", () => runCli(["link", "14", "--clear"], { home, now }), 2],
    [
      "synced",
      () => resync({ ...everyCase, albums: everyCase.albums.filter(({ artist }) => artist !== "Low") }),
      1,
    ],
  ];
  for (const [name, step, left] of steps) {
    await step();
    expect([name, ...(await told())]).toEqual([name, left, left, left]);
  }
});
