// Checks of everything that the program writes.
import { expect } from "vitest";
import { readCsv } from "../support/csv-reader.ts";

/** Our own colours, and links; everything else that a terminal obeys came from a stranger. */
// oxlint-disable-next-line no-control-regex
const ownPaint = /\u001b\[(?:1|2|22|31|32|33|39)(?:;(?:1|2|22|31|32|33|39))*m/g;
// oxlint-disable-next-line no-control-regex
const link = /\u001b\]8;;([\x20-\x7e]*)\u001b\\/g;
const steering =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;
const linkable = /^https:\/\/(?:[\w-]+\.)*(?:discogs\.com|last\.fm)(?:[/?#]|$)/;

/** A block that is drawn again in its place, a line that is erased, and marks around what is pasted. */
// oxlint-disable-next-line no-control-regex
const redrawn = /\u001b\[\d+A\r\u001b\[J|\r\u001b\[2K/g;

/** What is raw in a text that a terminal shows; undefined where nothing is. */
export function rawIn(text: string): string | undefined {
  const bare = text.replace(ownPaint, "").replace(link, "").replace(redrawn, "");
  const at = bare.search(steering);
  return at === -1 ? undefined : JSON.stringify(bare.slice(Math.max(0, at - 30), at + 30));
}

export function wrongLinksIn(text: string): string[] {
  return [...text.matchAll(link)]
    .map(([, address = ""]) => address)
    .filter((address) => address !== "" && !linkable.test(address));
}

type Value = string | number | boolean | null | readonly string[];

/** The rows by the form that is hardest to get wrong. */
export interface Rows {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export function rowsOfNdjson(text: string): Rows {
  expect(rawIn(text)).toBeUndefined();
  const objects = text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, Value>);
  return { names: Object.keys(objects[0] ?? {}), rows: objects.map((row) => Object.values(row)) };
}

const cellOf = (value: Value): string =>
  typeof value === "object" && value !== null ? value.join("; ") : String(value ?? "");

/** What a UTF-8 stream can carry. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

export function expectCsv(text: string, { names, rows }: Rows): void {
  const [header, ...lines] = readCsv(text);
  if (rows.length > 0) expect(header).toEqual(names);
  expect(lines.map((cells) => cells.map(wellFormed))).toEqual(
    rows.map((cells) => cells.map((value) => wellFormed(cellOf(value)))),
  );
}

/** As Excel, LibreOffice and Google Sheets see it: they drop what is invisible, tabs and line breaks before a cell. */
const formula = /^[\s\p{Cc}\p{Cf}\p{DI}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

export function expectSafeCsv(text: string, { rows }: Rows): void {
  const [header = [], ...lines] = readCsv(text);
  expect(header.filter((name) => formula.test(name))).toEqual([]);
  expect(lines).toHaveLength(rows.length);
  for (const [at, cells] of lines.entries()) {
    for (const [column, cell] of cells.entries()) {
      const value = rows[at]?.[column] ?? null;
      const isNumber = typeof value === "number" || /^-?\d+$/.test(cell);
      if (!isNumber) expect(wellFormed(cell)).not.toMatch(formula);
      // The apostrophe is all that is added.
      expect([wellFormed(cell), wellFormed(cell.slice(1))]).toContain(wellFormed(cellOf(value)));
    }
  }
}

export function expectTsv(text: string, { rows }: Rows): void {
  const lines = text.split("\n").slice(0, -1);
  expect(lines).toHaveLength(rows.length + 1);
  const tabs = new Set(lines.map((line) => line.split("\t").length));
  expect(tabs.size).toBe(1);
  for (const line of lines) expect(rawIn(line.replaceAll("\t", " "))).toBeUndefined();
}

export function expectMarkdown(text: string, { rows }: Rows): void {
  const lines = text.split("\n").slice(0, -1);
  expect(lines).toHaveLength(rows.length + 2);
  const bars = new Set(lines.map((line) => line.replace(/\\./g, "").split("|").length));
  expect(bars.size).toBe(1);
  for (const line of lines) expect(line).toMatch(/^\| .* \|$/);
  expect(rawIn(text)).toBeUndefined();
}
