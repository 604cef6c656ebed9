// Times as people read them: a span, the years of a record.
import { localDayInWords } from "../../../output/dates.ts";
import type { Span } from "../../../queries/conditions/span.ts";

/** Its first and its last day. */
export function spanInWords({ fromUts, toUts }: Span, nowMs: number): string {
  const last = toUts === null ? Math.floor(nowMs / 1000) : toUts - 1;
  const until = localDayInWords(last);
  return fromUts === null ? `the beginning to ${until}` : `${localDayInWords(fromUts)} to ${until}`;
}

/** "1997", "1997 (first 1959)", "first 1959": the year of a pressing, with that of the album where it is another. */
export function yearsInWords({
  year,
  originalYear,
}: {
  readonly year: number | null;
  readonly originalYear: number | null;
}): string {
  if (originalYear === null || originalYear === year) return year === null ? "" : String(year);
  return year === null ? `first ${originalYear}` : `${year} (first ${originalYear})`;
}
