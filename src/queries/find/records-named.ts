// Finds records by words. Every list, command and door uses this search.
import type { Database } from "../../store/file/database.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { type OtherNames, wordBag, type WordBag } from "../../match/titles/word-bag.ts";
import { hasNameKeys } from "../../store/shelf/derived-columns.ts";
import { parseTitle } from "../../match/titles/title.ts";
import { allOf, plain, rowsOf, sql, tuplesOf, type Sql } from "../../store/file/sql.ts";
import { beginningPattern, foldedWords, wordPattern } from "../conditions/words.ts";

export interface WordQuery {
  readonly text: string;
  /**
   * Lists of words that a name must contain: as typed, with numbers as digits and without edition words, without "the"
   * and "and".
   */
  readonly readings: readonly (readonly string[])[];
}

/** Optional words: a name is also found without them. */
const loose = new Set(["the", "and"]);

/** Throws UsageError for more than 200 words. */
export function wordQuery(text: string): WordQuery {
  const [allWords, countedWords] = [text, parseTitle(text).counted].map(spokenWords) as [string[], string[]];
  const firm = allWords.filter((word) => !loose.has(word));
  const readings = [allWords, countedWords, firm].filter((words) => words.length > 0);
  return { text, readings: [...new Map(readings.map((words) => [words.join(" "), words])).values()] };
}

/** Folding turns a lone "n" between words into "and". In another order of words it may come first. */
function spokenWords(text: string): string[] {
  return [...new Set(foldedWords([text]).map((word) => (word === "n" ? "and" : word)))];
}

type SearchedTable = "release" | "album";

export interface FoundName {
  readonly id: number;
  readonly place: number;
}

/** Where the words are in a name: some inside words, each at the beginning of a word, or each a whole word. */
export const places = { inside: 0, beginning: 1, whole: 2 } as const;

export type FoundNames = Readonly<Record<SearchedTable, readonly FoundName[]>>;

/** SQL for the id and the words of each owned or wanted release, or of each played album. */
function searchedNames(database: Database, table: SearchedTable): Sql {
  database.function("words_of", { deterministic: true }, (artist: unknown, title: unknown, others: unknown) =>
    wordBag(String(artist), String(title), JSON.parse(String(others)) as OtherNames),
  );
  const others =
    table === "release"
      ? "(SELECT json_group_array(json_array(name, anv)) FROM release_artist WHERE release_id = release.id AND anv <> '')"
      : "'[]'";
  const wordsExpression = `words_of(artist, title, ${others})`;
  const words = hasNameKeys(database, rulesVersion) ? `coalesce(words, ${wordsExpression})` : wordsExpression;
  const searched =
    table === "release"
      ? "EXISTS (SELECT 1 FROM record WHERE release_id = release.id) OR id IN (SELECT release_id FROM want)"
      : "play_count > 0";
  return plain(`SELECT id, ${words} AS words FROM ${table} WHERE ${searched} ORDER BY id`);
}

/** The owned or wanted releases and the played albums that contain the words. */
export function namesFound(database: Database, query: WordQuery): FoundNames {
  return {
    release: namesHolding(database, "release", query),
    album: namesHolding(database, "album", query),
  };
}

function holdsEach(patterns: readonly string[]): Sql {
  return allOf(patterns.map((pattern) => sql`instr(words, ${pattern}) > 0`));
}

/** Names that contain all words of a reading. The reading with the best placed words wins; of equals, the first. */
export function namesHolding(
  database: Database,
  table: SearchedTable,
  { readings }: WordQuery,
): readonly FoundName[] {
  const names = searchedNames(database, table);
  let best: readonly FoundName[] = [];
  let bestPlace = -1;
  for (const reading of readings) {
    const place = sql`CASE WHEN ${holdsEach(reading.map(wordPattern))} THEN ${places.whole}
      WHEN ${holdsEach(reading.map(beginningPattern))} THEN ${places.beginning} ELSE ${places.inside} END`;
    const rows = rowsOf<FoundName>(database)`
      SELECT id, ${place} AS place FROM (${names}) WHERE ${holdsEach(reading)}`;
    const bestOfRows = rows.reduce((most, row) => Math.max(most, row.place), -1);
    if (bestOfRows > bestPlace) [best, bestPlace] = [rows, bestOfRows];
  }
  return best;
}

/** The words of all names of a kind, for a search that forgives typing slips. */
export function readBags(database: Database, table: SearchedTable): [id: number, bag: WordBag][] {
  return tuplesOf<[id: number, bag: WordBag]>(database)`${searchedNames(database, table)}`;
}

export interface NamedRecord {
  readonly recordId: number;
  readonly place: number;
  /** The played album whose name was found; null if the record's own name was. */
  readonly albumId: number | null;
}

/** The records with all the words in a name: on the sleeve, in the database, or of an album with an exact match. */
export function recordsNamed(database: Database, text: string) {
  return bestPlaced(recordsUnder(database, namesFound(database, wordQuery(text))));
}

/** A table of pairs [id, place]. */
function wantedTable(names: readonly FoundName[]): Sql {
  return sql`json_each(${JSON.stringify(names.map(({ id, place }) => [id, place]))}) AS wanted`;
}

/** Names with each word at the beginning of a word. If there are none, names that contain the words anywhere. */
export function bestPlaced<Named extends { readonly place: number }>(names: readonly Named[]) {
  const beginning = names.filter(({ place }) => place > places.inside);
  const areInside = beginning.length === 0 && names.length > 0;
  return { names: areInside ? names : beginning, areInside };
}

/** Sorted by record number. A record that was found under several names has the best, and its own before an album's. */
export function recordsUnder(database: Database, { release, album }: FoundNames): NamedRecord[] {
  return rowsOf<NamedRecord>(database)`
    SELECT recordId, albumId, place, max(2 * place + (albumId IS NULL)) FROM (
      SELECT record.id AS recordId, NULL AS albumId, wanted.value ->> 1 AS place
      FROM ${wantedTable(release)} JOIN record ON record.release_id = wanted.value ->> 0
      UNION ALL SELECT credit.record_id, credit.album_id, wanted.value ->> 1
      FROM ${wantedTable(album)} JOIN credit ON credit.album_id = wanted.value ->> 0
        JOIN match ON match.record_id = credit.record_id
      WHERE match.type = 'exact')
    GROUP BY recordId ORDER BY recordId`;
}
