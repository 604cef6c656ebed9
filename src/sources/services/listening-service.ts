// A listening service: its chart and its history, and sending plays to it.
import type { Album, Scrobble } from "../../model/model.ts";
import type { AskedService, CallOptions, Page, PageNames } from "./remote-service.ts";

export interface ListeningUser {
  /** In the service's own spelling. */
  readonly name: string;
  readonly playCount: number;
  /** null where the service doesn't tell. */
  readonly albumCount: number | null;
  /** Unix seconds; null where the service doesn't tell. */
  readonly registeredUts: number | null;
}

/** A part of the listening history, newest first. Both ends in unix seconds. */
interface ScrobbleWindow {
  /** Scrobbles from this second on; left out: from the beginning, undated ones included. */
  readonly fromUts?: number;
  readonly toUts?: number;
  readonly page: number;
  /** One of the service's page sizes. */
  readonly limit: number;
}

export interface HistoryPage extends Omit<Page<Scrobble>, "total" | "pages"> {
  /** How many scrobbles the window holds; null: the service doesn't count, and a page that isn't full is the last. */
  readonly total: number | null;
}

/** What a listening service is like: a sync goes by it. */
export interface ListeningTraits {
  /** Rows a page, from the most that it serves down to those that get through when bigger ones fail. */
  readonly pageSizes: readonly [largest: number, ...smaller: number[]];
  /** So long after a play was heard it may still be sent in. */
  readonly lateSeconds: number;
  /** Where its own time begins: for guesses about where scrobbles lie, not for what is asked. */
  readonly firstUts: number;
  /** Where its user lets a history be seen that is hidden: the end of "To show it, …". */
  readonly unhide: string;
  /** Its page of an artist, or of an album or a track of theirs. */
  pageOf(this: void, names: PageNames): string;
  /** Its page of what was played on a day, 2026-03-07; username undefined: of whoever is logged in there. */
  pageOfDay(this: void, username: string | undefined, day: string): string;
}

export type ReadChartPage = (
  name: string,
  page: number,
  limit: number,
  options?: CallOptions,
) => Promise<Page<Album>>;

/** How long a track is; null where the service doesn't know it, or not how long it is. */
export type ReadTrackSeconds = (
  track: { readonly artist: string; readonly title: string },
  options?: CallOptions,
) => Promise<number | null>;

/** A service that knows what someone listened to. */
export interface ListeningService extends AskedService {
  /** null: it doesn't tell. */
  readonly trackSeconds: ReadTrackSeconds | null;
  /** null: nothing can be written there, or nobody has given what it takes. */
  readonly scrobbling: Scrobbling | null;
  readonly traits: ListeningTraits;
  user(name: string, options?: CallOptions): Promise<ListeningUser>;
  /**
   * A page of the all-time album chart, of one of the page sizes. null: the service has none, and the albums are
   * those of the history.
   */
  readonly albumsPage: ReadChartPage | null;
  /**
   * A page of the listening history without what plays this minute; its total is that of the window. Whether the
   * ends of the window are inside it may differ: ask for a second more and drop what lies outside.
   * Throws HiddenHistory where the user hides it.
   */
  scrobblesPage(name: string, window: ScrobbleWindow, options?: CallOptions): Promise<HistoryPage>;
}

/** One that counts the albums itself, and knows tracks that its user never played. */
export type ChartingService = ListeningService & {
  readonly albumsPage: ReadChartPage;
  readonly trackSeconds: ReadTrackSeconds;
};

/** The services that plays can be sent to, by their ids. */
export const playTargets = ["lastfm", "listenbrainz"] as const;
export type PlayTarget = (typeof playTargets)[number];

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
export type Refusal = "artist" | "track" | "too-old" | "too-new" | "daily-limit" | "invalid" | "unknown";

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

/** What sends plays to a listening service. */
export interface PlaySending {
  /** The user whose plays they become. */
  owner(options?: CallOptions): Promise<string>;
  /** At most 50 plays; a receipt for each, in their order. Sent twice, a play is stored once. */
  scrobble(plays: readonly SentPlay[], options?: CallOptions): Promise<readonly Receipt[]>;
}

/** What writes to a listening service. */
export interface Scrobbling extends PlaySending {
  /** What its user is asked to allow. */
  requestToken(options?: CallOptions): Promise<string>;
  /** Where its user allows it. The address holds the API key. */
  permissionPage(token: string): string;
  /** null: not allowed yet. */
  session(token: string, options?: CallOptions): Promise<ScrobblingSession | null>;
}
