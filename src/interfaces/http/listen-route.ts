// The paths that scrobblers call. They have their own form of errors, limits and CORS headers.
import type { ApiKey } from "./api-keys.ts";
import type { ResponseParts } from "./page-handler.ts";
import type { QueryResponse } from "./query-executor.ts";
import type { ApiRequest } from "./request.ts";

export interface ListenRouteRequest {
  readonly asking: ApiRequest;
  /** The chunks of the body. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Counts the request against its key. Throws Problem if the key has too many. */
  readonly admit: (key: ApiKey, kind: "submission" | "question") => void;
  /** Answers one of `listenQueries` from the cache. */
  readonly query: (path: string, values: Readonly<Record<string, unknown>>) => Promise<QueryResponse>;
}

export interface ListenRoute {
  /** "POST, OPTIONS" */
  readonly methods: string;
  readonly handle: (request: ListenRouteRequest) => Promise<ResponseParts>;
}

/** Returns undefined if no scrobbler calls the path. */
export type FindListenRoute = (path: string) => ListenRoute | undefined;
