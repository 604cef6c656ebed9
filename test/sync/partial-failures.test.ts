// One side fails, refuses, hides or lies: the rest is kept, and it is said.
import { expect, test } from "vitest";
import { readCacheStatus } from "../../src/queries/shelf/status.ts";
import { findWorstError } from "../../src/model/errors.ts";
import type { SyncSummary } from "../../src/sync/whole-sync.ts";
import {
  respondWith,
  cut,
  cutBody,
  editBody,
  respondWithHtml,
  respondWithLastfmError,
  truncated,
  type Fault,
} from "../support/response-faults.ts";
import { pickItem, createSeededRandom } from "../support/random.ts";
import { createSyncFixture, type SyncFixture } from "./fixture.ts";
import { findFileFaults, readSnapshot, buildExpectedSnapshot } from "./snapshot.ts";
import { getRoundCount } from "../support/sampling.ts";

const listStatuses = (summary: SyncSummary): Record<string, string> =>
  Object.fromEntries(summary.steps.map((step) => [step.name, step.status]));

const findListingState = ({ database }: SyncFixture, name: string) =>
  readCacheStatus(database).listings.find((listing) => listing.name === name);

const findCollectionStep = (summary: SyncSummary) => summary.steps.find((step) => step.name === "collection");

test("syncs albums without last_played if the history is hidden, and names the setting", async () => {
  const fixture = await createSyncFixture({ records: 60, wants: 5, plays: 300 });
  fixture.lastfm.listener.hidden = true;
  expect(listStatuses(await fixture.sync())).toMatchObject({
    albums: "done",
    history: "hidden",
    match: "done",
  });
  expect(findListingState(fixture, "history")).toMatchObject({ state: "hidden", fullReadUts: null });
  fixture.lastfm.listener.hidden = false;
  await fixture.sync();
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
  fixture.lastfm.listener.hidden = true;
  const summary = await fixture.sync({ full: true });
  expect(summary).toMatchObject({ complete: true, failures: [] });
  expect(listStatuses(summary)).toMatchObject({ albums: "unchanged", history: "hidden" });
  expect(summary.notices.join()).toContain("Hide recent listening information");
  const known = "SELECT count(*) FROM album WHERE last_played_uts IS NOT NULL";
  expect(fixture.database.prepare(known).pluck().get()).toBe(0);
  expect(fixture.database.prepare("SELECT max(last_played_uts) FROM match").pluck().get()).toBeNull();
  expect(listStatuses(await fixture.sync())).toMatchObject({ history: "hidden" });
  fixture.lastfm.listener.hidden = false;
  await fixture.sync();
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test("reports a private wantlist as a notice", async () => {
  const fixture = await createSyncFixture({ records: 60, wants: 5, plays: 500 });
  fixture.discogs.others.push({ ...fixture.discogs.shelf, username: "SomeoneElse", wantlistPublic: false });
  const summary = await fixture.sync({
    accounts: { collection: "someoneelse", listening: fixture.lastfm.listener.name.toUpperCase() },
  });
  expect(summary).toMatchObject({
    complete: true,
    notices: [expect.stringContaining("wantlist is private")],
  });
  expect(listStatuses(summary)).toMatchObject({ collection: "done", wantlist: "private" });
  expect(findListingState(fixture, "wantlist")).toMatchObject({
    state: "private",
    fullReadUts: null,
    checkpoint: null,
  });
  const again = await fixture.sync({
    accounts: { collection: "SOMEONEELSE", listening: fixture.lastfm.listener.name },
  });
  expect(again.steps.reduce((sum, step) => sum + step.requests, 0)).toBe(5);
  expect(fixture.database.prepare("SELECT username FROM account ORDER BY service").pluck().all()).toEqual([
    "SomeoneElse",
    fixture.lastfm.listener.name,
  ]);
});

test("fails for a private collection, and syncs the history", async () => {
  const fixture = await createSyncFixture({ records: 60, wants: 5, plays: 500 });
  fixture.discogs.others.push({ ...fixture.discogs.shelf, username: "SomeoneElse", collectionPublic: false });
  const summary = await fixture.sync({
    accounts: { collection: "SomeoneElse", listening: fixture.lastfm.listener.name },
  });
  expect(findWorstError(summary.failures)?.exitCode).toBe(4);
  expect(listStatuses(summary)).toMatchObject({ collection: "failed", albums: "done", history: "done" });
});

test("keeps Discogs if Last.fm fails halfway, and continues in the next sync", async () => {
  const fixture = await createSyncFixture({ records: 60, wants: 5, albums: 200, plays: 6_000 });
  const { plays } = fixture.lastfm.listener;
  plays.set(plays.rows.map((play) => ({ ...play, uts: Math.max(0, play.uts - 20 * 86_400) })));
  fixture.lastfmServer.behaviour.onRequest = (n) => (n > 4 ? respondWithHtml(503) : undefined);
  const summary = await fixture.sync();
  expect(findWorstError(summary.failures)?.exitCode).toBe(3);
  expect(listStatuses(summary)).toMatchObject({ collection: "done", albums: "done", history: "failed" });
  const before = fixture.lastfmServer.requests.length;
  fixture.lastfmServer.behaviour.onRequest = null;
  await fixture.sync();
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
  // The user, what was left of seven windows, and the days before the first try again.
  expect(fixture.lastfmServer.requests.length - before).toBeLessThan(10);
});

test("an interruption keeps the rows that were staged, and the next sync counts them", async () => {
  const fixture = await createSyncFixture({ records: 60, wants: 5, albums: 200, plays: 6_000 });
  const stop = new AbortController();
  fixture.lastfmServer.behaviour.onRequest = (n) => {
    if (n === 5) stop.abort();
  };
  const interrupted = await fixture.sync({ signal: stop.signal });
  expect(findWorstError(interrupted.failures)?.exitCode).toBe(130);
  expect(listStatuses(interrupted)).toMatchObject({ history: "interrupted" });
  const kept = fixture.database.prepare("SELECT count(*) FROM staged_scrobble").pluck().get() as number;
  expect(kept).toBeGreaterThan(0);
  expect(interrupted.steps.find(({ name }) => name === "history")?.rows).toBe(kept);

  fixture.lastfmServer.behaviour.onRequest = null;
  fixture.events.length = 0;
  expect(await fixture.sync()).toMatchObject({ complete: true });
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
  const told = fixture.events.filter(({ step, kind }) => step === "history" && kind === "progress");
  expect(told[0]?.rows).toBeGreaterThan(kept);
  expect(told[0]?.pages).toBeGreaterThan(Math.floor(kept / 1_000));
  for (const { rows, rowsExpected, pages, pagesExpected } of told) {
    expect(rowsExpected).toBeGreaterThanOrEqual(rows);
    expect(rowsExpected).toBeGreaterThanOrEqual(6_000);
    expect(rowsExpected).toBeLessThan(6_000 * 1.2);
    expect(pagesExpected).toBeGreaterThanOrEqual(pages);
  }
  const pages = told.map((event) => event.pages);
  expect(pages).toEqual(pages.toSorted((a, b) => a - b));
});

const faults = [
  respondWithHtml(200),
  respondWithHtml(503),
  respondWithHtml(403, "Just a moment..."),
  respondWith(200, "", { "content-type": "application/json" }),
  cut,
  cutBody,
  truncated,
  respondWith(500, { message: "Query time exceeded. Please try a simpler query." }),
  respondWith(200, []),
  respondWith(200, { pagination: "?" }),
  respondWithLastfmError(8),
  respondWithLastfmError(16, 200),
];

/** The same seed, the same faults at the same requests. */
function createRandomFaults(seed: number): () => Fault | undefined {
  const dice = createSeededRandom(seed);
  return () => (dice() < 0.2 ? pickItem(dice, faults) : undefined);
}

const seeds = Array.from(
  { length: getRoundCount("REWIND_CHAOS_ROUNDS", { few: 1, whole: 4 }) },
  (_, at) => at + 1,
);

test.each(seeds)("reaches a correct cache after random faults, seed %i", async (seed) => {
  const size = { records: 230, wants: 120, albums: 1_600, plays: 3_000, seed };
  const fixture = await createSyncFixture(size, {
    discogs: { onRequest: createRandomFaults(seed) },
    lastfm: {
      onRequest: createRandomFaults(seed + 1),
      bigPageFailure: (limit) => (limit > 200 ? 0.5 : limit > 50 ? 0.2 : 0),
      windowEnds: seed % 2 ? "exclusive" : "inclusive",
    },
  });
  let complete = false;
  // A run may give up; what it staged is kept, and another goes on.
  for (let run = 0; run < 6 && !complete; run += 1) {
    const summary = await fixture.sync().catch((error: unknown) => error);
    complete = (summary as SyncSummary).complete;
    expect(findFileFaults(fixture.database)).toEqual([]);
  }
  expect(complete).toBe(true);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

interface Body {
  readonly pagination: { items: number; pages: number };
  readonly releases: unknown[];
}

/** Changes each page of the collection on its way out. */
function editCollection({ discogsServer }: SyncFixture, change: (body: Body) => void): void {
  discogsServer.behaviour.onRequest = (_, { path }) =>
    path.endsWith("/folders/0/releases")
      ? editBody((body: Partial<Body>) => {
          if (body.pagination && body.releases) change(body as Body);
        })
      : undefined;
}

test.each([
  [230, 3],
  [230, -3],
  [230, 100],
  [40, 2],
  [40, -2],
])("completes a collection of %i whose count is wrong by %i after two equal rounds", async (records, off) => {
  const fixture = await createSyncFixture({ records, wants: 3, albums: 10, plays: 50 });
  editCollection(fixture, ({ pagination }) => {
    pagination.items += off;
    pagination.pages = Math.ceil(pagination.items / 100);
  });
  const { failures, notices } = await fixture.sync();
  expect(failures).toEqual([]);
  expect(fixture.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(records);
  expect(notices.join()).toContain(off > 0 ? `Discogs counts ${records + off} records` : "");
  expect(findFileFaults(fixture.database)).toEqual([]);
});

test("stores a record that is listed twice once", async () => {
  const fixture = await createSyncFixture({ records: 30, wants: 0, albums: 10, plays: 50 });
  editCollection(fixture, ({ releases }) => {
    if (releases.length > 1) releases[0] = releases[1];
  });
  expect(await fixture.sync()).toMatchObject({ complete: true, failures: [] });
  expect(fixture.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(29);
});

test("reports a wrong count, holds it for six hours, then accepts it", async () => {
  const fixture = await createSyncFixture({ records: 230, wants: 5, plays: 500 });
  editCollection(fixture, ({ pagination }) => (pagination.items += 3));
  expect((await fixture.sync()).notices).toEqual([
    expect.stringContaining("counts 233 records in the collection but lists 230"),
  ]);
  const doubting = await fixture.sync();
  expect(doubting).toMatchObject({ complete: true });
  expect(findCollectionStep(doubting)).toMatchObject({ status: "short", added: 0, removed: 0 });
  fixture.clock.nowMs += 6 * 3_600_000;
  expect(findCollectionStep(await fixture.sync())).toMatchObject({ status: "short" });
  expect(findCollectionStep(await fixture.sync())).toMatchObject({ requests: 2, status: "unchanged" });
});

test("records are synced without the names of folders", async () => {
  const fixture = await createSyncFixture({ records: 120, wants: 0, albums: 10, plays: 20 });
  fixture.discogsServer.behaviour.onRequest = (_, { path }) =>
    path.endsWith("/folders") ? respondWithHtml(502) : undefined;
  const { failures, notices } = await fixture.sync();
  expect(failures).toEqual([]);
  expect(notices.join()).toContain("no names for folders");
  expect(fixture.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(120);
});
