// Reads the parameters of a tool. Assistants send numbers as text, or one value in place of a list: both are accepted.
import {
  InvalidValueError,
  maxValues,
  pagingParameters,
  type Parameter,
  type Parameters,
  type Values,
  filterParameter,
  toOptionValues,
  toParameterSchema,
  splitWords,
  phrase,
} from "../../../queries/parameters/parameter.ts";
import { findNearestChoice, UsageError } from "../../../model/errors.ts";
import type { JsonSchema } from "../../../queries/documents/json-schema.ts";
import { selectFilters, type Subject } from "../../../queries/filters/all-filters.ts";
import { toFlag } from "../../../queries/filters/filter.ts";
import { parseRecordFilter } from "../../../queries/filters/parse-filter.ts";
import type { FilterSupport } from "../../../queries/parameters/list-query.ts";
import type { RecordFilter } from "../../../queries/filters/record-filter.ts";

/** The limit for one text; SQL statements are long. */
export const maxTextLength = 2000;

/** Returns the sent values as texts, without empty ones. */
function toTexts(name: string, value: unknown, { schema, isRepeatable }: Parameter<unknown>): string[] {
  const values: readonly unknown[] = Array.isArray(value) && isRepeatable === true ? value : [value];
  return values.map((one) => toText(name, one, schema["type"])).filter((text) => text !== "");
}

function toText(name: string, value: unknown, type: unknown): string {
  const isScalar = typeof value === "number" || (typeof value === "boolean" && type === "boolean");
  const text = isScalar ? String(value) : (value ?? "");
  if (typeof text !== "string" || text.length > maxTextLength) {
    throw new InvalidValueError(
      name,
      `a text of at most ${maxTextLength} characters`,
      "Send it as a string.",
    );
  }
  if (type === "integer") return text.trim().replace(/\.0*$/, "");
  if (type !== "boolean") return text;
  const word = text.trim().toLowerCase();
  return word === "yes" ? "true" : word === "no" ? "false" : word;
}

/** Small pages, because an assistant reads them whole. */
export const smallPages = pagingParameters({ max: 50, defaultValue: 10 });

export function buildInputSchema(parameters: Parameters): JsonSchema {
  const required = Object.keys(parameters).filter((name) => parameters[name]?.isRequired === true);
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => {
        // Assistants send an empty text for a missing value.
        const { minLength: _, ...text } = parameter.schema;
        const schema = parameter.isRequired === true ? parameter.schema : text;
        const bounds = parameter.isRepeatable === true ? { maxItems: maxValues } : {};
        return [
          name,
          { ...toParameterSchema({ ...parameter, schema }), ...bounds, description: parameter.meaning },
        ];
      }),
    ),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** Throws UsageError, which names the invalid or unknown parameter. */
export function readParameters(parameters: Parameters, values: unknown): Values {
  const valuesByName = new Map(Object.entries(typeof values === "object" && values !== null ? values : {}));
  const names = Object.keys(parameters);
  for (const name of valuesByName.keys()) {
    if (names.includes(name)) continue;
    const nearest = findNearestChoice(name, names);
    throw new UsageError(
      `there is no parameter "${name.slice(0, 40)}"${nearest === undefined ? "" : `. Did you mean ${nearest}?`}`,
      names.length === 0 ? "Send none." : `Parameters: ${names.join(", ")}`,
    );
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      const texts = toTexts(name, valuesByName.get(name), parameter);
      if (parameter.isRequired === true && texts.every((text) => text.trim() === "")) {
        throw new UsageError(`${name} is missing`, `Send ${name}: ${parameter.meaning}.`);
      }
      return [name, parameter.read(name, texts)];
    }),
  );
}

export const during = phrase("count only plays in this span: 2024, 2024-06.., 1y, last-month, week");

/** Search words, the filters of a list, and the period of its plays. */
export function buildFilterParameters({ subject, refusedFilters, hasPeriod }: FilterSupport): Parameters {
  return {
    query: phrase("words of artist or title"),
    ...Object.fromEntries(
      (subject === null ? [] : selectFilters(subject))
        .filter(([name]) => !refusedFilters.includes(name))
        .map(([name, row]) => [toParameterName(toFlag(name, row)), filterParameter(row)]),
    ),
    ...(hasPeriod ? { during } : {}),
  };
}

function toParameterName(flag: string): string {
  return flag.replaceAll("-", "_");
}

/** Reads the values of buildFilterParameters(). Throws UsageError. */
export function parseToolFilter(subject: Subject | null, values: Values, nowUts: number): RecordFilter {
  try {
    return parseRecordFilter(subject, toOptionValues(values), splitWords(values["query"]), nowUts);
  } catch (error) {
    throw translateError(error);
  }
}

/** Replaces options by parameters in the text of an error. A command that it names keeps its options. */
function translateError(error: unknown): unknown {
  if (!(error instanceof UsageError)) return error;
  return new UsageError(replaceOptionNames(error.message), replaceOptionNames(error.hint), { cause: error });
}

function replaceOptionNames(message: string): string {
  return message.replace(/\brewind [a-z].*|(?<!["\w-])--([a-z][a-z-]*)/g, (text, flag?: string) =>
    flag === undefined ? text : toParameterName(flag),
  );
}
