import { beforeEach, expect, test, vi } from "vitest";
import { dimensionNames, dimensions } from "../../src/queries/figures/breakdown.ts";
import { fillCache, record, sitting } from "../support/filled-cache.ts";
import { inventPlays, inventRecords, inventTitles } from "../support/generate.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const now = Date.UTC(2026, 2, 14, 12);
const single = [{ name: "Vinyl", quantity: 1, text: "", descriptions: ['7"', "Single"] }];

const records = [
  record({ artist: "Talk Talk", title: "Laughing Stock", genres: ["Rock", "Jazz"], year: 1991, folderId: 2 }),
  record({ artist: "Talk Talk", title: "Laughing Stock", genres: ["Rock"], year: 2016 }),
  record({ artist: "Talk Talk", title: "It's My Life", formats: single, year: 1984 }),
  record({ artist: "Nobody Known", title: "Lost", year: null, genres: [] }),
];
const plays = [
  ...sitting("Talk Talk", "Laughing Stock", { from: "2026-02-01T20:00:00Z", tracks: 6 }),
  ...sitting("Talk Talk", "Spirit Of Eden", { from: "2024-06-01T20:00:00Z", tracks: 6, count: 9 }),
  ...sitting("Talk Talk", "", { from: "2025-12-31T23:30:00Z", tracks: 3 }),
];

let home: string;

beforeEach(async () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  home = tempDirectory();
  await fillCache(home, { records, plays, folders: [{ id: 2, name: "Jazz" }], nowMs: now - 7_200_000 });
});

const stats = (argv: readonly string[] = [], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["stats", ...argv], { home, now, env: { NO_COLOR: "1" }, ...options });

interface Part {
  readonly value: string | null;
  readonly records: number;
  readonly scrobbled: number;
  readonly plays: number;
}
interface ByDocument {
  readonly data: readonly Part[];
  readonly totals: Omit<Part, "value">;
}

test("the JSON has its documented fields, and its sums agree", async () => {
  expect(await runCliJson(["stats", "--json"], { home, now })).toEqual({
    records: 4,
    albums: 3,
    scrobbled: 2,
    noted_only: 0,
    spun: 2,
    never_artist_known: 1,
    never_artist_unknown: 1,
    match_types: { exact: 2, fuzzy: 0, artist_only: 1, none: 1 },
    by_kind: [
      { kind: "album", records: 3, scrobbled: 2, plays: 6 },
      { kind: "single", records: 1, scrobbled: 0, plays: 0 },
    ],
    by_decade: [
      { decade: "1980s", records: 1, scrobbled: 0, plays: 0 },
      { decade: "1990s", records: 1, scrobbled: 1, plays: 6 },
      { decade: "2010s", records: 1, scrobbled: 1, plays: 6 },
      { decade: null, records: 1, scrobbled: 0, plays: 0 },
    ],
    plays: { owned: 6, not_owned: 9, no_album_tag: 3 },
    sources: [{ name: "lastfm", plays: 18, shared: 0 }],
    scrobbles: 18,
    unlinked_scrobbles: 0,
    stray_plays: 0,
    first_scrobble: "2024-06-01T20:00:00Z",
    plays_by_month: expect.any(Array),
    collection_values: expect.any(Array),
    during: null,
    synced_at: "2026-03-14T10:00:00Z",
    history: "complete",
  });
});

test("months follow the user's time zone", async () => {
  const { plays_by_month: months } = (await runCliJson(["stats", "--json"], { home, now })) as {
    plays_by_month: { month: string; plays: number }[];
  };
  expect(months).toHaveLength(24);
  expect(months.filter((month) => month.plays > 0)).toEqual([
    { month: "2024-06", plays: 9 },
    // 23:30 in London is the new year in Berlin.
    { month: "2026-01", plays: 3 },
    { month: "2026-02", plays: 6 },
  ]);
});

