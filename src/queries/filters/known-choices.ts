// The cache's values for shell completion. Opens the cache read-only, without migrating, matching or waiting.
import { fold } from "../../match/text/fold.ts";
import { connectReadonly, type Database } from "../../store/file/database.ts";
import type { ChoiceSource } from "../documents/allowed-values.ts";
import { knownValues, onShelf } from "./families.ts";
import { plain, rowsOf, valuesOf } from "../../store/file/sql.ts";
import { allFilters } from "./all-filters.ts";

export interface KnownChoice {
  readonly value: string;
  /** What a number means; "" if the value speaks for itself. */
  readonly meaning: string;
}

/** While only digits are typed, numbers are completed; after that, titles. */
const numbered = {
  record: {
    isNumber: /^\d*$/,
    all: `SELECT record.id AS value, release.artist || ' · ' || release.title AS meaning
      FROM record JOIN release ON release.id = record.release_id ORDER BY record.id`,
    titles: `SELECT title FROM release WHERE ${onShelf} GROUP BY title ORDER BY count(*) DESC, title`,
  },
  album: {
    isNumber: /^(?:a\d*)?$/i,
    all: `SELECT 'a' || id AS value, artist || ' · ' || title AS meaning FROM album ORDER BY play_count DESC, id`,
    titles: `SELECT title FROM album GROUP BY title ORDER BY sum(play_count) DESC, title`,
  },
} as const;

const artists = `SELECT artist FROM release WHERE ${onShelf} GROUP BY artist ORDER BY count(*) DESC, artist`;

/** The most common first. Throws if there is no cache, or if it has another format. */
export function knownChoices(path: string, source: ChoiceSource, text: string): KnownChoice[] {
  const database = connectReadonly(path);
  try {
    return choicesIn(database, source, text);
  } finally {
    database.close();
  }
}

function choicesIn(database: Database, source: ChoiceSource, text: string): KnownChoice[] {
  if (source === "record" || source === "album") {
    const { isNumber, all, titles } = numbered[source];
    if (!isNumber.test(text)) return choicesOfQuery(database, titles);
    const rows = rowsOf<{ value: string | number; meaning: string }>(database)`${plain(all)}`;
    return rows.map(({ value, meaning }) => ({ value: String(value), meaning }));
  }
  if (source === "artist") return choicesOfQuery(database, artists);
  const carried = allFilters.get(source)?.carried;
  return carried === undefined ? [] : knownValues(database, carried).map((value) => ({ value, meaning: "" }));
}

function choicesOfQuery(database: Database, query: string): KnownChoice[] {
  return valuesOf<string>(database)`${plain(query)}`.map((value) => ({ value, meaning: "" }));
}

/** Returns true if a name still finds the value after control characters were removed from it. */
export function isFoundBy(cleanText: string, value: string): boolean {
  return cleanText === value || fold(cleanText) === fold(value);
}
