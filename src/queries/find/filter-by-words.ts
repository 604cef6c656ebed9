// The rows of a list that have the words of a search. Words are read as in every other search.
import type { Database } from "../../store/file/database.ts";
import { queryOneRow } from "../../store/file/sql.ts";
import { findPlaces, places, readLines } from "./find-names.ts";
import type { Reading } from "./find-records.ts";
import { formatNameLine, buildNameLines, type NameLines } from "./name-lines.ts";
import { findLooseFits } from "./word-fit.ts";
import { isFiller, parseWordQuery } from "./word-query.ts";

export interface FoundRows {
  readonly ids: ReadonlySet<number>;
  /** How the words were read. */
  readonly reading: Reading;
}

/** The lines with all words; else with their beginnings, with typos, or with parts of words. */
export function findLinesByWords(lines: NameLines, words: readonly string[]): FoundRows {
  const query = parseWordQuery(words.join(" "));
  if (query.readings.length === 0)
    return buildFoundRows(
      lines.ids.map((id) => [id]),
      { by: "words" },
    );
  const { found } = findPlaces(lines, query);
  for (const place of [places.whole, places.beginning]) {
    const firm = [...found].filter(([, each]) => each === place);
    if (firm.length > 0) return buildFoundRows(firm, { by: "words" });
  }
  const complete = findLooseFits(query, lines).filter(
    ([, { missing, wishes }]) => missing.length === 0 && wishes.every(isFiller),
  );
  const fewest = complete.reduce((least, [, { typos }]) => Math.min(least, typos), Infinity);
  const [first, ...others] = complete.filter(([, { typos }]) => typos === fewest);
  if (first === undefined) return buildFoundRows([...found], { by: found.size > 0 ? "inside" : "words" });
  const [, { readAs }] = first;
  return buildFoundRows([first, ...others], { by: readAs === null ? "words" : "typo", readAs });
}

function buildFoundRows(
  rows: readonly (readonly [id: number, ...unknown[]])[],
  { by, readAs = null }: Pick<Reading, "by"> & Partial<Pick<Reading, "readAs">>,
): FoundRows {
  return { ids: new Set(rows.map(([id]) => id)), reading: { by, readAs, leftOver: [] } };
}

const cachedRows = new WeakMap<readonly string[], FoundRows>();

/** Played albums. Searches once for each list of words: one answer asks several times. */
export function findAlbumsByWords(database: Database, words: readonly string[]): FoundRows {
  const rows = cachedRows.get(words) ?? findLinesByWords(readLines(database, "album"), words);
  cachedRows.set(words, rows);
  return rows;
}

/** Releases on the wantlist. */
export function findWantsByWords(database: Database, words: readonly string[]): FoundRows {
  return findLinesByWords(readLines(database, "want"), words);
}

/** Rows of track, and releases with logged plays by minus their number: by artist, title and album. */
export function findPlaysByWords(database: Database, words: readonly string[]): FoundRows {
  database.function("line_of", { deterministic: true }, (name: unknown) => formatNameLine(String(name)));
  const [{ ids, text }] = queryOneRow<{ ids: string; text: string }>(database)`
    SELECT json_group_array(id) AS ids, coalesce(group_concat(line_of(name), ''), '') AS text FROM (
      SELECT id, artist || ' ' || name || ' ' || album AS name FROM track
      UNION ALL
      SELECT -id, artist || ' ' || title FROM release WHERE id IN (SELECT release_id FROM logged_play))`;
  return findLinesByWords(buildNameLines(JSON.parse(ids) as number[], text), words);
}
