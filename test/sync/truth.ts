// The rows that a cache should have after a sync, and those that it has, without ids and times.
import type { Database } from "../../src/store/file/database.ts";
import { type DiscogsWorld, type LastfmWorld, listenerChart } from "../support/world.ts";

type Rows = readonly string[];

const line = (...values: readonly unknown[]): string => JSON.stringify(values);

/** Every published row as a line of text, sorted, by what it is. */
export function snapshot(database: Database) {
  const lines = (sql: string): Rows =>
    (database.prepare(sql).raw().all() as unknown[][]).map((row) => line(...row)).toSorted();
  return {
    records: lines(`
      SELECT instance_id, release_id, folder_id, rating, date_added,
        (SELECT json_group_array(json_array(field_id, value) ORDER BY field_id) FROM record_field WHERE record_id = record.id)
      FROM record`),
    wants: lines("SELECT release_id, rating, date_added, notes FROM want"),
    releases: lines(`
      SELECT id, master_id, title, year, cover_url, genres, styles, artist, kind, form,
        (SELECT json_group_array(json_array(artist_id, name, anv, join_word) ORDER BY position)
          FROM release_artist WHERE release_id = id),
        (SELECT json_group_array(json_array(name, quantity, text, descriptions) ORDER BY position)
          FROM release_format WHERE release_id = id),
        (SELECT json_group_array(json_array(label_id, name, catalog_number) ORDER BY position)
          FROM release_label WHERE release_id = id)
      FROM release`),
    albums: lines("SELECT artist, title, play_count FROM album"),
    scrobbles: lines(`
      SELECT uts, artist, name, album, album_mbid, count(*) FROM scrobble JOIN track ON track.id = track_id
      GROUP BY uts, track_id`),
    lastPlayed: lines("SELECT artist, title, last_played_uts FROM album"),
    matches: lines(`
      SELECT instance_id, type, confidence, rule, decided_by, artist_name, play_count, last_played_uts,
        (SELECT json_group_array(json_array(artist, title, credit.rule, credit.confidence) ORDER BY artist, title)
          FROM credit JOIN album ON album.id = credit.album_id WHERE credit.record_id = record.id)
      FROM match JOIN record ON record.id = record_id`),
  };
}

export type Snapshot = ReturnType<typeof snapshot>;

/** The part of a snapshot that follows from the world alone. */
export function truth(discogs: DiscogsWorld, lastfm: LastfmWorld): Omit<Snapshot, "releases" | "matches"> {
  const { shelf } = discogs;
  const plays = new Map<string, number>();
  const lastPlayed = new Map<string, number | null>();
  for (const { artist, title } of listenerChart(lastfm.listener)) lastPlayed.set(line(artist, title), null);
  for (const { uts, artist, track, album, albumMbid, albumArtist } of lastfm.listener.plays.rows) {
    const key = line(uts, artist, track, album, albumMbid ?? "");
    plays.set(key, (plays.get(key) ?? 0) + 1);
    const chartKey = line(albumArtist, album);
    if (uts > 0 && lastPlayed.has(chartKey)) {
      lastPlayed.set(chartKey, Math.max(lastPlayed.get(chartKey) ?? 0, uts));
    }
  }
  return {
    records: shelf.records.rows
      .map(({ instanceId, release, folderId, rating, dateAdded, fieldValues }) =>
        line(
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
      .map(({ release, rating, dateAdded, notes }) => line(release.id, rating, dateAdded, notes))
      .toSorted(),
    albums: listenerChart(lastfm.listener)
      .map(({ artist, title, playCount }) => line(artist, title, playCount))
      .toSorted(),
    scrobbles: [...plays].map(([key, count]) => `${key.slice(0, -1)},${count}]`).toSorted(),
    lastPlayed: [...lastPlayed].map(([key, uts]) => `${key.slice(0, -1)},${uts}]`).toSorted(),
  };
}

/** The faults that SQLite finds in the file. */
export function flaws(database: Database): unknown[] {
  const found = [
    ...(database.pragma("integrity_check", { simple: false }) as { integrity_check: string }[]).filter(
      (row) => row.integrity_check !== "ok",
    ),
    ...(database.pragma("foreign_key_check") as unknown[]),
  ];
  return found;
}
