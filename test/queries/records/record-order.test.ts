import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fold } from "../../../src/match/text/fold.ts";
import { foldArtist } from "../../../src/match/text/artist-name.ts";
import { listBriefs, listRecords, type RecordRow } from "../../../src/queries/records/read-records.ts";
import { recordSorts } from "../../../src/queries/records/record-order.ts";
import { stripArtistSuffix } from "../../../src/model/names.ts";
import { createSharedDirectory } from "../../support/temp-directories.ts";
import { generateCache, type GeneratedCache } from "../../support/generated-cache.ts";

const directory = createSharedDirectory("rewind-order");
let cache: GeneratedCache;

beforeAll(async () => {
  cache = await generateCache(directory, { records: 150, plays: 2_000, albums: 260, wants: 0, seed: 8 });
  cache.database.exec(
    "UPDATE record SET rating = id % 3, paid_cents = iif(id % 5 = 0, NULL, id * 131 % 4000); UPDATE release SET original_year = year - id % 7 WHERE id % 3 > 0",
  );
}, 60_000);

afterAll(() => void cache.database.close());

function listSorted(sort: (typeof recordSorts)[number], reverse = false): RecordRow[] {
  return [...listRecords(cache.database, { filter: {}, sort, reverse, paging: null })];
}

/** The key that a sort compares first, and from which end; null is last. */
const firstKeys: Readonly<
  Record<(typeof recordSorts)[number], { key: (row: RecordRow) => number | string | null; up: boolean }>
> = {
  plays: { key: (row) => row.playCount, up: false },
  added: { key: (row) => row.addedUts, up: false },
  artist: { key: (row) => fold(row.artist).replace(/^(the|an?) (?=.)/, ""), up: true },
  title: { key: (row) => fold(row.title).replace(/^(the|an?) (?=.)/, ""), up: true },
  year: { key: (row) => row.year, up: true },
  "original-year": { key: (row) => row.originalYear, up: true },
  rating: { key: (row) => row.rating, up: false },
  "last-played": { key: (row) => row.lastPlayedUts, up: false },
  confidence: { key: (row) => row.confidence, up: false },
  "artist-plays": { key: (row) => row.artistPlays, up: false },
  spins: { key: (row) => row.spins, up: false },
  paid: { key: (row) => row.paidCents, up: false },
  "cost-per-spin": { key: (row) => row.costPerSpinCents, up: false },
  "cost-per-play": { key: (row) => row.costPerPlayCents, up: false },
};

describe.each(recordSorts)("--sort %s", (sort) => {
  test.each([false, true])("reverse %s: joined pages equal the unpaged list", (reverse) => {
    const whole = listSorted(sort, reverse);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(150);
    for (const limit of [7, 100]) {
      const pages: RecordRow[] = [];
      for (let page = 1; page <= Math.ceil(150 / limit); page += 1) {
        const query = { filter: {}, sort, reverse, paging: { page, limit } };
        pages.push(...listRecords(cache.database, query));
      }
      expect(pages).toEqual(whole);
    }
  });

  test.each([false, true])("reverse %s: sorts in order, with unknown values last", (reverse) => {
    const { key, up } = firstKeys[sort];
    const keys = listSorted(sort, reverse).map(key);
    const known = keys.filter((value) => value !== null);
    expect(keys.slice(0, known.length)).toEqual(known);
    for (const [at, value] of known.entries()) {
      const before = known[at - 1];
      if (before === undefined) continue;
      expect(up === reverse ? before >= value : before <= value).toBe(true);
    }
    expect(new Set(known).size).toBeGreaterThan(1);
  });

  test("a table reads the same records in the same order", () => {
    const briefs = [...listBriefs(cache.database, { filter: {}, sort, paging: null })];
    expect(listSorted(sort)).toMatchObject(briefs);
  });
});

test.each(["paid", "cost-per-spin", "cost-per-play"] as const)(
  "--sort %s keeps the currencies apart",
  (sort) => {
    const { database } = cache;
    database.exec("BEGIN; UPDATE record SET currency = iif(id % 3 = 0, 'USD', iif(id % 3 = 1, 'EUR', NULL))");
    try {
      const priced = listSorted(sort).filter(({ costPerSpinCents, costPerPlayCents, paidCents }) =>
        sort === "paid"
          ? paidCents !== null
          : (sort === "cost-per-spin" ? costPerSpinCents : costPerPlayCents) !== null,
      );
      const groups = priced
        .map(({ currency }) => currency)
        .filter((currency, at, all) => currency !== all[at - 1]);
      expect(priced.length).toBeGreaterThan(20);
      expect(groups).toEqual(["EUR", "USD", null].filter((currency) => groups.includes(currency)));
      expect(groups.length).toBeGreaterThan(1);
    } finally {
      database.exec("ROLLBACK");
    }
  },
);

test("counts plays of all albums under an artist's name except the matched ones as other plays", () => {
  const { database } = cache;
  const albums = database
    .prepare<[], { id: number; artist: string; plays: number }>(
      "SELECT id, artist, play_count AS plays FROM album",
    )
    .all();
  const credits = database
    .prepare<[number], number>("SELECT album_id FROM album_match WHERE record_id = ?")
    .pluck();
  let compared = 0;
  for (const row of listSorted("artist-plays")) {
    const names = new Set(row.artistNames.map((name) => foldArtist(stripArtistSuffix(name))));
    if (row.artistNames.length > 1 || row.artistNames[0] === "Various") continue;
    const credited = new Set(credits.all(row.id));
    const others = albums.filter(({ id, artist }) => names.has(foldArtist(artist)) && !credited.has(id));
    expect(row.artistPlays).toBe(others.reduce((sum, { plays }) => sum + plays, 0));
    compared += 1;
  }
  expect(compared).toBeGreaterThan(100);
  const unknown = listSorted("artist-plays").filter(({ artistPlays }) => artistPlays === null);
  expect(new Set(unknown.map(({ artist }) => artist))).toEqual(new Set(["Various"]));
});
