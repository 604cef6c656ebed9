// A listing that loses rows: what a fault looks like is kept, what is proven goes, and what comes back is what it was.
import { expect, test } from "vitest";
import { cacheStatus } from "../../src/queries/shelf/status.ts";
import type { SyncSummary } from "../../src/sync/whole-sync.ts";
import { countStaged } from "../../src/store/file/listings.ts";
import { answer, edit, lost, type Fault } from "../support/faults.ts";
import type { LoggedRequest } from "../support/stand-in.ts";
import { Listing } from "../support/listing.ts";
import { makeBench, type Bench } from "./bench.ts";
import { flaws, snapshot, truth } from "./truth.ts";

const hourMs = 3_600_000;

const codes = (summary: SyncSummary): number[] => summary.failures.map(({ exitCode }) => exitCode);
const step = (summary: SyncSummary, name: string) => summary.steps.find((result) => result.name === name);
const stateOf = async (bench: Bench, name: string) =>
  cacheStatus(bench.database).listings.find((listing) => listing.name === name)?.state;
const idsOf = (bench: Bench): unknown[] =>
  bench.database.prepare("SELECT instance_id, id FROM record ORDER BY instance_id").raw().all();

function decide(bench: Bench): void {
  bench.database.exec(`
    INSERT INTO decision SELECT release_id, instance_id, 'none', 1700000000 FROM record WHERE instance_id % 3 = 0`);
}

const isOf = ({ path }: LoggedRequest): boolean => path.endsWith("/folders/0/releases");

/** Discogs counts all, but past the first page there is nothing; or no page holds more than three rows. */
const shortages: readonly (readonly [string, (request: LoggedRequest) => Fault | undefined])[] = [
  [
    "404 from page 2 on",
    (request) =>
      isOf(request) && Number(request.query["page"]) > 1
        ? answer(404, { message: `Page ${request.query["page"]} is outside of valid range [1, 1].` })
        : undefined,
  ],
  [
    "pages of three rows",
    (request) =>
      isOf(request) ? edit((body: { releases?: unknown[] }) => body.releases?.splice(3)) : undefined,
  ],
];

test.each(shortages)("%s: nothing is removed, and the recovery restores everything", async (_, shortage) => {
  const bench = await makeBench({ records: 253, wants: 3, albums: 40, plays: 100 });
  await bench.sync();
  decide(bench);
  const before = idsOf(bench);
  const { records } = bench.discogs.shelf;
  const newest = records.rows.at(-1);
  if (!newest) throw new Error("an empty shelf");
  records.add({ ...newest, instanceId: newest.instanceId + 5, dateAdded: "2025-11-01T10:00:00-07:00" });
  bench.discogsServer.behaviour.onRequest = (_n, request) => shortage(request);
  for (const full of [true, false, true]) {
    const summary = await bench.sync({ full });
    expect(codes(summary)).toEqual([3]);
    expect(step(summary, "collection")).toMatchObject({ status: "short", rows: 254, removed: 0 });
    expect(await stateOf(bench, "collection")).toBe("short");
  }
  bench.discogsServer.behaviour.onRequest = null;
  expect(await bench.sync()).toMatchObject({ complete: true });
  expect(await stateOf(bench, "collection")).toBe("complete");
  expect(idsOf(bench).slice(0, 253)).toEqual(before);
  expect(snapshot(bench.database)).toMatchObject(truth(bench.discogs, bench.lastfm));
});

test.each(shortages)(
  "%s at the first sync: a note, and the next sync brings the rest",
  async (_, shortage) => {
    const bench = await makeBench({ records: 253, wants: 3, albums: 40, plays: 100 });
    bench.discogsServer.behaviour.onRequest = (_n, request) => shortage(request);
    const first = await bench.sync();
    expect(first).toMatchObject({ complete: true, notes: [expect.stringContaining("counts 253 records")] });
    expect(await stateOf(bench, "collection")).toBe("short");
    bench.discogsServer.behaviour.onRequest = null;
    expect(step(await bench.sync(), "collection")).toMatchObject({ rows: 253, status: "done" });
    expect(await stateOf(bench, "collection")).toBe("complete");
  },
);

/** A fault that looks like a smaller shelf through and through, but in the other counts. */
function shrunk(bench: Bench, left: number): void {
  const { records } = bench.discogs.shelf;
  const all = records.rows;
  bench.discogsServer.behaviour.onRequest = (_, request) => {
    const isListing = isOf(request);
    if (isListing && records.rows.length === all.length) records.set(all.slice(0, left));
    if (!isListing && records.rows.length !== all.length) records.set(all);
  };
}

