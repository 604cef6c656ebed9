// The match of each record: read in chunks, and written only if it changed.
import type { MatchType, Release } from "../../model/model.ts";
import type { Database } from "../file/database.ts";
import { execute, queryOneRow, rawSql } from "../file/sql.ts";
import { refreshOutdatedSpins, refreshLoggedSpins } from "./spins.ts";

/** A release with its copies on the shelf. */
export interface CollectionRelease extends Pick<
  Release,
  "id" | "title" | "artists" | "formats" | "labels" | "year" | "genres"
> {
  /** The year the album was first released; null if unknown. */
  readonly originalYear: number | null;
  readonly copies: readonly { readonly recordId: number; readonly instanceId: number }[];
}

export interface AlbumMatch {
  readonly albumId: number;
  readonly rule: string;
  readonly confidence: number;
}

export interface MatchRow {
  readonly recordId: number;
  readonly type: MatchType;
  readonly confidence: number;
  readonly rule: string;
  readonly decidedBy: "matcher" | "user";
  readonly artistName: string | null;
  /** The most played credited album. */
  readonly albumId: number | null;
  /** Plays of the other albums by its artists; null if no artist is named. */
  readonly artistPlays: number | null;
  readonly albumMatches: readonly AlbumMatch[];
}

const releasesPerChunk = 50;

/** One row a release, as JSON with what belongs to it. */
const releaseJsonSql = `
  SELECT id, json_object('id', id, 'title', title, 'year', year, 'originalYear', original_year, 'genres', json(genres),
    'copies', json((SELECT json_group_array(json_object('recordId', id, 'instanceId', instance_id) ORDER BY id)
      FROM record WHERE release_id = release.id)),
    'artists', json((SELECT json_group_array(
        json_object('id', artist_id, 'name', name, 'anv', anv, 'join', join_word) ORDER BY position)
      FROM release_artist WHERE release_id = release.id)),
    'formats', json((SELECT json_group_array(json_object('name', name, 'quantity', quantity, 'text', text,
        'descriptions', json(descriptions)) ORDER BY position)
      FROM release_format WHERE release_id = release.id)),
    'labels', json((SELECT json_group_array(
        json_object('id', label_id, 'name', name, 'catalogNumber', catalog_number) ORDER BY position)
      FROM release_label WHERE release_id = release.id))) AS json
  FROM release WHERE id > ? AND id <= ? AND EXISTS (SELECT 1 FROM record WHERE release_id = release.id)
  ORDER BY id LIMIT ${releasesPerChunk}`;

/** Yields all releases on the shelf, or only one of them. The cache can be written to between two chunks. */
export function* readReleaseChunks(database: Database, only?: number): Generator<CollectionRelease[]> {
  const next = database.prepare<[number, number], { id: number; json: string }>(releaseJsonSql);
  let after = only === undefined ? Number.MIN_SAFE_INTEGER : only - 1;
  for (;;) {
    const rows = next.all(after, only ?? Number.MAX_SAFE_INTEGER);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield rows.map(({ json }) => JSON.parse(json) as CollectionRelease);
  }
}

export function* readCollectionReleases(database: Database, only?: number): Generator<CollectionRelease> {
  for (const releases of readReleaseChunks(database, only)) yield* releases;
}

/**
 * Returns a function that stores a match if it differs. The function returns whether a person would see the change:
 * another type of match, or other credited albums. Another rule, confidence or number of plays is no such change.
 */
export function createMatchWriter(database: Database): (match: MatchRow) => boolean {
  const find = database
    .prepare(
      `SELECT type, confidence, rule, decided_by, artist_name, album_id, artist_plays
       FROM match WHERE record_id = ?`,
    )
    .raw();
  const findCredits = database
    .prepare("SELECT album_id, rule, confidence FROM album_match WHERE record_id = ? ORDER BY album_id")
    .raw();
  const write = database.prepare(`
    INSERT INTO match (record_id, type, confidence, rule, decided_by, artist_name, album_id, artist_plays, play_count)
    VALUES (@recordId, @type, @confidence, @rule, @decidedBy, @artistName, @albumId, @artistPlays, 0)
    ON CONFLICT (record_id) DO UPDATE SET
      (type, confidence, rule, decided_by, artist_name, album_id, artist_plays) =
      (excluded.type, excluded.confidence, excluded.rule, excluded.decided_by, excluded.artist_name,
       excluded.album_id, excluded.artist_plays)`);
  const clear = database.prepare("DELETE FROM album_match WHERE record_id = ?");
  const credit = database.prepare(
    "INSERT INTO album_match (record_id, album_id, rule, confidence) VALUES (?, ?, ?, ?)",
  );
  return ({ albumMatches, ...row }) => {
    const { recordId, type, confidence, rule, decidedBy, artistName, albumId, artistPlays } = row;
    const newCredits = albumMatches
      .toSorted((a, b) => a.albumId - b.albumId)
      .map((each) => [each.albumId, each.rule, each.confidence]);
    const storedMatch = find.get(recordId) as [MatchType, ...unknown[]] | undefined;
    const storedCredits = findCredits.all(recordId) as unknown[][];
    const values = [type, confidence, rule, decidedBy, artistName, albumId, artistPlays];
    if (isSame([storedMatch, storedCredits], [values, newCredits])) return false;
    write.run(row);
    clear.run(recordId);
    for (const each of newCredits) credit.run(recordId, ...each);
    return storedMatch?.[0] !== type || !isSame(pickIds(storedCredits), pickIds(newCredits));
  };
}

