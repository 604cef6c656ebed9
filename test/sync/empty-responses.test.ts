// An empty listing may be a fault: what is known isn't given up for it.
import { expect, test } from "vitest";
import { respondWith, type Fault } from "../support/response-faults.ts";
import { createSyncFixture, type SyncFixture } from "./fixture.ts";
import { readSnapshot, buildExpectedSnapshot } from "./snapshot.ts";

const size = { records: 130, wants: 5, albums: 20, plays: 300 };

const buildEmptyDiscogs = (rows: string): Fault =>
  respondWith(200, { pagination: { page: 1, pages: 1, per_page: 100, items: 0, urls: {} }, [rows]: [] });

const buildEmptyLastfm = (list: string, row: string, user: string, limit = ""): Fault =>
  respondWith(200, {
    [list]: { [row]: [], "@attr": { user, page: "1", perPage: limit, totalPages: "1", total: "0" } },
  });

/** Answers the calls of one listing with nothing: the first `times` of them. */
function emptyListing(bench: SyncFixture, listing: string, times: number): void {
  let left = times;
  const replaceIf = (fits: boolean, fault: Fault): Fault | undefined => {
    if (!fits || left === 0) return undefined;
    left -= 1;
    return fault;
  };
  bench.discogsServer.behaviour.onRequest = (_, { path }) =>
    replaceIf(
      listing === "collection" && path.endsWith("/folders/0/releases"),
      buildEmptyDiscogs("releases"),
    ) ?? replaceIf(listing === "wantlist" && path.endsWith("/wants"), buildEmptyDiscogs("wants"));
  bench.lastfmServer.behaviour.onRequest = (_, { query: { method, user = "", limit } }) =>
    replaceIf(
      listing === "albums" && method === "user.getTopAlbums",
      buildEmptyLastfm("topalbums", "album", user, limit),
    ) ??
    replaceIf(
      listing === "history" && method === "user.getRecentTracks",
      buildEmptyLastfm("recenttracks", "track", user, limit),
    );
}

const listings = ["collection", "wantlist", "albums", "history"] as const;

test("keeps a listing after one empty answer", async () => {
  const bench = await createSyncFixture(size);
  await bench.sync();
  const before = readSnapshot(bench.database);
  for (const listing of listings) {
    for (const full of [false, true]) {
      emptyListing(bench, listing, 1);
      expect({ listing, full, failures: (await bench.sync({ full })).failures }).toEqual({
        listing,
        full,
        failures: [],
      });
      expect(readSnapshot(bench.database)).toEqual(before);
    }
  }
});

test.each(listings)("completes the %s after one empty answer in the first sync", async (listing) => {
  const bench = await createSyncFixture(size);
  emptyListing(bench, listing, 1);
  const { failures } = await bench.sync();
  expect(failures).toEqual([]);
  expect(readSnapshot(bench.database)).toMatchObject(buildExpectedSnapshot(bench.discogs, bench.lastfm));
});

test("reads the history from the beginning after one without any play", async () => {
  const bench = await createSyncFixture(size);
  bench.lastfm.listener.plays.change(
    () => true,
    (play) => ({ ...play, uts: 0 }),
  );
  emptyListing(bench, "history", 2);
  await bench.sync();
  expect((await bench.sync()).notices).toEqual([]);
  expect(readSnapshot(bench.database)).toMatchObject(buildExpectedSnapshot(bench.discogs, bench.lastfm));
});

test("a collection that stays empty is kept, until the user says otherwise", async () => {
  const bench = await createSyncFixture(size);
  await bench.sync();
  const before = readSnapshot(bench.database);
  emptyListing(bench, "collection", 1_000);
  const { failures } = await bench.sync();
  expect(failures.map(({ exitCode, message }) => [exitCode, /130 are cached/.test(message)])).toEqual([
    [3, true],
  ]);
  expect(readSnapshot(bench.database)).toEqual(before);
  // Folder 0 and the profile still count them.
  expect((await bench.sync({ full: true })).failures.map(({ exitCode }) => exitCode)).toEqual([1]);
  expect(readSnapshot(bench.database)).toEqual(before);
  expect((await bench.sync({ full: true, acceptsRemovals: true })).failures).toEqual([]);
  expect(bench.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(0);
});

test.each(["albums", "history"] as const)(
  "%s that stay empty while they are counted are kept, and read again",
  async (listing) => {
    const bench = await createSyncFixture(size);
    const { plays } = bench.lastfm.listener;
    plays.change(
      (_, at) => at === 7,
      (play) => ({ ...play, uts: 0 }),
    );
    await bench.sync();
    const before = readSnapshot(bench.database);
    emptyListing(bench, listing, 1_000);
    const { failures } = await bench.sync({ full: true });
    expect(failures.map(({ exitCode }) => exitCode)).toEqual([3]);
    expect(readSnapshot(bench.database)).toEqual(before);
    emptyListing(bench, listing, 0);
    expect(await bench.sync({ full: true })).toMatchObject({ complete: true, notices: [] });
    expect(readSnapshot(bench.database)).toEqual(before);
  },
);
