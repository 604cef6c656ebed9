// The body of a request that submits listens, checked as ListenBrainz checks it: one listen that it would refuse is a reason
// to refuse all. The messages are ListenBrainz' own, without what the client sent.
import { createRootNode, decodeShortText } from "../../model/decode.ts";
import type { SourcePlay } from "../../model/listening-sources.ts";
import type { PlayingNow } from "../../model/playing-now.ts";
import {
  maxListenAheadSeconds,
  maxListenBytes,
  maxPlaysPerImport,
  minListenUts,
} from "../services/listening-service.ts";
import { decodeListenPlay, decodePlayingNow } from "./listenbrainz-decoding.ts";

const maxTags = 50;
const maxTagLength = 64;
const maxDurationSeconds = 24 * 24 * 3600;

export type Submission =
  | { readonly kind: "plays"; readonly plays: readonly SourcePlay[] }
  | { readonly kind: "playing now"; readonly playing: PlayingNow };

/** The place of a listen among those of its request, from 1. */
export interface ListenPlace {
  readonly place: number;
  readonly count: number;
}

/** A submission that ListenBrainz would answer with status 400. */
export class InvalidSubmission extends Error {
  /** The listen that is invalid; null if the whole body is. */
  readonly listen: ListenPlace | null;

  constructor(message: string, listen: ListenPlace | null = null) {
    super(message);
    this.name = "InvalidSubmission";
    this.listen = listen;
  }
}

/** Throws InvalidSubmission. */
export function parseSubmission(body: Uint8Array, nowUts: number): Submission {
  const text = decodeUtf8(body);
  const { payload, type } = parseEnvelope(text, body.length);
  // A NUL can only be written by its escape.
  const mayHaveNul = text.includes(String.raw`\u0000`);
  const listens = payload.map((listen, at) => {
    try {
      if (mayHaveNul && containsNul(listen))
        throw new InvalidSubmission("The listen contains a unicode null.");
      return parseListen(listen, type === "playing_now" ? null : nowUts);
    } catch (error) {
      if (!(error instanceof InvalidSubmission)) throw error;
      throw new InvalidSubmission(error.message, { place: at + 1, count: payload.length });
    }
  });
  const [first] = listens;
  return type === "playing_now" && first !== undefined
    ? { kind: "playing now", playing: toPlayingNow(first, nowUts) }
    : { kind: "plays", plays: listens.map(toSubmittedPlay) };
}

function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new InvalidSubmission("Cannot parse JSON document: it is not UTF-8");
  }
}

const listenTypes = ["single", "playing_now", "import"] as const;

function parseEnvelope(text: string, bytes: number) {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new InvalidSubmission("Cannot parse JSON document");
  }
  if (!isObject(document)) {
    throw new InvalidSubmission(
      "Invalid JSON document submitted. Top level of JSON document should be a json object.",
    );
  }
  const { payload, listen_type: listenType } = document;
  if (payload === undefined) throw new InvalidSubmission("Invalid JSON document submitted.");
  if (!Array.isArray(payload)) {
    throw new InvalidSubmission("The payload in the JSON document should be a list of listens.");
  }
  if (payload.length === 0) throw new InvalidSubmission("JSON document does not contain any listens");
  if (payload.length > maxPlaysPerImport) {
    throw new InvalidSubmission(
      `Too many listens. You may not submit more than ${maxPlaysPerImport} listens at once.`,
    );
  }
  if (bytes > payload.length * maxListenBytes) {
    throw new InvalidSubmission(
      `JSON document is too large. Each listens may not be larger than ${maxListenBytes} bytes.`,
    );
  }
  if (listenType === undefined) throw new InvalidSubmission("Invalid JSON document submitted.");
  const type = listenTypes.find((each) => each === listenType);
  if (type === undefined) throw new InvalidSubmission("JSON document requires a valid listen_type key.");
  if (type !== "import" && payload.length > 1) {
    throw new InvalidSubmission(
      "JSON document contains more than listen for a single/playing_now. It should contain only one.",
    );
  }
  return { payload: payload as readonly unknown[], type };
}

/** A listen that passed the checks. The MBIDs in its additional_info are in their usual form. */
interface CheckedListen {
  /** 0 for what is playing now. */
  readonly listenedUts: number;
  readonly track: Fields;
}

type Fields = Readonly<Record<string, unknown>>;

/** `nowUts` null: the listen is what is playing now, and has no time. */
function parseListen(listen: unknown, nowUts: number | null): CheckedListen {
  if (!isObject(listen)) throw new InvalidSubmission("Listen is empty and cannot be validated.");
  if (nowUts === null && listen["listened_at"] !== undefined) {
    throw new InvalidSubmission("JSON document must not contain listened_at while submitting playing_now.");
  }
  const listenedUts = nowUts === null ? 0 : parseListenedAt(listen["listened_at"], nowUts);
  const track = listen["track_metadata"];
  if (track === undefined) {
    throw new InvalidSubmission("JSON document must contain the key track_metadata at the top level.");
  }
  if (Object.keys(listen).length > (nowUts === null ? 1 : 2)) {
    throw new InvalidSubmission(
      nowUts === null
        ? "JSON document may only contain track_metadata as top level key when submitting playing_now."
        : "JSON document may only contain listened_at and track_metadata top level keys",
    );
  }
  if (track === null) {
    throw new InvalidSubmission("JSON document may not have track_metadata with null value.");
  }
  if (!isObject(track)) throw new InvalidSubmission("track_metadata must be an object.");
  return {
    listenedUts,
    track: {
      ...track,
      track_name: parseName(track, "track_name"),
      artist_name: parseName(track, "artist_name"),
      release_name: parseName(track, "release_name"),
      additional_info: parseInfo(track["additional_info"]),
    },
  };
}

