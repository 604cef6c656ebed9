// The paths of the API: the parameters that each takes, its answer and its failures.
import type { ApiKey, KeyRing } from "./api-keys.ts";
import type { Parameters, ValuesOf } from "../parameters/parameter.ts";
import type { PickRow } from "../../queries/albums/pick.ts";
import type { RecognisedList } from "../../queries/documents/decision-documents.ts";
import type { JsonSchema } from "../../queries/documents/json-schema.ts";
import type { SyncDesk, SyncRun, SyncScope } from "../../queries/shelf/sync-desk.ts";
import type { Database } from "../../store/file/database.ts";

interface RouteFacts {
  readonly method: "get" | "post" | "delete";
  /** "/v1/collecting/vinyl/{id}" */
  readonly path: string;
  readonly summary: string;
  /** How it differs from the hosted service. */
  readonly details?: string;
  /** open: without a key. */
  readonly access: "open" | "key" | "write" | "admin";
  readonly parameters: Parameters;
  /** The schema of the request's body. */
  readonly body?: JsonSchema;
  /** The body may hold several objects, one a line. */
  readonly takesLines?: true;
  /** The status of a successful answer if it isn't 200. */
  readonly status?: number;
  readonly schema: JsonSchema;
  /** Failures other than of the key, a limit or a parameter. */
  readonly failures?: Readonly<Record<number, string>>;
}

type Values = Readonly<Record<string, unknown>>;

/** A route that is answered from the cache. */
export interface Question extends RouteFacts {
  /** The same question has the same answer until the cache changes. */
  readonly isLasting: boolean;
  answer(this: void, values: Values, state: Asked): object | Promise<object>;
}

type SyncSide = Exclude<SyncScope, "all">;

/** Everything that an answer may depend on. */
export interface Asked {
  readonly database: Database;
  readonly nowUts: number;
  /** The last sync of each side that was started here. */
  readonly lastRuns: Readonly<Record<SyncSide, SyncRun | null>>;
  /** The setting shelf_field. */
  readonly shelfField: string | null;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Says in a sentence why a record was picked. */
  readonly whyPicked: (row: PickRow, nowUts: number) => string;
}

/** A route that needs no cache. */
export interface Action extends RouteFacts {
  act(this: void, values: Values, offices: Offices, request: Sent): object | Promise<object>;
  /** The answer as it changes, for clients that accept server-sent events: the name of the events, and their documents. */
  readonly events?: {
    readonly name: string;
    documents(this: void, offices: Offices): AsyncGenerator<object>;
  };
}

export interface Offices {
  readonly keys: KeyRing;
  readonly syncs: SyncDesk;
  readonly nowUts: number;
  /** Logs tracks that a recogniser heard, each a line of JSON. */
  readonly logRecognised: (lines: readonly string[]) => Promise<RecognisedList>;
}

export interface Sent {
  readonly body: Values;
  /** The objects of a body that may hold several, as text. */
  readonly lines: readonly string[];
  readonly caller: ApiKey | null;
}

export type Route = Question | Action;

type QuestionParts<Table extends Parameters> = Omit<
  Question,
  "path" | "method" | "access" | "isLasting" | "parameters" | "answer"
> &
  Partial<Pick<Question, "access" | "isLasting">> & {
    readonly parameters: Table;
    answer(this: void, values: ValuesOf<Table>, state: Asked): object | Promise<object>;
  };

/** A question that needs a key and has the same answer until the cache changes, unless `parts` say otherwise. */
export function question<Table extends Parameters>(
  path: string,
  { answer, ...parts }: QuestionParts<Table>,
): Question {
  return {
    method: "get",
    access: "key",
    isLasting: true,
    ...parts,
    path,
    // The parameters of the same route have read the values.
    answer: (values, state) => answer(values as ValuesOf<Table>, state),
  };
}

type ActionParts<Table extends Parameters> = Omit<Action, "parameters" | "act"> & {
  readonly parameters: Table;
  act(this: void, values: ValuesOf<Table>, offices: Offices, request: Sent): object | Promise<object>;
};

export function action<Table extends Parameters>({ act, ...parts }: ActionParts<Table>): Action {
  return { ...parts, act: (values, offices, request) => act(values as ValuesOf<Table>, offices, request) };
}

/** The failure of questions that only the listening history can answer. */
export const historyFailure = { 409: "the listening history is not there yet, or is hidden" } as const;
