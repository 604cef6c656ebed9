// Logs that a record was played on the turntable.
import type { ActionAccess } from "../action-access.ts";
import { resolveRecord, type Ambiguous, type ResolvedRecord } from "../resolve-target.ts";
import { fetchTracklist } from "./fetch-tracklist.ts";
import {
  readLastPlayed,
  findOverlappingPlay,
  attachRelease,
  type LastPlayed,
  type PlayWithRelease,
} from "./logged-plays.ts";
import {
  selectTracks,
  isWholeRelease,
  buildLoggedPlay,
  type PlayTime,
  type PlayedRelease,
  type TrackChoice,
} from "./build-logged-play.ts";
import { isFailure, UsageError } from "../../model/errors.ts";
import { formatQuotedName } from "../../model/names.ts";
import { listPlayableTracks, type PlayableTrack } from "../../model/playable-tracks.ts";
import { formatLongDay, formatTime } from "../../output/format-dates.ts";
import type { Hit } from "../../queries/find/find-records.ts";
import { findNextLoggedUts, saveLoggedPlays, type LoggedPlay } from "../../store/decisions/logged-plays.ts";
import { transact } from "../../store/file/database.ts";
import { createTracklistReader } from "../../store/shelf/tracklists.ts";

export interface LogRequest {
  /** The record: its number, an address, or words of artist and title. */
  readonly record: string;
  readonly playTime: PlayTime;
  readonly part: TrackChoice;
  readonly comment: string;
  /** true: log it even if a logged play of the same record overlaps. */
  readonly allowsOverlap: boolean;
  /** true: return what would be logged, and log nothing. */
  readonly isDryRun: boolean;
  /** How much the tracks matter, which can be fetched: "required" throws if they are not known. */
  readonly tracks: "required" | "wanted" | "if known";
  /** true: also fetch missing lengths of the played tracks from other services, which takes seconds. */
  readonly fetchesLengths: boolean;
}

export type LogResult =
  | {
      readonly kind: "logged";
      readonly session: PlayWithRelease;
      /** The copies of the album, the played one first. */
      readonly copies: Hit;
      /** When the record was last played before. */
      readonly before: LastPlayed;
      readonly remarks: readonly string[];
    }
  /** Nothing was logged: the record may have been logged already. */
  | { readonly kind: "overlaps"; readonly other: LoggedPlay; readonly copies: Hit }
  | Ambiguous;

const maxCommentLength = 1000;

/** Throws UsageError for a record, a side or a track that doesn't exist, and the errors of services that are required. */
export async function logPlay(access: ActionAccess, request: LogRequest): Promise<LogResult> {
  const { database, nowUts } = access;
  const { playTime, part, comment, isDryRun } = request;
  if (comment.length > maxCommentLength) {
    throw new UsageError(
      `a note takes at most ${maxCommentLength} characters, not ${comment.length}`,
      "Give a shorter note.",
    );
  }
  const resolution = resolveRecord(database, [request.record], { isOnePressing: true });
  if (resolution.kind === "ambiguous") return resolution;
  const { hit, by } = resolution.found;
  const [copy] = hit;
  const release = { ...copy, id: copy.releaseId };
  const remarks: string[] = [];
  const knownTracks = await findTracks(access, release, request, remarks);
  const allTracks = request.fetchesLengths
    ? await fetchLengths(access, release, knownTracks, part)
    : knownTracks;
  const play = buildLoggedPlay({
    uuid: crypto.randomUUID(),
    release,
    // A record number alone tells which of several copies it was.
    instanceId: by === "record" || hit.length === 1 ? copy.instanceId : null,
    all: allTracks,
    playedTracks: selectTracks(allTracks, part),
    playTime,
    comment,
    nowUts,
    loggedUts: findNextLoggedUts(database, nowUts),
  });
  refuseBeforePressing(copy, play);
  const before = readLastPlayed(database, copy.id);
  const other = isDryRun || request.allowsOverlap ? undefined : findOverlappingPlay(database, play);
  if (other !== undefined) return { kind: "overlaps", other, copies: hit };
  if (!isDryRun) transact(database, () => saveLoggedPlays(database, [play]));
  const session = { ...attachRelease(database, play), recordId: copy.id };
  return { kind: "logged", session, copies: hit, before, remarks };
}

/** "Joni Mitchell" · "Hejira" is already logged as played on 14 Mar 2026 at 11:20 */
export function describeOverlap({ copies, other }: Extract<LogResult, { kind: "overlaps" }>): string {
  const { startUts, precision } = other;
  const time = precision === "time" ? ` at ${formatTime(startUts)}` : "";
  return `${formatQuotedName(copies[0])} is already logged as played on ${formatLongDay(startUts)}${time}`;
}

function refuseBeforePressing(copy: ResolvedRecord["hit"][0], { startUts }: LoggedPlay): void {
  if (copy.year === null || new Date(startUts * 1000).getFullYear() >= copy.year) return;
  throw new UsageError(
    `this pressing of ${formatQuotedName(copy)} is from ${copy.year}`,
    "If you played another copy, give its number. To see the numbers: rewind xref --copies",
  );
}

/** Returns no tracks if they are not known. Adds a remark if they are wanted and can't be fetched. */
async function findTracks(
  access: ActionAccess,
  release: PlayedRelease,
  { part, tracks: need }: LogRequest,
  remarks: string[],
): Promise<PlayableTrack[]> {
  const isRequired = need === "required" || !isWholeRelease(part);
  const cachedTracks = listPlayableTracks(createTracklistReader(access.database)(release.id) ?? []);
  if (cachedTracks.length > 0 || !(isRequired || need === "wanted")) return cachedTracks;
  try {
    const tracks = listPlayableTracks((await fetchTracklist(access, release.id)) ?? []);
    if (tracks.length > 0 || !isRequired) return tracks;
  } catch (error) {
    if (isRequired || !isFailure(error)) throw error;
    remarks.push(`The tracklist could not be fetched: ${error.message}`);
    return [];
  }
  throw new UsageError(
    `Discogs lists no tracks for ${formatQuotedName(release)}`,
    "Log the whole record, without a side, a disc or tracks.",
  );
}

/** The tracks, with lengths from other services for the played ones that Discogs gives no length for. */
async function fetchLengths(
  { database, nowMs, connect, interruptible }: ActionAccess,
  release: PlayedRelease,
  tracks: readonly PlayableTrack[],
  part: TrackChoice,
): Promise<readonly PlayableTrack[]> {
  const playedTracks = selectTracks(tracks, part);
  if (playedTracks.every(({ durationSeconds }) => durationSeconds !== null)) return tracks;
  const [{ services, choices }, { addTrackLengths }] = await Promise.all([
    connect(),
    import("../../sync/lookups/track-lengths.ts"),
  ]);
  const request = {
    database,
    services,
    asksMusicBrainz: choices.musicbrainz === true,
    release,
    call: { signal: interruptible() },
    nowMs,
  };
  return addTrackLengths(request, tracks, playedTracks);
}
