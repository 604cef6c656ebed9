// Merges the plays of all listening sources into the plays that every question reads.
import { mergePlays, type MergedPlay } from "../../merge/merge-plays.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { addToList } from "../../model/grouping.ts";
import { compareSources, computeVagueness } from "../../model/listening-sources.ts";
import { computeQuarterStart } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { readFact, saveFact } from "../../store/file/cache-facts.ts";
import {
  createTouchedScope,
  dropTouchedScope,
  type RefreshScope,
  type TouchedTracks,
} from "../../store/plays/refresh-scope.ts";
import { unlinkCovered } from "../../store/plays/source-plays.ts";
import {
  arePlaysPartial,
  clearDueQuarters,
  type DerivedScrobble,
  deleteUnplayedTracks,
  readDueQuarters,
  isHistoryKnown,
  createSourcePlayLinker,
  listeningSourceId,
  saveHistoryState,
  readOtherSources,
  type PlayKey,
  createTrackFinder,
  saveQuarterCounts,
  saveDerivedScrobbles,
} from "../../store/plays/merged-plays.ts";
import { refreshMatchStats } from "../../store/plays/record-matches.ts";
import { refreshAlbumGroups } from "../../store/plays/album-groups.ts";
import { refreshSpins } from "../../store/plays/spins.ts";
import { refreshLastPlayed } from "../../store/plays/track-albums.ts";
import { isEvidenceNew, refreshNameKeys, rematch } from "../matching/rematch.ts";
import { albumKeys, refreshAlbums } from "./album-links.ts";
import { toSharedClock, createSourceClocks } from "./source-clocks.ts";
import { isImported, createQuarterRows, type QuarterRows, type SourceRow } from "./quarter-rows.ts";

/**
 * Merges what changed since the last time. Run it inside the transaction that changed the plays, and refreshPlays afterwards.
 * Returns whether a play that questions read came or went.
 */
export function mergeChangedPlays(database: Database): boolean {
  const { tracks, hasRemoved } = mergeQuarters(database);
  if (hasRemoved) deleteUnplayedTracks(database);
  return tracks.size > 0;
}

/** A change of more tracks has everything refreshed. */
const maxTouchedTracks = 1_000;

/** Adds an id, unless there are too many already. */
function touch(ids: Set<number>, id: number): void {
  if (ids.size <= maxTouchedTracks) ids.add(id);
}

interface MergeResult extends TouchedTracks {
  readonly hasRemoved: boolean;
}

function mergeQuarters(database: Database): MergeResult {
  const tracks = new Set<number>();
  const sourceTracks = new Set<number>();
  const result = { hasRemoved: false, tracks, sourceTracks };
  const isKnown = isHistoryKnown(database);
  saveHistoryState(database, isKnown);
  const quartersDue = readDueQuarters(database);
  if (quartersDue.length === 0) return result;
  unlinkCovered(database);
  const others = readOtherSources(database)
    .toSorted((a, b) => compareSources(a.name, b.name))
    .map(({ id }) => id);
  const sourceIds = isKnown ? [listeningSourceId, ...others] : others;
  const quarters = createQuarterRows(database);
  const { readRows } = quarters;
  const clocks = createSourceClocks(database, sourceIds, new Set(quartersDue), readRows);
  const publish = createQuarterPublisher(database, sourceIds, quarters, (id) => touch(sourceTracks, id));
  const near = new Set(quartersDue.flatMap((quarter) => [-2, -1, 0, 1, 2].map((step) => quarter + step)));
  for (const quarter of [...near].toSorted((a, b) => a - b)) {
    const span = [quarter - 1, quarter, quarter + 1];
    const isMoved = span.some((one) => clocks.isMoved(one));
    if (!isMoved && !quartersDue.includes(quarter)) continue;
    const rows = sourceIds.map((id) => {
      if (!isMoved) return readRows(id, quarter);
      return span
        .flatMap((one) => toSharedClock(readRows(id, one), clocks.clock(id, one)))
        .filter(({ uts }) => uts >= computeQuarterStart(quarter) && uts < computeQuarterStart(quarter + 1));
    });
    const { added, removed } = publish(quarter, rows);
    for (const id of [...added, ...removed]) touch(tracks, id);
    result.hasRemoved ||= removed.length > 0;
  }
  clocks.write();
  clearDueQuarters(database);
  return result;
}

