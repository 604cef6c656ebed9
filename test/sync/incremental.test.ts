// A sync with something, little or nothing new.
import { expect, test } from "vitest";
import type { SyncSummary } from "../../src/sync/whole-sync.ts";
import { formatDiscogsDate } from "../support/generated-data.ts";
import type { Play } from "../support/service-data.ts";
import { createSyncFixture, startMs, type SyncFixture } from "./fixture.ts";
import { readSnapshot, buildExpectedSnapshot } from "./snapshot.ts";

const day = 86_400;
const startUts = startMs / 1000;

const countRequests = (summary: SyncSummary): Record<string, number> =>
  Object.fromEntries(summary.steps.map((step) => [step.name, step.requests]));
const getChanges = (summary: SyncSummary, name: string): unknown => {
  const step = summary.steps.find((result) => result.name === name);
  return step && [step.added, step.updated, step.removed];
};

/** A world whose last play was twenty days ago: the re-read window is empty. */
async function createQuietFixture(size = {}): Promise<SyncFixture> {
  const bench = await createSyncFixture({ records: 150, wants: 30, albums: 100, plays: 400, ...size });
  const { plays } = bench.lastfm.listener;
  plays.set(plays.rows.map((play) => ({ ...play, uts: Math.max(0, play.uts - 20 * day) })));
  return bench;
}

function buildPlayLike(bench: SyncFixture, uts: number, at = 0): Play {
  const like = bench.lastfm.listener.plays.rows.filter((play) => play.album !== "" && play.uts > 0)[at];
  if (!like) throw new Error("nothing to play");
  return { ...like, uts };
}

test("costs no more requests for records added on top than for none", async () => {
  const bench = await createQuietFixture();
  await bench.sync();
  const { records } = bench.discogs.shelf;
  const like = records.rows[0];
  if (!like) throw new Error("an empty shelf");
  const addCopy = (instanceId: number, uts: number): void =>
    records.add({ ...like, instanceId, dateAdded: formatDiscogsDate(uts), rating: 3, folderId: 1 });
  for (let n = 0; n < 40; n += 1) addCopy(90_000_000 + n, startUts + n);
  bench.clock.nowMs += 3_600_000;
  const summary = await bench.sync();
  expect(countRequests(summary)).toEqual({ collection: 2, wantlist: 1, albums: 1, history: 1, match: 0 });
  expect(getChanges(summary, "collection")).toEqual([40, 0, 0]);
  expect(readSnapshot(bench.database)).toMatchObject(buildExpectedSnapshot(bench.discogs, bench.lastfm));
});

test("reads the whole collection if the total shows a removed record", async () => {
  const bench = await createQuietFixture();
  await bench.sync();
  const { records } = bench.discogs.shelf;
  records.remove((_, index) => index === 17 || index === 120);
  const summary = await bench.sync();
  expect(getChanges(summary, "collection")).toEqual([0, 0, 2]);
  // identity, head, folders, fields, two pages, head
  expect(countRequests(summary)["collection"]).toBe(7);
  expect(readSnapshot(bench.database)).toMatchObject(buildExpectedSnapshot(bench.discogs, bench.lastfm));
});

test.each([
  ["small", 150, day],
  ["large", 1_020, 7 * day],
])("finds edits deep in a %s collection at the next full read", async (_, records, dueSeconds) => {
  const bench = await createQuietFixture({ records });
  await bench.sync();
  bench.discogs.shelf.records.change(
    (_record, index) => index === 3,
    (row) => ({ ...row, rating: 5, folderId: 30 }),
  );
  bench.discogs.shelf.folders.add({ id: 99, name: "New folder" });
  bench.clock.nowMs += (dueSeconds - 60) * 1000;
  const early = await bench.sync();
  expect(getChanges(early, "collection")).toEqual([0, 0, 0]);
  bench.clock.nowMs += 120_000;
  const due = await bench.sync();
  expect(getChanges(due, "collection")).toEqual([0, 1, 0]);
  expect(bench.database.prepare("SELECT name FROM folder WHERE id = 99").pluck().get()).toBe("New folder");
  expect(readSnapshot(bench.database)).toMatchObject(buildExpectedSnapshot(bench.discogs, bench.lastfm));
});

