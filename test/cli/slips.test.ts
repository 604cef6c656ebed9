// Typical mistakes of new users.
import { expect, test } from "vitest";
import { otherNames } from "../../src/program/other-names.ts";
import { readContract } from "../support/contract-schema.ts";
import { everyDeclaration, longFlag } from "../support/declarations.ts";
import { errorOf, runCli, type CliResult } from "../support/run-cli.ts";
import { smallHome } from "../support/small-shelf.ts";

const home = smallHome({
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

const rewind = (...argv: readonly string[]): Promise<CliResult> => runCli(argv, { home });

test.each([
  ["stats 2024", "stats --during 2024"],
  ["stats last year", "stats --during last-year"],
  ["top 2024", "top --during 2024"],
  ["top tracks 2024-06", "top tracks --during 2024-06"],
  ["recap week", "recap --week"],
  ["recap month", "recap --month"],
  ["recap last month", "recap last-month"],
])("rewind %s is rewind %s", async (words, flags) => {
  const one = await rewind(...words.split(" "), "--json");
  expect(one.code).toBe(0);
  expect(one.stdout).toBe((await rewind(...flags.split(" "), "--json")).stdout);
});

test("a word that top reads as a span can still be searched for", async () => {
  const { code, stderr } = await rewind("top", "2024");
  expect(code).toBe(0);
  expect(stderr).toBe('rewind: took "2024" as a time (--during 2024). To search for it: --title 2024\n');
});

test.each([
  ["recap soon", 'recap takes a span of time, not "soon"\nDates: 2024, 2024-06'],
  ["stats jazz", 'stats takes a span of time, not "jazz"\nDates: 2024, 2024-06'],
  ["stats genre", 'stats takes a span of time, not "genre"\nDid you mean --by genre?'],
  ["stats 2024 --during 2023", "2024 and --during 2023 can't be combined"],
  ["top artists week", 'top takes a span of time, not "week"\nDates: 2024, 2024-06'],
  ["played tago mago --on soon", '--on takes one day, not "soon"\nDays: 2026-03-13, yesterday, friday'],
  [
    "report 2024",
    'no record has "2024" in artist or title\nFor the plays of that time: rewind report --during 2024',
  ],
  ["search tago", 'unknown command "search". Did you mean have?'],
  ["restore", 'unknown command "restore". Did you mean links import?'],
  ["help search", 'unknown command "search". Did you mean have?'],
  ["save x -- search", "Did you mean have?"],
  ["xerf", 'unknown command "xerf". Did you mean xref?'],
  ["keys delete", 'unknown command "delete". Did you mean rewind keys revoke?'],
  ["links list", 'unknown command "list". Did you mean rewind links?'],
  ["config show", 'unknown command "show". Did you mean rewind config?'],
  ["xref --genre ock", 'no record carries the genre "ock". Did you mean "Rock"?'],
])("rewind %s says what would be right", async (line, message) => {
  expect(errorOf(await rewind(...line.split(" ")), 2)).toContain(message);
});
test.each([
  ["--label numero", "Is It Because, Tago Mago"],
  ["--label numero_group", "Is It Because"],
  ["--not-label numero", "5"],
  ["--style deep", "Is It Because"],
  ["--style funk", "5"],
])("rewind xref %s takes a part of a value, unless a value is exactly that", async (line, titles) => {
  const argv = line.split(" ").map((word) => word.replace("_", " "));
  const { data } = readContract((await rewind("xref", ...argv, "--json")).stdout);
  expect(
    data
      .map(({ collection }) => collection.title)
      .toSorted()
      .join(", "),
  ).toBe(titles);
});

test("a label that no record has is refused", async () => {
  expect((await rewind("xref", "--label", "nmero")).stderr).toContain('no record is on the label "nmero"');
  expect((await rewind("xref", "--label", "")).code).toBe(2);
});

test("other names lead to existing commands and flags, and none is a command's name", async () => {
  const declared = new Map<string, readonly string[]>([
    ["help", []],
    ["", ["--version"]],
  ]);
  for (const { path, declaration } of await everyDeclaration()) {
    declared.set(path.join(" "), (declaration.options ?? []).map(longFlag));
  }
  const wrong = [...otherNames].filter(([name, line]) => {
    const [path = "", flag] = line.startsWith("--") ? ["", line] : line.split(/ (?=--)/);
    const flags = declared.get(path);
    return flags === undefined || (flag !== undefined && !flags.includes(flag)) || declared.has(name);
  });
  expect(wrong).toEqual([]);
});
