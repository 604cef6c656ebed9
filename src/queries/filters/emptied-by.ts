// Why nothing is left: which filters were asked, and what there would be without one of them.
import { flagOf, negated } from "./filter.ts";
import type { RecordFilter } from "./record-filter.ts";
import { filters } from "./all-filters.ts";

export interface Emptied {
  /** As they are typed: "--genre"; "the words" for those of artist and title. */
  readonly asked: readonly string[];
  /** Without this one alone there would be so many; the most first. */
  readonly without: readonly { readonly name: string; readonly left: number }[];
}

/** Asks once a filter: only where nothing was left. A span of plays counts as none. */
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
