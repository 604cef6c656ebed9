import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/open-cache.ts";
import { cacheIn, fillCache, record, sitting } from "../support/filled-cache.ts";
import { runCli, runCliJson } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const now = Date.UTC(2026, 2, 14, 12);
const filling = {
  records: [record({ artist: "Can", title: "Tago Mago" })],
  plays: sitting("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z", tracks: 7 }),
  nowMs: now - 7_200_000,
};

test("before the first sync it says so and exits with 0", async () => {
  const { code, stdout } = await runCli(["status"], { now });
  expect(code).toBe(0);
  expect(stdout).toContain("Nothing is synced yet");
  expect(await runCliJson(["status", "--json"], { now })).toMatchObject({
    accounts: { discogs: null, lastfm: null },
    syncing: false,
    listings: ["collection", "wantlist", "albums", "history"].map((name) => ({
      name,
      state: "missing",
      rows: 0,
    })),
    next_full_walk: null,
    matches: null,
  });
});

test("shows accounts, rows, ages and the date of the next full sync", async () => {
  const home = tempDirectory();
  await fillCache(home, filling);
  expect(await runCliJson(["status", "--json"], { home, now })).toMatchObject({
    accounts: { discogs: "CrateDigger", lastfm: "NightOwl" },
    cache: { path: cacheIn(home), bytes: expect.any(Number) },
    listings: [
      {
        name: "collection",
        state: "complete",
        rows: 1,
        reported: 1,
        synced_at: "2026-03-14T10:00:00Z",
        walk: null,
      },
      { name: "wantlist", state: "complete", rows: 0 },
      { name: "albums", state: "complete", rows: 1 },
      { name: "history", state: "complete", rows: 7 },
    ],
    next_full_walk: "2026-03-15T10:00:00Z",
    matches: { scrobbled: 1, artist_only: 0, none: 0, doubtful: 0 },
  });
  const { stdout } = await runCli(["status"], { home, now, tty: true, columns: 100, env: { NO_COLOR: "1" } });
  expect(stdout).toContain("Discogs CrateDigger · Last.fm NightOwl");
  expect(stdout).toMatch(/^collection +1 +complete +2 h ago +2 h ago$/m);
  expect(stdout).toContain("after 15 Mar 2026");
});

test("shows a missing history, a running walk, and hidden or private sides", async () => {
  const home = tempDirectory();
  await fillCache(home, { ...filling, history: false });
  const database = openDatabase(cacheIn(home), { mode: "write" });
  database?.exec(`
    INSERT INTO walk (step, started_uts, state) VALUES ('history', ${now / 1000 - 600}, '{}');
    INSERT INTO staged_scrobble (uts, artist, track, album, album_mbid, occurrence)
      VALUES (1700000000, 'Can', 'Halleluhwah', 'Tago Mago', '', 1);
    UPDATE publication SET detail = '{"isPrivate":true}' WHERE step = 'wantlist'`);
  database?.close();
  const { stdout } = await runCli(["status"], { home, now, tty: true, columns: 100, env: { NO_COLOR: "1" } });
  expect(stdout).toMatch(/^history +0 +not synced yet +1 rows?, started 10 min ago$/m);
  expect(stdout).toMatch(/^wantlist +0 +private on Discogs/m);
  expect(stdout).toContain("Not everything is synced yet: rewind sync");
  expect(await runCliJson(["status", "--json"], { home, now })).toMatchObject({
    listings: [{}, { state: "private" }, {}, { state: "missing", walk: { rows: 1 } }],
  });
});
