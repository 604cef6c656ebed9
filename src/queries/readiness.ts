// Whether there is something to answer from, and how old and how complete it is.
import { NotReadyError } from "../errors.ts";
import type { Database } from "../store/database.ts";

export type Step = "collection" | "wantlist" | "albums" | "history";

export interface Publication {
  readonly step: Step;
  /** Unix seconds: when the walk that it came from began. */
  readonly startedUts: number;
  /** When it was last found to be up to date. */
  readonly publishedUts: number;
  /** When it was last read whole. */
  readonly walkedUts: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

export function publications(database: Database): ReadonlyMap<Step, Publication> {
  const rows = database
    .prepare<
      [],
      { step: Step; started_uts: number; published_uts: number; walked_uts: number; detail: string }
    >("SELECT step, started_uts, published_uts, walked_uts, detail FROM publication")
    .all();
  return new Map(
    rows.map((row) => [
      row.step,
      {
        step: row.step,
        startedUts: row.started_uts,
        publishedUts: row.published_uts,
        walkedUts: row.walked_uts,
        detail: asObject(JSON.parse(row.detail)),
      },
    ]),
  );
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Throws NotReadyError unless the collection and the albums were each published once. */
export function requireBothSides(published: ReadonlyMap<Step, Publication>): void {
  const collection = published.has("collection");
  const albums = published.has("albums");
  if (collection && albums) return;
  const missing = collection
    ? "the albums of Last.fm are not synced yet"
    : albums
      ? "the Discogs collection is not synced yet"
      : "nothing is synced yet";
  throw new NotReadyError(missing, "Run: rewind sync        Without accounts: rewind demo");
}

/** "complete"; "hidden" by its owner on Last.fm; "incomplete" while it was never read to its end. */
export type HistoryState = "complete" | "hidden" | "incomplete";

export function historyState(published: ReadonlyMap<Step, Publication>): HistoryState {
  const history = published.get("history");
  if (history === undefined) return "incomplete";
  return history.detail["hidden"] === true ? "hidden" : "complete";
}

/** What nothing but the listening history tells. */
const historyFacts = [
  "Plays within a span",
  "Tracks heard",
  "Spins",
  "Last plays",
  "Plays of the last 12 months",
] as const;
export type HistoryFact = (typeof historyFacts)[number];

/** Throws NotReadyError, which names the first of these facts, unless the listening history is there. */
export function requireHistory(
  published: ReadonlyMap<Step, Publication>,
  ...needs: readonly (HistoryFact | undefined)[]
): void {
  const what = historyFacts.find((fact) => needs.includes(fact));
  const state = historyState(published);
  if (what === undefined || state === "complete") return;
  throw state === "hidden"
    ? new NotReadyError(
        `${what} can't be told: the listening history is hidden on Last.fm`,
        "Last.fm, Settings, Privacy: let recent listening be seen. Then run: rewind sync",
      )
    : new NotReadyError(
        `${what} can't be told yet: the listening history is not complete`,
        "Run: rewind sync",
      );
}

/** Unix seconds of the older one of the two sides. */
export function syncedUts(published: ReadonlyMap<Step, Publication>): number {
  return Math.min(published.get("collection")?.publishedUts ?? 0, published.get("albums")?.publishedUts ?? 0);
}
