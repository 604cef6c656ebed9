// Invents the listening files and services of somebody, and what happens to them: a life of imports, removals and syncs.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { memoryServices } from "../../../src/demo/memory-services.ts";
import type { CollectionRecord } from "../../../src/model/model.ts";
import type { SourcePlay } from "../../../src/model/listening-sources.ts";
import type { ListenService } from "../../../src/sources/services/listening-service.ts";
import { stoppedUts } from "../../../src/store/file/cache-facts.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { addToCache, readFiles } from "../../../src/sync/imports/import-files.ts";
import { sync } from "../../../src/sync/whole-sync.ts";
import { type ExportShape, exportShapes, type MadePlay } from "../../support/exported-files.ts";
import { noChoices, record } from "../../support/filled-cache.ts";
import { truePlays, write, type Written } from "../../support/listening-world.ts";
import { between, pick, uuidOf } from "../../support/random.ts";
import { tempDirectory } from "../../support/temp.ts";
import { chartOf, type Play } from "../../support/world.ts";

type Random = () => number;

export interface ListeningFile {
  readonly source: string;
  readonly path: string;
  /** The place among the parts of its source, in order of time. */
  readonly part: number;
}

/** What the services have at one time. */
interface Services {
  readonly history: readonly Play[];
  readonly listens: readonly Written[];
}

export interface OrderWorld {
  readonly files: readonly ListeningFile[];
  readonly records: readonly CollectionRecord[];
  /** The services as they are when they are synced for the first time, the second time … */
  readonly services: readonly Services[];
}

const hour = 3600;
const day = 86_400;
/** The world has the quarter before it, and some weeks after it. */
const quarterStart = Date.UTC(2018, 3) / 1000;

const clocks: readonly ((uts: number) => number)[] = [
  () => 0,
  () => 0,
  () => 0,
  () => 3 * hour,
  (uts) => (uts > quarterStart - 5 * day ? 2 * hour : hour),
  (uts) => (uts > quarterStart + 10 * day ? -5 * hour : 0),
];

export function inventOrderWorld(random: Random): OrderWorld {
  const plays = daysOf(random);
  const shapes: ExportShape[] = [];
  // Spotify's account data depends on its extended history: most often a world has both.
  const both = random() < 0.7 ? ["spotify-history", "spotify-account"] : [];
  for (const format of both)
    shapes.push(
      pick(
        random,
        exportShapes.filter((shape) => shape.format === format),
      ),
    );
  for (let count = between(random, 1, 3); count > 0; count -= 1) {
    const shape = pick(random, exportShapes);
    // In one command, Apple's days are left out beside its single plays.
    const isApple = shape.source.startsWith("apple");
    const isThere = shapes.some(({ source }) =>
      isApple ? source.startsWith("apple") : source === shape.source,
    );
    if (!isThere) shapes.push(shape);
  }
  const directory = tempDirectory("rewind-orders");
  const files = shapes.flatMap((shape) => {
    const rows = write(random, plays, {
      name: shape.source,
      kind: "file",
      share: 0.5 + random() / 2,
      jitterSeconds: between(random, 0, 3),
      names: pick(random, ["plain", "credit", "album-artist"]),
      // One service has one clock.
      offset: shape.source.startsWith("spotify") ? () => 0 : pick(random, clocks),
    }).plays;
    const isByYear = shape.format === "spotify-history" && random() < 0.8;
    const parts = isByYear ? withoutLastHours(random, yearsOf(rows)) : partsOf(random, rows);
    return parts.map((part, at) => {
      const path = join(directory, `${shape.format}-${at}`);
      writeFileSync(path, shape.text(part.map(madePlay)));
      return { source: shape.source, path, part: at };
    });
  });
  const lastfm = write(random, plays, {
    name: "lastfm",
    kind: "service",
    share: 0.8,
    jitterSeconds: 0,
  }).plays;
  const ownListens = write(random, plays, {
    name: "listenbrainz",
    kind: "service",
    share: 0.5,
    jitterSeconds: 2,
    names: "credit",
    offset: pick(random, clocks),
  }).plays;
  const imported = lastfm
    .filter(() => random() < 0.3)
    .map((play): Written => ({ ...play, origin: "lastfm" }));
  return {
    files,
    records: [...new Map(plays.map(({ song }) => [song.album, song])).values()]
      .slice(0, 5)
      .map(({ artist, album }, at) => ({
        ...record({ id: at + 1, artist, title: album }),
        instanceId: at + 1,
      })),
    services: [0.5, 0.8, 1].map((share) => ({
      history: lastfm
        .slice(0, lastfm.length * share)
        .filter(() => random() < 0.98)
        .map(scrobble),
      listens: [...ownListens, ...imported].filter(() => random() < share),
    })),
  };
}

/** Plays of each morning and each evening. */
function daysOf(random: Random): ReturnType<typeof truePlays> {
  const morning = truePlays(random, { days: 120, artists: 6, perDay: 2 });
  const evening = truePlays(random, { days: 120, artists: 6, perDay: 2 });
  return [
    ...morning,
    ...evening.map((play) => ({ ...play, id: play.id + morning.length, uts: play.uts + 10 * hour })),
  ].toSorted((a, b) => a.uts - b.uts);
}

