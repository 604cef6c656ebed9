import { expect, test } from "vitest";
import { headOf, isWholeCollection, onlyGrew, type Head } from "../../../src/sync/shelf/collection.ts";
import { inventRecords, inventTitles } from "../../support/generate.ts";

const shelf = inventRecords(inventTitles(120), 120).toReversed();

/** The head of a shelf given newest first. */
function head(rows: typeof shelf, total = rows.length): Head {
  return headOf({ page: 1, pages: Math.max(1, Math.ceil(total / 100)), total, rows: rows.slice(0, 100) });
}

const added = (n: number) =>
  shelf.slice(0, n).map((row, at) => ({
    ...row,
    instanceId: 90_000_000 + at,
    dateAdded: `2025-11-${String(10 + at)}T10:00:00-08:00`,
  }));

test.each([
  ["nothing happened", shelf, true],
  ["some were added", [...added(3), ...shelf], true],
  ["one was removed at the top", shelf.slice(1), false],
  ["one was removed below the head", shelf.slice(0, -1), false],
  ["one was added and one removed at the top", [...added(1), ...shelf.slice(1)], false],
  ["one was added and one removed below", [...added(1), ...shelf.slice(0, -1)], false],
  ["one was re-dated out of the head", [...shelf.slice(1), ...shelf.slice(0, 1)], false],
  ["one was re-dated into the head", [...shelf.slice(-1), ...shelf.slice(0, -1)], false],
])("%s", (_, after, expected) => {
  expect(onlyGrew(head(shelf), head(after))).toBe(expected);
});

test("the order of records with one date does not matter", () => {
  const date = shelf[90]?.dateAdded ?? null;
  const tied = shelf.map((row, at) => (at < 90 ? row : { ...row, dateAdded: date }));
  const shuffled = [...tied.slice(0, 90), ...tied.slice(90).toReversed()];
  expect(onlyGrew(head(tied), head(shuffled))).toBe(true);
});

test("a head is the whole collection if it lists as many records as it counts", () => {
  expect(isWholeCollection(head(shelf.slice(0, 100)))).toBe(true);
  expect(isWholeCollection(head([]))).toBe(true);
  expect(isWholeCollection(head(shelf))).toBe(false);
  expect(isWholeCollection(head(shelf.slice(0, 40), 41))).toBe(false);
  expect(isWholeCollection(head([...shelf.slice(0, 40), ...shelf.slice(0, 1)]))).toBe(false);
});
