import { expect, test } from "vitest";
import type { Database } from "../../../src/store/file/database.ts";
import { createSourceImporter, deleteSource } from "../../../src/store/plays/source-plays.ts";
import { deleteListeningService } from "../../../src/store/plays/listening-service.ts";
import { mergeChangedPlays, mergeSources, refreshPlays } from "../../../src/sync/merging/merge-sources.ts";
import { generateTruePlays, simulateSource, type WrittenSource } from "../../support/simulated-history.ts";
import { createSourceCache } from "../../support/merged-cache.ts";
import { pickInteger, createSeededRandom } from "../../support/random.ts";
import { isFullRun, sampleItems } from "../../support/sampling.ts";

/** All that questions read, without the numbers that a cache gives. */
function readContent(database: Database): unknown {
  const readAll = (sql: string): unknown => database.prepare(sql).raw().all();
  return {
    plays:
      readAll(`SELECT uts, track.artist, track.name, track.album, album_mbid, occurrence, precision_seconds, source.name,
        album.artist, album.title
      FROM scrobble JOIN track ON track.id = track_id JOIN source ON source.id = source_id
      LEFT JOIN album ON album.id = album_id ORDER BY 1, 2, 3, 4, 5, 6`),
    albums: readAll(`SELECT artist, title, play_count, chart_count, mbid, last_played_uts, spins FROM album
      LEFT JOIN album_spin ON album_id = album.id ORDER BY 1, 2`),
    tracks: readAll("SELECT artist, name, album, album_mbid FROM track ORDER BY 1, 2, 3, 4"),
    quarters: readAll(`SELECT name, quarter, is_due, plays, shared, clock FROM merge_quarter
      JOIN source ON source.id = source_id WHERE merge_quarter.plays > 0 ORDER BY 1, 2`),
    sources:
      readAll(`SELECT source.name, uts, artist, title, album, s.occurrence, play_uts FROM source_play AS s
      JOIN source_track ON source_track.id = source_track_id JOIN source ON source.id = s.source_id
      ORDER BY 1, 2, 3, 4, 5, 6`),
  };
}

test.each(sampleItems("reversible", [1, 2, 3], 1))(
  "gives the same answers if sources are added, removed and added again in any order (seed %i)",
  (seed) => {
    const random = createSeededRandom(seed);
    const plays = generateTruePlays(random, { days: isFullRun ? 300 : 150, artists: 20, perDay: 12 });
    const scrobbled = simulateSource(random, plays, {
      name: "lastfm",
      kind: "service",
      share: 0.8,
      jitterSeconds: 0,
    });
    const others: WrittenSource[] = [
      simulateSource(random, plays, {
        name: "listenbrainz",
        kind: "service",
        share: 0.7,
        jitterSeconds: 2,
        names: "credit",
      }),
      simulateSource(random, plays, {
        name: "spotify",
        kind: "file",
        share: 0.5,
        jitterSeconds: 3,
        names: "album-artist",
        offset: (uts) => (uts > (plays[Math.floor(plays.length / 2)]?.uts ?? 0) ? 10_800 : 0),
      }),
      simulateSource(random, plays, {
        name: "apple",
        kind: "file",
        share: 0.4,
        jitterSeconds: 0,
        style: "day",
      }),
    ];
    const whole = createSourceCache([scrobbled, ...others]);
    mergeSources(whole);
    const expected = readContent(whole);

    const database = createSourceCache([scrobbled]);
    const here = new Set<WrittenSource>();
    for (let step = 0; step < 6; step += 1) {
      const source = others[pickInteger(random, 0, 2)] as WrittenSource;
      if (here.delete(source)) deleteSource(database, source.name);
      else {
        // The file comes in two parts that overlap, the later one first.
        const half = Math.floor(source.plays.length / 2);
        createSourceImporter(database, source)(source.plays.slice(half - 50));
        if (random() < 0.5) mergeSources(database);
        createSourceImporter(database, source)(source.plays);
        here.add(source);
      }
      mergeSources(database);
    }
    for (const source of others) if (!here.has(source)) createSourceImporter(database, source)(source.plays);
    mergeSources(database);
    expect(readContent(database)).toEqual(expected);

    for (const { name } of others) deleteSource(database, name);
    mergeSources(database);
    const alone = createSourceCache([scrobbled]);
    mergeSources(alone);
    expect(readContent(database)).toEqual(readContent(alone));
  },
);

test("without the listening service, the others answer as if it had never been there", () => {
  const random = createSeededRandom(4);
  const plays = generateTruePlays(random, { days: 60, artists: 12, perDay: 12 });
  const scrobbled = simulateSource(random, plays, {
    name: "lastfm",
    kind: "service",
    share: 0.8,
    jitterSeconds: 0,
  });
  const others: WrittenSource[] = [
    simulateSource(random, plays, {
      name: "listenbrainz",
      kind: "service",
      share: 0.7,
      jitterSeconds: 2,
      names: "credit",
    }),
    simulateSource(random, plays, {
      name: "spotify",
      kind: "file",
      share: 0.5,
      jitterSeconds: 3,
      names: "album-artist",
    }),
  ];
  const database = createSourceCache([scrobbled, ...others]);
  mergeSources(database);
  deleteListeningService(database, "lastfm");
  mergeChangedPlays(database);
  refreshPlays(database);
  const alone = createSourceCache(others);
  mergeSources(alone);
  expect(readContent(database)).toEqual(readContent(alone));
});
