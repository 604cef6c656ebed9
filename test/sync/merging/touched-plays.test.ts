// A small merge works out only what it touched. The result is that of working out everything.
import { expect, test } from "vitest";
import type { SourcePlay } from "../../../src/model/listening-sources.ts";
import { toSourcePlay } from "../../../src/sources/files/file-format.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { addSubmittedPlays } from "../../../src/store/plays/submitted-plays.ts";
import { createSourceImporter, deleteSourcePlays } from "../../../src/store/plays/source-plays.ts";
import { saveTracklist } from "../../../src/store/shelf/tracklists.ts";
import { rematch } from "../../../src/sync/matching/rematch.ts";
import { mergeChangedPlays, mergeSources, refreshPlays } from "../../../src/sync/merging/merge-sources.ts";
import {
  buildArtistCredit,
  buildListedTrack,
  buildRecord,
  createTestCache,
  fillDatabase,
} from "../../support/filled-cache.ts";
import { createSeededRandom, pickInteger, pickItem, toUuid } from "../../support/random.ts";
import { getRoundCount } from "../../support/sampling.ts";
import type { Play } from "../../support/service-data.ts";

// Names that are one title or one artist to some rules and two to others.
const artists = [
  "Prince",
  "PRINCE",
  "Prince feat. Sheila E.",
  "Prince & The Revolution",
  "Various Artists",
  "Iva",
  "Íva",
];
const titles = [
  "Parade",
  "parade",
  "Parade (Deluxe)",
  "Around the World",
  "1999",
  "1999 (Live)",
  "Greatest Hits",
  "",
];
const mbids = Array.from({ length: 8 }, (_, at) => toUuid(`release ${at}`));
const startUts = Date.UTC(2026, 0, 3) / 1000;
const spotify = { name: "spotify", kind: "file" } as const;

type Random = () => number;

/** One play in three is the same as an earlier one, reported with another album. */
function generatePlay(random: Random, earlier: SourcePlay[]): SourcePlay {
  const play = toSourcePlay({
    startUts: startUts + pickInteger(random, 0, 400) * 900,
    artist: pickItem(random, artists),
    title: `Song ${pickInteger(random, 1, 6)}`,
    ...(earlier.length > 0 && random() < 0.33 ? pickItem(random, earlier) : {}),
    albumArtist: random() < 0.3 ? pickItem(random, artists) : null,
    album: pickItem(random, titles),
    releaseMbid: random() < 0.3 ? pickItem(random, mbids) : null,
    client: pickItem(random, ["phone", "player"]),
    sourceKey: random() < 0.3 ? "key" : null,
  });
  earlier.push(play);
  return play;
}

function generatePlays(random: Random, count: number, earlier: SourcePlay[]): SourcePlay[] {
  return Array.from({ length: count }, () => generatePlay(random, earlier));
}

function toScrobble(play: SourcePlay): Play {
  const { startUts: uts, artist, title: track, album, releaseMbid: albumMbid } = play;
  return { uts, artist, track, album, albumMbid, albumArtist: play.albumArtist ?? artist };
}

async function createWorld(random: Random, earlier: SourcePlay[]): Promise<Database> {
  const database = createTestCache();
  const records = ["Parade", "1999", "Greatest Hits", "Around the World"].map((title) =>
    buildRecord({ title, artists: [buildArtistCredit(pickItem(random, ["Prince", "Iva", "Various"]))] }),
  );
  const isConnected = random() < 0.6;
  await fillDatabase(database, {
    records,
    plays: isConnected ? generatePlays(random, 60, earlier).map(toScrobble) : [],
    lastfmUser: isConnected ? "NightOwl" : null,
  });
  const tracks = Array.from({ length: 4 }, (_, at) => buildListedTrack(`Song ${at + 1}`));
  for (const { release } of records.slice(0, 2)) saveTracklist(database, release.id, tracks, startUts);
  createSourceImporter(database, spotify)(generatePlays(random, 80, earlier));
  addSubmittedPlays(database, generatePlays(random, 40, earlier), startUts);
  mergeSources(database);
  rematch(database);
  return database;
}

/** Adds some plays of a source, or removes one. */
function changePlays(database: Database, random: Random, earlier: SourcePlay[]): void {
  const plays = generatePlays(random, random() < 0.8 ? 1 : 5, earlier);
  const kind = random();
  if (kind < 0.6) addSubmittedPlays(database, plays, startUts);
  else if (kind < 0.8) createSourceImporter(database, spotify)(plays);
  else {
    const keyed = database
      .prepare<[], { startUts: number; sourceKey: string }>(
        `SELECT uts AS startUts, source_key AS sourceKey FROM source_play AS p
         JOIN source_track ON source_track.id = source_track_id WHERE source_key <> ''
           AND p.source_id = (SELECT id FROM source WHERE name = 'spotify')`,
      )
      .all();
    if (keyed.length > 0) deleteSourcePlays(database, spotify, [pickItem(random, keyed)]);
  }
}

/** The rows of all tables. */
function readTables(database: Database): Record<string, readonly string[]> {
  const names = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence'")
    .pluck()
    .all();
  return Object.fromEntries(
    names.map((name) => {
      const rows = database.prepare(`SELECT * FROM ${name}`).raw().all();
      return [name, rows.map((row) => JSON.stringify(row)).toSorted()];
    }),
  );
}

/** The tables after everything was worked out again. The cache stays as it was. */
function readRefreshedTables(database: Database): Record<string, readonly string[]> {
  database.exec("BEGIN; UPDATE merge_quarter SET is_due = 1");
  try {
    mergeChangedPlays(database);
    refreshPlays(database);
    rematch(database);
    return readTables(database);
  } finally {
    database.exec("ROLLBACK");
  }
}

const seeds = [2, 8, 1, 3, 4, 5, 6, 7].slice(0, getRoundCount("TOUCHED_SEEDS", { few: 2, whole: 8 }));

test.each(seeds)("gives after a small merge what a whole refresh gives (seed %i)", async (seed) => {
  const random = createSeededRandom(seed);
  const earlier: SourcePlay[] = [];
  const database = await createWorld(random, earlier);
  for (let step = 1; step <= 12; step += 1) {
    database.transaction(() => {
      changePlays(database, random, earlier);
      mergeSources(database);
    })();
    expect(readTables(database), `step ${step}`).toEqual(readRefreshedTables(database));
  }
});

test("refreshes everything after a large merge that brought no new play", async () => {
  const database = createTestCache();
  const names = { artist: "Iva", album: "Shoals" };
  const plays = Array.from({ length: 1_100 }, (_, at) =>
    toSourcePlay({ ...names, startUts: startUts + at * 300, title: `Song ${at}` }),
  );
  await fillDatabase(database, { plays: plays.map(toScrobble) });
  // The chart may lack an album that it counts under another artist.
  database.exec("UPDATE album SET artist = 'Mer'");
  mergeChangedPlays(database);
  refreshPlays(database);
  const file = { name: "listenbrainz-file", kind: "file" } as const;
  createSourceImporter(database, file)(plays.map((play) => ({ ...play, albumArtist: "Mer" })));
  database.transaction(() => mergeSources(database))();
  expect(readTables(database)).toEqual(readRefreshedTables(database));
});
