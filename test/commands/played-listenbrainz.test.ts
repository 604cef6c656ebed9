// Logged plays go to Last.fm and to ListenBrainz; what comes back from both is one play.
import { beforeEach, expect, test } from "vitest";
import { expectNoSecret } from "../support/cli-fixture.ts";
import { lost } from "../support/response-faults.ts";
import { type FakeListenBrainz, startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { createListenBrainzData, buildPlainListen } from "../support/listenbrainz-data.ts";
import { Listing } from "../support/editable-list.ts";
import { noon, type CliResult } from "../support/run-cli.ts";
import {
  buildTrackAt,
  createScrobblingFixture,
  type ScrobblingFixture,
} from "../support/scrobbling-fixture.ts";

const oneHourMs = 3_601_000;
const tracklist = [buildTrackAt("A1", 301), buildTrackAt("A2", null), buildTrackAt("B1", null)];
const listenBrainzData = createListenBrainzData();
let fixture: ScrobblingFixture;
let server: FakeListenBrainz;

beforeEach(async () => {
  fixture = await createScrobblingFixture(tracklist);
  listenBrainzData.listens = new Listing([buildPlainListen(noon / 1000 - 90_000)]);
  server = await startFakeListenBrainz(listenBrainzData, {
    clock: fixture.clock,
    tellsTime: true,
    limit: null,
  });
  await runRewind("sync");
});

async function runRewind(line: string, more: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const env = {
    LISTENBRAINZ_USERNAME: listenBrainzData.username,
    LISTENBRAINZ_TOKEN: listenBrainzData.token,
    LISTENBRAINZ_API_URL: server.url,
    ...more,
  };
  const result = await fixture.rewind(line.split(" "), { env });
  expectNoSecret([listenBrainzData.token], result, fixture.home);
  return result;
}

const sendCommand = "played 1 --at 8:00 --scrobble --yes";

/** Returns the titles of the plays that were logged. */
const listStoredTitles = (): string[] =>
  listenBrainzData.listens.rows.slice(1).map(({ metadata }) => metadata.track_name);

const readStates = async (): Promise<unknown> =>
  (await fixture.listed()).flatMap(({ tracks }) =>
    tracks.map(({ state, listenbrainz_state }) => [state, listenbrainz_state]),
  );

async function countScrobbles(): Promise<number> {
  const sql = ["sql", "SELECT count(*) AS n FROM scrobbles", "--as", "ndjson"];
  return (JSON.parse((await fixture.rewind(sql)).stdout) as { n: number }).n;
}

/** Tracks of the plays that a sync read from ListenBrainz. */
async function listSyncedTracks(): Promise<string[]> {
  const sql = "SELECT track FROM play_sources WHERE source = 'listenbrainz' ORDER BY played_uts";
  const { stdout } = await fixture.rewind(["sql", sql, "--as", "ndjson"]);
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { track: string }).track);
}

test("sync and status say what was read from ListenBrainz", async () => {
  expect((await runRewind("sync")).stderr).toMatch(/ListenBrainz +1 play +2 requests .* unchanged/);
  expect((await runRewind("status")).stdout).toMatch(/listens +1 +complete/);
});

test("sends a play to both services and merges it to one", async () => {
  const before = await countScrobbles();
  const { stderr, code } = await runRewind(sendCommand);
  expect(code).toBe(0);
  expect(stderr).toContain("Sent to Last.fm: 3 plays.");
  expect(stderr).toContain("Sent to ListenBrainz: 3 plays.");
  expect(fixture.desk.stored).toHaveLength(3);
  expect(await readStates()).toEqual(tracklist.map(() => ["sent", "queued"]));
  fixture.clock.jump(oneHourMs);
  expect((await runRewind("sync")).code).toBe(0);
  expect(listStoredTitles()).toEqual(["Track A1", "Track A2", "Track B1"]);
  expect(await readStates()).toEqual(tracklist.map(() => ["sent", "sent"]));
  expect(await countScrobbles()).toBe(before + 3);
  // A length that is a guess is not sent, so that the same play is known again.
  const lengths = listenBrainzData.listens.rows.slice(1).map(({ metadata }) => metadata.additional_info);
  expect(lengths.map((info) => info?.["duration_ms"])).toEqual([301_000, undefined, undefined]);
});

test.each([
  ["lastfm", 3, 0],
  ["listenbrainz", 0, 3],
])("scrobble_to %s sends to that service alone", async (target, toLastfm, toListenBrainz) => {
  await runRewind(sendCommand, { REWIND_SCROBBLE_TO: target });
  server.store();
  expect(fixture.desk.stored).toHaveLength(toLastfm);
  expect(listStoredTitles()).toHaveLength(toListenBrainz);
});

