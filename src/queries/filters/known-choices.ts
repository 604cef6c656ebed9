// The cache's values for shell completion. Opens the cache read-only, without migrating, matching or waiting.
import { fold } from "../../match/text/fold.ts";
import { connectReadonly } from "../../store/file/database.ts";
import type { ChoiceSource } from "../documents/allowed-values.ts";
import { ownedReleaseSql } from "./filter-factories.ts";
import { rawSql, queryTuples } from "../../store/file/sql.ts";
import { allFilters } from "./all-filters.ts";

export interface KnownChoice {
  readonly value: string;
  /** Explains a number; "" if the value speaks for itself. */
  readonly meaning: string;
}

/** While only digits are typed, numbers are completed; after that, titles. */
const numbered = {
  record: {
    isNumber: /^\d*$/,
    all: `SELECT record.id AS value, release.artist || ' · ' || release.title AS meaning
      FROM record JOIN release ON release.id = record.release_id ORDER BY record.id`,
    titles: `SELECT title FROM release WHERE ${ownedReleaseSql} GROUP BY title ORDER BY count(*) DESC, title`,
  },
  album: {
    isNumber: /^(?:a\d*)?$/i,
    all: `SELECT 'a' || id AS value, artist || ' · ' || title AS meaning FROM album ORDER BY play_count DESC, id`,
    titles: `SELECT title FROM album GROUP BY title ORDER BY sum(play_count) DESC, title`,
  },
} as const;

const artistsSql = `SELECT artist FROM release WHERE ${ownedReleaseSql} GROUP BY artist ORDER BY count(*) DESC, artist`;

/** The most common first. Throws if there is no cache, or if it has another format. */
export function readKnownChoices(path: string, source: ChoiceSource, text: string): KnownChoice[] {
  const query = getChoicesSql(source, text);
  if (query === undefined) return [];
  const database = connectReadonly(path);
  try {
    return queryTuples<[value: string | number, meaning?: string]>(database)`${rawSql(query)}`.map(
      ([value, meaning = ""]) => ({ value: String(value), meaning }),
    );
  } finally {
    database.close();
  }
}

function getChoicesSql(source: ChoiceSource, text: string): string | undefined {
  if (source === "artist") return artistsSql;
  if (source !== "record" && source !== "album") return allFilters.get(source)?.cachedValues?.valuesQuery;
  const { isNumber, all, titles } = numbered[source];
  return isNumber.test(text) ? all : titles;
}

/** Returns true if a name still finds the value after control characters were removed from it. */
export function isFoundBy(cleanText: string, value: string): boolean {
  return cleanText === value || fold(cleanText) === fold(value);
}
