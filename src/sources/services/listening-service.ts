// A listening service: its album chart, its history, and sending plays to it.
import type { Album, Scrobble } from "../../model/model.ts";
import type { RemoteService, CallOptions, Page, PageNames } from "./remote-service.ts";
import type { Listen, SourcePlay } from "../../model/listening-sources.ts";
import type { PlayingNow } from "../../model/playing-now.ts";

export interface ListeningUser {
  /** The service's own spelling. */
  readonly name: string;
  readonly playCount: number;
  readonly albumCount: number | null;
  /** Unix seconds; null if the service doesn't say. */
  readonly registeredUts: number | null;
}

/** A page of a part of the listening history, newest first. Both ends in unix seconds. */
interface ScrobbleWindow {
  /** The first second; left out: from the beginning, with scrobbles that have no date. */
  readonly fromUts?: number;
  readonly toUts?: number;
  readonly page: number;
  readonly limit: number;
}

/** The properties of a listening service that a sync depends on. */
export interface ListeningTraits {
  /** Rows on a page, the largest size first. Smaller ones work when larger ones fail. */
  readonly pageSizes: readonly [largest: number, ...smaller: number[]];
  /** How long after its time a play may still be sent. */
  readonly lateSeconds: number;
  /** The time before which there are no scrobbles. Used only to estimate where they are. */
  readonly firstUts: number;
  /** The end of "To show it, …", about a hidden history. */
  readonly unhide: string;
  /** The web page of an artist, or of one of their albums or tracks. */
  pageOf(this: void, names: PageNames): string;
  /** The web page of the plays on a day, 2026-03-07. username undefined: of whoever is logged in. */
  pageOfDay(this: void, username: string | undefined, day: string): string;
}

export interface ListeningService extends RemoteService {
  /** null: the service takes no plays, or the settings for it are missing. */
  readonly scrobbler: Scrobbler | null;
  readonly traits: ListeningTraits;
  fetchUser(name: string, options?: CallOptions): Promise<ListeningUser>;
  /** The limit is one of the page sizes. */
  fetchAlbumPage(name: string, page: number, limit: number, options?: CallOptions): Promise<Page<Album>>;
  /**
   * A page of the history, without the track that is playing now. Services differ in whether the ends of the window
   * belong to it, so ask for one second more and drop what is outside. Throws HiddenHistory if the user hides it.
   */
  fetchScrobblePage(name: string, window: ScrobbleWindow, options?: CallOptions): Promise<Page<Scrobble>>;
  /** null: nothing is playing. Throws HiddenHistory like fetchScrobblePage. */
  fetchPlayingNow(name: string, options?: CallOptions): Promise<PlayingNow | null>;
  /** null: the service does not say. */
  fetchTrackSeconds(
    track: { readonly artist: string; readonly title: string },
    options?: CallOptions,
  ): Promise<number | null>;
}

/** A play to send. Sent again, it has the same names and the same second, so that the service recognises it. */
export interface SentPlay {
  readonly artist: string;
  readonly title: string;
  /** When it began, in unix seconds. */
  readonly uts: number;
  readonly album: string;
  readonly albumArtist: string;
  readonly durationSeconds: number | null;
}

export type Refusal = "artist" | "track" | "too-old" | "too-new" | "daily-limit" | "invalid" | "unknown";

export type Receipt = { readonly isStored: true } | { readonly isStored: false; readonly refusal: Refusal };

export interface ScrobblingSession {
  /** The service's own spelling. */
  readonly username: string;
  /** A secret that does not expire. */
  readonly key: string;
}

export const maxPlaysPerRequest = 50;
export const maxPlaysPerImport = 1_000;
/** Bytes of one listen in a request. */
export const maxListenBytes = 10_240;
/** ListenBrainz refuses plays before 1 October 2002, UTC. */
export const minListenUts = 1_033_430_400;
/** ListenBrainz refuses plays that are further in the future: a client's clock may be ahead. */
export const maxListenAheadSeconds = 3_600;

export interface PlaySender {
  fetchOwner(options?: CallOptions): Promise<string>;
  /** Takes at most 50 plays; one receipt for each, in order. A play that is sent twice is stored once. */
  scrobble(plays: readonly SentPlay[], options?: CallOptions): Promise<readonly Receipt[]>;
}

export interface Scrobbler extends PlaySender {
  /** The token that the user must allow. */
  requestToken(options?: CallOptions): Promise<string>;
  /** The page where the user allows it. Its address contains the API key. */
  buildPermissionUrl(token: string): string;
  /** null: not allowed yet. */
  requestSession(token: string, options?: CallOptions): Promise<ScrobblingSession | null>;
}

// A service that keeps listens, one by one, under keys of its own: ListenBrainz.

export interface ListenPage {
  /** The service's own spelling. */
  readonly username: string;
  /** The first and the last second with a listen of this user; 0 if there is none. */
  readonly oldestUts: number;
  readonly latestUts: number;
  readonly listens: readonly Listen[];
}

export interface ListenService extends RemoteService {
  /** Listens a page: the largest, and a smaller one for pages that time out. */
  readonly pageSizes: readonly [largest: number, ...smaller: number[]];
  fetchNewestListens(username: string, count: number, options?: CallOptions): Promise<ListenPage>;
  /**
   * The oldest listens after a second. A search that begins before `oldestUts - 1` may end too early.
   * The service may return fewer than `count`, also if there are more.
   */
  fetchListensAfter(username: string, uts: number, count: number, options?: CallOptions): Promise<ListenPage>;
  /** Includes listens that were deleted within the last hour. */
  fetchListenCount(username: string, options?: CallOptions): Promise<number>;
  /** null: nothing is playing. */
  fetchPlayingNow(username: string, options?: CallOptions): Promise<PlayingNow | null>;
  /** null without a token. */
  readonly writer: ListenWriter | null;
}

/** `scrobble` only queues: a play is stored once it is listed. */
export interface ListenWriter extends PlaySender {
  /** Sends plays that other programs recorded, at most maxPlaysPerImport. One receipt for each, in order. */
  importPlays(plays: readonly SourcePlay[], options?: CallOptions): Promise<readonly Receipt[]>;
  /** The service lists the listen until the next full hour. It does not say whether there was one. */
  deleteListen(listen: Pick<Listen, "listenedUts" | "msid">, options?: CallOptions): Promise<void>;
}
