// Runs a command that prints a list: reads the options, asks the cache, and writes the answer in the requested form.
import type { Context } from "../../../context.ts";
import { UsageError } from "../../../model/errors.ts";
import { isTableFormat, type Field, type OutputFormat } from "../../../output/field.ts";
import type { JsonDocument } from "../../../output/json.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import { present, type TableView } from "../../../output/present.ts";
import type { Paging } from "../../../queries/documents/paging.ts";
import { parseRecordFilter } from "../../../queries/filters/parse-filter.ts";
import { findNamedRecords, type RecordFilter } from "../../../queries/filters/record-filter.ts";
import { describeReading, type Reading } from "../../../queries/find/find-records.ts";
import type { Database } from "../../../store/file/database.ts";
import type { Invocation } from "../command-declaration.ts";
import { suggestFilter } from "./list-notices.ts";
import { splitByComma, type buildListOptions } from "./list-options.ts";
import { openMatchedCache } from "../access/matched-cache.ts";

export interface ListingOptions {
  readonly as: OutputFormat;
  readonly safeCsv: boolean;
  /** null: everything. */
  readonly paging: Paging | null;
  /** The columns of --columns. null: the usual ones. */
  readonly columns: readonly string[] | null;
}

/** The call of a command that takes the pages and forms of a list. */
export type ListInvocation = Invocation<ReturnType<typeof buildListOptions>>;

/** The options and words of a list command, parsed. */
interface ListParameters extends ListingOptions {
  readonly words: readonly string[];
  readonly nowMs: number;
  readonly nowUts: number;
}

interface Listing<Row, Answer extends { readonly rows: Iterable<Row> }> {
  readonly ask: (database: Database) => Answer;
  readonly buildDocument: (answer: Answer) => JsonDocument;
  readonly fields: readonly Field<Row>[] | ((answer: Answer) => readonly Field<Row>[]);
  readonly table: (answer: Answer, database: Database) => TableView<Row> | Promise<TableView<Row>>;
  /** The noun for one row of the JSON: "record". */
  readonly noun?: string;
  /** false: plays are enough for an answer. Default: true. */
  readonly needsCollection?: boolean;
  /** Returns a hint about the words of an empty list, or "". */
  readonly suggest?: (database: Database) => string;
  /** Options of a list of records that its words may have meant: "snoozed". */
  readonly switches?: readonly string[];
}

/** `read` turns the command line into a question. It throws UsageError before the cache is opened. */
export async function runListing<Row, Answer extends { readonly rows: Iterable<Row> }>(
  context: Context,
  call: ListInvocation,
  read: (request: ListParameters) => Listing<Row, Answer>,
): Promise<Answer> {
  const { options, words } = call;
  const form = readListingOptions(options, context);
  const nowMs = context.clock.now();
  const {
    ask,
    buildDocument,
    fields,
    table,
    noun = "row",
    needsCollection = true,
    suggest = () => "",
  } = read({
    ...form,
    words,
    nowMs,
    nowUts: Math.floor(nowMs / 1000),
  });
  const { database, synced } = await openMatchedCache(context, { call, needsCollection });
  const answer = ask(database);
  const noteRest = form.paging !== null && options.page === undefined && options.limit === undefined;
  await present(context, form, {
    document: () => {
      const whole = buildDocument(answer);
      if (noteRest) reportOtherPages(context, whole, noun);
      return whole;
    },
    fields: typeof fields === "function" ? fields(answer) : fields,
    rows: answer.rows,
    table: async () => {
      const view = await table(answer, database);
      const { empty } = view;
      return empty === undefined ? view : { ...view, empty: () => empty() + suggest(database) };
    },
    synced,
  });
  return answer;
}

/** Says that JSON comes in pages, where the command line names none. */
function reportOtherPages(context: Context, whole: JsonDocument, noun: string): void {
  const { data, pagination } = whole as {
    readonly data?: Iterable<unknown>;
    readonly pagination?: { total: number; limit: number };
  };
  if (data === undefined || pagination === undefined || pagination.total <= pagination.limit) return;
  context.note(`${pagination.limit} of ${pluralize(pagination.total, noun)}; --all for every one`);
}

/** runListing for records that options and words filter. */
export function runRecordListing<Row, Answer extends { readonly rows: Iterable<Row> }>(
  context: Context,
  call: ListInvocation,
  read: (request: ListParameters & { readonly filter: RecordFilter }) => Listing<Row, Answer>,
): Promise<Answer> {
  return runListing<Row, Answer>(context, call, (request) => {
    const filter = parseRecordFilter("cross-reference", call.options, request.words, request.nowUts);
    const listing = read({ ...request, filter });
    return {
      ...listing,
      suggest: (database) =>
        suggestFilter(database, request.words, {
          subject: "cross-reference",
          switches: listing.switches ?? [],
        }),
      ask: (database) => {
        reportFilterReading(context, database, filter);
        return listing.ask(database);
      },
    };
  });
}

/** Reads --json and --as. Without them, the setting table chooses the table. Throws UsageError. */
export function readOutputFormat<Format extends string>(
  { json, as }: { readonly json?: true; readonly as?: Format },
  { settings }: Pick<Context, "settings">,
): Format | "json" | "table" | "box" {
  if (json === true && as !== undefined && as !== "json") {
    throw new UsageError(`--json and --as ${as} can't be combined`, "Give one of them.");
  }
  return json === true ? "json" : (as ?? (settings()("table") === "box" ? "box" : "table"));
}

/** Tables on a terminal and JSON have pages by default. Other forms have no place to say "page 1 of 120". */
export function readListingOptions(
  options: ListInvocation["options"],
  { screen, settings }: Pick<Context, "screen" | "settings">,
): ListingOptions {
  const { page, limit, all, safeCsv, columns } = options;
  const as = readOutputFormat(options, { settings });
  if (safeCsv === true && as !== "csv") {
    throw new UsageError("--safe-csv needs --as csv", `Try: --as csv --safe-csv`);
  }
  if (columns !== undefined && as === "json") {
    throw new UsageError(
      "--columns does not work with --json, which always has the same fields",
      "Try: --as ndjson --columns id,title",
    );
  }
  const isPaged =
    as === "json" || (isTableFormat(as) && screen.isTerminal) || page !== undefined || limit !== undefined;
  return {
    as,
    safeCsv: safeCsv === true,
    columns: columns === undefined ? null : splitByComma(columns),
    paging: isPaged && all !== true ? { page: page ?? 1, limit: limit ?? 20 } : null,
  };
}

/** Says on stderr that the words were not found as typed. reading null: there are no words. */
export function reportReading(
  context: Context,
  noun: string,
  words: readonly string[],
  reading: Reading | null,
): void {
  const text = reading && describeReading(noun, words.join(" "), reading);
  if (text !== null) context.note(`rewind: ${text}`);
}

export function reportFilterReading(
  context: Context,
  database: Database,
  { words = [] }: RecordFilter,
): void {
  if (words.length > 0) reportReading(context, "record", words, findNamedRecords(database, words));
}
