import { expect, test } from "vitest";
import { UsageError } from "../../../src/model/errors.ts";
import {
  parseFractions,
  parseRange,
  parseRatingRange,
  parseYearRange,
} from "../../../src/queries/conditions/range.ts";

test.each([
  ["10..", 10, null],
  ["..5", null, 5],
  ["2..4", 2, 4],
  ["7", 7, 7],
  ["0", 0, 0],
])("parses the range %s", (text, min, max) => {
  expect(parseRange("--plays", text)).toEqual({ min, max });
});

test.each(["", "..", "a", "3-5", "5..2", "1...", "-1", "1e3", "1..2..3", " 5", "5 ..", "1970s", "∞"])(
  "refuses %j as a range",
  (text) => {
    expect(() => parseRange("--plays", text)).toThrow(UsageError);
    expect(() => parseRange("--plays", text)).toThrow(/^--plays /);
  },
);

test.each([
  ["0.8..", 0.8, null],
  [".8..", 0.8, null],
  ["...9", null, 0.9],
  [".5...8", 0.5, 0.8],
  ["0.5..0.75", 0.5, 0.75],
  ["1", 1, 1],
])("parses the fractions %s", (text, min, max) => {
  expect(parseFractions("--confidence", text)).toEqual({ min, max });
});

test("accepts only whole numbers for counts", () => {
  for (const parse of [parseRange, parseRatingRange, parseYearRange]) {
    for (const text of ["...9", "0.5..", "1.5"])
      expect(() => parse("--plays", text)).toThrow(/^--plays takes /);
  }
});

test.each([
  ["1970s", 1970, 1979],
  ["70s", 1970, 1979],
  ["20s", 2020, 2029],
  ["1977", 1977, 1977],
])("parses the years %s", (text, min, max) => {
  expect(parseYearRange("--year", text)).toEqual({ min, max });
});

test.each(["75s", "1975s", "s", "1970s..1960s"])("refuses %j as a range of years", (text) => {
  expect(() => parseYearRange("--year", text)).toThrow(UsageError);
});

test.each([
  ["..3", 1, 3],
  ["0..3", 0, 3],
  ["0", 0, 0],
  ["4..", 4, null],
])("includes unrated records in the rating %s only if 0 is named", (text, min, max) => {
  expect(parseRatingRange("--rating", text)).toEqual({ min, max });
});

test.each([
  [parseRatingRange, "6"],
  [parseRatingRange, "6.."],
  [parseRatingRange, "0..90"],
  [parseFractions, "2"],
  [parseFractions, "0.5..1.1"],
] as const)("a number that no record reaches is refused: %o %s", (parse, text) => {
  expect(() => parse("--it", text)).toThrow(/^--it goes from /);
});

const parsers = { parseRange, parseYearRange, parseRatingRange, parseFractions };

function getHint(parse: (flag: string, text: string) => unknown, text: string): string {
  try {
    parse("--x", text);
  } catch (error) {
    if (error instanceof UsageError) return error.hint ?? "";
  }
  return "";
}

test.each<[parser: keyof typeof parsers, text: string, meant: string]>([
  ["parseRange", "5-10", "5..10"],
  ["parseRange", "10-5", "5..10"],
  ["parseRange", "10..5", "5..10"],
  ["parseRange", "5...10", "5..10"],
  ["parseRange", "5+", "5.."],
  ["parseRange", "5-", "5.."],
  ["parseRange", "-5", "..5"],
  ["parseRange", ">=5", "5.."],
  ["parseRange", "<=5", "..5"],
  ["parseYearRange", "1975-1979", "1975..1979"],
  ["parseYearRange", "1979-1975", "1975..1979"],
  ["parseYearRange", "1980s-1970s", "1970s..1980s"],
  ["parseYearRange", "1980s..1970s", "1970s..1980s"],
  ["parseYearRange", "1975+", "1975.."],
  ["parseRatingRange", "3-4", "3..4"],
  ["parseFractions", "0.5-0.8", "0.5..0.8"],
  ["parseFractions", "0.8..0.5", "0.5..0.8"],
])("%s %s: did you mean %s?", (parser, text, meant) => {
  expect(getHint(parsers[parser], text)).toBe(`Did you mean --x ${meant}?`);
});

test.each<[parser: keyof typeof parsers, text: string]>([
  ["parseRange", "..-5"],
  ["parseRange", "-5.."],
  ["parseRange", "--5"],
  ["parseRange", "5--10"],
  ["parseRange", "1..2..3"],
  ["parseRange", "1.5-2.5"],
  ["parseRange", "1970s-1980s"],
  ["parseRange", "5s+"],
  ["parseYearRange", "75s-79s"],
  ["parseRatingRange", "3-9"],
  ["parseRatingRange", "9-3"],
  ["parseFractions", "0.5-2"],
  ["parseFractions", "..-0.5"],
])("%s suggests nothing for %s that it refuses itself", (parser, text) => {
  expect(getHint(parsers[parser], text)).toMatch(/^Try: /);
});
