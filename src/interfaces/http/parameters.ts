// Parameters of HTTP alone: the filters of the command line under the same names, pages, days and instants.
import { Problem } from "./problem.ts";
import {
  filterParameter,
  toOptionValues,
  splitWords,
  phrase,
  InvalidValueError,
  type Parameters,
  type Values,
  type Parameter,
} from "../../queries/parameters/parameter.ts";
import type { QueryState } from "../../queries/shelf/query-state.ts";
import { UsageError } from "../../model/errors.ts";
import { readKnownValues } from "../../queries/filters/filter-factories.ts";
import { tryParsePeriod, type ClosedPeriod, type Period } from "../../queries/conditions/period.ts";
import { day, instant } from "../../queries/documents/json-schema.ts";
import { selectFilters, type Subject } from "../../queries/filters/all-filters.ts";
import { toFlag, type Filter } from "../../queries/filters/filter.ts";
import { parseRecordFilter } from "../../queries/filters/parse-filter.ts";
import type { RecordFilter } from "../../queries/filters/record-filter.ts";
import type { Database } from "../../store/file/database.ts";
import type { FilterSupport } from "../../queries/parameters/list-query.ts";
import { countPublished } from "../../store/file/listings.ts";

const maxShownValues = 20;

/** Search words, the filters of a list, and the period of its plays. */
export function buildFilterParameters({ subject, refusedFilters, hasPeriod }: FilterSupport): Parameters {
  const filterRows = (subject === null ? [] : selectFilters(subject))
    .filter(([name]) => !refusedFilters.includes(name))
    .map(([name, row]) => [toFlag(name, row), filterParameter(row)] as const);
  const during = hasPeriod ? { during: phrase("only plays in this span: 2024, 2024-06.., 1y") } : {};
  return { q: phrase("words of artist or title"), ...Object.fromEntries(filterRows), ...during };
}

/** Reads the values of buildFilterParameters(), each by itself. Throws InvalidValueError. */
export function readFilters(
  subject: Subject | null,
  { q, ...values }: Values,
  { database, nowUts }: Pick<QueryState, "database" | "nowUts">,
): RecordFilter {
  const rows = new Map(
    (subject === null ? [] : selectFilters(subject)).map(([name, row]) => [toFlag(name, row), row]),
  );
  // No value is known before the first sync, so filters by value are ignored.
  const hasValues = countPublished(database, "collection") > 0;
  // A filter without values must cost nothing: a server asks this for every request.
  const given = Object.entries(values).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  const filters = given.map(([name, value]) => {
    const row = rows.get(name);
    const hasCachedValues = row?.cachedValues !== undefined;
    if (hasCachedValues && !hasValues) return {};
    try {
      if (hasCachedValues) row?.condition?.(value as readonly string[], { database });
      return parseRecordFilter(subject, toOptionValues({ [name]: value }), [], nowUts);
    } catch (error) {
      // The error of the command line would quote the value.
      throw error instanceof UsageError
        ? new InvalidValueError(name, describeAllowedValues(row, database))
        : error;
    }
  });
  return Object.assign(parseRecordFilter(subject, {}, splitWords(q), nowUts), ...filters) as RecordFilter;
}

function describeAllowedValues(row: Filter | undefined, database: Database): string {
  if (row === undefined) {
    return "a span of time: 2024, 2024-Q1, 2024-06, 2024-06.., ..2023, 90d, 12w, 6mo, 1y, last-month, november, week";
  }
  const { words, cachedValues, examples } = row;
  if (words !== undefined) return `one of: ${words.join(", ")}`;
  if (cachedValues !== undefined) {
    const knownNames = readKnownValues(database, cachedValues);
    const more = knownNames.length > maxShownValues ? ", …" : "";
    return `what your records carry: ${knownNames.slice(0, maxShownValues).join(", ")}${more}`;
  }
  return examples === undefined ? "a whole number of at least 1" : `a value like ${examples}`;
}

const dayPattern = /^\d{4}-\d\d-\d\d$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Reads a day or an instant as a span: a whole day, or one second. */
function periodParameter(
  meaning: string,
  { isDay }: { readonly isDay: boolean },
): Parameter<ClosedPeriod | null> {
  const rule = isDay ? "a day: 2026-02-15" : "a day or an instant: 2026-02-15, 2026-02-15T20:00:00Z";
  return {
    meaning,
    schema: isDay ? day() : { anyOf: [day(), instant()] },
    read(name, [text]) {
      if (text === undefined) return null;
      // A day has both ends, whatever the time is now.
      const span = dayPattern.test(text)
        ? tryParsePeriod(text, 0)
        : isDay
          ? undefined
          : parseInstantPeriod(text);
      if (span === undefined) throw new InvalidValueError(name, rule);
      return span as ClosedPeriod;
    },
  };
}

function parseInstantPeriod(text: string): ClosedPeriod | undefined {
  const uts = instantPattern.test(text) ? Math.floor(Date.parse(text) / 1000) : Number.NaN;
  return Number.isNaN(uts) ? undefined : { fromUts: uts, toUts: uts + 1 };
}

/** Local days; both ends are included. */
export const dateParameters = {
  date: periodParameter("one local day", { isDay: true }),
  from: periodParameter("first local day, or an instant", { isDay: false }),
  to: periodParameter("last local day, or an instant", { isDay: false }),
};

interface DateValues extends Record<"from" | "to", ClosedPeriod | null> {
  readonly date?: ClosedPeriod | null;
}

/** The requested span; null: all time. `date` takes precedence over `from` and `to`. */
export function getRequestedPeriod({ date = null, from, to }: DateValues): Period | null {
  if (date !== null) return date;
  if (from === null && to === null) return null;
  if (from !== null && to !== null && from.fromUts >= to.toUts) {
    throw new Problem(400, "from takes a day that is not after the one of to");
  }
  return { fromUts: from?.fromUts ?? null, toUts: to?.toUts ?? null };
}
