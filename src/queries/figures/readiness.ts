// Whether the cache can answer, how old it is, and how complete.
import { NotReadyError } from "../../model/errors.ts";
import { collectionServiceOf, listeningServiceOf } from "../../sources/service-lookup.ts";
import { compareSources, sourceTitle } from "../../model/listening-sources.ts";
import { otherSources } from "../../store/plays/merged-plays.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import { readPublications } from "../../store/file/listings.ts";

const noPlays = "no plays are synced or imported yet";

/** Throws NotReadyError unless the collection and the albums were each published once. */
export function requireBothSides(database: Database): void {
  const publications = readPublications(database);
  const collection = publications.has("collection");
  const albums = publications.has("albums");
  if (collection && albums) return;
  const accounts = readAccounts(database);
  const listening = listeningServiceOf(accounts);
  const missing = collection
    ? accounts[listening.id] === undefined
      ? noPlays
      : `the albums of ${listening.name} are not synced yet`
    : albums
      ? `the ${collectionServiceOf(accounts).name} collection is not synced yet`
      : "nothing is synced yet";
  const others = missing === noPlays ? "Or read a file: rewind import FILE" : "Without accounts: rewind demo";
  throw new NotReadyError(missing, `Run: rewind sync        ${others}`);
}

/** "hidden": by the user at the service. "incomplete": never read to its end. */
export type HistoryState = "complete" | "hidden" | "incomplete";

export function historyState(database: Database): HistoryState {
  const history = readPublications(database).get("history");
  if (history === undefined) return "incomplete";
  return history.detail.hidden === true ? "hidden" : "complete";
}

/**
 * The sources of the plays, and how complete they are. `playsFrom` is the name of the listening service, or
 * without one the names of the other sources. `otherSources` are those beside it; "" if there are none.
 */
export function playSources(database: Database) {
  const accounts = readAccounts(database);
  const { id, name } = listeningServiceOf(accounts);
  const titles = otherSources(database)
    .toSorted((a, b) => compareSources(a.name, b.name))
    .map((source) => sourceTitle(source.name));
  const others =
    titles.length < 2 ? (titles[0] ?? "") : `${titles.slice(0, -1).join(", ")} and ${titles.at(-1)}`;
  const history = historyState(database);
  return accounts[id] === undefined && others !== ""
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
] as const;
export type HistoryFact = (typeof historyFacts)[number];

/**
 * Throws NotReadyError for the first of these facts, unless the listening history is there. Before the first sync, a
 * server answers as for an empty history.
 */
export function requireHistory(database: Database, ...needs: readonly (HistoryFact | undefined)[]): void {
  const what = historyFacts.find((fact) => needs.includes(fact));
  const state = historyState(database);
  if (what === undefined || state === "complete" || readPublications(database).size === 0) return;
  if (state === "incomplete") {
    throw new NotReadyError(
      `${what} are not known yet: the listening history is incomplete`,
      "Run: rewind sync",
    );
  }
  const { name, traits } = listeningServiceOf(readAccounts(database));
  throw new NotReadyError(
    `${what} are unknown: the listening history is hidden on ${name}`,
    `To show it, ${traits.unhide}, then run: rewind sync`,
  );
}

/** Unix seconds of the older of the two sides. */
export function syncedUts(database: Database): number {
  const publications = readPublications(database);
  return Math.min(
    publications.get("collection")?.publishedUts ?? 0,
    publications.get("albums")?.publishedUts ?? 0,
  );
}

/** The age of the answer. Never negative, even if the clock was set back. */
export function secondsSinceSync(database: Database, nowMs: number): number {
  return Math.max(0, Math.floor(nowMs / 1000) - syncedUts(database));
}

/** Returns a function that gives the page of an album or artist at the listening service. */
export function pagesOf(database: Database) {
  return listeningServiceOf(readAccounts(database)).traits.pageOf;
}
