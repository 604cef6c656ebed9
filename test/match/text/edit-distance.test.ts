import { array, assert, constantFrom, integer, nat, property, string } from "fast-check";
import * as library from "fastest-levenshtein";
import { expect, test, vi } from "vitest";
import { distance, editsWithin } from "../../../src/match/text/edit-distance.ts";

vi.mock(import("fastest-levenshtein"), async (original) => {
  const actual = await original();
  return { ...actual, distance: vi.fn<typeof actual.distance>(actual.distance) };
});

const letters = string({ unit: constantFrom("a", "b", "c"), maxLength: 8 });

test("a long name is as far from another as a short one: a common beginning changes nothing", () => {
  assert(
    property(letters, letters, integer({ min: 0, max: 4 }), (one, other, limit) => {
      const beginning = "xyz".repeat(100);
      expect(editsWithin(beginning + one, beginning + other, limit)).toBe(editsWithin(one, other, limit));
    }),
    { seed: 7, numRuns: 1000 },
  );
});

test("edits all over a long name are counted up to the limit", () => {
  assert(
    property(
      array(nat(299), { maxLength: 6 }),
      constantFrom("", "q", "qq"),
      integer({ min: 1, max: 4 }),
      (places, put, limit) => {
        const one = "abcdefghij".repeat(30);
        const other = places.reduce((text, at) => text.slice(0, at) + put + text.slice(at + 1), one);
        const all = distance(one, other);
        const counted = editsWithin(one, other, limit);
        expect(counted === Math.min(all, limit + 1) || (all === 2 && counted === 1)).toBe(true);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});

test("the library, whose work grows with the square, never sees names longer than any real one", () => {
  const asked = vi.mocked(library.distance);
  asked.mockClear();
  const long = "abcdefghij".repeat(10_000);
  expect(editsWithin(long, `${long.slice(0, 50_000)}x${long.slice(50_001)}`, 4)).toBe(5);
  expect(editsWithin(long, "klmnopqrst".repeat(10_000), 4)).toBe(5);
  expect(asked).not.toHaveBeenCalled();
  expect(editsWithin("in rainbows", "in rainbow", 4)).toBe(1);
  expect(asked).toHaveBeenCalledOnce();
});
