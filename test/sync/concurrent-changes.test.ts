// The services' lists change while they are read. What was listed throughout must come, once; the rest may.
import { expect, test } from "vitest";
import { Listing } from "../support/editable-list.ts";
import { pickInteger, pickItem, createSeededRandom } from "../support/random.ts";
import { getChart } from "../support/service-data.ts";
import { createSyncFixture, startMs } from "./fixture.ts";
import { countPlays, countScrobbles, changeRandomly, buildPlayLike } from "./random-changes.ts";
import { findFileFaults, readSnapshot, buildExpectedSnapshot } from "./snapshot.ts";
import { isFullRun, getRoundCount } from "../support/sampling.ts";

const seeds = Array.from(
  { length: getRoundCount("REWIND_DRIFT_ROUNDS", { few: 1, whole: 5 }) },
  (_, at) => at + 1,
);

test.each(seeds)("reads a collection completely while it changes, seed %i", async (seed) => {
  const random = createSeededRandom(seed);
  const fixture = await createSyncFixture({ records: 430, wants: 0, albums: 50, plays: 50, seed });
  const { records } = fixture.discogs.shelf;
  const throughout = new Set(records.rows.map((row) => row.instanceId));
  const ever = new Set(throughout);
  let left = pickInteger(random, 1, 6);
  fixture.discogsServer.behaviour.onRequest = (_, { path }) => {
    if (!path.endsWith("/releases") || left === 0 || random() > 0.3) return;
    left -= 1;
    changeRandomly(records, random);
    const now = new Set(records.rows.map((row) => row.instanceId));
    for (const id of throughout) if (!now.has(id)) throughout.delete(id);
    for (const id of now) ever.add(id);
  };
  const summary = await fixture.sync({ only: "collection" });
  expect(summary.failures).toEqual([]);
  const cached = fixture.database.prepare("SELECT instance_id FROM record").pluck().all() as number[];
  expect([...throughout].filter((id) => !cached.includes(id))).toEqual([]);
  expect(cached.filter((id) => !ever.has(id))).toEqual([]);
  fixture.discogsServer.behaviour.onRequest = null;
  await fixture.sync({ full: true });
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
  expect(findFileFaults(fixture.database)).toEqual([]);
});

