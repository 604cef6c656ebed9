// Writing to a listening service.
import type { CallOptions } from "./asked-service.ts";

/** A play to be scrobbled. Sent again, it has the same names and the same second: so the service knows it. */
export interface SentPlay {
  readonly artist: string;
  readonly title: string;
  /** When it began, unix seconds. */
  readonly uts: number;
  /** "" where there is none. */
  readonly album: string;
  /** "" where there is none. */
  readonly albumArtist: string;
  /** null: not known. */
  readonly durationSeconds: number | null;
}

/** Why a play was not taken: for good, or for now. */
export type Refusal = "artist" | "track" | "too-old" | "too-new" | "daily-limit" | "unknown";

/** What became of one play. */
export type Receipt = { readonly isStored: true } | { readonly isStored: false; readonly refusal: Refusal };

export interface ScrobblingSession {
  /** Whose it is, in the service's own spelling. */
  readonly username: string;
  /** A secret that doesn't run out. */
  readonly key: string;
}

/** So many plays fit into one request. */
export const mostPlays = 50;

/** What writes to a listening service. */
export interface Scrobbling {
  /** What its user is asked to allow. */
  requestToken(options?: CallOptions): Promise<string>;
  /** Where its user allows it. The address holds the API key. */
  permissionPage(token: string): string;
  /** null: not allowed yet. */
  session(token: string, options?: CallOptions): Promise<ScrobblingSession | null>;
  /** Whose the session is. */
  owner(options?: CallOptions): Promise<string>;
  /** At most 50 plays; a receipt for each, in their order. Sent twice, a play is stored once. */
  scrobble(plays: readonly SentPlay[], options?: CallOptions): Promise<readonly Receipt[]>;
}
