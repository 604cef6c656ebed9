import { expect, test } from "vitest";
import { createCliFixture } from "../support/cli-fixture.ts";
import { withHomeCache, getHomeCachePath, buildRecord, buildAlbumPlays } from "../support/filled-cache.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";
import { startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { createListenBrainzData, buildPlainListen } from "../support/listenbrainz-data.ts";
import { noon as now, runCli } from "../support/run-cli.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const filling = {
  records: [buildRecord({ artist: "Can", title: "Tago Mago" })],
  plays: buildAlbumPlays("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z", tracks: 7 }),
  nowMs: now - 7_200_000,
};

test("before the first sync it says so and exits with 0", async () => {
  const { run, json } = createCommandRunner("status", createTempDirectory());
  const { code, stdout } = await run();
  expect(code).toBe(0);
  expect(stdout).toContain("Nothing is synced yet");
  const missing = { state: "missing", rows: 0 };
  expect(await json()).toMatchObject({
    accounts: { discogs: null, lastfm: null },
    syncing: false,
    listings: ["collection", "wantlist"].map((name) => ({ name, ...missing })),
    next_full_read: null,
    matches: null,
  });
});

test("names only the sync before the first one once the accounts are set", async () => {
  const home = createTempDirectory();
  for (const [token, commands] of [
    [{}, "rewind login, then rewind sync"],
    [{ DISCOGS_TOKEN: "token" }, "rewind sync"],
  ] as const) {
    const env = { DISCOGS_TOKEN: undefined, ...token };
    expect((await runCli(["status"], { home, env })).stdout).toContain(`\nRun: ${commands} ·`);
    const { code, stderr } = await runCli(["xref"], { home, env });
    expect([code, stderr]).toEqual([5, expect.stringContaining(`\nRun: ${commands}  `)]);
  }
});

test("shows accounts, rows, ages and the date of the next full sync", async () => {
  const home = await createFilledHome(filling);
  const { json, screen } = createCommandRunner("status", home);
  const synced_at = "2026-03-14T10:00:00Z";
  expect(await json()).toMatchObject({
    accounts: { discogs: "CrateDigger", lastfm: "NightOwl" },
    cache: { path: getHomeCachePath(home), bytes: expect.any(Number) },
    listings: [
      { name: "collection", state: "complete", rows: 1, reported: 1, synced_at, checkpoint: null },
      { name: "wantlist", state: "complete", rows: 0 },
      { name: "albums", state: "complete", rows: 1 },
      { name: "history", state: "complete", rows: 7 },
    ],
    next_full_read: "2026-03-15T10:00:00Z",
    matches: { scrobbled: 1, artist_only: 0, none: 0, needs_review: 0 },
  });
  const stdout = await screen();
  expect(stdout).toContain("Discogs CrateDigger · Last.fm NightOwl");
  expect(stdout).toMatch(/^collection +1 +complete +2 h ago +2 h ago$/m);
  expect(stdout).toContain("after 15 Mar 2026");
});

test("counts ListenBrainz's listens by its own name, and shows its account", async () => {
  const { rewind } = await createCliFixture();
  const twice = buildPlainListen(1_600_000_000);
  const listenbrainz = await startFakeListenBrainz(createListenBrainzData([twice, twice]), { limit: null });
  const withListenBrainz = {
    LISTENBRAINZ_API_URL: listenbrainz.url,
    LISTENBRAINZ_USERNAME: "nightowl",
    LASTFM_API_KEY: "",
    LASTFM_USERNAME: "",
  };
  const { code, stderr } = await rewind(["sync"], { env: { ...withListenBrainz, NO_COLOR: "1" }, tty: true });
  expect(code).toBe(0);
  const [note = ""] = stderr.split("\n").filter((line) => line.startsWith("Note: "));
  expect(note).toContain("ListenBrainz counts 2 plays");
  expect(note.length).toBeLessThanOrEqual(80);
  const { stdout } = await rewind(["status"]);
  expect(stdout).toContain("Discogs CrateDigger · ListenBrainz NightOwl");
  expect(stdout).toContain("1 more by ListenBrainz's count");
});

test("the sync after rewind send plays reads what was sent, however old it is", async () => {
  const { rewind, clock } = await createCliFixture();
  const world = createListenBrainzData([buildPlainListen(clock.now() / 1000 - 3600)]);
  const listenbrainz = await startFakeListenBrainz(world, { clock, limit: null });
  const env = { LISTENBRAINZ_API_URL: listenbrainz.url, LISTENBRAINZ_TOKEN: world.token };
  expect(await rewind(["sync"], { env })).toMatchObject({ code: 0 });
  expect(await rewind(["send", "plays", "--to", "listenbrainz", "--yes"], { env })).toMatchObject({
    code: 0,
  });
  expect(world.listens.rows.length).toBeGreaterThan(100);
  clock.jump(600_000);
  const { code, stderr } = await rewind(["sync"], { env });
  expect({ code, count: /ListenBrainz counts.*/.exec(stderr) }).toEqual({ code: 0, count: null });
  expect((await rewind(["status"], { env })).stdout).not.toContain("ListenBrainz's count");
});

test("names a service that is connected and was not read yet", async () => {
  const { rewind } = await createCliFixture({ records: 20, albums: 15, plays: 100 });
  await rewind(["sync", "--only", "discogs"]);
  const { stdout } = await rewind(["status"]);
  expect(stdout).toContain("Last.fm is connected, and no play of it is read yet: rewind sync");
  await rewind(["sync"]);
  expect((await rewind(["status"])).stdout).not.toContain("is connected");
});

test("shows a missing history, an unfinished read, and hidden or private lists", async () => {
  const home = await createFilledHome({ ...filling, history: false });
  withHomeCache(home, (database) =>
    database.exec(`
      INSERT INTO checkpoint (step, started_uts, state) VALUES ('history', ${now / 1000 - 600}, '{}');
      INSERT INTO staged_scrobble (uts, artist, track, album, album_mbid, occurrence)
        VALUES (1700000000, 'Can', 'Halleluhwah', 'Tago Mago', '', 1);
      UPDATE publication SET detail = '{"isPrivate":true}' WHERE step = 'wantlist'`),
  );
  const { json, screen } = createCommandRunner("status", home);
  const stdout = await screen();
  expect(stdout).toMatch(/^history +1 +so far +1 rows?, started 10 min ago$/m);
  expect(stdout).toMatch(/^wantlist +0 +private on Discogs/m);
  expect(stdout).toContain("Not everything is synced yet: rewind sync");
  expect(await json()).toMatchObject({
    listings: [{}, { state: "private" }, {}, { state: "missing", checkpoint: { rows: 1 } }],
  });
});
