// The matches in the cache: the matcher's, as the user wants them.
import { expect, test } from "vitest";
import { isEvidenceNew, rematch } from "../../../src/sync/matching/rematch.ts";
import type { Play } from "../../support/world.ts";
import { benchOf, type Bench } from "../bench.ts";
import { openCache, playOf, record } from "../../support/filled-cache.ts";

const plays = (artist: string, album: string, count: number, uts: number): Play[] =>
  Array.from({ length: count }, (_, n) => playOf(artist, album, `Verse ${n} of Rain`, uts + n * 300));

async function shelfBench(): Promise<Bench> {
  const bench = await benchOf({
    records: [
      record({ id: 11, artist: "Prince", title: "Purple Rain" }),
      record({ id: 11, artist: "Prince", title: "Purple Rain" }),
      record({ id: 12, artist: "Prince", title: "Parade" }),
      record({ id: 13, artist: "Nobody Known", title: "Nothing" }),
    ].map((each, at) => ({ ...each, instanceId: at + 1 })),
    plays: [
      ...plays("Prince", "Purple Rain", 9, 1_600_000_000),
      ...plays("Prince", "Purple Rain (Deluxe Edition)", 4, 1_650_000_000),
      ...plays("Queen", "Innuendo", 5, 1_610_000_000),
    ],
  });
  await bench.sync();
  return bench;
}

function matches(bench: Bench): unknown[] {
  return bench.database
    .prepare(
      `SELECT instance_id AS id, type, decided_by AS by, match.play_count AS plays, title,
         (SELECT count(*) FROM credit WHERE record_id = record.id) AS credits
       FROM match JOIN record ON record.id = record_id LEFT JOIN album ON album.id = album_id ORDER BY instance_id`,
    )
    .all();
}

const byMatcher = (id: number, type: string, count: number, title: string | null, credits: number) => ({
  id,
  type,
  by: "matcher",
  plays: count,
  title,
  credits,
});

test("heard tracks count once the history is published; later plays of them change nothing", async () => {
  const bench = await shelfBench();
  const { plays: listing } = bench.lastfm.listener;
  // The same five songs, under a name that alone would not do.
  listing.add(...plays("Prince", "Purple Rain Goes On", 5, 1_660_000_000));
  await bench.sync();
  expect(matches(bench)[0]).toEqual(byMatcher(1, "exact", 18, "Purple Rain", 3));
  const rule = bench.database
    .prepare("SELECT rule FROM credit WHERE rule NOT IN ('title', 'edition') LIMIT 1")
    .pluck()
    .get();
  expect(rule).toBe("shared-tracks");
  expect(isEvidenceNew(bench.database)).toBe(false);
  bench.database.exec("DELETE FROM scrobble; UPDATE track SET album_id = NULL WHERE album LIKE '%Goes On'");
  expect(isEvidenceNew(bench.database)).toBe(true);
  rematch(bench.database);
  expect(matches(bench)[0]).toMatchObject({ credits: 2 });
});

test("readers see the old matches until the new ones are complete", async () => {
  const bench = await shelfBench();
  const reader = openCache(bench.path, "read");
  const count = () => reader.prepare("SELECT count(*) FROM record").pluck().get();
  const seen = new Set<unknown>();
  const { records } = bench.discogs.shelf;
  for (let n = 0; n < 330; n += 1) records.add(record({ title: `Title ${n}` }));
  bench.discogsServer.behaviour.onRequest = (_, { path }) => {
    seen.add(`${path.split("/").at(-1)} ${String(count())}`);
  };
  await bench.sync();
  expect([...seen]).toEqual(["identity 4", "releases 4", "folders 4", "fields 4", "wants 334"]);
  expect(count()).toBe(334);
  reader.close();
});
