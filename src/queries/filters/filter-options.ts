// From options by name, as a command line or an address holds them, to a filter.
import type { RecordFilter } from "./record-filter.ts";
import { parseRange, parseRating, parseYears, type Range } from "./range.ts";
import { parseSpan, type Span } from "./span.ts";

/** Options whose texts go into the filter as they are, once they were checked. */
const texts = [
  "artist",
  "title",
  "kind",
  "notKind",
  "format",
  "notFormat",
  "genre",
  "notGenre",
  "style",
  "notStyle",
  "label",
  "notLabel",
  "folder",
  "notFolder",
  "match",
] as const satisfies readonly (keyof RecordFilter)[];

const ranges: Readonly<
  Record<"year" | "rating" | "plays" | "spins" | "confidence", (flag: string, text: string) => Range>
> = {
  year: parseYears,
  rating: parseRating,
  plays: parseRange,
  spins: parseRange,
  confidence: parseRange,
};

const spans = ["added", "played"] as const;

type Options = Readonly<Record<string, unknown>>;

/** The filter that options and words ask for; options that filter nothing are left aside. Throws UsageError. */
export function readFilter(options: Options, words: unknown, nowUts: number): RecordFilter {
  const filter: Record<string, unknown> = {};
  const given = stringsOf(words);
  if (given.length > 0) filter["words"] = given;
  if (options["filter"] === "listened" || options["filter"] === "unlistened") {
    filter["listened"] = options["filter"] === "listened";
  }
  if (options["never"] === true) filter["never"] = true;
  for (const name of texts) {
    const values = stringsOf(options[name]);
    if (values.length > 0) filter[name] = values;
  }
  for (const [name, parse] of Object.entries(ranges)) {
    const values = stringsOf(options[name]);
    if (values.length > 0) filter[name] = values.map((text) => parse(`--${name}`, text));
  }
  for (const name of spans) {
    const values = stringsOf(options[name]);
    if (values.length > 0) filter[name] = values.map((text): Span => parseSpan(`--${name}`, text, nowUts));
  }
  if (typeof options["during"] === "string")
    filter["during"] = parseSpan("--during", options["during"], nowUts);
  return filter;
}

function stringsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" ? [value] : [];
}
