// The parts of a tool: its parameters, its answer, and a short text about the answer.
import type { Parameters, ValuesOf } from "../../parameters/parameter.ts";
import { inQuotes, quotedName } from "../../../model/names.ts";
import { counted } from "../../../output/number-text.ts";
import type { PickRow } from "../../../queries/albums/pick.ts";
import type { JsonSchema } from "../../../queries/documents/json-schema.ts";
import type { ContractPagination, ContractRow } from "../../../queries/documents/shared-fields.ts";
import type { SqlPage } from "../../../queries/documents/statistics-documents.ts";
import type { SyncStart } from "../../../queries/documents/sync-documents.ts";
import type { Database } from "../../../store/file/database.ts";

/** The cache and the commands that tools use. */
export interface Shelf {
  readonly cachePath: string;
  nowUts(): number;
  random(): number;
  /** Runs `work` on one state of the cache. Throws NotReadyError until both sides have been synced once. */
  read<Result>(work: (database: Database) => Result | Promise<Result>): Promise<Result>;
  /** Like read(), but also before both sides are synced. null: nothing was ever synced. */
  readAny<Result>(work: (database: Database | null) => Result | Promise<Result>): Promise<Result>;
  /** The setting shelf_field. */
  shelfField(): string | null;
  whyPicked(row: PickRow, nowUts: number): string;
  /** Runs a command of rewind with this text as its stdin, and returns its JSON document. */
  run(line: readonly string[], input?: string): Promise<unknown>;
  /** A page of an SQL answer. Throws UsageError for a statement that is invalid, could write, or takes too much. */
  askSql(
    sql: string,
    paging: { readonly page: number; readonly limit: number },
    signal: AbortSignal,
  ): Promise<SqlPage>;
  startSync(): SyncStart;
}

interface ToolAnswer {
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

/** Gives the values the types of the parameters. */
export function tool<Table extends Parameters>(parts: ToolParts<Table>): Tool {
  return {
    ...parts,
    answer: (values, shelf, signal) => parts.answer(values as ValuesOf<Table>, shelf, signal),
  };
}

/** "Page 1 of 3, 10 of 28 records." */
export function pageLine(
  { page, total, total_pages: pages }: ContractPagination,
  lineCount: number,
  noun: string,
): string {
  if (total === 0) return `No ${noun} fits.`;
  if (pages === 1) return `${counted(total, noun)}.`;
  return `Page ${page} of ${pages}, ${lineCount} of ${counted(total, noun)}.`;
}

/** #17 "Nirvana" · "Nevermind": 333 plays */
export function recordLine({ collection, listening }: ContractRow): string {
  const { id, artists, title } = collection;
  return `#${id} ${inQuotes(artists.join(", "))} · ${inQuotes(title)}: ${counted(listening.play_count ?? 0, "play")}`;
}

export function albumLine(album: {
  readonly id: number;
  readonly artist: string | null;
  readonly title: string | null;
  readonly plays: number | null;
}): string {
  return `a${album.id} ${quotedName(album)}: ${counted(album.plays ?? 0, "play")}`;
}
