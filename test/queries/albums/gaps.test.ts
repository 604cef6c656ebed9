import { beforeAll, afterAll, expect, test } from "vitest";
import { editionKey } from "../../../src/match/titles/title.ts";
import { findGaps, type GapsQuestion } from "../../../src/queries/albums/gaps.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { cacheIn, homeOf, openCache, sitting } from "../../support/filled-cache.ts";
import { inventPlays, inventRecords, inventTitles, inventWants } from "../../support/generate.ts";

const everything: GapsQuestion = {
  filter: { plays: [], tracks: [], albumKind: ["any"] },
  hidden: false,
  sort: "plays",
  reverse: false,
  paging: null,
  nowUts: 1_780_000_000,
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
