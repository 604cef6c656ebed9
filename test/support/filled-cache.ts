// A cache filled the way every cache is filled: a sync of both services, here from memory.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, onTestFinished } from "vitest";
import { createMemoryServices, type Listings } from "../../src/demo/memory-services.ts";
import type { ArtistCredit, CollectionRecord, ListedTrack, Release, Want } from "../../src/model/model.ts";
import type { Database } from "../../src/store/file/database.ts";
import { openDatabase } from "../../src/store/open-cache.ts";
import { sync, type SyncOptions } from "../../src/sync/whole-sync.ts";
import { buildHomeEnv, noon } from "./run-cli.ts";
import { createSharedDirectory, createTempDirectory } from "./temp-directories.ts";
import { buildChart, type Play } from "./service-data.ts";

export interface Filling extends Partial<Omit<Listings, "scrobbles" | "lastfmUser">> {
  /** null: no listening service is connected. */
  readonly lastfmUser?: string | null;
  readonly plays?: readonly Play[];
  /** false: the listening history is left out. */
  readonly history?: boolean;
  /** true: all lists are read again. */
  readonly full?: boolean;
  /** true: the lists of all releases are asked for. */
  readonly wholeShelf?: boolean;
  /** The setting played_field. */
  readonly playedField?: string;
  /** The moment of the sync, in milliseconds. */
  readonly nowMs?: number;
}

/** The path of the cache in a home directory. */
export function getHomeCachePath(home: string): string {
  return join(buildHomeEnv(home)["XDG_DATA_HOME"] ?? home, "rewind", "rewind.db");
}

/** Opens the cache at a path. To write, it is made if it is missing. */
export function openCache(path: string, mode: "read" | "write" = "write"): Database {
  const database = openDatabase(path, { mode });
  if (database === undefined) throw new Error(`there is no cache at ${path}`);
  return database;
}

/** A new cache in a directory of its own, closed when the running test is over. */
export function createTestCache(): Database {
  const database = openCache(join(createTempDirectory(), "rewind.db"));
  onTestFinished(() => void database.close());
  return database;
}

/** Does some work in the cache of a home directory. */
export function withHomeCache<Result>(home: string, work: (database: Database) => Result): Result {
  return withCache(getHomeCachePath(home), work);
}

export function withCache<Result>(path: string, work: (database: Database) => Result): Result {
  const database = openCache(path);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const cachedFiles = new Map<string, Buffer>();

/** Makes a new cache at a path once a test file; copies it when the same is made again. */
export async function copyOrMakeCache(path: string, key: string, make: () => Promise<void>): Promise<void> {
  const bytes = cachedFiles.get(key);
  if (bytes === undefined) {
    await make();
    cachedFiles.set(key, readFileSync(path));
  } else writeCacheFile(path, bytes);
}

export function writeCacheFile(path: string, bytes: Buffer | string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, bytes, { mode: 0o600 });
}

/** Syncs into the cache of a home directory; without albums, their chart is counted from the plays. */
export async function fillCache(home: string, filling: Filling): Promise<void> {
  const path = getHomeCachePath(home);
  const key = JSON.stringify([process.env["TZ"], filling], (_, value: unknown) =>
    value instanceof Map ? [...(value as Map<unknown, unknown>)] : value,
  );
  const fillAndClose = async (): Promise<void> => {
    const database = openCache(path);
    try {
      await fillDatabase(database, filling);
    } finally {
      database.close();
    }
  };
  await (existsSync(path) ? fillAndClose() : copyOrMakeCache(path, key, fillAndClose));
}

/** The choices of a user who asks for nothing beyond the listings. */
export const defaultChoices = {
  acceptsRemovals: false,
  scrobbles: false,
  scrobblesHeard: false,
  scrobbleTo: ["lastfm", "listenbrainz"],
  playedField: null,
  priceField: null,
  collectionValue: false,
  musicbrainz: false,
  masters: false,
  tracklists: false,
  covers: null,
} as const satisfies Partial<SyncOptions>;

