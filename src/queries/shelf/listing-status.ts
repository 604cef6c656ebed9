// The state of one listing in the cache: its rows, its age, and what is missing.
import type { Database } from "../../store/file/database.ts";
import { listingTables, type Publication } from "../../store/file/listings.ts";
import type { ListingName } from "../../model/steps.ts";

/**
 * missing: never synced. short: the service counts more rows than it lists. held: the cache keeps rows that are no
 * longer listed until their removal is certain.
 */
export type ListingState = "missing" | "complete" | "short" | "held" | "hidden" | "private";

export interface ListingStatus {
  readonly name: ListingName;
  readonly state: ListingState;
  readonly rows: number;
  /** The service's own count, if it differs from the rows. */
  readonly reported: number | null;
  /** The number of rows listed, if the service counts more. */
  readonly listed: number | null;
  /** The number of rows that are kept though they were not listed. */
  readonly held: number | null;
  readonly syncedUts: number | null;
  /** When the listing was last read completely. */
  readonly walkedUts: number | null;
  /** An unfinished walk. */
  readonly walk: { readonly startedUts: number; readonly rows: number } | null;
}

export function listingStatus(
  database: Database,
  name: ListingName,
  publication: Publication | undefined,
): ListingStatus {
  const { published, own, staged } = listingTables[name];
  const rows = numberOf(database, `SELECT count(*) FROM ${published} WHERE ${own}`);
  const total = publication?.detail[name === "history" ? "playCount" : "total"];
  const reported = typeof total === "number" && total !== rows ? total : null;
  const listed = listedOf(publication);
  const walk = database
    .prepare<[string], { startedUts: number }>("SELECT started_uts AS startedUts FROM walk WHERE step = ?")
    .get(name);
  return {
    name,
    state: stateOf(publication, { rows, reported, isShort: listed !== null }),
    rows,
    reported,
    listed,
    held: heldOf(publication),
    syncedUts: publication?.publishedUts ?? null,
    walkedUts: publication?.walkedUts ?? null,
    walk: walk === undefined ? null : { ...walk, rows: numberOf(database, `SELECT count(*) FROM ${staged}`) },
  };
}

/** null if the service lists everything that it counts. */
function listedOf(publication: Publication | undefined): number | null {
  const { short, total } = publication?.detail ?? {};
  if (typeof short !== "object" || short === null || !("listed" in short)) return null;
  return typeof short.listed === "number" && short.listed < Number(total) ? short.listed : null;
}

function heldOf(publication: Publication | undefined): number | null {
  const held = publication?.detail.held;
  if (typeof held !== "object" || held === null || !("rows" in held)) return null;
  return typeof held.rows === "number" ? held.rows : null;
}

function stateOf(
  publication: Publication | undefined,
  { rows, reported, isShort }: { rows: number; reported: number | null; isShort: boolean },
): ListingState {
  if (publication === undefined) return "missing";
  if (publication.detail.hidden === true) return "hidden";
  if (publication.detail.isPrivate === true) return "private";
  if (heldOf(publication) !== null) return "held";
  return isShort || (reported !== null && reported > rows) ? "short" : "complete";
}

export function numberOf(database: Database, sql: string): number {
  return database.prepare<[], number>(sql).pluck().get() ?? 0;
}
