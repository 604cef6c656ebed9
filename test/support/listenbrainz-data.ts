// The data of a ListenBrainz stand-in, and the rules by which it takes and finds listens. The search is transcribed
// from the server's own source, with its quirks.
import { Listing } from "./editable-list.ts";
import { toUuid } from "./random.ts";

export interface ListenMetadata {
  readonly artist_name: string;
  readonly track_name: string;
  readonly release_name?: string;
  readonly additional_info?: Readonly<Record<string, unknown>>;
  readonly mbid_mapping?: Readonly<Record<string, unknown>>;
}

export interface StoredListen {
  readonly listenedAt: number;
  readonly msid: string;
  readonly metadata: ListenMetadata;
  /** Milliseconds since 1970 at which its user deleted it; it is removed at the next full hour. */
  readonly deletedMs: number | null;
}

export interface ListenBrainzData {
  token: string;
  /** Canonical spelling; asked for in any case. */
  username: string;
  listens: Listing<StoredListen>;
  /** The track that is playing this minute. */
  nowPlaying: ListenMetadata | null;
}

export function createListenBrainzData(listens: readonly StoredListen[] = []): ListenBrainzData {
  return {
    token: "2f6a1c9e-7d1b-4a53-9c1e-5b0f3a7d8e42",
    username: "NightOwl",
    listens: new Listing(listens),
    nowPlaying: null,
  };
}

/** The service's identity of a recording: names, album, track number and the duration in milliseconds. */
function computeMsid({
  artist_name,
  track_name,
  release_name = "",
  additional_info = {},
}: ListenMetadata): string {
  const { duration, duration_ms, track_number } = additional_info;
  const ms = duration_ms ?? (typeof duration === "number" ? duration * 1000 : null);
  const parts = [track_name, artist_name, release_name, JSON.stringify(track_number ?? "")].map((part) =>
    part.toLowerCase(),
  );
  return toUuid(JSON.stringify([...parts, ms]));
}

export function buildListen(listenedAt: number, metadata: ListenMetadata): StoredListen {
  return { listenedAt, msid: computeMsid(metadata), metadata, deletedMs: null };
}

/** A listen of a made-up track. */
export function buildPlainListen(listenedAt: number, track: number | string = listenedAt): StoredListen {
  return buildListen(listenedAt, {
    artist_name: `Artist ${String(track).slice(-1)}`,
    track_name: `Track ${track}`,
    release_name: `Album ${String(track).slice(-1)}`,
  });
}

/** Stores what is new: second and msid are unique. */
export function storeListens(fixture: ListenBrainzData, listens: readonly StoredListen[]): void {
  const toListenKey = ({ listenedAt, msid }: StoredListen): string => `${listenedAt} ${msid}`;
  const known = new Set(fixture.listens.rows.map(toListenKey));
  const fresh = new Map(listens.map((each) => [toListenKey(each), each]));
  fixture.listens.add(...[...fresh].flatMap(([key, each]) => (known.has(key) ? [] : [each])));
}

/** Removes listens that were deleted before the current hour. */
export function removeDeleted(fixture: ListenBrainzData, nowMs: number): void {
  const hour = Math.floor(nowMs / 3_600_000);
  const isDue = ({ deletedMs }: StoredListen): boolean =>
    deletedMs !== null && Math.floor(deletedMs / 3_600_000) < hour;
  if (fixture.listens.rows.some(isDue)) fixture.listens.remove(isDue);
}

export function sortOldestFirst({ listens }: ListenBrainzData): readonly StoredListen[] {
  return listens.view("oldest first", (rows) => rows.toSorted((a, b) => a.listenedAt - b.listenedAt));
}

const daySeconds = 86_400;
const maxPasses = 9;

interface ListenSearch {
  /** Upward from this second, without it; null: downward from the latest listen. */
  readonly minTs: number | null;
  readonly limit: number;
  readonly nowUts: number;
}

/** The newest first, whichever end the search began at. */
export function searchListens(
  fixture: ListenBrainzData,
  { minTs, limit, nowUts }: ListenSearch,
): readonly StoredListen[] {
  const sorted = sortOldestFirst(fixture);
  const oldest = sorted[0]?.listenedAt ?? 0;
  const latest = sorted.at(-1)?.listenedAt ?? 0;
  if (oldest === 0 && latest === 0) return [];
  const isUp = minTs !== null;
  let window = 30 * daySeconds;
  let from = minTs ?? latest + 1 - window;
  let to = minTs === null ? latest + 1 : minTs + window;
  const found: StoredListen[] = [];
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const between = sorted.filter(({ listenedAt }) => listenedAt > from && listenedAt < to);
    const left = limit - found.length;
    found.push(...(isUp ? between.slice(0, left) : between.toReversed().slice(0, left)));
    if (found.length === limit || from < oldest - 1 || to > nowUts + 3_600) break;
    if (isUp) {
      from += window - 1;
      window *= 3;
      to += window;
    } else {
      // A listen exactly at the seam of two windows is in neither.
      to -= window;
      window *= 3;
      from -= window;
    }
  }
  return isUp ? found.toReversed() : found;
}

type Fields = Readonly<Record<string, unknown>>;

/** Why a listen is refused; null if it is taken. */
export function findListenFault(entry: unknown, nowUts: number): string | null {
  const fields = entry as Fields;
  if (Object.keys(fields).some((key) => key !== "listened_at" && key !== "track_metadata")) {
    return "JSON document may only contain listened_at and track_metadata top level keys";
  }
  const { listened_at: at, track_metadata: track } = fields as {
    listened_at: unknown;
    track_metadata: Fields;
  };
  if (typeof at !== "number" || !Number.isInteger(at)) return "listened_at must be an integer";
  if (at < 1_033_430_400) return "Value for key listened_at is too low. Date was before 1033410600.";
  if (at > nowUts + 3_600) return "Value for key listened_at is too high.";
  if (/\\u0000/.test(JSON.stringify(entry))) return "a string contains a unicode null";
  for (const key of ["artist_name", "track_name"] as const) {
    const value = track[key];
    if (typeof value !== "string" || value.trim() === "") return `required field ${key} is empty`;
  }
  if (track["release_name"] === "") return "release_name is empty";
  const { duration_ms: duration } = (track["additional_info"] ?? {}) as Fields;
  if (
    duration !== undefined &&
    !(typeof duration === "number" && duration > 0 && duration <= 24 * daySeconds * 1000)
  ) {
    return "Value for duration_ms is invalid";
  }
  return null;
}