/** Works out again all that follows from the plays. */
export function refreshPlays(database: Database): void {
  refreshScope(database, "all");
  saveFact(database, refreshedFact, describeRefresh(database));
}

function refreshScope(database: Database, scope: RefreshScope): void {
  const albums = refreshAlbums(database, scope);
  refreshLastPlayed(database, scope);
  refreshNameKeys(database);
  refreshAlbumGroups(database);
  refreshSpins(database, scope);
  if (albums.changed > 0 || isEvidenceNew(database)) rematch(database);
  else refreshMatchStats(database);
}

/** Merges what changed since the last time. Run it inside the transaction that changed the plays. */
export function mergeSources(database: Database): void {
  const result = mergeQuarters(database);
  const touchedCount = Math.max(result.tracks.size, result.sourceTracks.size);
  if (touchedCount === 0) return;
  if (touchedCount <= maxTouchedTracks && readFact(database, refreshedFact) === describeRefresh(database)) {
    refreshTouchedPlays(database, result);
  } else {
    if (result.hasRemoved) deleteUnplayedTracks(database);
    refreshPlays(database);
  }
}

/** The same as refreshPlays, if everything else is up to date. */
function refreshTouchedPlays(database: Database, touched: TouchedTracks): void {
  createTouchedScope(database, touched, albumKeys.titleKey);
  deleteUnplayedTracks(database, "touched");
  refreshScope(database, "touched");
  dropTouchedScope(database);
}

const refreshedFact = "plays refreshed by";

/** Albums and counts depend on this, besides the plays and the chart. */
function describeRefresh(database: Database): string {
  return JSON.stringify([rulesVersion, isHistoryKnown(database), arePlaysPartial(database)]);
}

/** A function that stores the merged plays of a quarter. */
function createQuarterPublisher(
  database: Database,
  sourceIds: readonly number[],
  { readRows, getNames }: QuarterRows,
  onLinked: (sourceTrackId: number) => void,
): (quarter: number, rows: readonly (readonly SourceRow[])[]) => ReturnType<typeof saveDerivedScrobbles> {
  const getTrackId = createTrackFinder(database);
  const link = createSourcePlayLinker(database);
  return (quarter, rows) => {
    const isAlone = sourceIds.every((id, at) => id === listeningSourceId || rows[at]?.length === 0);
    const plays = isAlone ? [] : mergePlays(buildMergeLists(sourceIds, rows), getNames);
    const derived: DerivedScrobble[] = [];
    const sharedCounts = new Map<number, number>();
    const best = plays.map(({ rows: members }) =>
      members[0].track.kind.sourceId === listeningSourceId
        ? null
        : pickRepresentative(sortBySource(sourceIds, members), quarter),
    );
    const own = isAlone ? [] : readRows(listeningSourceId, quarter);
    const getOccurrence = createOccurrenceCounter(quarter, new Set(best.map((row) => row?.uts)), own);
    for (const [at, { rows: members }] of plays.entries()) {
      const [first] = members;
      const row = best[at] ?? null;
      let scrobble: PlayKey;
      if (row === null) {
        scrobble = { uts: first.sourceUts, trackId: first.track.id, occurrence: first.occurrence };
      } else {
        const { track, uts, precisionSeconds } = row;
        const trackId = getTrackId(track.id);
        const occurrence = getOccurrence(uts, trackId);
        const derivedScrobble = { uts, trackId, occurrence, sourceId: track.kind.sourceId, precisionSeconds };
        derived.push(derivedScrobble);
        scrobble = derivedScrobble;
      }
      const isShared = members.some(({ track }) => track.kind.sourceId !== first.track.kind.sourceId);
      for (const [place, { track, sourceUts, occurrence }] of members.entries()) {
        const { sourceId, client } = track.kind;
        // A play that two clients sent counts once.
        const isCounted =
          client !== "" && members.slice(0, place).some((other) => other.track.kind.sourceId === sourceId);
        if (isShared && !isCounted) sharedCounts.set(sourceId, (sharedCounts.get(sourceId) ?? 0) + 1);
        if (sourceId === listeningSourceId) continue;
        if (link({ sourceId, uts: sourceUts, trackId: track.id, occurrence }, scrobble)) onLinked(track.id);
      }
    }
    for (const [at, id] of sourceIds.entries()) {
      const count = isAlone ? 0 : (rows[at]?.length ?? 0);
      saveQuarterCounts(database, id, quarter, { plays: count, shared: sharedCounts.get(id) ?? 0 });
    }
    return saveDerivedScrobbles(database, quarter, derived);
  };
}

