// A listing that loses rows: what a fault looks like is kept, what is proven goes, and what comes back is what it was.
import { expect, test } from "vitest";
import { readCacheStatus } from "../../src/queries/shelf/status.ts";
import type { SyncSummary } from "../../src/sync/whole-sync.ts";
import { countStaged } from "../../src/store/file/listings.ts";
import { respondWith, editBody, lost, type Fault } from "../support/response-faults.ts";
import type { LoggedRequest } from "../support/fake-service.ts";
import { Listing } from "../support/editable-list.ts";
import { createSyncFixture, type SyncFixture } from "./fixture.ts";
import { findFileFaults, readSnapshot, buildExpectedSnapshot } from "./snapshot.ts";

const hourMs = 3_600_000;

const listExitCodes = (summary: SyncSummary): number[] => summary.failures.map(({ exitCode }) => exitCode);
const findStep = (summary: SyncSummary, name: string) => summary.steps.find((result) => result.name === name);
const findListingState = async (fixture: SyncFixture, name: string) =>
  readCacheStatus(fixture.database).listings.find((listing) => listing.name === name)?.state;
const readIds = (fixture: SyncFixture): unknown[] =>
  fixture.database.prepare("SELECT instance_id, id FROM record ORDER BY instance_id").raw().all();

function insertDecisions(fixture: SyncFixture): void {
  fixture.database.exec(`
    INSERT INTO decision SELECT release_id, instance_id, 'none', 1700000000 FROM record WHERE instance_id % 3 = 0`);
}

const isCollectionRequest = ({ path }: LoggedRequest): boolean => path.endsWith("/folders/0/releases");

/** Discogs counts all, but past the first page there is nothing; or no page holds more than three rows. */
const shortages: readonly (readonly [string, (request: LoggedRequest) => Fault | undefined])[] = [
  [
    "404 from page 2 on",
    (request) =>
      isCollectionRequest(request) && Number(request.query["page"]) > 1
        ? respondWith(404, { message: `Page ${request.query["page"]} is outside of valid range [1, 1].` })
        : undefined,
  ],
  [
    "pages of three rows",
    (request) =>
      isCollectionRequest(request)
        ? editBody((body: { releases?: unknown[] }) => body.releases?.splice(3))
        : undefined,
  ],
];

