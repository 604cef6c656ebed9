// The names of what is owned, wanted and played, by their words. Those are kept beside the names; where they are missing,
// or of other rules, they are worked out.
import { rulesVersion } from "../../match/rules-version.ts";
import { wordBag, type OtherNames, type WordBag } from "../../match/titles/word-bag.ts";
import type { Database } from "../../store/file/database.ts";
import { hasNameKeys } from "../../store/shelf/derived-columns.ts";
import { beginningPattern, wordPattern, type WordQuery } from "./name-search.ts";

type SearchedTable = "release" | "album";

export interface FoundName {
  readonly id: number;
  readonly place: WordPlace;
}

/** Where a name has the searched words: each as a whole word, each at least at the beginning of one, or some inside. */
export type WordPlace = "whole" | "beginning" | "inside";

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
