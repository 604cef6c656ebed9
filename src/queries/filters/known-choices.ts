// What the cache knows of a kind of values, for those who type one. Read fast and without a trace: nothing is
// migrated, matched or waited for.
import { fold } from "../../match/text/fold.ts";
import { connectReadonly, type Database } from "../../store/file/database.ts";
import type { ChoiceSource } from "../documents/choices.ts";
import { knownValues } from "../conditions/carried.ts";
import { owned } from "./families.ts";
import { filters } from "./all-filters.ts";
import type { Filter } from "./filter.ts";

export interface KnownChoice {
  readonly value: string;
  /** What a number stands for; "" where the value says it. */
  readonly meaning: string;
}

/** Whole names by their beginning are read from here on, numbers as long as only digits stand there. */
const numbered = {
  record: {
    isNumber: /^\d*$/,
    all: `SELECT record.id AS value, release.artist || ' · ' || release.title AS meaning
      FROM record JOIN release ON release.id = record.release_id ORDER BY record.id`,
    titles: `SELECT title FROM release WHERE ${owned} GROUP BY title ORDER BY count(*) DESC, title`,
  },
  album: {
    isNumber: /^(?:a\d*)?$/i,
    all: `SELECT 'a' || id AS value, artist || ' · ' || title AS meaning FROM album ORDER BY play_count DESC, id`,
    titles: `SELECT title FROM album GROUP BY title ORDER BY sum(play_count) DESC, title`,
  },
} as const;

const artists = `SELECT artist FROM release WHERE ${owned} GROUP BY artist ORDER BY count(*) DESC, artist`;

/** The most common first. Throws where there is no cache, or one of another version. */
export function knownChoices(path: string, source: ChoiceSource, typed: string): KnownChoice[] {
  const database = connectReadonly(path);
  try {
    return choicesIn(database, source, typed);
  } finally {
    database.close();
  }
}

function choicesIn(database: Database, source: ChoiceSource, typed: string): KnownChoice[] {
  if (source === "record" || source === "album") {
    const { isNumber, all, titles } = numbered[source];
    // Words find records and albums as well.
    if (!isNumber.test(typed)) return named(database, titles);
    return database
      .prepare<[], { value: string | number; meaning: string }>(all)
      .all()
      .map(({ value, meaning }) => ({ value: String(value), meaning }));
  }
  if (source === "artist") return named(database, artists);
  const carried = (Object.values(filters) as Filter[]).find((row) => row.carried?.name === source)?.carried;
  return carried === undefined ? [] : knownValues(database, carried).map((value) => ({ value, meaning: "" }));
}

function named(database: Database, query: string): KnownChoice[] {
  return database
    .prepare<[], string>(query)
    .pluck()
    .all()
    .map((value) => ({ value, meaning: "" }));
}

/** Whether a name without what steers a terminal still finds what the name stands for. */
export function isFoundBy(shown: string, value: string): boolean {
  return shown === value || fold(shown) === fold(value);
}
