// What the rest of the house knows of the services: what each kind of them gives. Which there are says table.ts;
// the demo serves the same interfaces from memory.
import type {
  Album,
  CollectionRecord,
  CustomField,
  Folder,
  ListedTrack,
  MusicBrainzGroup,
  MusicBrainzRelease,
  Scrobble,
  Service,
  Want,
} from "../model.ts";
import type { PageNames } from "./facts.ts";

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
interface AskedService extends Service {
  /** HTTP requests sent so far, retries included. */
  readonly requests: number;
  /** After how long so many more will have been sent, in milliseconds, at the soonest: by the service's own limits. */
  soonestMs(requests: number): number;
}

export interface CollectionUser {
  readonly id: number;
  /** In the service's own spelling. */
  readonly username: string;
}

/** A user as others see him. The counts are null where they are hidden. */
export interface CollectionProfile extends CollectionUser {
  readonly collectionCount: number | null;
  readonly wantlistCount: number | null;
}

/** Folder 0 is "All". */
export interface CountedFolder extends Folder {
  readonly count: number | null;
}

/** A service that knows which records someone owns and wants. */
export interface CollectionService extends AskedService {
  /** Whose token this is. */
  identity(options?: CallOptions): Promise<CollectionUser>;
  /** Any user: the canonical name, and how much there is. */
  profile(username: string, options?: CallOptions): Promise<CollectionProfile>;
  /** A page of 100 records by date added. A page past the end is an empty page, not an error. */
  collectionPage(
    username: string,
    page: number,
    order: "oldest-first" | "newest-first",
    options?: CallOptions,
  ): Promise<Page<CollectionRecord>>;
  /** A page of 100 wants. Throws PrivateListing where the wantlist is hidden from this token. */
  wantsPage(username: string, page: number, options?: CallOptions): Promise<Page<Want>>;
  folders(username: string, options?: CallOptions): Promise<readonly CountedFolder[]>;
  customFields(username: string, options?: CallOptions): Promise<readonly CustomField[]>;
  /** What a release holds, in the order of its list; null where there is no such release any more. */
  tracklist(releaseId: number, options?: CallOptions): Promise<readonly ListedTrack[] | null>;
  /** The year of the first release of a master; null where none is known, or there is no such master any more. */
  masterYear(masterId: number, options?: CallOptions): Promise<number | null>;
}

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

/** What is known under ids of Discogs. */
export interface MusicBrainzAnswers<Entity> {
  readonly rows: readonly { readonly discogsId: number; readonly entities: readonly Entity[] }[];
  /** Whether an id without a row is unknown: an answer that was cut says nothing of the others. */
  readonly isWhole: boolean;
}

export interface ReleaseIdentity {
  /** Another than was asked for where that one was merged into it. */
  readonly mbid: string;
  readonly groupMbid: string;
}

/** Why a request waits where nothing went wrong. */
export const rateLimitReason = "the service's rate limit";

/** So many ids of Discogs fit into one request: more are cut off without a word. */
export const mostAddresses = 100;

/** A track of a release of MusicBrainz. */
export interface ReleaseTrack {
  readonly title: string;
  /** null where it isn't known. */
  readonly seconds: number | null;
}

export interface MusicBrainz extends AskedService {
  /** What a release holds, in the order of its media; null where there is no such release. */
  tracks(mbid: string, options?: CallOptions): Promise<readonly ReleaseTrack[] | null>;
  /** At most 100 releases of Discogs at once. */
  releases(
    releaseIds: readonly number[],
    options?: CallOptions,
  ): Promise<MusicBrainzAnswers<MusicBrainzRelease>>;
  /** At most 100 masters of Discogs at once. */
  groups(masterIds: readonly number[], options?: CallOptions): Promise<MusicBrainzAnswers<MusicBrainzGroup>>;
  /** A release by its MBID; null where there is none. */
  identity(mbid: string, options?: CallOptions): Promise<ReleaseIdentity | null>;
}

/** too long: longer than a cover is. */
export type Picture = Buffer | "none" | "too long";

/** A host of pictures of covers. */
export interface PictureHost extends AskedService {
  /** Throws TurnedAway where it wants no more requests. */
  picture(address: string, options?: CallOptions): Promise<Picture>;
}

/** Both hosts; what they have in common is that of the two together. */
export interface Covers extends AskedService {
  /** By release/MBID and release-group/MBID. */
  readonly archive: PictureHost;
  /** By the addresses that Discogs tells of its pictures. */
  readonly discogs: PictureHost;
}

export interface Services {
  readonly collection: CollectionService;
  readonly listening: ListeningService;
  readonly musicbrainz: MusicBrainz;
  readonly covers: Covers;
  /** Closes sockets. Safe to call twice. */
  close(): Promise<void>;
}

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
