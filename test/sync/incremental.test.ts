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
  const fixture = await createSyncFixture({ records: 150, wants: 30, albums: 100, plays: 400, ...size });
  const { plays } = fixture.lastfm.listener;
  plays.set(plays.rows.map((play) => ({ ...play, uts: Math.max(0, play.uts - 20 * day) })));
  return fixture;
}

function buildPlayLike(fixture: SyncFixture, uts: number, at = 0): Play {
  const like = fixture.lastfm.listener.plays.rows.filter((play) => play.album !== "" && play.uts > 0)[at];
  if (!like) throw new Error("nothing to play");
  return { ...like, uts };
}

test("costs no more requests for records added on top than for none", async () => {
  const fixture = await createQuietFixture();
  await fixture.sync();
  const { records } = fixture.discogs.shelf;
  const like = records.rows[0];
  if (!like) throw new Error("an empty shelf");
  const addCopy = (instanceId: number, uts: number): void =>
    records.add({ ...like, instanceId, dateAdded: formatDiscogsDate(uts), rating: 3, folderId: 1 });
  for (let n = 0; n < 40; n += 1) addCopy(90_000_000 + n, startUts + n);
  fixture.clock.nowMs += 3_600_000;
  const summary = await fixture.sync();
  expect(countRequests(summary)).toEqual({ collection: 2, wantlist: 1, albums: 1, history: 1, match: 0 });
  expect(getChanges(summary, "collection")).toEqual([40, 0, 0]);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test("reads the whole collection if the total shows a removed record", async () => {
  const fixture = await createQuietFixture();
  await fixture.sync();
  const { records } = fixture.discogs.shelf;
  records.remove((_, index) => index === 17 || index === 120);
  const summary = await fixture.sync();
  expect(getChanges(summary, "collection")).toEqual([0, 0, 2]);
  // identity, head, folders, fields, two pages, head
  expect(countRequests(summary)["collection"]).toBe(7);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test.each([
  ["small", 150, day],
  ["large", 1_020, 7 * day],
])("finds edits deep in a %s collection at the next full read", async (_, records, dueSeconds) => {
  const fixture = await createQuietFixture({ records });
  await fixture.sync();
  fixture.discogs.shelf.records.change(
    (_record, index) => index === 3,
    (row) => ({ ...row, rating: 5, folderId: 30 }),
  );
  fixture.discogs.shelf.folders.add({ id: 99, name: "New folder" });
  fixture.clock.nowMs += (dueSeconds - 60) * 1000;
  const early = await fixture.sync();
  expect(getChanges(early, "collection")).toEqual([0, 0, 0]);
  fixture.clock.nowMs += 120_000;
  const due = await fixture.sync();
  expect(getChanges(due, "collection")).toEqual([0, 1, 0]);
  expect(fixture.database.prepare("SELECT name FROM folder WHERE id = 99").pluck().get()).toBe("New folder");
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test("a few plays reload the chart and update last_played", async () => {
  const fixture = await createQuietFixture();
  await fixture.sync();
  fixture.clock.nowMs += 3_600_000;
  fixture.lastfm.listener.plays.add(
    buildPlayLike(fixture, startUts + 600),
    buildPlayLike(fixture, startUts + 900, 50),
  );
  const summary = await fixture.sync();
  expect(countRequests(summary)).toEqual({ collection: 2, wantlist: 1, albums: 2, history: 1, match: 0 });
  expect(getChanges(summary, "history")).toEqual([2, 0, 0]);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test("notices plays that are sent two weeks late, or deleted within two weeks", async () => {
  const fixture = await createQuietFixture();
  const { plays } = fixture.lastfm.listener;
  plays.add(buildPlayLike(fixture, startUts - 5 * day), buildPlayLike(fixture, startUts - 3 * day));
  await fixture.sync();
  plays.add(buildPlayLike(fixture, startUts - 13 * day, 7));
  plays.remove((play) => play.uts === startUts - 3 * day);
  fixture.clock.nowMs += day * 1000;
  const summary = await fixture.sync({ only: "listening" });
  // The counts didn't move; the window did.
  expect(getChanges(summary, "history")).toEqual([1, 0, 1]);
  expect(countRequests(summary)).toMatchObject({ albums: 2, history: 1 });
  const { records: _, wants: __, ...side } = buildExpectedSnapshot(fixture.discogs, fixture.lastfm);
  expect(readSnapshot(fixture.database)).toMatchObject(side);
});

test("reports an old deletion, which shows only in the user's count, once", async () => {
  const fixture = await createQuietFixture();
  await fixture.sync();
  fixture.lastfm.listener.plays.remove((_, index) => index === 100);
  const summary = await fixture.sync();
  expect(summary.notices).toEqual([expect.stringMatching(/more than two weeks ago .*rewind sync --full/)]);
  expect(summary.complete).toBe(true);
  expect((await fixture.sync()).notices).toEqual([]);
  expect(getChanges(await fixture.sync({ full: true }), "history")).toEqual([0, 0, 1]);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test("adds and removes wants", async () => {
  const fixture = await createQuietFixture({ wants: 230 });
  await fixture.sync();
  const { wants } = fixture.discogs.shelf;
  wants.remove((_, index) => index % 50 === 0);
  wants.change(
    (_, index) => index === 8,
    (want) => ({ ...want, notes: "the mono one" }),
  );
  const summary = await fixture.sync();
  expect(getChanges(summary, "wantlist")).toEqual([0, 1, 5]);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test("a clock that ran ahead for years loses no scrobble", async () => {
  const fixture = await createQuietFixture();
  fixture.clock.nowMs += 5 * 365 * day * 1000;
  await fixture.sync();
  fixture.lastfm.listener.plays.add(buildPlayLike(fixture, startUts + 60));
  const stillAhead = await fixture.sync();
  expect(getChanges(stillAhead, "history")).toEqual([1, 0, 0]);
  fixture.clock.nowMs = startMs + 7_200_000;
  fixture.lastfm.listener.plays.add(buildPlayLike(fixture, startUts + 3_600));
  expect(getChanges(await fixture.sync(), "history")).toEqual([1, 0, 0]);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test("with --no-history the chart still follows the counts", async () => {
  const fixture = await createQuietFixture();
  await fixture.sync({ history: false });
  expect(
    fixture.lastfmServer.requests.filter(({ query }) => query["method"] === "user.getRecentTracks"),
  ).toEqual([]);
  fixture.lastfm.listener.plays.add(buildPlayLike(fixture, startUts + 60));
  const summary = await fixture.sync({ history: false });
  expect(countRequests(summary)).toMatchObject({ albums: 2, history: 0 });
  expect(summary.steps.find((step) => step.name === "history")?.status).toBe("skipped");
});

test("accepts an empty collection and an empty history", async () => {
  const fixture = await createSyncFixture({ records: 0, wants: 0, albums: 1, plays: 0 });
  const summary = await fixture.sync();
  expect(summary).toMatchObject({ complete: true, notices: [] });
  expect(fixture.database.prepare("SELECT step FROM publication ORDER BY step").pluck().all()).toEqual([
    "albums",
    "collection",
    "history",
    "wantlist",
  ]);
});
