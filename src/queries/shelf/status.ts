// The contents and age of the cache, and what is missing.
import type { StatusDocument } from "../documents/statistics-documents.ts";
import type { Service, Side } from "../../model/model.ts";
import { accountServices, collectionServiceOf, listeningServiceOf } from "../../sources/all-services.ts";
import { readAccounts, type Accounts, knownPlayedField } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import { nextWalkUts, readPublications } from "../../store/file/listings.ts";
import { isSyncing } from "../../store/file/file-lock.ts";
import { countMatches, type MatchCounts } from "../../store/plays/record-matches.ts";
import { listings as listingNames } from "../../model/steps.ts";
import { hasOnlyOtherPlays } from "../../store/plays/merged-plays.ts";
import { playSources } from "../figures/readiness.ts";
import { isoSeconds } from "../records/contract.ts";
import { countDoubts } from "../doubts/doubts.ts";
import { listingStatus, numberOf, type ListingStatus } from "./listing-status.ts";

export interface CacheStatus {
  /** By service id; null while unknown. */
  readonly accounts: Readonly<Record<string, string | null>>;
  readonly services: Readonly<Record<Side, Service>>;
  /** The sources of a cache that has plays but no listening service; else "". */
  readonly onlySources: string;
  readonly bytes: number;
  readonly listings: readonly ListingStatus[];
  /** When the next full walk of the collection is due; null before the first one. */
  readonly nextWalkUts: number | null;
  readonly matches: (MatchCounts & { readonly doubtful: number }) | null;
}

export function cacheStatus(database: Database): CacheStatus {
  const published = readPublications(database);
  const onlySources = hasOnlyOtherPlays(database) ? playSources(database).playsFrom : "";
  const listings = listingNames
    .map((step) => listingStatus(database, step, published.get(step)))
    .filter(isExpected)
    .filter(({ name }) => onlySources === "" || (name !== "albums" && name !== "history"));
  const collection = listings[0];
  const matches = countMatches(database);
  return {
    ...accountsOf(readAccounts(database)),
    onlySources,
    bytes: numberOf(database, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
    listings,
    nextWalkUts:
      collection === undefined || collection.walkedUts === null
        ? null
        : nextWalkUts(collection.walkedUts, collection.rows, {
            isWrittenTo: knownPlayedField(database) !== undefined,
          }),
    matches: matches && { ...matches, doubtful: countDoubts(database) },
  };
}

/** ListenBrainz is optional: its listens are missing only if the cache ever asked for them. */
function isExpected({ name, state, walk }: Pick<ListingStatus, "name" | "state" | "walk">): boolean {
  return name !== "listens" || state !== "missing" || walk !== null;
}

function accountsOf(accounts: Accounts): Pick<CacheStatus, "accounts" | "services"> {
  return {
    accounts: Object.fromEntries(accountServices.map(({ id }) => [id, accounts[id] ?? null])),
    services: { collection: collectionServiceOf(accounts), listening: listeningServiceOf(accounts) },
  };
}

const emptyStatus: CacheStatus = {
  ...accountsOf({}),
  onlySources: "",
  bytes: 0,
  listings: listingNames
    .filter((name) => name !== "listens")
    .map((name) => ({
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

export interface StatusAnswer extends CacheStatus {
  readonly path: string;
  readonly isSyncing: boolean;
}

/** database null: there is no cache yet, which is a valid answer here. */
export function ask(database: Database | null, { path }: { readonly path: string }): StatusAnswer {
  const status = database === null ? emptyStatus : cacheStatus(database);
  return { ...status, path, isSyncing: isSyncing(path) };
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
    next_full_walk: isoSeconds(answer.nextWalkUts),
    matches:
      matches === null
        ? null
        : {
            scrobbled: matches.scrobbled,
            artist_only: matches.artistOnly,
            none: matches.none,
            doubtful: matches.doubtful,
          },
  };
}
