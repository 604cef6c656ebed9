import { describe, expect, test } from "vitest";
import { namedColumns, type Field } from "../../src/output/field.ts";
import { writeListing, writeMarkdown, type WritingOptions } from "../../src/output/row-formats.ts";
import type { Sink } from "../../src/output/stream.ts";
import { coloursFor } from "../../src/output/screen.ts";
import { plainScreen } from "../support/plain-screen.ts";
import { readCsv } from "../support/csv-reader.ts";

interface Row {
  readonly id: number;
  readonly name: string;
  readonly genres: readonly string[];
  readonly year: number | null;
  readonly wanted: boolean;
}

const fields: readonly Field<Row>[] = [
  { name: "id", value: (row) => row.id, numeric: true },
  { name: "name", value: (row) => row.name },
  { name: "genres", value: (row) => row.genres },
  { name: "year", value: (row) => row.year, numeric: true },
  { name: "wanted", value: (row) => row.wanted },
];

const row = (parts: Partial<Row>): Row => ({
  id: 1,
  name: "",
  genres: [],
  year: null,
  wanted: false,
  ...parts,
});

const names = [
  "Plain",
  'Say "Yes"',
  "Folk, World, & Country",
  "two\nlines",
  "carriage\rreturn",
  "both\r\nends",
  "無罪モラトリアム",
  "=",
  "=1+1",
  "+49",
  "-1",
  "@SUM(A1)",
  "\tTab",
  " blanks ",
  "",
  "pipe | and `code` <b> & *stars*",
  "line\u2028separator",
  "\n=1+1",
  " \u200b=1+1",
  "\u0000@SUM(A1)",
  "a\n=1+1",
  "red \u001b[31mescape",
];
const rows = names.map((name, at) => row({ id: at + 1, name, genres: ["Rock", "Funk / Soul"], year: 1977 }));

function paper(isTerminal = false): Sink & { text: string } {
  return {
    text: "",
    screen: { isTerminal },
    write(piece) {
      this.text += piece;
      return Promise.resolve();
    },
  };
}

async function written(options: WritingOptions, from = rows, isTerminal = false): Promise<string> {
  const sink = paper(isTerminal);
  await writeListing(sink, fields, from, options);
  return sink.text;
}

describe("CSV", () => {
  test("of nothing is its header", async () => {
    expect(await written({ as: "csv" }, [])).toBe("id,name,genres,year,wanted\r\n");
  });

  test("of many rows has one header and every row once", async () => {
    const many = Array.from({ length: 1_001 }, (_, at) => row({ id: at }));
    const lines = readCsv(await written({ as: "csv" }, many));
    expect(lines).toHaveLength(1_002);
    expect(lines.slice(1).map(([id]) => Number(id))).toEqual(many.map(({ id }) => id));
    expect(lines[1]).toEqual(["0", "", "", "", "false"]);
  });

  test("of one column has no empty lines", async () => {
    const sink = paper();
    const field: Field<string | null> = { name: "notes", value: (cell) => cell };
    await writeListing(sink, [field], ["", "a", null], { as: "csv" });
    expect(sink.text).toBe('notes\r\n""\r\na\r\n""\r\n');
  });
});

test("TSV has one line a row and no quotes", async () => {
  const lines = (await written({ as: "tsv" })).split("\n").slice(0, -1);
  expect(lines).toHaveLength(rows.length + 1);
  expect(lines.map((line) => line.split("\t").length)).toEqual(lines.map(() => 5));
  expect(lines[2]).toBe('2\tSay "Yes"\tRock; Funk / Soul\t1977\tfalse');
  expect(lines[4]?.split("\t")[1]).toBe("two lines");
});

test("NDJSON is one object a line with lists as lists, escapes escaped", async () => {
  const text = await written({ as: "ndjson" });
  expect(text).not.toContain("\u001b");
  const lines = text.split("\n").slice(0, -1);
  expect(lines.map((line) => JSON.parse(line) as Row)).toEqual(rows);
  expect(await written({ as: "ndjson" }, [])).toBe("");
});

test("JSON is one array", async () => {
  expect(JSON.parse(await written({ as: "json" }))).toEqual(rows);
  expect(await written({ as: "json" }, [])).toBe("[]\n");
});

test("Markdown shows names as they are", async () => {
  const sink = paper();
  const screen = plainScreen({ isTerminal: false });
  const style = { screen, colours: await coloursFor(screen) };
  await writeMarkdown(sink, namedColumns(fields, style, { names: fields.map(({ name }) => name) }), rows);
  const lines = sink.text.split("\n").slice(0, -1);
  expect(lines.slice(0, 2)).toEqual([
    "| id | name | genres | year | wanted |",
    "| ---: | --- | --- | ---: | --- |",
  ]);
  expect(lines).toHaveLength(rows.length + 2);
  expect(lines.join("\n")).toContain("pipe \\| and \\`code\\` &lt;b> &amp; \\*stars\\*");
});
