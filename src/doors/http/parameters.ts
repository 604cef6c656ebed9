// Parameters of HTTP alone: the filters of the command line under the same names, pages, days and instants.
import { Problem } from "./problem.ts";
import {
  filterParameter,
  optionsOf,
  wordsOf,
  phrase,
  type Parameters,
  whole,
  type Parameter,
} from "../parameters/parameter.ts";
import { UsageError } from "../../model/errors.ts";
import { daysIn, localDayOf } from "../../model/times.ts";
import { knownValues } from "../../queries/filters/families.ts";
import { parseSpan } from "../../queries/conditions/span.ts";
import { day, instant } from "../../queries/documents/json-schema.ts";
import { filtersOf, type Subject } from "../../queries/filters/all-filters.ts";
import { flagOf, type Filter } from "../../queries/filters/filter.ts";
import { readFilter } from "../../queries/filters/read-filter.ts";
import type { RecordFilter } from "../../queries/filters/record-filter.ts";
import type { Database } from "../../store/file/database.ts";
import { countRecords } from "../../store/shelf/stored-records.ts";

const mostShown = 20;

/** The filters of a subject, search words, and the span of plays. */
export function filterParameters(subject: Subject): Parameters {
  const filterRows = filtersOf(subject).map(
    ([name, row]) => [flagOf(name, row), filterParameter(row)] as const,
  );
  const during =
    subject === "records" ? {} : { during: phrase("only plays in this span: 2024, 2024-06.., 1y") };
  return { q: phrase("words of artist or title"), ...Object.fromEntries(filterRows), ...during };
}

interface Reading {
  readonly database: Database;
  readonly nowUts: number;
}

/** Reads the values of filterParameters(). Throws Problem, which names the invalid parameter. */
export function readFilters(
  subject: Subject,
  values: Readonly<Record<string, unknown>>,
  { database, nowUts }: Reading,
): RecordFilter {
  const rows = filtersOf(subject).map(([name, row]) => ({ flag: flagOf(name, row), row }));
  for (const { flag, row } of rows) checkFilter(row, flag, values[flag], { database, nowUts });
  // Before the first sync no value is known, so filters by value are ignored.
  const unknowable = countRecords(database) > 0 ? [] : rows.filter(({ row }) => row.carried !== undefined);
  const leftAside = new Set(unknowable.map(({ flag }) => flag));
  const { q, during } = values;
  if (typeof during === "string") {
    readOr400(
      "during",
      "a span of time: 2024, 2024-06, 2024-06.., ..2023, 90d, 12w, 6mo, 1y, last-month",
      () => parseSpan("during", during, nowUts),
    );
  }
  const options = optionsOf(
    Object.fromEntries(Object.entries(values).filter(([name]) => !leftAside.has(name))),
  );
  return readFilter(subject, options, wordsOf(q), nowUts);
}

function checkFilter(row: Filter, name: string, value: unknown, { database, nowUts }: Reading): void {
  if (!Array.isArray(value) || value.length === 0) return;
  const { words, carried, help } = row;
  const values = (value as readonly string[]).map((text) =>
    readOr400(name, words === undefined ? likeThese(help) : `one of: ${words.join(", ")}`, () =>
      row.parse(name, text, nowUts),
    ),
  );
  if (carried === undefined || countRecords(database) === 0) return;
  const knownNames = knownValues(database, carried);
  const examples = knownNames.slice(0, mostShown).join(", ") + (knownNames.length > mostShown ? ", …" : "");
  readOr400(name, `what your records carry: ${examples}`, () => row.condition?.(values, { database }));
}

/** Turns the examples at the end of the help into an allowed value. */
function likeThese(help: string): string {
  const examples = /[^:]*$/.exec(help)?.[0].trim() ?? "";
  return /\d/.test(examples) ? `a value like ${examples}` : "a whole number of at least 1";
}

/** Replaces the error of the command line, which would quote the value. */
function readOr400<Value>(name: string, allowedValues: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) throw badValue(name, allowedValues);
    throw error;
  }
}

export function badValue(name: string, allowedValues: string): Problem {
  return new Problem(400, `${name} takes ${allowedValues}`);
}

export function paging({ most, usual }: { readonly most: number; readonly usual: number }) {
  return {
    page: whole("page number, from 1", { least: 1, most: 1_000_000_000, usual: 1 }),
    limit: whole("rows per page", { least: 1, most, usual }),
  };
}

const dayPattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** A day or an instant as unix seconds: its start, and the first second after it. */
interface Stretch {
  readonly fromUts: number;
  readonly toUts: number;
}

function stretchOf(text: string): Stretch | undefined {
  if (dayPattern.test(text)) {
    const [year = 0, month = 0, date = 0] = text.split("-").map(Number);
    if (month < 1 || month > 12 || date < 1 || date > daysIn(year, month - 1)) return undefined;
    const { fromUts, toUts } = localDayOf(year, month - 1, date);
    return { fromUts, toUts };
  }
  if (!instantPattern.test(text)) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return undefined;
  const uts = Math.floor(ms / 1000);
  return { fromUts: uts, toUts: uts + 1 };
}

function stretch(meaning: string, { isDay }: { readonly isDay: boolean }): Parameter<Stretch | null> {
  return {
    meaning,
    schema: isDay ? day() : { anyOf: [day(), instant()] },
    read: (name, [text]) => {
      if (text === undefined) return null;
      const days = isDay && !dayPattern.test(text) ? undefined : stretchOf(text);
      if (days !== undefined) return days;
      throw badValue(
        name,
        isDay ? "a day: 2026-02-15" : "a day or an instant: 2026-02-15, 2026-02-15T20:00:00Z",
      );
    },
  };
}

/** Local days; both ends are included. */
export const dates = {
  date: stretch("one local day", { isDay: true }),
  from: stretch("first local day, or an instant", { isDay: false }),
  to: stretch("last local day, or an instant", { isDay: false }),
};

interface Dates {
  readonly date?: Stretch | null;
  readonly from: Stretch | null;
  readonly to: Stretch | null;
}

/** The requested span; null: all time. `date` takes precedence over `from` and `to`. */
export function spanOf({ date = null, from, to }: Dates): {
  readonly fromUts: number | null;
  readonly toUts: number | null;
} | null {
  if (date !== null) return date;
  if (from === null && to === null) return null;
  if (from !== null && to !== null && from.fromUts >= to.toUts) {
    throw new Problem(400, "from takes a day that is not after the one of to");
  }
  return { fromUts: from?.fromUts ?? null, toUts: to?.toUts ?? null };
}
