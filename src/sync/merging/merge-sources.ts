// Merges the plays of all listening sources into the plays that every question reads.
import { mergePlays, type MergedPlay } from "../../merge/merge-plays.ts";
import { compareSources } from "../../model/source-names.ts";
import { quarterStart } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { unlinkCovered } from "../../store/plays/covered-plays.ts";
import {
  arePlaysPartial,
  clearDue,
  countWriter,
  type DerivedScrobble,
  dropUnplayed,
  dueQuarters,
  isHistoryKnown,
  linkWriter,
  listeningSourceId,
  noteHistoryState,
  otherSources,
  trackFinder,
  writeDerivedScrobbles,
} from "../../store/plays/merged-plays.ts";
import { refreshMatchFigures } from "../../store/plays/record-matches.ts";
import { clearSpins, refreshSpins } from "../../store/plays/spins.ts";
import { refreshLastPlayed } from "../../store/plays/track-albums.ts";
import { rematch } from "../matching/rematch.ts";
import { refreshAlbums } from "./album-links.ts";
import { onSharedClock, sourceClocks } from "./source-clocks.ts";
import { quarterRows, type RowsOf, type SourceRow } from "./quarter-rows.ts";

/**
 * Merges what changed since the last time. Run it inside the transaction that changed the plays. Returns whether a play that
 * questions read came or went.
 */
export function mergePlaysOfSources(database: Database): boolean {
  const isKnown = isHistoryKnown(database);
  noteHistoryState(database, isKnown);
  const due = dueQuarters(database);
  if (due.length === 0) return false;
  unlinkCovered(database);
  const others = otherSources(database)
    .toSorted((a, b) => compareSources(a.name, b.name))
    .map(({ id }) => id);
  const sourceIds = isKnown ? [listeningSourceId, ...others] : others;
  const rowsOf = quarterRows(database);
  const clocks = sourceClocks(database, sourceIds, new Set(due), rowsOf);
  const publish = publisher(database, sourceIds, rowsOf);
  const near = new Set(due.flatMap((quarter) => [-2, -1, 0, 1, 2].map((step) => quarter + step)));
  let changes = 0;
  const removedTrackIds = new Set<number>();
  for (const quarter of [...near].toSorted((a, b) => a - b)) {
    const span = [quarter - 1, quarter, quarter + 1];
    const isMoved = span.some((one) => clocks.isMoved(one));
    if (!isMoved && !due.includes(quarter)) continue;
    const rows = sourceIds.map((id) => {
      if (!isMoved) return rowsOf(id, quarter);
      return span
        .flatMap((one) => onSharedClock(rowsOf(id, one), clocks.clock(id, one)))
        .filter(({ uts }) => uts >= quarterStart(quarter) && uts < quarterStart(quarter + 1));
    });
    const written = publish(quarter, rows);
    changes += written.changes;
    for (const id of written.removedTrackIds) removedTrackIds.add(id);
  }
  clocks.write();
  clearDue(database);
  dropUnplayed(database, removedTrackIds);
  return changes > 0;
}

/** Works out again all that follows from the plays. */
export function refreshPlays(database: Database): void {
  const { changed } = refreshAlbums(database);
  const isPartial = arePlaysPartial(database);
  refreshLastPlayed(database, { isHidden: isPartial });
  if (isPartial) clearSpins(database);
  else refreshSpins(database);
  if (changed > 0) rematch(database);
  else refreshMatchFigures(database);
}

/** Merges what changed since the last time. Run it inside the transaction that changed the plays. */
export function mergeSources(database: Database): void {
  if (mergePlaysOfSources(database)) refreshPlays(database);
}

/** A function that stores the merged plays of a quarter. */
function publisher(
  database: Database,
  sourceIds: readonly number[],
  rowsOf: RowsOf,
): (quarter: number, rows: readonly (readonly SourceRow[])[]) => ReturnType<typeof writeDerivedScrobbles> {
  const trackIdOf = trackFinder(database);
  const link = linkWriter(database);
  const count = countWriter(database);
  return (quarter, rows) => {
    const isAlone = sourceIds.every((id, at) => id === listeningSourceId || rows[at]?.length === 0);
    const plays = isAlone ? [] : mergePlays(rows);
    const used = new Map<number, number>();
    const nextOccurrence = (uts: number, id: number): number => {
      const key = (uts - quarterStart(quarter)) * 2 ** 29 + id;
      const next = (used.get(key) ?? 0) + 1;
      used.set(key, next);
      return next;
    };
    // A hidden history keeps its rows.
    if (!isAlone) for (const row of rowsOf(listeningSourceId, quarter)) nextOccurrence(row.uts, row.trackId);
    const derived: DerivedScrobble[] = [];
    const shared = new Map<number, number>();
    for (const play of plays) {
      const [first] = play.rows;
      let key: Pick<DerivedScrobble, "uts" | "trackId" | "occurrence">;
      if (first.sourceId === listeningSourceId) {
        key = { uts: first.sourceUts, trackId: first.trackId, occurrence: first.occurrence };
      } else {
        const { row, ...scrobble } = representative(play, quarter);
        const trackId = trackIdOf(row.trackId);
        const occurrence = nextOccurrence(scrobble.uts, trackId);
        const made = { ...scrobble, trackId, occurrence, sourceId: row.sourceId };
        derived.push(made);
        key = made;
      }
      for (const row of play.rows) {
        if (play.rows.length > 1) shared.set(row.sourceId, (shared.get(row.sourceId) ?? 0) + 1);
        if (row.sourceId !== listeningSourceId) link(row.sourceId, row, key);
      }
    }
    for (const [at, id] of sourceIds.entries()) {
      count(id, quarter, { plays: isAlone ? 0 : (rows[at]?.length ?? 0), shared: shared.get(id) ?? 0 });
    }
    return writeDerivedScrobbles(database, quarter, derived);
  };
}

/** How many seconds the start of a play may be off. */
function vagueness({ track, precisionSeconds }: SourceRow): number {
  return track.isEndStamped ? Math.max(60, precisionSeconds) : precisionSeconds;
}

/** The time of the row that knows it best, and the names of the row that knows the album best. */
function representative(
  { rows }: MergedPlay<SourceRow>,
  quarter: number,
): { readonly row: SourceRow; readonly uts: number; readonly precisionSeconds: number } {
  const timed = rows.reduce((best, row) => (vagueness(row) < vagueness(best) ? row : best));
  const named =
    rows.find(({ track }) => track.album === "heard") ??
    rows.find(({ track }) => track.album !== "none") ??
    rows[0];
  // A quarter holds the plays that were merged in it.
  const uts = Math.min(Math.max(timed.uts, quarterStart(quarter)), quarterStart(quarter + 1) - 1);
  return { row: named, uts, precisionSeconds: vagueness(timed) };
}
