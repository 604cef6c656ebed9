// Typical mistakes of new users.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { otherNames } from "../../src/program/other-names.ts";
import { everyDeclaration, longFlag } from "../support/declarations.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { smallShelf } from "../support/small-shelf.ts";

let home: string;

beforeEach(async () => {
  ({ home } = await smallShelf({
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
  }));
});

const rewind = (...argv: readonly string[]): Promise<CliResult> => runCli(argv, { home });

test.each([
  [
    ["stats", "2024"],
    ["stats", "--during", "2024"],
  ],
  [
    ["stats", "last", "year"],
    ["stats", "--during", "last-year"],
  ],
  [
    ["top", "2024"],
    ["top", "--during", "2024"],
  ],
  [
    ["top", "tracks", "2024-06"],
    ["top", "tracks", "--during", "2024-06"],
  ],
  [
    ["recap", "week"],
    ["recap", "--week"],
  ],
  [
    ["recap", "month"],
    ["recap", "--month"],
  ],
  [
    ["recap", "last", "month"],
    ["recap", "last-month"],
  ],
])("rewind %j is rewind %j", async (words, flags) => {
  const [one, other] = [await rewind(...words, "--json"), await rewind(...flags, "--json")];
  expect(one.code).toBe(0);
  expect(one.stdout).toBe(other.stdout);
});

test("a word that top reads as a span can still be searched for", async () => {
  const { code, stderr } = await rewind("top", "2024");
  expect(code).toBe(0);
  expect(stderr).toBe('rewind: took "2024" as a time (--during 2024). To search for it: --title 2024\n');
});

test.each([
  [["recap", "soon"], 'recap takes a span of time, not "soon"\nDates: 2024, 2024-06'],
  [["stats", "jazz"], 'stats takes a span of time, not "jazz"\nDates: 2024, 2024-06'],
  [["stats", "genre"], 'stats takes a span of time, not "genre"\nDid you mean --by genre?'],
  [["stats", "2024", "--during", "2023"], "2024 and --during 2023 can't be combined"],
  [["top", "artists", "week"], 'top takes a span of time, not "week"\nDates: 2024, 2024-06'],
  [["played", "tago mago", "--on", "tomorrow"], "--on tomorrow is in the future\n"],
  [
    ["played", "tago mago", "--on", "soon"],
    '--on takes one day, not "soon"\nDays: 2026-03-13, yesterday, friday',
  ],
  [
    ["report", "2024"],
    'no record has "2024" in artist or title\nFor the plays of that time: rewind report --during 2024',
  ],
  [["search", "tago"], 'unknown command "search". Did you mean have?'],
  [["show", "1"], 'unknown command "show". Did you mean explain?'],
  [["wishlist"], 'unknown command "wishlist". Did you mean wants?'],
  [["history"], 'unknown command "history". Did you mean recent?'],
  [["random"], 'unknown command "random". Did you mean pick?'],
  [["sell"], 'unknown command "sell". Did you mean cull?'],
  [["restore"], 'unknown command "restore". Did you mean links import?'],
  [["help", "search"], 'unknown command "search". Did you mean have?'],
  [["save", "x", "--", "search"], "Did you mean have?"],
  [["xerf"], 'unknown command "xerf". Did you mean xref?'],
  [["keys", "add"], 'unknown command "add". Did you mean rewind keys create?'],
  [["keys", "delete"], 'unknown command "delete". Did you mean rewind keys revoke?'],
  [["links", "list"], 'unknown command "list". Did you mean rewind links?'],
  [["config", "show"], 'unknown command "show". Did you mean rewind config?'],
  [["xref", "--genre", "ock"], 'no record carries the genre "ock". Did you mean "Rock"?'],
])("rewind %j says what would be right", async (argv, message) => {
  const { code, stdout, stderr } = await rewind(...argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});

test("rewind report takes -o", async () => {
  const path = join(home, "page.html");
  expect(await rewind("report", "-o", path)).toMatchObject({ code: 0, stderr: "" });
  expect(existsSync(path)).toBe(true);
});

async function titles(...argv: readonly string[]): Promise<string[]> {
  const { code, stdout } = await rewind("xref", ...argv, "--json");
  expect(code).toBe(0);
  const { data } = JSON.parse(stdout) as { data: { collection: { title: string } }[] };
  return data.map(({ collection }) => collection.title).toSorted();
}

test("--label and --style take a part of a value, unless a value is exactly that", async () => {
  expect(await titles("--label", "numero")).toEqual(["Is It Because", "Tago Mago"]);
  expect(await titles("--label", "numero group")).toEqual(["Is It Because"]);
  expect(await titles("--not-label", "numero")).toEqual(["5"]);
  expect(await titles("--style", "deep")).toEqual(["Is It Because"]);
  expect(await titles("--style", "funk")).toEqual(["5"]);
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
