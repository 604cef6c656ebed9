// Years tell albums of one name apart: "Name (1980)", "2003 - Name".
import type { MatchedRelease } from "./matched-release.ts";
import { yearBeside, type DatedTitle } from "../titles/title-year.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import type { Candidate } from "./candidates.ts";
import type { Wanted, Years } from "./compare.ts";
import { isDoubtful } from "./ladder.ts";

export function yearsOf({ originalYear, year, formats }: MatchedRelease): Years {
  const original = originalYear ?? null;
  const isFirst = !formats.some(({ descriptions }) => descriptions.some((word) => laterPressings.has(word)));
  return { original, pressing: year, first: original ?? (isFirst ? year : null) };
}

const laterPressings = new Set(["Reissue", "Repress", "Remastered", "Unofficial Release"]);

/** What is left of the rows that rungs reached when the years that stand beside their titles have had their say. */
export function ofItsYear(wanted: Wanted, found: readonly Candidate[]): readonly Candidate[] {
  // Alone it has no rival.
  if (found.length === 0 || (found.length === 1 && !wanted.selfTitled)) return found;
  if (!found.some(mayBeDated) || yearBeside(wanted.title) !== null) return found;
  const dated = new Map<Candidate, DatedTitle>();
  for (const row of found) {
    const beside = yearBeside(row.entry.title);
    if (beside !== null) dated.set(row, beside);
  }
  if (dated.size === 0) return found;
  const areSeveral = new Set([...dated.values()].map(({ year }) => year)).size > 1;
  const isPlainThere = found.some((row) => !dated.has(row) && !isDoubtful(row.rule));
  return found.filter((row) => {
    const beside = dated.get(row);
    if (beside === undefined) return true;
    if (areSeveral || (wanted.selfTitled && beside.set !== "before"))
      return beside.year === wanted.years.first;
    return !isPlainThere || !isAnother(beside.year, wanted);
  });
}

function mayBeDated({ entry }: Candidate): boolean {
  return entry.title.numbers !== "";
}

/**
 * Whether the dated row beside a plain one is another album: made anew later, mostly. A pressing may be of any earlier
 * year, and an album comes out a year later elsewhere; but some bands call one a year after themselves.
 */
function isAnother(year: number, { years, selfTitled }: Pick<Wanted, "years" | "selfTitled">): boolean {
  const { original, pressing } = years;
  const farthest = selfTitled ? 0 : 1;
  if (original === null) return pressing !== null && year > pressing + farthest;
  return Math.abs(year - original) > farthest && (selfTitled || year !== pressing);
}

/** Whether an album's title says a year that is not the record's. */
export function isOfAnotherYear(years: Years, album: ParsedTitle): boolean {
  const beside = yearBeside(album);
  return beside !== null && isAnother(beside.year, { years, selfTitled: false });
}

/**
 * Whether an album's title says a year that is not known to be the record's: where the first year is unknown, any but the
 * pressing's. An album that was recorded anew later has the same songs.
 */
export function mayBeOfAnotherYear(years: Years, album: ParsedTitle): boolean {
  const beside = yearBeside(album);
  if (beside === null) return false;
  const { original, pressing } = years;
  if (original !== null) return isAnother(beside.year, { years, selfTitled: false });
  return pressing === null || Math.abs(beside.year - pressing) > 1;
}

/** An album's title as it would be without the year beside it. */
export function withoutYear(album: ParsedTitle): ParsedTitle {
  const beside = yearBeside(album);
  return beside === null ? album : parseTitle(beside.rest);
}

/** Why a year tells an album of the record's name from it; null where none does. */
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
