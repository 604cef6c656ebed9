// Which records words find: the one search behind every list, every command and every door.
import type { Database } from "../../store/file/database.ts";
import { wordQuery } from "./name-search.ts";
import { namesFound, type FoundName, type FoundNames, type WordPlace } from "./searched-names.ts";

export interface NamedRecord {
  readonly recordId: number;
  readonly place: WordPlace;
  /** The played album by whose name it was found; null: by its own. */
  readonly albumId: number | null;
}

export interface NamedRecords {
  /** Those with each word at the beginning of a word; if there are none, those that have the words inside others. */
  readonly records: readonly NamedRecord[];
  readonly areInside: boolean;
  /** Beside records whose words begin so, those that have the words only inside others. */
  readonly insides: readonly NamedRecord[];
}

/**
 * The records that have all the words in a name. A record's names are those on the sleeve, the database's, and those of
 * the albums that it is surely credited with. Throws UsageError for too many words.
 */
export function recordsNamed(database: Database, text: string): NamedRecords {
  return byPlace(recordsUnder(database, namesFound(database, wordQuery(text))));
}

export function byPlace(found: readonly NamedRecord[]): NamedRecords {
  const beginning = found.filter(({ place }) => place !== "inside");
  const inside = found.filter(({ place }) => place === "inside");
  return beginning.length === 0
    ? { records: inside, areInside: inside.length > 0, insides: [] }
    : { records: beginning, areInside: false, insides: inside };
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
    if (
      known === undefined ||
      (record.place === "whole" && known.place !== "whole") ||
      known.place === "inside"
    )
      found.set(record.recordId, record);
  }
  return [...found.values()].toSorted((a, b) => a.recordId - b.recordId);
}

function recordsOf(database: Database, names: readonly FoundName[], sql: string): NamedRecord[] {
  return database
    .prepare<[string], [recordId: number, albumId: number | null, place: WordPlace]>(sql)
    .raw()
    .all(JSON.stringify(names.map(({ id, place }) => [id, place])))
    .map(([recordId, albumId, place]) => ({ recordId, albumId, place }));
}
