// The paths of the API: the parameters that each takes, its answer and its failures.
import type { KeyRing } from "./api-keys.ts";
import type { PlayingReport } from "../../model/playing-now.ts";
import type { Parameters, Values, InferValues } from "../../queries/parameters/parameter.ts";
import type { QueryState } from "../../queries/shelf/query-state.ts";
import type { JsonSchema, Schema } from "../../queries/documents/json-schema.ts";
import { requireHistory } from "../../queries/statistics/readiness.ts";
import type { Database } from "../../store/file/database.ts";
import type { SyncManager, SyncRun, SyncScope } from "../../queries/shelf/sync-manager.ts";

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
  /** The media type of the answer if it isn't JSON. Then the answer is bytes. */
  readonly mediaType?: string;
  /** Failures other than of the key, a limit or a parameter. */
  readonly failures?: Readonly<Record<number, string>>;
}

/** A route that is answered from the cache. */
export interface QueryRoute extends RouteFacts {
  /** The same question has the same answer until the cache changes. */
  readonly isLasting: boolean;
  /** true: it says what is owned, so it has no answer before the collection is synced. */
  readonly needsCollection: boolean;
  /** true: the answer needs to know what is playing, so the listening services may be asked first. */
  needsPlaying?(this: void, values: Values): boolean;
  /** Returns undefined if nothing has the number in the path. */
  answer(this: void, values: Values, state: RouteState): object | undefined | Promise<object | undefined>;
}

type SyncSide = Exclude<SyncScope, "all">;

export interface RouteState extends QueryState {
  /** The last sync of each side that was started here. */
  readonly lastRuns: Readonly<Record<SyncSide, SyncRun | null>>;
  /** Known only to routes that need it. */
  readonly playing: PlayingReport;
  /** The directory of stored covers. */
  readonly coversDirectory: string;
}

/** A route that changes something, or that asks more than the cache. */
export interface ActionRoute extends RouteFacts {
  act(
    this: void,
    values: Values,
    dependencies: RouteDependencies,
    request: ActionInput,
  ): object | Promise<object>;
  /** The answer as it changes, for clients that accept server-sent events. */
  events?(this: void, dependencies: RouteDependencies): AsyncGenerator<object>;
}

export interface RouteDependencies {
  readonly keys: KeyRing;
  readonly syncs: SyncManager;
  readonly nowUts: number;
  /**
   * Runs an action on the cache, in one transaction. Throws NotReadyError until both sides have been synced once, and Problem
   * if another program keeps writing.
   */
  readonly write: <Result extends object>(act: (database: Database) => Result) => Promise<Result>;
}

export interface ActionInput {
  readonly body: Values;
  /** The objects of a body that may hold several, as text. */
  readonly lines: readonly string[];
}

export type Route = QueryRoute | ActionRoute;

type RouteParts<Kind extends Route, Table extends Parameters, Document> = Pick<RouteFacts, "summary"> &
  Partial<Omit<Kind, "method" | "path" | "parameters" | "schema" | "answer" | "act">> & {
    readonly schema: Schema<Document>;
    /** The parameters read the values that answer() or act() gets. */
    readonly parameters?: Table;
  };

type QueryRouteParts<Table extends Parameters, Document> = RouteParts<QueryRoute, Table, Document> & {
  answer(
    this: void,
    values: InferValues<Table>,
    state: RouteState,
  ): NoInfer<Document> | undefined | Promise<NoInfer<Document> | undefined>;
};

/**
 * A question that needs a key and has the same answer until the cache changes, unless `parts` say otherwise. Before the
 * first sync, the hosted API promises an empty list. `needsCollection` is for questions that it does not have.
 */
export function queryRoute<Table extends Parameters, Document extends object>(
  path: string,
  { needsCollection = false, failures = {}, ...parts }: QueryRouteParts<Table, Document>,
): QueryRoute {
  return {
    method: "get",
    access: "key",
    isLasting: true,
    parameters: {},
    ...parts,
    needsCollection,
    failures: needsCollection ? { ...failures, ...collectionFailure } : failures,
    path,
  };
}

const collectionFailure = {
  409: "the collection or the listening history is not there yet, or the history is hidden",
} as const;

/** The failure of questions that only the listening history can answer. */
export const historyFailure = { 409: "the listening history is not there yet, or is hidden" } as const;

/** A question about plays with their times. */
export function historyRoute<Table extends Parameters, Document extends object>(
  path: string,
  { answer, ...parts }: QueryRouteParts<Table, Document>,
): QueryRoute {
  return queryRoute<Table, Document>(path, {
    ...parts,
    failures: historyFailure,
    answer(values, state) {
      requireHistory(state.database, "Plays within a span");
      return answer(values, state);
    },
  });
}

type ActionRouteParts<Table extends Parameters, Document> = RouteParts<ActionRoute, Table, Document> & {
  act(
    this: void,
    values: InferValues<Table>,
    dependencies: RouteDependencies,
    request: ActionInput,
  ): NoInfer<Document> | Promise<NoInfer<Document>>;
};

/** An action that needs an admin key, unless `parts` say otherwise. */
export function actionRoute<Table extends Parameters, Document extends object>(
  method: ActionRoute["method"],
  path: string,
  parts: ActionRouteParts<Table, Document>,
): ActionRoute {
  return { access: "admin", parameters: {}, ...parts, method, path };
}
