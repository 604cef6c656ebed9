// What a program reads in an output, whatever its form, and how it differs from what it read before: rows that are gone
// or stand elsewhere, values that are others, keys that no longer exist. What has only come in is named once.
import { readCsv } from "./csv-reader.ts";

/** Rows of cells by their headers, or a document; undefined where no program reads it. */
export function contentOf(line: string, text: string): unknown {
  const form = /--as (csv|tsv|ndjson|markdown|json)\b/.exec(line)?.[1];
  if (text === "") return undefined;
  if (form === "csv") return rowsOf(readCsv(text));
  if (form === "tsv") return rowsOf(linesOf(text).map((row) => row.split("\t")));
  if (form === "markdown") return rowsOf(linesOf(text).flatMap(cellsOfMarkdown));
  if (form === "ndjson" || line.startsWith("explain --all"))
    return linesOf(text).map((each): unknown => JSON.parse(each));
  return form === "json" || line.includes("--json") || line === "links export" ? JSON.parse(text) : undefined;
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function cellsOfMarkdown(line: string): string[][] {
  if (!line.startsWith("|") || /^[|\s:-]+$/.test(line)) return [];
  return [
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll(/\\([!-/:-@[-`{-~])/g, "$1")),
  ];
}

function rowsOf([headers = [], ...rows]: readonly (readonly string[])[]): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(headers.map((header, at) => [header, row[at] ?? ""])));
}

export interface ContentChange {
  /** Without the numbers of rows: "data[].listening.play_count". */
  readonly path: string;
  /** A key or a row that is gone; a row, or a key, that has come in; another value; rows in another order. */
  readonly what: "lost" | "new" | "key" | "other" | "moved";
  readonly text: string;
}

/** `renames`: keys of before by the names that they have now. */
export function changesOf(
  before: unknown,
  now: unknown,
  renames: Readonly<Record<string, string>>,
): ContentChange[] {
  const changes: ContentChange[] = [];
  compare(before, now, { path: "", row: "" });
  return changes;

  function tell(what: ContentChange["what"], { path, row }: Place, text: string): void {
    changes.push({ path, what, text: row === "" ? text : `${row}: ${text}` });
  }

  function compare(old: unknown, young: unknown, place: Place): void {
    if (Array.isArray(old) && Array.isArray(young)) compareRows(old, young, place);
    else if (isObject(old) && isObject(young)) compareKeys(old, young, place);
    else if (JSON.stringify(old) !== JSON.stringify(young))
      tell("other", place, `${JSON.stringify(old)} → ${JSON.stringify(young)}`);
  }

  function compareKeys(old: Values, young: Values, place: Place): void {
    const kept = new Set<string>();
    for (const [key, value] of Object.entries(old)) {
      const renamed = key in young ? key : (renames[key] ?? key);
      const at = { ...place, path: under(place.path, key) };
      kept.add(renamed);
      if (renamed in young) compare(value, young[renamed], at);
      else tell("lost", at, JSON.stringify(value));
    }
    for (const key of Object.keys(young)) {
      if (!kept.has(key)) tell("key", { path: under(place.path, key), row: "" }, "");
    }
  }

  function compareRows(old: readonly unknown[], young: readonly unknown[], place: Place): void {
    const path = `${place.path}[]`;
    const [names, others] = [namesOf(old), namesOf(young)];
    if (names === undefined || others === undefined) {
      if (old.length !== young.length)
        tell("other", { ...place, path }, `${old.length} → ${young.length} rows`);
      for (const [at, value] of old.entries())
        if (at < young.length) compare(value, young[at], { path, row: `${place.row}[${at}]` });
      return;
    }
    for (const [name, value] of names) {
      const at = { path, row: `${place.row}[${name}]` };
      if (others.has(name)) compare(value, others.get(name), at);
      else tell("lost", at, "the row");
    }
    for (const name of others.keys())
      if (!names.has(name)) tell("new", { path, row: `${place.row}[${name}]` }, "the row");
    const order = [...names.keys()].filter((name) => others.has(name));
    const orderNow = [...others.keys()].filter((name) => names.has(name));
    const first = order.findIndex((name, at) => name !== orderNow[at]);
    if (first !== -1)
      tell("moved", { ...place, path }, `from ${first}: ${order[first]}, now ${orderNow[first]}`);
  }
}

function under(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

interface Place {
  readonly path: string;
  readonly row: string;
}

type Values = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Rows by what tells them apart, if it does. */
function namesOf(rows: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const named = new Map<string, unknown>();
  for (const row of rows) {
    const name = nameOf(row);
    if (name === undefined || named.has(name)) return undefined;
    named.set(name, row);
  }
  return named;
}

function nameOf(row: unknown): string | undefined {
  if (typeof row === "string") return row;
  if (!isObject(row)) return undefined;
  for (const key of ["collection", "album", "record"]) {
    const inner = row[key];
    if (isObject(inner) && "id" in inner) return String(inner["id"]);
  }
  for (const key of ["id", "record_id", "album_id", "value", "month", "period", "kind", "decade", "name"])
    if (typeof row[key] === "string" || typeof row[key] === "number") return String(row[key]);
  return undefined;
}
