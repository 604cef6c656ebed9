// Invents the listening files and services of somebody, and what happens to them: a life of imports, removals and syncs.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createMemoryServices } from "../../../src/demo/memory-services.ts";
import type { CollectionRecord } from "../../../src/model/model.ts";
import type { SourcePlay } from "../../../src/model/listening-sources.ts";
import type { ListenService } from "../../../src/sources/services/listening-service.ts";
import { readStoppedUts } from "../../../src/store/file/cache-facts.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { addToCache, readFiles } from "../../../src/sync/imports/import-files.ts";
import { sync } from "../../../src/sync/whole-sync.ts";
import { type ExportFormat, exportFormats, type SamplePlay } from "../../support/export-formats.ts";
import { defaultChoices, buildRecord } from "../../support/filled-cache.ts";
import { generateTruePlays, simulateSource, type WrittenPlay } from "../../support/simulated-history.ts";
import { pickInteger, pickItem, toUuid } from "../../support/random.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";
import { buildChart, type Play } from "../../support/service-data.ts";

type Random = () => number;

export interface ListeningFile {
  readonly source: string;
  readonly path: string;
  /** The place among the parts of its source, in order of time. */
  readonly part: number;
}

/** The data of the services at one time. */
interface ServiceState {
  readonly history: readonly Play[];
  readonly listens: readonly WrittenPlay[];
}

