// One side fails, refuses, hides or lies: the rest is kept, and it is said.
import { expect, test } from "vitest";
import { cacheStatus } from "../../src/queries/shelf/status.ts";
import { worstError } from "../../src/model/errors.ts";
import type { SyncSummary } from "../../src/sync/whole-sync.ts";
import { answer, cut, cutBody, edit, html, lastfmError, truncated, type Fault } from "../support/faults.ts";
import { pick, seeded } from "../support/random.ts";
import { makeBench, type Bench } from "./bench.ts";
import { flaws, snapshot, truth } from "./truth.ts";
import { rounds } from "../support/sample.ts";

const statuses = (summary: SyncSummary): Record<string, string> =>
  Object.fromEntries(summary.steps.map((step) => [step.name, step.status]));

const stateOf = ({ database }: Bench, name: string) =>
  cacheStatus(database).listings.find((listing) => listing.name === name);

const collection = (summary: SyncSummary) => summary.steps.find((step) => step.name === "collection");

test("a hidden history: albums still come, last_played is unknown, and the setting is named", async () => {
  const bench = await makeBench({ records: 60, wants: 5, plays: 300 });
  bench.lastfm.listener.hidden = true;
  expect(statuses(await bench.sync())).toMatchObject({ albums: "done", history: "hidden", match: "done" });
  expect(stateOf(bench, "history")).toMatchObject({ state: "hidden", walkedUts: null });
  bench.lastfm.listener.hidden = false;
  await bench.sync();
  expect(snapshot(bench.database)).toMatchObject(truth(bench.discogs, bench.lastfm));
  bench.lastfm.listener.hidden = true;
  const summary = await bench.sync({ full: true });
  expect(summary).toMatchObject({ complete: true, failures: [] });
  expect(statuses(summary)).toMatchObject({ albums: "unchanged", history: "hidden" });
  expect(summary.notes.join()).toContain("Hide recent listening information");
  const known = "SELECT count(*) FROM album WHERE last_played_uts IS NOT NULL";
  expect(bench.database.prepare(known).pluck().get()).toBe(0);
  expect(bench.database.prepare("SELECT max(last_played_uts) FROM match").pluck().get()).toBeNull();
  expect(statuses(await bench.sync())).toMatchObject({ history: "hidden" });
  bench.lastfm.listener.hidden = false;
  await bench.sync();
  expect(snapshot(bench.database)).toMatchObject(truth(bench.discogs, bench.lastfm));
});

test("a private wantlist is a note", async () => {
  const bench = await makeBench({ records: 60, wants: 5, plays: 500 });
  bench.discogs.others.push({ ...bench.discogs.shelf, username: "SomeoneElse", wantlistPublic: false });
  const summary = await bench.sync({
    accounts: { collection: "someoneelse", listening: bench.lastfm.listener.name.toUpperCase() },
  });
  expect(summary).toMatchObject({ complete: true, notes: [expect.stringContaining("wantlist is private")] });
  expect(statuses(summary)).toMatchObject({ collection: "done", wantlist: "private" });
  expect(stateOf(bench, "wantlist")).toMatchObject({ state: "private", walkedUts: null, walk: null });
  const again = await bench.sync({
    accounts: { collection: "SOMEONEELSE", listening: bench.lastfm.listener.name },
  });
  expect(again.steps.reduce((sum, step) => sum + step.requests, 0)).toBe(5);
  expect(bench.database.prepare("SELECT username FROM account ORDER BY service").pluck().all()).toEqual([
    "SomeoneElse",
    bench.lastfm.listener.name,
  ]);
});

test("a private collection is a failure; the other side is synced", async () => {
  const bench = await makeBench({ records: 60, wants: 5, plays: 500 });
  bench.discogs.others.push({ ...bench.discogs.shelf, username: "SomeoneElse", collectionPublic: false });
  const summary = await bench.sync({
    accounts: { collection: "SomeoneElse", listening: bench.lastfm.listener.name },
  });
  expect(worstError(summary.failures)?.exitCode).toBe(4);
  expect(statuses(summary)).toMatchObject({ collection: "failed", albums: "done", history: "done" });
});

test("Last.fm fails in the middle: Discogs is kept, and the next sync goes on", async () => {
  const bench = await makeBench({ records: 60, wants: 5, albums: 200, plays: 6_000 });
  const { plays } = bench.lastfm.listener;
  plays.set(plays.rows.map((play) => ({ ...play, uts: Math.max(0, play.uts - 20 * 86_400) })));
  bench.lastfmServer.behaviour.onRequest = (n) => (n > 4 ? html(503) : undefined);
  const summary = await bench.sync();
  expect(worstError(summary.failures)?.exitCode).toBe(3);
  expect(statuses(summary)).toMatchObject({ collection: "done", albums: "done", history: "failed" });
  const before = bench.lastfmServer.requests.length;
  bench.lastfmServer.behaviour.onRequest = null;
  await bench.sync();
  expect(snapshot(bench.database)).toMatchObject(truth(bench.discogs, bench.lastfm));
  // The user, what was left of seven windows, and the days before the first try again.
  expect(bench.lastfmServer.requests.length - before).toBeLessThan(10);
});

