// Scrobbles that crowd one second, repeat, or have no date; pages that fail until they are smaller.
import { expect, test } from "vitest";
import { countStaged } from "../../../src/store/file/listings.ts";
import { editBody, respondWithLastfmError, lost } from "../../support/response-faults.ts";
import { buildPlay } from "../../support/filled-cache.ts";
import { Listing } from "../../support/editable-list.ts";
import type { Play } from "../../support/service-data.ts";
import { createSyncFixtureFrom, startMs, type SyncFixture } from "../fixture.ts";
import { readSnapshot, buildExpectedSnapshot } from "../snapshot.ts";

const startUts = startMs / 1000;

function buildNumberedPlay(n: number, uts: number): Play {
  return buildPlay(`Artist ${n % 40}`, n % 9 === 0 ? "" : `Album ${n % 200}`, `Track ${n}`, uts);
}

/** Lists what a sync got wrong: failures, notes, and wrong parts of the cache. */
async function listWrongs(fixture: SyncFixture): Promise<unknown[]> {
  const { failures, notices } = await fixture.sync({ only: "listening" });
  const { albums, scrobbles, lastPlayed } = buildExpectedSnapshot(fixture.discogs, fixture.lastfm);
  const found = readSnapshot(fixture.database);
  const parts = Object.entries({ albums, scrobbles, lastPlayed }) as ["albums", readonly string[]][];
  const different = parts.filter(([part, rows]) => JSON.stringify(found[part]) !== JSON.stringify(rows));
  return [...failures, ...notices, ...different.map(([part]) => part)];
}

const spread = Array.from({ length: 1_700 }, (_, n) =>
  buildNumberedPlay(n, startUts - 40 * 86_400 - n * 137),
);

test.each([
  ["a few", 3],
  ["more than a page", 1_300],
])("keeps and counts %s with a future time as undated", async (_, count) => {
  const undated = Array.from({ length: 5 }, (_unused, n) => buildNumberedPlay(n + 100, 0));
  const misdated = Array.from({ length: count }, (_unused, n) => buildNumberedPlay(n + 7_000, 8.64e12 + n));
  const fixture = await createSyncFixtureFrom({ plays: [...spread, ...undated, ...misdated] });
  const { failures, notices } = await fixture.sync({ only: "listening" });
  fixture.lastfm.listener.plays = new Listing([
    ...spread,
    ...undated,
    ...misdated.map((row) => ({ ...row, uts: 0 })),
  ]);
  const expected = buildExpectedSnapshot(fixture.discogs, fixture.lastfm);
  const found = readSnapshot(fixture.database);
  expect([failures, notices]).toEqual([[], []]);
  expect(found.scrobbles).toEqual(expected.scrobbles);
  expect(found.lastPlayed).toEqual(expected.lastPlayed);
});

test("the next sync keeps a play with a future time, once", async () => {
  const fixture = await createSyncFixtureFrom({ plays: [...spread, buildNumberedPlay(101, 0)] });
  await fixture.sync({ only: "listening" });
  const misdated = buildNumberedPlay(7_000, 8.64e12);
  fixture.lastfm.listener.plays = new Listing([...spread, buildNumberedPlay(101, 0), misdated]);
  fixture.clock.nowMs += 3_600_000;
  expect((await fixture.sync({ only: "listening" })).failures).toEqual([]);
  fixture.clock.nowMs += 3_600_000;
  expect((await fixture.sync({ only: "listening" })).failures).toEqual([]);
  const found = readSnapshot(fixture.database);
  fixture.lastfm.listener.plays = new Listing([
    ...spread,
    buildNumberedPlay(101, 0),
    { ...misdated, uts: 0 },
  ]);
  expect(found.scrobbles).toEqual(buildExpectedSnapshot(fixture.discogs, fixture.lastfm).scrobbles);
});

