// The comparison of what programs read tells every change that they would meet, and none that they wouldn't.
import { describe, expect, test } from "vitest";
import { changesOf, contentOf } from "./told-content.ts";

const renames = { album_title: "album_name" };
const told = (before: unknown, now: unknown): string[] =>
  changesOf(before, now, renames).map(({ what, path, text }) => `${what} ${path} ${text}`.trim());

describe("changes", () => {
  test.each<[string, unknown, unknown, readonly string[]]>([
    ["nothing", { data: [{ id: 1, a: [1, 2] }] }, { data: [{ id: 1, a: [1, 2] }] }, []],
    ["a key more", { a: 1 }, { a: 1, b: 2 }, ["key b"]],
    ["a key less", { a: { b: 1 } }, { a: {} }, ["lost a.b 1"]],
    ["a key by another name", { album_title: "Low" }, { album_name: "Low" }, []],
    [
      "another value under another name",
      { album_title: "Low" },
      { album_name: "Lo" },
      ['other album_title "Low" → "Lo"'],
    ],
    [
      "a value",
      { data: [{ id: 7, plays: 3 }] },
      { data: [{ id: 7, plays: 4 }] },
      ["other data[].plays [7]: 3 → 4"],
    ],
    ["a number as text", { plays: 3 }, { plays: "3" }, ['other plays 3 → "3"']],
    ["null for nothing", { plays: null }, {}, ["lost plays null"]],
    ["a row less", [{ id: 1 }, { id: 2 }], [{ id: 2 }], ["lost [] [1]: the row"]],
    ["a row more", [{ id: 1 }], [{ id: 1 }, { id: 2 }], ["new [] [2]: the row"]],
    ["rows in another order", [{ id: 1 }, { id: 2 }], [{ id: 2 }, { id: 1 }], ["moved [] from 0: 1, now 2"]],
    ["a row less where nothing names them", [[1], [2]], [[1]], ["other [] 2 → 1 rows"]],
    ["a document for none", undefined, { a: 1 }, ['other  undefined → {"a":1}']],
  ])("%s", (_, before, now, changes) => {
    expect(told(before, now)).toEqual(changes);
  });
});

test.each<[string, string, unknown]>([
  ["xref --json", '{"a":1}', { a: 1 }],
  ["explain --all --json", '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
  ["xref --as ndjson", '{"a":1}\n', [{ a: 1 }]],
  ["xref --as csv", 'a,b\r\n1,"2,""3"\r\n', [{ a: "1", b: '2,"3' }]],
  ["xref --as tsv", "a\tb\n1\t\n", [{ a: "1", b: "" }]],
  ["xref --as markdown", "| a\\_b | c |\n| --- | ---: |\n| 1\\|2 | 3 |\n", [{ a_b: "1|2", c: "3" }]],
  ["xref", "a table", undefined],
])("rewind %s is read", (line, text, content) => {
  expect(contentOf(line, text)).toEqual(content);
});
