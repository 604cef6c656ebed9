import { expect, test } from "vitest";
import type { Database } from "../../../src/store/file/database.ts";
import { deleteSource } from "../../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../../src/sync/merging/merge-sources.ts";
import {
  generateTruePlays,
  addImportedPlays,
  simulateSource,
  type Recorder,
  type WrittenSource,
} from "../../support/simulated-history.ts";
import { createSourceCache, computeMergeStats, readMergedGroups } from "../../support/merged-cache.ts";
import { createSeededRandom } from "../../support/random.ts";
import { sampleItems } from "../../support/sampling.ts";

const hour = 3600;
const lastfm: Recorder = { name: "lastfm", kind: "service", share: 0.9, jitterSeconds: 0 };
const listenbrainz: Recorder = {
  name: "listenbrainz",
  kind: "service",
  share: 0.8,
  jitterSeconds: 2,
  names: "credit",
  knowsLength: true,
};
const spotify: Recorder = {
  name: "spotify",
  kind: "file",
  share: 0.6,
  jitterSeconds: 3,
  names: "album-artist",
};

const server: Recorder = {
  name: "direct",
  kind: "client",
  client: "server",
  share: 0.8,
  jitterSeconds: 2,
  knowsLength: true,
};
const phone: Recorder = { ...server, client: "phone", share: 0.6, names: "credit", knowsLength: false };

/** The days begin and end in winter time. */
const world = { days: 305, artists: 60 };

/** Central European time. */
function toCentralEuropeanTime(uts: number): number {
  const year = new Date(uts * 1000).getUTCFullYear();
  const computeLastSunday = (month: number): number => {
    const last = new Date(Date.UTC(year, month + 1, 0, 1));
    return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay(), 1) / 1000;
  };
  return uts >= computeLastSunday(2) && uts < computeLastSunday(9) ? 2 * hour : hour;
}

const abroad = Date.UTC(2018, 7, 3) / 1000;
const home = Date.UTC(2018, 8, 20) / 1000;

const recorderSets: Readonly<Record<string, readonly Recorder[]>> = {
  "three clocks that agree": [lastfm, listenbrainz, spotify],
  "a clock three hours ahead": [lastfm, { ...spotify, offset: () => 3 * hour }],
  "a file in local time, daylight saving included": [
    lastfm,
    listenbrainz,
    { ...spotify, name: "rockbox", names: "plain", offset: toCentralEuropeanTime },
  ],
  "a phone that travelled": [
    lastfm,
    { ...spotify, offset: (uts) => (uts > abroad && uts < home ? -5 * hour : 0) },
  ],
  "ends for starts, with a known length": [lastfm, { ...listenbrainz, style: "end" }],
  "ends for starts": [
    { ...lastfm, share: 1 },
    { ...spotify, style: "end", names: "plain" },
  ],
  minutes: [lastfm, listenbrainz, { ...spotify, style: "minute" }],
  "names that a service corrected": [{ ...lastfm, names: "corrected" }, listenbrainz, spotify],
  "no Last.fm": [listenbrainz, spotify],
  "three programs that send to rewind": [lastfm, server, phone, { ...phone, client: "" }],
};

/** The plays that were made of those of the sources. */
function simulateMerge(recorders: readonly Recorder[], seed: number) {
  const random = createSeededRandom(seed);
  const plays = generateTruePlays(random, world);
  const sources = recorders.map((recorder) => simulateSource(random, plays, recorder));
  const database = createSourceCache(sources);
  mergeSources(database);
  const scrobbled = sources.find(({ name }) => name === "lastfm");
  return computeMergeStats(readMergedGroups(database, scrobbled).values());
}

test.each(sampleItems("worlds", Object.entries(recorderSets), 2))(
  "counts each true play once: %s",
  (_, recorders) => {
    const merged = simulateMerge(recorders, 11);
    expect(merged.countedOnce).toBeGreaterThanOrEqual(0.998);
    expect(merged.joined).toBeLessThanOrEqual(0.0005);
  },
);

// The plays of one song look alike within a day: their number alone counts.
test.each<readonly [string, readonly Recorder[]]>([
  [
    "days",
    [
      { ...lastfm, share: 1 },
      { name: "apple", kind: "file", share: 0.6, jitterSeconds: 0, style: "day" },
    ],
  ],
  ["offline plays with one time", [lastfm, listenbrainz, { ...spotify, style: "shared-upload" }]],
])("counts as many plays as there were: %s", (_, recorders) => {
  const merged = simulateMerge(recorders, 12);
  expect(Math.abs(merged.plays - merged.truePlays)).toBeLessThanOrEqual(merged.truePlays * 0.002);
});

// Last.fm's own clock was wrong for a quarter, and ListenBrainz imported some of its plays from there.
const spring = [Date.UTC(2018, 3), Date.UTC(2018, 6)].map((ms) => ms / 1000) as [number, number];
const lateLastfm: Recorder = {
  ...lastfm,
  offset: (uts) => (uts >= spring[0] && uts < spring[1] ? 3 * hour : 0),
};

const importShares = [
  { share: 0.4, keepsOwn: false },
  { share: 0.7, keepsOwn: false },
  { share: 0.4, keepsOwn: true },
  { share: 1, keepsOwn: true },
];

test.each(sampleItems("imports", importShares, 2))(
  "counts imports from Last.fm with a wrong clock once (share $share, beside own rows: $keepsOwn)",
  (imports) => {
    const random = createSeededRandom(13);
    const plays = generateTruePlays(random, world);
    const scrobbled = simulateSource(random, plays, lateLastfm);
    const listens = addImportedPlays(random, simulateSource(random, plays, listenbrainz), scrobbled, imports);
    const streamed = simulateSource(random, plays, spotify);
    const database = createSourceCache([scrobbled, listens, streamed]);
    mergeSources(database);
    const merged = computeMergeStats(readMergedGroups(database, scrobbled).values());
    expect(Math.abs(merged.plays - merged.truePlays)).toBeLessThan(merged.truePlays * 0.001);
    expect(merged.countedOnce).toBeGreaterThanOrEqual(0.998);

    deleteSource(database, "listenbrainz");
    mergeSources(database);
    const without = createSourceCache([scrobbled, streamed]);
    mergeSources(without);
    expect(readGroups(database, scrobbled)).toEqual(readGroups(without, scrobbled));
  },
);

function readGroups(database: Database, scrobbled: WrittenSource): unknown {
  return [...readMergedGroups(database, scrobbled)].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
