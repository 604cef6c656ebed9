// In which order the parts of a breakdown stand. A new one is a row here.
import type { Part } from "../figures/breakdown.ts";

type Compare = (a: Part, b: Part) => number;

const neverScrobbled = ({ records, scrobbled }: Part): number => records - scrobbled;

const table = {
  records: (a, b) => b.records - a.records,
  scrobbled: (a, b) => b.scrobbled - a.scrobbled,
  /** What is owned most and played least. */
  never: (a, b) => neverScrobbled(b) - neverScrobbled(a) || a.plays - b.plays || b.records - a.records,
  plays: (a, b) => b.plays - a.plays,
} as const satisfies Readonly<Record<string, Compare>>;

export type PartSort = keyof typeof table;
export const partSorts = Object.keys(table) as PartSort[];

/** Parts alike stay as they were; the records without a value are last. */
export function orderedParts<Ordered extends Part>(
  parts: readonly Ordered[],
  { sort, reverse }: { readonly sort: PartSort | null; readonly reverse: boolean },
): readonly Ordered[] {
  const compare: Compare = sort === null ? () => 0 : table[sort];
  const named = parts.filter(({ value }) => value !== null);
  const ordered = named.toSorted(compare);
  return [...(reverse ? ordered.toReversed() : ordered), ...parts.filter(({ value }) => value === null)];
}
