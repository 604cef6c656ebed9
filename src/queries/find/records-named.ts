// Finds records by words. Every list, command and door uses this search.
import type { Database } from "../../store/file/database.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { type OtherNames, wordBag, type WordBag } from "../../match/titles/word-bag.ts";
import { hasNameKeys } from "../../store/shelf/derived-columns.ts";
import { parseTitle } from "../../match/titles/title.ts";
import { allOf, plain, rowsOf, sql, tuplesOf, type Sql } from "../conditions/sql.ts";
import { foldedWords, isUnspaced } from "../conditions/words.ts";

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
  return { text, readings: distinct([allWords, countedWords, firm]) };
}

/** Folding turns a lone "n" between words into "and". In another order of words it may come first. */
function spokenWords(text: string): string[] {
  return [...new Set(foldedWords([text]).map((word) => (word === "n" ? "and" : word)))];
}

function distinct(readings: readonly (readonly string[])[]): (readonly string[])[] {
  const byText = new Map(
    readings.filter((words) => words.length > 0).map((words) => [words.join(" "), words]),
  );
  return [...byText.values()];
}

/** The text in a word bag that contains this whole word. Words of scripts without spaces are searched inside. */
export function wordPattern(word: string): string {
  return isUnspaced(word) ? word : ` ${word} `;
}

/** The text in a word bag that has a word beginning with this one. */
function beginningPattern(word: string): string {
  return isUnspaced(word) ? word : ` ${word}`;
}

type SearchedTable = "release" | "album";

export interface FoundName {
  readonly id: number;
  readonly place: WordPlace;
}

/** Where the words are in a name: each a whole word, each at the beginning of a word, or some inside words. */
type WordPlace = "whole" | "beginning" | "inside";

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

const places: readonly WordPlace[] = ["inside", "beginning", "whole"];

/** Names that contain all words of a reading. The reading with the best placed words wins; of equals, the first. */
function namesHolding(database: Database, table: SearchedTable, { readings }: WordQuery): FoundName[] {
  const names = searchedNames(database, table);
  let best: readonly [id: number, place: number][] = [];
  let bestPlace = -1;
  for (const reading of readings) {
    const holdsEach = (patternOf: (word: string) => string): Sql =>
      allOf(reading.map((word) => sql`instr(words, ${patternOf(word)}) > 0`));
    const rows = tuplesOf<[id: number, place: number]>(database)`
      SELECT id, iif(${holdsEach(wordPattern)}, 2, iif(${holdsEach(beginningPattern)}, 1, 0))
      FROM (${names}) WHERE ${holdsEach((word) => word)}`;
    const place = rows.reduce((most, [, each]) => Math.max(most, each), -1);
    if (place > bestPlace) [best, bestPlace] = [rows, place];
  }
  return best.map(([id, place]) => ({ id, place: places[place] ?? "inside" }));
}

/** The words of all names of a kind, for a search that forgives typing slips. */
export function readBags(database: Database, table: SearchedTable): [id: number, bag: WordBag][] {
  return tuplesOf<[id: number, bag: WordBag]>(database)`${searchedNames(database, table)}`;
}

export interface NamedRecord {
  readonly recordId: number;
  readonly place: WordPlace;
  /** The played album whose name was found. null: the record's own name was. */
  readonly albumId: number | null;
}

export interface NamedRecords {
  /** Records with each word at the beginning of a word. If there are none, records that contain the words anywhere. */
  readonly records: readonly NamedRecord[];
  readonly areInside: boolean;
  /** If some records begin with the words: the others, which only contain them inside words. */
  readonly insides: readonly NamedRecord[];
}

/** The records with all the words in a name: on the sleeve, in the database, or of an album with an exact match. */
export function recordsNamed(database: Database, text: string): NamedRecords {
  return byPlace(recordsUnder(database, namesFound(database, wordQuery(text))));
}

/** A table of pairs [id, place]. */
function wantedTable(names: readonly FoundName[]): Sql {
  return sql`json_each(${JSON.stringify(names.map(({ id, place }) => [id, place]))}) AS wanted`;
}

export function byPlace(records: readonly NamedRecord[]): NamedRecords {
  const beginning = records.filter(({ place }) => place !== "inside");
  const inside = records.filter(({ place }) => place === "inside");
  return beginning.length === 0
    ? { records: inside, areInside: inside.length > 0, insides: [] }
    : { records: beginning, areInside: false, insides: inside };
}

/** Sorted by record number. */
export function recordsUnder(database: Database, { release, album }: FoundNames): NamedRecord[] {
  const all = rowsOf<NamedRecord>(database)`
    SELECT record.id AS recordId, NULL AS albumId, wanted.value ->> 1 AS place
    FROM ${wantedTable(release)} JOIN record ON record.release_id = wanted.value ->> 0
    UNION ALL SELECT credit.record_id, credit.album_id, wanted.value ->> 1
    FROM ${wantedTable(album)} JOIN credit ON credit.album_id = wanted.value ->> 0
      JOIN match ON match.record_id = credit.record_id
    WHERE match.type = 'exact'`;
  const byRecord = new Map<number, NamedRecord>();
  for (const record of all) {
    const earlier = byRecord.get(record.recordId);
    if (
      earlier === undefined ||
      (record.place === "whole" && earlier.place !== "whole") ||
      earlier.place === "inside"
    )
      byRecord.set(record.recordId, record);
  }
  return [...byRecord.values()].toSorted((a, b) => a.recordId - b.recordId);
}