/** Splits rows by time. The parts overlap, or end with a quarter. */
function partsOf(random: Random, rows: readonly Written[]): (readonly Written[])[] {
  if (random() < 0.3) return [rows];
  if (random() < 0.5) return yearsOf(rows);
  return splitAt(rows, quarterStart + 10 * day, quarterStart - 10 * day);
}

/** Splits rows as Spotify does at New Year, which is the end of a quarter. */
function yearsOf(rows: readonly Written[]): (readonly Written[])[] {
  return splitAt(rows, quarterStart, quarterStart);
}

/**
 * The first part may end some hours before the year does. Account data that has these hours is covered only once both parts
 * are imported.
 */
function withoutLastHours(random: Random, parts: readonly (readonly Written[])[]): (readonly Written[])[] {
  const [first = [], ...later] = parts;
  if (later.length === 0 || random() < 0.3) return [...parts];
  const end = quarterStart - between(random, 3, 9) * hour;
  return [first.filter(({ startUts }) => startUts < end), ...later];
}

function splitAt(rows: readonly Written[], before: number, after: number): (readonly Written[])[] {
  return [
    rows.filter(({ startUts }) => startUts < before),
    rows.filter(({ startUts }) => startUts >= after),
  ].filter((part) => part.length > 0);
}

const madePlay = ({ startUts, artist, album, title }: Written): MadePlay => ({
  startUts,
  artist,
  album,
  title,
  seconds: 150 + (title.length % 60),
});

const scrobble = ({ startUts, artist, album, title }: Written): Play => ({
  uts: startUts,
  artist,
  track: title,
  album,
  albumMbid: null,
  albumArtist: artist,
});

const zone = "UTC";

/** Imports the files together, in one command. */
export async function importFiles(database: Database, files: readonly ListeningFile[]): Promise<void> {
  if (files.length === 0) return;
  const { stage } = await readFiles(
    files.map(({ path }) => path),
    { zone, encoding: undefined, nowMs: nowMs(9), onProgress: () => {} },
  );
  try {
    addToCache(database, stage, { isDryRun: false, nowUts: nowMs(9) / 1000 });
  } finally {
    stage.close();
  }
}

/** A sync a day, in another year than the plays. */
const nowMs = (at: number): number => Date.UTC(2019, 5, 1 + at);

/** Which state of each service a cache has read; null: none, or it was removed. */
export interface ReadServices {
  readonly lastfm: number | null;
  readonly listenbrainz: number | null;
}

/** Syncs the services that have a state. A service that is stopped is not asked. */
export async function syncServices(
  database: Database,
  { records, services }: OrderWorld,
  { lastfm, listenbrainz }: ReadServices,
): Promise<void> {
  const isAsked = (service: string): boolean => stoppedUts(database, service) === null;
  const history = lastfm === null ? [] : (services[lastfm] as Services).history;
  const listens = listenbrainz === null ? [] : (services[listenbrainz] as Services).listens;
  const memory = memoryServices({
    discogsUser: "CrateDigger",
    lastfmUser: "NightOwl",
    records,
    wants: [],
    folders: [{ id: 1, name: "Uncategorized" }],
    customFields: [],
    albums: chartOf(history),
    scrobbles: history,
  });
  const summary = await sync({
    ...noChoices,
    database,
    services: {
      ...memory,
      listening: lastfm !== null && isAsked("lastfm") ? memory.listening : null,
      listens: listenbrainz !== null && isAsked("listenbrainz") ? memoryListens(listens) : null,
    },
    accounts: { collection: null, listening: "NightOwl", listens: "owl" },
    full: true,
    only: null,
    history: true,
    acceptsRemovals: true,
    clock: { now: () => nowMs(Math.max(lastfm ?? 0, listenbrainz ?? 0)) },
    signal: new AbortController().signal,
  });
  if (summary.failures.length > 0) throw summary.failures[0] ?? new Error("the sync failed");
}

function memoryListens(plays: readonly SourcePlay[]): ListenService {
  const byUts = plays.toSorted((a, b) => a.startUts - b.startUts);
  const page = (rows: readonly SourcePlay[]) => ({
    username: "owl",
    oldestUts: byUts[0]?.startUts ?? 0,
    latestUts: byUts.at(-1)?.startUts ?? 0,
    listens: rows.map((play) => {
      const msid = uuidOf(`${play.artist} ${play.title} ${play.origin}`);
      return { listenedUts: play.startUts, msid, play: { ...play, sourceKey: msid } };
    }),
  });
  return {
    id: "listenbrainz",
    name: "ListenBrainz",
    usage: { requests: 0, soonestMs: () => 0 },
    pageSizes: [1_000],
    newestListens: async (_, count) => page(byUts.slice(-count)),
    listensAfter: async (_, uts, count) =>
      page(byUts.filter(({ startUts }) => startUts > uts).slice(0, count)),
    listenCount: async () =>
      new Set(page(byUts).listens.map(({ listenedUts, msid }) => `${listenedUts} ${msid}`)).size,
    writing: null,
  };
}
