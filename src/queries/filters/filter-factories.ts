// Kinds of filters: text, a value from the cache, a range, a time span.
import { addToList } from "../../model/grouping.ts";
import { parseChoice, UsageError, findNearestChoice } from "../../model/errors.ts";
import { fold } from "../../match/text/fold.ts";
import type { ChoiceSource } from "../documents/allowed-values.ts";
import { joinOr, rawSql, sql, type Sql, listSql, queryValues } from "../../store/file/sql.ts";
import { negatableFilter, type AlbumTest, type CachedValues, type Filter, type Scope } from "./filter.ts";
import { listSearchSpellings } from "../conditions/latin-letters.ts";
import { parseRange, buildRangeSql, type Range } from "../conditions/range.ts";
import { parsePeriod, buildPeriodSql, type Period } from "../conditions/period.ts";
import { stripArtistSuffix, quoteText } from "../../model/names.ts";
import type { Database } from "../../store/file/database.ts";

const parseText = (_: string, text: string): string => text;

/** A word of a closed set. */
export function wordChoice<Word extends string>(words: readonly Word[], otherWords: readonly Word[] = []) {
  return {
    words,
    otherWords,
    parse: (flag: string, text: string): Word => parseChoice(flag, text, words, otherWords),
  };
}

export function textFilter(help: string, condition: (text: string) => Sql) {
  return {
    placeholder: "text",
    help,
    parse: parseText,
    condition: (texts: readonly string[]) => joinOr(texts, condition),
  };
}

/** The text filter for an album's own artist or title. */
export function createNameTest(name: "artist" | "title") {
  return (texts: readonly string[]): AlbumTest => {
    const parts = texts.flatMap(listSearchSpellings);
    return (album) =>
      listSearchSpellings(album[name]).some((spelling) => parts.some((part) => spelling.includes(part)));
  };
}

/** A filter whose values come from the cache, such as genre or folder. */
export function cachedValueFilter(
  name: ChoiceSource,
  help: string,
  {
    column,
    isAlike,
    examples,
    ...facts
  }: Omit<CachedValues, "name"> & Pick<Filter, "column" | "isAlike" | "examples">,
) {
  const cachedValues = { name, ...facts };
  return negatableFilter<string>({
    placeholder: name,
    help,
    column,
    isAlike,
    ...(examples === undefined ? {} : { examples }),
    cachedValues,
    parse: parseText,
    condition: (values, { database }) =>
      cachedValues.buildCondition(listSql(resolveValues(database, cachedValues, values))),
  });
}

/** SQL text of a condition: at least one record is a copy of the release. */
export const ownedReleaseSql = "EXISTS (SELECT 1 FROM record WHERE release_id = release.id)";

/** The values of a JSON list column of the release. */
export const jsonColumnValues = (column: string): Pick<CachedValues, "valuesQuery" | "buildCondition"> => ({
  valuesQuery: `SELECT value FROM release, json_each(release.${column}) WHERE ${ownedReleaseSql}
    GROUP BY value ORDER BY count(*) DESC, value`,
  buildCondition: (values) =>
    sql`EXISTS (SELECT 1 FROM json_each(${rawSql(`release.${column}`)}) WHERE value IN ${values})`,
});

/** NULL is in no range. */
export function rangeFilter(
  help: string,
  expression: (scope: Scope) => Sql,
  parse: (flag: string, text: string) => Range = parseRange,
) {
  return {
    placeholder: "range",
    help,
    parse,
    condition: (ranges: readonly Range[], scope: Scope) =>
      joinOr(ranges, (range) => buildRangeSql(expression(scope), range)),
  };
}

/** A missing date is in no span. */
export function dateFilter(help: string, expression: (scope: Scope) => Sql) {
  return {
    placeholder: "period",
    help,
    choiceSource: "span" as const,
    parse: parsePeriod,
    condition: (spans: readonly Period[], scope: Scope) =>
      joinOr(spans, (span) => buildPeriodSql(expression(scope), span)),
  };
}

export function readKnownValues(database: Database, { valuesQuery }: CachedValues): string[] {
  return queryValues<string>(database)`${rawSql(valuesQuery)}`;
}

/** The cache's spellings of the typed values. Throws UsageError for a value that no record carries. */
function resolveValues(database: Database, cachedValues: CachedValues, texts: readonly string[]): string[] {
  const toKey = cachedValues.toKey ?? fold;
  const allValues = readKnownValues(database, cachedValues);
  const spellings = new Map<string, string[]>();
  for (const value of allValues) {
    for (const key of new Set([toKey(value), toKey(stripArtistSuffix(value))])) {
      addToList(spellings, key, value);
    }
  }
  return texts.flatMap((text) => {
    const values =
      spellings.get(toKey(text)) ??
      (cachedValues.takesParts === true ? filterContaining(text, allValues) : []);
    if (values.length === 0) throw createUnknownValueError(cachedValues, text, allValues);
    return values;
  });
}

function filterContaining(text: string, values: readonly string[]): string[] {
  const part = fold(text);
  return part === "" ? [] : values.filter((value) => fold(value).includes(part));
}

const maxShownValues = 6;

function createUnknownValueError(
  { unknownMessage, name }: CachedValues,
  text: string,
  values: readonly string[],
): UsageError {
  const phrase = `${unknownMessage} "${text.slice(0, 40)}"`;
  if (values.length === 0) return new UsageError(phrase, `To list them: rewind stats --by ${name}`);
  const nearest = findNearestChoice(text, values);
  const examples =
    values.slice(0, maxShownValues).map(quoteText).join(", ") + (values.length > maxShownValues ? ", …" : "");
  const guess = nearest === undefined ? "" : `. Did you mean ${quoteText(nearest)}?`;
  return new UsageError(
    `${phrase}${guess}`,
    `Yours: ${examples}\nTo list them all: rewind stats --by ${name}`,
  );
}
