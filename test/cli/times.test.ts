// Caches of older versions may hold times that no calendar has. Nothing that is asked of them may fail for it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { contents, declarationOf } from "../../src/program/command-table.ts";
import { readContract } from "../support/contract-schema.ts";
import { homeOf, record, sitting } from "../support/filled-cache.ts";
import { runCli } from "../support/run-cli.ts";

const now = Date.UTC(2026, 2, 14, 12);
let shelf: Awaited<ReturnType<typeof homeOf>>;

const late = (artist: string, album: string, uts: number) =>
  sitting(artist, album, { from: "2025-08-01T20:00:00Z", tracks: 10 }).map((play, at) => ({
    ...play,
    uts: uts + at * 240,
  }));

beforeAll(async () => {
  shelf = await homeOf({
    nowMs: now,
    records: [
      record({ artist: "Can", title: "Tago Mago" }),
      record({ artist: "Can", title: "Landed" }),
      record({ artist: "Neu!", title: "Neu! 75" }),
    ],
    plays: [
      ...late("Can", "Tago Mago", 8.64e12),
      ...late("Can", "Landed", 9e14),
      ...late("Neu!", "Neu! 75", 253_402_300_800),
      ...late("Faust", "Faust IV", 8.64e12 + 1),
      ...sitting("Can", "Tago Mago", { from: "2020-02-01T20:00:00Z", tracks: 7 }),
    ],
  });
});

afterAll(() => shelf.remove());

/** The arguments that commands need. */
const given: Readonly<Record<string, readonly string[]>> = {
  explain: ["1"],
  have: ["landed"],
  report: ["--out", "-"],
  sql: ["SELECT * FROM scrobble"],
};

const bothForms = [["--json"], []];

/** Every question; and what writes of records or lists what was decided. */
const questions = (await Promise.all(contents.map(declarationOf)))
  .filter(({ isQuestion }) => isQuestion)
  .map(({ name, options = [] }) => ({
    name,
    args: given[name] ?? [],
    forms: options.some(({ flags }) => flags === "--json") ? bothForms : [[]],
  }));
const asked = [
  ...questions,
  { name: "link", args: ["1", "--only", "a1"], forms: bothForms },
  { name: "alias", args: [], forms: bothForms },
];

test.each(asked)("rewind $name", async ({ name, args, forms }) => {
  for (const form of forms) {
    const { code, stderr } = await runCli([name, ...args, ...form], { home: shelf.home, now });
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringMatching(/bug|Error/) });
  }
});

test("what no calendar has is not known", async () => {
  const { stdout } = await runCli(["xref", "--json"], { home: shelf.home, now });
  const { data } = readContract(stdout);
  expect(data.map(({ listening }) => listening.last_played)).toEqual([null, null, null]);
});
