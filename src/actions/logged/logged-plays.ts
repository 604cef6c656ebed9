// Finds logged plays, and describes them.
import type { JsonLoggedPlay, LoggedPlaysDocument } from "../../queries/documents/decision-documents.ts";
import { UsageError } from "../../model/errors.ts";
import { otherTargetFields } from "../../model/play-targets.ts";
import type { Database } from "../../store/file/database.ts";
import { playedFieldFact, readFact } from "../../store/file/cache-facts.ts";
import { readLoggedPlays, type LoggedPlay, type LoggedTrack } from "../../store/decisions/logged-plays.ts";
import { toIsoOrNull } from "../../queries/records/json-rows.ts";
import { toJsonPagination, selectPage, type Paging } from "../../queries/documents/paging.ts";
import { rawSql, queryRows, queryValues } from "../../store/file/sql.ts";
import { buildRecordsSql, explainEmptyList, type RecordFilter } from "../../queries/filters/record-filter.ts";
import { isInPeriods, type Period } from "../../queries/conditions/period.ts";
import { buildOrderSql, getMostPlayedTerms } from "../../queries/statistics/record-terms.ts";

/** Unix seconds; null: never, or unknown. */
export interface LastPlayed {
  readonly playUts: number | null;
  /** The last sitting with at least half of the record. */
  readonly spinUts: number | null;
}

export function readLastPlayed(database: Database, recordId: number): LastPlayed {
  const [last] = queryRows<LastPlayed>(database)`
    SELECT last_played_uts AS playUts, last_spin_uts AS spinUts FROM match WHERE record_id = ${recordId}`;
  return last ?? { playUts: null, spinUts: null };
}

/** A logged play of the same record at an overlapping time: probably the same play, logged twice. */
export function findOverlappingPlay(database: Database, play: LoggedPlay): LoggedPlay | undefined {
  return readLoggedPlays(database).findLast(
    (other) =>
      other.source !== "field" &&
      other.releaseId === play.releaseId &&
      (other.instanceId === null || play.instanceId === null || other.instanceId === play.instanceId) &&
      other.fromUts < play.toUts &&
      play.fromUts < other.toUts &&
      hasCommonTracks(other, play),
  );
}

/** Two sides are two plays. Without a tracklist it was the whole record. */
function hasCommonTracks({ tracks: some }: LoggedPlay, { tracks: others }: LoggedPlay): boolean {
  if (some.length === 0 || others.length === 0) return true;
  const keys = new Set(some.map(toTrackKey));
  return others.some((track) => keys.has(toTrackKey(track)));
}

function toTrackKey({ position, title }: LoggedTrack): string {
  return `${position}\n${title}`;
}

const minPrefixLength = 4;

/** The entries whose UUID begins with `entry`. */
export function filterByUuidPrefix<Entry extends { readonly uuid: string }>(
  entries: readonly Entry[],
  entry: string,
): Entry[] {
  const prefix = entry.trim().toLowerCase();
  return prefix.length < minPrefixLength ? [] : entries.filter(({ uuid }) => uuid.startsWith(prefix));
}

/** The last logged play, or the one whose UUID begins with `entry`. Throws UsageError if it cannot be undone. */
export function requirePlayToUndo(database: Database, entry: string | null): LoggedPlay {
  const play = entry === null ? requireNewestPlay(database) : requireLoggedPlay(database, entry);
  if (play.source !== "field") return play;
  const name = readFact(database, playedFieldFact);
  throw new UsageError(
    `this play comes from ${name === undefined ? "a custom field" : `the field "${name}"`} of the collection`,
    "Remove its day from the field on Discogs, then run: rewind sync --full --only discogs",
  );
}

function requireNewestPlay(database: Database): LoggedPlay {
  const [play] = readLoggedPlays(database)
    .filter(({ source }) => source !== "field")
    .toSorted((a, b) => b.loggedUts - a.loggedUts || b.startUts - a.startUts);
  if (play !== undefined) return play;
  throw new UsageError("there is no logged play to undo", "To log a play: rewind played RECORD");
}

/** The play whose UUID begins with `entry`. Throws UsageError. */
export function requireLoggedPlay(database: Database, entry: string): LoggedPlay {
  const entries = filterByUuidPrefix(readLoggedPlays(database), entry);
  const [play] = entries;
  if (play !== undefined && entries.length === 1) return play;
  throw new UsageError(
    entries.length > 1
      ? `${entries.length} logged plays begin with ${JSON.stringify(entry.slice(0, 40))}`
      : `no logged play ${JSON.stringify(entry.slice(0, 40))}`,
    "To see them: rewind played list",
  );
}

