import { expect, test } from "vitest";
import { bar, sparkline } from "../../src/output/number-text.ts";

const unicode = { width: 24, unicode: true };
const ascii = { width: 24, unicode: false };

test.each([
  [0, ""],
  [1, "█".repeat(24)],
  [0.5, "█".repeat(12)],
  [0.699, `${"█".repeat(16)}▊`],
  [0.103, "██▌"],
  [0.0001, "▏"],
  [2, "█".repeat(24)],
])("a share of %d has its bar", (share, expected) => {
  expect(bar(share, unicode)).toBe(expected);
});

test("without UTF-8 a bar is of whole signs, and what is not nothing shows", () => {
  expect(bar(0.5, ascii)).toBe("#".repeat(12));
  expect(bar(0.001, ascii)).toBe("#");
  expect(bar(Number.NaN, ascii)).toBe("");
});

test("a sparkline starts at zero and has one sign an amount", () => {
  expect(sparkline([0, 1, 50, 100], { unicode: true })).toBe("_▁▄█");
  expect(sparkline([0, 0], { unicode: true })).toBe("__");
  expect(sparkline([0, 1, 50, 100], { unicode: false })).toBe("_.=#");
  expect(sparkline([], { unicode: true })).toBe("");
});
