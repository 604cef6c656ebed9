import { beforeAll, afterAll, expect, test } from "vitest";
import { toEditionKey } from "../../../src/match/titles/title.ts";
import { findGaps, type GapsParameters } from "../../../src/queries/albums/gaps.ts";
import type { Database } from "../../../src/store/file/database.ts";
import {
  getHomeCachePath,
  createSharedHome,
  openCache,
  buildAlbumPlays,
} from "../../support/filled-cache.ts";
import {
  generatePlays,
  generateRecords,
  generateTitles,
  generateWants,
} from "../../support/generated-data.ts";

const allGapsQuery: GapsParameters = {
  filter: { plays: [], tracks: [], albumKind: ["any"] },
  hidden: false,
  sort: "plays",
  reverse: false,
  paging: null,
  nowUts: 1_780_000_000,
};

let database: Database;

const titles = generateTitles(500, 11);
const home = createSharedHome({
  records: generateRecords(titles.slice(0, 180), 240, 12),
  wants: generateWants(titles, 40, 13),
  plays: [
    ...generatePlays(titles, 8_000, 14),
    ...buildAlbumPlays("Sufjan Stevens", "Illinois", { from: "2025-08-01T20:00:00Z", tracks: 12 }),
    ...buildAlbumPlays("Sufjan Stevens", "Illinois (Deluxe Edition)", {
      from: "2025-08-02T20:00:00Z",
      tracks: 14,
    }),
  ],
});

beforeAll(() => {
  database = openCache(getHomeCachePath(home), "read");
});
afterAll(() => void database.close());

const readRows = <Row>(sql: string): Row[] => database.prepare<[], Row>(sql).all();

test("lists every played album that is not owned, and no owned one", () => {
  const gaps = findGaps(database, allGapsQuery);
  const owned = new Set(
    [
      ...readRows<{ artist: string; title: string }>(
        `SELECT artist, title FROM release
         WHERE kind NOT IN ('single', 'ep') AND id IN (SELECT release_id FROM record)`,
      ),
      ...readRows<{ artist: string; title: string }>(
        "SELECT artist, title FROM album WHERE id IN (SELECT album_id FROM album_match)",
      ),
    ].map(({ artist, title }) => toEditionKey(artist, title)),
  );
  const listed = new Set(gaps.flatMap(({ albumIds }) => albumIds));
  expect(listed.size).toBe(gaps.reduce((sum, { albumIds }) => sum + albumIds.length, 0));
  const chart = readRows<{ id: number; artist: string; title: string }>(
    "SELECT id, artist, title FROM album",
  );
  for (const { id, artist, title } of chart) {
    expect(listed.has(id), `${artist} · ${title}`).toBe(!owned.has(toEditionKey(artist, title)));
  }
  expect(gaps.length).toBeGreaterThan(100);
});
