import type { CollectionRecord, CustomField, Folder, ListedTrack, Want } from "../../model/model.ts";
import type { AskedService, CallOptions, Page } from "./asked-service.ts";

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
