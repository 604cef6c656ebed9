// Which records words find: the one search behind every list, every command and every door.
import type { Database } from "../../store/file/database.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { type OtherNames, wordBag, type WordBag } from "../../match/titles/word-bag.ts";
import { hasNameKeys } from "../../store/shelf/derived-columns.ts";
import { parseTitle } from "../../match/titles/title.ts";
import { foldedWords, isUnspaced } from "../conditions/words.ts";

export interface WordQuery {
  readonly text: string;
  /** Each a list of words that a name has to hold: as typed; in digits, without the words of an edition. */
  readonly readings: readonly (readonly string[])[];
}

/** Words that stand or not, as people please: not asked for where nothing is found with them. */
const loose = new Set(["the", "and"]);

/** Throws UsageError for more words than any name has. */
export function wordQuery(text: string): WordQuery {
  const [typed, counted] = [text, parseTitle(text).counted].map(spokenWords) as [string[], string[]];
  const firm = typed.filter((word) => !loose.has(word));
  return { text, readings: distinct([typed, counted, firm]) };
}

/** Folding takes a lone n for "and" where it stands between words: in another order it may be the first. */
function spokenWords(text: string): string[] {
  return [...new Set(foldedWords([text]).map((word) => (word === "n" ? "and" : word)))];
}

function distinct(readings: readonly (readonly string[])[]): (readonly string[])[] {
  const known = new Map(
    readings.filter((words) => words.length > 0).map((words) => [words.join(" "), words]),
  );
  return [...known.values()];
}

/** What a bag that holds the word has in it. Scripts that don't space their words are looked for within. */
export function wordPattern(word: string): string {
  return isUnspaced(word) ? word : ` ${word} `;
}

/** What a bag that holds the word at the beginning of a word has in it. */
function beginningPattern(word: string): string {
  return isUnspaced(word) ? word : ` ${word}`;
}

type SearchedTable = "release" | "album";

export interface FoundName {
  readonly id: number;
  readonly place: WordPlace;
}

/** Where a name has the searched words: each as a whole word, each at least at the beginning of one, or some inside. */
type WordPlace = "whole" | "beginning" | "inside";

/** Names of each kind. */
export type FoundNames = Readonly<Record<SearchedTable, readonly FoundName[]>>;

/** What is neither owned nor wanted, or was never played, is none of them. */
const searched: Readonly<Record<SearchedTable, string>> = {
  release:
    "(EXISTS (SELECT 1 FROM record WHERE release_id = release.id) OR id IN (SELECT release_id FROM want))",
  album: "play_count > 0",
};

function wordsExpression(database: Database, table: SearchedTable): string {
  database.function("words_of", { deterministic: true }, (artist: unknown, title: unknown, others: unknown) =>
    wordBag(String(artist), String(title), JSON.parse(String(others)) as OtherNames),
  );
  const others =
    table === "release"
      ? "(SELECT json_group_array(json_array(name, anv)) FROM release_artist WHERE release_id = release.id AND anv <> '')"
      : "'[]'";
  const made = `words_of(artist, title, ${others})`;
  return hasNameKeys(database, rulesVersion) ? `coalesce(words, ${made})` : made;
}

/** What words find, by the names of what is owned or wanted, and of what was played. */
export function namesFound(database: Database, query: WordQuery): FoundNames {
  return {
    release: namesHolding(database, "release", query),
    album: namesHolding(database, "album", query),
  };
}

const places: readonly WordPlace[] = ["inside", "beginning", "whole"];

/** The names that hold all the words of a reading: the reading that has them best placed, else the first. */
function namesHolding(database: Database, table: SearchedTable, { readings }: WordQuery): FoundName[] {
  const words = wordsExpression(database, table);
  let best: readonly [id: number, place: number][] = [];
  let bestPlace = -1;
  for (const reading of readings) {
    const holdsEach = reading.map(() => "instr(words, ?) > 0").join(" AND ");
    const found = database
      .prepare<string[], [id: number, place: number]>(
        `SELECT id, iif(${holdsEach}, 2, iif(${holdsEach}, 1, 0))
         FROM (SELECT id, ${words} AS words FROM ${table} WHERE ${searched[table]})
         WHERE ${holdsEach} ORDER BY id`,
      )
      .raw()
      .all(...reading.map(wordPattern), ...reading.map(beginningPattern), ...reading);
    const place = found.reduce((most, [, each]) => Math.max(most, each), -1);
    if (place > bestPlace) [best, bestPlace] = [found, place];
  }
  return best.map(([id, place]) => ({ id, place: places[place] ?? "inside" }));
}

/** All names of a kind, for what is not written as it was typed. */
export interface Bags {
  readonly ids: readonly number[];
  readonly bags: readonly WordBag[];
}

export function readBags(database: Database, table: SearchedTable): Bags {
  const rows = database
    .prepare<[], [id: number, words: string]>(
      `SELECT id, ${wordsExpression(database, table)} FROM ${table} WHERE ${searched[table]} ORDER BY id`,
    )
    .raw()
    .all();
  return { ids: rows.map(([id]) => id), bags: rows.map(([, words]) => words) };
}

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
