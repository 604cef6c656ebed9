// Which records words find: the one search behind every list, every command and every door.
import type { Database } from "../store/database.ts";
import { wordQuery } from "./name-search.ts";
import { namesFound, type FoundName, type FoundNames } from "./searched-names.ts";

export interface NamedRecord {
  readonly recordId: number;
  /** Each word is a whole word of the name; false: some are only part of one. */
  readonly isWhole: boolean;
  /** The played album by whose name it was found; null: by its own. */
  readonly albumId: number | null;
}

/**
 * The records that have all the words in a name, in whole or as part of a word. A record's names are those on the sleeve,
 * the database's, and those of the albums that it is surely credited with. Throws UsageError for too many words.
 */
export function recordsNamed(database: Database, text: string): NamedRecord[] {
  return recordsUnder(database, namesFound(database, wordQuery(text)));
}

/** In ascending order of their numbers. */
export function recordsUnder(database: Database, { release, album }: FoundNames): NamedRecord[] {
  const own = recordsOf(
    database,
    release,
    "SELECT record.id, NULL, wanted.value ->> 1 FROM json_each(?) AS wanted JOIN record ON record.release_id = wanted.value ->> 0",
  );
  const credited = recordsOf(
    database,
    album,
    `SELECT credit.record_id, credit.album_id, wanted.value ->> 1 FROM json_each(?) AS wanted
       JOIN credit ON credit.album_id = wanted.value ->> 0 JOIN match ON match.record_id = credit.record_id
     WHERE match.type = 'exact'`,
  );
  const found = new Map<number, NamedRecord>();
  for (const record of [...own, ...credited]) {
    const known = found.get(record.recordId);
    if (known === undefined || (record.isWhole && !known.isWhole)) found.set(record.recordId, record);
  }
  return [...found.values()].toSorted((a, b) => a.recordId - b.recordId);
}

function recordsOf(database: Database, names: readonly FoundName[], sql: string): NamedRecord[] {
  return database
    .prepare<[string], [recordId: number, albumId: number | null, isWhole: number]>(sql)
    .raw()
    .all(JSON.stringify(names.map(({ id, isWhole }) => [id, Number(isWhole)])))
    .map(([recordId, albumId, isWhole]) => ({ recordId, albumId, isWhole: isWhole === 1 }));
}
