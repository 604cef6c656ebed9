// Merges the plays of all listening sources into the plays that every question reads.
import { mergePlays, type MergedPlay } from "../../merge/merge-plays.ts";
import { quarterStart } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import {
  clearDue,
  clockReader,
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
import { onSharedClock, refreshClocks } from "./source-clocks.ts";
import { quarterRows, type SourceRow } from "./quarter-rows.ts";

/** The better a source knows what was played, the earlier. Others follow by name. */
const ranks = ["listenbrainz", "pano", "koito", "librefm", "rockbox", "spotify", "apple", "maloja"];

function rankOf(name: string): number {
  const at = ranks.indexOf(name);
  return at === -1 ? ranks.length : at;
}

/**
 * Merges what changed since the last time. Run it inside the transaction that changed the plays. Returns whether a play that
 * questions read came or went.
 */
export function mergePlaysOfSources(database: Database): boolean {
  const isKnown = isHistoryKnown(database);
  noteHistoryState(database, isKnown);
  const due = dueQuarters(database);
  if (due.length === 0) return false;
  const others = otherSources(database)
    .toSorted((a, b) => rankOf(a.name) - rankOf(b.name) || (a.name < b.name ? -1 : 1))
    .map(({ id }) => id);
  const sourceIds = isKnown ? [listeningSourceId, ...others] : others;
  const rowsOf = quarterRows(database);
  const affected = refreshClocks(database, sourceIds, due, rowsOf);
  const clockOf = clockReader(database);
  const publish = publisher(database, sourceIds);
  let changes = 0;
  for (const quarter of [...affected].toSorted((a, b) => a - b)) {
    const span = [quarter - 1, quarter, quarter + 1];
    const isMoved = sourceIds.some((id) => span.some((one) => clockOf(id, one).offsets.length > 0));
    const rows = sourceIds.map((id) => {
      if (!isMoved) return rowsOf(id, quarter);
      return span
        .flatMap((one) => onSharedClock(rowsOf(id, one), clockOf(id, one)))
        .filter(({ uts }) => uts >= quarterStart(quarter) && uts < quarterStart(quarter + 1));
    });
    changes += publish(quarter, rows);
  }
  clearDue(database);
  if (changes > 0) dropUnplayed(database);
  return changes > 0;
}

/** A function that stores the merged plays of a quarter and returns how many scrobbles changed. */
function publisher(
  database: Database,
  sourceIds: readonly number[],
): (quarter: number, rows: readonly (readonly SourceRow[])[]) => number {
  const trackId = trackFinder(database);
  const link = linkWriter(database);
  const count = countWriter(database);
  return (quarter, rows) => {
    const isAlone = sourceIds.every((id, at) => id === listeningSourceId || rows[at]?.length === 0);
    const plays = isAlone ? [] : mergePlays(rows);
    const used = new Map<string, number>();
    const numberOf = (key: string): number => {
      const next = (used.get(key) ?? 0) + 1;
      used.set(key, next);
      return next;
    };
    for (const { rows: own } of plays) {
      const [{ sourceId, stored }] = own;
      if (sourceId === listeningSourceId) numberOf(`${stored[0]} ${stored[1]}`);
    }
    const derived: DerivedScrobble[] = [];
    const shared = new Map<number, number>();
    for (const play of plays) {
      const [first] = play.rows;
      let key: Pick<DerivedScrobble, "uts" | "trackId" | "occurrence">;
      if (first.sourceId === listeningSourceId) {
        key = { uts: first.stored[0], trackId: first.stored[1], occurrence: first.stored[2] };
      } else {
        const { row, ...scrobble } = representative(play, quarter);
        const ownTrackId = trackId(row.track);
        const occurrence = numberOf(`${scrobble.uts} ${ownTrackId}`);
        const made = { ...scrobble, trackId: ownTrackId, occurrence, sourceId: row.sourceId };
        derived.push(made);
        key = made;
      }
      for (const row of play.rows) {
        if (play.rows.length > 1) shared.set(row.sourceId, (shared.get(row.sourceId) ?? 0) + 1);
        if (row.sourceId !== listeningSourceId) link(row.sourceId, row.stored, key);
      }
    }
    for (const [at, id] of sourceIds.entries()) {
      count(id, quarter, { plays: rows[at]?.length ?? 0, shared: shared.get(id) ?? 0 });
    }
    return writeDerivedScrobbles(database, quarter, derived);
  };
}

/** The time of the row that knows it best, and the names of the row that knows the album best. */
function representative(
  { rows }: MergedPlay<SourceRow>,
  quarter: number,
): { readonly row: SourceRow; readonly uts: number; readonly precisionSeconds: number } {
  const vagueness = ({ isEndStamped, precisionSeconds }: SourceRow): number =>
    isEndStamped ? Math.max(60, precisionSeconds) : precisionSeconds;
  const timed = rows.reduce((best, row) => (vagueness(row) < vagueness(best) ? row : best));
  const named =
    rows.find(({ track }) => track.album !== "" && track.hasOwnAlbum === 1) ??
    rows.find(({ track }) => track.album !== "") ??
    rows[0];
  // A quarter holds the plays that were merged in it.
  const uts = Math.min(Math.max(timed.uts, quarterStart(quarter)), quarterStart(quarter + 1) - 1);
  return { row: named, uts, precisionSeconds: vagueness(timed) };
}

/** Merges what changed since the last time. Run it inside the transaction that changed the plays. */
export function mergeSources(database: Database): void {
  mergePlaysOfSources(database);
}
