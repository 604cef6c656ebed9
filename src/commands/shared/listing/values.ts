// Parsers for values on the command line. Each throws a UsageError that says which values are allowed.
import { UsageError } from "../../../model/errors.ts";

/** Accepts a whole number from `least` to `most`. */
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

/** SQLite refuses statements with thousands of conditions. */
const mostRepeated = 200;

/** Collects the values of a repeatable option. */
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
