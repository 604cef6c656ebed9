// The parts of a tool: its parameters, its answer, and a short text about the answer.
import { buildFilterParameters, smallPages, parseToolFilter } from "./tool-parameters.ts";
import type { Parameters, Values, InferValues } from "../../../queries/parameters/parameter.ts";
import type { PlayingReport } from "../../../model/playing-now.ts";
import type { ActionAccess } from "../../../actions/action-access.ts";
import type { Ambiguous } from "../../../actions/resolve-target.ts";
import { quoteText, formatQuotedName } from "../../../model/names.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import type { JsonSchema, Schema } from "../../../queries/documents/json-schema.ts";
import type { Paging } from "../../../queries/documents/paging.ts";
import type { JsonPagination, JsonRow } from "../../../queries/documents/shared-fields.ts";
import type { QueryState } from "../../../queries/shelf/query-state.ts";
import { hasOnlyPlays } from "../../../queries/statistics/readiness.ts";
import { readListDocument, type ListQuery } from "../../../queries/parameters/list-query.ts";
import type { SqlPage } from "../../../queries/documents/statistics-documents.ts";
import type { SyncStart } from "../../../queries/documents/sync-documents.ts";
import type { Database } from "../../../store/file/database.ts";

/** The cache and the commands that tools use. */
export interface ToolContext {
  readonly cachePath: string;
  /**
   * Runs `work` on one state of the cache. Throws NotReadyError until both sides have been synced once, or if
   * `needsCollection` is false, until plays are known.
   */
  read<Result>(
    work: (state: QueryState) => Result | Promise<Result>,
    needs?: { readonly needsCollection: boolean },
  ): Promise<Result>;
  /** Like read(), but also before both sides are synced. null: nothing was ever synced. */
  readAny<Result>(work: (database: Database | null) => Result | Promise<Result>): Promise<Result>;
  /** Runs an action on the cache. Throws NotReadyError like read(). `signal` fires when the client cancels the call. */
  write<Result>(
    signal: AbortSignal,
    act: (access: ActionAccess) => Result | Ambiguous | Promise<Result | Ambiguous>,
  ): Promise<Result>;
  /** A page of an SQL answer. Throws UsageError for a statement that is invalid, could write, or takes too much. */
  askSql(sql: string, paging: Paging, signal: AbortSignal): Promise<SqlPage>;
  startSync(): SyncStart;
  /** Asks the listening services, if no player said what it plays. */
  fetchPlaying(): Promise<PlayingReport>;
}

interface ToolResult {
  readonly document: object;
  /** A summary in a few lines. Names in it are quoted. */
  readonly lines: readonly string[];
}

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: Parameters;
  readonly outputSchema: JsonSchema;
  /** Absent if the tool only reads. */
  readonly writes?: { readonly idempotentHint: boolean; readonly openWorldHint: boolean };
  /** true: it asks the services. Absent: it asks only the cache. */
  readonly asksServices?: true;
  /** The signal fires when the client cancels the call. */
  answer(this: void, values: Values, shelf: ToolContext, signal: AbortSignal): Promise<ToolResult>;
}

type ToolTexts = Pick<Tool, "name" | "title" | "description">;

type ToolParts<Table extends Parameters> = Omit<Tool, "parameters" | "answer"> & {
  readonly parameters: Table;
  answer(
    this: void,
    values: InferValues<Table>,
    shelf: ToolContext,
    signal: AbortSignal,
  ): Promise<ToolResult>;
};

/** Gives the values the types of the parameters. */
export function tool<Table extends Parameters>(parts: ToolParts<Table>): Tool {
  return parts;
}

type QueryToolParts<Table extends Parameters, Document> = ToolTexts & {
  readonly parameters: Table;
  readonly outputSchema: Schema<Document>;
  /** false: plays are enough for an answer. Default: true. */
  readonly needsCollection?: boolean;
  /** true: it says what is owned, so its lines end with a remark if only plays are known. */
  readonly statesOwnership?: boolean;
  answer(
    this: void,
    values: InferValues<Table>,
    state: QueryState,
  ): NoInfer<Document> | Promise<NoInfer<Document>>;
  lines(this: void, document: NoInfer<Document>, values: InferValues<Table>): readonly string[];
};

/** A tool that reads a document from the cache and sums it up in lines. */
export function queryTool<Table extends Parameters, Document extends object>({
  answer,
  lines,
  needsCollection = true,
  statesOwnership = false,
  ...parts
}: QueryToolParts<Table, Document>): Tool {
  return tool({
    ...parts,
    answer: (values, shelf) =>
      shelf.read(
        async (state) => {
          const document = await answer(values, state);
          const isUnknown = statesOwnership && hasOnlyPlays(state.database);
          return { document, lines: [...lines(document, values), ...(isUnknown ? [unknownRecords] : [])] };
        },
        { needsCollection },
      ),
  });
}

export const unknownRecords = "Which records are owned is not known yet: the collection is not synced.";

/** A list that HTTP answers too. */
export function listTool<Answer, Document extends object>(
  texts: ToolTexts,
  query: ListQuery<Answer, Document>,
  lines: (document: Document, values: Values) => readonly string[],
): Tool {
  const { subject, parameters, schema, needsCollection } = query;
  const all: Parameters & typeof smallPages = {
    ...smallPages,
    ...parameters,
    ...buildFilterParameters(query),
  };
  return queryTool<typeof all, Document>({
    ...texts,
    statesOwnership: true,
    parameters: all,
    outputSchema: schema,
    needsCollection,
    answer({ page, limit, ...values }, { database, nowUts }) {
      const filter = parseToolFilter(subject, values, nowUts);
      return readListDocument(query, database, { ...values, filter, paging: { page, limit }, nowUts });
    },
    lines,
  });
}

/** "Page 1 of 3, 10 of 28 records." */
export function describePage(
  { page, total, total_pages: pages }: JsonPagination,
  lineCount: number,
  noun: string,
): string {
  if (total === 0) return `No ${noun} fits.`;
  if (pages === 1) return `${pluralize(total, noun)}.`;
  return `Page ${page} of ${pages}, ${lineCount} of ${pluralize(total, noun)}.`;
}

/** #17 "Nirvana" · "Nevermind": 333 plays */
export function describeRecord({ collection, listening }: JsonRow): string {
  const { id, artists, title } = collection;
  return `#${id} ${quoteText(artists.join(", "))} · ${quoteText(title)}: ${pluralize(listening.play_count ?? 0, "play")}`;
}

/** a219 "Nirvana" · "Nevermind": 333 plays */
export function describeAlbum(album: {
  readonly id: number;
  readonly artist_name: string;
  readonly album_name: string;
  readonly play_count: number;
}): string {
  const { id, artist_name: artist, album_name: title, play_count: plays } = album;
  return `a${id} ${formatQuotedName({ artist, title })}: ${pluralize(plays, "play")}`;
}
