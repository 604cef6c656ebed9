// Filters that leave nothing together, whatever the shelf: said at once, instead of an empty answer.
import { UsageError } from "../../model/errors.ts";
import { fold } from "../../match/text/fold.ts";
import type { PlayScope } from "../figures/record-source.ts";
import { flagOf, type Filter, type Implied } from "./filter.ts";
import { overlap } from "../conditions/range.ts";

/** A filter of the line, as it was typed and as it was read. */
export interface Asked {
  readonly name: string;
  readonly row: Filter;
  readonly isNegation: boolean;
  readonly texts: readonly string[];
  readonly values: readonly unknown[];
}

/** Two filters that leave nothing together. */
export class Contradiction extends UsageError {
  /** By the names of their flags, without what was given for them. */
  readonly names: readonly [string, string];

  constructor(one: Asked, other: Asked) {
    super(
      `${typed(one)} and ${typed(other)} contradict each other: no record is both`,
      "Leave one of them out.",
    );
    this.names = [nameOf(one), nameOf(other)];
  }
}

/** Throws Contradiction for the first two that contradict each other. */
export function refuseContradictions(asked: readonly Asked[], scope: PlayScope): void {
  const implied = asked.map((each) =>
    each.isNegation || each.values.length === 0 ? {} : (each.row.implies?.(each.values, scope) ?? {}),
  );
  asked.forEach((one, at) => {
    for (const other of asked.slice(at + 1)) {
      if (isSameTwice(one, other) || areApart(implied[at] ?? {}, implied[asked.indexOf(other)] ?? {})) {
        throw new Contradiction(one, other);
      }
    }
  });
}

/** A value that is asked for and left out. */
function isSameTwice(one: Asked, other: Asked): boolean {
  if (one.row !== other.row || one.isNegation === other.isNegation) return false;
  const keyOf = one.row.carried?.keyOf ?? fold;
  const texts = new Set(one.texts.map(keyOf));
  return other.texts.some((text) => texts.has(keyOf(text)));
}

function areApart(one: Implied, other: Implied): boolean {
  return (Object.keys(one) as (keyof Implied)[]).some((number) => {
    const [left, right] = [one[number], other[number]];
    return left !== undefined && right !== undefined && !overlap(left, right);
  });
}

function nameOf({ name, row, isNegation }: Asked): string {
  return `${isNegation ? "not-" : ""}${flagOf(name, row)}`;
}

function typed(asked: Asked): string {
  return [`--${nameOf(asked)}`, ...asked.texts.slice(0, 1).map((text) => text.slice(0, 40))]
    .filter((part) => part !== "")
    .join(" ");
}