export async function fillDatabase(database: Database, filling: Filling): Promise<void> {
  const {
    plays = [],
    history = true,
    full = false,
    wholeShelf = false,
    nowMs = noon,
    playedField = null,
    lastfmUser = "NightOwl",
    ...listings
  } = filling;
  const summary = await sync({
    ...defaultChoices,
    database,
    services: createMemoryServices({
      discogsUser: "CrateDigger",
      lastfmUser: lastfmUser ?? "",
      records: [],
      wants: [],
      folders: [{ id: 1, name: "Uncategorized" }],
      customFields: [],
      albums: buildChart(plays),
      scrobbles: plays,
      ...listings,
    }),
    accounts: { collection: null, listening: lastfmUser },
    full,
    only: null,
    history,
    tracklists: wholeShelf,
    playedField,
    clock: { now: () => nowMs },
    signal: new AbortController().signal,
  });
  if (summary.failures.length > 0) throw summary.failures[0] ?? new Error("the sync failed");
}

/** A home with a filled cache for all tests of a file or a group. Only outside a test. */
export function createSharedHome(filling: Filling): string {
  const home = createSharedDirectory("rewind-home");
  beforeAll(() => fillCache(home, filling));
  return home;
}

const vinyl = { name: "Vinyl", quantity: 1, text: "" };
export const cd: Release["formats"] = [{ ...vinyl, name: "CD", descriptions: ["Album"] }];
export const single: Release["formats"] = [{ ...vinyl, descriptions: ['7"', "Single"] }];
export const boxSet: Release["formats"] = [{ ...vinyl, name: "Box Set", descriptions: ["Compilation"] }];

let releases = 0;

export interface RecordParts extends Partial<Omit<Release, "artists">> {
  readonly artist?: string;
  readonly artists?: readonly ArtistCredit[];
  readonly rating?: number;
  readonly folderId?: number;
  readonly dateAdded?: string | null;
  readonly fieldValues?: CollectionRecord["fieldValues"];
}

/** A release of an LP, with what is given in place. */
function buildRelease({ artist = "Somebody", ...parts }: RecordParts = {}): Release {
  releases += 1;
  return {
    id: 1_000 + releases,
    masterId: null,
    title: "Something",
    year: 1975,
    artists: [buildArtistCredit(artist)],
    formats: [{ ...vinyl, descriptions: ["LP", "Album"] }],
    labels: [{ id: 1, name: "Island", catalogNumber: "ILPS 9135" }],
    genres: ["Rock"],
    styles: [],
    coverUrl: null,
    thumbUrl: null,
    ...parts,
  };
}

/** A record of its own release. */
export function buildRecord(parts: RecordParts = {}): CollectionRecord {
  const {
    rating = 0,
    folderId = 1,
    dateAdded = "2020-05-01T10:00:00-07:00",
    fieldValues = [],
    ...rest
  } = parts;
  return {
    instanceId: 90_000 + releases,
    release: buildRelease(rest),
    folderId,
    rating,
    dateAdded,
    fieldValues,
  };
}

export function buildArtistCredit(name: string, parts: Partial<ArtistCredit> = {}): ArtistCredit {
  return { id: null, name, anv: "", join: "", ...parts };
}

export function buildListedTrack(title: string, parts: Partial<ListedTrack> = {}): ListedTrack {
  return { kind: "track", position: "", title, durationSeconds: null, artists: [], parts: [], ...parts };
}

export function buildWant(parts: RecordParts = {}): Want {
  return { release: buildRelease(parts), rating: 0, dateAdded: "2024-11-29T10:00:00-08:00", notes: "" };
}

/** `count` plays of an album, track after track, four minutes apart, from a moment on. */
export function buildAlbumPlays(
  artist: string,
  album: string,
  {
    from,
    tracks = 10,
    count = tracks,
  }: { readonly from: string; readonly tracks?: number; readonly count?: number },
): Play[] {
  const startUts = Date.parse(from) / 1000;
  return Array.from({ length: count }, (_, at) =>
    buildPlay(artist, album, `Track ${(at % tracks) + 1}`, startUts + at * 240),
  );
}

/** A play whose album is by the track's artist. */
export function buildPlay(artist: string, album: string, track: string, uts: number): Play {
  return { uts, artist, track, album, albumMbid: null, albumArtist: artist };
}
