import { expect, test } from "vitest";
import { redact, snippet } from "../../src/sources/redact.ts";

test.each([
  ["plain", "the token abc/def= is bad", "the token … is bad"],
  ["percent-encoded", "q=abc%2Fdef%3D", "q=…"],
  ["in a parameter", "/2.0/?api_key=other&user=x&token=1", "/2.0/?api_key=…&user=x&token=…"],
  ["twice", "abc/def=abc/def=", "……"],
  ["absent", "nothing here", "nothing here"],
])("a secret %s", (_, before, after) => {
  expect(redact(before, ["abc/def=", ""])).toBe(after);
});

test("a secret of a letter or two does not eat the message", () => {
  expect(redact("all of it", ["a", "of"])).toBe("all of it");
});

test("a snippet is one short printable line", () => {
  expect(snippet("<html>\n  <b>\u001b[31mhi\u0007\u202e\u200b", [])).toBe(
    "<html> <b>\\u001b[31mhi\\u0007\\u202e\\u200b",
  );
  expect(snippet(`${"x".repeat(115)}secret-token`, ["secret-token"])).toBe(`${"x".repeat(115)}…`);
  expect(snippet("y".repeat(500), [])).toBe(`${"y".repeat(119)}…`);
});
