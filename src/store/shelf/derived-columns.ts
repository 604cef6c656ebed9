// Derived columns. The original year and the kind of a release follow from MusicBrainz and Discogs' masters. Keys and
// search words follow from the names of releases, albums and tracks.
import type { DiscogsMaster } from "../../model/model.ts";
import { getCopyKind, type Kind } from "../../model/release-kinds.ts";
import type { Database } from "../file/database.ts";
import { readFact, saveFact } from "../file/cache-facts.ts";
import { execute, hashRows, listSql, queryValue, queryValues } from "../file/sql.ts";

/** The kind by MusicBrainz' types; NULL if they name none, or if the groups of a master differ. */
const kindByMusicBrainz = `
  (SELECT CASE WHEN count(DISTINCT kind) = 1 THEN min(kind) END FROM (
     SELECT CASE
       WHEN EXISTS (SELECT 1 FROM json_each(secondary_types) WHERE value IN ('Compilation', 'DJ-mix', 'Mixtape/Street'))
         THEN 'compilation'
       WHEN primary_type = 'Album' THEN 'album'
       WHEN primary_type = 'EP' THEN 'ep'
       WHEN primary_type = 'Single' THEN 'single' END AS kind
     FROM musicbrainz_group WHERE musicbrainz_group.master_id = release.master_id))`;

const firstYear = `
  coalesce((SELECT min(first_year) FROM musicbrainz_group WHERE musicbrainz_group.master_id = release.master_id),
    (SELECT year FROM master WHERE master.id = release.master_id))`;

/**
 * Updates the derived columns of all releases. Runs inside the caller's transaction. No album is first released after
 * one of its pressings, so the original year is never later than the pressing's.
 */
export function refreshOriginals(database: Database): void {
  database.exec(`
    UPDATE release SET (original_year, kind) = (known.year, known.kind) FROM (
      SELECT id, min(first, coalesce(year, first)) AS year,
        coalesce(stated_kind, heard_kind, format_kind, kind) AS kind
      FROM (SELECT id, year, kind, stated_kind, format_kind, ${firstYear} AS first,
              iif(format_kind IS NULL, NULL, ${kindByMusicBrainz}) AS heard_kind FROM release)) AS known
    WHERE known.id = release.id
      AND (release.original_year, release.kind) IS NOT (known.year, known.kind)`);
}

/** Changes with any original year on the shelf. */
export function hashOriginalYears(database: Database): string {
  return hashRows(database)`
    SELECT id || ' ' || original_year FROM release
    WHERE original_year IS NOT NULL AND id IN (SELECT release_id FROM record)`;
}

export interface KindOpinion {
  /** The kind by the words of the formats; null if they name none. */
  readonly stated: Kind | null;
  /** The kind by MusicBrainz; null if unknown. */
  readonly musicbrainz: Kind | null;
}

/** Returns a function that reads both opinions on the kind of a release. */
export function createKindReader(database: Database): (releaseId: number) => KindOpinion {
  const find = database.prepare<[number], KindOpinion>(
    `SELECT stated_kind AS stated, ${kindByMusicBrainz} AS musicbrainz FROM release WHERE id = ?`,
  );
  return (releaseId) => find.get(releaseId) ?? { stated: null, musicbrainz: null };
}

/** Masters on the shelf without a first year, the newest on the shelf first. */
export function readMastersWithoutYear(database: Database): number[] {
  return queryValues<number>(database)`
    SELECT release.master_id FROM record JOIN release ON release.id = record.release_id
    WHERE release.master_id IS NOT NULL
      AND release.master_id NOT IN (SELECT id FROM master)
      AND release.master_id NOT IN (SELECT master_id FROM musicbrainz_group WHERE first_year IS NOT NULL)
    GROUP BY release.master_id ORDER BY max(record.added_uts) DESC, release.master_id DESC`;
}

