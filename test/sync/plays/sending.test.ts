// Logged plays go to Last.fm once each, whatever happens on the way.
import { expect, test } from "vitest";
import { transact } from "../../../src/store/file/database.ts";
import {
  readLoggedPlay,
  saveLoggedPlays,
  type LoggedPlay,
  type LoggedTrack,
  enqueuePlay,
} from "../../../src/store/decisions/logged-plays.ts";
import {
  sendLoggedPlays,
  type SendingOutcome,
  describeUnsent,
} from "../../../src/sync/plays/send-to-services.ts";
import { cut, respondWithLastfmError, lost, type Fault } from "../../support/response-faults.ts";
import { buildLoggedPlay, buildLoggedTrack } from "../../support/logged-plays.ts";
import { createSyncFixture, startMs, type SyncFixture } from "../fixture.ts";

const nowUts = startMs / 1000;
const day = 86_400;

/** A session whose tracks began so long ago, a hundred seconds apart. */
function buildSession(count: number, agoSeconds: number, parts: Partial<LoggedTrack> = {}): LoggedPlay {
  const startUts = nowUts - agoSeconds;
  return buildLoggedPlay({
    releaseId: 1,
    from: new Date(startUts * 1000).toISOString(),
    tracks: Array.from({ length: count }, (_, at) =>
      buildLoggedTrack({
        title: `Track ${startUts}.${at}`,
        uts: startUts + at * 100,
        durationSeconds: 100,
        ...parts,
      }),
    ),
  });
}

/** Tries to send while every request to scrobble gets this fault. */
async function failToSend(bench: SyncFixture, fault: Fault): Promise<void> {
  bench.lastfmServer.behaviour.onRequest = (_, { body }) =>
    body.includes("track.scrobble") ? fault : undefined;
  await expect(sendWaiting(bench)).rejects.toThrow("Last.fm");
  bench.lastfmServer.behaviour.onRequest = null;
}

/** Notes them, and gives them to be sent. */
function enqueueSessions({ database }: SyncFixture, ...sessions: readonly LoggedPlay[]): void {
  transact(database, () => {
    saveLoggedPlays(database, sessions);
    for (const { uuid } of sessions) enqueuePlay(database, uuid, ["lastfm"]);
  });
}

async function sendWaiting(bench: SyncFixture, { listening } = bench.services): Promise<SendingOutcome> {
  const { scrobbler } = listening;
  if (scrobbler === null) throw new Error("nothing to send with");
  const { database, lastfm } = bench;
  return sendLoggedPlays({
    database,
    target: "lastfm",
    service: scrobbler,
    username: lastfm.listener.name,
    isHistoryRead: false,
    nowUts,
    call: {},
  });
}

function readStates({ database }: SyncFixture, { uuid }: LoggedPlay): (readonly [string, string | null])[] {
  return (
    readLoggedPlay(database, uuid)?.tracks.map(
      ({ sendings: { lastfm } }) => [lastfm?.state ?? "new", lastfm?.reason ?? null] as const,
    ) ?? []
  );
}

const listSentTitles = ({ desk }: SyncFixture): string[] => desk.stored.map(({ track }) => track);
const smallSize = { records: 20, albums: 20, plays: 40, wants: 2 };

test("120 tracks go in batches of 50, the oldest first, each once", async () => {
  const bench = await createSyncFixture(smallSize);
  const [late, early] = [buildSession(70, 9_000), buildSession(50, 90_000)];
  enqueueSessions(bench, late, early);
  expect(await sendWaiting(bench)).toMatchObject({
    sent: 120,
    ignored: new Map(),
    waiting: 0,
    waitsFor: null,
  });
  expect(listSentTitles(bench)).toEqual([...early.tracks, ...late.tracks].map(({ title }) => title));
  const batches = bench.lastfmServer.requests.filter(({ body }) => body.includes("track.scrobble"));
  expect(batches).toHaveLength(3);
  expect(await sendWaiting(bench)).toMatchObject({ sent: 0, waiting: 0 });
  expect(bench.desk).toMatchObject({ dropped: 0 });
});