test("every scrobble of a span is counted once", async () => {
  const document = await runCliJson(["stats", "--during", "2025..", "--json"], { home, now });
  expect(document).toMatchObject({
    scrobbled: 2,
    plays: { owned: 6, not_owned: 0, no_album_tag: 3 },
    scrobbles: 9,
    plays_by_month: null,
    collection_values: expect.any(Array),
    during: { from: "2024-12-31T23:00:00Z", to: null },
  });
  expect(await runCliJson(["stats", "--during", "2024", "--json"], { home, now })).toMatchObject({
    scrobbled: 0,
    never_artist_known: 3,
    never_artist_unknown: 1,
    plays: { owned: 0, not_owned: 9, no_album_tag: 0 },
  });
});

test("shows totals, bars on one scale, and where the plays go", async () => {
  const { stdout } = await stats([], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^4 records of 3 albums +18 scrobbles since 1 Jun 2024 · synced 2 h ago$/m);
  expect(stdout).toMatch(
    /^Scrobbled at least once +2 +50\.0% +2 of these with half an album in one sitting/m,
  );
  expect(stdout).toMatch(/^ {2}Albums +3 +2 +66\.7% {2}█{16}$/m);
  expect(stdout).toMatch(/^ {2}Singles +1 +0 +0\.0% +services file them under albums$/m);
  expect(stdout).toMatch(/^ {2}records you own +6 +33\.3% {2}█{8}$/m);
  expect(stdout).toMatch(/^Plays a month, Mar 2024 to Feb 2026 {3}/m);
});

