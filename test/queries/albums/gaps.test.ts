import { beforeAll, afterAll, expect, test } from "vitest";
import { editionKey } from "../../../src/match/titles/title.ts";
import { findGaps, withShelves, type GapQuestion } from "../../../src/queries/albums/gaps.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { cacheIn, homeOf, openCache, sitting } from "../../support/filled-cache.ts";
import { inventPlays, inventRecords, inventTitles, inventWants } from "../../support/generate.ts";

const everything: GapQuestion = {
  words: [],
  artist: [],
  title: [],
  plays: [],
  tracks: [],
  lastPlayed: [],
  during: null,
  hidden: false,
  sort: "plays",
  reverse: false,
  recentFromUts: 1_750_000_000,
};

let database: Database;

const titles = inventTitles(500, 11);
const home = homeOf({
  records: inventRecords(titles.slice(0, 180), 240, 12),
  wants: inventWants(titles, 40, 13),
  plays: [
    ...inventPlays(titles, 8_000, 14),
    ...sitting("Sufjan Stevens", "Illinois", { from: "2025-08-01T20:00:00Z", tracks: 12 }),
    ...sitting("Sufjan Stevens", "Illinois (Deluxe Edition)", { from: "2025-08-02T20:00:00Z", tracks: 14 }),
  ],
});

beforeAll(() => {
  database = openCache(cacheIn(home), "read");
});
afterAll(() => void database.close());

const rows = <Row>(sql: string): Row[] => database.prepare<[], Row>(sql).all();

test("nothing that is owned is a gap, and everything played is either", () => {
  const gaps = findGaps(database, everything);
  const owned = new Set(
    [
      ...rows<{ artist: string; title: string }>(
        `SELECT artist, title FROM release
         WHERE kind NOT IN ('single', 'ep') AND id IN (SELECT release_id FROM record)`,
      ),
      ...rows<{ artist: string; title: string }>(
        "SELECT artist, title FROM album WHERE id IN (SELECT album_id FROM credit)",
      ),
    ].map(({ artist, title }) => editionKey(artist, title)),
  );
  const listed = new Set(gaps.flatMap(({ albumIds }) => albumIds));
  expect(listed.size).toBe(gaps.reduce((sum, { albumIds }) => sum + albumIds.length, 0));
  const chart = rows<{ id: number; artist: string; title: string }>("SELECT id, artist, title FROM album");
  for (const { id, artist, title } of chart) {
    expect(listed.has(id), `${artist} · ${title}`).toBe(!owned.has(editionKey(artist, title)));
  }
  expect(gaps.length).toBeGreaterThan(100);
});

test("records by the artist are counted under every name on the sleeve", () => {
  const gaps = findGaps(database, everything);
  const shelved = withShelves(database, gaps);
  expect(shelved.some(({ shelf }) => shelf.records > 0)).toBe(true);
  const plain = shelved.find(({ shelf }) => shelf.records > 0 && shelf.boxId !== null);
  expect(plain).toBeDefined();
  const box = rows<{ id: number }>(
    "SELECT record.id AS id FROM record JOIN release ON release.id = release_id WHERE kind = 'box'",
  ).map(({ id }) => id);
  const various = shelved.filter(({ artist }) => artist === "Various Artists");
  expect(various.length).toBeGreaterThan(0);
  const [{ records } = { records: 0 }] = rows<{ records: number }>(
    "SELECT count(*) AS records FROM record JOIN release ON release.id = release_id WHERE artist = 'Various'",
  );
  for (const { shelf } of various) expect(shelf).toEqual({ records, boxId: null });
  for (const { shelf } of shelved) expect([null, ...box]).toContain(shelf.boxId);
});