test.each(shortages)("removes nothing after %s, and restores everything on recovery", async (_, shortage) => {
  const fixture = await createSyncFixture({ records: 253, wants: 3, albums: 40, plays: 100 });
  await fixture.sync();
  insertDecisions(fixture);
  const before = readIds(fixture);
  const { records } = fixture.discogs.shelf;
  const newest = records.rows.at(-1);
  if (!newest) throw new Error("an empty shelf");
  records.add({ ...newest, instanceId: newest.instanceId + 5, dateAdded: "2025-11-01T10:00:00-07:00" });
  fixture.discogsServer.behaviour.onRequest = (_n, request) => shortage(request);
  for (const full of [true, false, true]) {
    const summary = await fixture.sync({ full });
    expect(listExitCodes(summary)).toEqual([3]);
    expect(findStep(summary, "collection")).toMatchObject({ status: "short", rows: 254, removed: 0 });
    expect(await findListingState(fixture, "collection")).toBe("short");
  }
  fixture.discogsServer.behaviour.onRequest = null;
  expect(await fixture.sync()).toMatchObject({ complete: true });
  expect(await findListingState(fixture, "collection")).toBe("complete");
  expect(readIds(fixture).slice(0, 253)).toEqual(before);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test.each(shortages)(
  "prints a notice after %s at the first sync, and reads the rest in the next",
  async (_, shortage) => {
    const fixture = await createSyncFixture({ records: 253, wants: 3, albums: 40, plays: 100 });
    fixture.discogsServer.behaviour.onRequest = (_n, request) => shortage(request);
    const first = await fixture.sync();
    expect(first).toMatchObject({ complete: true, notices: [expect.stringContaining("counts 253 records")] });
    expect(await findListingState(fixture, "collection")).toBe("short");
    fixture.discogsServer.behaviour.onRequest = null;
    expect(findStep(await fixture.sync(), "collection")).toMatchObject({ rows: 253, status: "done" });
    expect(await findListingState(fixture, "collection")).toBe("complete");
  },
);

/** A fault that looks like a smaller shelf through and through, but in the other counts. */
function shrinkCollection(fixture: SyncFixture, left: number): void {
  const { records } = fixture.discogs.shelf;
  const all = records.rows;
  fixture.discogsServer.behaviour.onRequest = (_, request) => {
    const isListing = isCollectionRequest(request);
    if (isListing && records.rows.length === all.length) records.set(all.slice(0, left));
    if (!isListing && records.rows.length !== all.length) records.set(all);
  };
}

function restoreCollection(
  fixture: SyncFixture,
  all: SyncFixture["discogs"]["shelf"]["records"]["rows"],
): void {
  fixture.discogsServer.behaviour.onRequest = null;
  fixture.discogs.shelf.records.set(all);
}

test("holds a large unconfirmed removal for six hours; the records keep their ids", async () => {
  const fixture = await createSyncFixture({ records: 183, wants: 3, albums: 40, plays: 100 });
  await fixture.sync();
  insertDecisions(fixture);
  const all = fixture.discogs.shelf.records.rows;
  const before = { ids: readIds(fixture), rows: readSnapshot(fixture.database) };
  shrinkCollection(fixture, 120);
  for (const [laterMs, full] of [
    [0, true],
    [5 * hourMs, false],
    [0, true],
  ] as const) {
    fixture.clock.nowMs += laterMs;
    const summary = await fixture.sync({ full });
    expect(listExitCodes(summary)).toEqual([1]);
    // rewind sync shows the first line of a hint.
    expect(summary.failures[0]?.hint).toMatch(/^.*--accept-removals$/);
    expect(findStep(summary, "collection")).toMatchObject({ status: "held", rows: 183, removed: 0 });
    expect(await findListingState(fixture, "collection")).toBe("held");
  }
  expect(readSnapshot(fixture.database)).toEqual(before.rows);
  fixture.clock.nowMs += hourMs;
  const settled = await fixture.sync();
  expect(listExitCodes(settled)).toEqual([]);
  expect(findStep(settled, "collection")).toMatchObject({ rows: 120, removed: 63 });
  expect(fixture.database.prepare("SELECT count(*) FROM tombstone").pluck().get()).toBe(63);
  restoreCollection(fixture, all);
  expect(await fixture.sync()).toMatchObject({ complete: true });
  expect(readIds(fixture)).toEqual(before.ids);
  expect(fixture.database.prepare("SELECT count(*) FROM tombstone").pluck().get()).toBe(0);
  expect(findFileFaults(fixture.database)).toEqual([]);
});

test("holds other missing rows again until a recovery", async () => {
  const fixture = await createSyncFixture({ records: 183, wants: 0, albums: 40, plays: 100 });
  await fixture.sync();
  const all = fixture.discogs.shelf.records.rows;
  shrinkCollection(fixture, 120);
  expect(listExitCodes(await fixture.sync({ full: true }))).toEqual([1]);
  restoreCollection(fixture, all);
  shrinkCollection(fixture, 130);
  fixture.clock.nowMs += 7 * hourMs;
  expect(listExitCodes(await fixture.sync())).toEqual([1]);
  restoreCollection(fixture, all);
  expect(listExitCodes(await fixture.sync())).toEqual([]);
  expect(await findListingState(fixture, "collection")).toBe("complete");
  expect(readIds(fixture)).toHaveLength(183);
});

test("a large removal that folder 0 and the profile confirm takes two more requests", async () => {
  const fixture = await createSyncFixture({ records: 183, wants: 0, albums: 40, plays: 100 });
  await fixture.sync();
  const ids = readIds(fixture);
  const all = fixture.discogs.shelf.records.rows;
  fixture.discogs.shelf.records.set(all.slice(0, 120));
  const summary = await fixture.sync();
  expect(listExitCodes(summary)).toEqual([]);
  // identity, head, folders, fields, two pages, head, folders, profile
  expect(findStep(summary, "collection")).toMatchObject({ rows: 120, removed: 63, requests: 9 });
  restoreCollection(fixture, all);
  await fixture.sync();
  expect(readIds(fixture)).toEqual(ids);
});

test.each([
  [183, 20],
  [1_060, 21],
])("of %i records, removes up to %i missing ones without confirmation", async (records, most) => {
  const fixture = await createSyncFixture({ records, wants: 0, albums: 5, plays: 10 });
  await fixture.sync();
  const all = fixture.discogs.shelf.records.rows;
  shrinkCollection(fixture, records - most);
  const believed = await fixture.sync({ full: true, only: "collection" });
  expect([listExitCodes(believed), findStep(believed, "collection")?.removed]).toEqual([[], most]);
  restoreCollection(fixture, all);
  await fixture.sync({ only: "collection" });
  shrinkCollection(fixture, records - most - 1);
  const held = await fixture.sync({ full: true, only: "collection" });
  expect([listExitCodes(held), findStep(held, "collection")?.removed]).toEqual([[1], 0]);
});

test("a record that was removed comes back with its id; one that is new has a new one", async () => {
  const fixture = await createSyncFixture({ records: 30, wants: 0, albums: 50, plays: 100 });
  await fixture.sync();
  const ids = readIds(fixture);
  const { records } = fixture.discogs.shelf;
  const gone = records.rows[17];
  if (!gone) throw new Error("an empty shelf");
  records.remove((row) => row === gone);
  await fixture.sync();
  records.add({ ...gone, instanceId: gone.instanceId + 1 });
  await fixture.sync();
  records.add(gone);
  await fixture.sync();
  const after = readIds(fixture) as [number, number][];
  expect(after.filter(([instanceId]) => instanceId !== gone.instanceId + 1)).toEqual(ids);
  expect(after.find(([instanceId]) => instanceId === gone.instanceId + 1)?.[1]).toBe(31);
});

/** A listing cut to its first rows while another count goes on counting all. */
test("a removal of many wants needs the profile's count", async () => {
  const fixture = await createSyncFixture({ records: 5, wants: 130, albums: 50, plays: 100 });
  await fixture.sync();
  const { wants } = fixture.discogs.shelf;
  const all = wants.rows;
  fixture.discogsServer.behaviour.onRequest = (_, { path }) =>
    wants.set(path.endsWith("/wants") ? all.slice(0, 60) : all);
  const held = await fixture.sync();
  expect(listExitCodes(held)).toEqual([1]);
  expect(findStep(held, "wantlist")).toMatchObject({ status: "held", rows: 130 });
  fixture.discogsServer.behaviour.onRequest = null;
  wants.set(all.slice(0, 60));
  const believed = await fixture.sync();
  expect(listExitCodes(believed)).toEqual([]);
  expect(findStep(believed, "wantlist")).toMatchObject({ rows: 60, removed: 70 });
});

test("a removal of many albums needs the user's count", async () => {
  const fixture = await createSyncFixture({ records: 5, wants: 0, albums: 300, plays: 900 });
  await fixture.sync();
  const { listener } = fixture.lastfm;
  const chart = fixture.database
    .prepare("SELECT artist, title, play_count AS playCount FROM album")
    .all() as {
    artist: string;
    title: string;
    playCount: number;
  }[];
  const all = chart.map((row) => ({ ...row, mbid: null, url: null }));
  fixture.lastfmServer.behaviour.onRequest = (_, { query }) => {
    listener.chart = new Listing(query["method"] === "user.getTopAlbums" ? all.slice(0, 20) : all);
  };
  const held = await fixture.sync({ full: true });
  expect(listExitCodes(held)).toEqual([1]);
  expect(findStep(held, "albums")).toMatchObject({ status: "held", rows: all.length });
  fixture.lastfmServer.behaviour.onRequest = null;
  listener.chart = new Listing(all.slice(0, 20));
  const believed = await fixture.sync();
  expect(listExitCodes(believed)).toEqual([]);
  expect(findStep(believed, "albums")).toMatchObject({ rows: 20, removed: all.length - 20 });
});

test("keeps plays that are no longer listed while the user's count includes them", async () => {
  const fixture = await createSyncFixture({ records: 5, wants: 0, albums: 150, plays: 600 });
  fixture.lastfm.listener.unlistedPlays = 40;
  const first = await fixture.sync();
  expect(first.notices).toEqual([expect.stringContaining("reports 640 plays but lists 600")]);
  expect(await findListingState(fixture, "history")).toBe("short");
  const { plays } = fixture.lastfm.listener;
  const all = plays.rows;
  const some = all.filter((_, at) => at % 3 > 0);
  fixture.lastfmServer.behaviour.onRequest = (_, { query }) =>
    plays.set(query["method"] === "user.getRecentTracks" ? some : all);
  for (const full of [true, false]) {
    const held = await fixture.sync({ full });
    expect(listExitCodes(held)).toEqual([1]);
    expect(findStep(held, "history")).toMatchObject({ status: "held", rows: 600, removed: 0 });
  }
  fixture.clock.nowMs += 6 * hourMs;
  const settled = await fixture.sync();
  expect(listExitCodes(settled)).toEqual([]);
  expect(findStep(settled, "history")).toMatchObject({
    rows: some.length,
    removed: all.length - some.length,
  });
  fixture.lastfmServer.behaviour.onRequest = null;
  plays.set(all);
  expect(findStep(await fixture.sync({ full: true }), "history")).toMatchObject({ rows: 600 });
  plays.set(some);
  const believed = await fixture.sync({ full: true });
  expect(listExitCodes(believed)).toEqual([]);
  expect(findStep(believed, "history")).toMatchObject({ removed: all.length - some.length });
});

test("a collection that grows with each page is refused, and nothing of it stays staged", async () => {
  const fixture = await createSyncFixture({ records: 1_000, wants: 0 });
  let pages = 0;
  fixture.discogsServer.behaviour.onRequest = (_, { path }) => {
    if (!path.endsWith("/folders/0/releases")) return undefined;
    pages += 1;
    if (pages > 40) return lost;
    return editBody((body: { pagination: { items: number; pages: number } }) => {
      body.pagination.items = 600 * pages;
      body.pagination.pages = 6 * pages;
    });
  };
  const { failures } = await fixture.sync({ only: "collection" });
  expect(failures).toMatchObject([
    { exitCode: 3, message: expect.stringContaining("the collection does not end") },
  ]);
  expect(countStaged(fixture.database, "collection")).toBe(0);
});
