import { afterEach, describe, expect, test } from "vitest";
import { UsageError } from "../../../src/model/errors.ts";
import { parsePeriod } from "../../../src/queries/conditions/period.ts";

const zone = process.env["TZ"];
afterEach(() => {
  // A change of the variable is what makes the clock read it again.
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

function setTimeZone(name: string): void {
  process.env["TZ"] = name;
}

const parseUts = (iso: string): number => Date.parse(iso) / 1000;
const toIsoTime = (seconds: number | null): string | null =>
  seconds === null ? null : new Date(seconds * 1000).toISOString().replace(".000Z", "Z");

function parsePeriodBounds(text: string, now = "2026-03-14T12:00:00Z"): [string | null, string | null] {
  const { fromUts, toUts } = parsePeriod("--played", text, parseUts(now));
  return [toIsoTime(fromUts), toIsoTime(toUts)];
}

test.each([
  // Last month is of the year before in January; on the first of a month yesterday is of the month before.
  ["2026-01-01T12:00:00Z", "last-month", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z"],
  ["2026-01-01T12:00:00Z", "yesterday", "2025-12-31T00:00:00Z", "2026-01-01T00:00:00Z"],
  ["2026-01-01T12:00:00Z", "friday", "2025-12-26T00:00:00Z", "2025-12-27T00:00:00Z"],
  ["2024-03-31T23:59:00Z", "last-month", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"],
  // Weeks begin on Monday: a Sunday is the last day of one, a Monday the first of the next.
  ["2026-03-15T23:59:00Z", "this-week", "2026-03-09T00:00:00Z", "2026-03-16T00:00:00Z"],
  ["2026-03-16T00:00:00Z", "this-week", "2026-03-16T00:00:00Z", "2026-03-23T00:00:00Z"],
  ["2026-03-15T23:59:00Z", "last-week", "2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z"],
  ["2026-01-01T12:00:00Z", "last-week", "2025-12-22T00:00:00Z", "2025-12-29T00:00:00Z"],
  // Up to today, without it.
  ["2026-03-14T12:00:00Z", "week", "2026-03-07T00:00:00Z", "2026-03-14T00:00:00Z"],
  ["2026-03-31T12:00:00Z", "month", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "year", "2025-03-14T00:00:00Z", "2026-03-14T00:00:00Z"],
  // The names that stats --over quarter prints.
  ["2026-03-14T12:00:00Z", "2025-Q1", "2025-01-01T00:00:00Z", "2025-04-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "2025-q4", "2025-10-01T00:00:00Z", "2026-01-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "this quarter", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"],
  ["2026-02-14T12:00:00Z", "last-quarter", "2025-10-01T00:00:00Z", "2026-01-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "last month", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", " Last  Year ", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"],
  // The last such month or quarter that has begun.
  ["2026-03-14T12:00:00Z", "nov", "2025-11-01T00:00:00Z", "2025-12-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "November", "2025-11-01T00:00:00Z", "2025-12-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "march", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "sept", "2025-09-01T00:00:00Z", "2025-10-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "q1", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "q2", "2025-04-01T00:00:00Z", "2025-07-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "nov 2023", "2023-11-01T00:00:00Z", "2023-12-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "2023 Nov", "2023-11-01T00:00:00Z", "2023-12-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "Q1 2025", "2025-01-01T00:00:00Z", "2025-04-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "2025Q4", "2025-10-01T00:00:00Z", "2026-01-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "2024Q4..Q1 2025", "2024-10-01T00:00:00Z", "2025-04-01T00:00:00Z"],
  ["2026-03-14T12:00:00Z", "nov..feb", "2025-11-01T00:00:00Z", "2026-03-01T00:00:00Z"],
] as const)("parses at %s the period %s", (now, text, from, to) => {
  setTimeZone("UTC");
  expect(parsePeriodBounds(text, now)).toEqual([from, to]);
});

describe.each([
  {
    name: "Europe/Berlin",
    spans: [
      ["2024", "2023-12-31T23:00:00Z", "2024-12-31T23:00:00Z"],
      ["2024-02-29", "2024-02-28T23:00:00Z", "2024-02-29T23:00:00Z"],
      // Summer time begins: a day of 23 hours. It ends: one of 25.
      ["2025-03-30", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"],
      ["2024-06..", "2024-05-31T22:00:00Z", null],
      ["..2023", null, "2023-12-31T23:00:00Z"],
      ["2024-06-01..2024-06", "2024-05-31T22:00:00Z", "2024-06-30T22:00:00Z"],
      ["1y", "2025-03-13T23:00:00Z", null],
      ["..1y", null, "2025-03-13T23:00:00Z"],
      ["2y..1y", "2024-03-13T23:00:00Z", "2025-03-13T23:00:00Z"],
      ["2023..1y", "2022-12-31T23:00:00Z", "2025-03-13T23:00:00Z"],
      ["90d", "2025-12-13T23:00:00Z", null],
      ["12w", "2025-12-19T23:00:00Z", null],
      // Midnight stays midnight, in summer time then and in winter time now.
      ["6mo", "2025-09-13T22:00:00Z", null],
      ["today", "2026-03-13T23:00:00Z", "2026-03-14T23:00:00Z"],
      ["yesterday", "2026-03-12T23:00:00Z", "2026-03-13T23:00:00Z"],
      ["saturday", "2026-03-13T23:00:00Z", "2026-03-14T23:00:00Z"],
      ["Monday", "2026-03-08T23:00:00Z", "2026-03-09T23:00:00Z"],
      ["sunday", "2026-03-07T23:00:00Z", "2026-03-08T23:00:00Z"],
      ["ytd", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z"],
      ["last-year", "2024-12-31T23:00:00Z", "2025-12-31T23:00:00Z"],
      ["last-year..last-month", "2024-12-31T23:00:00Z", "2026-02-28T23:00:00Z"],
      ["..yesterday", null, "2026-03-13T23:00:00Z"],
    ],
  },
  {
    name: "America/New_York",
    spans: [
      ["2024", "2024-01-01T05:00:00Z", "2025-01-01T05:00:00Z"],
      ["2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"],
      ["6mo", "2025-09-14T04:00:00Z", null],
    ],
  },
  {
    // The clock skips midnight: the day begins at one.
    name: "America/Sao_Paulo",
    spans: [
      ["2018-11-03", "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"],
      ["2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"],
    ],
  },
] as const)("in $name", ({ name, spans }) => {
  test.each<readonly [string, string | null, string | null]>(spans)("%s", (text, from, to) => {
    setTimeZone(name);
    expect(parsePeriodBounds(text)).toEqual([from, to]);
  });

  test("covers the days of a year without a gap, leap days included", () => {
    setTimeZone(name);
    for (const year of [2018, 2024]) {
      let [, end] = parsePeriodBounds(String(year - 1));
      for (let month = 1; month <= 12; month += 1) {
        const prefix = `${year}-${String(month).padStart(2, "0")}`;
        expect(parsePeriodBounds(prefix)[0]).toBe(end);
        const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
        for (let day = 1; day <= days; day += 1) {
          const span = parsePeriodBounds(`${prefix}-${String(day).padStart(2, "0")}`);
          expect(span[0]).toBe(end);
          end = span[1];
        }
        expect(() => parsePeriodBounds(`${prefix}-${days + 1}`)).toThrow(UsageError);
        expect(parsePeriodBounds(prefix)[1]).toBe(end);
      }
      expect(parsePeriodBounds(String(year))[1]).toBe(end);
    }
  });
});

test("uses the last day of a month that has no such day", () => {
  setTimeZone("UTC");
  expect(parsePeriodBounds("1mo", "2026-03-31T12:00:00Z")[0]).toBe("2026-02-28T00:00:00Z");
  expect(parsePeriodBounds("1mo", "2024-03-31T12:00:00Z")[0]).toBe("2024-02-29T00:00:00Z");
  expect(parsePeriodBounds("1y", "2024-02-29T12:00:00Z")[0]).toBe("2023-02-28T00:00:00Z");
  expect(parsePeriodBounds("4y", "2024-02-29T12:00:00Z")[0]).toBe("2020-02-29T00:00:00Z");
  expect(parsePeriodBounds("15mo", "2026-03-14T12:00:00Z")[0]).toBe("2024-12-14T00:00:00Z");
});

test.each([
  "",
  "..",
  "2023-02-29",
  "2024-13",
  "2024-00-10",
  "2024-1",
  "24",
  "tomorrow",
  "last",
  "ma",
  "novembers",
  "2024-Q5",
  "1y6mo",
  "-5d",
  "2024..2023",
  "1y..2y",
  "12024",
  "0999",
  "1970s",
])("refuses %j as a period", (text) => {
  expect(() => parsePeriodBounds(text)).toThrow(UsageError);
  expect(() => parsePeriodBounds(text)).toThrow(/^--played /);
});

test.each([
  ["2020-2023", "2020..2023"],
  ["2023-2020", "2020..2023"],
  ["2024-06-2024-09", "2024-06..2024-09"],
  ["2020...2023", "2020..2023"],
])("%s: did you mean %s?", (text, meant) => {
  expect(() => parsePeriod("--during", text, parseUts("2026-03-14T12:00:00Z"))).toThrow(
    expect.objectContaining({ hint: `Did you mean --during ${meant}?` }) as Error,
  );
});
