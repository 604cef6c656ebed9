// The matches in the cache: the matcher's, as the user wants them.
import { expect, test } from "vitest";
import { isEvidenceNew, rematch } from "../../../src/sync/matching/rematch.ts";
import type { Play } from "../../support/service-data.ts";
import { createSyncFixtureFrom, type SyncFixture } from "../fixture.ts";
import { openCache, buildPlay, buildRecord } from "../../support/filled-cache.ts";

const buildPlays = (artist: string, album: string, count: number, uts: number): Play[] =>
  Array.from({ length: count }, (_, n) => buildPlay(artist, album, `Verse ${n} of Rain`, uts + n * 300));

async function createFixture(): Promise<SyncFixture> {
  const fixture = await createSyncFixtureFrom({
    records: [
      buildRecord({ id: 11, artist: "Prince", title: "Purple Rain" }),
      buildRecord({ id: 11, artist: "Prince", title: "Purple Rain" }),
      buildRecord({ id: 12, artist: "Prince", title: "Parade" }),
      buildRecord({ id: 13, artist: "Nobody Known", title: "Nothing" }),
    ].map((each, at) => ({ ...each, instanceId: at + 1 })),
    plays: [
      ...buildPlays("Prince", "Purple Rain", 9, 1_600_000_000),
      ...buildPlays("Prince", "Purple Rain (Deluxe Edition)", 4, 1_650_000_000),
      ...buildPlays("Queen", "Innuendo", 5, 1_610_000_000),
    ],
  });
  await fixture.sync();
  return fixture;
}

function readMatches(fixture: SyncFixture): unknown[] {
  return fixture.database
    .prepare(
      `SELECT instance_id AS id, type, decided_by AS by, match.play_count AS plays, title,
         (SELECT count(*) FROM album_match WHERE record_id = record.id) AS credits
       FROM match JOIN record ON record.id = record_id LEFT JOIN album ON album.id = album_id ORDER BY instance_id`,
    )
    .all();
}

const buildMatch = (id: number, type: string, count: number, title: string | null, credits: number) => ({
  id,
  type,
  by: "matcher",
  plays: count,
  title,
  credits,
});

test("heard tracks count once the history is published; later plays of them change nothing", async () => {
  const fixture = await createFixture();
  const { plays: listing } = fixture.lastfm.listener;
  // The same five songs, under a name that alone would not do.
  listing.add(...buildPlays("Prince", "Purple Rain Goes On", 5, 1_660_000_000));
  await fixture.sync();
  expect(readMatches(fixture)[0]).toEqual(buildMatch(1, "exact", 18, "Purple Rain", 3));
  const rule = fixture.database
    .prepare("SELECT rule FROM album_match WHERE rule NOT IN ('title', 'edition') LIMIT 1")
    .pluck()
    .get();
  expect(rule).toBe("shared-tracks");
  expect(isEvidenceNew(fixture.database)).toBe(false);
  fixture.database.exec("DELETE FROM scrobble; UPDATE track SET album_id = NULL WHERE album LIKE '%Goes On'");
  expect(isEvidenceNew(fixture.database)).toBe(true);
  rematch(fixture.database);
  expect(readMatches(fixture)[0]).toMatchObject({ credits: 2 });
});

test("readers see the old matches until the new ones are complete", async () => {
  const fixture = await createFixture();
  const reader = openCache(fixture.path, "read");
  const countRecords = () => reader.prepare("SELECT count(*) FROM record").pluck().get();
  const seen = new Set<unknown>();
  const { records } = fixture.discogs.shelf;
  for (let n = 0; n < 330; n += 1) records.add(buildRecord({ title: `Title ${n}` }));
  fixture.discogsServer.behaviour.onRequest = (_, { path }) => {
    seen.add(`${path.split("/").at(-1)} ${String(countRecords())}`);
  };
  await fixture.sync();
  expect([...seen]).toEqual(["identity 4", "releases 4", "folders 4", "fields 4", "wants 334"]);
  expect(countRecords()).toBe(334);
  reader.close();
});
