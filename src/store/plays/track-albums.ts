// Finds the album that the plays of a track belong to, and the tracks that were heard from an album.
import type { NamedTrack } from "../../model/named-tracks.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../file/database.ts";
import { arePlaysPartial, isHistoryKnown } from "./merged-plays.ts";
import { execute, iterateRows, hashRows, listSql, rawSql, queryValue } from "../file/sql.ts";
import { type RefreshScope, selectAlbums, selectMbids, selectTitles, selectTracks } from "./refresh-scope.ts";

export interface TaggedTrack {
  /** The artist of the track. */
  readonly artist: string;
  /** "" if there is no album tag. */
  readonly album: string;
  readonly albumMbid: string;
}

/** A track with an album tag. */
export interface AlbumTrack extends TaggedTrack {
  /** The artist of its album, by a further source; that of the track if no source says. */
  readonly albumArtist: string;
}

// A history may have more albums than fit in memory, so what albums are found by is in temporary tables.

interface AlbumKeyFunctions {
  readonly titleKey: (title: string) => string;
  /** The keys by which an artist credit finds the artist of an album. */
  readonly artistKeys: (artist: string) => readonly string[];
}

export type AlbumIndex = ReturnType<typeof indexAlbums>;

/** Makes an index of all albums, or of those of the chart. It replaces an earlier one. */
export function indexAlbums(
  database: Database,
  which: "all" | "of the chart",
  { titleKey, artistKeys }: AlbumKeyFunctions,
  scope: RefreshScope = "all",
) {
  database.function("title_key", titleKey);
  database.function("artist_keys", (artist: string) => JSON.stringify(artistKeys(artist)));
  const isIndexed = which === "all" ? "true" : "chart_count IS NOT NULL";
  database.exec(`
    DROP TABLE IF EXISTS temp.album_key;
    CREATE TEMP TABLE album_key (title TEXT, artist TEXT, album_id INTEGER, PRIMARY KEY (title, artist, album_id))
      WITHOUT ROWID;
    DROP TABLE IF EXISTS temp.album_mbid;
    CREATE TEMP TABLE album_mbid (mbid TEXT PRIMARY KEY, album_id INTEGER) WITHOUT ROWID`);
  database.exec(`
    INSERT OR IGNORE INTO album_key SELECT title_key(title), value, album.id
      FROM album, json_each(artist_keys(artist)) WHERE ${isIndexed} AND ${selectTitles(scope, "title").sql};
    INSERT INTO album_mbid SELECT mbid, iif(count(*) = 1, min(id), NULL) FROM album
      WHERE mbid <> '' AND ${isIndexed} AND ${selectMbids(scope, "mbid").sql} GROUP BY mbid`);
  const findNamed = database
    .prepare<[string, string], number>(`SELECT id FROM album WHERE (artist, title) = (?, ?) AND ${isIndexed}`)
    .pluck();
  const findMbid = database
    .prepare<[string], number | null>("SELECT album_id FROM album_mbid WHERE mbid = ?")
    .pluck();
  const findTitled = database
    .prepare<[string, string], number>(
      "SELECT album_id FROM album_key WHERE title = ? AND artist = ? LIMIT 2",
    )
    .pluck();
  return {
    byName: (artist: string, title: string): number | null => findNamed.get(artist, title) ?? null,
    /** Returns null if several albums share the MBID. */
    byMbid: (mbid: string): number | null => findMbid.get(mbid) ?? null,
    /** The albums of a title by artists with one of these keys. Of more than one, not all. */
    byTitle: (title: string, keys: readonly string[]): ReadonlySet<number> =>
      new Set(keys.flatMap((key) => findTitled.all(title, key))),
  };
}

const batchSize = 1_000;

/** Gives every track with an album tag the album that `getAlbum` finds for it. Writes only changes; returns how many. */
export function relinkTracks(
  database: Database,
  getAlbum: (track: AlbumTrack) => number | null,
  scope: RefreshScope,
): number {
  const nextTracks = database.prepare<
    [number],
    AlbumTrack & { readonly id: number; readonly albumId: number | null }
  >(`
    SELECT id, track.artist, track.album, album_mbid AS albumMbid, album_id AS albumId,
      coalesce(album_artist.name, track.artist) AS albumArtist
    FROM track LEFT JOIN album_artist USING (artist, album)
    WHERE id > ? AND album <> '' AND ${selectTracks(scope, "id").sql} ORDER BY id LIMIT ${batchSize}`);
  let relinked = 0;
  for (let last = 0; ;) {
    const tracks = nextTracks.all(last);
    const links = tracks.flatMap((track) => {
      const albumId = getAlbum(track);
      return albumId === track.albumId ? [] : [[track.id, albumId]];
    });
    if (links.length > 0) {
      execute(database)`UPDATE track SET album_id = link.value ->> 1 FROM ${listSql(links)} AS link
        WHERE track.id = link.value ->> 0`;
    }
    relinked += links.length;
    const final = tracks.at(-1);
    if (final === undefined) return relinked;
    last = final.id;
  }
}

