// The parameters of lists, HTTP routes and MCP tools. Each has a description, a schema and a reader.
import { describeValue } from "../../model/describe-value.ts";
import { parseChoice, UsageError } from "../../model/errors.ts";
import { count, type JsonSchema } from "../documents/json-schema.ts";
import { toOptionName, type Filter } from "../filters/filter.ts";

export interface Parameter<Value> {
  readonly meaning: string;
  /** The schema of one value. */
  readonly schema: JsonSchema;
  /** Several values are alternatives. */
  readonly isRepeatable?: true;
  readonly isRequired?: true;
  /** Part of an HTTP path instead of the query. */
  readonly isPart?: true;
  /** The name of the value in the help of the command line; a switch has none. */
  readonly placeholder?: string;
  /** Command line switches for some of the words. They exclude each other. */
  readonly switches?: Readonly<Record<string, { readonly word: string; readonly help: string }>>;
  /** Gets no text if the parameter is missing. Throws UsageError. */
  readonly read: (name: string, texts: readonly string[]) => Value;
}

/** The schema of all values of a parameter. The default of a list is a list, too. */
export function toParameterSchema({
  schema,
  isRepeatable,
}: Pick<Parameter<unknown>, "schema" | "isRepeatable">): JsonSchema {
  if (isRepeatable !== true) return schema;
  const { default: defaultValue, ...items } = schema;
  return { type: "array", items, ...(defaultValue === undefined ? {} : { default: [defaultValue] }) };
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type InferValues<Table extends Parameters> = {
  readonly [Name in keyof Table]: Table[Name] extends Parameter<infer Value> ? Value : never;
};

/** An error whose message does not contain the sent value. */
export class InvalidValueError extends UsageError {
  constructor(name: string, rule: string, hint = "") {
    super(`${name} takes ${rule}`, hint);
  }
}

interface Bounds {
  readonly min: number;
  readonly max?: number;
}

/** `defaultValue`: the value of a missing parameter; null: none. */
export function integer<Default extends number | null>(
  meaning: string,
  { min, max = 999_999_999_999_999, defaultValue }: Bounds & { readonly defaultValue: Default },
): Parameter<number | Default> {
  const schema = { ...count(), minimum: min, maximum: max };
  return {
    meaning,
    schema: defaultValue === null ? schema : { ...schema, default: defaultValue },
    read(name, [text]) {
      if (text === undefined) return defaultValue;
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= min && value <= max) return value;
      const range = max > 999_999_999 ? `of at least ${min}` : `from ${min} to ${max}`;
      throw new InvalidValueError(name, `a whole number ${range}`, `Give ${min}, for example.`);
    },
  };
}

export function pagingParameters({
  max,
  defaultValue,
}: {
  readonly max: number;
  readonly defaultValue: number;
}) {
  return {
    page: integer("page number, from 1", { min: 1, max: 1_000_000_000, defaultValue: 1 }),
    limit: integer("rows per page", { min: 1, max, defaultValue }),
  };
}

/** A number in the path of an HTTP address. */
export function pathInteger(meaning: string, bounds: Bounds): Parameter<number> {
  const { schema, read } = integer(meaning, { ...bounds, defaultValue: null });
  return { meaning, isPart: true, schema, read: (name, [text = ""]) => read(name, [text]) ?? 0 };
}

/** `defaultValue`: the word for a missing parameter; null: none. */
export function choice<Word extends string, Default extends Word | null>(
  meaning: string,
  words: readonly Word[],
  defaultValue: Default,
): Parameter<Word | Default> {
  return {
    meaning,
    schema: { type: "string", enum: words, ...(defaultValue === null ? {} : { default: defaultValue }) },
    read: (name, [text]) => (text === undefined ? defaultValue : parseChoice(name, text as Word, words)),
  };
}

/** The order of a list. */
export function orderParameters<Sort extends string>(sorts: readonly Sort[], defaultValue: Sort) {
  return {
    sort: { ...choice("order of the rows", sorts, defaultValue), placeholder: "order" },
    reverse: toggle("reverse the order; unknown values stay last"),
  };
}

