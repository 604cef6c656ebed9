// What is worked out from each name and kept beside it: keys that tell editions and songs, and words to be searched by.
import type { Database } from "../file/database.ts";
import { readFact, writeFact } from "../file/facts.ts";

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
export interface KeyMakers {
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