test("sends only tracks that are to be sent and have a time, and else no request", async () => {
  const bench = await createSyncFixture(smallSize);
  const [given, kept] = [buildSession(3, 9_000), buildSession(3, 5_000)];
  transact(bench.database, () => saveLoggedPlays(bench.database, [kept]));
  enqueueSessions(bench, buildSession(3, 9_000, { uts: null }));
  expect(await sendWaiting(bench)).toMatchObject({ sent: 0, waiting: 0 });
  expect(bench.lastfmServer.requests).toEqual([]);
  enqueueSessions(bench, given);
  await sendWaiting(bench);
  expect(listSentTitles(bench)).toEqual(given.tracks.map(({ title }) => title));
  expect(readStates(bench, kept)).toEqual(kept.tracks.map(() => ["new", null]));
});

test("stores the reason for tracks that Last.fm refuses, reports them, and never sends them again", async () => {
  const bench = await createSyncFixture(smallSize);
  const short = buildSession(2, 9_000, { durationSeconds: 30 });
  const guessed = buildSession(2, 5_000, { durationSeconds: 30, isGuessed: true });
  const old = buildSession(2, 15 * day);
  const various = buildSession(2, 12_000, { artist: "Various Artists" });
  enqueueSessions(bench, short, guessed, old, various);
  const outcome = await sendWaiting(bench);
  expect(describeUnsent(outcome)).toBe(
    "2 logged plays not sent: older than 14 days. 2 logged plays not sent: Last.fm ignores the artist.",
  );
  for (const [play, state, reason] of [
    [short, "ignored", "30 seconds or shorter"],
    [guessed, "sent", null],
    [old, "ignored", "older than 14 days"],
    [various, "ignored", "Last.fm ignores the artist"],
  ] as const) {
    expect(readStates(bench, play)).toEqual(play.tracks.map(() => [state, reason]));
  }
  expect(listSentTitles(bench)).toEqual(guessed.tracks.map(({ title }) => title));
  expect(await sendWaiting(bench)).toMatchObject({ sent: 0, ignored: new Map() });
});

test("after the daily limit, the rest is sent another day", async () => {
  const bench = await createSyncFixture(smallSize);
  bench.desk.perDay = 60;
  const play = buildSession(120, 20_000);
  enqueueSessions(bench, play);
  const outcome = await sendWaiting(bench);
  expect(outcome).toMatchObject({ sent: 60, waiting: 60, waitsFor: "Last.fm takes no more plays today" });
  expect(describeUnsent(outcome)).toBe(
    "60 logged plays to be sent another time: Last.fm takes no more plays today.",
  );
  bench.clock.nowMs += day * 1000;
  expect(await sendWaiting(bench)).toMatchObject({ sent: 60, waiting: 0 });
  expect(new Set(listSentTitles(bench)).size).toBe(120);
});

test("error 29 on sending means tomorrow: one request, one line, and the plays wait", async () => {
  const bench = await createSyncFixture(smallSize);
  const play = buildSession(60, 9_000);
  enqueueSessions(bench, play);
  bench.lastfmServer.behaviour.onRequest = (_, { body }) =>
    body.includes("track.scrobble") ? respondWithLastfmError(29) : undefined;
  const { complete, notices } = await bench.sync({ scrobbles: true });
  expect(complete).toBe(true);
  expect(notices).toEqual(["60 logged plays to be sent another time: Last.fm takes no more plays today."]);
  const requests = bench.lastfmServer.requests.filter(({ body }) => body.includes("track.scrobble"));
  expect(requests).toHaveLength(1);
  bench.lastfmServer.behaviour.onRequest = null;
  expect(await sendWaiting(bench)).toMatchObject({ sent: 60, waiting: 0 });
  expect(listSentTitles(bench)).toEqual(play.tracks.map(({ title }) => title));
});

