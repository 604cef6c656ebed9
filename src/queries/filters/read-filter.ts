// Parses filters from options by name, as a command line or an HTTP request gives them.
import type { RecordFilter } from "./record-filter.ts";
import { flagOf, optionOf } from "./filter.ts";
import { parsePlaySpan } from "../conditions/span.ts";
import { filtersOf, type Subject } from "./all-filters.ts";

/** Ignores options that filter nothing. Throws UsageError. */
export function readFilter(
  subject: Subject | null,
  options: Readonly<Record<string, unknown>>,
  words: unknown,
  nowUts: number,
): RecordFilter {
  const filter: Record<string, unknown> = {};
  const filterWords = textsOf(words);
  if (filterWords.length > 0) filter["words"] = filterWords;
  for (const [name, row] of subject === null ? [] : filtersOf(subject)) {
    const flag = flagOf(name, row);
    const values = textsOf(options[optionOf(flag)]).map((text) => row.parse(`--${flag}`, text, nowUts));
    const last = values.at(-1);
    if (last !== undefined) filter[name] = row.isSingle ? last : values;
  }
  if (typeof options["during"] === "string") {
    filter["during"] = parsePlaySpan("--during", options["during"], nowUts);
  }
  return filter;
}

/** A switch that is on has the text "". */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" ? [value] : value === true ? [""] : [];
}