/**
 * The lists that are merged one to one: the plays with Last.fm's clock first, so that an import finds its original by the
 * second. What a source imported is a list of its own, because the source may have the same play from another client. For
 * the same reason, each client that sends plays to rewind has a list of its own.
 */
function buildMergeLists(
  sourceIds: readonly number[],
  rows: readonly (readonly SourceRow[])[],
): (readonly SourceRow[])[] {
  const imported = rows.map((ofSource) => ofSource.filter(isImported));
  const own = rows.map((ofSource) => ofSource.filter((row) => !isImported(row)));
  const lists = own.flatMap(splitByClient);
  return sourceIds[0] === listeningSourceId
    ? [...lists.slice(0, 1), ...imported, ...lists.slice(1)]
    : [...imported, ...lists];
}

/** One list for each client, by its name; a single list for any other source. */
function splitByClient(rows: readonly SourceRow[]): (readonly SourceRow[])[] {
  if (rows.every(({ track }) => track.kind.client === "")) return [rows];
  const byClient = new Map<string, SourceRow[]>();
  for (const row of rows) addToList(byClient, row.track.kind.client, row);
  return [...byClient].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, ofClient]) => ofClient);
}

/** Sorts the rows of a play by their sources, the best first. */
function sortBySource(
  sourceIds: readonly number[],
  rows: MergedPlay<SourceRow>["rows"],
): MergedPlay<SourceRow>["rows"] {
  const getRank = ({ track }: SourceRow): number => sourceIds.indexOf(track.kind.sourceId);
  const [first, ...others] = rows.toSorted((a, b) => getRank(a) - getRank(b));
  return first === undefined ? rows : [first, ...others];
}

/**
 * Numbers the plays of one track within one of these seconds. `own`: the rows of the listening service, which keep their
 * numbers even while its history is hidden.
 */
function createOccurrenceCounter(
  quarter: number,
  seconds: ReadonlySet<number | undefined>,
  own: readonly SourceRow[],
): (uts: number, trackId: number) => number {
  const occurrences = new Map<number, number>();
  const countOccurrence = (uts: number, trackId: number): number => {
    const key = (uts - computeQuarterStart(quarter)) * 2 ** 29 + trackId;
    const occurrence = (occurrences.get(key) ?? 0) + 1;
    occurrences.set(key, occurrence);
    return occurrence;
  };
  for (const { uts, track } of own) if (seconds.has(uts)) countOccurrence(uts, track.id);
  return countOccurrence;
}

function getVagueness({ precisionSeconds, track }: SourceRow): number {
  return computeVagueness({ precisionSeconds, isEndStamped: track.kind.isEndStamped });
}

/** The time of the row that knows it best, and the track of the row that knows the album best. */
function pickRepresentative(
  rows: MergedPlay<SourceRow>["rows"],
  quarter: number,
): Pick<SourceRow, "track" | "uts" | "precisionSeconds"> {
  const timed = rows.reduce((best, row) => (getVagueness(row) < getVagueness(best) ? row : best));
  const rowWithAlbum =
    rows.find(({ track }) => track.kind.album === "heard") ??
    rows.find(({ track }) => track.kind.album !== "none") ??
    rows[0];
  // A quarter holds the plays that were merged in it.
  const uts = Math.min(
    Math.max(timed.uts, computeQuarterStart(quarter)),
    computeQuarterStart(quarter + 1) - 1,
  );
  return { track: rowWithAlbum.track, uts, precisionSeconds: getVagueness(timed) };
}