/** Collects albums whose artist is another than that of their track, by a further source. */
export function collectAlbumArtists(database: Database, scope: RefreshScope): void {
  database.exec(`
    DROP TABLE IF EXISTS temp.album_artist;
    CREATE TEMP TABLE album_artist (artist TEXT, album TEXT, name TEXT, PRIMARY KEY (artist, album)) WITHOUT ROWID;
    INSERT INTO album_artist SELECT artist, album, min(album_artist) FROM source_track
      WHERE album_artist <> '' AND album_artist <> artist AND album <> '' AND ${selectTitles(scope, "album").sql}
      GROUP BY artist, album`);
}

/**
 * Makes the albums that no chart lists: those of plays that only further sources have, where `getAlbum` finds none. The
 * shortest album artist comes first: an album of "Prince" takes in the tracks of "Prince feat. Sheila E.". Returns how many
 * rows came and went.
 */
export function saveOtherAlbums(
  database: Database,
  getAlbum: (track: AlbumTrack) => number | null,
  {
    titleKey,
    artistKeys,
    creditKeys,
  }: AlbumKeyFunctions & { readonly creditKeys: (credit: string) => readonly string[] },
  scope: RefreshScope,
): number {
  database.exec(`
    DROP TABLE IF EXISTS temp.other_track;
    CREATE TEMP TABLE other_track (place INTEGER PRIMARY KEY, artist TEXT, album TEXT, album_mbid TEXT, album_artist TEXT);
    INSERT INTO other_track (artist, album, album_mbid, album_artist)
      SELECT DISTINCT track.artist, track.album, album_mbid, coalesce(album_artist.name, track.artist) AS credit
      FROM track LEFT JOIN album_artist USING (artist, album)
      WHERE album <> '' AND ${selectTracks(scope, "id").sql}
        AND EXISTS (SELECT 1 FROM scrobble WHERE track_id = track.id AND source_id <> 1)
      ORDER BY length(credit), track.artist, track.album, album_mbid;
    DROP TABLE IF EXISTS temp.other_album;
    CREATE TEMP TABLE other_album (artist TEXT, title TEXT, mbid TEXT, PRIMARY KEY (artist, title)) WITHOUT ROWID;
    DROP TABLE IF EXISTS temp.other_key;
    CREATE TEMP TABLE other_key (title TEXT, artist TEXT, PRIMARY KEY (title, artist)) WITHOUT ROWID`);
  const nextTracks = database.prepare<[number], AlbumTrack & { readonly place: number }>(`
    SELECT place, artist, album, album_mbid AS albumMbid, album_artist AS albumArtist
    FROM other_track WHERE place > ? ORDER BY place LIMIT ${batchSize}`);
  const nameAgain = database.prepare(
    "UPDATE other_album SET mbid = coalesce(mbid, nullif(?, '')) WHERE (artist, title) = (?, ?)",
  );
  const add = database.prepare("INSERT INTO other_album VALUES (?, ?, nullif(?, ''))");
  const findKey = database.prepare("SELECT 1 FROM other_key WHERE (title, artist) = (?, ?)");
  const addKey = database.prepare("INSERT OR IGNORE INTO other_key VALUES (?, ?)");
  for (let last = 0; ;) {
    const tracks = nextTracks.all(last);
    for (const track of tracks) {
      const { album, albumArtist, albumMbid } = track;
      if (getAlbum(track) !== null || nameAgain.run(albumMbid, albumArtist, album).changes > 0) continue;
      const title = titleKey(album);
      if (creditKeys(albumArtist).some((key) => findKey.get(title, key) !== undefined)) continue;
      add.run(albumArtist, album, albumMbid);
      for (const key of artistKeys(albumArtist)) addKey.run(title, key);
    }
    const final = tracks.at(-1);
    if (final === undefined) break;
    last = final.place;
  }
  const removedCount = execute(database)`
    DELETE FROM album WHERE chart_count IS NULL AND ${selectTitles(scope, "title")}
      AND (artist, title) NOT IN (SELECT artist, title FROM other_album)`;
  const addedCount = execute(database)`
    INSERT INTO album (artist, title, play_count, mbid) SELECT artist, title, 0, mbid FROM other_album
    WHERE true ON CONFLICT DO UPDATE SET mbid = excluded.mbid WHERE chart_count IS NULL AND mbid IS NOT excluded.mbid`;
  database.exec("DROP TABLE temp.other_track; DROP TABLE temp.other_album; DROP TABLE temp.other_key");
  return removedCount + addedCount;
}

/**
 * Adds the plays that only further sources have to those of the chart. If the two can't be compared, the larger number
 * counts. Returns how many albums changed.
 */
