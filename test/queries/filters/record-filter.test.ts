import { afterAll, beforeAll, expect, test } from "vitest";
import { countFiltered, type RecordFilter } from "../../../src/queries/filters/record-filter.ts";
import { listRecords, type RecordRow } from "../../../src/queries/records/read-records.ts";
import { readFilter } from "../../../src/queries/filters/read-filter.ts";
import { sharedDirectory } from "../../support/temp.ts";
import { generateCache, type GeneratedCache } from "../../support/generated-cache.ts";

const directory = sharedDirectory("rewind-filter");
let cache: GeneratedCache;

beforeAll(async () => {
  cache = await generateCache(directory, { records: 240, plays: 2_500, albums: 400, wants: 0, seed: 5 });
  // Some decisions and some ratings of every value.
  cache.database.exec(`
    UPDATE record SET rating = id % 6;
    UPDATE match SET decided_by = 'user' WHERE record_id % 11 = 0`);
}, 60_000);

afterAll(() => void cache.database.close());

const nowUts = Date.parse("2026-03-14T12:00:00Z") / 1000;

function filterOf(options: Record<string, unknown>): RecordFilter {
  return readFilter("cross-reference", options, options["words"], nowUts);
}

function list(options: Record<string, unknown>): RecordRow[] {
  const filter = filterOf(options);
  const rows = [...listRecords(cache.database, { filter, sort: "plays", paging: null })];
  expect(countFiltered(cache.database, filter)).toBe(rows.length);
  return rows;
}

function idsOf(options: Record<string, unknown>): number[] {
  return list(options).map(({ id }) => id);
}

const sorted = (ids: Iterable<number>): number[] => [...ids].toSorted((a, b) => a - b);

test("two filters narrow each other; a filter repeated takes any of its values; words and exclusions take all", () => {
  const jazz = new Set(idsOf({ genre: ["Jazz"] }));
  expect(idsOf({ genre: ["Jazz"], plays: ["1.."] })).toEqual(
    idsOf({ plays: ["1.."] }).filter((id) => jazz.has(id)),
  );
  for (const [name, one, other] of [
    ["genre", "Jazz", "Hip Hop"],
    ["format", "CD", "LP"],
    ["artist", "Atlas", "amber"],
    ["match", "exact", "none"],
    ["year", "1970s", "..1965"],
    ["rating", "0", "4.."],
    ["lastPlayed", "2024", "1y"],
  ] as const) {
    const union = new Set([...idsOf({ [name]: [one] }), ...idsOf({ [name]: [other] })]);
    expect([name, sorted(idsOf({ [name]: [one, other] }))]).toEqual([name, sorted(union)]);
  }
  const quiet = new Set(idsOf({ notGenre: ["Jazz"] }));
  expect(idsOf({ notGenre: ["Jazz", "Hip Hop"] })).toEqual(
    idsOf({ notGenre: ["Hip Hop"] }).filter((id) => quiet.has(id)),
  );
  const amber = new Set(idsOf({ words: ["amber"] }));
  expect(idsOf({ words: ["amber", "of"] })).toEqual(idsOf({ words: ["of"] }).filter((id) => amber.has(id)));
});

test("each filter says of every record what the record says itself", () => {
  const checks: readonly (readonly [Record<string, unknown>, (row: RecordRow) => boolean])[] = [
    [{ kind: ["ep", "single"] }, (row) => row.kind === "ep" || row.kind === "single"],
    [{ kind: ["any"] }, () => true],
    [{ genre: ["JAZZ"] }, (row) => row.genres.includes("Jazz")],
    [{ genre: ["Funk / Soul"] }, (row) => row.genres.includes("Funk / Soul")],
    [{ style: ["ambient"] }, (row) => row.styles.includes("Ambient")],
    [{ format: ["cd"] }, (row) => row.format === "CD"],
    [{ folder: ["BOXES"] }, (row) => row.folder === "Boxes"],
    [{ never: true }, (row) => row.playCount === 0],
    [{ filter: "listened" }, (row) => row.playCount > 0],
    [{ filter: "unlistened" }, (row) => row.playCount === 0],
    [{ filter: "all" }, () => true],
    [{ year: ["1970s"] }, (row) => row.year !== null && row.year >= 1970 && row.year <= 1979],
    [{ rating: ["..3"] }, (row) => row.rating >= 1 && row.rating <= 3],
    [{ rating: ["0..3"] }, (row) => row.rating <= 3],
    [{ rating: ["0"] }, (row) => row.rating === 0],
    [{ plays: ["5..20"] }, (row) => row.playCount >= 5 && row.playCount <= 20],
    [{ spins: ["2.."] }, (row) => row.spins !== null && row.spins >= 2],
    [{ spins: ["..1"] }, (row) => row.spins !== null && row.spins <= 1],
    [{ confidence: ["..0.5"] }, (row) => row.confidence <= 0.5],
    [{ match: ["artist"] }, (row) => row.matchType === "artist_only"],
    [{ match: ["exact", "~"] }, (row) => row.matchType === "exact" || row.matchType === "fuzzy"],
    [{ match: ["you"] }, (row) => row.decidedBy === "user"],
    [{ title: ["OF AMBER"] }, (row) => /of amber/i.test(row.title)],
    [{ words: ["AMBER", "of"] }, (row) => /amber/i.test(`${row.artist} ${row.title}`)],
  ];
  const all = list({});
  for (const [options, isMeant] of checks) {
    const wanted = all.filter(isMeant).map(({ id }) => id);
    expect({ options, ids: idsOf(options) }).toEqual({ options, ids: wanted });
    expect({ options, some: wanted.length > 0 }).toEqual({ options, some: true });
  }
});

test("spans begin with their first second and end before their last", () => {
  const [row] = list({ plays: ["1.."] });
  if (row?.lastPlayedUts == null || row.addedUts === null) throw new Error("a record that was played");
  const { id, lastPlayedUts, addedUts } = row;
  const isIn = (filter: RecordFilter): boolean =>
    [...listRecords(cache.database, { filter, sort: "plays", paging: null })].some(
      (other) => other.id === id,
    );
  for (const [name, uts] of [
    ["lastPlayed", lastPlayedUts],
    ["added", addedUts],
  ] as const) {
    expect(isIn({ [name]: [{ fromUts: uts, toUts: uts + 1 }] })).toBe(true);
    expect(isIn({ [name]: [{ fromUts: uts + 1, toUts: null }] })).toBe(false);
    expect(isIn({ [name]: [{ fromUts: null, toUts: uts }] })).toBe(false);
    expect(isIn({ [name]: [{ fromUts: null, toUts: uts + 1 }] })).toBe(true);
  }
});
