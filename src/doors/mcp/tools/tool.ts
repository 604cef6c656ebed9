// What an assistant can ask, one row a tool: how it is asked, what it answers, and how it says so in short.
import type { SqlPage } from "../../../queries/documents/statistics-documents.ts";
import type { SyncStart } from "../../../queries/documents/sync-documents.ts";
import type { PickRow } from "../../../queries/albums/pick-answer.ts";
import type { JsonSchema } from "../../../queries/documents/json-schema.ts";
import type { Database } from "../../../store/file/database.ts";
import type { Parameters, ValuesOf } from "../../parameters/parameter.ts";

/** What the tools work on, as the command that starts them gives it. */
export interface Shelf {
  readonly cachePath: string;
  nowUts(): number;
  random(): number;
  /** All of one state of the cache. Throws NotReadyError until both sides have been synced once. */
  read<Result>(work: (database: Database) => Result | Promise<Result>): Promise<Result>;
  /** As read(), whatever there is; null: nothing was ever synced. */
  readAny<Result>(work: (database: Database | null) => Result | Promise<Result>): Promise<Result>;
  /** The custom field of the collection that says where a record stands. */
  shelfField(): string | null;
  whyPicked(row: PickRow, nowUts: number): string;
  /** Runs a command line of rewind and gives the document of its --json. */
  run(line: readonly string[]): Promise<unknown>;
  /** A page of what a statement answers. Throws UsageError for one that is wrong, could write, or takes too long. */
  askSql(
    sql: string,
    paging: { readonly page: number; readonly limit: number },
    signal: AbortSignal,
  ): Promise<SqlPage>;
  startSync(): SyncStart;
}

interface ToolAnswer {
  readonly document: object;
  /** What is in it, in a few lines. Names in it are data: as JSON writes them. */
  readonly lines: readonly string[];
}

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: Parameters;
  readonly outputSchema: JsonSchema;
  /** Absent: it changes nothing. */
  readonly writes?: { readonly isIdempotent: boolean; readonly isOpenWorld: boolean };
  /** The signal fires when the client cancels the call. */
  readonly answer: (
    values: Readonly<Record<string, unknown>>,
    shelf: Shelf,
    signal: AbortSignal,
  ) => Promise<ToolAnswer>;
}

type ToolParts<Table extends Parameters> = Omit<Tool, "parameters" | "answer"> & {
  readonly parameters: Table;
  readonly answer: (values: ValuesOf<Table>, shelf: Shelf, signal: AbortSignal) => Promise<ToolAnswer>;
};

/** Its parameters' values are of the parameters' types. */
export function tool<Table extends Parameters>(parts: ToolParts<Table>): Tool {
  return {
    ...parts,
    answer: (values, shelf, signal) => parts.answer(values as ValuesOf<Table>, shelf, signal),
  };
}
