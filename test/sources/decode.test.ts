import { expect, test } from "vitest";
import {
  count,
  countOrNull,
  field,
  items,
  Malformed,
  required,
  root,
  text,
  textOrNull,
} from "../../src/sources/decode.ts";

test.each([
  [undefined, ""],
  [null, ""],
  ["", ""],
  ["桜", "桜"],
  [7, "7"],
  ["a\u0000\u001b[31mb\u0085", "a\u0000\u001b[31mb\u0085"],
  ["\ud83d\ude00", "\ud83d\ude00"],
  ["\ud83d", "\ufffd"],
  ["a\ude00b", "a\ufffdb"],
])("text of %j is %j", (value, expected) => {
  expect(text(root(value))).toBe(expected);
  expect(textOrNull(root(value))).toBe(expected === "" ? null : expected);
});

test.each([
  [12, 12],
  ["12", 12],
  [" 12 ", 12],
  ["0", 0],
  ["", null],
  [null, null],
  [undefined, null],
])("a count of %j is %j", (value, expected) => {
  expect(countOrNull(root(value))).toBe(expected);
});

test.each(["1.5", "-1", "1e3", "12a", 1.5, -1, Number.NaN, 1e300, "9".repeat(20), true, [], {}, [1]])(
  "%j is no count",
  (value) => {
    expect(() => countOrNull(root(value))).toThrow(Malformed);
  },
);

test.each([
  [undefined, 0],
  [null, 0],
  ["", 0],
  [[], 0],
  [{ a: 1 }, 1],
  [[{}, {}], 2],
])("the items of %j are %i", (value, length) => {
  expect(items(root(value))).toHaveLength(length);
});

test("what is wrong is told with the way to it", () => {
  const body = root({
    list: [{ name: "a" }, { name: { is: 1 }, size: "big" }],
    lone: { name: [] },
    word: "w",
  });
  const second = items(field(body, "list"))[1] ?? root(null);
  const lone = items(field(body, "lone"))[0] ?? root(null);
  const complaints = [
    () => text(field(second, "name")),
    () => count(field(second, "size")),
    () => count(field(second, "weight")),
    () => required(second, "weight"),
    () => text(field(lone, "name")),
    () => items(field(body, "word")),
    () => field(field(body, "word"), "letter"),
    () => field(field(body, "nothing"), "more"),
    () => field(root([]), "list"),
  ].map((read) => {
    try {
      read();
      return "read";
    } catch (error) {
      return error instanceof Malformed ? error.message : String(error);
    }
  });
  expect(complaints).toEqual([
    "list[1].name is an object, not text",
    "list[1].size is not a whole number",
    "list[1].weight is missing",
    "list[1].weight is missing",
    "lone.name is a list, not text",
    "word is text, not a list",
    "word is text, not an object",
    "nothing is missing",
    "the answer is a list, not an object",
  ]);
});
