// Reads the tracks that a recogniser sends, and answers each.
import { logRecognised } from "./log-recognised.ts";
import { readJsonRecord } from "./pending-sides.ts";
import { createTrackIndex, type TrackIndex } from "./track-index.ts";
import { toIsoOrNull } from "../../model/times.ts";
import type { RecognisedResult } from "../../queries/documents/decision-documents.ts";
import { readLoggedPlay } from "../../store/decisions/logged-plays.ts";
import type { RecognisedRow, RecognisedTrack } from "../../store/decisions/recognised-tracks.ts";
import type { Database } from "../../store/file/database.ts";

const maxTextLength = 500;
/** Clocks differ. */
const maxAheadSeconds = 120;

/** Answers each line in order. A line that can't be read changes nothing. */
export function processLines(
  database: Database,
  lines: readonly string[],
  nowUts: number,
): RecognisedResult[] {
  return processTracks(database, lines.map(parseLine), nowUts);
}

/** Answers each track in order. One that can't be read, or an error in place of one, changes nothing. */
export function processTracks(
  database: Database,
  values: readonly unknown[],
  nowUts: number,
): RecognisedResult[] {
  // Reads the tracklists each time, since a sync may have brought new ones.
  const shelf = createTrackIndex(database);
  const read = values.map((value) => parseTrack(value, nowUts));
  const tracks = read.filter((each) => typeof each !== "string");
  const rows = new Map(logRecognised(database, shelf, tracks, nowUts).map((row, at) => [tracks[at], row]));
  return read.map((each) =>
    typeof each === "string"
      ? { ...unreadable, reason: each }
      : buildResult(database, shelf, each, rows.get(each)),
  );
}

/** Returns an Error for a line that is not JSON. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return new Error("the line is not JSON");
  }
}

function isText(text: unknown): text is string {
  return typeof text === "string" && text.length <= maxTextLength;
}

/** Returns why a value is no track. */
function parseTrack(value: unknown, nowUts: number): RecognisedTrack | string {
  if (value instanceof Error) return value.message;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "the line is not an object";
  const { artist, title, at = null } = value as Record<string, unknown>;
  if (!isText(artist) || artist.trim() === "") return "artist is missing";
  if (!isText(title) || title.trim() === "") return "title is missing";
  const uts = at === null ? nowUts : typeof at === "number" ? at : Date.parse(isText(at) ? at : "") / 1000;
  if (!Number.isFinite(uts) || uts < 0) return "at is not a time like 2026-03-14T20:15:00Z";
  if (uts > nowUts + maxAheadSeconds) return "at is in the future";
  return { uts: Math.floor(uts), artist: artist.trim(), title: title.trim() };
}

const noRecord = { record_id: null, release_id: null, record: null, side: null, position: null, uuid: null };
const unreadable = { artist: null, title: null, at: null, state: "ignored", ...noRecord } as const;

const reasons = {
  pending: "several records fit: rewind played pending",
  alone: "no other track of the record was heard yet",
  dropped: "the tracks around it contradict it",
} as const;

function buildResult(
  database: Database,
  shelf: TrackIndex,
  { artist, title, uts }: RecognisedTrack,
  row: RecognisedRow | undefined,
): RecognisedResult {
  const head = { artist, title, at: toIsoOrNull(uts) };
  if (row === undefined) {
    return { ...head, state: "ignored", ...noRecord, reason: "no tracklist of your records has it" };
  }
  const { state, side, releaseId, position } = row;
  const play = state === "logged" && side !== null ? readLoggedPlay(database, side) : undefined;
  if (state === "dropped" || (state === "logged" && play === undefined)) {
    const reason = state === "dropped" ? reasons.dropped : "you deleted its play";
    return { ...head, state: "ignored", ...noRecord, reason };
  }
  const track = shelf.releases.get(releaseId ?? 0)?.tracks.find((each) => each.position === position);
  return {
    ...head,
    state,
    ...readJsonRecord(database, releaseId, play?.instanceId ?? null),
    side: track?.side ?? null,
    position,
    uuid: side,
    reason: state === "logged" ? null : reasons[state],
  };
}
