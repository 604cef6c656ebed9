import { expect, test } from "vitest";
import type { Database } from "../../../src/store/file/database.ts";
import { removeSource } from "../../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../../src/sync/merging/merge-sources.ts";
import {
  truePlays,
  withImports,
  write,
  type Recorder,
  type WrittenSource,
} from "../../support/listening-world.ts";
import { cacheOf, figuresOf, mergedGroups } from "../../support/merged-world.ts";
import { seeded } from "../../support/random.ts";
import { isWhole, sampled } from "../../support/sample.ts";

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

/** Central European time. */
function localTime(uts: number): number {
  const year = new Date(uts * 1000).getUTCFullYear();
  const lastSunday = (month: number): number => {
    const last = new Date(Date.UTC(year, month + 1, 0, 1));
    return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay(), 1) / 1000;
  };
  return uts >= lastSunday(2) && uts < lastSunday(9) ? 2 * hour : hour;
}

const abroad = Date.UTC(2018, 7, 3) / 1000;
const home = Date.UTC(2018, 8, 20) / 1000;

const worlds: Readonly<Record<string, readonly Recorder[]>> = {
  "three clocks that agree": [lastfm, listenbrainz, spotify],
  "a clock three hours ahead": [lastfm, { ...spotify, offset: () => 3 * hour }],
  "a file in local time, daylight saving included": [
    lastfm,
    listenbrainz,
    { ...spotify, name: "rockbox", names: "plain", offset: localTime },
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
};

/** The plays that were made of those of the sources. The suite has fewer years of fewer worlds. */
function mergedWorld(recorders: readonly Recorder[], seed: number) {
  const random = seeded(seed);
  const plays = truePlays(random, isWhole ? { days: 450, artists: 80 } : { days: 300, artists: 60 });
  const sources = recorders.map((recorder) => write(random, plays, recorder));
  const database = cacheOf(sources);
  mergeSources(database);
  const scrobbled = sources.find(({ name }) => name === "lastfm");
  return figuresOf(mergedGroups(database, scrobbled).values());
}

test.each(sampled("worlds", Object.entries(worlds), 2))(
  "%s: each true play is counted once",
  (_, recorders) => {
    const merged = mergedWorld(recorders, 11);
    expect(merged.countedOnce).toBeGreaterThanOrEqual(0.998);
    expect(merged.joined).toBeLessThanOrEqual(0.0005);
  },
);

// Within a day, the plays of one song look alike: only their number counts.
test.each<readonly [string, readonly Recorder[]]>([
  [
    "days",
    [
      { ...lastfm, share: 1 },
      { name: "apple", kind: "file", share: 0.6, jitterSeconds: 0, style: "day" },
    ],
  ],
  ["offline plays with one time", [lastfm, listenbrainz, { ...spotify, style: "shared-upload" }]],
])("%s: there are as many plays as there were", (_, recorders) => {
  const merged = mergedWorld(recorders, 12);
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

test.each(sampled("imports", importShares, 2))(
  "imports from Last.fm, whose clock was wrong, are counted once (share $share, beside own rows: $keepsOwn)",
  (imports) => {
    const random = seeded(13);
    const plays = truePlays(random, { days: isWhole ? 450 : 300, artists: 60 });
    const scrobbled = write(random, plays, lateLastfm);
    const listens = withImports(random, write(random, plays, listenbrainz), scrobbled, imports);
    const streamed = write(random, plays, spotify);
    const database = cacheOf([scrobbled, listens, streamed]);
    mergeSources(database);
    const merged = figuresOf(mergedGroups(database, scrobbled).values());
    expect(Math.abs(merged.plays - merged.truePlays)).toBeLessThan(merged.truePlays * 0.001);
    expect(merged.countedOnce).toBeGreaterThanOrEqual(0.998);

    removeSource(database, "listenbrainz");
    mergeSources(database);
    const without = cacheOf([scrobbled, streamed]);
    mergeSources(without);
    expect(groupsOf(database, scrobbled)).toEqual(groupsOf(without, scrobbled));
  },
);

function groupsOf(database: Database, scrobbled: WrittenSource): unknown {
  return [...mergedGroups(database, scrobbled)].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