/** Selects what is owned, or what isn't. null: both. */
export const ownership: Parameter<boolean | null> = {
  meaning: "only what is on the shelf (yes) or not (no)",
  schema: { type: "string", enum: ["any", "yes", "no"], default: "any" },
  switches: {
    owned: { word: "yes", help: "only what you own" },
    "not-owned": { word: "no", help: "only what you do not own" },
  },
  read(name, [text = "any"]) {
    const word = parseChoice(name, text, ["any", "yes", "no"]);
    return word === "any" ? null : word === "yes";
  },
};

export const direction = choice("ascending or descending", ["asc", "desc"], "desc");

const maxTextLength = 500;

export function phrase(meaning: string, max = maxTextLength): Parameter<string | null> {
  return {
    meaning,
    schema: { type: "string", minLength: 1, maxLength: max },
    read(name, [text = null]) {
      if (text === null || (text !== "" && text.length <= max)) return text;
      throw new InvalidValueError(name, `a text of 1 to ${max} letters`, "Send it as a string.");
    },
  };
}

/** Text that is not blank. */
export function requiredPhrase(meaning: string, max = maxTextLength): Parameter<string> {
  const { schema, read } = phrase(meaning, max);
  return {
    meaning,
    schema,
    isRequired: true,
    read: (name, [text = ""]) => read(name, [text.trim()]) ?? "",
  };
}

export const maxValues = 50;

/** Alternative texts. */
export function phrases(
  meaning: string,
  words: readonly string[] | null = null,
): Parameter<readonly string[]> {
  const { schema, read } = phrase(meaning);
  return {
    meaning,
    schema: words === null ? schema : { type: "string", enum: words },
    isRepeatable: true,
    read(name, texts) {
      if (texts.length > maxValues) {
        throw new InvalidValueError(name, `at most ${maxValues} values`, "Send several requests.");
      }
      if (words !== null && texts.includes(""))
        throw new InvalidValueError(name, `one of: ${words.join(", ")}`);
      return texts.map((text) => read(name, [text]) ?? "");
    },
  };
}

/** Alternative words of a closed set. */
export function choices<Word extends string>(
  meaning: string,
  words: readonly Word[],
): Parameter<readonly Word[]> {
  return {
    meaning,
    schema: { type: "string", enum: words },
    isRepeatable: true,
    read: (name, texts) => texts.map((text) => parseChoice(name, text as Word, words)),
  };
}

export function toggle(meaning: string): Parameter<boolean> {
  return {
    meaning,
    schema: { type: "boolean", default: false },
    read: (name, [text = "false"]) => {
      if (text === "true" || text === "1" || text === "") return true;
      if (text === "false" || text === "0") return false;
      throw new InvalidValueError(name, "true or false", "Leave it out for false.");
    },
  };
}

export function filterParameter(row: Filter): Parameter<unknown> {
  const meaning = describeValue(row.help, { examples: row.examples });
  if (row.placeholder === undefined) return toggle(meaning);
  const { words, otherWords = [], isSingle, defaultValue } = row;
  const {
    isRepeatable: _,
    schema,
    ...single
  } = phrases(
    isSingle ? meaning : `${meaning}; any of these`,
    words === undefined ? null : [...words, ...otherWords],
  );
  const schemaWithDefault = defaultValue === undefined ? schema : { ...schema, default: defaultValue };
  return { ...single, schema: schemaWithDefault, ...(isSingle ? {} : { isRepeatable: true }) };
}

/** Values by the names of parameters, or of command-line options. */
export type Values = Readonly<Record<string, unknown>>;

/** The values under the names of command-line options. */
export function toOptionValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [toOptionName(name.replaceAll("_", "-")), value]),
  );
}

export function splitWords(text: unknown): readonly string[] {
  return typeof text === "string" ? text.split(/\s+/).filter((word) => word !== "") : [];
}