test("without UTF-8 our own glyphs are ASCII", async () => {
  const { stdout } = await stats([], { tty: true, columns: 100, env: { LANG: "C", NO_COLOR: "1" } });
  expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
  expect(stdout).toMatch(/^ {2}Albums +3 +2 +66\.7% {2}#{16}$/m);
});

test("the footer says that a record is in two rows", async () => {
  const { stdout } = await stats(["--by", "genre"], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^ {2}Rock +3 +2 +6 +66\.7%/m);
  expect(stdout).toMatch(/^ {2}no genre +1 +0 +0 +0\.0%$/m);
  const two = await stats(["--by", "genre", "--as", "csv"]);
  expect(two.stdout).toBe("genre,records,scrobbled,plays\r\nRock,3,2,6\r\nJazz,1,1,6\r\n,1,0,0\r\n");
  expect(stdout).toContain(
    "A record with two genres counts in both: the rows add up to 5 records, you own 4.",
  );
});

test("a dimension with one value per record adds up to the totals", async () => {
  const large = tempDirectory();
  const titles = inventTitles(300, 21);
  await fillCache(large, {
    records: inventRecords(titles.slice(0, 150), 200, 22),
    plays: inventPlays(titles, 4_000, 23),
    folders: [
      { id: 1, name: "Uncategorized" },
      { id: 20, name: "Singles" },
    ],
    nowMs: now,
  });
  const xref = (await runCliJson(["xref", "--json"], { home: large, now })) as {
    summary: { total_matches: number; unlistened_count: number };
  };
  const whole = (await runCliJson(["stats", "--json"], { home: large, now })) as Record<string, number> & {
    match_types: Record<string, number>;
  };
  expect(whole["records"]).toBe(200);
  expect(whole["scrobbled"]).toBe(200 - xref.summary.unlistened_count);
  expect(whole.match_types["none"]).toBe(200 - xref.summary.total_matches);
  expect((whole["never_artist_known"] ?? 0) + (whole["never_artist_unknown"] ?? 0)).toBe(
    xref.summary.unlistened_count,
  );
  const many = dimensionNames.filter((by) => dimensions[by].isManyValued === true);
  const help = (await runCli(["stats", "--help"])).stdout.replace(/\s+/g, " ");
  expect(help).toContain(dimensionNames.join(", "));
  const found = new Map<string, { records: number; scrobbled: number }>();
  for (const by of dimensionNames) {
    const { data, totals } = (await runCliJson(["stats", "--by", by, "--json"], {
      home: large,
      now,
    })) as ByDocument;
    const sum = (of: (part: Part) => number): number => data.reduce((total, part) => total + of(part), 0);
    found.set(by, { records: sum((part) => part.records), scrobbled: sum((part) => part.scrobbled) });
    expect({ by, ...totals }).toMatchObject({ by, records: 200, scrobbled: whole["scrobbled"] });
    expect(sum((part) => part.plays)).toBeGreaterThanOrEqual(totals.plays);
    expect(new Set(data.map(({ value }) => value)).size).toBe(data.length);
    const { stdout } = await runCli(["stats", "--by", by], { home: large, now, tty: true });
    expect(stdout).toMatch(new RegExp(`^.* +${dimensions[by].heading} +records`, "m"));
    expect(stdout.includes(dimensions[by].none)).toBe(data.some(({ value }) => value === null));
  }
  for (const by of dimensionNames.filter((name) => !many.includes(name))) {
    expect({ by, ...found.get(by) }).toEqual({ by, records: 200, scrobbled: whole["scrobbled"] });
  }
  for (const by of many) expect(found.get(by)?.records).toBeGreaterThanOrEqual(200);
});

test("a pipe gets rows without header and footer", async () => {
  const { stdout } = await stats(["--by", "kind"]);
  expect(stdout.trimEnd().split("\n")).toHaveLength(2);
  expect(stdout).toMatch(/^ {2}album +3 +2 +6/);
});

test("handles an empty shelf and a missing history", async () => {
  const empty = tempDirectory();
  await fillCache(empty, { history: false, nowMs: now });
  expect(await runCli(["stats"], { home: empty, now, tty: true })).toMatchObject({ code: 0 });
  expect(await runCliJson(["stats", "--json"], { home: empty, now })).toMatchObject({
    records: 0,
    plays: { owned: 0, not_owned: 0, no_album_tag: null },
    unlinked_scrobbles: null,
    stray_plays: null,
    plays_by_month: null,
    collection_values: expect.any(Array),
    history: "incomplete",
  });
  expect(await runCli(["stats", "--during", "1y"], { home: empty, now })).toMatchObject({
    code: 5,
    stdout: "",
  });
  const none = await runCli(["stats", "--json"], { now });
  expect(none).toMatchObject({ code: 5, stdout: "" });
});

test("wrong input lists the allowed values", async () => {
  const wrong = await stats(["--by", "gener"]);
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
  expect(wrong.stderr).toContain("Did you mean genre?");
  expect(await stats(["--as", "csv"])).toMatchObject({ code: 2, stdout: "" });
  expect(await stats(["--limit", "5"])).toMatchObject({ code: 2, stdout: "" });
  expect(await stats(["--during", "soon"])).toMatchObject({ code: 2, stdout: "" });
});

const valuesOf = async (...argv: string[]): Promise<unknown[]> => {
  const { data } = (await runCliJson(["stats", ...argv, "--json"], { home, now })) as { data: Part[] };
  return data.map(({ value }) => value);
};

test('sorts the rows, by "never" too; rows without a value stay last', async () => {
  expect(await valuesOf("--by", "artist")).toEqual(["Talk Talk", "Nobody Known"]);
  expect(await valuesOf("--by", "artist", "--sort", "never")).toEqual(["Nobody Known", "Talk Talk"]);
  expect(await valuesOf("--by", "artist", "--sort", "plays", "--reverse")).toEqual([
    "Nobody Known",
    "Talk Talk",
  ]);
  expect(await valuesOf("--by", "genre", "--reverse")).toEqual(["Jazz", "Rock", null]);
  const { stdout } = await stats(["--by", "artist", "--sort", "never"], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^ +Artist +records +scrobbled +never +plays +share$/m);
  expect(stdout).toMatch(/^ +Nobody Known +1 +0 +1 +0 +0\.0%$/m);
  expect(await stats(["--sort", "never"])).toMatchObject({ code: 2, stdout: "" });
});

test("with colour headings are bold and rules are dim", async () => {
  const options = { home, now, tty: true, columns: 100, env: { FORCE_COLOR: "1" } };
  const { stdout } = await runCli(["stats"], options);
  for (const heading of ["By kind", "By pressing", "Where your plays go"]) {
    expect(stdout).toContain(`\u001b[1m${heading}`);
  }
  expect((await runCli(["stats", "--by", "genre"], options)).stdout).toContain("\u001b[1m  Genre");
  expect((await runCli(["xref"], options)).stdout).toContain("\n\u001b[2m─");
});