type ReleaseSummary = Omit<PlayWithRelease, "play">;

/** The release, and its copy `instanceId` or else the one that rewind xref shows first. */
export function readReleaseSummary(
  database: Database,
  releaseId: number,
  instanceId: number | null,
): ReleaseSummary | undefined {
  const [release] = queryRows<ReleaseSummary>(database)`
    SELECT artist, title, (SELECT record.id FROM record LEFT JOIN match ON match.record_id = record.id
      WHERE record.release_id = release.id
      ORDER BY record.instance_id IS NOT ${instanceId}, ${buildOrderSql(getMostPlayedTerms({}))} LIMIT 1) AS recordId
    FROM release WHERE id = ${releaseId}`;
  return release;
}

export function attachRelease(database: Database, play: LoggedPlay): PlayWithRelease {
  const release = readReleaseSummary(database, play.releaseId, play.instanceId);
  return { play, ...(release ?? { recordId: null, artist: null, title: null }) };
}

/** A play with its release, if that is still known. */
export interface PlayWithRelease {
  readonly play: LoggedPlay;
  /** The copy that was played, or else the first of its release; null if none is in the collection now. */
  readonly recordId: number | null;
  readonly artist: string | null;
  readonly title: string | null;
}

export function toJsonPlay({ play, recordId, artist, title }: PlayWithRelease): JsonLoggedPlay {
  return {
    uuid: play.uuid,
    record_id: recordId,
    release_id: play.releaseId,
    instance_id: play.instanceId,
    artist,
    title,
    played_at: toIsoOrNull(play.startUts),
    precision: play.precision,
    source: play.source,
    note: play.comment,
    logged_at: toIsoOrNull(play.loggedUts),
    tracks: play.tracks.map((track) => ({
      position: track.position,
      artist: track.artist,
      title: track.title,
      duration: track.durationSeconds,
      guessed: track.isGuessed,
      inferred: track.isInferred,
      played_at: toIsoOrNull(track.uts),
      state: track.sendings.lastfm?.state ?? "new",
      reason: track.sendings.lastfm?.reason ?? null,
      ...otherTargetFields((target, part) => track.sendings[target]?.[part] ?? null),
    })),
  };
}

interface LoggedPlaysQuery {
  /** A filter of records. With any condition, plays of records that left the collection are left out. */
  readonly filter: RecordFilter;
  /** When they were played; null: at any time. */
  readonly period: Period | null;
  /** null: no paging. */
  readonly paging: Paging | null;
}

/** `total`: on all pages. */
export function queryLoggedPlays(database: Database, question: LoggedPlaysQuery) {
  const { filter, period, paging } = question;
  const plays = findLoggedPlays(database, filter, period);
  const rows = selectPage(plays, paging).map((play) => attachRelease(database, play));
  return {
    question,
    rows,
    total: plays.length,
    countAll: () => readLoggedPlays(database).length,
    emptied: () =>
      explainEmptyList(
        filter,
        (each) => findLoggedPlays(database, each, period).length,
        period === null ? {} : { "--during": () => findLoggedPlays(database, filter, null).length },
      ),
  };
}

/** The newest first. */
function findLoggedPlays(
  database: Database,
  filter: RecordFilter,
  period: Period | null,
): readonly LoggedPlay[] {
  const releases =
    Object.keys(filter).length === 0
      ? null
      : new Set(
          queryValues<number>(
            database,
          )`${buildRecordsSql(database, filter, rawSql("DISTINCT record.release_id"))}`,
        );
  return readLoggedPlays(database)
    .filter(
      ({ releaseId, startUts }) =>
        (releases === null || releases.has(releaseId)) &&
        (period === null || isInPeriods(startUts, [period])),
    )
    .toReversed();
}

export type LoggedPlaysResult = ReturnType<typeof queryLoggedPlays>;

export function buildLoggedPlaysDocument({
  question,
  rows,
  total,
}: Pick<LoggedPlaysResult, "question" | "rows" | "total">): LoggedPlaysDocument {
  return { data: rows.map(toJsonPlay), pagination: toJsonPagination(question.paging, total) };
}
