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
