// Scrobbles that crowd one second, repeat, or have no date; pages that fail until they are smaller.
import { expect, test } from "vitest";
import { countStaged } from "../../../src/store/file/listings.ts";
import { edit, lastfmError, lost } from "../../support/faults.ts";
import { playOf } from "../../support/filled-cache.ts";
import { Listing } from "../../support/listing.ts";
import type { Play } from "../../support/world.ts";
import { benchOf, startMs, type Bench } from "../bench.ts";
import { snapshot, truth } from "../truth.ts";

const startUts = startMs / 1000;

function play(n: number, uts: number): Play {
  return playOf(`Artist ${n % 40}`, n % 9 === 0 ? "" : `Album ${n % 200}`, `Track ${n}`, uts);
}

/** What a sync got wrong: failures, notes, and parts of the cache that are not as they should be. */
async function wrongs(bench: Bench): Promise<unknown[]> {
  const { failures, notes } = await bench.sync({ only: "listening" });
  const { albums, scrobbles, lastPlayed } = truth(bench.discogs, bench.lastfm);
  const found = snapshot(bench.database);
  const parts = Object.entries({ albums, scrobbles, lastPlayed }) as ["albums", readonly string[]][];
  const different = parts.filter(([part, rows]) => JSON.stringify(found[part]) !== JSON.stringify(rows));
  return [...failures, ...notes, ...different.map(([part]) => part)];
}

const spread = Array.from({ length: 1_700 }, (_, n) => play(n, startUts - 40 * 86_400 - n * 137));

test.each([
  ["a few", 3],
  ["more than a page", 1_300],
])("%s with a time that is still to come, ahead of all others: kept, counted, undated", async (_, count) => {
  const undated = Array.from({ length: 5 }, (_unused, n) => play(n + 100, 0));
  const misdated = Array.from({ length: count }, (_unused, n) => play(n + 7_000, 8.64e12 + n));
  const bench = await benchOf({ plays: [...spread, ...undated, ...misdated] });
  const { failures, notes } = await bench.sync({ only: "listening" });
  bench.lastfm.listener.plays = new Listing([
    ...spread,
    ...undated,
    ...misdated.map((row) => ({ ...row, uts: 0 })),
  ]);
  const expected = truth(bench.discogs, bench.lastfm);
  const found = snapshot(bench.database);
  expect([failures, notes]).toEqual([[], []]);
  expect(found.scrobbles).toEqual(expected.scrobbles);
  expect(found.lastPlayed).toEqual(expected.lastPlayed);
});

test("the next sync keeps a play with a future time, once", async () => {
  const bench = await benchOf({ plays: [...spread, play(101, 0)] });
  await bench.sync({ only: "listening" });
  const misdated = play(7_000, 8.64e12);
  bench.lastfm.listener.plays = new Listing([...spread, play(101, 0), misdated]);
  bench.clock.nowMs += 3_600_000;
  expect((await bench.sync({ only: "listening" })).failures).toEqual([]);
  bench.clock.nowMs += 3_600_000;
  expect((await bench.sync({ only: "listening" })).failures).toEqual([]);
  const found = snapshot(bench.database);
  bench.lastfm.listener.plays = new Listing([...spread, play(101, 0), { ...misdated, uts: 0 }]);
  expect(found.scrobbles).toEqual(truth(bench.discogs, bench.lastfm).scrobbles);
});

test.each(["inclusive", "exclusive"] as const)(
  "more scrobbles without a date than on a page, and in one second, ends %s",
  async (windowEnds) => {
    const crowdedUts = startUts - 41 * 86_400;
    const undated = Array.from({ length: 1_300 }, (_, n) => play(n, 0));
    const crowd = Array.from({ length: 1_300 }, (_, n) => play(n, crowdedUts));
    const neighbours = Array.from({ length: 600 }, (_, n) => play(n + 5_000, crowdedUts + (n % 2 ? 1 : -1)));
    const plays = [...spread, ...undated, ...crowd, ...neighbours];
    expect(await wrongs(await benchOf({ plays }, { lastfm: { windowEnds } }))).toEqual([]);
  },
);

test("true repeats are kept, and counted in each reading", async () => {
  const repeats = Array.from({ length: 30 }, (_, n) => play(n % 3, startUts - 3_600));
  const bench = await benchOf({ plays: [...spread, ...repeats] });
  expect(await wrongs(bench)).toEqual([]);
  const again = await bench.sync({ only: "listening" });
  expect(again.steps.find((step) => step.name === "history")?.status).toBe("unchanged");
});

test("exactly a page, and one more", async () => {
  for (const count of [1_000, 1_001])
    expect(await wrongs(await benchOf({ plays: spread.slice(0, count) }))).toEqual([]);
});

test.each([200, 50])("reads smaller pages if pages above %i always fail", async (works) => {
  const bench = await benchOf({ plays: spread });
  bench.lastfmServer.behaviour.bigPageFailure = (limit) => (limit > works ? 1 : 0);
  expect(await wrongs(bench)).toEqual([]);
});

test("tries large pages again after some small ones", async () => {
  const plays = Array.from({ length: 6_000 }, (_, n) => play(n, startUts - 40 * 86_400 - n * 137));
  const bench = await benchOf({ plays });
  let failures = 3;
  bench.lastfmServer.behaviour.onRequest = (_, { query }) => {
    if (query["method"] !== "user.getRecentTracks" || query["limit"] !== "1000" || failures === 0)
      return undefined;
    failures -= 1;
    return lastfmError(8);
  };
  expect(await wrongs(bench)).toEqual([]);
  expect(bench.lastfmServer.requests.length).toBeLessThan(25);
});

test("a lone listener with 9,000 scrobbles is read in few requests, several at once", async () => {
  const plays = Array.from({ length: 9_000 }, (_, n) => play(n, startUts - 40 * 86_400 - n * 60_000));
  const bench = await benchOf({ plays }, { lastfm: { latencyMs: 1_000 } });
  expect(await wrongs(bench)).toEqual([]);
  const asked = bench.lastfmServer.requests.filter(({ query }) => query["method"] === "user.getRecentTracks");
  expect(asked.length).toBeLessThanOrEqual(13);
  const times = asked.map(({ atMs }) => atMs);
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(asked.length * 800);
});

test("a history that goes on far past its count is refused, and nothing of it stays staged", async () => {
  const bench = await benchOf({ plays: spread });
  // The user's own count is 40; each answer says that more is to come.
  bench.lastfmServer.behaviour.onRequest = (n, { query }) => {
    if (n > 60) return lost;
    return query["method"] === "user.getInfo"
      ? edit((body: { user: { playcount: string } }) => (body.user.playcount = "40"))
      : undefined;
  };
  const { failures } = await bench.sync({ only: "listening" });
  expect(failures).toMatchObject([
    {
      exitCode: 3,
      message: expect.stringContaining("the history on Last.fm does not end: it counts 40 rows"),
    },
  ]);
  expect(countStaged(bench.database, "history")).toBe(0);
});
