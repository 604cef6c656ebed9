// What can be asked, one row a path: how it is asked, what it answers, and what may go wrong.
import type { PickRow } from "../../queries/albums/pick-answer.ts";
import type { SyncDesk } from "../../queries/shelf/sync-run.ts";
import type { JsonSchema } from "../../queries/documents/json-schema.ts";
import type { Database } from "../../store/file/database.ts";
import type { ApiKey, KeyRing } from "./api-keys.ts";
import type { Parameters, ValuesOf } from "../parameters/parameter.ts";

/** What an answer may be made of. */
export interface Asked {
  readonly database: Database;
  readonly nowUts: number;
  readonly keys: KeyRing;
  readonly syncs: SyncDesk;
  readonly settings: { readonly shelfField: string | null };
  readonly random: () => number;
  /** A sentence on a picked row. */
  readonly whyPicked: (row: PickRow, nowUts: number) => string;
}

export interface Route {
  readonly method: "get" | "post" | "delete";
  /** "/v1/collecting/vinyl/{id}" */
  readonly path: string;
  readonly summary: string;
  /** Lines about where it differs from the hosted service. */
  readonly details?: string;
  /** open: without a key. */
  readonly access: "open" | "key" | "admin";
  /** Whether the same question has the same answer until the cache changes. */
  readonly isLasting: boolean;
  /** The cache is not read for it. */
  readonly withoutCache?: true;
  readonly parameters: Parameters;
  /** What may be sent along, as JSON. */
  readonly body?: JsonSchema;
  /** The answer's status, where it isn't 200, and its schema. */
  readonly status?: number;
  readonly schema: JsonSchema;
  /** The answer as it changes, for whoever accepts server-sent events: events of that name, each with a document. */
  readonly events?: {
    readonly name: string;
    documents(this: void, asked: Omit<Asked, "database">): AsyncGenerator<object>;
  };
  /** What else may go wrong than a key, a limit or a parameter. */
  readonly failures?: Readonly<Record<number, string>>;
  answer(
    this: void,
    values: Readonly<Record<string, unknown>>,
    asked: Asked,
    sent: Sent,
  ): object | Promise<object>;
}

export interface Sent {
  readonly body: Readonly<Record<string, unknown>>;
  readonly caller: ApiKey | null;
}

type Parts<Table extends Parameters> = Omit<Route, "parameters" | "answer"> & {
  readonly parameters: Table;
  answer(this: void, values: ValuesOf<Table>, asked: Asked, sent: Sent): object | Promise<object>;
};

/** A question of the cache: with a key, and answered alike until the cache changes. */
export function question<Table extends Parameters>(
  path: string,
  parts: Omit<Parts<Table>, "method" | "path" | "access" | "isLasting"> &
    Partial<Pick<Route, "access" | "isLasting">>,
): Route {
  return route({ method: "get", access: "key", isLasting: true, ...parts, path });
}

export function route<Table extends Parameters>({ answer, ...parts }: Parts<Table>): Route {
  // The parameters of the same row have read the values.
  return { ...parts, answer: (values, asked, sent) => answer(values as ValuesOf<Table>, asked, sent) };
}

/** Of questions that ask for what the listening history alone can tell. */
export const historyFailure = { 409: "the listening history is not there yet, or is hidden" } as const;
