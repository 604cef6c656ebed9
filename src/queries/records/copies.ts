// Copies on the shelf, grouped into albums and into the lines of a list.
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import { eachRow, plain, rowsOf, sql, type Sql } from "../../store/file/sql.ts";
import { groupedBy } from "../figures/played-most.ts";
import { groupedByAlbum, keyColumns, type KeyedRecord } from "../figures/same-album.ts";
import { fromRecords, type RecordFilter } from "../filters/record-filter.ts";
import type { RecordQuery } from "./read-records.ts";
import { orderBy } from "./record-order.ts";

/** A copy on the shelf, with the names that tell which album it is. */
export interface ShelvedCopy extends KeyedRecord {
  readonly id: number;
  readonly form: string;
}

interface CopyQuery {
  readonly order: Sql;
  /** Further columns. */
  readonly columns?: Sql;
  /** A condition in addition to the filter. */
  readonly only?: Sql;
}

/** The copies that pass the filter, one at a time. */
export function copiesOnShelf<Columns = unknown>(
  database: Database,
  filter: RecordFilter,
  { order, columns = plain("NULL"), only = plain("true") }: CopyQuery,
): IterableIterator<ShelvedCopy & Columns> {
  const all = sql`record.id AS id, release.form AS form, ${keyColumns}, ${columns}`;
  return eachRow<ShelvedCopy & Columns>(
    database,
  )`${fromRecords(database, filter, all, sql`AND ${only} ORDER BY ${order}`)}`;
}

/** Each form once, in the order of the copies: "CD+LP". */
export function formsTogether(copies: Iterable<{ readonly form: string }>): string {
  return [...new Set(Array.from(copies, ({ form }) => form))].filter((form) => form !== "").join("+");
}

export type CopyLine = ReturnType<typeof lineOf>;

/** A line of a list. The first of its copies stands for all. */
export function lineOf(copies: readonly [ShelvedCopy, ...ShelvedCopy[]]) {
  return {
    recordId: copies[0].id,
    /** The number of copies that share the line. */
    copies: copies.length,
    formOfCopies: formsTogether(copies),
  };
}

/** `isCollapsed`: one line per album. Otherwise one line per record. */
export function linesOf(
  database: Database,
  query: Omit<RecordQuery, "paging"> & { readonly isCollapsed: boolean },
): CopyLine[] {
  const { filter, isCollapsed } = query;
  const copies = copiesOnShelf(database, filter, { order: orderBy(query, filter) });
  const groups = isCollapsed ? groupedByAlbum(copies) : Array.from(copies, (copy) => [copy] as const);
  return groups.map(lineOf);
}

/** The default on a terminal when the order is the plays of the artist. */
export const usualPerArtist = 2;

/** Lists a line unless one of its artists, placeholders aside, already has `most` lines. */
export function firstOfEachArtist(
  database: Database,
  allLines: readonly CopyLine[],
  most: number,
): { readonly lines: readonly CopyLine[]; readonly leftOut: readonly CopyLine[] } {
  const artistsOf = artistsByRecord(database);
  const counts = new Map<string, number>();
  const lines: CopyLine[] = [];
  const leftOut: CopyLine[] = [];
  for (const line of allLines) {
    const artists = artistsOf.get(line.recordId)?.map(({ name }) => name) ?? [];
    if (artists.some((artist) => (counts.get(artist) ?? 0) >= most)) {
      leftOut.push(line);
      continue;
    }
    lines.push(line);
    for (const artist of artists) counts.set(artist, (counts.get(artist) ?? 0) + 1);
  }
  return { lines, leftOut };
}

function artistsByRecord(database: Database) {
  const rows = rowsOf<{ id: number; name: string }>(database)`
    SELECT DISTINCT record.id AS id, name FROM record JOIN release_artist USING (release_id)`;
  const artists = rows.filter(({ name }) => !isPlaceholderArtist(name));
  return groupedBy(artists, ({ id }) => id);
}
