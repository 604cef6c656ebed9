// Checks whether the cache can answer, how old it is, and how complete.
import { NotReadyError } from "../../model/errors.ts";
import type { Service } from "../../model/model.ts";
import { getListings, type ListingName } from "../../model/sync-steps.ts";
import { listenbrainzService, listeningServices } from "../../sources/all-services.ts";
import { buildSearchUrl } from "../../sources/search-url.ts";
import { getCollectionService, getListeningService } from "../../sources/service-lookup.ts";
import { compareSources, getSourceTitle } from "../../model/listening-sources.ts";
import { hasPlays, readOtherSources } from "../../store/plays/merged-plays.ts";
import { readAccounts, readRefusal, readStoppedUts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import { type Publications, readStoredPublications } from "../../store/file/listings.ts";
import { queryValue } from "../../store/file/sql.ts";

/** Listening services, and the listings that bring their plays. */
const playListings: readonly { readonly service: Service; readonly listings: readonly ListingName[] }[] = [
  ...listeningServices.map((service) => ({ service, listings: getListings("listening") })),
  { service: listenbrainzService, listings: getListings("listens") },
];

/** true if the collection was ever published. */
export function hasCollection(database: Database): boolean {
  return readStoredPublications(database).has("collection");
}

/** true if plays are known, of whatever source, but the collection was never published. */
export function hasOnlyPlays(database: Database): boolean {
  return hasPlays(database) && !hasCollection(database);
}

/**
 * Throws NotReadyError if the collection was never published, or if the only plays are those of a service whose first
 * reading was interrupted. A cache without plays can answer. `describeFirstSync`: the commands of
 * the first sync with these settings.
 */
export function requireReady(database: Database, describeFirstSync = (): string => "rewind sync"): void {
  const publications = readPublications(database);
  const awaited = findAwaitedService(database);
  const missing = publications.has("collection")
    ? awaited && `the plays of ${awaited.name} are not synced yet`
    : publications.size === 0
      ? "nothing is synced yet"
      : `the ${getCollectionService(readAccounts(database)).name} collection is not synced yet`;
  if (missing === null) return;
  const commands = publications.has("collection") ? "rewind sync" : describeFirstSync();
  throw new NotReadyError(missing, `Run: ${commands}        Without accounts: rewind demo`);
}

/** The connected service whose plays were never published, if the cache has no other plays; null: there is none. */
function findAwaitedService(database: Database): Service | null {
  if (hasPlays(database)) return null;
  const accounts = readAccounts(database);
  const published = readStoredPublications(database);
  const isAwaited = ({ service: { id }, listings }: (typeof playListings)[number]): boolean =>
    accounts[id] !== undefined &&
    readStoppedUts(database, id) === null &&
    !listings.some((listing) => published.has(listing));
  return playListings.find(isAwaited)?.service ?? null;
}

/** true if syncs read the listing: always the collection's, and those of a service that was reached and not stopped. */
export function isExpected(database: Database, listing: ListingName): boolean {
  const source = playListings.find(({ listings }) => listings.includes(listing));
  if (source === undefined) return true;
  return (
    readAccounts(database)[source.service.id] !== undefined &&
    readStoppedUts(database, source.service.id) === null
  );
}

/** true if the listing is of a service that the user stopped. */
export function isListingStopped(database: Database, listing: ListingName): boolean {
  const source = playListings.find(({ listings }) => listings.includes(listing));
  return source !== undefined && readStoppedUts(database, source.service.id) !== null;
}

/** true if no source has plays, so that each count is 0. */
export function hasNoPlays(database: Database): boolean {
  return !hasPlays(database) && findAwaitedService(database) === null;
}

/**
 * The publications that queries go by. Without the chart of a listening service, the plays of the other sources, even
 * if there are none, are the chart and the history.
 */
export function readPublications(database: Database): Publications {
  const publications = readStoredPublications(database);
  if (publications.has("albums") || publications.has("history")) return publications;
  const readUts = queryValue<number | null>(database, null)`
    SELECT max(coalesce(read_uts, 0)) FROM source
    WHERE EXISTS (SELECT 1 FROM source_play WHERE source_id = source.id)`;
  const emptyUts =
    findAwaitedService(database) === null ? publications.get("collection")?.publishedUts : undefined;
  const publishedUts = readUts ?? emptyUts;
  if (publishedUts === undefined) return publications;
  const derived = { startedUts: publishedUts, publishedUts, fullReadUts: 0, detail: {} };
  return new Map([...publications, ["albums", derived], ["history", derived]]);
}

/** "hidden": by the user at the service. "incomplete": never read to its end. */
export type HistoryState = "complete" | "hidden" | "incomplete";

export function readHistoryState(database: Database): HistoryState {
  const history = readPublications(database).get("history");
  if (history === undefined) return "incomplete";
  return history.detail.hidden === true ? "hidden" : "complete";
}

/**
 * The sources of the plays, and how complete they are. `playsFrom` is the name of the listening service, or
 * without one the names of the other sources. `readOtherSources` are those beside it. "" means none.
 */
export function readPlaySources(database: Database) {
  const accounts = readAccounts(database);
  const { id, name } = getListeningService(accounts);
  const titles = readOtherSources(database)
    .toSorted((a, b) => compareSources(a.name, b.name))
    .map((source) => getSourceTitle(source.name));
  const others =
    titles.length < 2 ? (titles[0] ?? "") : `${titles.slice(0, -1).join(", ")} and ${titles.at(-1)}`;
  const history = readHistoryState(database);
  return accounts[id] === undefined
    ? { history, playsFrom: others, otherSources: "" }
    : { history, playsFrom: name, otherSources: others };
}

/** Facts that only the listening history has. */
const historyFacts = [
  "Plays within a span",
  "Tracks heard",
  "Spins",
  "Last plays",
  "Plays of the last 12 months",
  "Plays of each artist",
  "Plays of each track",
  "Single plays",
] as const;
export type HistoryFact = (typeof historyFacts)[number];

/**
 * Throws NotReadyError for the first of these facts, unless the listening history is there. Before the first sync, a
 * server answers as for an empty history.
 */
export function requireHistory(database: Database, ...needs: readonly (HistoryFact | undefined)[]): void {
  const what = historyFacts.find((fact) => needs.includes(fact));
  const state = readHistoryState(database);
  if (what === undefined || state === "complete" || readPublications(database).size === 0) return;
  const { id, name, traits } = getListeningService(readAccounts(database));
  if (readStoppedUts(database, id) !== null) {
    const why = state === "hidden" ? "was hidden" : "was not read to its end";
    throw new NotReadyError(
      `${what} are unknown: the listening history of ${name} ${why} when the service was stopped`,
      `To read it: rewind sources resume ${id}        To continue without its plays: rewind sources remove ${id}`,
    );
  }
  if (state === "incomplete") {
    throw new NotReadyError(
      `${what} are not known yet: the listening history is incomplete`,
      "Run: rewind sync",
    );
  }
  throw new NotReadyError(
    `${what} are unknown: the listening history is hidden on ${name}`,
    `To show it, ${traits.unhide}, then run: rewind sync`,
  );
}

/** Unix seconds of the oldest list that syncs bring up to date. A stopped or refused service brings nothing new. */
export function readSyncedUts(database: Database): number {
  const accounts = readAccounts(database);
  const published = readStoredPublications(database);
  const dates = playListings.flatMap(({ service: { id }, listings: [listing] }) => {
    const isRead =
      accounts[id] !== undefined &&
      readStoppedUts(database, id) === null &&
      readRefusal(database, id) === null;
    return (isRead && listing !== undefined && published.get(listing)?.publishedUts) || [];
  });
  return [published.get("collection")?.publishedUts ?? 0, ...dates].reduce((a, b) => Math.min(a, b));
}

/** Unix seconds of the newest reading of plays, of any source; 0: there was none. */
export function readPlaysUpdatedUts(database: Database): number {
  const published = readPublications(database);
  return Math.max(published.get("history")?.publishedUts ?? 0, published.get("listens")?.publishedUts ?? 0);
}

/** Returns a function that gives the page of an artist, album or track at the listening service, or else a search. */
export function createPageUrlBuilder(database: Database): typeof buildSearchUrl {
  const accounts = readAccounts(database);
  const { id, traits } = getListeningService(accounts);
  if (accounts[id] === undefined) return buildSearchUrl;
  const isListed = (artist: string, album: string): boolean =>
    queryValue(database, 1)`
      SELECT chart_count IS NOT NULL FROM album WHERE artist = ${artist} AND title = ${album}` === 1;
  return (names) =>
    names.album === undefined || names.track !== undefined || isListed(names.artist, names.album)
      ? traits.pageOf(names)
      : buildSearchUrl(names);
}
