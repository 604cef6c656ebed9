// Parameters of HTTP alone: the filters of the command line under the same names, pages, days and instants.
import { Problem } from "./problem.ts";
import {
  filterParameter,
  optionsOf,
  wordsOf,
  phrase,
  BadValue,
  type Parameters,
  type Values,
  type Parameter,
} from "../../queries/parameters/parameter.ts";
import type { QueryState } from "../../queries/shelf/query-state.ts";
import { UsageError } from "../../model/errors.ts";
import { knownValues } from "../../queries/filters/families.ts";
import { spanOf as daySpan, type ClosedSpan, type Span } from "../../queries/conditions/span.ts";
import { day, instant } from "../../queries/documents/json-schema.ts";
import { filtersOf, type Subject } from "../../queries/filters/all-filters.ts";
import { flagOf, type Filter } from "../../queries/filters/filter.ts";
import { readFilter } from "../../queries/filters/read-filter.ts";
import type { RecordFilter } from "../../queries/filters/record-filter.ts";
import type { Database } from "../../store/file/database.ts";
import type { Filtered } from "../../queries/parameters/list-query.ts";
import { countPublished } from "../../store/file/listings.ts";

const mostShown = 20;

/** Search words, the filters of a list, and the period of its plays. */
export function filterParameters({ subject, refusedFilters, hasPeriod }: Filtered): Parameters {
  const filterRows = (subject === null ? [] : filtersOf(subject))
    .filter(([name]) => !refusedFilters.includes(name))
    .map(([name, row]) => [flagOf(name, row), filterParameter(row)] as const);
  const during = hasPeriod ? { during: phrase("only plays in this span: 2024, 2024-06.., 1y") } : {};
  return { q: phrase("words of artist or title"), ...Object.fromEntries(filterRows), ...during };
}

/** Reads the values of filterParameters(), each by itself. Throws BadValue. */
export function readFilters(
  subject: Subject | null,
  { q, ...values }: Values,
  { database, nowUts }: Pick<QueryState, "database" | "nowUts">,
): RecordFilter {
  const rows = new Map(
    (subject === null ? [] : filtersOf(subject)).map(([name, row]) => [flagOf(name, row), row]),
  );
  // Before the first sync no value is known, so filters by value are ignored.
  const hasValues = countPublished(database, "collection") > 0;
  // Without values a filter must cost nothing: a server asks this for every request.
  const given = Object.entries(values).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  const filters = given.map(([name, value]) => {
    const row = rows.get(name);
    const isCarried = row?.carried !== undefined;
    if (isCarried && !hasValues) return {};
    try {
      if (isCarried) row?.condition?.(value as readonly string[], { database });
      return readFilter(subject, optionsOf({ [name]: value }), [], nowUts);
    } catch (error) {
      // The error of the command line would quote the value.
      throw error instanceof UsageError ? new BadValue(name, allowedFor(row, database)) : error;
    }
  });
  return Object.assign(readFilter(subject, {}, wordsOf(q), nowUts), ...filters) as RecordFilter;
}

function allowedFor(row: Filter | undefined, database: Database): string {
  if (row === undefined) {
    return "a span of time: 2024, 2024-06, 2024-06.., ..2023, 90d, 12w, 6mo, 1y, last-month";
  }
  const { words, carried, help } = row;
  if (words !== undefined) return `one of: ${words.join(", ")}`;
  if (carried !== undefined) {
    const knownNames = knownValues(database, carried);
    const more = knownNames.length > mostShown ? ", …" : "";
    return `what your records carry: ${knownNames.slice(0, mostShown).join(", ")}${more}`;
  }
  // The help ends with examples, or with the default in brackets.
  const examples =
    /[^:]*$/
      .exec(help)?.[0]
      .replace(/ ?\(.*$|\)$/, "")
      .trim() ?? "";
  return /\d/.test(examples) ? `a value like ${examples}` : "a whole number of at least 1";
}

const dayPattern = /^\d{4}-\d\d-\d\d$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Reads a day or an instant as a span: a whole day, or one second. */
function stretch(meaning: string, { isDay }: { readonly isDay: boolean }): Parameter<ClosedSpan | null> {
  const rule = isDay ? "a day: 2026-02-15" : "a day or an instant: 2026-02-15, 2026-02-15T20:00:00Z";
  return {
    meaning,
    schema: isDay ? day() : { anyOf: [day(), instant()] },
    read(name, [text]) {
      if (text === undefined) return null;
      // A day has both ends, whatever the time is now.
      const span = dayPattern.test(text) ? daySpan(text, 0) : isDay ? undefined : instantSpan(text);
      if (span === undefined) throw new BadValue(name, rule);
      return span as ClosedSpan;
    },
  };
}

function instantSpan(text: string): ClosedSpan | undefined {
  const uts = instantPattern.test(text) ? Math.floor(Date.parse(text) / 1000) : Number.NaN;
  return Number.isNaN(uts) ? undefined : { fromUts: uts, toUts: uts + 1 };
}

/** Local days; both ends are included. */
export const dates = {
  date: stretch("one local day", { isDay: true }),
  from: stretch("first local day, or an instant", { isDay: false }),
  to: stretch("last local day, or an instant", { isDay: false }),
};

interface Dates extends Record<"from" | "to", ClosedSpan | null> {
  readonly date?: ClosedSpan | null;
}

/** The requested span; null: all time. `date` takes precedence over `from` and `to`. */
export function spanOf({ date = null, from, to }: Dates): Span | null {
  if (date !== null) return date;
  if (from === null && to === null) return null;
  if (from !== null && to !== null && from.fromUts >= to.toUts) {
    throw new Problem(400, "from takes a day that is not after the one of to");
  }
  return { fromUts: from?.fromUts ?? null, toUts: to?.toUts ?? null };
}
