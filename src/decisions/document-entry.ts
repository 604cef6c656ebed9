// Reads the fields of an imported document. The first wrong field is named in a UsageError.
import { UsageError } from "../model/errors.ts";

export interface Entry {
  /** The path in the document: "plays[3]". */
  readonly place: string;
  has(this: void, field: string): boolean;
  name(this: void, field: string): string;
  /** May be empty. */
  text(this: void, field: string): string;
  /** A whole number from 1 on. */
  id(this: void, field: string): number;
  /** A whole number from 0 on. */
  count(this: void, field: string): number;
  flag(this: void, field: string): boolean;
  /** Unix seconds. */
  time(this: void, field: string): number;
  word<const Word extends string>(this: void, field: string, words: readonly Word[]): Word;
  /** A missing list is empty. */
  list<Item>(this: void, field: string, read: (entry: Entry) => Item): readonly Item[];
}

export function invalid(what: string): UsageError {
  return new UsageError(
    `not a decisions file: ${what}`,
    "Nothing was imported. To write such a file: rewind links export > FILE",
  );
}

/** `place`: "" for the document itself. */
export function entryOf(value: unknown, place: string): Entry {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(`${place === "" ? "the document" : place} should be an object`);
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  const at = (field: string): string => (place === "" ? field : `${place}.${field}`);
  const reader =
    <Value>(what: string, read: (raw: unknown) => Value | undefined) =>
    (field: string): Value => {
      const content = read(fields.get(field));
      if (content === undefined) throw invalid(`${at(field)} should be ${what}`);
      return content;
    };
  return {
    place,
    has: (field) => fields.get(field) != null,
    name: reader("a name", (raw) => (typeof raw === "string" && raw !== "" ? raw : undefined)),
    text: reader("a text", (raw) => (typeof raw === "string" ? raw : undefined)),
    id: reader("a whole number", (raw) => wholeNumber(raw, 1)),
    count: reader("a whole number", (raw) => wholeNumber(raw, 0)),
    flag: reader("true or false", (raw) => (typeof raw === "boolean" ? raw : undefined)),
    time: reader("a time like 2026-03-14T12:00:00Z", (raw) => {
      const ms = typeof raw === "string" ? Date.parse(raw) : Number.NaN;
      return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
    }),
    word: (field, words) => {
      const quotedWords = words.map((word) => JSON.stringify(word));
      const what = `${quotedWords.slice(0, -1).join(", ")} or ${quotedWords.at(-1) ?? ""}`;
      return reader(what, (raw) => words.find((word) => word === raw))(field);
    },
    list: (field, read) => {
      const items = fields.get(field) ?? [];
      if (!Array.isArray(items)) throw invalid(`${at(field)} should be a list`);
      return items.map((item, nth) => read(entryOf(item, `${at(field)}[${nth}]`)));
    },
  };
}

function wholeNumber(value: unknown, least: number): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least ? value : undefined;
}
