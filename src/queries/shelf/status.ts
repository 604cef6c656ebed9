// The contents and age of the cache, and what is missing.
import type { StatusDocument } from "../documents/statistics-documents.ts";
import { listenbrainzService } from "../../sources/all-services.ts";
import { accountServices, getCollectionService, getListeningService } from "../../sources/service-lookup.ts";
import { readAccounts, playedFieldFact, readFact } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import {
  listingTables,
  computeNextReadUts,
  readStoredPublications,
  type Publication,
} from "../../store/file/listings.ts";
import { isSyncing } from "../../store/file/file-lock.ts";
import { createEmptyCache } from "../../store/open-cache.ts";
import { countMatches } from "../../store/plays/record-matches.ts";
import { listings as listingNames, type ListingName } from "../../model/sync-steps.ts";
import { rawSql, queryValue } from "../../store/file/sql.ts";
import { querySources, countPlaysByStoppedService } from "./sources.ts";
import { isExpected, isListingStopped } from "../statistics/readiness.ts";
import { toIsoOrNull } from "../records/json-rows.ts";
import { countReviewItems } from "../review/review-items.ts";

/**
 * missing: never synced. short: the service counts more rows than it lists. held: the cache keeps rows that are no
 * longer listed until their removal is certain.
 */
export type ListingState = "missing" | "complete" | "short" | "held" | "hidden" | "private";

export type ListingStatus = ReturnType<typeof readListingStatus>;

function readListingStatus(database: Database, name: ListingName, publication: Publication | undefined) {
  const { published: publishedTable, own, staged: stagingTable } = listingTables[name];
  const countRows = (table: string, where = "true"): number =>
    queryValue(database, 0)`${rawSql(`SELECT count(*) FROM ${table} WHERE ${where}`)}`;
  const rows = countRows(publishedTable, own);
  const total = publication?.detail[name === "history" ? "playCount" : "total"];
  const ownCount = typeof total === "number" && total !== rows ? total : null;
  const listedRows = getListedCount(publication);
  const startedUts = queryValue<number | null>(database, null)`
    SELECT started_uts FROM checkpoint WHERE step = ${name}`;
  return {
    name,
    /** true: the user stopped its service. */
    isStopped: isListingStopped(database, name),
    state: getListingState(publication, { rows, reported: ownCount, isShort: listedRows !== null }),
    rows,
    /** The service's own count, if it differs from the rows. */
    reported: ownCount,
    /** The number of rows listed, if the service counts more. */
    listed: listedRows,
    /** The number of rows that are kept though they were not listed. */
    held: publication?.detail.held?.rows ?? null,
    syncedUts: publication?.publishedUts ?? null,
    /** When the listing was last read completely; null: never. */
    fullReadUts: publication?.fullReadUts || null,
    /** An unfinished read. */
    checkpoint: startedUts === null ? null : { startedUts, rows: countRows(stagingTable) },
  };
}

/** null if the service lists everything that it counts. */
function getListedCount(publication: Publication | undefined): number | null {
  const { short, total = 0 } = publication?.detail ?? {};
  return short !== undefined && short.listed < total ? short.listed : null;
}

function getListingState(
  publication: Publication | undefined,
  { rows, reported, isShort }: { rows: number; reported: number | null; isShort: boolean },
): ListingState {
  if (publication === undefined) return "missing";
  if (publication.detail.hidden === true) return "hidden";
  if (publication.detail.isPrivate === true) return "private";
  if (publication.detail.held !== undefined) return "held";
  return isShort || (reported !== null && reported > rows) ? "short" : "complete";
}

export function readCacheStatus(database: Database) {
  const publications = readStoredPublications(database);
  const listings = listingNames
    .map((step) => readListingStatus(database, step, publications.get(step)))
    .filter(
      ({ name, state, checkpoint }) =>
        state !== "missing" || checkpoint !== null || isExpected(database, name),
    );
  const collection = listings[0];
  const matches = countMatches(database);
  const accounts = readAccounts(database);
  return {
    /** Account names by service id; null while unknown. */
    accounts: Object.fromEntries(accountServices.map(({ id }) => [id, accounts[id] ?? null])),
    services: {
      collection: getCollectionService(accounts),
      listens: listenbrainzService,
      listening: getListeningService(accounts),
    },
    /** The sources as rewind sources lists them. */
    sources: querySources(database).sources,
    heldPlays: countPlaysByStoppedService(database),
    bytes: queryValue(database, 0)`SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`,
    listings,
    /** When the next full read of the collection is due; null before the first one. */
    nextFullReadUts:
      collection === undefined || collection.fullReadUts === null
        ? null
        : computeNextReadUts(collection.fullReadUts, collection.rows, {
            isWrittenTo: readFact(database, playedFieldFact) !== undefined,
          }),
    matches: matches && { ...matches, needsReview: countReviewItems(database) },
  };
}

export type StatusResult = ReturnType<typeof queryStatus>;

/** database null: there is no cache yet, which is a valid answer here. */
export function queryStatus(database: Database | null, { path }: { readonly path: string }) {
  const status = readCacheStatus(database ?? createEmptyCache());
  return { ...status, ...(database === null ? { bytes: 0 } : {}), path, isSyncing: isSyncing(path) };
}

export function buildStatusDocument({ listings, matches, ...answer }: StatusResult): StatusDocument {
  return {
    accounts: answer.accounts,
    cache: { path: answer.path, bytes: answer.bytes },
    syncing: answer.isSyncing,
    listings: listings.map(({ name, state, rows, reported, syncedUts, fullReadUts, checkpoint }) => ({
      name,
      state,
      rows,
      reported: reported ?? rows,
      synced_at: toIsoOrNull(syncedUts),
      full_read_at: toIsoOrNull(fullReadUts),
      checkpoint:
        checkpoint === null
          ? null
          : { started_at: toIsoOrNull(checkpoint.startedUts), rows: checkpoint.rows },
    })),
    sources: answer.sources.map(({ name, plays, lastUts, stoppedUts, refusal }) => ({
      name,
      plays,
      last: toIsoOrNull(lastUts),
      stopped_at: toIsoOrNull(stoppedUts),
      refused_at: toIsoOrNull(refusal?.uts ?? null),
    })),
    next_full_read: toIsoOrNull(answer.nextFullReadUts),
    matches: matches && {
      scrobbled: matches.scrobbled,
      artist_only: matches.artistOnly,
      none: matches.none,
      needs_review: matches.needsReview,
    },
  };
}