test("a play of yesterday that Last.fm calls too old waits, and the next sync sends it", async () => {
  const bench = await createSyncFixture(smallSize);
  const play = buildSession(3, day);
  enqueueSessions(bench, play);
  bench.desk.ignores = () => 3;
  const { notices } = await bench.sync({ scrobbles: true });
  expect(notices).toEqual(["3 logged plays to be sent another time: too old by Last.fm's clock."]);
  bench.desk.ignores = () => 0;
  await bench.sync({ scrobbles: true });
  expect(readStates(bench, play)).toEqual(play.tracks.map(() => ["sent", null]));
});

test("a play that Last.fm calls too old for 14 days is given up", async () => {
  const bench = await createSyncFixture(smallSize);
  const play = buildSession(3, day);
  enqueueSessions(bench, play);
  bench.desk.ignores = () => 3;
  await bench.sync({ scrobbles: true });
  bench.clock.nowMs += 14 * day * 1000;
  await bench.sync({ scrobbles: true });
  expect(readStates(bench, play)).toEqual(play.tracks.map(() => ["ignored", "older than 14 days"]));
});

test.each<readonly [string, Fault]>([
  ["the request is lost", lost],
  ["the answer is lost", cut],
  ["it is offline", respondWithLastfmError(11)],
])("keeps rows waiting after repeated %s, and sends them once at the next try", async (_, fault) => {
  const bench = await createSyncFixture(smallSize);
  const play = buildSession(60, 9_000);
  enqueueSessions(bench, play);
  await failToSend(bench, fault);
  expect(new Set(readStates(bench, play).map(([state]) => state))).toEqual(new Set(["unknown", "new"]));
  // A new run: the service told this one to wait.
  const services = await bench.reconnect();
  expect(await sendWaiting(bench, services)).toMatchObject({ sent: 60, waiting: 0 });
  await services.close();
  expect(listSentTitles(bench)).toEqual(play.tracks.map(({ title }) => title));
});

test("sends nothing with a session of another user", async () => {
  const bench = await createSyncFixture(smallSize);
  bench.lastfm.others.push({ ...bench.lastfm.listener, name: "SomebodyElse" });
  for (const key of bench.desk.sessions.keys()) bench.desk.sessions.set(key, "SomebodyElse");
  enqueueSessions(bench, buildSession(3, 9_000));
  await expect(sendWaiting(bench)).rejects.toThrow("rewind may send to Last.fm as SomebodyElse");
  expect(bench.desk.stored).toEqual([]);
});

test("a sync sends waiting plays, and the next one lists them", async () => {
  const bench = await createSyncFixture(smallSize);
  const play = buildSession(3, 9_000);
  enqueueSessions(bench, play);
  const summary = await bench.sync({ scrobbles: true });
  expect(summary).toMatchObject({ complete: true });
  expect(summary.steps.find(({ name }) => name === "sending")).toMatchObject({
    status: "done",
    added: 3,
    rows: 3,
  });
  bench.clock.nowMs += 60_000;
  const again = await bench.sync({ scrobbles: true });
  expect(again.steps.map(({ name }) => name)).not.toContain("sending");
  expect(
    bench.database
      .prepare("SELECT count(*) FROM scrobble WHERE uts BETWEEN ? AND ?")
      .pluck()
      .get(play.startUts, play.lastUts + 200),
  ).toBe(3);
});

test("a sync without a session says how many plays wait", async () => {
  const bench = await createSyncFixture(smallSize, { signing: null });
  enqueueSessions(bench, buildSession(3, 9_000));
  const { notices, complete } = await bench.sync({ scrobbles: true });
  expect(complete).toBe(true);
  expect(notices).toEqual([
    "3 logged plays wait to be sent to Last.fm. To allow it: rewind login --scrobble",
  ]);
});

