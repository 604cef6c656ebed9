// Records that are one album: copies of a release, and of other pressings and forms of it.
import { kindOfCopy } from "../../model/kinds.ts";
import type { Database } from "../../store/file/database.ts";
import { editionKeyReader, type KeyedName } from "./album-key.ts";
import { gradeRank, gradeReader } from "./grade.ts";

export interface KeyedRecord extends KeyedName {
  readonly kind: string;
}

/** Puts rows of records together that are copies of one album, each album where its first row stands. */
export function groupedByAlbum<Row extends KeyedRecord, Kept>(
  database: Database,
  rows: Iterable<Row>,
  keep: (row: Row) => Kept,
): Kept[][] {
  const keyOf = editionKeyReader(database);
  const albums = new Map<string, Kept[]>();
  for (const row of rows) {
    const key = `${kindOfCopy(row.kind)}\n${keyOf(row)}`;
    const copies = albums.get(key);
    if (copies === undefined) albums.set(key, [keep(row)]);
    else copies.push(keep(row));
  }
  return [...albums.values()];
}

interface ShelvedCopy extends KeyedRecord {
  readonly id: number;
  readonly rating: number;
}

/**
 * For each record that is owned in a better copy, that one: rated higher, or better kept, or longer on the shelf. Of
 * the whole shelf, whatever a question is about.
 */
export function betterCopies(database: Database): ReadonlyMap<number, number> {
  const rows = database
    .prepare<[], ShelvedCopy>(
      `SELECT record.id AS id, record.rating AS rating, release.artist AS artist, release.title AS title,
         release.edition_key AS editionKey, release.kind AS kind
       FROM record JOIN release ON release.id = record.release_id ORDER BY record.added_uts NULLS LAST, record.id`,
    )
    .iterate();
  const albums = groupedByAlbum(database, rows, ({ id, rating }) => ({ id, rating })).filter(
    (copies) => copies.length > 1,
  );
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
