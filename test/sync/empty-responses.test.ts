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
function emptyListing(fixture: SyncFixture, listing: string, times: number): void {
  let left = times;
  const replaceIf = (fits: boolean, fault: Fault): Fault | undefined => {
    if (!fits || left === 0) return undefined;
    left -= 1;
    return fault;
  };
  fixture.discogsServer.behaviour.onRequest = (_, { path }) =>
    replaceIf(
      listing === "collection" && path.endsWith("/folders/0/releases"),
      buildEmptyDiscogs("releases"),
    ) ?? replaceIf(listing === "wantlist" && path.endsWith("/wants"), buildEmptyDiscogs("wants"));
  fixture.lastfmServer.behaviour.onRequest = (_, { query: { method, user = "", limit } }) =>
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
  const fixture = await createSyncFixture(size);
  await fixture.sync();
  const before = readSnapshot(fixture.database);
  for (const listing of listings) {
    for (const full of [false, true]) {
      emptyListing(fixture, listing, 1);
      expect({ listing, full, failures: (await fixture.sync({ full })).failures }).toEqual({
        listing,
        full,
        failures: [],
      });
      expect(readSnapshot(fixture.database)).toEqual(before);
    }
  }
});

test.each(listings)("completes the %s after one empty answer in the first sync", async (listing) => {
  const fixture = await createSyncFixture(size);
  emptyListing(fixture, listing, 1);
  const { failures } = await fixture.sync();
  expect(failures).toEqual([]);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test("reads the whole history after a sync that found it empty", async () => {
  const fixture = await createSyncFixture(size);
  fixture.lastfm.listener.plays.change(
    () => true,
    (play) => ({ ...play, uts: 0 }),
  );
  emptyListing(fixture, "history", 2);
  await fixture.sync();
  expect((await fixture.sync()).notices).toEqual([]);
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test("a collection that stays empty is kept, until the user says otherwise", async () => {
  const fixture = await createSyncFixture(size);
  await fixture.sync();
  const before = readSnapshot(fixture.database);
  emptyListing(fixture, "collection", 1_000);
  const { failures } = await fixture.sync();
  expect(failures.map(({ exitCode, message }) => [exitCode, /130 are cached/.test(message)])).toEqual([
    [3, true],
  ]);
  expect(readSnapshot(fixture.database)).toEqual(before);
  // Folder 0 and the profile still count them.
  expect((await fixture.sync({ full: true })).failures.map(({ exitCode }) => exitCode)).toEqual([1]);
  expect(readSnapshot(fixture.database)).toEqual(before);
  expect((await fixture.sync({ full: true, acceptsRemovals: true })).failures).toEqual([]);
  expect(fixture.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(0);
});

test.each(["albums", "history"] as const)(
  "%s that stay empty while they are counted are kept, and read again",
  async (listing) => {
    const fixture = await createSyncFixture(size);
    const { plays } = fixture.lastfm.listener;
    plays.change(
      (_, at) => at === 7,
      (play) => ({ ...play, uts: 0 }),
    );
    await fixture.sync();
    const before = readSnapshot(fixture.database);
    emptyListing(fixture, listing, 1_000);
    const { failures } = await fixture.sync({ full: true });
    expect(failures.map(({ exitCode }) => exitCode)).toEqual([3]);
    expect(readSnapshot(fixture.database)).toEqual(before);
    emptyListing(fixture, listing, 0);
    expect(await fixture.sync({ full: true })).toMatchObject({ complete: true, notices: [] });
    expect(readSnapshot(fixture.database)).toEqual(before);
  },
);