export function refreshPlayCounts(database: Database, scope: RefreshScope): number {
  const count = rawSql(isHistoryKnown(database) ? "chart + own" : "max(chart, own)");
  return execute(database)`
    WITH other AS MATERIALIZED (
      SELECT track.album_id AS album_id, count(*) AS plays FROM scrobble JOIN track ON track.id = scrobble.track_id
      WHERE scrobble.source_id <> 1 AND track.album_id IS NOT NULL AND ${selectAlbums(scope, "track.album_id")}
      GROUP BY track.album_id),
    counted AS (SELECT album.id AS id, coalesce(album.chart_count, 0) AS chart, coalesce(other.plays, 0) AS own
      FROM album LEFT JOIN other ON other.album_id = album.id WHERE ${selectAlbums(scope, "album.id")})
    UPDATE album SET play_count = ${count} FROM counted
    WHERE counted.id = album.id AND album.play_count <> ${count}`;
}

/** Plays at time 0 have no date, and plays of a day no time, so they are never the last play. Without the history, no last play is known. */
export function refreshLastPlayed(database: Database, scope: RefreshScope = "all"): void {
  if (arePlaysPartial(database)) {
    database.exec("UPDATE album SET last_played_uts = NULL WHERE last_played_uts IS NOT NULL");
    return;
  }
  execute(database)`
    UPDATE album SET last_played_uts = newest.uts FROM (
      SELECT album.id, max(played.uts) AS uts FROM album LEFT JOIN (
        SELECT album_id, (SELECT max(uts) FROM scrobble
          WHERE track_id = track.id AND uts > 0 AND precision_seconds < ${daySeconds}) AS uts
        FROM track WHERE album_id IS NOT NULL AND ${selectAlbums(scope, "album_id")}) AS played
        ON played.album_id = album.id
      WHERE ${selectAlbums(scope, "album.id")} GROUP BY album.id) AS newest
    WHERE newest.id = album.id AND album.last_played_uts IS NOT newest.uts`;
}

/** Returns a function that reads the tracks of one album. Most albums are never asked about. */
export function createHeardTracksReader(database: Database): (albumId: number) => readonly NamedTrack[] {
  const find = database.prepare<[number], { title: string; artist: string }>(
    "SELECT name AS title, artist FROM track WHERE album_id = ? ORDER BY id",
  );
  return (albumId) => find.all(albumId).map(({ title, artist }) => ({ title, artists: [artist] }));
}

/** Changes if a track is new or belongs to another album. Plays of known tracks do not change it. */
export function hashTrackAlbums(database: Database): string {
  return hashRows(database)`SELECT id || ' ' || album_id FROM track WHERE album_id IS NOT NULL`;
}

// Stray songs: heard without an album tag, and listed by one release of the shelf. Their plays are a figure of their own.

interface UnmatchedTrack {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
}

const isUnmatched = "(track.album_id IS NULL AND track.album = '')";

export function readUnmatchedTracks(database: Database): IterableIterator<UnmatchedTrack> {
  return iterateRows<UnmatchedTrack>(database)`
    SELECT id, artist, name AS title FROM track WHERE ${rawSql(isUnmatched)} ORDER BY id`;
}

/** Runs inside the caller's transaction. */
export function saveUnmatchedSongs(
  database: Database,
  songs: readonly (readonly [trackId: number, releaseId: number])[],
): void {
  database.exec("DELETE FROM unmatched_song");
  execute(database)`
    INSERT INTO unmatched_song (track_id, release_id) SELECT value ->> 0, value ->> 1 FROM ${listSql(songs)}`;
}

/** Changes if another release may list a song, or if another song has no album. */
export function hashUnmatchedSongInputs(database: Database): string {
  return hashRows(database)`
    SELECT 'track ' || id || ' ' || coalesce(album_id, '') FROM track
    UNION ALL SELECT 'tracklist ' || release_id || ' ' || fetched_uts FROM tracklist WHERE state = 'known'
    UNION ALL SELECT 'record ' || id || ' ' || release_id FROM record`;
}

/** SQL for the plays of stray songs of the selected release. */
export const unmatchedPlaysSql = `(SELECT count(*) FROM unmatched_song JOIN track ON track.id = unmatched_song.track_id
  JOIN scrobble ON scrobble.track_id = track.id WHERE unmatched_song.release_id = release.id AND ${isUnmatched})`;

/** The number of plays of stray songs: of a release, or of all on the shelf. */
export function countUnmatchedPlays(database: Database, releaseId: number | "all"): number {
  const releases = releaseId === "all" ? rawSql("(SELECT release_id FROM record)") : listSql([releaseId]);
  return queryValue(database, 0)`
    SELECT coalesce(sum(${rawSql(unmatchedPlaysSql)}), 0) FROM release WHERE id IN ${releases}`;
}
