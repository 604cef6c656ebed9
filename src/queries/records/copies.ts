// Copies on the shelf, grouped into albums and into the lines of a list.
import type { Database } from "../../store/file/database.ts";
import type { RecordQuery } from "./read-records.ts";
import { orderBy } from "./record-order.ts";
import { condition, type RecordFilter } from "../filters/record-filter.ts";
import { recordSource, withThese } from "../figures/record-source.ts";
import { groupedByAlbum, type KeyedRecord } from "../figures/same-album.ts";
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";

/** The default on a terminal when the order is the plays of the artist. */
export const usualPerArtist = 2;

interface LimitedLine extends CopyLine {
  /** On the last listed line of an artist: the number of further records by them. */
  readonly more: number;
}

interface LimitedLines {
  readonly listed: readonly LimitedLine[];
  readonly leftOut: readonly CopyLine[];
}

/**
 * Lists a line unless one of its artists already has `most` lines. Every artist of a joint credit counts; placeholders
 * such as Various do not.
 */
export function firstOfEachArtist(
  database: Database,
  lines: readonly CopyLine[],
  most: number,
): LimitedLines {
  const artistsOf = artistsByRecord(database);
  const counts = new Map<string, number>();
  const lastLineOf = new Map<string, number>();
  const listed: CopyLine[] = [];
  const leftOut: CopyLine[] = [];
  for (const line of lines) {
    const artists = artistsOf.get(line.id) ?? [];
    if (artists.some((artist) => (counts.get(artist) ?? 0) >= most)) {
      leftOut.push(line);
      continue;
    }
    listed.push(line);
    for (const artist of artists) {
      counts.set(artist, (counts.get(artist) ?? 0) + 1);
      lastLineOf.set(artist, line.id);
    }
  }
  const more = new Map<number, number>();
  for (const { id, copies = 1 } of leftOut) {
    for (const last of new Set((artistsOf.get(id) ?? []).map((artist) => lastLineOf.get(artist)))) {
      if (last !== undefined) more.set(last, (more.get(last) ?? 0) + copies);
    }
  }
  return { listed: listed.map((line) => ({ ...line, more: more.get(line.id) ?? 0 })), leftOut };
}

function artistsByRecord(database: Database): ReadonlyMap<number, readonly string[]> {
  const artists = new Map<number, string[]>();
  const rows = database
    .prepare<[], { id: number; name: string }>(
      `SELECT DISTINCT record.id AS id, name FROM record JOIN release_artist USING (release_id)`,
    )
    .iterate();
  for (const { id, name } of rows) {
    if (isPlaceholderArtist(name)) continue;
    const names = artists.get(id);
    if (names === undefined) artists.set(id, [name]);
    else names.push(name);
  }
  return artists;
}

/** A line of a list. The first of its copies stands for all. */
export interface CopyLine {
  readonly id: number;
  /** Set if several copies share the line. */
  readonly copies?: number;
  /** Each form once, in the order of the copies: "CD+LP". */
  readonly form?: string;
}

/** One line per album. The first copy in the order of the list stands for all. */
export function linesOfCopies(database: Database, { filter, order }: RecordQuery): CopyLine[] {
  return albumsOnShelf(database, filter, { order: orderBy(order, filter) }).map(([first, ...others]) =>
    others.length === 0
      ? { id: first.id }
      : { id: first.id, copies: others.length + 1, form: formsTogether([first, ...others]) },
  );
}

/** A copy on the shelf, with the names that tell which album it is. */
export interface ShelvedCopy extends KeyedRecord {
  readonly id: number;
  readonly form: string;
}

interface CopyQuery {
  /** SQL. */
  readonly order: string;
  /** SQL for further columns. */
  readonly columns?: string;
  /** An SQL condition in addition to the filter. */
  readonly only?: string;
}

/** The copies that pass the filter, one at a time. */
export function copiesOnShelf<Columns = unknown>(
  database: Database,
  filter: RecordFilter,
  { order, columns, only = "true" }: CopyQuery,
): IterableIterator<ShelvedCopy & Columns> {
  const source = recordSource(filter);
  const where = condition(database, filter);
  return database
    .prepare<unknown[], ShelvedCopy & Columns>(
      `${withThese(source.definitions)}
       SELECT record.id AS id, release.artist AS artist, release.title AS title, release.form AS form,
         release.kind AS kind, release.edition_key AS editionKey ${columns === undefined ? "" : `, ${columns}`}
       FROM ${source.tables} WHERE ${where.sql} AND ${only} ORDER BY ${order}`,
    )
    .iterate(...source.parameters, ...where.parameters);
}

/** The albums that pass the filter, each with its copies. */
export function albumsOnShelf<Columns = unknown>(
  database: Database,
  filter: RecordFilter,
  query: CopyQuery,
): [ShelvedCopy & Columns, ...(ShelvedCopy & Columns)[]][] {
  return groupedByAlbum(database, copiesOnShelf<Columns>(database, filter, query));
}

export function formsTogether(copies: Iterable<{ readonly form: string }>): string {
  return [...new Set(Array.from(copies, ({ form }) => form))].filter((form) => form !== "").join("+");
}
