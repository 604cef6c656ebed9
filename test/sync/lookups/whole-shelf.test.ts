// sync --tracklists: what every release on the shelf holds, at the pace of the service, once, whatever comes between.
import { expect, test } from "vitest";
import type { ListedTrack } from "../../../src/model/model.ts";
import type { SyncEvent } from "../../../src/sync/whole-sync.ts";
import { makeBench, startMs, type Bench } from "../bench.ts";
import { tracklistReader } from "../../../src/store/shelf/tracklists.ts";
import { credit, openCache, listedTrack } from "../../support/filled-cache.ts";

/** REWIND_TRACKLISTS=3000 REWIND_KILLS=10 for a shelf as large as they come. */
const releases = Number(process.env["REWIND_TRACKLISTS"] ?? 90);
const patience = { timeout: 180_000 + releases * 60 };
const aMinute = { authenticated: 60, anonymous: 25, windowMs: 60_000 };
const day = 86_400_000;

const list: readonly ListedTrack[] = [
  listedTrack("Side A", { position: "A", durationSeconds: 200 }),
  listedTrack("Suite", {
    kind: "index",
    artists: [credit("Ann (2)", { id: 4, anv: "Annie", join: "&" }), credit("Bob")],
    parts: ["B1", "B2"].map((position) => listedTrack(`Part ${position}`, { position })),
  }),
];

/** A shelf on which every tenth release is gone from the service. */
async function shelfBench(records: number, limit: typeof aMinute | null = null): Promise<Bench> {
  const bench = await makeBench({ records, wants: 0, albums: 5, plays: 20 }, { discogs: { limit } });
  const ids = [...new Set(bench.discogs.shelf.records.rows.map(({ release }) => release.id))];
  bench.discogs.tracklists = new Map(ids.filter((id) => id % 10 !== 0).map((id) => [id, list]));
  return bench;
}

const shelved = (bench: Bench): number[] =>
  [...new Set(bench.discogs.shelf.records.rows.map(({ release }) => release.id))].toSorted((a, b) => a - b);

/** The releases asked for, with when they were. */
function asked({ discogsServer }: Bench): { id: number; atMs: number; status: number }[] {
  return discogsServer.requests.flatMap(({ path, atMs, status }) => {
    const id = /^\/releases\/(\d+)$/.exec(path)?.[1];
    return id === undefined ? [] : [{ id: Number(id), atMs, status: status ?? 0 }];
  });
}

const soonest = (event: SyncEvent | undefined): number => (event?.soonestMs ?? 0) / 60_000;

const inOrder = (requests: readonly { id: number }[]): number[] =>
  requests.map(({ id }) => id).toSorted((a, b) => a - b);

function knownIn(path: string): ReadonlySet<unknown> {
  const database = openCache(path);
  const known = database.prepare("SELECT release_id FROM tracklist WHERE state <> 'wanted'").pluck().all();
  database.close();
  return new Set(known);
}

test("asks for every release once, sixty a minute, as the last step", patience, async () => {
  const bench = await shelfBench(releases, aMinute);
  const summary = await bench.sync({ tracklists: true });
  expect(summary).toMatchObject({ complete: true, notes: [], failures: [] });
  const requests = asked(bench);
  expect(inOrder(requests)).toEqual(shelved(bench));
  expect(requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(summary.steps.at(-1)).toMatchObject({
    name: "tracklists",
    requests: requests.length,
    rows: bench.discogs.tracklists.size,
    added: bench.discogs.tracklists.size,
  });
  const read = tracklistReader(bench.database);
  for (const id of shelved(bench)) expect(read(id)).toEqual(bench.discogs.tracklists.get(id));
  // Earlier requests used a part of the first minute.
  const minutes = ((requests.at(-1)?.atMs ?? 0) - (bench.discogsServer.requests[0]?.atMs ?? 0)) / 60_000;
  const fewest = bench.discogsServer.requests.length / 60 - 1;
  expect(minutes).toBeGreaterThanOrEqual(fewest);
  expect(minutes).toBeLessThan(fewest * 1.08 + 1);
  const listings = bench.discogsServer.requests.findLastIndex(({ path }) => !path.startsWith("/releases/"));
  expect(
    bench.discogsServer.requests.slice(0, listings).every(({ path }) => !path.startsWith("/releases/")),
  ).toBe(true);
  for (const days of [1, 400]) {
    bench.clock.nowMs = startMs + days * day;
    await bench.sync({ tracklists: true });
  }
  expect(asked(bench)).toHaveLength(requests.length);
});

test("the progress bar counts the whole shelf and estimates by the limit", async () => {
  const bench = await shelfBench(75, aMinute);
  const stop = new AbortController();
  bench.discogsServer.behaviour.onRequest = (_, { path }) => {
    if (path === `/releases/${shelved(bench)[20]}`) stop.abort();
  };
  await bench.sync({ tracklists: true, signal: stop.signal });
  const kept = knownIn(bench.path).size;
  bench.discogsServer.behaviour.onRequest = null;
  bench.events.length = 0;
  await bench.sync({ tracklists: true });
  const told = bench.events.filter(({ kind, step }) => kind === "progress" && step === "tracklists");
  const whole = shelved(bench).length;
  const counts = told.map(({ pages, pagesExpected }) => [pages, pagesExpected]);
  expect(counts).toEqual(Array.from({ length: whole - kept }, (_, at) => [kept + at + 1, whole]));
  expect(soonest(told.at(-1))).toBe(0);
  const half = told[Math.floor(told.length / 2)];
  expect(soonest(half)).toBeLessThanOrEqual((whole - (half?.pages ?? 0)) / 60 + 0.1);
});
