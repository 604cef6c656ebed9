// The interfaces of the clients. They are implemented over the network, and from memory in the demo.
import type { ListenService, ListeningService } from "./listening-service.ts";
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
import type { RemoteService, CallOptions, Page } from "./remote-service.ts";

/** too long: larger than a cover is. */
export type CoverResponse = Buffer | "none" | "too long";

export interface CoverHost extends RemoteService {
  /** Throws TurnedAway if it takes no more requests. */
  fetchCover(address: string, options?: CallOptions): Promise<CoverResponse>;
}

/** The two hosts of covers, with their requests together. */
export interface Covers extends RemoteService {
  /** Addressed by release/MBID and release-group/MBID. */
  readonly archive: CoverHost;
  /** Addressed by Discogs' picture addresses. */
  readonly discogs: CoverHost;
}

/** Answers by the id on Discogs. MusicBrainz knows nothing about a missing one. */
export type EntitiesByDiscogsId<Entity> = ReadonlyMap<number, readonly Entity[]>;

export interface ReleaseIdentity {
  /** Differs from the requested MBID if that one was merged into it. */
  readonly mbid: string;
  readonly groupMbid: string;
}

/** The most ids of Discogs in one request. Without an error, MusicBrainz ignores the rest. */
export const maxIdsPerRequest = 100;

export interface ReleaseTrack {
  readonly title: string;
  readonly seconds: number | null;
}

export interface MusicBrainz extends RemoteService {
  /** The tracks in the order of the media; null if there is no such release. */
  fetchTracks(mbid: string, options?: CallOptions): Promise<readonly ReleaseTrack[] | null>;
  /** Takes 100 releases of Discogs at most. */
  fetchReleases(
    releaseIds: readonly number[],
    options?: CallOptions,
  ): Promise<EntitiesByDiscogsId<MusicBrainzRelease>>;
  /** Takes 100 masters of Discogs at most. */
  fetchGroups(
    masterIds: readonly number[],
    options?: CallOptions,
  ): Promise<EntitiesByDiscogsId<MusicBrainzGroup>>;
  /** A release by its MBID; null if there is none. */
  fetchIdentity(mbid: string, options?: CallOptions): Promise<ReleaseIdentity | null>;
}

/** The public profile of a user. Hidden counts are null. */
export interface CollectionProfile {
  /** The service's own spelling. */
  readonly username: string;
  readonly collectionCount: number | null;
  readonly wantlistCount: number | null;
}

/** Folder 0 is "All". */
export interface CountedFolder extends Folder {
  readonly count: number | null;
}

/** Amounts in hundredths of the currency. */
export interface CollectionValue {
  readonly minimumCents: number;
  readonly medianCents: number;
  readonly maximumCents: number;
  readonly currency: string | null;
}

export interface CollectionService extends RemoteService {
  fetchIdentity(options?: CallOptions): Promise<Pick<CollectionProfile, "username">>;
  /** Any user: the canonical name and the counts. */
  fetchProfile(username: string, options?: CallOptions): Promise<CollectionProfile>;
  /** A page of 100 records by date added. A page past the end is empty. */
  fetchCollectionPage(
    username: string,
    page: number,
    order: "oldest-first" | "newest-first",
    options?: CallOptions,
  ): Promise<Page<CollectionRecord>>;
  /** A page of 100 wants. Throws PrivateListing if the wantlist is hidden from this token. */
  fetchWantsPage(username: string, page: number, options?: CallOptions): Promise<Page<Want>>;
  fetchFolders(username: string, options?: CallOptions): Promise<readonly CountedFolder[]>;
  fetchCustomFields(username: string, options?: CallOptions): Promise<readonly CustomField[]>;
  /** The collection's worth, as the service estimates it; null if it has no estimate. Only the owner may ask. */
  fetchCollectionValue(username: string, options?: CallOptions): Promise<CollectionValue | null>;
  /** The tracks of a release in order; null if there is no such release any more. */
  fetchTracklist(releaseId: number, options?: CallOptions): Promise<readonly ListedTrack[] | null>;
  /** Returns null if there is no such master any more. */
  fetchMaster(masterId: number, options?: CallOptions): Promise<DiscogsMaster | null>;
}

/** The clients with a listening service, for work that is about one. */
export interface ListeningServices extends Services {
  readonly listening: ListeningService;
}

export interface Services {
  readonly collection: CollectionService;
  /** null: not connected, or stopped. */
  readonly listening: ListeningService | null;
  /** null: not connected, or stopped. */
  readonly listens: ListenService | null;
  readonly musicbrainz: MusicBrainz;
  readonly covers: Covers;
  /** Closes sockets. Safe to call twice. */
  close(): Promise<void>;
}
