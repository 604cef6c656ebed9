// Derived columns. The original year and the kind of a release follow from MusicBrainz and Discogs' masters. Keys and
// search words follow from the names of releases, albums and tracks.
import type { DiscogsMaster } from "../../model/model.ts";
import type { Kind } from "../../model/release-kinds.ts";
import type { Database } from "../file/database.ts";
import { readFact, writeFact } from "../file/cache-facts.ts";
import { change, valueOf, valuesOf } from "../file/sql.ts";

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
        coalesce(said_kind, heard_kind, usual_kind, kind) AS kind
      FROM (SELECT id, year, kind, said_kind, usual_kind, ${firstYear} AS first,
              iif(usual_kind IS NULL, NULL, ${kindByMusicBrainz}) AS heard_kind FROM release)) AS known
    WHERE known.id = release.id
      AND (release.original_year, release.kind) IS NOT (known.year, known.kind)`);
}

/** Changes with any original year on the shelf. */
export function originalsDigest(database: Database): string {
  return valueOf(database, "")`
    SELECT count(*) || ' ' || total(id * (original_year + 0.5)) FROM release
    WHERE original_year IS NOT NULL AND id IN (SELECT release_id FROM record)`;
}

export interface KindOpinion {
  /** The kind by the words of the formats; null if they name none. */
  readonly said: Kind | null;
  /** The kind by MusicBrainz; null if unknown. */
  readonly musicbrainz: Kind | null;
}

/** Returns a function that reads both opinions on the kind of a release. */
export function kindOpinions(database: Database): (releaseId: number) => KindOpinion {
  const find = database.prepare<[number], KindOpinion>(
    `SELECT said_kind AS said, ${kindByMusicBrainz} AS musicbrainz FROM release WHERE id = ?`,
  );
  return (releaseId) => find.get(releaseId) ?? { said: null, musicbrainz: null };
}

/** Masters on the shelf without a first year, the newest on the shelf first. */
export function mastersWithoutYear(database: Database): number[] {
  return valuesOf<number>(database)`
    SELECT release.master_id FROM record JOIN release ON release.id = record.release_id
    WHERE release.master_id IS NOT NULL
      AND release.master_id NOT IN (SELECT id FROM master)
      AND release.master_id NOT IN (SELECT master_id FROM musicbrainz_group WHERE first_year IS NOT NULL)
    GROUP BY release.master_id ORDER BY max(record.added_uts) DESC, release.master_id DESC`;
}

export function keepMaster(
  database: Database,
  id: number,
  master: DiscogsMaster | null,
  nowUts: number,
): void {
  change(database)`INSERT OR REPLACE INTO master (id, title, year, asked_uts)
    VALUES (${id}, ${master?.title ?? ""}, ${master?.year ?? null}, ${nowUts})`;
}

/** Masters on the shelf whose year Discogs knows. */
export function countMasters(database: Database): number {
  return valueOf(database, 0)`
    SELECT count(*) FROM master WHERE year IS NOT NULL
      AND id IN (SELECT release.master_id FROM record JOIN release ON release.id = record.release_id)`;
}

const versionFact = "name keys";

const chunk = 1000;

interface NamedRow {
  readonly id: number;
  readonly artist: string;
  /** The title of the release or album, or the name of the track. */
  readonly title: string;
  /** JSON: pairs of a canonical name and its variation on the sleeve. */
  readonly otherNames: string;
}

/** How keys are made of names. The makers know the matcher's rules. */
interface KeyMakers {
  readonly editionKey: (artist: string, title: string) => string;
  /** `otherNames`: pairs of a canonical name and its variation on the sleeve. */
  readonly words: (
    artist: string,
    title: string,
    otherNames: readonly (readonly [string, string])[],
  ) => string;
  readonly song: (artist: string, name: string) => number;
}

interface KeyedTable {
  readonly table: "release" | "album" | "track";
  /** The column that is null until the keys are made. */
  readonly filled: string;
  readonly columns: readonly string[];
  readonly names: string;
  readonly make: (row: NamedRow, makers: KeyMakers) => readonly (string | number)[];
}

const sleeves = `(SELECT json_group_array(json_array(name, anv)) FROM release_artist
  WHERE release_id = release.id AND anv <> '')`;

const tables: readonly KeyedTable[] = [
  {
    table: "release",
    filled: "words",
    columns: ["edition_key", "words"],
    names: `artist, title, ${sleeves} AS otherNames`,
    make: ({ artist, title, otherNames }, { editionKey, words }) => [
      editionKey(artist, title),
      words(artist, title, JSON.parse(otherNames) as [string, string][]),
    ],
  },
  {
    table: "album",
    filled: "words",
    columns: ["edition_key", "words"],
    names: "artist, title, '[]' AS otherNames",
    make: ({ artist, title }, { editionKey, words }) => [editionKey(artist, title), words(artist, title, [])],
  },
  {
    table: "track",
    filled: "song",
    columns: ["song"],
    names: "artist, name AS title, '[]' AS otherNames",
    make: ({ artist, title }, { song }) => [song(artist, title)],
  },
];

/** Returns true if the keys in the cache follow these rules. New rows have none yet. */
export function hasNameKeys(database: Database, rulesVersion: number): boolean {
  return readFact(database, versionFact) === String(rulesVersion);
}

/** Makes the missing keys, or all of them if the rules changed. */
export function writeNameKeys(database: Database, rulesVersion: number, makers: KeyMakers): void {
  const isCurrent = hasNameKeys(database, rulesVersion);
  for (const { table, filled, columns, names, make } of tables) {
    if (!isCurrent) database.exec(`UPDATE ${table} SET ${filled} = NULL WHERE ${filled} IS NOT NULL`);
    const next = database.prepare<[number], NamedRow>(
      `SELECT id, ${names} FROM ${table} WHERE ${filled} IS NULL AND id > ? ORDER BY id LIMIT ${chunk}`,
    );
    const write = database.prepare(
      `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(", ")} WHERE id = ?`,
    );
    for (let after = Number.MIN_SAFE_INTEGER; ;) {
      const rows = next.all(after);
      for (const row of rows) write.run(...make(row, makers), row.id);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
  }
  if (!isCurrent) writeFact(database, versionFact, String(rulesVersion));
}