export interface OrderScenario {
  readonly files: readonly ListeningFile[];
  readonly records: readonly CollectionRecord[];
  /** The services as they are when they are synced for the first time, the second time … */
  readonly services: readonly ServiceState[];
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

export function generateOrderScenario(random: Random): OrderScenario {
  const plays = generateDailyPlays(random);
  const shapes: ExportFormat[] = [];
  // Spotify's account data depends on its extended history: most often a world has both.
  const both = random() < 0.7 ? ["spotify-history", "spotify-account"] : [];
  for (const format of both)
    shapes.push(
      pickItem(
        random,
        exportFormats.filter((shape) => shape.format === format),
      ),
    );
  for (let count = pickInteger(random, 1, 3); count > 0; count -= 1) {
    const shape = pickItem(random, exportFormats);
    // Apple's days are left out beside its single plays in one command.
    const isApple = shape.source.startsWith("apple");
    const isThere = shapes.some(({ source }) =>
      isApple ? source.startsWith("apple") : source === shape.source,
    );
    if (!isThere) shapes.push(shape);
  }
  const directory = createTempDirectory("rewind-orders");
  const files = shapes.flatMap((shape) => {
    const rows = simulateSource(random, plays, {
      name: shape.source,
      kind: "file",
      share: 0.5 + random() / 2,
      jitterSeconds: pickInteger(random, 0, 3),
      names: pickItem(random, ["plain", "credit", "album-artist"]),
      // One service has one clock.
      offset: shape.source.startsWith("spotify") ? () => 0 : pickItem(random, clocks),
    }).plays;
    const isByYear = shape.format === "spotify-history" && random() < 0.8;
    const parts = isByYear ? dropLastHours(random, splitAtNewYear(rows)) : splitByTime(random, rows);
    return parts.map((part, at) => {
      const path = join(directory, `${shape.format}-${at}`);
      writeFileSync(path, shape.text(part.map(toSamplePlay)));
      return { source: shape.source, path, part: at };
    });
  });
  const lastfm = simulateSource(random, plays, {
    name: "lastfm",
    kind: "service",
    share: 0.8,
    jitterSeconds: 0,
  }).plays;
  const ownListens = simulateSource(random, plays, {
    name: "listenbrainz",
    kind: "service",
    share: 0.5,
    jitterSeconds: 2,
    names: "credit",
    offset: pickItem(random, clocks),
  }).plays;
  const imported = lastfm
    .filter(() => random() < 0.3)
    .map((play): WrittenPlay => ({ ...play, origin: "lastfm" }));
  return {
    files,
    records: [...new Map(plays.map(({ song }) => [song.album, song])).values()]
      .slice(0, 5)
      .map(({ artist, album }, at) => ({
        ...buildRecord({ id: at + 1, artist, title: album }),
        instanceId: at + 1,
      })),
    services: [0.5, 0.8, 1].map((share) => ({
      history: lastfm
        .slice(0, lastfm.length * share)
        .filter(() => random() < 0.98)
        .map(toServicePlay),
      listens: [...ownListens, ...imported].filter(() => random() < share),
    })),
  };
}

/** Plays of each morning and each evening. */
function generateDailyPlays(random: Random): ReturnType<typeof generateTruePlays> {
  const morning = generateTruePlays(random, { days: 120, artists: 6, perDay: 2 });
  const evening = generateTruePlays(random, { days: 120, artists: 6, perDay: 2 });
  return [
    ...morning,
    ...evening.map((play) => ({ ...play, id: play.id + morning.length, uts: play.uts + 10 * hour })),
  ].toSorted((a, b) => a.uts - b.uts);
}

/** Splits rows by time. The parts overlap, or end with a quarter. */
function splitByTime(random: Random, rows: readonly WrittenPlay[]): (readonly WrittenPlay[])[] {
  if (random() < 0.3) return [rows];
  if (random() < 0.5) return splitAtNewYear(rows);
  return splitWithOverlap(rows, quarterStart + 10 * day, quarterStart - 10 * day);
}

/** Splits rows as Spotify does at New Year, which is the end of a quarter. */
function splitAtNewYear(rows: readonly WrittenPlay[]): (readonly WrittenPlay[])[] {
  return splitWithOverlap(rows, quarterStart, quarterStart);
}

/**
 * The first part may end some hours before the year does. Account data that has these hours is covered only once both parts
 * are imported.
 */
function dropLastHours(
  random: Random,
  parts: readonly (readonly WrittenPlay[])[],
): (readonly WrittenPlay[])[] {
  const [first = [], ...later] = parts;
  if (later.length === 0 || random() < 0.3) return [...parts];
  const end = quarterStart - pickInteger(random, 3, 9) * hour;
  return [first.filter(({ startUts }) => startUts < end), ...later];
}

function splitWithOverlap(
  rows: readonly WrittenPlay[],
  before: number,
  after: number,
): (readonly WrittenPlay[])[] {
  return [
    rows.filter(({ startUts }) => startUts < before),
    rows.filter(({ startUts }) => startUts >= after),
  ].filter((part) => part.length > 0);
}

const toSamplePlay = ({ startUts, artist, album, title }: WrittenPlay): SamplePlay => ({
  startUts,
  artist,
  album,
  title,
  seconds: 150 + (title.length % 60),
});

const toServicePlay = ({ startUts, artist, album, title }: WrittenPlay): Play => ({
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
    { zone, encoding: undefined, nowMs: computeNowMs(9), onProgress: () => {} },
  );
  try {
    addToCache(database, stage, { isDryRun: false, nowUts: computeNowMs(9) / 1000 });
  } finally {
    stage.close();
  }
}

/** A sync a day, in another year than the plays. */
const computeNowMs = (at: number): number => Date.UTC(2019, 5, 1 + at);

/** The state of each service that a cache has read; null: none, or it was removed. */
export interface ReadServiceStates {
  readonly lastfm: number | null;
  readonly listenbrainz: number | null;
}

/** Syncs the services that have a state. A service that is stopped is not asked. */
export async function syncServices(
  database: Database,
  { records, services }: OrderScenario,
  { lastfm, listenbrainz }: ReadServiceStates,
): Promise<void> {
  const isAsked = (service: string): boolean => readStoppedUts(database, service) === null;
  const history = lastfm === null ? [] : (services[lastfm] as ServiceState).history;
  const listens = listenbrainz === null ? [] : (services[listenbrainz] as ServiceState).listens;
  const memory = createMemoryServices({
    discogsUser: "CrateDigger",
    lastfmUser: "NightOwl",
    records,
    wants: [],
    folders: [{ id: 1, name: "Uncategorized" }],
    customFields: [],
    albums: buildChart(history),
    scrobbles: history,
  });
  const summary = await sync({
    ...defaultChoices,
    database,
    services: {
      ...memory,
      listening: lastfm !== null && isAsked("lastfm") ? memory.listening : null,
      listens: listenbrainz !== null && isAsked("listenbrainz") ? createMemoryListens(listens) : null,
    },
    accounts: { collection: null, listening: "NightOwl", listens: "owl" },
    full: true,
    only: null,
    history: true,
    acceptsRemovals: true,
    clock: { now: () => computeNowMs(Math.max(lastfm ?? 0, listenbrainz ?? 0)) },
    signal: new AbortController().signal,
  });
  if (summary.failures.length > 0) throw summary.failures[0] ?? new Error("the sync failed");
}

function createMemoryListens(plays: readonly SourcePlay[]): ListenService {
  const byUts = plays.toSorted((a, b) => a.startUts - b.startUts);
  const selectPage = (rows: readonly SourcePlay[]) => ({
    username: "owl",
    oldestUts: byUts[0]?.startUts ?? 0,
    latestUts: byUts.at(-1)?.startUts ?? 0,
    listens: rows.map((play) => {
      const msid = toUuid(`${play.artist} ${play.title} ${play.origin}`);
      return { listenedUts: play.startUts, msid, play: { ...play, sourceKey: msid } };
    }),
  });
  return {
    id: "listenbrainz",
    name: "ListenBrainz",
    usage: { requests: 0, soonestMs: () => 0 },
    pageSizes: [1_000],
    fetchNewestListens: async (_, count) => selectPage(byUts.slice(-count)),
    fetchListensAfter: async (_, uts, count) =>
      selectPage(byUts.filter(({ startUts }) => startUts > uts).slice(0, count)),
    fetchListenCount: async () =>
      new Set(selectPage(byUts).listens.map(({ listenedUts, msid }) => `${listenedUts} ${msid}`)).size,
    fetchPlayingNow: async () => null,
    writer: null,
  };
}
