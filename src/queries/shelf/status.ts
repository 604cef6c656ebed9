// The contents and age of the cache, and what is missing.
import type { StatusDocument } from "../documents/statistics-documents.ts";
import { listenbrainzService } from "../../sources/all-services.ts";
import { accountServices, collectionServiceOf, listeningServiceOf } from "../../sources/service-lookup.ts";
import { readAccounts, playedFieldFact, readFact } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import {
  listingTables,
  nextWalkUts,
  storedPublications,
  type Publication,
} from "../../store/file/listings.ts";
import { isSyncing } from "../../store/file/file-lock.ts";
import { emptyCache } from "../../store/open-cache.ts";
import { countMatches } from "../../store/plays/record-matches.ts";
import { listings as listingNames, type ListingName } from "../../model/steps.ts";
import { plain, valueOf } from "../../store/file/sql.ts";
import { ask as askSources, findHeldPlays } from "./sources.ts";
import { isExpected, isListingStopped } from "../figures/readiness.ts";
import { isoSeconds } from "../records/contract.ts";
import { countDoubts } from "../doubts/doubts.ts";

/**
 * missing: never synced. short: the service counts more rows than it lists. held: the cache keeps rows that are no
 * longer listed until their removal is certain.
 */
export type ListingState = "missing" | "complete" | "short" | "held" | "hidden" | "private";

export type ListingStatus = ReturnType<typeof listingStatus>;

function listingStatus(database: Database, name: ListingName, publication: Publication | undefined) {
  const { published: publishedTable, own, staged: stagingTable } = listingTables[name];
  const countOf = (table: string, where = "true"): number =>
    valueOf(database, 0)`${plain(`SELECT count(*) FROM ${table} WHERE ${where}`)}`;
  const rows = countOf(publishedTable, own);
  const total = publication?.detail[name === "history" ? "playCount" : "total"];
  const ownCount = typeof total === "number" && total !== rows ? total : null;
  const listedRows = listedOf(publication);
  const startedUts = valueOf<number | null>(database, null)`
    SELECT started_uts FROM walk WHERE step = ${name}`;
  return {
    name,
    /** true: the user stopped its service. */
    isStopped: isListingStopped(database, name),
    state: stateOf(publication, { rows, reported: ownCount, isShort: listedRows !== null }),
    rows,
    /** The service's own count, if it differs from the rows. */
    reported: ownCount,
    /** The number of rows listed, if the service counts more. */
    listed: listedRows,
    /** The number of rows that are kept though they were not listed. */
    held: publication?.detail.held?.rows ?? null,
    syncedUts: publication?.publishedUts ?? null,
    /** When the listing was last read completely; null: never. */
    walkedUts: publication?.walkedUts || null,
    /** An unfinished walk. */
    walk: startedUts === null ? null : { startedUts, rows: countOf(stagingTable) },
  };
}

/** null if the service lists everything that it counts. */
function listedOf(publication: Publication | undefined): number | null {
  const { short, total = 0 } = publication?.detail ?? {};
  return short !== undefined && short.listed < total ? short.listed : null;
}

function stateOf(
  publication: Publication | undefined,
  { rows, reported, isShort }: { rows: number; reported: number | null; isShort: boolean },
): ListingState {
  if (publication === undefined) return "missing";
  if (publication.detail.hidden === true) return "hidden";
  if (publication.detail.isPrivate === true) return "private";
  if (publication.detail.held !== undefined) return "held";
  return isShort || (reported !== null && reported > rows) ? "short" : "complete";
}

export function cacheStatus(database: Database) {
  const publications = storedPublications(database);
  const listings = listingNames
    .map((step) => listingStatus(database, step, publications.get(step)))
    .filter(({ name, state, walk }) => state !== "missing" || walk !== null || isExpected(database, name));
  const collection = listings[0];
  const matches = countMatches(database);
  const accounts = readAccounts(database);
  return {
    /** Account names by service id; null while unknown. */
    accounts: Object.fromEntries(accountServices.map(({ id }) => [id, accounts[id] ?? null])),
    services: {
      collection: collectionServiceOf(accounts),
      listens: listenbrainzService,
      listening: listeningServiceOf(accounts),
    },
    /** As rewind sources lists them. */
    sources: askSources(database).sources,
    heldPlays: findHeldPlays(database),
    bytes: valueOf(database, 0)`SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`,
    listings,
    /** When the next full walk of the collection is due; null before the first one. */
    nextWalkUts:
      collection === undefined || collection.walkedUts === null
        ? null
        : nextWalkUts(collection.walkedUts, collection.rows, {
            isWrittenTo: readFact(database, playedFieldFact) !== undefined,
          }),
    matches: matches && { ...matches, doubtful: countDoubts(database) },
  };
}

export type StatusAnswer = ReturnType<typeof ask>;

/** database null: there is no cache yet, which is a valid answer here. */
export function ask(database: Database | null, { path }: { readonly path: string }) {
  const status = cacheStatus(database ?? emptyCache());
  return { ...status, ...(database === null ? { bytes: 0 } : {}), path, isSyncing: isSyncing(path) };
}

export function document({ listings, matches, ...answer }: StatusAnswer): StatusDocument {
  return {
    accounts: answer.accounts,
    cache: { path: answer.path, bytes: answer.bytes },
    syncing: answer.isSyncing,
    listings: listings.map(({ name, state, rows, reported, syncedUts, walkedUts, walk }) => ({
      name,
      state,
      rows,
      reported: reported ?? rows,
      synced_at: isoSeconds(syncedUts),
      walked_at: isoSeconds(walkedUts),
      walk: walk === null ? null : { started_at: isoSeconds(walk.startedUts), rows: walk.rows },
    })),
    sources: answer.sources.map(({ name, plays, lastUts, stoppedUts, refusal }) => ({
      name,
      plays,
      last: isoSeconds(lastUts),
      stopped_at: isoSeconds(stoppedUts),
      refused_at: isoSeconds(refusal?.uts ?? null),
    })),
    next_full_walk: isoSeconds(answer.nextWalkUts),
    matches: matches && {
      scrobbled: matches.scrobbled,
      artist_only: matches.artistOnly,
      none: matches.none,
      doubtful: matches.doubtful,
    },
  };
}