test.each(["inclusive", "exclusive"] as const)(
  "reads more undated scrobbles than fit on a page, and more in one second, with %s window ends",
  async (windowEnds) => {
    const crowdedUts = startUts - 41 * 86_400;
    const undated = Array.from({ length: 1_300 }, (_, n) => buildNumberedPlay(n, 0));
    const crowd = Array.from({ length: 1_300 }, (_, n) => buildNumberedPlay(n, crowdedUts));
    const neighbours = Array.from({ length: 600 }, (_, n) =>
      buildNumberedPlay(n + 5_000, crowdedUts + (n % 2 ? 1 : -1)),
    );
    const plays = [...spread, ...undated, ...crowd, ...neighbours];
    expect(await listWrongs(await createSyncFixtureFrom({ plays }, { lastfm: { windowEnds } }))).toEqual([]);
  },
);

test("true repeats are kept, and counted in each reading", async () => {
  const repeats = Array.from({ length: 30 }, (_, n) => buildNumberedPlay(n % 3, startUts - 3_600));
  const fixture = await createSyncFixtureFrom({ plays: [...spread, ...repeats] });
  expect(await listWrongs(fixture)).toEqual([]);
  const again = await fixture.sync({ only: "listening" });
  expect(again.steps.find((step) => step.name === "history")?.status).toBe("unchanged");
});

test("reads exactly one page, and one scrobble more", async () => {
  for (const count of [1_000, 1_001])
    expect(await listWrongs(await createSyncFixtureFrom({ plays: spread.slice(0, count) }))).toEqual([]);
});

test.each([200, 50])("reads smaller pages if pages above %i always fail", async (works) => {
  const fixture = await createSyncFixtureFrom({ plays: spread });
  fixture.lastfmServer.behaviour.bigPageFailure = (limit) => (limit > works ? 1 : 0);
  expect(await listWrongs(fixture)).toEqual([]);
});

test("tries large pages again after some small ones", async () => {
  const plays = Array.from({ length: 6_000 }, (_, n) =>
    buildNumberedPlay(n, startUts - 40 * 86_400 - n * 137),
  );
  const fixture = await createSyncFixtureFrom({ plays });
  let failures = 3;
  fixture.lastfmServer.behaviour.onRequest = (_, { query }) => {
    if (query["method"] !== "user.getRecentTracks" || query["limit"] !== "1000" || failures === 0)
      return undefined;
    failures -= 1;
    return respondWithLastfmError(8);
  };
  expect(await listWrongs(fixture)).toEqual([]);
  expect(fixture.lastfmServer.requests.length).toBeLessThan(25);
});

test("a lone listener with 9,000 scrobbles is read in few requests, several at once", async () => {
  const plays = Array.from({ length: 9_000 }, (_, n) =>
    buildNumberedPlay(n, startUts - 40 * 86_400 - n * 60_000),
  );
  const fixture = await createSyncFixtureFrom({ plays }, { lastfm: { latencyMs: 1_000 } });
  expect(await listWrongs(fixture)).toEqual([]);
  const asked = fixture.lastfmServer.requests.filter(
    ({ query }) => query["method"] === "user.getRecentTracks",
  );
  expect(asked.length).toBeLessThanOrEqual(13);
  const times = asked.map(({ atMs }) => atMs);
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(asked.length * 800);
});

test("a history that goes on far past its count is refused, and nothing of it stays staged", async () => {
  const fixture = await createSyncFixtureFrom({ plays: spread });
  // The user's own count is 40; each answer says that more is to come.
  fixture.lastfmServer.behaviour.onRequest = (n, { query }) => {
    if (n > 60) return lost;
    return query["method"] === "user.getInfo"
      ? editBody((body: { user: { playcount: string } }) => (body.user.playcount = "40"))
      : undefined;
  };
  const { failures } = await fixture.sync({ only: "listening" });
  expect(failures).toMatchObject([
    {
      exitCode: 3,
      message: expect.stringContaining("the history on Last.fm does not end: it counts 40 rows"),
    },
  ]);
  expect(countStaged(fixture.database, "history")).toBe(0);
});
