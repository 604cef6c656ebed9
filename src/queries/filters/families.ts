// Kinds of filters: text, a value from the cache, a range, a time span.
import { oneOf, UsageError, nearestOf } from "../../model/errors.ts";
import { fold } from "../../match/text/fold.ts";
import type { ChoiceSource } from "../documents/allowed-values.ts";
import { anyOf, plain, sql, type Sql, list, valuesOf } from "../../store/file/sql.ts";
import { negatable, type AlbumTest, type Carried, type Filter, type Scope } from "./filter.ts";
import { parseRange, rangeCondition, type Range } from "../conditions/range.ts";
import { parseSpan, within, type Span } from "../conditions/span.ts";
import { bareArtistName, inQuotes } from "../../model/names.ts";
import type { Database } from "../../store/file/database.ts";

const asTyped = (_: string, text: string): string => text;

/** A word of a closed set. */
export function oneOfWords<Word extends string>(words: readonly Word[], otherWords: readonly Word[] = []) {
  return {
    words,
    otherWords,
    parse: (flag: string, text: string): Word => oneOf(flag, text, words, otherWords),
  };
}

export function textual(help: string, condition: (text: string) => Sql) {
  return {
    placeholder: "text",
    help,
    parse: asTyped,
    condition: (texts: readonly string[]) => anyOf(texts, condition),
  };
}

/** The text filter for an album's own artist or title. */
export function nameTest(name: "artist" | "title") {
  return (texts: readonly string[]): AlbumTest => {
    const parts = texts.map(fold);
    return (album) => parts.some((text) => fold(album[name]).includes(text));
  };
}

/** A filter whose values come from the cache, such as genre or folder. */
export function carrying(
  name: ChoiceSource,
  help: string,
  { column, isAlike, ...facts }: Omit<Carried, "name"> & Pick<Filter, "column" | "isAlike">,
) {
  const carried = { name, ...facts };
  return negatable<string>({
    placeholder: name,
    help,
    column,
    isAlike,
    carried,
    parse: asTyped,
    condition: (values, { database }) => carried.carrier(list(resolveValues(database, carried, values))),
  });
}

/** SQL text of a condition: at least one record is a copy of the release. */
export const onShelf = "EXISTS (SELECT 1 FROM record WHERE release_id = release.id)";

/** The values of a JSON list column of the release. */
export const inJsonColumn = (column: string): Pick<Carried, "valuesQuery" | "carrier"> => ({
  valuesQuery: `SELECT value FROM release, json_each(release.${column}) WHERE ${onShelf}
    GROUP BY value ORDER BY count(*) DESC, value`,
  carrier: (values) =>
    sql`EXISTS (SELECT 1 FROM json_each(${plain(`release.${column}`)}) WHERE value IN ${values})`,
});

/** NULL is in no range. */
export function ranged(
  help: string,
  expression: (scope: Scope) => Sql,
  parse: (flag: string, text: string) => Range = parseRange,
) {
  return {
    placeholder: "range",
    help,
    parse,
    condition: (ranges: readonly Range[], scope: Scope) =>
      anyOf(ranges, (range) => rangeCondition(expression(scope), range)),
  };
}

/** A missing date is in no span. */
export function dated(help: string, expression: (scope: Scope) => Sql) {
  return {
    placeholder: "span",
    help,
    choiceSource: "span" as const,
    parse: parseSpan,
    condition: (spans: readonly Span[], scope: Scope) =>
      anyOf(spans, (span) => within(expression(scope), span)),
  };
}

export function knownValues(database: Database, { valuesQuery }: Carried): string[] {
  return valuesOf<string>(database)`${plain(valuesQuery)}`;
}

/** The cache's spellings of the typed values. Throws UsageError for a value that no record carries. */
function resolveValues(database: Database, carried: Carried, texts: readonly string[]): string[] {
  const keyOf = carried.keyOf ?? fold;
  const allValues = knownValues(database, carried);
  const spellings = new Map<string, string[]>();
  for (const value of allValues) {
    for (const key of new Set([keyOf(value), keyOf(bareArtistName(value))])) {
      spellings.set(key, [...(spellings.get(key) ?? []), value]);
    }
  }
  return texts.flatMap((text) => {
    const values =
      spellings.get(keyOf(text)) ?? (carried.takesParts === true ? containing(text, allValues) : []);
    if (values.length === 0) throw unknownValue(carried, text, allValues);
    return values;
  });
}

function containing(text: string, values: readonly string[]): string[] {
  const part = fold(text);
  return part === "" ? [] : values.filter((value) => fold(value).includes(part));
}

const mostShown = 6;

function unknownValue({ unknown, name }: Carried, text: string, values: readonly string[]): UsageError {
  const phrase = `${unknown} "${text.slice(0, 40)}"`;
  if (values.length === 0) return new UsageError(phrase, `What there is: rewind stats --by ${name}`);
  const nearest = nearestOf(text, values);
  const examples =
    values.slice(0, mostShown).map(inQuotes).join(", ") + (values.length > mostShown ? ", …" : "");
  const guess = nearest === undefined ? "" : `. Did you mean ${inQuotes(nearest)}?`;
  return new UsageError(`${phrase}${guess}`, `Yours: ${examples}\nAll of them: rewind stats --by ${name}`);
}