test("a few plays reload the chart and update last_played", async () => {
  const bench = await createQuietFixture();
  await bench.sync();
  bench.clock.nowMs += 3_600_000;
  bench.lastfm.listener.plays.add(
    buildPlayLike(bench, startUts + 600),
    buildPlayLike(bench, startUts + 900, 50),
  );
  const summary = await bench.sync();
  expect(countRequests(summary)).toEqual({ collection: 2, wantlist: 1, albums: 2, history: 1, match: 0 });
  expect(getChanges(summary, "history")).toEqual([2, 0, 0]);
  expect(readSnapshot(bench.database)).toMatchObject(buildExpectedSnapshot(bench.discogs, bench.lastfm));
});

test("notices plays that are sent two weeks late, or deleted within two weeks", async () => {
  const bench = await createQuietFixture();
  const { plays } = bench.lastfm.listener;
  plays.add(buildPlayLike(bench, startUts - 5 * day), buildPlayLike(bench, startUts - 3 * day));
  await bench.sync();
  plays.add(buildPlayLike(bench, startUts - 13 * day, 7));
  plays.remove((play) => play.uts === startUts - 3 * day);
  bench.clock.nowMs += day * 1000;
  const summary = await bench.sync({ only: "listening" });
  // The counts didn't move; the window did.
  expect(getChanges(summary, "history")).toEqual([1, 0, 1]);
  expect(countRequests(summary)).toMatchObject({ albums: 2, history: 1 });
  const { records: _, wants: __, ...side } = buildExpectedSnapshot(bench.discogs, bench.lastfm);
  expect(readSnapshot(bench.database)).toMatchObject(side);
});

test("reports an old deletion, which shows only in the user's count, once", async () => {
  const bench = await createQuietFixture();
  await bench.sync();
  bench.lastfm.listener.plays.remove((_, index) => index === 100);
  const summary = await bench.sync();
  expect(summary.notices).toEqual([expect.stringMatching(/more than two weeks ago .*rewind sync --full/)]);
  expect(summary.complete).toBe(true);
  expect((await bench.sync()).notices).toEqual([]);
  expect(getChanges(await bench.sync({ full: true }), "history")).toEqual([0, 0, 1]);
  expect(readSnapshot(bench.database)).toMatchObject(buildExpectedSnapshot(bench.discogs, bench.lastfm));
});

test("adds and removes wants", async () => {
  const bench = await createQuietFixture({ wants: 230 });
  await bench.sync();
  const { wants } = bench.discogs.shelf;
  wants.remove((_, index) => index % 50 === 0);
  wants.change(
    (_, index) => index === 8,
    (want) => ({ ...want, notes: "the mono one" }),
  );
  const summary = await bench.sync();
  expect(getChanges(summary, "wantlist")).toEqual([0, 1, 5]);
  expect(readSnapshot(bench.database)).toMatchObject(buildExpectedSnapshot(bench.discogs, bench.lastfm));
});

test("a clock that ran ahead for years loses no scrobble", async () => {
  const bench = await createQuietFixture();
  bench.clock.nowMs += 5 * 365 * day * 1000;
  await bench.sync();
  bench.lastfm.listener.plays.add(buildPlayLike(bench, startUts + 60));
  const stillAhead = await bench.sync();
  expect(getChanges(stillAhead, "history")).toEqual([1, 0, 0]);
  bench.clock.nowMs = startMs + 7_200_000;
  bench.lastfm.listener.plays.add(buildPlayLike(bench, startUts + 3_600));
  expect(getChanges(await bench.sync(), "history")).toEqual([1, 0, 0]);
  expect(readSnapshot(bench.database)).toMatchObject(buildExpectedSnapshot(bench.discogs, bench.lastfm));
});

test("with --no-history the chart still follows the counts", async () => {
  const bench = await createQuietFixture();
  await bench.sync({ history: false });
  expect(
    bench.lastfmServer.requests.filter(({ query }) => query["method"] === "user.getRecentTracks"),
  ).toEqual([]);
  bench.lastfm.listener.plays.add(buildPlayLike(bench, startUts + 60));
  const summary = await bench.sync({ history: false });
  expect(countRequests(summary)).toMatchObject({ albums: 2, history: 0 });
  expect(summary.steps.find((step) => step.name === "history")?.status).toBe("skipped");
});

test("accepts an empty collection and an empty history", async () => {
  const bench = await createSyncFixture({ records: 0, wants: 0, albums: 1, plays: 0 });
  const summary = await bench.sync();
  expect(summary).toMatchObject({ complete: true, notices: [] });
  expect(bench.database.prepare("SELECT step FROM publication ORDER BY step").pluck().all()).toEqual([
    "albums",
    "collection",
    "history",
    "wantlist",
  ]);
});
