// Number ranges as users type them, ends included: "10..", "..5", "2..4", "7".
import { UsageError } from "../../model/errors.ts";
import { sql, type Sql } from "../../store/file/sql.ts";

export interface Range {
  /** null: no lower limit. */
  readonly min: number | null;
  readonly max: number | null;
}

type EndParser = (text: string, end: "min" | "max") => number;

/** Parses whole numbers: "10..", "..5", "2..4", "7". Throws UsageError. */
export function parseRange(flag: string, text: string): Range {
  return parseRangeWith(flag, text, parseWholeNumberOrNaN, "10.., ..5, 2..4 or 7");
}

/** Parses fractions up to 1: "0.8..", "..0.9", "0.5..0.8", ".8..", "1". Throws UsageError. */
export function parseFractions(flag: string, text: string): Range {
  return parseRangeWith(flag, text, parseFraction, "0.8.., ..0.9, 0.5..0.8 or 1", {
    max: 1,
    scale: "goes from 0 to 1",
  });
}

/** Like parseRange, but a decade means its ten years: "1970s", "70s", "1970s..", "1965..1970s". */
export function parseYearRange(flag: string, text: string): Range {
  return parseRangeWith(flag, text, parseYear, "1970s, 1975.., ..1979 or 1971..1974");
}

/** Like parseRange up to 5, but 0 means "not rated" and is included only if it is named. */
export function parseRatingRange(flag: string, text: string): Range {
  const range = parseRangeWith(flag, text, parseWholeNumberOrNaN, "4.., 0, ..3 or 2..4", {
    max: 5,
    scale: "goes from 1 to 5, and 0 is not rated",
  });
  return range.min === null ? { ...range, min: 1 } : range;
}

/** Returns the first of these spellings that `parse` takes, as a hint. Undefined if it takes none. */
export function suggestRange(
  flag: string,
  spellings: readonly string[],
  parse: (text: string) => unknown,
): string | undefined {
  const meant = spellings.find((text) => {
    try {
      parse(text);
      return true;
    } catch (error) {
      if (error instanceof UsageError) return false;
      throw error;
    }
  });
  return meant === undefined ? undefined : `Did you mean ${flag} ${meant}?`;
}

/** Two ends with a dash or more dots between them, in either order: "1975-1979". */
export function listRangeSpellings(text: string, end: RegExp): string[] {
  const [, first, last] = new RegExp(`^(${end.source})(?:[-–]|\\.{3,})(${end.source})$`).exec(text) ?? [];
  return first === undefined || last === undefined ? [] : [`${first}..${last}`, `${last}..${first}`];
}

/** NULL is in no range. */
export function buildRangeSql(expression: Sql, { min, max }: Range): Sql {
  return sql`${expression} BETWEEN ${min ?? -Infinity} AND ${max ?? Infinity}`;
}

export function isInRanges(number: number, ranges: readonly Range[]): boolean {
  return ranges.some(({ min, max }) => number >= (min ?? -Infinity) && number <= (max ?? Infinity));
}

const parseYear: EndParser = (text, end) => {
  const [, typed] = /^((?:\d\d)?\d0)s$/.exec(text) ?? [];
  if (typed === undefined) return parseWholeNumberOrNaN(text);
  const decade = Number(typed);
  // 30s to 90s are of the last century.
  const start = decade >= 100 ? decade : decade + (decade >= 30 ? 1900 : 2000);
  return start + (end === "max" ? 9 : 0);
};

function parseWholeNumberOrNaN(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function parseFraction(text: string): number {
  return /^\d{0,9}\.\d{1,9}$/.test(text) ? Number(text) : parseWholeNumberOrNaN(text);
}

/** `limit`: the highest value, and the words for an error about a higher one. */
function parseRangeWith(
  flag: string,
  text: string,
  read: EndParser,
  examples: string,
  limit: { readonly max: number; readonly scale: string } = { max: Infinity, scale: "" },
): Range {
  const parse = (typed: string, suggest: () => string | undefined): Range => {
    const hint = (): string => suggest() ?? `Try: ${flag} ${examples.split(", ")[0] ?? ""}`;
    const dots = typed.indexOf("..");
    const first = dots === -1 ? typed : typed.slice(0, dots);
    const last = dots === -1 ? typed : typed.slice(dots + 2);
    const min = first === "" ? null : read(first, "min");
    const max = last === "" ? null : read(last, "max");
    if ((min === null && max === null) || Number.isNaN(min) || Number.isNaN(max)) {
      throw new UsageError(`${flag} takes ${examples}, not ${JSON.stringify(typed.slice(0, 40))}`, hint());
    }
    if (min !== null && max !== null && min > max)
      throw new UsageError(`${flag} ${typed} ends before it begins`, hint());
    if (Math.max(min ?? 0, max ?? 0) > limit.max) throw new UsageError(`${flag} ${limit.scale}`, hint());
    return { min, max };
  };
  return parse(text, () =>
    suggestRange(flag, listMeantRanges(text), (meant) => parse(meant, () => undefined)),
  );
}

/** Lists the ranges that such a text may mean: 5+ is 5.., 5-10 is 5..10, 10..5 is 5..10. */
function listMeantRanges(text: string): string[] {
  const number = String.raw`\d*\.?\d+s?`;
  const [, from] = new RegExp(`^(?=>=|.*[+–-]$)(?:>=\\s*)?(${number})[+–-]?$`).exec(text) ?? [];
  const [, to] = new RegExp(`^(?:<=|[-–])\\s*(${number})$`).exec(text) ?? [];
  const [, first, last] = new RegExp(`^(${number})\\.\\.(${number})$`).exec(text) ?? [];
  return [
    ...listRangeSpellings(text, new RegExp(number)),
    ...(from === undefined ? [] : [`${from}..`]),
    ...(to === undefined ? [] : [`..${to}`]),
    ...(first === undefined || last === undefined ? [] : [`${last}..${first}`]),
  ];
}
