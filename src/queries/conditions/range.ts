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

/** A hint for two ends with a dash between them: "1975-1979". Undefined for any other text. */
export function suggestRange(flag: string, text: string, end: RegExp): string | undefined {
  const [, first, last] = new RegExp(`^(${end.source})[-–](${end.source})$`).exec(text) ?? [];
  return first === undefined || last === undefined ? undefined : `Did you mean ${flag} ${first}..${last}?`;
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
  const example = `Try: ${flag} ${examples.split(", ")[0] ?? ""}`;
  const dots = text.indexOf("..");
  const first = dots === -1 ? text : text.slice(0, dots);
  const last = dots === -1 ? text : text.slice(dots + 2);
  const min = first === "" ? null : read(first, "min");
  const max = last === "" ? null : read(last, "max");
  if ((min === null && max === null) || Number.isNaN(min) || Number.isNaN(max)) {
    throw new UsageError(
      `${flag} takes ${examples}, not ${JSON.stringify(text.slice(0, 40))}`,
      suggestRange(flag, text, /[\d.]+s?/) ?? example,
    );
  }
  if (min !== null && max !== null && min > max) {
    throw new UsageError(`${flag} ${text} ends before it begins`, `Did you mean ${flag} ${last}..${first}?`);
  }
  if (Math.max(min ?? 0, max ?? 0) > limit.max) throw new UsageError(`${flag} ${limit.scale}`, example);
  return { min, max };
}
