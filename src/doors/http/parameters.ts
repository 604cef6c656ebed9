// What may stand in an address: each parameter reads its text and describes itself, from one row.
import { daysIn, localDayOf } from "../../model/local-days.ts";
import { count, day, instant, type JsonSchema } from "../../queries/documents/schema.ts";
import { Problem } from "./problem.ts";

export interface Parameter<Value> {
  readonly meaning: string;
  /** Of one value. */
  readonly schema: JsonSchema;
  /** It may be given again: any of its values. */
  readonly isRepeatable?: true;
  /** The question can't be asked without it. */
  readonly isRequired?: true;
  /** Part of the path; the others follow the question mark. */
  readonly isPart?: true;
  /** [] where it isn't given. Throws Problem. */
  readonly read: (name: string, texts: readonly string[]) => Value;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type ValuesOf<Table extends Parameters> = {
  readonly [Name in keyof Table]: Table[Name] extends Parameter<infer Value> ? Value : never;
};

export function badValue(name: string, allowed: string): Problem {
  return new Problem(400, `${name} takes ${allowed}`);
}

export interface Bounds {
  readonly least: number;
  readonly most?: number;
}

function readWhole(name: string, text: string, { least, most = Number.MAX_SAFE_INTEGER }: Bounds): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw badValue(name, `a whole number ${range}`);
}

function wholeSchema({ least, most }: Bounds): JsonSchema {
  return { ...count(), minimum: least, maximum: most ?? 999_999_999_999_999 };
}

/** A whole number, ends included. */
export function whole(
  meaning: string,
  { usual, ...bounds }: Bounds & { readonly usual: number },
): Parameter<number> {
  return {
    meaning,
    schema: { ...wholeSchema(bounds), default: usual },
    read: (name, [text]) => (text === undefined ? usual : readWhole(name, text, bounds)),
  };
}

export function optionalWhole(meaning: string, bounds: Bounds): Parameter<number | null> {
  return {
    meaning,
    schema: wholeSchema(bounds),
    read: (name, [text]) => (text === undefined ? null : readWhole(name, text, bounds)),
  };
}

/** One of a closed set. */
export function choice<Word extends string>(
  meaning: string,
  words: readonly Word[],
  usual: Word,
): Parameter<Word> {
  return {
    meaning,
    schema: { type: "string", enum: words, default: usual },
    read: (name, [text = usual]) => {
      const found = words.find((each) => each === text);
      if (found === undefined) throw badValue(name, `one of: ${words.join(", ")}`);
      return found;
    },
  };
}

export function optionalChoice<Word extends string>(
  meaning: string,
  words: readonly Word[],
): Parameter<Word | null> {
  return {
    meaning,
    schema: { type: "string", enum: words },
    read: (name, [text]) => {
      if (text === undefined) return null;
      const found = words.find((each) => each === text);
      if (found === undefined) throw badValue(name, `one of: ${words.join(", ")}`);
      return found;
    },
  };
}

const mostLetters = 500;

/** Any text that a person could have typed. */
export function phrase(meaning: string): Parameter<string | null> {
  return {
    meaning,
    schema: { type: "string", minLength: 1, maxLength: mostLetters },
    read: (name, [text]) => (text === undefined ? null : readPhrase(name, text)),
  };
}

/** Text that is not blank. */
export function requiredPhrase(meaning: string): Parameter<string> {
  const { schema } = phrase(meaning);
  return {
    meaning,
    schema,
    isRequired: true,
    read: (name, [text = ""]) => readPhrase(name, text.trim()),
  };
}

export function readPhrase(name: string, text: string): string {
  if (text === "" || text.length > mostLetters) throw badValue(name, `a text of 1 to ${mostLetters} letters`);
  return text;
}

export function toggle(meaning: string): Parameter<boolean> {
  return {
    meaning,
    schema: { type: "boolean", default: false },
    read: (name, [text = "false"]) => readToggle(name, text),
  };
}

export function readToggle(name: string, text: string): boolean {
  if (text === "true" || text === "1" || text === "") return true;
  if (text === "false" || text === "0") return false;
  throw badValue(name, "true or false");
}

export function partWhole(meaning: string, bounds: Bounds): Parameter<number> {
  return {
    meaning,
    isPart: true,
    schema: wholeSchema(bounds),
    read: (name, [text = ""]) => readWhole(name, text, bounds),
  };
}

export function paging({ most, usual }: { readonly most: number; readonly usual: number }) {
  return {
    page: whole("which page; the first is 1", { least: 1, most: 1_000_000_000, usual: 1 }),
    limit: whole("rows a page", { least: 1, most, usual }),
  };
}

const dayPattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** A day or an instant, as unix seconds: its beginning and the first second after it. */
interface Stretch {
  readonly fromUts: number;
  readonly toUts: number;
}

function stretchOf(text: string): Stretch | undefined {
  if (dayPattern.test(text)) {
    const [year = 0, month = 0, date = 0] = text.split("-").map(Number);
    if (month < 1 || month > 12 || date < 1 || date > daysIn(year, month - 1)) return undefined;
    const { fromUts, toUts } = localDayOf(year, month - 1, date);
    return { fromUts, toUts };
  }
  if (!instantPattern.test(text)) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return undefined;
  const uts = Math.floor(ms / 1000);
  return { fromUts: uts, toUts: uts + 1 };
}

function stretch(meaning: string, { isDay }: { readonly isDay: boolean }): Parameter<Stretch | null> {
  return {
    meaning,
    schema: isDay ? day() : { anyOf: [day(), instant()] },
    read: (name, [text]) => {
      if (text === undefined) return null;
      const found = isDay && !dayPattern.test(text) ? undefined : stretchOf(text);
      if (found !== undefined) return found;
      throw badValue(
        name,
        isDay ? "a day: 2026-02-15" : "a day or an instant: 2026-02-15, 2026-02-15T20:00:00Z",
      );
    },
  };
}

/** Days are local, ends included. */
export const dates = {
  date: stretch("one local day", { isDay: true }),
  from: stretch("its first local day, or an instant", { isDay: false }),
  to: stretch("its last local day, or an instant", { isDay: false }),
};

interface Dates {
  readonly date?: Stretch | null;
  readonly from: Stretch | null;
  readonly to: Stretch | null;
}

/** The time that is asked for; null: all of it. A day goes over from and to. */
export function spanOf({ date = null, from, to }: Dates): {
  readonly fromUts: number | null;
  readonly toUts: number | null;
} | null {
  if (date !== null) return date;
  if (from === null && to === null) return null;
  if (from !== null && to !== null && from.fromUts >= to.toUts) {
    throw new Problem(400, "from takes a day that is not after the one of to");
  }
  return { fromUts: from?.fromUts ?? null, toUts: to?.toUts ?? null };
}