function recovered(bench: Bench, all: Bench["discogs"]["shelf"]["records"]["rows"]): void {
  bench.discogsServer.behaviour.onRequest = null;
  bench.discogs.shelf.records.set(all);
}

test("a large removal without a witness is held for six hours; the records keep their ids", async () => {
  const bench = await makeBench({ records: 183, wants: 3, albums: 40, plays: 100 });
  await bench.sync();
  decide(bench);
  const all = bench.discogs.shelf.records.rows;
  const before = { ids: idsOf(bench), rows: snapshot(bench.database) };
  shrunk(bench, 120);
  for (const [laterMs, full] of [
    [0, true],
    [5 * hourMs, false],
    [0, true],
  ] as const) {
    bench.clock.nowMs += laterMs;
    const summary = await bench.sync({ full });
    expect(codes(summary)).toEqual([1]);
    // rewind sync shows the first line of a hint.
    expect(summary.failures[0]?.hint).toMatch(/^.*--accept-removals$/);
    expect(step(summary, "collection")).toMatchObject({ status: "held", rows: 183, removed: 0 });
    expect(await stateOf(bench, "collection")).toBe("held");
  }
  expect(snapshot(bench.database)).toEqual(before.rows);
  bench.clock.nowMs += hourMs;
  const settled = await bench.sync();
  expect(codes(settled)).toEqual([]);
  expect(step(settled, "collection")).toMatchObject({ rows: 120, removed: 63 });
  expect(bench.database.prepare("SELECT count(*) FROM tombstone").pluck().get()).toBe(63);
  recovered(bench, all);
  expect(await bench.sync()).toMatchObject({ complete: true });
  expect(idsOf(bench)).toEqual(before.ids);
  expect(bench.database.prepare("SELECT count(*) FROM tombstone").pluck().get()).toBe(0);
  expect(flaws(bench.database)).toEqual([]);
});

test("other missing rows are held again; a recovery ends it", async () => {
  const bench = await makeBench({ records: 183, wants: 0, albums: 40, plays: 100 });
  await bench.sync();
  const all = bench.discogs.shelf.records.rows;
  shrunk(bench, 120);
  expect(codes(await bench.sync({ full: true }))).toEqual([1]);
  recovered(bench, all);
  shrunk(bench, 130);
  bench.clock.nowMs += 7 * hourMs;
  expect(codes(await bench.sync())).toEqual([1]);
  recovered(bench, all);
  expect(codes(await bench.sync())).toEqual([]);
  expect(await stateOf(bench, "collection")).toBe("complete");
  expect(idsOf(bench)).toHaveLength(183);
});

test("a large removal that folder 0 and the profile confirm takes two more requests", async () => {
  const bench = await makeBench({ records: 183, wants: 0, albums: 40, plays: 100 });
  await bench.sync();
  const ids = idsOf(bench);
  const all = bench.discogs.shelf.records.rows;
  bench.discogs.shelf.records.set(all.slice(0, 120));
  const summary = await bench.sync();
  expect(codes(summary)).toEqual([]);
  // identity, head, folders, fields, two pages, head, folders, profile
  expect(step(summary, "collection")).toMatchObject({ rows: 120, removed: 63, requests: 9 });
  recovered(bench, all);
  await bench.sync();
  expect(idsOf(bench)).toEqual(ids);
});

test.each([
  [183, 20],
  [1_060, 21],
])("of %i records %i may be missing on the listing's word alone", async (records, most) => {
  const bench = await makeBench({ records, wants: 0, albums: 5, plays: 10 });
  await bench.sync();
  const all = bench.discogs.shelf.records.rows;
  shrunk(bench, records - most);
  const believed = await bench.sync({ full: true, only: "collection" });
  expect([codes(believed), step(believed, "collection")?.removed]).toEqual([[], most]);
  recovered(bench, all);
  await bench.sync({ only: "collection" });
  shrunk(bench, records - most - 1);
  const held = await bench.sync({ full: true, only: "collection" });
  expect([codes(held), step(held, "collection")?.removed]).toEqual([[1], 0]);
});

test("a record that was removed comes back with its id; one that is new has a new one", async () => {
  const bench = await makeBench({ records: 30, wants: 0, albums: 50, plays: 100 });
  await bench.sync();
  const ids = idsOf(bench);
  const { records } = bench.discogs.shelf;
  const gone = records.rows[17];
  if (!gone) throw new Error("an empty shelf");
  records.remove((row) => row === gone);
  await bench.sync();
  records.add({ ...gone, instanceId: gone.instanceId + 1 });
  await bench.sync();
  records.add(gone);
  await bench.sync();
  const after = idsOf(bench) as [number, number][];
  expect(after.filter(([instanceId]) => instanceId !== gone.instanceId + 1)).toEqual(ids);
  expect(after.find(([instanceId]) => instanceId === gone.instanceId + 1)?.[1]).toBe(31);
});

