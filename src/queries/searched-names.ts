// The names of what is owned, wanted and played, by their words. Those are kept beside the names; where they are missing,
// or of other rules, they are worked out.
import { rulesVersion } from "../match/rules-version.ts";
import { wordBag, type OtherNames, type WordBag } from "../match/titles/word-bag.ts";
import type { Database } from "../store/database.ts";
import { hasNameKeys } from "../store/name-keys.ts";
import { wordPattern, type WordQuery } from "./name-search.ts";

type SearchedTable = "release" | "album";

/** Ids of names of each kind. */
export type FoundNames = Readonly<Record<SearchedTable, readonly number[]>>;

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

/** The names of a kind that hold all the words of a reading; the first reading that finds any decides. */
export function namesHolding(database: Database, table: SearchedTable, { readings }: WordQuery): number[] {
  const words = wordsExpression(database, table);
  for (const reading of readings) {
    const found = database
      .prepare<string[], number>(
        `SELECT id FROM (SELECT id, ${words} AS words FROM ${table} WHERE ${searched[table]})
         WHERE ${reading.map(() => "instr(words, ?) > 0").join(" AND ")} ORDER BY id`,
      )
      .pluck()
      .all(...reading.map(wordPattern));
    if (found.length > 0) return found;
  }
  return [];
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
