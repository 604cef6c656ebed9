import { expect, test } from "vitest";
import * as decode from "../../src/model/decode.ts";
import {
  decodeExactCount,
  getField,
  decodeId,
  decodeItems,
  Malformed,
  decodeShortText,
  requireField,
  createRootNode,
} from "../../src/model/decode.ts";

const nowMs = Date.UTC(2026, 2, 12);
const bounds = { nowMs, isLoopback: false };
const tomorrow = nowMs / 1000 + 86_400;

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
  ["constructor", "constructor"],
  ["x".repeat(100_000), "x".repeat(1_000)],
])("decodes the name of %j as %j", (value, expected) => {
  expect(decodeShortText(createRootNode(value))).toBe(expected);
});

test.each([
  [12, 12],
  ["12", 12],
  [" 12 ", 12],
  [null, null],
  [undefined, null],
  ["1.5", null],
  ["-1", null],
  ["1e300", null],
  [-1, null],
  ["9".repeat(400), null],
])("decodes a count of %j as %j", (value, expected) => {
  expect(decode.decodeCountOrNull(createRootNode(value))).toBe(expected);
});

test.each(["12a", "many", true, [], {}, [1]])("refuses %j as a count", (value) => {
  expect(() => decode.decodeCountOrNull(createRootNode(value))).toThrow(Malformed);
});

test.each([
  [0, 0],
  [5, 5],
  [tomorrow, tomorrow],
  [tomorrow + 1, 0],
  [8.64e12, 0],
  ["8640000000000", 0],
  [-86_400, 0],
  [1.5, 0],
])("decodes the time %j as %j", (value, expected) => {
  expect(decode.decodeUts(createRootNode(value, bounds))).toBe(expected);
});

test.each([
  ["2026-03-11T16:05:58-07:00", true],
  ["2026-03-11T16:05:58.123Z", true],
  ["1969-12-31T16:00:00-08:00", true],
  ["1969-12-31T15:59:59-08:00", false],
  ["2026-03-13T00:00:00Z", true],
  ["9999-12-31T23:59:59Z", false],
  ["+275760-09-13T00:00:00Z", false],
  ["2026-13-41T16:05:58-07:00", false],
  ["2026", false],
  ["yesterday", false],
  ["", false],
])("accepts the instant %j: %s", (value, isTaken) => {
  expect(decode.decodeInstantOrNull(createRootNode(value, bounds))).toBe(isTaken ? value : null);
});

test.each([
  ["https://i.discogs.com/a/b.jpeg", true],
  ["https://www.last.fm/music/A+B/_/C", true],
  ["https://discogs.com/", true],
  ["http://www.last.fm/music/A", false],
  ["https://www.last.fm.example.org/", false],
  ["https://notdiscogs.com/", false],
  ["https://www.discogs.com:8443/", false],
  ["https://me:word@www.discogs.com/", false],
  ["ssh://-oProxyCommand=x@www.discogs.com/", false],
  ["javascript:alert(1)//www.discogs.com", false],
  [`https://www.last.fm/${"x".repeat(2_000)}`, false],
  ["", false],
])("accepts the address %j: %s", (value, isTaken) => {
  expect(decode.decodeUrlOrNull(createRootNode(value, bounds))).toBe(isTaken ? value : null);
});

test("addresses of this machine are valid if the service runs on it", () => {
  const local = { nowMs, isLoopback: true };
  const address = "http://127.0.0.1:8080/cover.jpeg";
  expect(decode.decodeUrlOrNull(createRootNode(address, local))).toBe(address);
  expect(decode.decodeUrlOrNull(createRootNode("http://10.0.0.1/cover.jpeg", local))).toBe(null);
});

test.each([
  ["f00dcafe-1111-4222-8333-444455556666", true],
  ["m", false],
  ["", false],
])("accepts the MBID %j: %s", (value, isTaken) => {
  expect(decode.decodeMbidOrNull(createRootNode(value))).toBe(isTaken ? value : null);
});

test.each([
  [undefined, 0],
  [null, 0],
  ["", 0],
  [[], 0],
  [{ a: 1 }, 1],
  [[{}, {}], 2],
])("counts the items of %j as %i", (value, length) => {
  expect(decodeItems(createRootNode(value))).toHaveLength(length);
});

test("a name from Object.prototype is not a field of an answer", () => {
  expect(decode.isMissing(getField(createRootNode({}), "constructor"))).toBe(true);
  expect(decode.isMissing(getField(createRootNode({}), "__proto__"))).toBe(true);
  expect(decodeShortText(getField(createRootNode(JSON.parse('{"__proto__":"x"}')), "__proto__"))).toBe("x");
});

test("an error names the path of the field, but not its value", () => {
  const body = createRootNode({
    list: [{ name: "a" }, { name: { is: 1 }, size: "big", key: -1 }],
    lone: { name: [] },
    word: "w",
    long: Array.from({ length: 2_001 }, () => 1),
  });
  const second = decodeItems(getField(body, "list"))[1] ?? createRootNode(null);
  const lone = decodeItems(getField(body, "lone"))[0] ?? createRootNode(null);
  const complaints = [
    () => decodeShortText(getField(second, "name")),
    () => decodeExactCount(getField(second, "size")),
    () => decodeExactCount(getField(second, "weight")),
    () => decodeExactCount(getField(second, "key")),
    () => decodeId(getField(second, "key")),
    () => decodeId(getField(second, "nothing")),
    () => requireField(second, "weight"),
    () => decodeShortText(getField(lone, "name")),
    () => decodeItems(getField(body, "word")),
    () => decodeItems(getField(body, "long")),
    () => getField(getField(body, "word"), "letter"),
    () => getField(getField(body, "nothing"), "more"),
    () => getField(createRootNode([]), "list"),
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
    "list[1].size is text, not a whole number",
    "list[1].weight is missing",
    "list[1].key is out of range",
    "list[1].key is out of range",
    "list[1].nothing is missing",
    "list[1].weight is missing",
    "lone.name is a list, not text",
    "word is text, not a list",
    "long holds more than 2000 rows",
    "word is text, not an object",
    "nothing is missing",
    "the answer is a list, not an object",
  ]);
});
