// Groups records that are the same album: copies of one release, other pressings and other forms.
import { kindOfCopy } from "../../model/release-kinds.ts";
import type { Database } from "../../store/file/database.ts";
import { grouped } from "./played-most.ts";
import { gradeRank, gradeReader } from "./grade.ts";
import { editionKey } from "../../match/titles/title.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { hasNameKeys } from "../../store/shelf/derived-columns.ts";

export interface KeyedName {
  readonly artist: string;
  readonly title: string;
  /** The stored key; null for rows that were added later. */
  readonly editionKey: string | null;
}

/** Returns a function that gives the key of a release or album row. */
export function editionKeyReader(database: Database): (row: KeyedName) => string {
  const isKept = hasNameKeys(database, rulesVersion);
  return (row) => (isKept ? row.editionKey : null) ?? editionKey(row.artist, row.title);
}

/** SQL expressions for the key of a row. They compute it only if the stored keys follow other rules. Never NULL. */
export interface EditionKeyExpressions {
  readonly ofRelease: string;
  readonly ofAlbum: string;
  readonly ofHiddenAlbum: string;
}

export function editionKeyExpressions(database: Database): EditionKeyExpressions {
  database.function("edition_key_of", { deterministic: true }, (artist: unknown, title: unknown) =>
    editionKey(String(artist), String(title)),
  );
  const isKept = hasNameKeys(database, rulesVersion);
  const keyOf = (table: string): string =>
    isKept ? `coalesce(${table}.edition_key, ${madeKey(table)})` : madeKey(table);
  return { ofRelease: keyOf("release"), ofAlbum: keyOf("album"), ofHiddenAlbum: madeKey("hidden_album") };
}

function madeKey(table: string): string {
  return `edition_key_of(${table}.artist, ${table}.title)`;
}

export interface KeyedRecord extends KeyedName {
  readonly kind: string;
}

/** Groups copies of one album, in order of their first record. */
export function groupedByAlbum<Row extends KeyedRecord>(
  database: Database,
  rows: Iterable<Row>,
): [Row, ...Row[]][] {
  const keyOf = editionKeyReader(database);
  return grouped(rows, (row) => `${kindOfCopy(row.kind)}\n${keyOf(row)}`);
}

interface ShelvedCopy extends KeyedRecord {
  readonly id: number;
  readonly rating: number;
}

/** For each record with a better copy on the shelf, that copy: rated higher, better kept, or owned longer. */
export function betterCopies(database: Database): ReadonlyMap<number, number> {
  const rows = database
    .prepare<[], ShelvedCopy>(
      `SELECT record.id AS id, record.rating AS rating, release.artist AS artist, release.title AS title,
         release.edition_key AS editionKey, release.kind AS kind
       FROM record JOIN release ON release.id = record.release_id ORDER BY record.added_uts NULLS LAST, record.id`,
    )
    .iterate();
  const albums = groupedByAlbum(database, rows).filter((copies) => copies.length > 1);
  const gradesOf = gradeReader(database);
  const better = new Map<number, number>();
  for (const copies of albums) {
    const [best, ...others] = copies
      .map((copy) => ({ ...copy, media: gradeRank(gradesOf(copy.id).media) }))
      .toSorted((a, b) => b.rating - a.rating || a.media - b.media);
    for (const { id } of others) if (best !== undefined) better.set(id, best.id);
  }
  return better;
}
