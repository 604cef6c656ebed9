// Parses filters from options by name, as a command line or an HTTP request gives them.
import type { AlbumFilter, RecordFilter } from "./record-filter.ts";
import { type Filter, flagOf, type Implied, negated, negationOf } from "./filter.ts";
import { parseSpan } from "../conditions/span.ts";
import { filtersOf, type Subject } from "./all-filters.ts";
import { UsageError } from "../../model/errors.ts";
import { fold } from "../../match/text/fold.ts";
import type { PlayScope } from "../figures/play-counts.ts";
import { overlap } from "../conditions/range.ts";

/** A filter in use, as typed and as parsed. */
interface Asked {
  readonly name: string;
  readonly row: Filter;
  readonly isNegation: boolean;
  readonly texts: readonly string[];
  readonly values: readonly unknown[];
}

/** Two filters that can't both be true. */
export class Contradiction extends UsageError {
  /** The names of their flags, without values. */
  readonly names: readonly [string, string];

  constructor(one: Asked, other: Asked) {
    super(
      `${flagText(one)} and ${flagText(other)} contradict each other: no record is both`,
      "Leave one of them out.",
    );
    this.names = [nameOf(one), nameOf(other)];
  }
}

/** Throws Contradiction for the first two filters that exclude each other. */
function refuseContradictions(flags: readonly Asked[], scope: PlayScope): void {
  const implied = flags.map((each) =>
    each.isNegation || each.values.length === 0 ? {} : (each.row.implies?.(each.values, scope) ?? {}),
  );
  flags.forEach((one, at) => {
    for (const other of flags.slice(at + 1)) {
      if (isSameTwice(one, other) || areApart(implied[at] ?? {}, implied[flags.indexOf(other)] ?? {})) {
        throw new Contradiction(one, other);
      }
    }
  });
}

/** The same value is both required and excluded. */
function isSameTwice(one: Asked, other: Asked): boolean {
  if (one.row !== other.row || one.isNegation === other.isNegation) return false;
  const keyOf = one.row.carried?.keyOf ?? fold;
  const texts = new Set(one.texts.map(keyOf));
  return other.texts.some((text) => texts.has(keyOf(text)));
}

function areApart(one: Implied, other: Implied): boolean {
  return (Object.keys(one) as (keyof Implied)[]).some((number) => {
    const [left, right] = [one[number], other[number]];
    return left !== undefined && right !== undefined && !overlap(left, right);
  });
}

function nameOf({ name, row, isNegation }: Pick<Asked, "name" | "row" | "isNegation">): string {
  return `${isNegation ? "not-" : ""}${flagOf(name, row)}`;
}

function flagText(flag: Asked): string {
  return [`--${nameOf(flag)}`, ...flag.texts.slice(0, 1).map((text) => text.slice(0, 40))]
    .filter((part) => part !== "")
    .join(" ");
}

type Options = Readonly<Record<string, unknown>>;

/** Ignores options that filter nothing. Throws UsageError. */
export function readRecordFilter(options: Options, words: unknown, nowUts: number): RecordFilter {
  return readFilter("cross-reference", options, { words, nowUts });
}

/** Like readRecordFilter, for albums that are not owned. */
export function readAlbumFilter(options: Options, words: unknown, nowUts: number): AlbumFilter {
  return readFilter("albums", options, { words, nowUts });
}

function readFilter(
  subject: Subject,
  options: Options,
  { words, nowUts }: { readonly words: unknown; readonly nowUts: number },
): Record<string, unknown> {
  const filter: Record<string, unknown> = {};
  const filterWords = textsOf(words);
  if (filterWords.length > 0) filter["words"] = filterWords;
  const flags: Asked[] = [];
  const read = (name: string, row: Filter, { parse }: Pick<Filter, "parse">, isNegation: boolean): void => {
    const flag = nameOf({ name, row, isNegation });
    const texts = textsOf(options[flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())]);
    const values = texts.map((text) => parse(`--${flag}`, text, nowUts));
    const last = values.at(-1);
    if (last === undefined) return;
    filter[isNegation ? negated(name) : name] = row.isSingle ? last : values;
    const effective = row.isSingle ? { texts: texts.slice(-1), values: [last] } : { texts, values };
    flags.push({ name, row, isNegation, ...effective });
  };
  for (const [name, row] of filtersOf(subject)) {
    read(name, row, row, false);
    const negation = negationOf(row);
    if (negation !== undefined) read(name, row, negation, true);
  }
  if (typeof options["during"] === "string") {
    filter["during"] = parseSpan("--during", options["during"], nowUts);
  }
  refuseContradictions(flags, filter);
  return filter;
}

/** A switch that is on has the text "". */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" ? [value] : value === true ? [""] : [];
}
