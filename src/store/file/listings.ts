// What is known of each listing: what its last publication was, the walk that is under way, and what its rounds saw.
import { daySeconds } from "../../model/local-days.ts";
import { CacheError } from "../../model/errors.ts";
import type { ListingName } from "../../model/steps.ts";
import type { Database } from "./database.ts";

/** What a step notes about its last publication, beside the times. */
export interface PublicationDetail {
  /** How many rows the listing had by its own account: more than are cached where it can't count. */
  readonly total?: number;
  /** Where that isn't what it listed: what it did. */
  readonly short?: ShortListing;
  /** Rows that were no longer listed, too many to be removed on the listing's word alone. */
  readonly held?: HeldRemoval;
  /** The user's plays and albums by the listening service's account at that time. */
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
  /** When the walk that it came from began. */
  readonly startedUts: number;
  /** When it was last found to be up to date. */
  readonly publishedUts: number;
  /** When it was last read whole. */
  readonly walkedUts: number;
  readonly detail: PublicationDetail;
}

export type Publications = ReadonlyMap<ListingName, Publication>;

/** The last publication of each listing that was ever published. */
export function readPublications(database: Database): Publications {
  const rows = database
    .prepare<
      [],
      { step: ListingName; started_uts: number; published_uts: number; walked_uts: number; detail: string }
    >("SELECT step, started_uts, published_uts, walked_uts, detail FROM publication")
    .all();
  return new Map(
    rows.map((row) => [
      row.step,
      {
        startedUts: row.started_uts,
        publishedUts: row.published_uts,
        walkedUts: row.walked_uts,
        detail: detailOf(JSON.parse(row.detail)),
      },
    ]),
  );
}

export function readPublication(database: Database, step: ListingName): Publication | undefined {
  return readPublications(database).get(step);
}

/** What was written by this program; of anything else, nothing. */
function detailOf(value: unknown): PublicationDetail {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

const smallCollection = 1000;

/**
 * When a collection that was read whole at a moment is to be so again: only that shows edits, moved folders and old
 * removals. A small one daily, a larger one weekly, but for one with a field that the user writes plays into.
 */
export function nextWalkUts(
  walkedUts: number,
  rows: number,
  { isWrittenTo }: { readonly isWrittenTo: boolean },
): number {
  return walkedUts + (isWrittenTo || rows <= smallCollection ? daySeconds : 7 * daySeconds);
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

/** How many rows of a listing a publication wrote. */
export interface Changes {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
}

export const noChanges: Changes = { added: 0, updated: 0, removed: 0 };

export function isUnchanged(changes: Changes): boolean {
  return changes.added === 0 && changes.updated === 0 && changes.removed === 0;
}

/** The checkpoint of a walk that is under way. It is written together with the rows that it speaks of. */
export interface Walk<State> {
  /** What it stages bears this number: nothing else is published with it. */
  readonly id: number;
  readonly startedUts: number;
  readonly state: State;
}

/** The rows that a walk staged in a round or after it. */
export interface Staged {
  readonly walkId: number;
  readonly since: number;
}

/** Where the rows of a listing lie: those that were published, and those of a walk that is under way. */
export const listingTables = {
  collection: { published: "record", staged: "staged_record" },
  wantlist: { published: "want", staged: "staged_want" },
  albums: { published: "album", staged: "staged_album" },
  history: { published: "scrobble", staged: "staged_scrobble" },
} as const satisfies Readonly<Record<ListingName, { readonly published: string; readonly staged: string }>>;

/** Listings that are read in rounds of pages; the history is read by time. */
export type PagedListing = Exclude<ListingName, "history">;

export function newWalkId(): number {
  // Not by node:crypto: readers of the publications would load it at each start.
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high % 2 ** 15) * 2 ** 32 + low + 1;
}

export function readWalk<State>(database: Database, step: ListingName): Walk<State> | undefined {
  const row = database.prepare("SELECT id, started_uts, state FROM walk WHERE step = ?").get(step) as
    | { id: number; started_uts: number; state: string }
    | undefined;
  return row && { id: row.id, startedUts: row.started_uts, state: JSON.parse(row.state) as State };
}

export function writeWalk<State>(database: Database, step: ListingName, walk: Walk<State>): void {
  database
    .prepare("INSERT OR REPLACE INTO walk (step, id, started_uts, state) VALUES (?, ?, ?, ?)")
    .run(step, walk.id, walk.startedUts, JSON.stringify(walk.state));
}

/** Whether the walk that is under way is this one. */
export function isWalkOf(database: Database, step: ListingName, id: number): boolean {
  return database.prepare("SELECT 1 FROM walk WHERE step = ? AND id = ?").get(step, id) !== undefined;
}

/** Forgets a walk and what it staged. */
export function dropWalk(database: Database, step: ListingName): void {
  database.exec(`DELETE FROM ${listingTables[step].staged}`);
  database.prepare("DELETE FROM walk WHERE step = ?").run(step);
}

/** What is staged is not what was read: nothing of it may be published. */
export class StagingLost extends CacheError {
  readonly step: ListingName;

  constructor(step: ListingName, read: number, staged: number) {
    super(
      `of the ${step}, ${read} rows were read but ${staged} staged: nothing was published`,
      "The cache is unchanged. Run again: rewind sync",
    );
    this.step = step;
  }
}

/** Throws StagingLost unless the walk is still the listing's, and as many rows are staged as it read. */
export function requireStaged(
  database: Database,
  step: PagedListing,
  { rows, ...staged }: Staged & { readonly rows: number },
): void {
  const found = isWalkOf(database, step, staged.walkId) ? countSeen(database, step, staged) : 0;
  if (found !== rows) throw new StagingLost(step, rows, found);
}

/** How many rows are staged of a listing, to be published when it is read to its end. */
export function countStaged(database: Database, step: ListingName): number {
  return database.prepare(`SELECT count(*) FROM ${listingTables[step].staged}`).pluck().get() as number;
}

/** How many different rows a walk listed in a round or after it. */
export function countSeen(database: Database, step: PagedListing, staged: Staged): number {
  return database
    .prepare(`SELECT count(*) FROM ${listingTables[step].staged} WHERE seen >= @since AND walk_id = @walkId`)
    .pluck()
    .get(staged) as number;
}

/** Whether a walk listed in a round exactly the rows of the round before. */
export function agreesWithRoundBefore(
  database: Database,
  step: PagedListing,
  walkId: number,
  round: number,
): boolean {
  const odd = database
    .prepare(
      `SELECT 1 FROM ${listingTables[step].staged} WHERE walk_id = @walkId
         AND ((seen = @round AND before <> @round - 1) OR seen = @round - 1) LIMIT 1`,
    )
    .get({ walkId, round });
  return odd === undefined;
}
