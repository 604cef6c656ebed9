import { expect, test } from "vitest";
import type { Database } from "../../../src/store/file/database.ts";
import { sourceImport, removeSource } from "../../../src/store/plays/source-plays.ts";
import { removeListeningService } from "../../../src/store/plays/listening-service.ts";
import { mergePlaysOfSources, mergeSources, refreshPlays } from "../../../src/sync/merging/merge-sources.ts";
import { truePlays, write, type WrittenSource } from "../../support/listening-world.ts";
import { cacheOf } from "../../support/merged-world.ts";
import { between, seeded } from "../../support/random.ts";
import { isWhole, sampled } from "../../support/sample.ts";

/** All that questions read, without the numbers that a cache gives. */
function contentOf(database: Database): unknown {
  const all = (sql: string): unknown => database.prepare(sql).raw().all();
  return {
    plays:
      all(`SELECT uts, track.artist, track.name, track.album, album_mbid, occurrence, precision_seconds, source.name,
        album.artist, album.title
      FROM scrobble JOIN track ON track.id = track_id JOIN source ON source.id = source_id
      LEFT JOIN album ON album.id = album_id ORDER BY 1, 2, 3, 4, 5, 6`),
    albums: all(`SELECT artist, title, play_count, chart_count, mbid, last_played_uts, spins FROM album
      LEFT JOIN album_spin ON album_id = album.id ORDER BY 1, 2`),
    tracks: all("SELECT artist, name, album, album_mbid FROM track ORDER BY 1, 2, 3, 4"),
    quarters: all(`SELECT name, quarter, is_due, plays, shared, clock FROM merge_quarter
      JOIN source ON source.id = source_id WHERE merge_quarter.plays > 0 ORDER BY 1, 2`),
    sources: all(`SELECT source.name, uts, artist, title, album, s.occurrence, play_uts FROM source_play AS s
      JOIN source_track ON source_track.id = source_track_id JOIN source ON source.id = s.source_id
      ORDER BY 1, 2, 3, 4, 5, 6`),
  };
}

test.each(sampled("reversible", [1, 2, 3], 1))(
  "sources come, go and come back in any order (seed %i)",
  (seed) => {
    const random = seeded(seed);
    const plays = truePlays(random, { days: isWhole ? 300 : 150, artists: 20, perDay: 12 });
    const scrobbled = write(random, plays, { name: "lastfm", kind: "service", share: 0.8, jitterSeconds: 0 });
    const others: WrittenSource[] = [
      write(random, plays, {
        name: "listenbrainz",
        kind: "service",
        share: 0.7,
        jitterSeconds: 2,
        names: "credit",
      }),
      write(random, plays, {
        name: "spotify",
        kind: "file",
        share: 0.5,
        jitterSeconds: 3,
        names: "album-artist",
        offset: (uts) => (uts > (plays[Math.floor(plays.length / 2)]?.uts ?? 0) ? 10_800 : 0),
      }),
      write(random, plays, { name: "apple", kind: "file", share: 0.4, jitterSeconds: 0, style: "day" }),
    ];
    const whole = cacheOf([scrobbled, ...others]);
    mergeSources(whole);
    const expected = contentOf(whole);

    const database = cacheOf([scrobbled]);
    const here = new Set<WrittenSource>();
    for (let step = 0; step < 6; step += 1) {
      const source = others[between(random, 0, 2)] as WrittenSource;
      if (here.delete(source)) removeSource(database, source.name);
      else {
        // In two parts that overlap, the later one first.
        const half = Math.floor(source.plays.length / 2);
        sourceImport(database, source)(source.plays.slice(half - 50));
        if (random() < 0.5) mergeSources(database);
        sourceImport(database, source)(source.plays);
        here.add(source);
      }
      mergeSources(database);
    }
    for (const source of others) if (!here.has(source)) sourceImport(database, source)(source.plays);
    mergeSources(database);
    expect(contentOf(database)).toEqual(expected);

    for (const { name } of others) removeSource(database, name);
    mergeSources(database);
    const alone = cacheOf([scrobbled]);
    mergeSources(alone);
    expect(contentOf(database)).toEqual(contentOf(alone));
  },
);

test("without the listening service, the others answer as if it had never been there", () => {
  const random = seeded(4);
  const plays = truePlays(random, { days: 60, artists: 12, perDay: 12 });
  const scrobbled = write(random, plays, { name: "lastfm", kind: "service", share: 0.8, jitterSeconds: 0 });
  const others: WrittenSource[] = [
    write(random, plays, {
      name: "listenbrainz",
      kind: "service",
      share: 0.7,
      jitterSeconds: 2,
      names: "credit",
    }),
    write(random, plays, {
      name: "spotify",
      kind: "file",
      share: 0.5,
      jitterSeconds: 3,
      names: "album-artist",
    }),
  ];
  const database = cacheOf([scrobbled, ...others]);
  mergeSources(database);
  removeListeningService(database, "lastfm");
  mergePlaysOfSources(database);
  refreshPlays(database);
  const alone = cacheOf(others);
  mergeSources(alone);
  expect(contentOf(database)).toEqual(contentOf(alone));
});
