// What each kind of service is asked. The answers come over the network, or from memory in the demo.
import type { ListenService } from "./listen-service.ts";
import type { ListeningService } from "./listening-service.ts";
import type {
  CollectionRecord,
  CustomField,
  DiscogsMaster,
  Folder,
  ListedTrack,
  MusicBrainzGroup,
  MusicBrainzRelease,
  Want,
} from "../../model/model.ts";
import type { AskedService, CallOptions, Page } from "./remote-service.ts";

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
  /** Returns null if there is no such master any more. */
  master(masterId: number, options?: CallOptions): Promise<DiscogsMaster | null>;
}

export interface Services {
  readonly collection: CollectionService;
  readonly listening: ListeningService;
  /** null: the user has no account there. */
  readonly listens: ListenService | null;
  readonly musicbrainz: MusicBrainz;
  readonly covers: Covers;
  /** Closes sockets. Safe to call twice. */
  close(): Promise<void>;
}
