import type { MusicBrainzGroup, MusicBrainzRelease } from "../../model/model.ts";
import type { AskedService, CallOptions } from "./asked-service.ts";

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
