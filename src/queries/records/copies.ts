// Copies on the shelf, grouped into albums and into the lines of a list.
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import { iterateRows, rawSql, queryRows, sql, type Sql } from "../../store/file/sql.ts";
import { groupByKey } from "../../model/grouping.ts";
import { groupByAlbum, keyColumns, type KeyedRecord } from "../statistics/same-album.ts";
import { buildRecordsSql, type RecordFilter } from "../filters/record-filter.ts";
import type { RecordQuery } from "./read-records.ts";
import { buildRecordOrderSql } from "./record-order.ts";

/** A copy on the shelf, with the names that tell which album it is. */
export interface CollectionCopy extends KeyedRecord {
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
export function readCollectionCopies<Columns = unknown>(
  database: Database,
  filter: RecordFilter,
  { order, columns = rawSql("NULL"), only = rawSql("true") }: CopyQuery,
): IterableIterator<CollectionCopy & Columns> {
  const all = sql`record.id AS id, release.form AS form, ${keyColumns}, ${columns}`;
  return iterateRows<CollectionCopy & Columns>(
    database,
  )`${buildRecordsSql(database, filter, all, sql`AND ${only} ORDER BY ${order}`)}`;
}

/** Each form once, in the order of the copies: "CD+LP". */
export function joinForms(copies: Iterable<{ readonly form: string }>): string {
  return [...new Set(Array.from(copies, ({ form }) => form))].filter((form) => form !== "").join("+");
}

export type CopyLine = ReturnType<typeof toCopyLine>;

/** A line of a list. The first of its copies stands for all. */
export function toCopyLine(copies: readonly [CollectionCopy, ...CollectionCopy[]]) {
  return {
    recordId: copies[0].id,
    /** The number of copies that share the line. */
    copies: copies.length,
    formOfCopies: joinForms(copies),
  };
}

/** `isCollapsed`: one line per album. Otherwise one line per record. */
export function readCopyLines(
  database: Database,
  query: Omit<RecordQuery, "paging"> & { readonly isCollapsed: boolean },
): CopyLine[] {
  const { filter, isCollapsed } = query;
  const copies = readCollectionCopies(database, filter, { order: buildRecordOrderSql(query, filter) });
  const groups = isCollapsed ? groupByAlbum(copies) : Array.from(copies, (copy) => [copy] as const);
  return groups.map(toCopyLine);
}

/** The default on a terminal when the order is the plays of the artist. */
export const defaultPerArtist = 2;

/** Lists a line unless one of its artists, placeholders aside, already has `maxLines` lines. */
export function limitPerArtist(
  database: Database,
  allLines: readonly CopyLine[],
  maxLines: number,
): { readonly lines: readonly CopyLine[]; readonly leftOut: readonly CopyLine[] } {
  const artistsByRecord = readArtistsByRecord(database);
  const counts = new Map<string, number>();
  const lines: CopyLine[] = [];
  const leftOut: CopyLine[] = [];
  for (const line of allLines) {
    const artists = artistsByRecord.get(line.recordId)?.map(({ name }) => name) ?? [];
    if (artists.some((artist) => (counts.get(artist) ?? 0) >= maxLines)) {
      leftOut.push(line);
      continue;
    }
    lines.push(line);
    for (const artist of artists) counts.set(artist, (counts.get(artist) ?? 0) + 1);
  }
  return { lines, leftOut };
}

function readArtistsByRecord(database: Database) {
  const rows = queryRows<{ id: number; name: string }>(database)`
    SELECT DISTINCT record.id AS id, name FROM record JOIN release_artist USING (release_id)`;
  const artists = rows.filter(({ name }) => !isPlaceholderArtist(name));
  return groupByKey(artists, ({ id }) => id);
}