function parseListenedAt(value: unknown, nowUts: number): number {
  if (value === undefined) {
    throw new InvalidSubmission("JSON document must contain the key listened_at at the top level.");
  }
  const uts = Math.trunc(
    typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : toNumber(value),
  );
  if (Number.isNaN(uts)) {
    throw new InvalidSubmission("JSON document must contain an int value for listened_at.");
  }
  if (uts >= nowUts + maxListenAheadSeconds) {
    throw new InvalidSubmission("Value for key listened_at is too high.");
  }
  if (uts < minListenUts) {
    throw new InvalidSubmission(
      "Value for key listened_at is too low. listened_at timestamp should be greater than 1033410600 (2002-10-01 00:00:00 UTC).",
    );
  }
  return uts;
}

/** NaN for anything but a number. */
function toNumber(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

/** The name without blanks at its ends. undefined if a release has none. */
function parseName(track: Fields, key: "track_name" | "artist_name" | "release_name"): string | undefined {
  const value = track[key];
  const isRequired = key !== "release_name";
  if (value === undefined) {
    if (!isRequired) return undefined;
    throw new InvalidSubmission(`JSON document does not contain required field track_metadata.${key}.`);
  }
  if (typeof value !== "string") {
    throw new InvalidSubmission(`track_metadata.${key} must be a single string.`);
  }
  const name = value.trim();
  if (name !== "") return name;
  if (isRequired) throw new InvalidSubmission(`field track_metadata.${key} is empty.`);
  return undefined;
}

const mbidFields = ["release_mbid", "recording_mbid", "release_group_mbid", "track_mbid"] as const;
const mbidListFields = ["artist_mbids", "work_mbids"] as const;
const durationLimits = [
  ["duration", maxDurationSeconds],
  ["duration_ms", maxDurationSeconds * 1000],
] as const;

function parseInfo(info: unknown): Fields {
  if (info === undefined) return {};
  if (!isObject(info)) throw new InvalidSubmission("track_metadata.additional_info must be an object.");
  checkTags(info["tags"]);
  if (info["duration"] !== undefined && info["duration_ms"] !== undefined) {
    throw new InvalidSubmission("JSON document should not contain both duration and duration_ms.");
  }
  const durations = durationLimits
    .filter(([key]) => info[key] !== undefined)
    .map(([key, max]) => [key, parseDuration(info[key], key, max)] as const);
  const mbids = mbidFields.map((key) => [key, parseMbid(info[key], key)] as const);
  const mbidLists = mbidListFields.map((key) => [key, parseMbidList(info[key], key)] as const);
  return { ...info, ...Object.fromEntries([...durations, ...mbids, ...mbidLists]) };
}

function checkTags(tags: unknown): void {
  if (tags === undefined) return;
  if (!Array.isArray(tags)) {
    throw new InvalidSubmission("track_metadata.additional_info.tags must be a list.");
  }
  if (tags.length > maxTags) {
    throw new InvalidSubmission(
      `JSON document may not contain more than ${maxTags} items in track_metadata.additional_info.tags.`,
    );
  }
  if (tags.some((tag) => typeof tag !== "string" || Array.from(tag).length > maxTagLength)) {
    throw new InvalidSubmission(
      `JSON document may not contain track_metadata.additional_info.tags longer than ${maxTagLength} characters.`,
    );
  }
}

/** Some clients send a number as text. */
function parseDuration(value: unknown, key: string, max: number): number {
  const isNumeric =
    typeof value === "string" && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value);
  const duration = Math.trunc(isNumeric ? Number(value) : toNumber(value));
  if (!(duration > 0)) {
    throw new InvalidSubmission(`Value for ${key} is invalid, should be a positive integer.`);
  }
  if (duration > max) {
    throw new InvalidSubmission(`Value for ${key} is too large, max permitted value is ${max}`);
  }
  return duration;
}

/** Null, "" and the like mean that there is none. */
function parseMbid(value: unknown, key: string): string | undefined {
  if (!value) return undefined;
  const digits = typeof value === "string" ? value.replaceAll(/urn:|uuid:|[{}-]/g, "").toLowerCase() : "";
  const [, ...parts] = /^([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})$/.exec(digits) ?? [];
  if (parts.length === 0) throw new InvalidSubmission(`${key} MBID format invalid.`);
  return parts.join("-");
}

function parseMbidList(values: unknown, key: string): string[] {
  if (!values) return [];
  if (!Array.isArray(values)) throw new InvalidSubmission(`${key} MBID format invalid.`);
  return values.flatMap((value) => parseMbid(value, key) ?? []);
}

/** Looks at keys, too. Without recursion, because the client decides how deep a document is. */
function containsNul(document: unknown): boolean {
  const waiting = [document];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string" && value.includes("\0")) return true;
    if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) waiting.push(key, inner);
    }
  }
  return false;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toSubmittedPlay({ listenedUts, track }: CheckedListen): SourcePlay {
  return { ...decodeListenPlay(createRootNode(track), listenedUts, null), client: readClient(track) };
}

function toPlayingNow({ track }: CheckedListen, nowUts: number): PlayingNow {
  return { ...decodePlayingNow(createRootNode(track), nowUts), client: readClient(track) || null };
}

/** The name of the program that submitted, or else of the one that played. "" if neither is named. */
function readClient(track: Fields): string {
  const info = track["additional_info"] as Fields;
  const names = [info["submission_client"], info["media_player"]];
  const name = names.find((each) => typeof each === "string" && each.trim() !== "");
  return typeof name === "string" ? decodeShortText(createRootNode(name.trim())) : "";
}
