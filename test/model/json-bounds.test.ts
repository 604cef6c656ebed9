import { expect, test } from "vitest";
import { hasExcess } from "../../src/sources/transport/http-answers.ts";

const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const listOf = (values: number): string => `[${Array.from({ length: values }, () => "{}").join(",")}]`;

test.each([
  ["nothing", "", false],
  ["as many levels as no answer has", nested(199_999), false],
  ["more levels than that", nested(200_000), true],
  ["as many values as no page has", listOf(99_000), false],
  ["more values than that", listOf(101_000), true],
])("%s", (_, json, isExcess) => {
  expect(hasExcess(json)).toBe(isExcess);
});

test("text as deep as allowed takes little to read", () => {
  expect(() => JSON.parse(nested(199_999)) as unknown).not.toThrow();
});
