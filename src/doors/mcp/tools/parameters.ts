// What a tool takes: each parameter reads its value and describes itself, from one row. Assistants send numbers as text,
// and one value where a list is meant: both are taken for what they say.
import { nearestOf, oneOf, UsageError } from "../../../model/errors.ts";
import { list, text, word, type JsonSchema } from "../../../queries/documents/schema.ts";

export interface Parameter<Value> {
  readonly meaning: string;
  readonly schema: JsonSchema;
  readonly isRequired?: true;
  /** Of what was sent, which is undefined where nothing was. Throws UsageError. */
  readonly read: (name: string, given: unknown) => Value;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type ValuesOf<Table extends Parameters> = {
  readonly [Name in keyof Table]: Table[Name] extends Parameter<infer Value> ? Value : never;
};

const mostLetters = 2000;

/** A text, a number that stands for one, or nothing. */
function textOf(name: string, given: unknown): string | null {
  if (given === undefined || given === null) return null;
  const told = typeof given === "number" ? String(given) : given;
  if (typeof told === "string" && told.length <= mostLetters) return told;
  throw new UsageError(`${name} takes a text of at most ${mostLetters} letters`, "Send it as a string.");
}

export function phrase(meaning: string): Parameter<string | null> {
  return { meaning, schema: text(), read: textOf };
}

export function requiredPhrase(meaning: string): Parameter<string> {
  return {
    meaning,
    schema: { ...text(), minLength: 1 },
    isRequired: true,
    read: (name, given) => {
      const told = textOf(name, given)?.trim() ?? "";
      if (told !== "") return told;
      throw new UsageError(`${name} is missing`, `Send ${name}: ${meaning}.`);
    },
  };
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

function wholeOf(name: string, given: unknown, { least, most }: Bounds): number | null {
  const told = textOf(name, given)?.trim() ?? "";
  if (told === "") return null;
  const value = /^\d{1,15}(?:\.0*)?$/.test(told) ? Number(told) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(
    `${name} takes a whole number from ${least} to ${most}`,
    `Give ${least}, for example.`,
  );
}

export function whole(
  meaning: string,
  { usual, least, most }: Bounds & { readonly usual: number },
): Parameter<number> {
  return {
    meaning,
    schema: { type: "integer", minimum: least, maximum: most, default: usual },
    read: (name, given) => wholeOf(name, given, { least, most }) ?? usual,
  };
}

export function optionalWhole(meaning: string, { least, most }: Bounds): Parameter<number | null> {
  return {
    meaning,
    schema: { type: "integer", minimum: least, maximum: most },
    read: (name, given) => wholeOf(name, given, { least, most }),
  };
}

export function choice<Word extends string>(
  meaning: string,
  words: readonly Word[],
  usual: Word,
): Parameter<Word> {
  return {
    meaning,
    schema: { ...word(words), default: usual },
    read: (name, given) => {
      const told = textOf(name, given) ?? "";
      return told === "" ? usual : oneOf(name, told as Word, words);
    },
  };
}

export function optionalChoice<Word extends string>(
  meaning: string,
  words: readonly Word[],
): Parameter<Word | null> {
  return {
    meaning,
    schema: word(words),
    read: (name, given) => {
      const told = textOf(name, given) ?? "";
      return told === "" ? null : oneOf(name, told as Word, words);
    },
  };
}

export function toggle(meaning: string): Parameter<boolean> {
  return {
    meaning,
    schema: { type: "boolean", default: false },
    read: (name, given) => {
      if (typeof given === "boolean") return given;
      const told = textOf(name, given)?.trim().toLowerCase() ?? "";
      if (told === "" || told === "false" || told === "0" || told === "no") return false;
      if (told === "true" || told === "1" || told === "yes") return true;
      throw new UsageError(`${name} takes true or false`, "Leave it out for false.");
    },
  };
}

const mostValues = 50;

/** Any of several texts. */
export function phrases(meaning: string, words: readonly string[] | null): Parameter<readonly string[]> {
  const item = words === null ? text() : word(words);
  return {
    meaning,
    schema: { ...list(item), maxItems: mostValues },
    read: (name, given) => {
      const values: readonly unknown[] = Array.isArray(given) ? given : [given];
      if (values.length > mostValues) {
        throw new UsageError(`${name} takes at most ${mostValues} values`, "Ask several times.");
      }
      return values.map((each) => textOf(name, each) ?? "").filter((each) => each !== "");
    },
  };
}

/** Pages that an assistant can take in at once. */
export const paging = {
  page: whole("which page; the first is 1", { least: 1, most: 1_000_000, usual: 1 }),
  limit: whole("rows a page", { least: 1, most: 50, usual: 10 }),
};

export function inputSchema(parameters: Parameters): JsonSchema {
  const required = Object.keys(parameters).filter((name) => parameters[name]?.isRequired === true);
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(parameters).map(([name, { schema, meaning }]) => [
        name,
        { ...schema, description: meaning },
      ]),
    ),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** Throws UsageError, which names the parameter that is wrong, or that there is none of that name. */
export function readParameters(parameters: Parameters, given: unknown): Readonly<Record<string, unknown>> {
  const sent = new Map(Object.entries(typeof given === "object" && given !== null ? given : {}));
  const names = Object.keys(parameters);
  for (const name of sent.keys()) {
    if (names.includes(name)) continue;
    const nearest = nearestOf(name, names);
    throw new UsageError(
      `there is no parameter "${name.slice(0, 40)}"${nearest === undefined ? "" : `. Did you mean ${nearest}?`}`,
      names.length === 0 ? "Send none." : `Parameters: ${names.join(", ")}`,
    );
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { read }]) => [name, read(name, sent.get(name))]),
  );
}
