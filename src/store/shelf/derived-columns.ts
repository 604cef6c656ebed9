// Derived columns. The original year and the kind of a release follow from MusicBrainz and from Discogs' masters; keys and
// search words follow from the names of releases, albums and tracks.
import type { DiscogsMaster } from "../../model/model.ts";
import type { Kind } from "../../model/release-kinds.ts";
import type { Database } from "../file/database.ts";
import { readFact, writeFact } from "../file/cache-facts.ts";

/** The kind by MusicBrainz' types; null where they say none, or several groups of a master differ. */
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
 * Brings the derived columns of all releases up to date; runs inside the caller's transaction. Nothing is first
 * released after one of its pressings: whoever says so doesn't know of the first.
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

/** The digest of a shelf of which nobody told any. */
export const noOriginals = "0 0.0";

/** Differs as soon as an original year on the shelf does. */
export function originalsDigest(database: Database): string {
  return database
    .prepare(
      `SELECT count(*) || ' ' || total(id * (original_year + 0.5)) FROM release
       WHERE original_year IS NOT NULL AND id IN (SELECT release_id FROM record)`,
    )
    .pluck()
    .get() as string;
}

/** A second opinion on the kind of a release. */
export interface KindOpinion {
  /** What the words of the formats say; null where they say nothing. */
  readonly said: Kind | null;
  /** What MusicBrainz says; null where it doesn't know. */
  readonly musicbrainz: Kind | null;
}

/** Of each release that is asked for. */
export function kindOpinions(database: Database): (releaseId: number) => KindOpinion {
  const find = database.prepare<[number], KindOpinion>(
    `SELECT said_kind AS said, ${kindByMusicBrainz} AS musicbrainz FROM release WHERE id = ?`,
  );
  return (releaseId) => find.get(releaseId) ?? { said: null, musicbrainz: null };
}

/** Masters on the shelf whose first year nobody has told yet, the newest on the shelf first. */
export function mastersWithoutYear(database: Database): number[] {
  return database
    .prepare<[], number>(
      `SELECT release.master_id FROM record JOIN release ON release.id = record.release_id
       WHERE release.master_id IS NOT NULL
         AND release.master_id NOT IN (SELECT id FROM master)
         AND release.master_id NOT IN (SELECT master_id FROM musicbrainz_group WHERE first_year IS NOT NULL)
       GROUP BY release.master_id ORDER BY max(record.added_uts) DESC, release.master_id DESC`,
    )
    .pluck()
    .all();
}

export function keepMaster(
  database: Database,
  id: number,
  found: DiscogsMaster | null,
  nowUts: number,
): void {
  database
    .prepare("INSERT OR REPLACE INTO master (id, title, year, asked_uts) VALUES (?, ?, ?, ?)")
    .run(id, found?.title ?? "", found?.year ?? null, nowUts);
}

/** Masters on the shelf of which Discogs told the year. */
export function countMasters(database: Database): number {
  return database
    .prepare(
      `SELECT count(*) FROM master WHERE year IS NOT NULL
         AND id IN (SELECT release.master_id FROM record JOIN release ON release.id = record.release_id)`,
    )
    .pluck()
    .get() as number;
}

const versionFact = "name keys";

const chunk = 1000;

interface NamedRow {
  readonly id: number;
  readonly artist: string;
  /** Of the release, the album, the track. */
  readonly title: string;
  /** JSON: names of the database where the sleeve has another one, with that one. */
  readonly otherNames: string;
}

/** How each is made of names; what makes them knows the rules. */
interface KeyMakers {
  readonly editionKey: (artist: string, title: string) => string;
  /** Of a release: the database's names where the sleeve has others, and those. */
  readonly words: (
    artist: string,
    title: string,
    otherNames: readonly (readonly [string, string])[],
  ) => string;
  readonly song: (artist: string, name: string) => number;
}

interface KeyedTable {
  readonly table: "release" | "album" | "track";
  /** The column that is null where nothing was worked out yet. */
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

/** Whether the keys in the cache were made by these rules. Rows that came since have none: null. */
export function hasNameKeys(database: Database, rulesVersion: number): boolean {
  return readFact(database, versionFact) === String(rulesVersion);
}

/** Gives each name without keys its own; all of them where the rules changed. */
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
