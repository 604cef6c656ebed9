// The rows that a cache should have after a sync, and those that it has, without ids and times.
import type { Database } from "../../src/store/file/database.ts";
import { type DiscogsData, type LastfmData, getChart } from "../support/service-data.ts";

type Rows = readonly string[];

const toLine = (...values: readonly unknown[]): string => JSON.stringify(values);

/** Every published row as a line of text, sorted, by what it is. */
export function readSnapshot(database: Database) {
  const readLines = (sql: string): Rows =>
    (database.prepare(sql).raw().all() as unknown[][]).map((row) => toLine(...row)).toSorted();
  return {
    records: readLines(`
      SELECT instance_id, release_id, folder_id, rating, date_added,
        (SELECT json_group_array(json_array(field_id, value) ORDER BY field_id) FROM record_field WHERE record_id = record.id)
      FROM record`),
    wants: readLines("SELECT release_id, rating, date_added, notes FROM want"),
    releases: readLines(`
      SELECT id, master_id, title, year, cover_url, genres, styles, artist, kind, form,
        (SELECT json_group_array(json_array(artist_id, name, anv, join_word) ORDER BY position)
          FROM release_artist WHERE release_id = id),
        (SELECT json_group_array(json_array(name, quantity, text, descriptions) ORDER BY position)
          FROM release_format WHERE release_id = id),
        (SELECT json_group_array(json_array(label_id, name, catalog_number) ORDER BY position)
          FROM release_label WHERE release_id = id)
      FROM release`),
    albums: readLines("SELECT artist, title, play_count FROM album"),
    scrobbles: readLines(`
      SELECT uts, artist, name, album, album_mbid, count(*) FROM scrobble JOIN track ON track.id = track_id
      GROUP BY uts, track_id`),
    lastPlayed: readLines("SELECT artist, title, last_played_uts FROM album"),
    matches: readLines(`
      SELECT instance_id, type, confidence, rule, decided_by, artist_name, play_count, last_played_uts,
        (SELECT json_group_array(json_array(artist, title, album_match.rule, album_match.confidence) ORDER BY artist, title)
          FROM album_match JOIN album ON album.id = album_match.album_id WHERE album_match.record_id = record.id)
      FROM match JOIN record ON record.id = record_id`),
  };
}

export type Snapshot = ReturnType<typeof readSnapshot>;

/** The part of a snapshot that follows from the world alone. */
export function buildExpectedSnapshot(
  discogs: DiscogsData,
  lastfm: LastfmData,
): Omit<Snapshot, "releases" | "matches"> {
  const { shelf } = discogs;
  const plays = new Map<string, number>();
  const lastPlayed = new Map<string, number | null>();
  for (const { artist, title } of getChart(lastfm.listener)) lastPlayed.set(toLine(artist, title), null);
  for (const { uts, artist, track, album, albumMbid, albumArtist } of lastfm.listener.plays.rows) {
    const key = toLine(uts, artist, track, album, albumMbid ?? "");
    plays.set(key, (plays.get(key) ?? 0) + 1);
    const chartKey = toLine(albumArtist, album);
    if (uts > 0 && lastPlayed.has(chartKey)) {
      lastPlayed.set(chartKey, Math.max(lastPlayed.get(chartKey) ?? 0, uts));
    }
  }
  return {
    records: shelf.records.rows
      .map(({ instanceId, release, folderId, rating, dateAdded, fieldValues }) =>
        toLine(
          instanceId,
          release.id,
          folderId,
          rating,
          dateAdded,
          JSON.stringify(
            fieldValues
              .toSorted((a, b) => a.fieldId - b.fieldId)
              .map((field) => [field.fieldId, field.value]),
          ),
        ),
      )
      .toSorted(),
    wants: shelf.wants.rows
      .map(({ release, rating, dateAdded, notes }) => toLine(release.id, rating, dateAdded, notes))
      .toSorted(),
    albums: getChart(lastfm.listener)
      .map(({ artist, title, playCount }) => toLine(artist, title, playCount))
      .toSorted(),
    scrobbles: [...plays].map(([key, count]) => `${key.slice(0, -1)},${count}]`).toSorted(),
    lastPlayed: [...lastPlayed].map(([key, uts]) => `${key.slice(0, -1)},${uts}]`).toSorted(),
  };
}

/** The faults that SQLite finds in the file. */
export function findFileFaults(database: Database): unknown[] {
  const found = [
    ...(database.pragma("integrity_check", { simple: false }) as { integrity_check: string }[]).filter(
      (row) => row.integrity_check !== "ok",
    ),
    ...(database.pragma("foreign_key_check") as unknown[]),
  ];
  return found;
}
