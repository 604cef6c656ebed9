// A cache whose sources wrote down one world, and how well their plays were merged.
import type { Database } from "../../src/store/file/database.ts";
import { savePublication } from "../../src/store/file/listings.ts";
import { createEmptyCache } from "../../src/store/open-cache.ts";
import { createSourceImporter } from "../../src/store/plays/source-plays.ts";
import type { WrittenPlay, WrittenSource } from "./simulated-history.ts";

/** The name of the source that is the listening service of the cache. */
const listeningService = "lastfm";

export function createSourceCache(sources: readonly WrittenSource[]): Database {
  const database = createEmptyCache();
  const scrobbled = sources.find(({ name }) => name === listeningService);
  if (scrobbled) addScrobbles(database, scrobbled.plays);
  for (const source of sources)
    if (source !== scrobbled) createSourceImporter(database, source)(source.plays);
  return database;
}

/** Makes these plays the history of the listening service. */
function addScrobbles(database: Database, plays: readonly WrittenPlay[]): void {
  const track = database.prepare(
    "INSERT OR IGNORE INTO track (artist, name, album, album_mbid) VALUES (?, ?, ?, '')",
  );
  const find = database.prepare("SELECT id FROM track WHERE (artist, name, album) = (?, ?, ?)").pluck();
  const last = database
    .prepare("SELECT max(occurrence) FROM scrobble WHERE (uts, track_id) = (?, ?)")
    .pluck();
  const insert = database.prepare("INSERT INTO scrobble (uts, track_id, occurrence) VALUES (?, ?, ?)");
  for (const { artist, title, album, startUts } of plays) {
    track.run(artist, title, album);
    const id = find.get(artist, title, album);
    insert.run(startUts, id, Number(last.get(startUts, id) ?? 0) + 1);
  }
  savePublication(database, "history", {
    startedUts: 2_000_000_000,
    publishedUts: 2_000_000_000,
    fullReadUts: 2_000_000_000,
    detail: {},
  });
}

/** `groups`: the merged plays, each the true plays that its rows are of. */
export function computeMergeStats(groups: Iterable<readonly number[]>) {
  const pieces = new Map<number, number>();
  let lost = 0;
  let plays = 0;
  for (const truths of groups) {
    plays += 1;
    const different = new Set(truths);
    lost += different.size - 1;
    for (const truth of different) pieces.set(truth, (pieces.get(truth) ?? 0) + 1);
  }
  const once = [...pieces.values()].filter((count) => count === 1).length;
  return {
    truePlays: pieces.size,
    /** Share of the true plays that are one play. */
    countedOnce: once / pieces.size,
    /** Share of the true plays that went into another one. */
    joined: lost / pieces.size,
    plays,
  };
}

/** The true plays of each merged play. `database` was merged. */
export function readMergedGroups(
  database: Database,
  scrobbled: WrittenSource | undefined,
): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  const addToGroup = (key: string, truth: number): void => {
    const group = groups.get(key);
    if (group) group.push(truth);
    else groups.set(key, [truth]);
  };
  const seen = new Map<string, number>();
  for (const { artist, title, album, startUts, truth } of scrobbled?.plays ?? []) {
    const names = JSON.stringify([startUts, artist, title, album]);
    const occurrence = (seen.get(names) ?? 0) + 1;
    seen.set(names, occurrence);
    addToGroup(JSON.stringify([startUts, artist, title, album, occurrence]), truth);
  }
  const rows = database
    .prepare<[], [number, string, string, string, number, string]>(
      `SELECT play_uts, artist, name, track.album, play_occurrence, source_key FROM source_play
       JOIN track ON track.id = play_track_id
       JOIN (SELECT id, source_key FROM source_track) AS t ON t.id = source_track_id`,
    )
    .raw()
    .iterate();
  for (const [uts, artist, title, album, occurrence, key] of rows) {
    addToGroup(JSON.stringify([uts, artist, title, album, occurrence]), Number(key));
  }
  return groups;
}
