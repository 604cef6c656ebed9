// Years tell albums of one name apart: "Name (1980)", "2003 - Name".
import type { Years } from "./matched-release.ts";
import { findYear, type DatedTitle } from "../titles/title-year.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import type { Candidate } from "./candidates.ts";
import type { Target } from "./target.ts";
import { isUnreliable } from "./rule-order.ts";

/** Removes candidates with another year next to their title. */
export function filterByYear(target: Target, rows: readonly Candidate[]): readonly Candidate[] {
  // One candidate has no rival.
  if (rows.length === 0 || (rows.length === 1 && !target.selfTitled)) return rows;
  if (rows.every(({ entry }) => entry.title.numbers === "") || findYear(target.title) !== null) return rows;
  const dated = new Map<Candidate, DatedTitle>();
  for (const row of rows) {
    const beside = findYear(row.entry.title);
    if (beside !== null) dated.set(row, beside);
  }
  if (dated.size === 0) return rows;
  const areSeveral = new Set([...dated.values()].map(({ year }) => year)).size > 1;
  const isPlainThere = rows.some((row) => !dated.has(row) && !isUnreliable(row.rule));
  return rows.filter((row) => {
    const beside = dated.get(row);
    if (beside === undefined) return true;
    if (areSeveral || (target.selfTitled && beside.position !== "before"))
      return beside.year === target.years.first;
    return !isPlainThere || !isOtherYear(beside.year, target);
  });
}

/**
 * Returns true if a dated row is another album than a plain one, mostly a later recording. A year may differ by one,
 * since albums are released later in other countries; but not for self-titled albums, since some bands have two in two
 * years.
 */
function isOtherYear(year: number, { years, selfTitled }: Pick<Target, "years" | "selfTitled">): boolean {
  const { original, pressing } = years;
  const farthest = selfTitled ? 0 : 1;
  if (original === null) return pressing !== null && year > pressing + farthest;
  return Math.abs(year - original) > farthest && (selfTitled || year !== pressing);
}

/** Returns true if an album's title has a year that is not the record's. */
export function hasOtherYear(years: Years, album: ParsedTitle): boolean {
  const beside = findYear(album);
  return beside !== null && isOtherYear(beside.year, { years, selfTitled: false });
}

/** Like hasOtherYear(), but accepts only the pressing's year if the first year is unknown. */
export function canHaveOtherYear(years: Years, album: ParsedTitle): boolean {
  const beside = findYear(album);
  if (beside === null || years.original !== null) return hasOtherYear(years, album);
  return years.pressing === null || Math.abs(beside.year - years.pressing) > 1;
}

export function stripYear(album: ParsedTitle): ParsedTitle {
  const beside = findYear(album);
  return beside === null ? album : parseTitle(beside.rest);
}

/** Explains which year sets an album apart; null if none does. */
export function explainYearDifference(record: ParsedTitle, album: ParsedTitle, years: Years): string | null {
  const beside = findYear(album);
  if (beside === null || parseTitle(beside.rest).key !== record.key) return null;
  if (years.first === beside.year) return null;
  const own =
    years.first ?? (years.pressing !== null && beside.year > years.pressing ? years.pressing : null);
  return own === null
    ? `dated ${beside.year}, and the record's first year isn't known`
    : `another year: ${beside.year} against ${own}`;
}