export function saveMaster(
  database: Database,
  id: number,
  master: DiscogsMaster | null,
  nowUts: number,
): void {
  execute(database)`INSERT OR REPLACE INTO master (id, title, year, fetched_uts)
    VALUES (${id}, ${master?.title ?? ""}, ${master?.year ?? null}, ${nowUts})`;
}

/** Masters on the shelf whose year Discogs knows. */
export function countMasters(database: Database): number {
  return queryValue(database, 0)`
    SELECT count(*) FROM master WHERE year IS NOT NULL
      AND id IN (SELECT release.master_id FROM record JOIN release ON release.id = record.release_id)`;
}

const versionFact = "name keys";

/** How keys are made of names. The makers know the matcher's rules. */
interface NameKeyFunctions {
  readonly editionKey: (artist: string, title: string) => string;
  /** `otherNames`: pairs of a canonical name and its variation on the cover. */
  readonly words: (
    artist: string,
    title: string,
    otherNames: readonly (readonly [string, string])[],
  ) => string;
  readonly song: (artist: string, name: string) => number;
}

/** Returns true if the keys in the cache follow these rules. New rows have none yet. */
export function hasNameKeys(database: Database, rulesVersion: number): boolean {
  return readFact(database, versionFact) === String(rulesVersion);
}

/** Keys of releases and albums by these artists are missing until they are made again. */
export function forgetNameKeys(database: Database, artists: readonly string[]): void {
  execute(database)`UPDATE release SET words = NULL WHERE artist IN ${listSql(artists)}`;
  execute(database)`UPDATE album SET words = NULL WHERE artist IN ${listSql(artists)}`;
}

/** Makes the missing keys, or all of them if the rules changed. */
export function saveNameKeys(
  database: Database,
  rulesVersion: number,
  { editionKey, words, song }: NameKeyFunctions,
): void {
  if (!hasNameKeys(database, rulesVersion)) {
    database.exec(
      "UPDATE release SET words = NULL; UPDATE album SET words = NULL; UPDATE track SET song = NULL",
    );
    saveFact(database, versionFact, String(rulesVersion));
  }
  database.function("to_edition_key", editionKey);
  database.function("to_search_words", (artist: string, title: string, otherNames: string) =>
    words(artist, title, JSON.parse(otherNames) as [string, string][]),
  );
  database.function("to_song_number", song);
  const sleeves = `(SELECT json_group_array(json_array(name, anv)) FROM release_artist
    WHERE release_id = release.id AND anv <> '')`;
  database.exec(`
    UPDATE release SET (edition_key, words) = (to_edition_key(artist, title), to_search_words(artist, title, ${sleeves}))
      WHERE words IS NULL;
    UPDATE album SET (edition_key, words) = (to_edition_key(artist, title), to_search_words(artist, title, '[]'))
      WHERE words IS NULL;
    UPDATE track SET song = to_song_number(artist, name) WHERE song IS NULL`);
  refreshAlbumKeys(database);
}

/**
 * Editions are one album, unless Discogs files them under two masters: the four called "Peter Gabriel", say. Among
 * those, a release without a master stands for itself.
 */
function refreshAlbumKeys(database: Database): void {
  database.function("to_copy_kind", getCopyKind);
  // Few names belong to two masters. All others are compared without sorting.
  database.exec(`
    WITH shared_name (edition_key) AS MATERIALIZED (
      SELECT edition_key FROM release GROUP BY edition_key HAVING min(master_id) <> max(master_id))
    UPDATE release SET album_key = known.album_key FROM (
      SELECT id, edition_key || iif(
        min(master_id) OVER same_names <> max(master_id) OVER same_names, ' m' || coalesce(master_id, ''), '') AS album_key
      FROM release WHERE edition_key IN shared_name WINDOW same_names AS (PARTITION BY edition_key, to_copy_kind(kind))
      UNION ALL
      SELECT id, edition_key FROM release WHERE edition_key NOT IN shared_name AND album_key IS NOT edition_key) AS known
    WHERE known.id = release.id AND release.album_key IS NOT known.album_key`);
}
