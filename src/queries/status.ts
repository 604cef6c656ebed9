// What the cache holds, how old it is, and what is missing.
import { readAccounts } from "../store/accounts.ts";
import type { Database } from "../store/database.ts";
import { countMatches, type MatchCounts } from "../store/matches.ts";
import { publications, type Publication, type Step } from "./readiness.ts";

/**
 * missing: never synced; short: the service counts more rows than it lists; held: rows are kept that it doesn't list
 * any more, until that is sure.
 */
export type ListingState = "missing" | "complete" | "short" | "held" | "hidden" | "private";

export interface ListingStatus {
  readonly name: Step;
  readonly state: ListingState;
  readonly rows: number;
  /** By the service's own account, where it differs from the rows. */
  readonly reported: number | null;
  /** How many the service listed of those that it counts, where these are fewer. */
  readonly listed: number | null;
  /** Rows that are kept though they weren't listed. */
  readonly held: number | null;
  readonly syncedUts: number | null;
  /** When it was last read whole. */
  readonly walkedUts: number | null;
  /** A reading that has not come to its end. */
  readonly walk: { readonly startedUts: number; readonly rows: number } | null;
}

export interface CacheStatus {
  readonly accounts: { readonly discogs: string | null; readonly lastfm: string | null };
  readonly bytes: number;
  readonly listings: readonly ListingStatus[];
  /** When the collection's next full walk is due; null before the first. */
  readonly nextWalkUts: number | null;
  readonly matches: MatchCounts | null;
}

const tables: Readonly<Record<Step, readonly [published: string, staged: string]>> = {
  collection: ["record", "staged_record"],
  wantlist: ["want", "staged_want"],
  albums: ["album", "staged_album"],
  history: ["scrobble", "staged_scrobble"],
};

const steps: readonly Step[] = ["collection", "wantlist", "albums", "history"];

const day = 24 * 60 * 60;
/** A collection up to this size is read whole daily, a larger one weekly. */
const smallCollection = 1000;

export function cacheStatus(database: Database): CacheStatus {
  const published = publications(database);
  const accounts = readAccounts(database);
  const listings = steps.map((step) => listingStatus(database, step, published.get(step)));
  const collection = listings[0];
  return {
    accounts: { discogs: accounts.discogs ?? null, lastfm: accounts.lastfm ?? null },
    bytes: numberOf(database, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
    listings,
    nextWalkUts:
      collection === undefined || collection.walkedUts === null
        ? null
        : collection.walkedUts + (collection.rows <= smallCollection ? day : 7 * day),
    matches: countMatches(database),
  };
}

/** As when there is no cache at all. */
export const emptyStatus: CacheStatus = {
  accounts: { discogs: null, lastfm: null },
  bytes: 0,
  listings: steps.map((name) => ({
    name,
    state: "missing",
    rows: 0,
    reported: null,
    listed: null,
    held: null,
    syncedUts: null,
    walkedUts: null,
    walk: null,
  })),
  nextWalkUts: null,
  matches: null,
};

function listingStatus(database: Database, name: Step, publication: Publication | undefined): ListingStatus {
  const [table, staged] = tables[name];
  const rows = numberOf(database, `SELECT count(*) FROM ${table}`);
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

/** null where the listing lists all that it counts. */
function listedOf(publication: Publication | undefined): number | null {
  const { short, total } = publication?.detail ?? {};
  if (typeof short !== "object" || short === null || !("listed" in short)) return null;
  return typeof short.listed === "number" && short.listed < Number(total) ? short.listed : null;
}

function heldOf(publication: Publication | undefined): number | null {
  const held = publication?.detail["held"];
  if (typeof held !== "object" || held === null || !("rows" in held)) return null;
  return typeof held.rows === "number" ? held.rows : null;
}

function stateOf(
  publication: Publication | undefined,
  { rows, reported, isShort }: { rows: number; reported: number | null; isShort: boolean },
): ListingState {
  if (publication === undefined) return "missing";
  if (publication.detail["hidden"] === true) return "hidden";
  if (publication.detail["isPrivate"] === true) return "private";
  if (heldOf(publication) !== null) return "held";
  return isShort || (reported !== null && reported > rows) ? "short" : "complete";
}

function numberOf(database: Database, sql: string): number {
  return database.prepare<[], number>(sql).pluck().get() ?? 0;
}
