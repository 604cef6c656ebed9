// Explains an empty list: the active filters, and how many rows there would be without each of them.
import { flagOf, negated } from "./filter.ts";
import type { RecordFilter } from "./record-filter.ts";
import { filters } from "./all-filters.ts";

export interface Emptied {
  /** As typed: "--genre", or "the words" for words of artist and title. */
  readonly asked: readonly string[];
  /** The number of rows without this one filter, the largest first. Filters that make no difference are left out. */
  readonly without: readonly { readonly name: string; readonly left: number }[];
}

/** Runs one query per filter, so call it only if nothing was left. `during` does not count as a filter. */
export function emptiedBy(filter: RecordFilter, count: (filter: RecordFilter) => number): Emptied {
  const { during: _, ...given } = filter;
  const names = Object.keys(given);
  return {
    asked: names.map(typedName),
    without: names
      .map((name) => ({
        name: typedName(name),
        left: count(Object.fromEntries(Object.entries(filter).filter(([each]) => each !== name))),
      }))
      .filter(({ left }) => left > 0)
      .toSorted((a, b) => b.left - a.left),
  };
}

function typedName(name: string): string {
  if (name === "words") return "the words";
  for (const [each, row] of Object.entries(filters)) {
    if (each === name) return `--${flagOf(each, row)}`;
    if (negated(each) === name) return `--not-${flagOf(each, row)}`;
  }
  return name;
}
