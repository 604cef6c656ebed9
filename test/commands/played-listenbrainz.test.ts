// Logged plays go to Last.fm and to ListenBrainz; what comes back from both is one play.
import { beforeEach, expect, test } from "vitest";
import { expectNoSecret } from "../support/cli-world.ts";
import { lost } from "../support/faults.ts";
import { type ListenBrainz, startListenBrainz } from "../support/listenbrainz-stand-in.ts";
import { makeListenBrainzWorld, plainListen } from "../support/listenbrainz-world.ts";
import { Listing } from "../support/listing.ts";
import { noon, type CliResult } from "../support/run-cli.ts";
import { trackAt, turntable, type Turntable } from "../support/turntable.ts";

const later = 3_601_000;
const tracklist = [trackAt("A1", 301), trackAt("A2", null), trackAt("B1", null)];
const listensWorld = makeListenBrainzWorld();
let table: Turntable;
let server: ListenBrainz;

beforeEach(async () => {
  table = await turntable(tracklist);
  listensWorld.listens = new Listing([plainListen(noon / 1000 - 90_000)]);
  server = await startListenBrainz(listensWorld, { clock: table.clock, tellsTime: true, limit: null });
  await rewind("sync");
});

async function rewind(line: string, more: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const env = {
    LISTENBRAINZ_USERNAME: listensWorld.username,
    LISTENBRAINZ_TOKEN: listensWorld.token,
    LISTENBRAINZ_API_URL: server.url,
    ...more,
  };
  const result = await table.rewind(line.split(" "), { env });
  expectNoSecret([listensWorld.token], result, table.home);
  return result;
}

const send = "played 1 --at 8:00 --scrobble --yes";

/** Of the plays that were logged. */
const listedTitles = (): string[] =>
  listensWorld.listens.rows.slice(1).map(({ metadata }) => metadata.track_name);

const statesOf = async (): Promise<unknown> =>
  (await table.listed()).flatMap(({ tracks }) =>
    tracks.map(({ state, listenbrainz_state }) => [state, listenbrainz_state]),
  );

async function countScrobbles(): Promise<number> {
  const sql = ["sql", "SELECT count(*) AS n FROM scrobbles", "--as", "ndjson"];
  return (JSON.parse((await table.rewind(sql)).stdout) as { n: number }).n;
}

test("sync and status say what was read from ListenBrainz", async () => {
  expect((await rewind("sync")).stderr).toMatch(/ListenBrainz +1 play +2 requests .* unchanged/);
  expect((await rewind("status")).stdout).toMatch(/listens +1 +complete/);
});

test("a play goes to both, and comes back as one", async () => {
  const before = await countScrobbles();
  const { stderr, code } = await rewind(send);
  expect(code).toBe(0);
  expect(stderr).toContain("Sent to Last.fm: 3 plays.");
  expect(stderr).toContain("Sent to ListenBrainz: 3 plays.");
  expect(table.desk.stored).toHaveLength(3);
  expect(await statesOf()).toEqual(tracklist.map(() => ["sent", "queued"]));
  table.clock.jump(later);
  expect((await rewind("sync")).code).toBe(0);
  expect(listedTitles()).toEqual(["Track A1", "Track A2", "Track B1"]);
  expect(await statesOf()).toEqual(tracklist.map(() => ["sent", "sent"]));
  expect(await countScrobbles()).toBe(before + 3);
  // A length that is a guess is not sent, so that the same play is known again.
  const lengths = listensWorld.listens.rows.slice(1).map(({ metadata }) => metadata.additional_info);
  expect(lengths.map((info) => info?.["duration_ms"])).toEqual([301_000, undefined, undefined]);
});

test.each([
  ["lastfm", 3, 0],
  ["listenbrainz", 0, 3],
])("scrobble_to %s sends there alone", async (target, toLastfm, toListenBrainz) => {
  await rewind(send, { REWIND_SCROBBLE_TO: target });
  server.store();
  expect(table.desk.stored).toHaveLength(toLastfm);
  expect(listedTitles()).toHaveLength(toListenBrainz);
});

test("one service that fails does not keep the play from the other", async () => {
  table.lastfm.behaviour.onRequest = (_, { method }) => (method === "POST" ? lost : undefined);
  const { code, stderr } = await rewind(send);
  expect(code).toBe(3);
  expect(stderr).toContain("Sent to ListenBrainz: 3 plays.");
  expect(stderr).toContain("The play is saved.");
  table.lastfm.behaviour.onRequest = null;
  expect((await rewind("played --send")).stderr).toContain("Sent to Last.fm: 3 plays.");
  server.store();
  expect(listedTitles()).toHaveLength(3);
  expect(server.submissions).toHaveLength(1);
});

test("undo deletes on ListenBrainz and says that only the website can on Last.fm", async () => {
  await rewind(send);
  table.clock.jump(later);
  await rewind("sync");
  const { stderr, stdout } = await rewind("played --undo");
  expect(stderr).toContain("Deleted on ListenBrainz: 3 tracks");
  expect(stderr).toContain("Sent to Last.fm, where only you can delete plays: 3 tracks.");
  expect(stdout).toContain("Deleted: ");
  table.clock.jump(later);
  await rewind("sync");
  expect(listedTitles()).toEqual([]);
});

test("if ListenBrainz cannot be asked, undo keeps the play", async () => {
  await rewind(send);
  table.clock.jump(later);
  server.behaviour.onRequest = () => lost;
  const { code, stderr } = await rewind("played --undo");
  expect(code).toBe(3);
  expect(stderr).toContain("ListenBrainz");
  server.behaviour.onRequest = null;
  expect(await statesOf()).toHaveLength(3);
  expect((await rewind("played --undo")).stderr).toContain("Deleted on ListenBrainz: 3 tracks");
});

test.each([
  [
    "no token",
    "",
    /^3 tracks stay on ListenBrainz \(rewind has no token\)\. .*\/user\/[^/]+\/\?min_ts=\d+$/m,
  ],
  ["a rejected token", "not-the-token", /^3 tracks stay on ListenBrainz \(.*token.*\)\. .*\?min_ts=\d+$/m],
])("with %s, undo deletes the play here and says what stays", async (_, token, told) => {
  await rewind(send);
  table.clock.jump(later);
  await rewind("sync");
  const { code, stderr, stdout } = await rewind("played --undo", { LISTENBRAINZ_TOKEN: token });
  expect(stderr).toMatch(told);
  expect(stdout).toContain("Deleted: ");
  expect(code).toBe(0);
  expect(await statesOf()).toEqual([]);
  expect(listedTitles()).toHaveLength(3);
});

test("the token is not shown, whatever goes wrong", async () => {
  const body = JSON.stringify({ code: 400, error: `no: ${listensWorld.token}` });
  server.behaviour.onRequest = () => ({ kind: "answer", status: 400, body, headers: {} });
  const { stderr, code } = await rewind("sync --verbose --debug");
  expect(code).toBe(3);
  expect(stderr).toContain("ListenBrainz answered 400");
});
