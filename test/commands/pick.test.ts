import { beforeEach, expect, test } from "vitest";
import { widthOf } from "../../src/output/width.ts";
import { openDatabase } from "../../src/store/open-cache.ts";
import { cacheIn, fillCache, record, sitting } from "../support/filled-cache.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { seeded } from "../support/random.ts";
import { tempDirectory } from "../support/temp.ts";

const now = Date.UTC(2026, 2, 14, 12);
const single = [{ name: "Vinyl", quantity: 1, text: "", descriptions: ['7"', "Single"] }];

const records = [
  record({
    artist: "Joni Mitchell",
    title: "Hejira",
    rating: 5,
    year: 1976,
    folderId: 3,
    labels: [{ id: 1, name: "Asylum", catalogNumber: "7E-1087" }],
    fieldValues: [{ fieldId: 4, value: "C4" }],
  }),
  record({ artist: "Miles Davis", title: "Agharta", dateAdded: "2013-05-18T10:00:00-07:00" }),
  record({ artist: "John Coltrane", title: "Blue Train" }),
  record({ artist: "John Coltrane", title: "Blue Train (Remastered)", rating: 4 }),
  record({ artist: "New Order", title: "Blue Monday", formats: single }),
];
const plays = [
  ...sitting("Joni Mitchell", "Hejira", { from: "2015-03-01T20:00:00Z", tracks: 9 }),
  ...sitting("Joni Mitchell", "Hejira", { from: "2015-05-01T20:00:00Z", tracks: 9 }),
  ...sitting("Joni Mitchell", "Hejira", { from: "2023-11-03T20:00:00Z", tracks: 9 }),
  ...sitting("John Coltrane", "Blue Train", { from: "2026-03-01T20:00:00Z", tracks: 5 }),
];

interface PickDocument {
  readonly data: readonly {
    readonly collection: { readonly title: string };
    readonly weight: number;
    readonly shelf: string | null;
    readonly why: string;
  }[];
  readonly summary: { readonly albums: number; readonly records: number; readonly proposed_lately: number };
  readonly seed: number | null;
}

let home: string;

beforeEach(async () => {
  home = tempDirectory();
  await fillCache(home, {
    records,
    plays,
    folders: [{ id: 3, name: "Folk" }],
    customFields: [{ id: 4, name: "Shelf", position: 1 }],
  });
});

const pick = (argv: readonly string[] = [], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["pick", ...argv], { home, ...options });
const pickJson = async (argv: readonly string[], options: CliOptions = {}): Promise<PickDocument> =>
  (await runCliJson(["pick", "--json", ...argv], { home, ...options })) as PickDocument;
const titles = ({ data }: PickDocument): string[] => data.map(({ collection }) => collection.title);

test("draws albums and EPs, copies once, with weight and place on the shelf", async () => {
  const document = await pickJson(["-n", "10", "--seed", "1"], { env: { REWIND_SHELF_FIELD: "shelf" } });
  expect(document.summary).toEqual({ albums: 3, records: 4, proposed_lately: 0 });
  expect(document.seed).toBe(1);
  const byTitle = Object.fromEntries(document.data.map((row) => [row.collection.title, row]));
  expect(byTitle["Hejira"]).toMatchObject({
    weight: 3 * 3,
    label: "Asylum",
    catalog_number: "7E-1087",
    folder: "Folk",
    shelf: "C4",
    spins: 3,
    why: "3 spins, most of them in 2015; the last on 3 Nov 2023, 2 years 4 months ago.",
  });
  expect(byTitle["Agharta"]).toMatchObject({
    weight: 6,
    why: "Never scrobbled, on the shelf since 18 May 2013.",
  });
  // The better rating of its two copies counts.
  expect(byTitle["Blue Train"]).toMatchObject({ weight: 2, copies: 2, spins: 1 });
  expect(titles(await pickJson(["-n", "10", "--seed", "1", "--kind", "any"]))).toContain("Blue Monday");
});

