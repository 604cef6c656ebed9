import { expect, test } from "vitest";
import { detectSlashOrder, parseDays, type SlashOrder } from "../../../src/sync/plays/parse-days.ts";

const parseText = (text: string, order: SlashOrder | null = null) => {
  const { days, unread } = parseDays(text, order);
  return { days: days.toSorted(), unread };
};

test.each([
  "2026-03-13",
  " 2026-03-13\n",
  "2026/03/13",
  "2026.3.13",
  "20260313",
  "2026-03-13T20:15:00-07:00",
  "2026-03-13 20:15",
  "2026‑03‑13",
  "２０２６-０３-１３",
  "2026年3月13日",
  "13.03.2026",
  "13. 3. 2026",
  "13/3/2026",
  "3/13/2026",
  "03-13-2026",
  "13-03-2026",
  "13 March 2026",
  "13 Mar 2026",
  "13. Mar. 2026",
  "13-Mar-2026",
  "13th of March, 2026",
  "March 13, 2026",
  "Mar 13th 2026",
  "MAR 13 2026",
  "Last played: 2026-03-13.",
  "2026-03-13 (side A only, with Anna)",
])("reads %j as the 13th of March", (text) => {
  expect(parseText(text)).toEqual({ days: ["2026-03-13"], unread: [] });
});

test.each([
  "2026-03-13, 2026-03-14",
  "2026-03-13;2026-03-14",
  "2026-03-13\r\n2026-03-14\r\n",
  "- 2026-03-13\n- 2026-03-14",
  "13.03.2026, 14.03.2026",
  "13 Mar 2026 / 14 Mar 2026",
  "2026-03-13 | 20:15\n2026-03-14 | 9:05 pm",
])("reads %j as two days", (text) => {
  expect(parseText(text)).toEqual({ days: ["2026-03-13", "2026-03-14"], unread: [] });
});

test.each([
  { text: "yes", unread: ["yes"] },
  { text: "2026", unread: ["2026"] },
  { text: "2026-03", unread: ["2026-03"] },
  { text: "2026-02-30", unread: ["2026-02-30"] },
  { text: "2026-13-01", unread: ["2026-13-01"] },
  { text: "31/31/2026", unread: ["31/31/2026"] },
  { text: "12026-03-131", unread: ["12026-03-131"] },
  { text: "13.03.26", unread: ["13.03.26"] },
  { text: "3/4/2026", unread: ["3/4/2026"] },
  { text: "0/0/2026", unread: ["0/0/2026"] },
  { text: "x".repeat(50_000), unread: ["x".repeat(50_000)] },
  { text: "x3", unread: ["x3"] },
])("reads no day in $text", ({ text, unread }) => {
  expect(parseText(text)).toEqual({ days: [], unread });
});

test("reads the days of a text and reports the rest", () => {
  expect(parseText("2026-03-13, 2026-02-30, 3/4/2026 and 5.6.26")).toEqual({
    days: ["2026-03-13"],
    unread: ["3/4/2026", "2026-02-30", "5.6.26"].toSorted((a, b) => a.localeCompare(b)),
  });
});

test("an empty text is not reported", () => {
  for (const text of ["", "  \n "]) expect(parseText(text)).toEqual({ days: [], unread: [] });
});

test("reads days with slashes in the order of the field's other days", () => {
  expect(detectSlashOrder(["3/4/2026", "13/4/2026"])).toBe("day first");
  expect(detectSlashOrder(["3/4/2026", "4-13-2026"])).toBe("month first");
  expect(detectSlashOrder(["3/4/2026", "2026-04-13", "31/31/2026"])).toBeNull();
  expect(detectSlashOrder(["13/4/2026", "4/13/2026"])).toBeNull();
  expect(parseText("3/4/2026", "day first").days).toEqual(["2026-04-03"]);
  expect(parseText("3/4/2026", "month first").days).toEqual(["2026-03-04"]);
  expect(parseText("13/4/2026", "month first").days).toEqual(["2026-04-13"]);
  expect(parseText("4/4/2026").days).toEqual(["2026-04-04"]);
});

test("long and odd texts cost no time", () => {
  const odd = [
    "1/".repeat(20_000),
    "1.1.".repeat(20_000),
    "may ".repeat(20_000),
    "2026-".repeat(20_000),
    "1".repeat(100_000),
  ];
  for (const text of odd) expect(parseDays(text, null).days).toEqual([]);
});
