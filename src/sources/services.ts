// What the rest of the house knows of the two services. The real clients are discogs.ts and lastfm.ts;
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

export interface DiscogsIdentity {
  readonly id: number;
  /** In Discogs' own spelling. */
  readonly username: string;
}

/** A user as others see him. The counts are null where they are hidden. */
export interface DiscogsProfile extends DiscogsIdentity {
  readonly collectionCount: number | null;
  readonly wantlistCount: number | null;
}

/** Folder 0 is "All". */
export interface CountedFolder extends Folder {
  readonly count: number | null;
}

export interface Discogs {
  /** HTTP requests sent so far, retries included. */
  readonly requests: number;
  /** Whose token this is. */
  identity(options?: CallOptions): Promise<DiscogsIdentity>;
  /** Any user: the canonical name, and how much there is. */
  profile(username: string, options?: CallOptions): Promise<DiscogsProfile>;
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
  /** What a release holds, in the order of its list; null where Discogs has no such release any more. */
  tracklist(releaseId: number, options?: CallOptions): Promise<readonly ListedTrack[] | null>;
  /** The year of the first release of a master; null where Discogs knows none, or no such master any more. */
  masterYear(masterId: number, options?: CallOptions): Promise<number | null>;
}

export interface LastfmUser {
  /** In Last.fm's own spelling. */
  readonly name: string;
  readonly playCount: number;
  /** null where Last.fm leaves it out. */
  readonly albumCount: number | null;
  /** Unix seconds; null where Last.fm leaves it out. */
  readonly registeredUts: number | null;
}

/** A part of the listening history, newest first. Both ends in unix seconds. */
interface ScrobbleWindow {
  /** Scrobbles from this second on; left out: from the beginning, undated ones included. */
  readonly fromUts?: number;
  readonly toUts?: number;
  readonly page: number;
  /** 1 to 1000. */
  readonly limit: number;
}

export interface Lastfm {
  readonly requests: number;
  user(name: string, options?: CallOptions): Promise<LastfmUser>;
  /** A page of the all-time album chart. limit: 1 to 1000. */
  albumsPage(name: string, page: number, limit: number, options?: CallOptions): Promise<Page<Album>>;
  /**
   * A page of the listening history without the now-playing row. Whether Last.fm takes the ends of the
   * window as inside it isn't documented: ask for a second more and drop what lies outside.
   * Throws HiddenHistory where the user hides it.
   */
  scrobblesPage(name: string, window: ScrobbleWindow, options?: CallOptions): Promise<Page<Scrobble>>;
}

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

/** So many ids of Discogs fit into one request: more are cut off without a word. */
export const mostAddresses = 100;

export interface MusicBrainz {
  readonly requests: number;
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

export interface Services {
  readonly discogs: Discogs;
  readonly lastfm: Lastfm;
  readonly musicbrainz: MusicBrainz;
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
  /** Requests left in Discogs' window by its own header; null when not told. */
  readonly remaining: number | null;
  /** What happens next: "ok", "again in 2.5 s: answered 503", "gave up: …". */
  readonly outcome: string;
}
