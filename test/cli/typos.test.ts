// Typical mistakes of new users.
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandsByAlias } from "../../src/cli/command-aliases.ts";
import { commandEntries } from "../../src/commands/command-table.ts";
import { parseContractDocument } from "../support/contract-schema.ts";
import { loadDeclarations, getLongFlag } from "../support/declarations.ts";
import { getHomeCachePath } from "../support/filled-cache.ts";
import { requireError, runCli, type CliResult } from "../support/run-cli.ts";
import { sampleItems } from "../support/sampling.ts";
import { createSmallHome } from "../support/small-collection.ts";
import { splitCommandLine, wrongCommandLines } from "../support/wrong-command-lines.ts";

const home = createSmallHome({
  records: [
    {
      release: 1,
      artist: "Syl Johnson",
      title: "Is It Because",
      label: "Numero Group",
      styles: ["Deep Funk"],
    },
    // The number of a release is no word of its title, even where it reads like a year.
    { release: 2024, artist: "Sault", title: "5", label: "Numbero", styles: ["Funk"] },
    { release: 3, artist: "Can", title: "Tago Mago", label: "The Numero Group", styles: ["Krautrock"] },
  ],
  albums: [
    { artist: "Syl Johnson", title: "Is It Because", plays: 30, lastUts: Date.UTC(2024, 5, 15) / 1000 },
  ],
});

const runRewind = (...argv: readonly string[]): Promise<CliResult> => runCli(argv, { home });

test.each([
  ["stats 2024", "stats --during 2024"],
  ["stats last year", "stats --during last-year"],
  ["top 2024", "top --during 2024"],
  ["top tracks 2024-06", "top tracks --during 2024-06"],
  ["recap week", "recap --week"],
  ["recap month", "recap --month"],
  ["recap last month", "recap last-month"],
  ["recap last week", "recap last-week"],
  ["top week", "top --during week"],
  ["top songs", "top tracks"],
  ["xref --year 70s", "xref --year 1970s"],
  ["xref --year 10s", "xref --year 2010s"],
])("rewind %s is rewind %s", async (words, flags) => {
  const one = await runRewind(...words.split(" "), "--json");
  expect(one.code).toBe(0);
  expect(one.stdout).toBe((await runRewind(...flags.split(" "), "--json")).stdout);
});

test("searches for a word that top reads as a period", async () => {
  const { code, stderr } = await runRewind("top", "2024");
  expect(code).toBe(0);
  expect(stderr).toBe('rewind: took "2024" as a time (--during 2024). To search for it: --title 2024\n');
});

test.each(wrongCommandLines)("rewind %s says what would be right", async (line, message) => {
  expect(requireError(await runRewind(...splitCommandLine(line)), 2)).toContain(message);
});

test("the command that an unknown option meant asks the same cache", async () => {
  const db = join(home, "other.db");
  for (const line of [
    ["recap", "--year", "--db", db],
    ["--db", db, "recap", "--year"],
  ]) {
    expect(requireError(await runRewind(...line), 2)).toContain(`Did you mean rewind --db ${db} recap year?`);
  }
});

test.each([
  "played --json undo 1",
  ...sampleItems(
    "errors with --db",
    wrongCommandLines.map(([line]) => line),
    6,
  ),
])("the commands that the error of rewind %s names ask the same cache", async (line) => {
  const db = getHomeCachePath(home);
  const names = commandEntries.map(({ name }) => name).filter((name) => !["config", "demo"].includes(name));
  const { stderr } = await runCli(["--db", db, ...splitCommandLine(line)]);
  expect(stderr).not.toMatch(new RegExp(`\\brewind (?:${names.join("|")})\\b`));
});

test.each([
  ["top albms", 'nothing has the word "albms". Did you mean rewind top albums?'],
  ["recent 5", 'took "5" as a word of a name. For 5 of them: rewind recent -n 5'],
  ["gaps 5", "For 5 of them: rewind gaps -n 5"],
  ["top 5", "For 5 of them: rewind top -n 5"],
  ["top tracks 5", "For 5 of them: rewind top tracks -n 5"],
  ["wants 5", "For 5 of them: rewind wants -n 5"],
  ["pick 5", 'took "5" as a word of a name. For 5 of them: rewind pick -n 5'],
])("rewind %s answers and says what may have been meant", async (line, notice) => {
  const { code, stderr } = await runRewind(...line.split(" "));
  expect([code, stderr]).toEqual([0, expect.stringContaining(notice)]);
});

