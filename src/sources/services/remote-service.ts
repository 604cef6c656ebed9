// What all services have in common: how they are asked, and what is known of them without loading their clients.
import type { Service } from "../../model/model.ts";

/** One page of a listing, with what the listing says of itself at that moment. */
export interface Page<Row> {
  readonly page: number;
  /** How many pages the listing has, by its own account; at least 1. */
  readonly pages: number;
  /** How many rows the whole listing has, by its own account. */
  readonly total: number;
  readonly rows: readonly Row[];
}

/** Stops a call that waits or runs: Ctrl-C. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Fewer tries than usual, for a caller that has another way (a smaller page). */
  readonly attempts?: number;
  /** Throws NothingToSpare rather than wait for the service's rate limit. */
  readonly spare?: boolean;
}

/** What all services have in common. */
export interface AskedService extends Service {
  /** HTTP requests sent so far, retries included. */
  readonly requests: number;
  /** After how long so many more will have been sent, in milliseconds, at the soonest: by the service's own limits. */
  soonestMs(requests: number): number;
}

/** Why a request waits where nothing went wrong. */
export const rateLimitReason = "the service's rate limit";

/** What --verbose shows of one request. Everything in it is free of secrets. */
export interface RequestReport {
  readonly service: Service;
  /** "GET /users/x/collection/folders/0/releases?page=3&per_page=100" or "user.getTopAlbums page=2": redacted. */
  readonly call: string;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  readonly durationMs: number;
  /** Requests left in the service's window by its own header; null when not told. */
  readonly remaining: number | null;
  /** What the service's clock said, in milliseconds since 1970; null when not told. */
  readonly serverMs: number | null;
  /** What happens next: "ok", "again in 2.5 s: answered 503", "gave up: …". */
  readonly outcome: string;
}

export interface ServiceSetting {
  /** In the settings file. */
  readonly name: string;
  readonly environment: string;
  readonly help: string;
  /** What holds while it isn't set, in words. */
  readonly unset?: string;
  /** Where to get it; left out: no sync needs it. */
  readonly source?: string;
  /** For an address: corrects a common spelling. Throws UsageError for one that can't be read. */
  adjustUrl?(this: void, url: URL, name: string): URL;
}

/** What calls are signed with that write. */
export interface Signing {
  readonly sharedSecret: string;
  /** "" before there is one. */
  readonly session: string;
}

/** What a page is of, at a service of listening. */
export interface PageNames {
  readonly artist: string;
  readonly album?: string;
  readonly track?: string;
}

export interface ServiceFacts extends Service {
  /** Its own address, where no other is set. */
  readonly baseUrl: string;
  readonly settings: {
    /** What lets us in; never to be shown. */
    readonly secret: ServiceSetting | null;
    readonly username: ServiceSetting | null;
    /** What signs calls that write; never to be shown. null: nothing is written there. */
    readonly sharedSecret: ServiceSetting | null;
    /** What lets us write as its user; never to be shown. */
    readonly session: ServiceSetting | null;
    readonly url: ServiceSetting;
  };
}