test("an interruption keeps the rows that were staged, and the next sync counts them", async () => {
  const bench = await makeBench({ records: 60, wants: 5, albums: 200, plays: 6_000 });
  const stop = new AbortController();
  bench.lastfmServer.behaviour.onRequest = (n) => {
    if (n === 5) stop.abort();
  };
  const interrupted = await bench.sync({ signal: stop.signal });
  expect(worstError(interrupted.failures)?.exitCode).toBe(130);
  expect(statuses(interrupted)).toMatchObject({ history: "interrupted" });
  const kept = bench.database.prepare("SELECT count(*) FROM staged_scrobble").pluck().get() as number;
  expect(kept).toBeGreaterThan(0);
  expect(interrupted.steps.find(({ name }) => name === "history")?.rows).toBe(kept);

  bench.lastfmServer.behaviour.onRequest = null;
  bench.events.length = 0;
  expect(await bench.sync()).toMatchObject({ complete: true });
  expect(snapshot(bench.database)).toMatchObject(truth(bench.discogs, bench.lastfm));
  const told = bench.events.filter(({ step, kind }) => step === "history" && kind === "progress");
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
  html(200),
  html(503),
  html(403, "Just a moment..."),
  answer(200, "", { "content-type": "application/json" }),
  cut,
  cutBody,
  truncated,
  answer(500, { message: "Query time exceeded. Please try a simpler query." }),
  answer(200, []),
  answer(200, { pagination: "?" }),
  lastfmError(8),
  lastfmError(16, 200),
];

/** The same seed, the same faults at the same requests. */
function faultsAtRandom(seed: number): () => Fault | undefined {
  const dice = seeded(seed);
  return () => (dice() < 0.2 ? pick(dice, faults) : undefined);
}

const seeds = Array.from({ length: rounds("REWIND_CHAOS_ROUNDS", { few: 1, whole: 4 }) }, (_, at) => at + 1);

test.each(seeds)("random faults, seed %i: the cache is right in the end", async (seed) => {
  const size = { records: 230, wants: 120, albums: 1_600, plays: 3_000, seed };
  const bench = await makeBench(size, {
    discogs: { onRequest: faultsAtRandom(seed) },
    lastfm: {
      onRequest: faultsAtRandom(seed + 1),
      bigPageFailure: (limit) => (limit > 200 ? 0.5 : limit > 50 ? 0.2 : 0),
      windowEnds: seed % 2 ? "exclusive" : "inclusive",
    },
  });
  let complete = false;
  // A run may give up; what it staged is kept, and another goes on.
  for (let run = 0; run < 6 && !complete; run += 1) {
    const summary = await bench.sync().catch((error: unknown) => error);
    complete = (summary as SyncSummary).complete;
    expect(flaws(bench.database)).toEqual([]);
  }
  expect(complete).toBe(true);
  expect(snapshot(bench.database)).toMatchObject(truth(bench.discogs, bench.lastfm));
});

interface Body {
  readonly pagination: { items: number; pages: number };
  readonly releases: unknown[];
}

/** Changes each page of the collection on its way out. */
function editCollection({ discogsServer }: Bench, change: (body: Body) => void): void {
  discogsServer.behaviour.onRequest = (_, { path }) =>
    path.endsWith("/folders/0/releases")
      ? edit((body: Partial<Body>) => {
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
])("a collection of %i whose count is wrong by %i is whole after two equal rounds", async (records, off) => {
  const bench = await makeBench({ records, wants: 3, albums: 10, plays: 50 });
  editCollection(bench, ({ pagination }) => {
    pagination.items += off;
    pagination.pages = Math.ceil(pagination.items / 100);
  });
  const { failures, notes } = await bench.sync();
  expect(failures).toEqual([]);
  expect(bench.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(records);
  expect(notes.join()).toContain(off > 0 ? `Discogs counts ${records + off} records` : "");
  expect(flaws(bench.database)).toEqual([]);
});

test("a record that is listed twice is one record", async () => {
  const bench = await makeBench({ records: 30, wants: 0, albums: 10, plays: 50 });
  editCollection(bench, ({ releases }) => {
    if (releases.length > 1) releases[0] = releases[1];
  });
  expect(await bench.sync()).toMatchObject({ complete: true, failures: [] });
  expect(bench.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(29);
});

test("a wrong count is noted, doubted for six hours, then accepted", async () => {
  const bench = await makeBench({ records: 230, wants: 5, plays: 500 });
  editCollection(bench, ({ pagination }) => (pagination.items += 3));
  expect((await bench.sync()).notes).toEqual([
    expect.stringContaining("counts 233 records in the collection but lists 230"),
  ]);
  const doubting = await bench.sync();
  expect(doubting).toMatchObject({ complete: true });
  expect(collection(doubting)).toMatchObject({ status: "short", added: 0, removed: 0 });
  bench.clock.nowMs += 6 * 3_600_000;
  expect(collection(await bench.sync())).toMatchObject({ status: "short" });
  expect(collection(await bench.sync())).toMatchObject({ requests: 2, status: "unchanged" });
});

test("records are synced without the names of folders", async () => {
  const bench = await makeBench({ records: 120, wants: 0, albums: 10, plays: 20 });
  bench.discogsServer.behaviour.onRequest = (_, { path }) =>
    path.endsWith("/folders") ? html(502) : undefined;
  const { failures, notes } = await bench.sync();
  expect(failures).toEqual([]);
  expect(notes.join()).toContain("no names for folders");
  expect(bench.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(120);
});
