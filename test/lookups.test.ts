// A table that is asked by a text from outside answers "constructor" and "__proto__" with what every object has,
// unless it is a Map. So no plain object is a table: this finds the next one by its declaration.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formOf } from "../src/model/kinds.ts";

const src = join(import.meta.dirname, "../src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const table = /^\s*(?:export )?const \w+: (?:Readonly<)?Record<string, .*= \{/;

test("no table that any text may be looked up in is a plain object", () => {
  const found = files.flatMap((name) =>
    readFileSync(join(src, name), "utf8")
      .split("\n")
      .filter((line) => table.test(line) && !line.trimEnd().endsWith("= {};"))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])(
  "a format called %s has a form like any other",
  (name) => {
    expect(formOf([{ name, quantity: 1, text: "", descriptions: [] }])).toBe(name.slice(0, 5));
  },
);
