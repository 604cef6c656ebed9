// An empty listing may be a fault: what is known isn't given up for it.
import { expect, test } from "vitest";
import { answer, type Fault } from "../support/faults.ts";
import { makeBench, type Bench } from "./bench.ts";
import { snapshot, truth } from "./truth.ts";

const size = { records: 130, wants: 5, albums: 20, plays: 300 };

const emptyDiscogs = (rows: string): Fault =>
  answer(200, { pagination: { page: 1, pages: 1, per_page: 100, items: 0, urls: {} }, [rows]: [] });

const emptyLastfm = (list: string, row: string, user: string, limit = ""): Fault =>
  answer(200, {
    [list]: { [row]: [], "@attr": { user, page: "1", perPage: limit, totalPages: "1", total: "0" } },
  });

/** Answers the calls of one listing with nothing: the first `times` of them. */
function emptied(bench: Bench, listing: string, times: number): void {
  let left = times;
  const instead = (fits: boolean, fault: Fault): Fault | undefined => {
    if (!fits || left === 0) return undefined;
    left -= 1;
    return fault;
  };
  bench.discogsServer.behaviour.onRequest = (_, { path }) =>
    instead(listing === "collection" && path.endsWith("/folders/0/releases"), emptyDiscogs("releases")) ??
    instead(listing === "wantlist" && path.endsWith("/wants"), emptyDiscogs("wants"));
  bench.lastfmServer.behaviour.onRequest = (_, { query: { method, user = "", limit } }) =>
    instead(
      listing === "albums" && method === "user.getTopAlbums",
      emptyLastfm("topalbums", "album", user, limit),
    ) ??
    instead(
      listing === "history" && method === "user.getRecentTracks",
      emptyLastfm("recenttracks", "track", user, limit),
    );
}

const listings = ["collection", "wantlist", "albums", "history"] as const;

test("after one empty answer, a listing is unchanged", async () => {
  const bench = await makeBench(size);
  await bench.sync();
  const before = snapshot(bench.database);
  for (const listing of listings) {
    for (const full of [false, true]) {
      emptied(bench, listing, 1);
      expect({ listing, full, failures: (await bench.sync({ full })).failures }).toEqual({
        listing,
        full,
        failures: [],
      });
      expect(snapshot(bench.database)).toEqual(before);
    }
  }
});

test.each(listings)("after one empty answer in the first sync, the %s is complete", async (listing) => {
  const bench = await makeBench(size);
  emptied(bench, listing, 1);
  const { failures } = await bench.sync();
  expect(failures).toEqual([]);
  expect(snapshot(bench.database)).toMatchObject(truth(bench.discogs, bench.lastfm));
});

test("after a history without any play, the next sync reads it from the beginning", async () => {
  const bench = await makeBench(size);
  bench.lastfm.listener.plays.change(
    () => true,
    (play) => ({ ...play, uts: 0 }),
  );
  emptied(bench, "history", 2);
  await bench.sync();
  expect((await bench.sync()).notes).toEqual([]);
  expect(snapshot(bench.database)).toMatchObject(truth(bench.discogs, bench.lastfm));
});

test("a collection that stays empty is kept, until the user says otherwise", async () => {
  const bench = await makeBench(size);
  await bench.sync();
  const before = snapshot(bench.database);
  emptied(bench, "collection", 1_000);
  const { failures } = await bench.sync();
  expect(failures.map(({ exitCode, message }) => [exitCode, /130 are cached/.test(message)])).toEqual([
    [3, true],
  ]);
  expect(snapshot(bench.database)).toEqual(before);
  // Folder 0 and the profile still count them.
  expect((await bench.sync({ full: true })).failures.map(({ exitCode }) => exitCode)).toEqual([1]);
  expect(snapshot(bench.database)).toEqual(before);
  expect((await bench.sync({ full: true, acceptsRemovals: true })).failures).toEqual([]);
  expect(bench.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(0);
});

test.each(["albums", "history"] as const)(
  "%s that stay empty while they are counted are kept, and read again",
  async (listing) => {
    const bench = await makeBench(size);
    const { plays } = bench.lastfm.listener;
    plays.change(
      (_, at) => at === 7,
      (play) => ({ ...play, uts: 0 }),
    );
    await bench.sync();
    const before = snapshot(bench.database);
    emptied(bench, listing, 1_000);
    const { failures } = await bench.sync({ full: true });
    expect(failures.map(({ exitCode }) => exitCode)).toEqual([3]);
    expect(snapshot(bench.database)).toEqual(before);
    emptied(bench, listing, 0);
    expect(await bench.sync({ full: true })).toMatchObject({ complete: true, notes: [] });
    expect(snapshot(bench.database)).toEqual(before);
  },
);
