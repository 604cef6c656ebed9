// Finds logged plays, and describes them.
import type { ContractSession, NotedDocument } from "../../queries/documents/decision-documents.ts";
import { UsageError } from "../../model/errors.ts";
import { otherTargetFields } from "../../model/play-targets.ts";
import type { Database } from "../../store/file/database.ts";
import { playedFieldFact, readFact } from "../../store/file/cache-facts.ts";
import { listNotedPlays, type NotedPlay, type NotedTrack } from "../../store/decisions/noted-plays.ts";
import { isoSeconds } from "../../queries/records/contract.ts";
import { contractPagination, pageOf, type Paging } from "../../queries/documents/paging.ts";
import { plain, rowsOf, valueOf, valuesOf } from "../../store/file/sql.ts";
import { fromRecords, type RecordFilter } from "../../queries/filters/record-filter.ts";
import { inSpans, type Span } from "../../queries/conditions/span.ts";

/** When a record was last played; null: never, or unknown. */
export function lastBefore(database: Database, recordId: number): number | null {
  return valueOf<number | null>(database, null)`
    SELECT coalesce(last_spin_uts, last_played_uts) FROM match WHERE record_id = ${recordId}`;
}

/** A logged play of the same record at an overlapping time: probably the same play, logged twice. */
export function overlappingNote(database: Database, play: NotedPlay): NotedPlay | undefined {
  return listNotedPlays(database).findLast(
    (other) =>
      other.source !== "field" &&
      other.releaseId === play.releaseId &&
      (other.instanceId === null || play.instanceId === null || other.instanceId === play.instanceId) &&
      other.fromUts < play.toUts &&
      play.fromUts < other.toUts &&
      haveCommonTracks(other, play),
  );
}

/** Two sides are two plays. Without a tracklist it was the whole record. */
function haveCommonTracks({ tracks: some }: NotedPlay, { tracks: others }: NotedPlay): boolean {
  if (some.length === 0 || others.length === 0) return true;
  const keys = new Set(some.map(trackKey));
  return others.some((track) => keys.has(trackKey(track)));
}

function trackKey({ position, title }: NotedTrack): string {
  return `${position}\n${title}`;
}

const fewestDigits = 4;

/** The entries whose UUID begins with `entry`. */
export function entriesNamed<Entry extends { readonly uuid: string }>(
  entries: readonly Entry[],
  entry: string,
): Entry[] {
  const prefix = entry.trim().toLowerCase();
  return prefix.length < fewestDigits ? [] : entries.filter(({ uuid }) => uuid.startsWith(prefix));
}

/** The last logged play, or the one whose UUID begins with `entry`. Throws UsageError if it cannot be undone. */
export function playToUndo(database: Database, entry: string | null): NotedPlay {
  const play = entry === null ? newestNote(database) : noteNamed(database, entry);
  if (play.source !== "field") return play;
  const name = readFact(database, playedFieldFact);
  throw new UsageError(
    `this play comes from ${name === undefined ? "a custom field" : `the field "${name}"`} of the collection`,
    "Remove its day from the field at Discogs, then run: rewind sync --full --only discogs",
  );
}

function newestNote(database: Database): NotedPlay {
  const [play] = listNotedPlays(database)
    .filter(({ source }) => source !== "field")
    .toSorted((a, b) => b.notedUts - a.notedUts || b.startUts - a.startUts);
  if (play !== undefined) return play;
  throw new UsageError("there is no logged play to undo", "To log a play: rewind played RECORD");
}

/** The play whose UUID begins with `entry`. Throws UsageError. */
export function noteNamed(database: Database, entry: string): NotedPlay {
  const entries = entriesNamed(listNotedPlays(database), entry);
  const [play] = entries;
  if (play !== undefined && entries.length === 1) return play;
  throw new UsageError(
    entries.length > 1
      ? `${entries.length} logged plays begin with ${JSON.stringify(entry.slice(0, 40))}`
      : `no logged play ${JSON.stringify(entry.slice(0, 40))}`,
    "To see them: rewind played --list",
  );
}

type ShownRelease = Omit<ShownSession, "play">;

/** The release, and its copy `instanceId` or else its first one. */
export function shownRelease(
  database: Database,
  releaseId: number,
  instanceId: number | null,
): ShownRelease | undefined {
  const [release] = rowsOf<ShownRelease>(database)`
    SELECT artist, title, (SELECT id FROM record WHERE release_id = release.id
      ORDER BY instance_id IS NOT ${instanceId}, id LIMIT 1) AS recordId FROM release WHERE id = ${releaseId}`;
  return release;
}

export function shownSession(database: Database, play: NotedPlay): ShownSession {
  const release = shownRelease(database, play.releaseId, play.instanceId);
  return { play, ...(release ?? { recordId: null, artist: null, title: null }) };
}

/** A play with its release, if that is still known. */
export interface ShownSession {
  readonly play: NotedPlay;
  /** The copy that was played, or else the first of its release; null if none is in the collection now. */
  readonly recordId: number | null;
  readonly artist: string | null;
  readonly title: string | null;
}

export function contractSession({ play, recordId, artist, title }: ShownSession): ContractSession {
  return {
    uuid: play.uuid,
    record_id: recordId,
    release_id: play.releaseId,
    instance_id: play.instanceId,
    artist,
    title,
    played_at: isoSeconds(play.startUts),
    precision: play.precision,
    source: play.source,
    note: play.note,
    noted_at: isoSeconds(play.notedUts),
    tracks: play.tracks.map((track) => ({
      position: track.position,
      artist: track.artist,
      title: track.title,
      duration: track.durationSeconds,
      guessed: track.isGuessed,
      inferred: track.isInferred,
      played_at: isoSeconds(track.uts),
      state: track.sendings.lastfm?.state ?? "new",
      reason: track.sendings.lastfm?.reason ?? null,
      ...otherTargetFields((target, part) => track.sendings[target]?.[part] ?? null),
    })),
  };
}

interface NotedQuestion {
  /** A filter of records. With any condition, plays of records that left the collection are left out. */
  readonly filter: RecordFilter;
  /** When they were played; null: at any time. */
  readonly span: Span | null;
  /** null: no paging. */
  readonly paging: Paging | null;
}

/** `total`: on all pages. */
export function findNotes(database: Database, question: NotedQuestion) {
  const { filter, span, paging } = question;
  const releases =
    Object.keys(filter).length === 0
      ? null
      : new Set(
          valuesOf<number>(database)`${fromRecords(database, filter, plain("DISTINCT record.release_id"))}`,
        );
  const plays = listNotedPlays(database)
    .filter(
      ({ releaseId, startUts }) =>
        (releases === null || releases.has(releaseId)) && (span === null || inSpans(startUts, [span])),
    )
    .toReversed();
  const rows = pageOf(plays, paging).map((play) => shownSession(database, play));
  return { question, rows, total: plays.length };
}

export type NotedAnswer = ReturnType<typeof findNotes>;

export function notesDocument({ question, rows, total }: NotedAnswer): NotedDocument {
  return { data: rows.map(contractSession), pagination: contractPagination(question.paging, total) };
}