test("rewind save takes the options of its command line with and without --", async () => {
  const [bare, marked] = [
    await runRewind("save", "unheard", "xref", "--never"),
    await runRewind("save", "unheard", "--", "xref", "--never"),
  ];
  expect(bare).toMatchObject({ code: 0, stdout: "Saved: rewind unheard is rewind xref --never\n" });
  expect(marked.stdout).toBe(bare.stdout);
  expect(requireError(await runRewind("save", "remove", "unheard"), 2)).toContain(
    "To delete unheard: rewind save --remove unheard",
  );
  expect((await runRewind("save", "unheard", "--remove")).stdout).toBe("Deleted: unheard\n");
});

test("rewind keys create takes the name as a word", async () => {
  const { code } = await runRewind("keys", "create", "laptop");
  expect(code).toBe(0);
  expect((await runRewind("keys")).stdout).toContain("laptop");
});

test("rewind keys create refuses a name that a key has, until that key is revoked", async () => {
  expect((await runRewind("keys", "create", "--name", "day")).code).toBe(0);
  const { keys } = JSON.parse((await runRewind("keys", "--json")).stdout) as { keys: { id: number }[] };
  const { id = 0 } = keys.at(-1) ?? {};
  for (const argv of [["--name", "day", "--admin"], [" day "]])
    expect(requireError(await runRewind("keys", "create", ...argv), 2)).toBe(
      `rewind: key ${id} is called "day" already\nTo see it: rewind keys list        To revoke it: rewind keys revoke ${id}\n`,
    );
  expect((await runRewind("keys", "revoke", "day")).code).toBe(0);
  expect((await runRewind("keys", "create", "day")).code).toBe(0);
  // A key without a name has its number.
  for (const _ of [1, 2]) expect((await runRewind("keys", "create")).code).toBe(0);
});

test("rewind played --at takes a day and a time", async () => {
  const { code, stdout } = await runRewind("played", "1", "--at", "yesterday 21:30");
  expect([code, stdout]).toEqual([0, expect.stringContaining("13 Mar 2026")]);
});
test.each([
  ["--label numero", "Is It Because, Tago Mago"],
  ["--label numero_group", "Is It Because"],
  ["--not-label numero", "5"],
  ["--style deep", "Is It Because"],
  ["--style funk", "5"],
])("rewind xref %s takes a part of a value, unless a value is exactly that", async (line, titles) => {
  const argv = line.split(" ").map((word) => word.replace("_", " "));
  const { data } = parseContractDocument((await runRewind("xref", ...argv, "--json")).stdout);
  expect(
    data
      .map(({ collection }) => collection.title)
      .toSorted()
      .join(", "),
  ).toBe(titles);
});

test("a label that no record has is refused", async () => {
  expect((await runRewind("xref", "--label", "nmero")).stderr).toContain('no record is on the label "nmero"');
  expect((await runRewind("xref", "--label", "")).code).toBe(2);
});

test("other names lead to existing commands and flags, and none is a command's name", async () => {
  const declared = new Map<string, readonly string[]>([
    ["help", []],
    ["", ["--version"]],
  ]);
  for (const { path, declaration } of await loadDeclarations()) {
    declared.set(path.join(" "), (declaration.options ?? []).map(getLongFlag));
  }
  const wrong = [...commandsByAlias].filter(([name, line]) => {
    const [path = "", flag] = line.startsWith("--") ? ["", line] : line.split(/ (?=--)/);
    const flags = declared.get(path);
    return flags === undefined || (flag !== undefined && !flags.includes(flag)) || declared.has(name);
  });
  expect(wrong).toEqual([]);
});

test.each(["13.3.2026", "2026-03-13"])("a play can be logged for %s", async (day) => {
  const { stdout, code } = await runRewind("played", "3", "--on", day, "--dry-run");
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("13 Mar 2026") as string,
  });
});

test("explain reads a number as a title if no record has that number", async () => {
  const { code, stdout } = await runRewind("explain", "5");
  expect({ code, isFound: stdout.includes("Sault · 5") }).toEqual({ code: 0, isFound: true });
});

test.each([
  ["xref --plays 3", "No record fits --plays; 3 without it. --plays 3 means exactly 3; 1 with --plays 3..\n"],
  ["xref --plays 31", "No record fits --plays; 3 without it.\n"],
  ["xref --plays 3..5", "No record fits --plays; 3 without it.\n"],
  ["dusty --genre Rock", "No album with 5+ spins, none in the last 12 months, fits --genre.\n"],
])("rewind %s says what the filter means", async (line, message) => {
  const { stdout } = await runCli(line.split(" "), { home, tty: true });
  expect(stdout.replaceAll(/\n(?=\S)/g, " ").replace(/ Records.*/s, "\n")).toContain(message.trim());
});

test("one missing setting is named in the singular", async () => {
  const error = requireError(await runCli(["sync"]), 4);
  expect(error).toContain("DISCOGS_TOKEN is missing\n");
  expect(error).toMatch(/Or set it in the environment .*\nGet it at https:/);
});