const addServicePlay = (
  { lastfm }: SyncFixture,
  play: LoggedPlay,
  names: { artist?: string; track?: string } = {},
): void => {
  for (const { uts, artist, title, album, albumArtist } of play.tracks) {
    const heard = { artist, track: title, album, albumArtist, albumMbid: null, ...names };
    lastfm.listener.plays.add({ uts: uts ?? 0, ...heard });
  }
};

test("an old play that may have been stored waits until the history was read", async () => {
  const bench = await createSyncFixture(smallSize);
  const [stored, gone] = [buildSession(2, 13 * day), buildSession(2, 13 * day - 4_000)];
  enqueueSessions(bench, stored, gone);
  await failToSend(bench, lost);
  addServicePlay(bench, stored);
  bench.clock.nowMs += 2 * day * 1000;
  expect(await sendWaiting(bench)).toMatchObject({ sent: 0, waiting: 4 });
  await bench.sync({ scrobbles: true });
  expect(readStates(bench, stored)).toEqual(stored.tracks.map(() => ["sent", null]));
  expect(readStates(bench, gone)).toEqual(gone.tracks.map(() => ["ignored", "older than 14 days"]));
});

test("a play that was refused as too old counts as sent once the history lists it", async () => {
  const bench = await createSyncFixture(smallSize);
  const old = buildSession(2, 15 * day);
  enqueueSessions(bench, old);
  await bench.sync({ scrobbles: true });
  expect(readStates(bench, old)).toEqual(old.tracks.map(() => ["ignored", "older than 14 days"]));
  addServicePlay(bench, old);
  const next = buildSession(1, 9_000);
  enqueueSessions(bench, next);
  await bench.sync({ full: true, scrobbles: true });
  expect(readStates(bench, old)).toEqual(old.tracks.map(() => ["sent", null]));
});

test("a play that the history lists already is not sent", async () => {
  const bench = await createSyncFixture(smallSize);
  const play = buildSession(2, 9_000);
  enqueueSessions(bench, play);
  addServicePlay(bench, play);
  await bench.sync({ scrobbles: true });
  expect(listSentTitles(bench)).toEqual([]);
  expect(readStates(bench, play)).toEqual(play.tracks.map(() => ["sent", null]));
});

test("a clock that runs 40 days ahead drops no play: Last.fm judges the age", async () => {
  const bench = await createSyncFixture(smallSize);
  const play = buildSession(3, 9_000);
  enqueueSessions(bench, play);
  const aheadMs = bench.clock.nowMs + 40 * day * 1000;
  await bench.sync({ scrobbles: true, clock: { now: () => aheadMs } });
  expect(readStates(bench, play)).toEqual(play.tracks.map(() => ["sent", null]));
});

test.each([
  ["another title", { track: "Halleluwah" }],
  ["another artist", { artist: "Faust" }],
])("does not take a play of another device in the same second as its own: %s", async (_, names) => {
  const bench = await createSyncFixture(smallSize);
  const play = buildSession(2, 9_000);
  enqueueSessions(bench, play);
  await failToSend(bench, lost);
  addServicePlay(bench, play, names);
  await bench.sync({ scrobbles: true });
  expect(listSentTitles(bench)).toEqual(play.tracks.map(({ title }) => title));
});

test("a code that Last.fm does not document leaves the play waiting, and the next sync sends it", async () => {
  const bench = await createSyncFixture(smallSize);
  enqueueSessions(bench, buildSession(1, 9_000));
  const scrobbles = {
    "@attr": { accepted: 0, ignored: 1 },
    scrobble: { timestamp: String(nowUts - 9_000), ignoredMessage: { code: "9" } },
  };
  bench.lastfmServer.behaviour.onRequest = (_, { body }) =>
    body.includes("track.scrobble") ? { kind: "edit", edit: () => ({ scrobbles }) } : undefined;
  expect(await sendWaiting(bench)).toMatchObject({ sent: 0, waiting: 1 });
  bench.lastfmServer.behaviour.onRequest = null;
  expect(await sendWaiting(bench)).toMatchObject({ sent: 1, waiting: 0 });
});
