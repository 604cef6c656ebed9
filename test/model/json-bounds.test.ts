import { expect, test } from "vitest";
import { excessOf } from "../../src/sources/transport/http-answers.ts";

const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const listOf = (values: number): string => `[${Array.from({ length: values }, () => "{}").join(",")}]`;

test.each([
  ["nothing", "", null],
  ["64 levels", nested(64), null],
  ["65 levels", nested(65), "is nested deeper than 64 levels"],
  ["20 000 levels", `{"a":${nested(20_000)}}`, "is nested deeper than 64 levels"],
  ["many short lists", `[${Array.from({ length: 1_000 }, () => nested(60)).join(",")}]`, null],
  ["brackets in text", JSON.stringify("[".repeat(100)), null],
  ["escaped quotes in text", JSON.stringify(`\\"${"[".repeat(100)}\\`), null],
  ["text without an end", `"${"[".repeat(100)}`, null],
  ["as many values as no page has", listOf(99_000), null],
  ["more values than that", listOf(101_000), "holds more than 200,000 values"],
  ["commas in text", JSON.stringify(",".repeat(300_000)), null],
])("%s", (_, json, excess) => {
  expect(excessOf(json)).toBe(excess);
});
