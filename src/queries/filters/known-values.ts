// The values that a filter may name: what the records of this cache carry.
import { nearestOf, UsageError } from "../../errors.ts";
import { fold } from "../../match/text/fold.ts";
import { plainName } from "../../store/credit.ts";
import type { Database } from "../../store/database.ts";

const dimensions = ["genre", "style", "format", "label", "folder"] as const;
export type Dimension = (typeof dimensions)[number];

const owned = "EXISTS (SELECT 1 FROM record WHERE release_id = release.id)";

/** Each value once, the most common first. */
const queries: Readonly<Record<Dimension, string>> = {
  genre: `SELECT value FROM release, json_each(release.genres) WHERE ${owned} GROUP BY value ORDER BY count(*) DESC, value`,
  style: `SELECT value FROM release, json_each(release.styles) WHERE ${owned} GROUP BY value ORDER BY count(*) DESC, value`,
  format: `SELECT value FROM (
      SELECT release_id, name AS value, 0 AS place FROM release_format
      UNION ALL SELECT release_id, word.value, 1 FROM release_format, json_each(descriptions) AS word)
    JOIN release ON release.id = release_id WHERE ${owned} AND value <> ''
    GROUP BY value ORDER BY min(place), count(*) DESC, value`,
  label: `SELECT name AS value FROM release_label JOIN release ON release.id = release_id
    WHERE ${owned} GROUP BY name ORDER BY count(*) DESC, name`,
  folder: `SELECT name AS value FROM folder LEFT JOIN record ON record.folder_id = folder.id
    GROUP BY folder.id ORDER BY count(record.id) DESC, name`,
};

const phrases: Readonly<Record<Dimension, (given: string) => string>> = {
  genre: (given) => `no record carries the genre ${given}`,
  style: (given) => `no record carries the style ${given}`,
  format: (given) => `no record comes in the format ${given}`,
  label: (given) => `no record is on the label ${given}`,
  folder: (given) => `there is no folder ${given}`,
};

export function knownValues(database: Database, dimension: Dimension): string[] {
  return database.prepare<[], string>(queries[dimension]).pluck().all();
}

/** The cache's own spellings of what was typed; throws UsageError for a value that no record carries. */
export function resolveValues(database: Database, dimension: Dimension, given: readonly string[]): string[] {
  const known = knownValues(database, dimension);
  const spellings = new Map<string, string[]>();
  for (const value of known) {
    for (const key of new Set([keyOf(dimension, value), keyOf(dimension, plainName(value))])) {
      spellings.set(key, [...(spellings.get(key) ?? []), value]);
    }
  }
  return given.flatMap((text) => {
    const found = spellings.get(keyOf(dimension, text));
    if (found === undefined) throw unknownValue(dimension, text, known);
    return found;
  });
}

/** Formats differ in signs alone (7", 7), names in what folding leaves aside. */
function keyOf(dimension: Dimension, value: string): string {
  return dimension === "format" ? value.trim().toLowerCase() : fold(value);
}

const mostShown = 12;

function unknownValue(dimension: Dimension, text: string, known: readonly string[]): UsageError {
  const phrase = phrases[dimension](`"${text.slice(0, 40)}"`);
  if (known.length === 0) return new UsageError(phrase);
  const nearest = nearestOf(text, known);
  const shown = known.slice(0, mostShown).join(", ") + (known.length > mostShown ? ", …" : "");
  const guess = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  return new UsageError(`${phrase}.${guess} Yours: ${shown}`, `All of them: rewind stats --by ${dimension}`);
}
