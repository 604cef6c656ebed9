// Logged plays go to Last.fm and to ListenBrainz; what comes back from both is one play.
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { cliWorld, type CliWorld, expectNoSecret } from "../support/cli-world.ts";
import { lost } from "../support/faults.ts";
import { type ListenBrainz, startListenBrainz } from "../support/listenbrainz-stand-in.ts";
import { makeListenBrainzWorld, plainListen } from "../support/listenbrainz-world.ts";
import { Listing } from "../support/listing.ts";
import { noon, type CliOptions, type CliResult } from "../support/run-cli.ts";
import { scrobbleDesk, type ScrobbleDesk } from "../support/scrobble-desk.ts";
import { listedTrack } from "../support/filled-cache.ts";

const secret = "fedcba9876543210fedcba9876543210";
const session = "session-of-the-turntable";
const later = 3_601_000;

const tracklist = ["A1", "A2", "B1"].map((position) =>
  listedTrack(`Track ${position}`, { position, durationSeconds: position === "A1" ? 301 : null }),
);

const listensWorld = makeListenBrainzWorld();
let world: CliWorld;
let desk: ScrobbleDesk;
let server: ListenBrainz;

beforeEach(async () => {
  world = await cliWorld();
  const { clock } = world;
  desk = scrobbleDesk(world.worlds.lastfm, { secret, nowMs: () => clock.now() });
  desk.sessions.set(session, world.worlds.lastfm.listener.name);
  world.lastfm.behaviour.desk = desk;
  listensWorld.listens = new Listing([plainListen(noon / 1000 - 90_000)]);
  server = await startListenBrainz(listensWorld, { clock, tellsTime: true, limit: null });
  onTestFinished(() => server.close());
  for (const { release } of world.worlds.discogs.shelf.records.rows) {
    world.worlds.discogs.tracklists.set(release.id, tracklist);
  }
  await rewind(["sync"]);
});

async function rewind(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const env = {
    LASTFM_SHARED_SECRET: secret,
    LASTFM_SESSION_KEY: session,
    LISTENBRAINZ_USERNAME: listensWorld.username,
    LISTENBRAINZ_TOKEN: listensWorld.token,
    LISTENBRAINZ_API_URL: server.url,
  };
  const result = await world.rewind(argv, { ...options, env: { ...env, ...options.env } });
  expectNoSecret([secret, session, listensWorld.token], result, world.home);
  return result;
}

/** Of the plays that were logged. */
const listedTitles = (): string[] =>
  listensWorld.listens.rows.slice(1).map(({ metadata }) => metadata.track_name);

async function statesOf(): Promise<unknown> {
  const { stdout } = await rewind(["played", "--list", "--json"]);
  const { data } = JSON.parse(stdout) as {
    data: { tracks: { state: string; listenbrainz_state: string | null }[] }[];
  };
  return data.flatMap(({ tracks }) =>
    tracks.map(({ state, listenbrainz_state }) => [state, listenbrainz_state]),
  );
}

const countScrobbles = async (): Promise<number> => {
  const { stdout } = await rewind(["sql", "SELECT count(*) AS n FROM scrobbles", "--as", "ndjson"]);
  return (JSON.parse(stdout) as { n: number }).n;
};

test("sync and status say what was read from ListenBrainz", async () => {
  const { stderr } = await rewind(["sync"]);
  expect(stderr).toMatch(/ListenBrainz +1 listen +2 requests .* unchanged/);
  const { stdout } = await rewind(["status"]);
  expect(stdout).toMatch(/listens +1 +complete/);
});

