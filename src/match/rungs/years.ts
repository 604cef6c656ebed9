// Years tell albums of one name apart: "Name (1980)", "2003 - Name".
import type { Years } from "./matched-release.ts";
import { yearBeside } from "../titles/title-year.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import type { Candidate } from "./candidates.ts";
import type { Target } from "./target.ts";
import { isDoubtful } from "./ladder.ts";

/** Removes candidates with another year next to their title. */
export function ofItsYear(target: Target, rows: readonly Candidate[]): readonly Candidate[] {
  const dated = new Map<Candidate, number>();
  for (const row of rows) {
    const beside = yearBeside(row.entry.title);
    if (beside !== null) dated.set(row, beside.year);
  }
  // One candidate has no rival.
  if (rows.length === 1 || dated.size === 0 || yearBeside(target.title) !== null) return rows;
  const areSeveral = new Set(dated.values()).size > 1;
  const isPlainThere = rows.some((row) => !dated.has(row) && !isDoubtful(row.rule));
  return rows.filter((row) => {
    const year = dated.get(row);
    if (year === undefined) return true;
    return areSeveral ? year === target.years.first : !isPlainThere || !isAnother(year, target.years);
  });
}

/**
 * Whether a dated row is another album than a plain one, mostly a later recording. A year may differ by one, since albums
 * are released later in other countries.
 */
function isAnother(year: number, { original, pressing }: Years): boolean {
  if (original === null) return pressing !== null && year > pressing + 1;
  return Math.abs(year - original) > 1 && year !== pressing;
}

/** Returns true if an album's title has a year that is not the record's. */
export function isOfAnotherYear(years: Years, album: ParsedTitle): boolean {
  const beside = yearBeside(album);
  return beside !== null && isAnother(beside.year, years);
}

export function withoutYear(album: ParsedTitle): ParsedTitle {
  const beside = yearBeside(album);
  return beside === null ? album : parseTitle(beside.rest);
}

/** Explains which year sets an album apart; null if none does. */
export function yearDifference(record: ParsedTitle, album: ParsedTitle, years: Years): string | null {
  const beside = yearBeside(album);
  if (beside === null || parseTitle(beside.rest).key !== record.key) return null;
  if (years.first === beside.year) return null;
  const own =
    years.first ?? (years.pressing !== null && beside.year > years.pressing ? years.pressing : null);
  return own === null
    ? `dated ${beside.year}, and the record's first year isn't known`
    : `another year: ${beside.year} against ${own}`;
}