test("one service that fails does not keep the play from the other", async () => {
  fixture.lastfm.behaviour.onRequest = (_, { method }) => (method === "POST" ? lost : undefined);
  const { code, stderr } = await runRewind(sendCommand);
  expect(code).toBe(3);
  expect(stderr).toContain("Sent to ListenBrainz: 3 plays.");
  expect(stderr).toContain("The play is saved.");
  fixture.lastfm.behaviour.onRequest = null;
  expect((await runRewind("played send")).stderr).toContain("Sent to Last.fm: 3 plays.");
  server.store();
  expect(listStoredTitles()).toHaveLength(3);
  expect(server.submissions).toHaveLength(1);
});

test("undo deletes on ListenBrainz and says that only the website can on Last.fm", async () => {
  const [before = ""] = await listSyncedTracks();
  await runRewind(sendCommand);
  fixture.clock.jump(oneHourMs);
  await runRewind("sync");
  const { stderr, stdout } = await runRewind("played undo");
  expect(stderr).toContain("Deleted on ListenBrainz: 3 tracks");
  expect(stderr).toContain("Sent to Last.fm, where only you can delete plays: 3 tracks.");
  // The services were asked in this order.
  expect(stderr).toMatch(/Deleted on ListenBrainz[^]*Sent to Last\.fm/);
  expect(stdout).toContain("Deleted: ");
  // The plays that a sync has read leave the cache at once: they neither count nor are they sent again.
  expect(await listSyncedTracks()).toEqual([before]);
  fixture.clock.jump(oneHourMs);
  await runRewind("sync");
  expect(listStoredTitles()).toEqual([]);
});

test("undo deletes the listens of its own play, not those of the same tracks later", async () => {
  await runRewind(sendCommand);
  fixture.clock.jump(60_000);
  await runRewind("played 1 --at 5:00 --scrobble --yes");
  fixture.clock.jump(oneHourMs);
  await runRewind("sync");
  expect(await listSyncedTracks()).toHaveLength(7);
  expect((await runRewind("played undo")).stderr).toContain("Deleted on ListenBrainz: 3 tracks");
  expect(await listSyncedTracks()).toHaveLength(4);
  fixture.clock.jump(oneHourMs);
  await runRewind("sync");
  const sevenUts = noon / 1000 - 5 * 3600;
  const left = listenBrainzData.listens.rows.slice(1).map(({ listenedAt }) => listenedAt > sevenUts);
  expect(left).toEqual([true, true, true]);
});

test("if ListenBrainz cannot be asked, undo keeps the play", async () => {
  await runRewind(sendCommand);
  fixture.clock.jump(oneHourMs);
  server.behaviour.onRequest = () => lost;
  const { code, stderr } = await runRewind("played undo");
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /^rewind: ListenBrainz.*\nThe play is still logged\. To delete it later: rewind played undo ENTRY$/m,
  );
  server.behaviour.onRequest = null;
  expect(await readStates()).toHaveLength(3);
  expect((await runRewind("played undo")).stderr).toContain("Deleted on ListenBrainz: 3 tracks");
});

test.each([
  [
    "no token",
    "",
    /^3 tracks stay on ListenBrainz \(rewind has no token\)\. .*\/user\/[^/]+\/\?min_ts=\d+$/m,
  ],
  ["a rejected token", "not-the-token", /^3 tracks stay on ListenBrainz \(.*token.*\)\. .*\?min_ts=\d+$/m],
])(
  "undo with %s deletes the play from the cache and says what remains at the services",
  async (_, token, message) => {
    await runRewind(sendCommand);
    fixture.clock.jump(oneHourMs);
    await runRewind("sync");
    const { code, stderr, stdout } = await runRewind("played undo", { LISTENBRAINZ_TOKEN: token });
    expect(stderr).toMatch(message);
    expect(stdout).toContain("Deleted: ");
    expect(code).toBe(0);
    expect(await readStates()).toEqual([]);
    expect(listStoredTitles()).toHaveLength(3);
  },
);

test("undo deletes the play from the cache if the server has no call that deletes", async () => {
  await runRewind(sendCommand);
  fixture.clock.jump(oneHourMs);
  await runRewind("sync");
  server.behaviour.onRequest = (_, { path }) =>
    path.includes("delete-listen") ? { kind: "answer", status: 404, body: "<html>", headers: {} } : undefined;
  const { code, stderr } = await runRewind("played undo");
  expect(stderr).toMatch(
    /^3 tracks stay on ListenBrainz \(ListenBrainz answered 404\)\. To delete them there: https:/m,
  );
  expect(code).toBe(0);
  const { length } = server.submissions;
  expect(await readStates()).toEqual([]);
  expect((await runRewind("played send")).stderr).toContain("No plays are waiting");
  await runRewind("sync");
  expect(server.submissions).toHaveLength(length);
});

test("never shows the token in errors", async () => {
  const body = JSON.stringify({ code: 400, error: `no: ${listenBrainzData.token}` });
  server.behaviour.onRequest = () => ({ kind: "answer", status: 400, body, headers: {} });
  const { stderr, code } = await runRewind("sync --verbose --debug");
  expect(code).toBe(3);
  expect(stderr).toContain("ListenBrainz answered 400");
});