test("misses no want if one is removed and another added meanwhile", async () => {
  const fixture = await createSyncFixture({ records: 5, wants: 130, albums: 130, plays: 20 });
  await fixture.sync();
  const { wants } = fixture.discogs.shelf;
  let isSwapped = false;
  fixture.discogsServer.behaviour.onRequest = (_, { path, query }) => {
    const [first, ...others] = wants.rows;
    if (isSwapped || first === undefined || !path.endsWith("/wants") || query["page"] !== "2") return;
    isSwapped = true;
    // The want that was the first on page 2 is now on page 1, which was read before.
    wants.set([...others, { ...first, release: { ...first.release, id: 99_000_000 } }]);
  };
  expect(await fixture.sync()).toMatchObject({ complete: true });
  expect(isSwapped).toBe(true);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test.each(seeds)("reads a history completely while it changes, seed %i", async (seed) => {
  const random = createSeededRandom(seed + 500);
  const fixture = await createSyncFixture(
    { records: 10, wants: 0, albums: 100, plays: 5_000, seed },
    { lastfm: { windowEnds: seed % 2 ? "inclusive" : "exclusive", ties: "shuffled" } },
  );
  const { plays } = fixture.lastfm.listener;
  const least = countPlays(plays.rows);
  const most = countPlays(plays.rows);
  let left = pickInteger(random, 3, 12);
  fixture.lastfmServer.behaviour.onRequest = (_, { query }) => {
    if (query["method"] !== "user.getRecentTracks" || left === 0) return;
    left -= 1;
    const victim = pickItem(random, plays.rows);
    const kind = pickInteger(random, 1, 3);
    if (kind === 1) plays.add(buildPlayLike(random, victim, startMs / 1000 + pickInteger(random, 0, 900)));
    if (kind === 2)
      plays.add(buildPlayLike(random, victim, startMs / 1000 - pickInteger(random, 0, 14 * 86_400)));
    if (kind === 3) plays.remove((play) => play === victim);
    const now = countPlays(plays.rows);
    for (const [name, times] of least) least.set(name, Math.min(times, now.get(name) ?? 0));
    for (const [name, times] of now) most.set(name, Math.max(times, most.get(name) ?? 0));
  };
  const summary = await fixture.sync({ only: "listening" });
  expect(summary.failures).toEqual([]);
  const cached = countScrobbles(fixture.database);
  expect([...least].filter(([name, times]) => (cached.get(name) ?? 0) < times)).toEqual([]);
  expect([...cached].filter(([name, times]) => times > (most.get(name) ?? 0))).toEqual([]);
  fixture.lastfmServer.behaviour.onRequest = null;
  fixture.clock.nowMs += 3_600_000;
  await fixture.sync({ full: true, only: "listening" });
  const { records: _, wants: __, ...side } = buildExpectedSnapshot(fixture.discogs, fixture.lastfm);
  expect(readSnapshot(fixture.database)).toMatchObject(side);
});

test("reads an album chart completely while it changes", async () => {
  const fixture = await createSyncFixture(
    { records: 10, wants: 0, albums: 10, plays: 10 },
    { lastfm: { ties: "shuffled" } },
  );
  const chart = Array.from({ length: 2_300 }, (_, at) => ({
    artist: `Artist ${at % 700}`,
    title: `Title ${at}`,
    playCount: 1 + Math.floor(30_000 / (at + 1)),
    mbid: null,
    url: null,
  }));
  const listing = new Listing(chart);
  fixture.lastfm.listener.chart = listing;
  let left = 5;
  fixture.lastfmServer.behaviour.onRequest = (n, { query }) => {
    if (query["method"] !== "user.getTopAlbums" || left === 0) return;
    left -= 1;
    listing.change(
      (row) => row.title === `Title ${2_200 - n}`,
      (row) => ({ ...row, playCount: row.playCount + 40 }),
    );
  };
  const summary = await fixture.sync({ only: "listening", history: false });
  expect(summary.failures).toEqual([]);
  expect(summary.steps.find((step) => step.name === "albums")?.rows).toBe(
    getChart(fixture.lastfm.listener).length,
  );
});

test("ends each step complete, or unchanged with a reason, if lists change before every request", async () => {
  const random = createSeededRandom(77);
  const fixture = await createSyncFixture({ records: 120, wants: 110, albums: 60, plays: 200 });
  await fixture.sync();
  const { records, wants } = fixture.discogs.shelf;
  const { plays } = fixture.lastfm.listener;
  const kept = new Set(records.rows.map((row) => row.instanceId));
  const changeAll = (): void => {
    changeRandomly(records, random);
    const now = new Set(records.rows.map((row) => row.instanceId));
    for (const id of kept) if (!now.has(id)) kept.delete(id);
    wants.remove((row) => row === wants.rows[0]);
    const [play] = plays.rows;
    if (play) plays.add(buildPlayLike(random, play, startMs / 1000 + pickInteger(random, 0, 900)));
  };
  fixture.discogsServer.behaviour.onRequest = changeAll;
  fixture.lastfmServer.behaviour.onRequest = changeAll;
  for (let round = 0; round < (isFullRun ? 3 : 1); round += 1) {
    fixture.clock.nowMs += 3_600_000;
    const before = fixture.discogsServer.requests.length + fixture.lastfmServer.requests.length;
    const summary = await fixture.sync({ full: true });
    for (const { exitCode, message } of summary.failures) {
      expect([exitCode, message]).toEqual([
        1,
        expect.stringMatching(/keeps changing|no longer listed, but kept/),
      ]);
    }
    const asked = fixture.discogsServer.requests.length + fixture.lastfmServer.requests.length - before;
    expect(asked).toBeLessThan(400);
    const cached = new Set(
      fixture.database.prepare("SELECT instance_id FROM record").pluck().all() as number[],
    );
    expect([...kept].filter((id) => !cached.has(id))).toEqual([]);
  }
  fixture.discogsServer.behaviour.onRequest = null;
  fixture.lastfmServer.behaviour.onRequest = null;
  fixture.clock.nowMs += 3_600_000;
  expect(await fixture.sync({ full: true, acceptsRemovals: true })).toMatchObject({ complete: true });
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
  expect(findFileFaults(fixture.database)).toEqual([]);
});

test("a wantlist that kept changing is read again by the next sync", async () => {
  const fixture = await createSyncFixture({ records: 20, wants: 330, albums: 300, plays: 20 });
  const { wants } = fixture.discogs.shelf;
  fixture.discogsServer.behaviour.onRequest = () => wants.remove((row) => row === wants.rows[0]);
  expect((await fixture.sync()).failures.map(({ message }) => message)).toEqual([
    expect.stringContaining("the wantlist keeps changing"),
  ]);
  fixture.discogsServer.behaviour.onRequest = null;
  expect(await fixture.sync()).toMatchObject({ complete: true });
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});
