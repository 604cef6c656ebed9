import { beforeEach, expect, test, vi } from "vitest";
import {
  formatAge,
  formatLongAge,
  formatDuration,
  formatDay,
  formatLongDay,
} from "../../src/output/format-dates.ts";

beforeEach(() => void vi.stubEnv("TZ", "Pacific/Auckland"));

test("formats days in the local time zone", () => {
  const lateEvening = Date.UTC(2026, 1, 14, 20) / 1000;
  expect(formatDay(lateEvening)).toBe("2026-02-15");
  expect(formatLongDay(lateEvening)).toBe("15 Feb 2026");
});

const hour = 3600;
const day = 24 * hour;

test.each([
  [-day, "a moment"],
  [0, "a moment"],
  [12 * 60, "12 min"],
  [2 * hour, "2 h"],
  [47 * hour, "47 h"],
  [40 * day, "40 days"],
  [100 * day, "3 mo"],
  [856 * day, "2 y 4 mo"],
])("formats %i seconds as %s", (seconds, text) => {
  const nowUts = Date.parse("2026-12-01T09:00+13:00") / 1000;
  expect(formatAge(nowUts - seconds, nowUts)).toBe(text);
});

test.each([
  ["2026-11-28", "2 days"],
  ["2026-01-31", "10 mo"],
  ["2026-01-30", "10 mo"],
  ["2023-12-01", "3 y 0 mo"],
  ["2023-12-02", "2 y 11 mo"],
])("the age from the evening of %s to the morning of 1 December 2026 is %s", (since, text) => {
  const sinceUts = Date.parse(`${since}T22:00+13:00`) / 1000;
  expect(formatAge(sinceUts, Date.parse("2026-12-01T09:00+13:00") / 1000)).toBe(text);
});

test.each([
  [0.31, "0.3 s"],
  [4.04, "4 s"],
  [59, "59 s"],
  [68, "1 min 8 s"],
  [3700, "1 h 1 min"],
])("formats a duration of %d seconds as %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  ["2026-03-14T00:30", "today"],
  ["2026-03-13T23:30", "1 day"],
  ["2026-01-15T23:30", "58 days"],
  ["2026-01-13T23:30", "2 months"],
  ["2025-03-15T01:00", "11 months"],
  ["2025-03-14T23:30", "1 year"],
  ["2024-02-14T01:00", "2 years 1 month"],
])("formats the time from %s to 14 March 2026 as %s", (since, text) => {
  vi.stubEnv("TZ", "UTC");
  const now = Date.UTC(2026, 2, 14, 12) / 1000;
  expect(formatLongAge(Date.parse(`${since}:00Z`) / 1000, now)).toBe(text);
});