test("a seed repeats a draw whatever was drawn before; other seeds differ", async () => {
  const first = await pickJson(["--seed", "7"]);
  await pick(["-n", "2"]);
  expect(await pickJson(["--seed", "7"])).toEqual(first);
  const seen = new Set<string>();
  for (let seed = 0; seed < 12; seed += 1) {
    const [title] = titles(await pickJson(["--seed", String(seed)]));
    if (title !== undefined) seen.add(title);
  }
  expect(seen.size).toBe(3);
});

test("without a seed no album is drawn twice within a month", async () => {
  const random = seeded(3);
  const seen: string[] = [];
  for (let evening = 0; evening < 3; evening += 1) {
    seen.push(...titles(await pickJson([], { random, now: now + evening * 86_400_000 })));
  }
  expect(new Set(seen).size).toBe(3);
  const fourth = await pickJson([], { random });
  expect(fourth).toMatchObject({ data: [], summary: { albums: 3, proposed_lately: 3 } });
  const screen = await pick([], { random, tty: true });
  expect(screen.stdout).toContain("All 3 albums that fit were drawn within the last month");
  expect(titles(await pickJson(["-n", "3"], { random, now: now + 40 * 86_400_000 }))).toHaveLength(3);
});

test("one record is a card, several are a table, and both fit the screen", async () => {
  const options = { tty: true, env: { NO_COLOR: "1", REWIND_SHELF_FIELD: "Shelf" } };
  const card = await pick(["hejira", "--seed", "1"], { ...options, columns: 100 });
  expect(card.stdout).toMatch(/^ {2}Joni Mitchell\n {2}Hejira +#1$/m);
  expect(card.stdout).toContain("LP · Asylum 7E-1087 · 1976 · folder Folk · shelf C4 · rated 5");
  const table = await pick(["-n", "3", "--seed", "1"], { ...options, columns: 100 });
  expect(table.stdout).toMatch(/Agharta +LP +never scrobbled, owned 12 years$/m);
  expect(table.stdout).toMatch(/Blue Train ×2 +LP +rated 4, last 12 days ago$/m);
  expect(table.stdout).toContain("From 3 albums that fit (4 records) · the same again: --seed 1");
  for (const columns of [60, 80, 100, 200]) {
    for (const argv of [
      ["--seed", "1"],
      ["-n", "3", "--seed", "1"],
    ]) {
      const { stdout } = await pick(argv, { ...options, columns });
      for (const line of stdout.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    }
  }
});

test("a shelf_field that the collection lacks is noted and changes nothing", async () => {
  const { code, stderr, stdout } = await pick(["--seed", "1"], { env: { REWIND_SHELF_FIELD: "Regal" } });
  expect(code).toBe(0);
  expect(stdout).not.toBe("");
  expect(stderr).toContain('the setting shelf_field is "Regal", but your collection has no such field');
});

test("no record left is an answer; an unknown genre or a bad count is an error", async () => {
  expect(await pick(["--year", "1901"], { tty: true })).toMatchObject({
    code: 0,
    stdout: "No record fits --year.\n",
  });
  expect(await pick(["--genre", "polka"])).toMatchObject({ code: 2, stdout: "" });
  expect(await pick(["-n", "0"])).toMatchObject({ code: 2, stdout: "" });
  expect(await pick(["--seed", "-1"])).toMatchObject({ code: 2, stdout: "" });
});

test("a locked cache still answers, and says that it cannot remember the pick", async () => {
  const writer = openDatabase(cacheIn(home), { mode: "write" });
  writer?.exec("BEGIN IMMEDIATE");
  const { code, stdout, stderr } = await pick();
  writer?.exec("ROLLBACK");
  writer?.close();
  expect(code).toBe(0);
  expect(stdout).not.toBe("");
  expect(stderr).toContain("could not be remembered");
});

test("without the history plays replace spins", async () => {
  const other = tempDirectory();
  await fillCache(other, { records, plays, history: false });
  const document = await pickJson(["hejira", "--seed", "1"], { home: other });
  expect(document.data[0]).toMatchObject({ weight: 2 * 3, spins: null, why: "27 plays." });
  expect(await pick(["--spins", "5.."], { home: other })).toMatchObject({ code: 5, stdout: "" });
});
