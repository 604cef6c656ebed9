import { expect, test } from "vitest";
import { renderBar, renderSparkline } from "../../src/output/format-numbers.ts";

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
])("draws a bar for a share of %d", (share, expected) => {
  expect(renderBar(share, unicode)).toBe(expected);
});

test("draws bars of whole characters without UTF-8, and shows any share above zero", () => {
  expect(renderBar(0.5, ascii)).toBe("#".repeat(12));
  expect(renderBar(0.001, ascii)).toBe("#");
  expect(renderBar(Number.NaN, ascii)).toBe("");
});

test("draws a sparkline from zero with one character per amount", () => {
  expect(renderSparkline([0, 1, 50, 100], { unicode: true })).toBe("_▁▄█");
  expect(renderSparkline([0, 0], { unicode: true })).toBe("__");
  expect(renderSparkline([0, 1, 50, 100], { unicode: false })).toBe("_.=#");
  expect(renderSparkline([], { unicode: true })).toBe("");
});