/** A listing cut to its first rows while another count goes on counting all. */
test("a removal of many wants needs the profile's count", async () => {
  const bench = await makeBench({ records: 5, wants: 130, albums: 50, plays: 100 });
  await bench.sync();
  const { wants } = bench.discogs.shelf;
  const all = wants.rows;
  bench.discogsServer.behaviour.onRequest = (_, { path }) =>
    wants.set(path.endsWith("/wants") ? all.slice(0, 60) : all);
  const held = await bench.sync();
  expect(codes(held)).toEqual([1]);
  expect(step(held, "wantlist")).toMatchObject({ status: "held", rows: 130 });
  bench.discogsServer.behaviour.onRequest = null;
  wants.set(all.slice(0, 60));
  const believed = await bench.sync();
  expect(codes(believed)).toEqual([]);
  expect(step(believed, "wantlist")).toMatchObject({ rows: 60, removed: 70 });
});

test("a removal of many albums needs the user's count", async () => {
  const bench = await makeBench({ records: 5, wants: 0, albums: 300, plays: 900 });
  await bench.sync();
  const { listener } = bench.lastfm;
  const chart = bench.database.prepare("SELECT artist, title, play_count AS playCount FROM album").all() as {
    artist: string;
    title: string;
    playCount: number;
  }[];
  const all = chart.map((row) => ({ ...row, mbid: null, url: null }));
  bench.lastfmServer.behaviour.onRequest = (_, { query }) => {
    listener.chart = new Listing(query["method"] === "user.getTopAlbums" ? all.slice(0, 20) : all);
  };
  const held = await bench.sync({ full: true });
  expect(codes(held)).toEqual([1]);
  expect(step(held, "albums")).toMatchObject({ status: "held", rows: all.length });
  bench.lastfmServer.behaviour.onRequest = null;
  listener.chart = new Listing(all.slice(0, 20));
  const believed = await bench.sync();
  expect(codes(believed)).toEqual([]);
  expect(step(believed, "albums")).toMatchObject({ rows: 20, removed: all.length - 20 });
});

test("missing plays are held while the user's count includes them", async () => {
  const bench = await makeBench({ records: 5, wants: 0, albums: 150, plays: 600 });
  bench.lastfm.listener.unlistedPlays = 40;
  const first = await bench.sync();
  expect(first.notes).toEqual([expect.stringContaining("reports 640 plays but lists 600")]);
  expect(await stateOf(bench, "history")).toBe("short");
  const { plays } = bench.lastfm.listener;
  const all = plays.rows;
  const some = all.filter((_, at) => at % 3 > 0);
  bench.lastfmServer.behaviour.onRequest = (_, { query }) =>
    plays.set(query["method"] === "user.getRecentTracks" ? some : all);
  for (const full of [true, false]) {
    const held = await bench.sync({ full });
    expect(codes(held)).toEqual([1]);
    expect(step(held, "history")).toMatchObject({ status: "held", rows: 600, removed: 0 });
  }
  bench.clock.nowMs += 6 * hourMs;
  const settled = await bench.sync();
  expect(codes(settled)).toEqual([]);
  expect(step(settled, "history")).toMatchObject({ rows: some.length, removed: all.length - some.length });
  bench.lastfmServer.behaviour.onRequest = null;
  plays.set(all);
  expect(step(await bench.sync({ full: true }), "history")).toMatchObject({ rows: 600 });
  plays.set(some);
  const believed = await bench.sync({ full: true });
  expect(codes(believed)).toEqual([]);
  expect(step(believed, "history")).toMatchObject({ removed: all.length - some.length });
});

test("a collection that grows with each page is refused, and nothing of it stays staged", async () => {
  const bench = await makeBench({ records: 1_000, wants: 0 });
  let pages = 0;
  bench.discogsServer.behaviour.onRequest = (_, { path }) => {
    if (!path.endsWith("/folders/0/releases")) return undefined;
    pages += 1;
    if (pages > 40) return lost;
    return edit((body: { pagination: { items: number; pages: number } }) => {
      body.pagination.items = 600 * pages;
      body.pagination.pages = 6 * pages;
    });
  };
  const { failures } = await bench.sync({ only: "collection" });
  expect(failures).toMatchObject([
    { exitCode: 3, message: expect.stringContaining("the collection does not end") },
  ]);
  expect(countStaged(bench.database, "collection")).toBe(0);
});
