// Parses filters from options by name, as a command line or an HTTP request gives them.
import type { RecordFilter } from "./record-filter.ts";
import { toFlag, toOptionName } from "./filter.ts";
import { parsePlayPeriod } from "../conditions/period.ts";
import { selectFilters, type Subject } from "./all-filters.ts";

/** Ignores options that filter nothing. Throws UsageError. */
export function parseRecordFilter(
  subject: Subject | null,
  options: Readonly<Record<string, unknown>>,
  words: unknown,
  nowUts: number,
): RecordFilter {
  const filter: Record<string, unknown> = {};
  const filterWords = toTexts(words);
  if (filterWords.length > 0) filter["words"] = filterWords;
  for (const [name, row] of subject === null ? [] : selectFilters(subject)) {
    const flag = toFlag(name, row);
    const values = toTexts(options[toOptionName(flag)]).map((text) => row.parse(`--${flag}`, text, nowUts));
    const last = values.at(-1);
    if (last !== undefined) filter[name] = row.isSingle ? last : values;
  }
  if (typeof options["during"] === "string") {
    filter["during"] = parsePlayPeriod("--during", options["during"], nowUts);
  }
  return filter;
}

/** A switch that is on has the text "". */
function toTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" ? [value] : value === true ? [""] : [];
}
