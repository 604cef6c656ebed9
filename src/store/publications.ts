// What each listing's last publication was.
import type { Database } from "./database.ts";

export type ListingName = "collection" | "wantlist" | "albums" | "history";

/** What a step notes about its last publication, beside the times. */
export interface PublicationDetail {
  /** How many rows the listing had by its own account: more than are cached where it can't count. */
  readonly total?: number;
  /** Where that isn't what it listed: what it did. */
  readonly short?: ShortListing;
  /** Rows that were no longer listed, too many to be removed on the listing's word alone. */
  readonly held?: HeldRemoval;
  /** The user's plays and albums by Last.fm's account at that time. */
  readonly playCount?: number;
  readonly albumCount?: number | null;
  /** It must be read whole again, whatever the counts say. */
  readonly isDue?: boolean;
  /** The listening history is hidden by its owner: no last_played is known. */
  readonly hidden?: boolean;
  /** The wantlist is private. */
  readonly isPrivate?: boolean;
}

/** A listing that doesn't list as many rows as it counts. */
export interface ShortListing {
  readonly listed: number;
  /** Since when it has been as much off. */
  readonly sinceUts: number;
  /** Rows that the cache has and it didn't list. */
  readonly missing: number;
}

export interface HeldRemoval {
  readonly rows: number;
  /** Equal for the same rows. */
  readonly digest: string;
  /** When they were first found missing. */
  readonly sinceUts: number;
}

export interface Publication {
  readonly startedUts: number;
  readonly publishedUts: number;
  readonly walkedUts: number;
  readonly detail: PublicationDetail;
}

export function readPublication(database: Database, step: ListingName): Publication | undefined {
  const row = database
    .prepare("SELECT started_uts, published_uts, walked_uts, detail FROM publication WHERE step = ?")
    .get(step) as
    | { started_uts: number; published_uts: number; walked_uts: number; detail: string }
    | undefined;
  return (
    row && {
      startedUts: row.started_uts,
      publishedUts: row.published_uts,
      walkedUts: row.walked_uts,
      detail: JSON.parse(row.detail) as PublicationDetail,
    }
  );
}

export function writePublication(database: Database, step: ListingName, publication: Publication): void {
  database
    .prepare(
      "INSERT OR REPLACE INTO publication (step, started_uts, published_uts, walked_uts, detail) VALUES (?, ?, ?, ?, ?)",
    )
    .run(
      step,
      publication.startedUts,
      publication.publishedUts,
      publication.walkedUts,
      JSON.stringify(publication.detail),
    );
}
