// The interface of every service, and the facts about one that are known without loading its client.
import type { Service } from "../../model/model.ts";

/** One page of a listing, with the listing's own counts at that moment. */
export interface Page<Row> {
  readonly page: number;
  /** How many pages the listing counts; at least 1. */
  readonly pages: number;
  /** How many rows the whole listing counts. */
  readonly total: number;
  readonly rows: readonly Row[];
}

/** Stops the call, for example on Ctrl-C. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Fewer tries than usual, for a caller with another way, such as a smaller page. 1: do not wait if throttled either. */
  readonly attempts?: number;
  /** The limit of each try, if it is not the usual one. */
  readonly timeoutMs?: number;
}

export interface Usage {
  /** HTTP requests sent so far, retries included. */
  readonly requests: number;
  /** The least time that this many more requests take by the service's limits, in milliseconds. */
  soonestMs(requests: number): number;
}

export interface RemoteService extends Service {
  readonly usage: Usage;
}

/** The reason of a wait without a failure. */
export const rateLimitReason = "the service's rate limit";

/** The facts about a request that --verbose shows, without secrets. */
export interface RequestReport {
  readonly service: Service;
  /** "GET /users/x/collection/folders/0/releases?page=3&per_page=100" or "user.getTopAlbums page=2": redacted. */
  readonly call: string;
  readonly status: number | null;
  readonly durationMs: number;
  /** Requests left in the service's window; null if it doesn't say. */
  readonly remaining: number | null;
  /** The service's clock in milliseconds since 1970; null if it doesn't say. */
  readonly serverMs: number | null;
  /** The outcome in words: "ok", "again in 2.5 s: answered 503", "gave up: …". */
  readonly outcome: string;
}

export interface ServiceSetting {
  /** The name in the settings file. */
  readonly name: string;
  readonly environment: string;
  readonly help: string;
  /** The effect if it is not set, in words. */
  readonly defaultValue?: string;
  /** The place to get it; left out: no sync needs it. */
  readonly source?: string;
  /** Corrects a common spelling of an address. Throws UsageError for one that can't be read. */
  adjustUrl?(this: void, url: URL, name: string): URL;
}

export interface Signing {
  readonly sharedSecret: string;
  /** "" if there is none yet. */
  readonly session: string;
}

export interface PageNames {
  readonly artist: string;
  readonly album?: string | undefined;
  readonly track?: string | undefined;
}

export interface ServiceFacts extends Service {
  /** The address, unless the settings name another. */
  readonly baseUrl: string;
  readonly settings: {
    /** The token or key. Never shown. */
    readonly secret: ServiceSetting | null;
    readonly username: ServiceSetting | null;
    /** Signs calls. Never shown. null: no call is signed. */
    readonly sharedSecret: ServiceSetting | null;
    /** The session for calls that write. Never shown. */
    readonly session: ServiceSetting | null;
    readonly url: ServiceSetting;
  };
}
