import { expect, test } from "vitest";
import { toPrintable, toPrintableLines } from "../../src/output/safe-text.ts";
import { encodeJson } from "../../src/output/json.ts";

test.each([
  ["plain", "plain"],
  ["\u001b[31mred", "[31mred"],
  ["\u009b2Jcleared", "2Jcleared"],
  ["two\nlines\tand a tab", "two lines and a tab"],
  ["\u202edrawkcab", "drawkcab"],
  ["\u2066isolated\u2069", "isolated"],
  ["bell\u0007", "bell"],
  ["half \ud83d", "half \ufffd"],
  ["Sigur Rós 桃の羽 👩‍👩‍👧", "Sigur Rós 桃の羽 👩‍👩‍👧"],
])("%j is shown as %j", (text, shown) => {
  expect(toPrintable(text)).toBe(shown);
});

test("JSON keeps its value and loses what a terminal would obey", () => {
  const value = { title: "\u009b2J \u202e \u001b[31m \u2028 ok" };
  const text = encodeJson(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toMatch(/^[\x20-\x7e]*$/);
});

test("keeps line breaks and removes other control characters in a text of several lines", () => {
  expect(toPrintableLines("Error: \u001b[2J\n    at one\r\n    at two")).toBe(
    "Error: [2J\n    at one \n    at two",
  );
});