function pickIds(rows: readonly (readonly unknown[])[]): unknown[] {
  return rows.map(([id]) => id);
}

export interface SimilarAlbum {
  readonly albumId: number;
  /** Why the album fits, or why not quite. */
  readonly reason: string;
  /** 0: certainly another album. */
  readonly uncertainty: number;
}

/** Returns a function that stores the albums that look like a release, closest first. */
export function createSimilarAlbumsWriter(
  database: Database,
): (releaseId: number, albums: readonly SimilarAlbum[]) => void {
  const find = database
    .prepare("SELECT album_id, reason, uncertainty FROM similar_album WHERE release_id = ? ORDER BY place")
    .raw();
  const clear = database.prepare("DELETE FROM similar_album WHERE release_id = ?");
  const insert = database.prepare("INSERT INTO similar_album VALUES (?, ?, ?, ?, ?)");
  return (releaseId, albums) => {
    const rows = albums.map(({ albumId, reason, uncertainty }) => [albumId, reason, uncertainty]);
    if (isSame(find.all(releaseId), rows)) return;
    clear.run(releaseId);
    for (const [place, row] of rows.entries()) insert.run(releaseId, place, ...row);
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Computes the figures of each record from its credited albums and its logged plays, and is the only place that does.
 * Run it after every change of plays, spins, credits or logged plays, in the same transaction. Returns how many rows
 * changed.
 */
export function refreshMatchStats(database: Database): number {
  refreshOutdatedSpins(database);
  refreshLoggedSpins(database);
  const lastPlayed = rawSql(buildLaterSql("heard.last_uts", "logged.last_uts"));
  const lastSpin = rawSql(buildLaterSql("heard.last_spin_uts", "own.last_uts"));
  return execute(database)`
    WITH
      logged AS MATERIALIZED (
        SELECT release_id, count(*) AS plays, max(last_uts) AS last_uts FROM logged_play GROUP BY release_id),
      own AS MATERIALIZED (
        SELECT record_id, count(*) AS spins, max(started_uts) AS last_uts FROM logged_spin GROUP BY record_id),
      heard AS MATERIALIZED (
        SELECT m.record_id AS id, coalesce(sum(album.play_count), 0) AS plays,
          max(album.last_played_uts) AS last_uts, sum(album_spin.spins) AS spins,
          max(album_spin.last_spin_uts) AS last_spin_uts
        FROM match AS m LEFT JOIN album_match ON album_match.record_id = m.record_id
        LEFT JOIN album ON album.id = album_match.album_id LEFT JOIN album_spin ON album_spin.album_id = album_match.album_id
        GROUP BY m.record_id),
      figures AS (
        SELECT heard.id AS id, heard.plays AS plays, ${lastPlayed} AS last_played_uts,
          iif(own.spins IS NULL, heard.spins, coalesce(heard.spins, 0) + own.spins) AS spins,
          ${lastSpin} AS last_spin_uts, coalesce(logged.plays, 0) AS logged_plays
        FROM heard JOIN record ON record.id = heard.id LEFT JOIN logged ON logged.release_id = record.release_id
        LEFT JOIN own ON own.record_id = heard.id)
    UPDATE match SET (play_count, last_played_uts, spins, last_spin_uts, logged_plays) =
      (figures.plays, figures.last_played_uts, figures.spins, figures.last_spin_uts, figures.logged_plays)
    FROM figures
    WHERE figures.id = match.record_id
      AND (match.play_count, match.last_played_uts, match.spins, match.last_spin_uts, match.logged_plays)
        IS NOT (figures.plays, figures.last_played_uts, figures.spins, figures.last_spin_uts, figures.logged_plays)`;
}

/** SQL for the later of two times, either of which may be NULL. */
function buildLaterSql(one: string, other: string): string {
  return `coalesce(max(${one}, ${other}), ${one}, ${other})`;
}

export interface MatchCounts {
  readonly scrobbled: number;
  readonly artistOnly: number;
  readonly none: number;
}

/** Returns null before the first match. scrobbled + artistOnly + none is the number of records. */
export function countMatches(database: Database): MatchCounts | null {
  const [{ total, ...counts }] = queryOneRow<MatchCounts & { total: number }>(database)`
    SELECT count(*) AS total, coalesce(sum(type IN ('exact', 'fuzzy')), 0) AS scrobbled,
      coalesce(sum(type = 'artist_only'), 0) AS artistOnly, coalesce(sum(type = 'none'), 0) AS none
    FROM match`;
  return total === 0 ? null : counts;
}
