// The names of what is owned, wanted and played, by their words. Those are kept beside the names; where they are missing,
// or of other rules, they are worked out.
import { rulesVersion } from "../match/rules-version.ts";
import { wordBag, type OtherNames, type WordBag } from "../match/text/word-bag.ts";
import type { Database } from "../store/database.ts";
import { hasNameKeys } from "../store/name-keys.ts";
import { wordPattern, type WordQuery } from "./name-search.ts";

type SearchedTable = "release" | "album";

export interface FoundName {
  readonly id: number;
  /** Each word is a whole word of the name; false: some are only part of one. */
  readonly isWhole: boolean;
}

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

/** The names that hold all the words of a reading. The first reading with whole words decides, else the first with any. */
function namesHolding(database: Database, table: SearchedTable, { readings }: WordQuery): FoundName[] {
  const words = wordsExpression(database, table);
  let found: FoundName[] = [];
  for (const reading of readings) {
    const holdsEach = reading.map(() => "instr(words, ?) > 0").join(" AND ");
    const names = database
      .prepare<string[], [id: number, isWhole: number]>(
        `SELECT id, ${holdsEach} FROM (SELECT id, ${words} AS words FROM ${table} WHERE ${searched[table]})
         WHERE ${holdsEach} ORDER BY id`,
      )
      .raw()
      .all(...reading.map(wordPattern), ...reading)
      .map(([id, isWhole]) => ({ id, isWhole: isWhole === 1 }));
    if (names.some(({ isWhole }) => isWhole)) return names;
    if (found.length === 0) found = names;
  }
  return found;
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
