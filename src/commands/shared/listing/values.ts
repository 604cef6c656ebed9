// Values on the command line: each is right or an error that says what would be.
import { UsageError } from "../../../model/errors.ts";

/** A whole number within bounds, ends included. */
export function wholeNumber(
  flag: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) {
      const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
      throw new UsageError(
        `${flag} takes a whole number ${range}, not ${JSON.stringify(text.slice(0, 40))}`,
        `Try: ${flag} ${number > most || Number(text) > most ? most : least}`,
      );
    }
    return number;
  };
}

/** More of one option than anybody types; a statement in SQL with thousands is refused by SQLite. */
const mostRepeated = 200;

/** Collects the values of an option that may be repeated. */
export function repeated<Value>(parse: (text: string) => Value): (text: string, before: unknown) => Value[] {
  return (text, before) => {
    const held = Array.isArray(before) ? (before as Value[]) : [];
    if (held.length === mostRepeated) {
      throw new UsageError(
        `an option can be repeated at most ${mostRepeated} times`,
        "Filter by something that these have in common.",
      );
    }
    return [...held, parse(text)];
  };
}

export const text = (value: string): string => value;
