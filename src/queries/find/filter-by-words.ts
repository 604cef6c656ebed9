// The rows of a list that have the words of a search. Words are read as in every other search.
import type { Database } from "../../store/file/database.ts";
import { oneRowOf } from "../../store/file/sql.ts";
import { placesOf, places, readLines } from "./find-names.ts";
import type { Reading } from "./find-records.ts";
import { lineOf, nameLines, type NameLines } from "./name-lines.ts";
import { looseFits } from "./word-fit.ts";
import { isFiller, wordQuery } from "./word-query.ts";

export interface NamedRows {
  readonly ids: ReadonlySet<number>;
  /** How the words were read. */
  readonly reading: Reading;
}

/** The lines with all words, at least at the beginning of words; else those with typos; else those with parts of words. */
export function linesNamed(lines: NameLines, words: readonly string[]): NamedRows {
  const query = wordQuery(words.join(" "));
  if (query.readings.length === 0)
    return named(
      lines.ids.map((id) => [id]),
      { by: "words" },
    );
  const { found } = placesOf(lines, query);
  const firm = [...found].filter(([, place]) => place !== places.inside);
  if (firm.length > 0) return named(firm, { by: "words" });
  const complete = looseFits(query, lines).filter(
    ([, { missing, wishes }]) => missing.length === 0 && wishes.every(isFiller),
  );
  const fewest = complete.reduce((least, [, { typos }]) => Math.min(least, typos), Infinity);
  const [first, ...others] = complete.filter(([, { typos }]) => typos === fewest);
  if (first === undefined) return named([...found], { by: found.size > 0 ? "inside" : "words" });
  const [, { readAs }] = first;
  return named([first, ...others], { by: readAs === null ? "words" : "typo", readAs });
}

function named(
  rows: readonly (readonly [id: number, ...unknown[]])[],
  { by, readAs = null }: Pick<Reading, "by"> & Partial<Pick<Reading, "readAs">>,
): NamedRows {
  return { ids: new Set(rows.map(([id]) => id)), reading: { by, readAs, leftOver: [] } };
}

const known = new WeakMap<readonly string[], NamedRows>();

/** Played albums. Searches once for each list of words: one answer asks several times. */
export function albumsWithWords(database: Database, words: readonly string[]): NamedRows {
  const rows = known.get(words) ?? linesNamed(readLines(database, "album"), words);
  known.set(words, rows);
  return rows;
}

/** Releases on the wantlist. */
export function wantsWithWords(database: Database, words: readonly string[]): NamedRows {
  return linesNamed(readLines(database, "want"), words);
}

/** Rows of track, and releases with logged plays by minus their number: by artist, title and album. */
export function playsWithWords(database: Database, words: readonly string[]): NamedRows {
  database.function("line_of", { deterministic: true }, (name: unknown) => lineOf(String(name)));
  const [{ ids, text }] = oneRowOf<{ ids: string; text: string }>(database)`
    SELECT json_group_array(id) AS ids, coalesce(group_concat(line_of(name), ''), '') AS text FROM (
      SELECT id, artist || ' ' || name || ' ' || album AS name FROM track
      UNION ALL
      SELECT -id, artist || ' ' || title FROM release WHERE id IN (SELECT release_id FROM noted_play))`;
  return linesNamed(nameLines(JSON.parse(ids) as number[], text), words);
}