test("a play goes to both, and comes back as one", async () => {
  const before = await countScrobbles();
  const { stderr, code } = await rewind(["played", "1", "--at", "8:00", "--scrobble", "--yes"]);
  expect(code).toBe(0);
  expect(stderr).toContain("Sent to Last.fm: 3 plays.");
  expect(stderr).toContain("Sent to ListenBrainz: 3 plays.");
  expect(desk.stored).toHaveLength(3);
  expect(await statesOf()).toEqual(tracklist.map(() => ["sent", "queued"]));
  world.clock.jump(later);
  const synced = await rewind(["sync"]);
  expect(synced.code).toBe(0);
  expect(listedTitles()).toEqual(["Track A1", "Track A2", "Track B1"]);
  expect(await statesOf()).toEqual(tracklist.map(() => ["sent", "sent"]));
  expect(await countScrobbles()).toBe(before + 3);
});

test("a length that is a guess is not sent, so that the same play is known again", async () => {
  await rewind(["played", "1", "--at", "8:00", "--scrobble", "--yes"]);
  server.store();
  const lengths = listensWorld.listens.rows
    .slice(1)
    .map(({ metadata }) => metadata.additional_info?.["duration_ms"]);
  expect(lengths).toEqual([301_000, undefined, undefined]);
});

test.each([
  ["lastfm", 3, 0],
  ["listenbrainz", 0, 3],
])("scrobble_to %s sends there alone", async (target, toLastfm, toListenBrainz) => {
  await rewind(["played", "1", "--at", "8:00", "--scrobble", "--yes"], {
    env: { REWIND_SCROBBLE_TO: target },
  });
  server.store();
  expect(desk.stored).toHaveLength(toLastfm);
  expect(listedTitles()).toHaveLength(toListenBrainz);
});

test("one service that fails does not keep the play from the other", async () => {
  world.lastfm.behaviour.onRequest = (_, { method }) => (method === "POST" ? lost : undefined);
  const { code, stderr } = await rewind(["played", "1", "--at", "8:00", "--scrobble", "--yes"]);
  expect(code).toBe(3);
  expect(stderr).toContain("Sent to ListenBrainz: 3 plays.");
  expect(stderr).toContain("The play is saved.");
  world.lastfm.behaviour.onRequest = null;
  const again = await rewind(["played", "--send"]);
  expect(again.stderr).toContain("Sent to Last.fm: 3 plays.");
  server.store();
  expect(listedTitles()).toHaveLength(3);
  expect(server.submissions).toHaveLength(1);
});

test("undo deletes on ListenBrainz and says that only the website can on Last.fm", async () => {
  await rewind(["played", "1", "--at", "8:00", "--scrobble", "--yes"]);
  world.clock.jump(later);
  await rewind(["sync"]);
  const { stderr, stdout } = await rewind(["played", "--undo"]);
  expect(stderr).toContain("Deleted on ListenBrainz: 3 tracks");
  expect(stderr).toContain("3 tracks are still on Last.fm, where only you can delete plays");
  expect(stdout).toContain("Deleted: ");
  world.clock.jump(later);
  await rewind(["sync"]);
  expect(listedTitles()).toEqual([]);
});

test("if ListenBrainz cannot be asked, undo keeps the play", async () => {
  await rewind(["played", "1", "--at", "8:00", "--scrobble", "--yes"]);
  world.clock.jump(later);
  server.behaviour.onRequest = () => lost;
  const { code, stderr } = await rewind(["played", "--undo"]);
  expect(code).toBe(3);
  expect(stderr).toContain("ListenBrainz");
  server.behaviour.onRequest = null;
  expect(await statesOf()).toHaveLength(3);
  expect((await rewind(["played", "--undo"])).stderr).toContain("Deleted on ListenBrainz: 3 tracks");
});

test("the token is not shown, whatever goes wrong", async () => {
  server.behaviour.onRequest = () => ({
    kind: "answer",
    status: 400,
    body: JSON.stringify({ code: 400, error: `no: ${listensWorld.token}` }),
    headers: {},
  });
  const { stderr, code } = await rewind(["sync", "--verbose", "--debug"]);
  expect(code).toBe(3);
  expect(stderr).toContain("ListenBrainz answered 400");
});
