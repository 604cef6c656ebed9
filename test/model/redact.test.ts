import { expect, test } from "vitest";
import { secretExamples } from "../support/secret-examples.ts";
import { containsSecret, redact, redactError } from "../../src/model/redact.ts";

const secret = "aBc/d&f='1\" é<";
const mbid = "1b022e01-4da6-387b-8658-8678046e4cef";
const encoded = encodeURIComponent(secret);
const html = secret.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
const numbered = Array.from(secret, (character) => `&#${character.codePointAt(0)};`).join("");

test.each([
  ["plain", secret],
  ["upper-cased", secret.toUpperCase()],
  ["lower-cased", secret.toLowerCase()],
  ["URL-encoded", encoded],
  ["URL-encoded twice", encodeURIComponent(encoded)],
  ["URL-encoded in lower case", encoded.toLowerCase()],
  ["HTML-escaped", html],
  ["HTML-escaped by number", numbered],
  ["in JSON", JSON.stringify(secret).slice(1, -1)],
  [
    "in JSON, all escaped",
    Array.from(secret, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  ],
])("removes a secret %s", (_, form) => {
  expect(redact(`before ${form} after ${form}`, [secret])).toBe("before … after …");
  expect(containsSecret(form, [secret])).toBe(true);
});

test.each<[string, string, string]>([
  ["in a parameter", "/2.0/?api_key=other&user=x&token=1", "/2.0/?api_key=…&user=x&token=…"],
  ["absent", "nothing here", "nothing here"],
  ...secretExamples.map(([name, example]): [string, string, string] => [
    `with the look of ${name}`,
    `no user "${example}".`,
    'no user "…".',
  ]),
  ["in an address that is an MBID", `release/${mbid}/front`, `release/${mbid}/front`],
])("handles a secret %s", (_, before, after) => {
  expect(redact(before, ["abc/def=", ""])).toBe(after);
});

test("keeps the message if a secret is only one or two letters", () => {
  expect(redact("all of it", ["a", "of"])).toBe("all of it");
});

test("an error is cleaned with its hint, its stack and its causes", () => {
  const cause = new Error("cause: hush-hush");
  const error = Object.assign(new Error("it: hush-hush", { cause }), { hint: "not HUSH-HUSH" });
  redactError(error, ["hush-hush"]);
  expect([error.message, error.hint, cause.message]).toEqual(["it: …", "not …", "cause: …"]);
  expect(`${error.stack} ${cause.stack}`).not.toContain("hush");
});
