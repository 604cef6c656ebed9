// The keys that help lists are those that --json has: every command that describes its JSON is asked.
import { expect, test } from "vitest";
import { contents, declarationOf } from "../../src/program/contents.ts";
import { formsInWords, type AnyKeys, type JsonForm } from "../../src/queries/document.ts";
import { runCliJson } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

/** What a command needs beside --json so that no list of its answer is empty, form by form. */
const needed = new Map<string, readonly (readonly string[])[]>([
  ["stats", [[], ["--by", "genre"]]],
  ["dusty", [["--spins", "1..", "--idle", "1d", "--all"]]],
]);

const described: { name: string; form: JsonForm; argv: readonly string[] }[] = [];
for (const entry of contents) {
  const { json } = await declarationOf(entry);
  for (const [at, form] of ((await json?.()) ?? []).entries()) {
    described.push({
      name: `${entry.name} ${form.when ?? ""}`.trim(),
      form,
      argv: [entry.name, "--json", ...(needed.get(entry.name)?.[at] ?? [])],
    });
  }
}

test.each(described)("$name: the keys described are those there", async ({ form, argv }) => {
  expect(missing(form.keys, await runCliJson(argv, { home: await sampleHome() }), "")).toEqual([]);
});

/** Where the value and its description differ. */
function missing(keys: AnyKeys, value: unknown, at: string): string[] {
  if (typeof value !== "object" || value === null) return [`${at} is no object`];
  const faults =
    Object.keys(value).join() === Object.keys(keys).join() ? [] : [`${at}: ${Object.keys(value).join(", ")}`];
  return [
    ...faults,
    ...Object.entries(keys).flatMap(([name, key]) => {
      const below = (value as Record<string, unknown>)[name];
      if (typeof key === "string") return [];
      if (key.keys !== undefined) return below === null ? [] : missing(key.keys, below, `${at}.${name}`);
      if (key.each === undefined) return [];
      if (!Array.isArray(below) || below.length === 0) return [`${at}.${name} is an empty list`];
      return below.flatMap((item) => missing(key.each ?? {}, item, `${at}.${name}[]`));
    }),
  ];
}

test("in words: lists in brackets, notes in parentheses, brief keys without theirs", () => {
  const keys: AnyKeys = {
    data: { meaning: "", each: { record: { meaning: "", isBrief: true, keys: { id: "" } }, spins: "" } },
    state: { meaning: "", note: "complete, hidden" },
    summary: { meaning: "", keys: { total: "" } },
  };
  expect(formsInWords([{ keys }, { when: "With --by", keys: { by: "" } }])).toBe(
    "JSON: data [{ record, spins }], state (complete, hidden), summary { total }. With --by: by.",
  );
});
