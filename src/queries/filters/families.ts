// Filters that are alike but for a name: text within another, a value that is carried, a range, a span of time.
import { oneOf, UsageError } from "../../model/errors.ts";
import { fold } from "../../match/text/fold.ts";
import type { ChoiceSource } from "../documents/choices.ts";
import { carries, type Carried } from "../conditions/carried.ts";
import { anyOf, type Condition } from "../conditions/condition-parts.ts";
import { negatable, type Bounds, type AlbumTest, type Filter, type Scope } from "./filter.ts";
import { parseRange, rangeCondition, type Range } from "../conditions/range.ts";
import { parseSpan, spanCondition, type Span } from "../conditions/span.ts";

const asTyped = (_: string, text: string): string => text;

/** The values of a closed set. */
export const wordOf =
  <Word extends string>(words: readonly Word[], otherWords: readonly Word[] = []) =>
  (flag: string, text: string): Word =>
    oneOf(flag, text, words, otherWords);

/** Text within another one. */
export function textual(help: string, condition: (text: string) => Condition) {
  return {
    placeholder: "text",
    help,
    parse: asTyped,
    condition: (texts: readonly string[]) => anyOf(texts, condition),
  };
}

/** The same of an album's own name. */
export function named(name: "artist" | "title"): AlbumTest<string> {
  return {
    stage: "name",
    test: (texts) => {
      const folded = texts.map(fold);
      return (album) => folded.some((text) => fold(album[name]).includes(text));
    },
  };
}

/** What stands on the release or in the collection: its values are those of the cache. */
export function carrying(
  name: ChoiceSource,
  help: string,
  facts: Omit<Carried, "name"> & Pick<Filter, "column" | "isAlike">,
) {
  const { column, isAlike, ...known } = facts;
  const carried = { name, ...known };
  return negatable<string>({
    placeholder: name,
    help,
    ...(column === undefined ? {} : { column }),
    ...(isAlike === undefined ? {} : { isAlike }),
    carried,
    parse: asTyped,
    condition: (values, { database }) => carries(database, carried, values),
  });
}

/** Of a release. */
export const owned = "EXISTS (SELECT 1 FROM record WHERE release_id = release.id)";

/** In a list of the release. */
export const listed = (column: string): Pick<Carried, "known" | "carrier"> => ({
  known: `SELECT value FROM release, json_each(release.${column}) WHERE ${owned}
    GROUP BY value ORDER BY count(*) DESC, value`,
  carrier: `EXISTS (SELECT 1 FROM json_each(release.${column}) WHERE value IN (?))`,
});

/** A range of numbers; NULL is in none. */
export function ranged(
  help: string,
  expression: (scope: Scope) => string,
  parse: (flag: string, text: string) => Range = parseRange,
  bounds?: Bounds,
) {
  return {
    placeholder: "range",
    help,
    ...(bounds === undefined ? {} : { bounds }),
    parse: (flag: string, text: string) => within(flag, parse(flag, text), bounds),
    condition: (ranges: readonly Range[], scope: Scope) =>
      anyOf(ranges, (range) => rangeCondition(expression(scope), range)),
  };
}

/** Throws UsageError for a range beyond the bounds. */
function within(flag: string, range: Range, bounds: Bounds | undefined): Range {
  if (bounds === undefined) return range;
  const { least, most } = bounds;
  const isWithin = [range.least, range.most].every((end) => end === null || (end >= least && end <= most));
  if (isWithin) return range;
  throw new UsageError(`${flag} is never less than ${least} or more than ${most}`, `Try: ${flag} ..${most}`);
}

/** A span of time; what is not dated is in none. */
export function dated(help: string, expression: (scope: Scope) => string) {
  return {
    placeholder: "span",
    help,
    proposed: "span" as const,
    parse: parseSpan,
    condition: (spans: readonly Span[], scope: Scope) =>
      anyOf(spans, (span) => spanCondition(expression(scope), span)),
  };
}
