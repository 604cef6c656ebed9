// Checks of everything that the program writes.
import { expect } from "vitest";
import { parseCsv } from "../support/parse-csv.ts";

/** Our own colours, and links; everything else that a terminal obeys came from a stranger. */
// oxlint-disable-next-line no-control-regex
const ownStyling = /\u001b\[(?:1|2|22|31|32|33|39)(?:;(?:1|2|22|31|32|33|39))*m/g;
// oxlint-disable-next-line no-control-regex
const linkPattern = /\u001b\]8;;([\x20-\x7e]*)\u001b\\/g;
const controlPattern =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;
const allowedUrl = /^https:\/\/(?:[\w-]+\.)*(?:discogs\.com|last\.fm)(?:[/?#]|$)/;

/** A block that is drawn again in its place, a line that is erased, and marks around what is pasted. */
// oxlint-disable-next-line no-control-regex
const redrawPattern = /\u001b\[\d+A\r\u001b\[J|\r\u001b\[2K/g;

/** Returns the raw part of a text that a terminal shows; undefined if nothing is raw. */
export function findRawText(text: string): string | undefined {
  const bare = text.replace(ownStyling, "").replace(linkPattern, "").replace(redrawPattern, "");
  const at = bare.search(controlPattern);
  return at === -1 ? undefined : JSON.stringify(bare.slice(Math.max(0, at - 30), at + 30));
}

export function listWrongLinks(text: string): string[] {
  return [...text.matchAll(linkPattern)]
    .map(([, address = ""]) => address)
    .filter((address) => address !== "" && !allowedUrl.test(address));
}

type Value = string | number | boolean | null | readonly string[];

/** The rows by the form that is hardest to get wrong. */
export interface Rows {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export function parseNdjson(text: string): Rows {
  expect(findRawText(text)).toBeUndefined();
  const objects = text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, Value>);
  return { names: Object.keys(objects[0] ?? {}), rows: objects.map((row) => Object.values(row)) };
}

const formatCell = (value: Value): string =>
  typeof value === "object" && value !== null ? value.join("; ") : String(value ?? "");

/** Returns the text that a UTF-8 stream can carry. */
const toWellFormed = (text: string): string => Buffer.from(text).toString();

export function expectCsv(text: string, { names, rows }: Rows): void {
  const [header, ...lines] = parseCsv(text);
  if (rows.length > 0) expect(header).toEqual(names);
  expect(lines.map((cells) => cells.map(toWellFormed))).toEqual(
    rows.map((cells) => cells.map((value) => toWellFormed(formatCell(value)))),
  );
}

/** Excel, LibreOffice and Google Sheets drop what is invisible, tabs and line breaks before a cell. */
const formulaPattern = /^[\s\p{Cc}\p{Cf}\p{DI}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

export function expectSafeCsv(text: string, { rows }: Rows): void {
  const [header = [], ...lines] = parseCsv(text);
  expect(header.filter((name) => formulaPattern.test(name))).toEqual([]);
  expect(lines).toHaveLength(rows.length);
  for (const [at, cells] of lines.entries()) {
    for (const [column, cell] of cells.entries()) {
      const value = rows[at]?.[column] ?? null;
      const isNumber = typeof value === "number" || /^-?\d+$/.test(cell);
      if (!isNumber) expect(toWellFormed(cell)).not.toMatch(formulaPattern);
      // The apostrophe is all that is added.
      expect([toWellFormed(cell), toWellFormed(cell.slice(1))]).toContain(toWellFormed(formatCell(value)));
    }
  }
}

export function expectTsv(text: string, { rows }: Rows): void {
  const lines = text.split("\n").slice(0, -1);
  expect(lines).toHaveLength(rows.length + 1);
  const tabs = new Set(lines.map((line) => line.split("\t").length));
  expect(tabs.size).toBe(1);
  for (const line of lines) expect(findRawText(line.replaceAll("\t", " "))).toBeUndefined();
}

export function expectMarkdown(text: string, { rows }: Rows): void {
  const lines = text.split("\n").slice(0, -1);
  expect(lines).toHaveLength(rows.length + 2);
  const bars = new Set(lines.map((line) => line.replace(/\\./g, "").split("|").length));
  expect(bars.size).toBe(1);
  for (const line of lines) expect(line).toMatch(/^\| .* \|$/);
  expect(findRawText(text)).toBeUndefined();
}
