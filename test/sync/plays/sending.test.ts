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
async function failToSend(fixture: SyncFixture, fault: Fault): Promise<void> {
  fixture.lastfmServer.behaviour.onRequest = (_, { body }) =>
    body.includes("track.scrobble") ? fault : undefined;
  await expect(sendWaiting(fixture)).rejects.toThrow("Last.fm");
  fixture.lastfmServer.behaviour.onRequest = null;
}

/** Notes them, and gives them to be sent. */
function enqueueSessions({ database }: SyncFixture, ...sessions: readonly LoggedPlay[]): void {
  transact(database, () => {
    saveLoggedPlays(database, sessions);
    for (const { uuid } of sessions) enqueuePlay(database, uuid, ["lastfm"]);
  });
}

async function sendWaiting(fixture: SyncFixture, { listening } = fixture.services): Promise<SendingOutcome> {
  const { scrobbler } = listening;
  if (scrobbler === null) throw new Error("nothing to send with");
  const { database, lastfm } = fixture;
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
  const fixture = await createSyncFixture(smallSize);
  const [late, early] = [buildSession(70, 9_000), buildSession(50, 90_000)];
  enqueueSessions(fixture, late, early);
  expect(await sendWaiting(fixture)).toMatchObject({
    sent: 120,
    ignored: new Map(),
    waiting: 0,
    waitsFor: null,
  });
  expect(listSentTitles(fixture)).toEqual([...early.tracks, ...late.tracks].map(({ title }) => title));
  const batches = fixture.lastfmServer.requests.filter(({ body }) => body.includes("track.scrobble"));
  expect(batches).toHaveLength(3);
  expect(await sendWaiting(fixture)).toMatchObject({ sent: 0, waiting: 0 });
  expect(fixture.desk).toMatchObject({ dropped: 0 });
});

test("sends only tracks that are to be sent and have a time, and else no request", async () => {
  const fixture = await createSyncFixture(smallSize);
  const [given, kept] = [buildSession(3, 9_000), buildSession(3, 5_000)];
  transact(fixture.database, () => saveLoggedPlays(fixture.database, [kept]));
  enqueueSessions(fixture, buildSession(3, 9_000, { uts: null }));
  expect(await sendWaiting(fixture)).toMatchObject({ sent: 0, waiting: 0 });
  expect(fixture.lastfmServer.requests).toEqual([]);
  enqueueSessions(fixture, given);
  await sendWaiting(fixture);
  expect(listSentTitles(fixture)).toEqual(given.tracks.map(({ title }) => title));
  expect(readStates(fixture, kept)).toEqual(kept.tracks.map(() => ["new", null]));
});

test("stores the reason for tracks that Last.fm refuses, reports them, and never sends them again", async () => {
  const fixture = await createSyncFixture(smallSize);
  const short = buildSession(2, 9_000, { durationSeconds: 30 });
  const guessed = buildSession(2, 5_000, { durationSeconds: 30, isGuessed: true });
  const old = buildSession(2, 15 * day);
  const various = buildSession(2, 12_000, { artist: "Various Artists" });
  enqueueSessions(fixture, short, guessed, old, various);
  const outcome = await sendWaiting(fixture);
  expect(describeUnsent(outcome)).toBe(
    "2 logged plays not sent: older than 14 days. 2 logged plays not sent: Last.fm ignores the artist.",
  );
  for (const [play, state, reason] of [
    [short, "ignored", "30 seconds or shorter"],
    [guessed, "sent", null],
    [old, "ignored", "older than 14 days"],
    [various, "ignored", "Last.fm ignores the artist"],
  ] as const) {
    expect(readStates(fixture, play)).toEqual(play.tracks.map(() => [state, reason]));
  }
  expect(listSentTitles(fixture)).toEqual(guessed.tracks.map(({ title }) => title));
  expect(await sendWaiting(fixture)).toMatchObject({ sent: 0, ignored: new Map() });
});

test("after the daily limit, the rest is sent another day", async () => {
  const fixture = await createSyncFixture(smallSize);
  fixture.desk.perDay = 60;
  const play = buildSession(120, 20_000);
  enqueueSessions(fixture, play);
  const outcome = await sendWaiting(fixture);
  expect(outcome).toMatchObject({ sent: 60, waiting: 60, waitsFor: "Last.fm takes no more plays today" });
  expect(describeUnsent(outcome)).toBe(
    "60 logged plays to be sent another time: Last.fm takes no more plays today.",
  );
  fixture.clock.nowMs += day * 1000;
  expect(await sendWaiting(fixture)).toMatchObject({ sent: 60, waiting: 0 });
  expect(new Set(listSentTitles(fixture)).size).toBe(120);
});

test("error 29 on sending means tomorrow: one request, one line, and the plays wait", async () => {
  const fixture = await createSyncFixture(smallSize);
  const play = buildSession(60, 9_000);
  enqueueSessions(fixture, play);
  fixture.lastfmServer.behaviour.onRequest = (_, { body }) =>
    body.includes("track.scrobble") ? respondWithLastfmError(29) : undefined;
  const { complete, notices } = await fixture.sync({ scrobbles: true });
  expect(complete).toBe(true);
  expect(notices).toEqual(["60 logged plays to be sent another time: Last.fm takes no more plays today."]);
  const requests = fixture.lastfmServer.requests.filter(({ body }) => body.includes("track.scrobble"));
  expect(requests).toHaveLength(1);
  fixture.lastfmServer.behaviour.onRequest = null;
  expect(await sendWaiting(fixture)).toMatchObject({ sent: 60, waiting: 0 });
  expect(listSentTitles(fixture)).toEqual(play.tracks.map(({ title }) => title));
});

test("a play of yesterday that Last.fm calls too old waits, and the next sync sends it", async () => {
  const fixture = await createSyncFixture(smallSize);
  const play = buildSession(3, day);
  enqueueSessions(fixture, play);
  fixture.desk.ignores = () => 3;
  const { notices } = await fixture.sync({ scrobbles: true });
  expect(notices).toEqual(["3 logged plays to be sent another time: too old by Last.fm's clock."]);
  fixture.desk.ignores = () => 0;
  await fixture.sync({ scrobbles: true });
  expect(readStates(fixture, play)).toEqual(play.tracks.map(() => ["sent", null]));
});

test("a play that Last.fm calls too old for 14 days is given up", async () => {
  const fixture = await createSyncFixture(smallSize);
  const play = buildSession(3, day);
  enqueueSessions(fixture, play);
  fixture.desk.ignores = () => 3;
  await fixture.sync({ scrobbles: true });
  fixture.clock.nowMs += 14 * day * 1000;
  await fixture.sync({ scrobbles: true });
  expect(readStates(fixture, play)).toEqual(play.tracks.map(() => ["ignored", "older than 14 days"]));
});

test.each<readonly [string, Fault]>([
  ["the request is lost", lost],
  ["the answer is lost", cut],
  ["it is offline", respondWithLastfmError(11)],
])("keeps rows waiting after repeated %s, and sends them once at the next try", async (_, fault) => {
  const fixture = await createSyncFixture(smallSize);
  const play = buildSession(60, 9_000);
  enqueueSessions(fixture, play);
  await failToSend(fixture, fault);
  expect(new Set(readStates(fixture, play).map(([state]) => state))).toEqual(new Set(["unknown", "new"]));
  // A new run: the service told this one to wait.
  const services = await fixture.reconnect();
  expect(await sendWaiting(fixture, services)).toMatchObject({ sent: 60, waiting: 0 });
  await services.close();
  expect(listSentTitles(fixture)).toEqual(play.tracks.map(({ title }) => title));
});

test("sends nothing with a session of another user", async () => {
  const fixture = await createSyncFixture(smallSize);
  fixture.lastfm.others.push({ ...fixture.lastfm.listener, name: "SomebodyElse" });
  for (const key of fixture.desk.sessions.keys()) fixture.desk.sessions.set(key, "SomebodyElse");
  enqueueSessions(fixture, buildSession(3, 9_000));
  await expect(sendWaiting(fixture)).rejects.toThrow("rewind may send to Last.fm as SomebodyElse");
  expect(fixture.desk.stored).toEqual([]);
});

test("a sync sends waiting plays, and the next one lists them", async () => {
  const fixture = await createSyncFixture(smallSize);
  const play = buildSession(3, 9_000);
  enqueueSessions(fixture, play);
  const summary = await fixture.sync({ scrobbles: true });
  expect(summary).toMatchObject({ complete: true });
  expect(summary.steps.find(({ name }) => name === "sending")).toMatchObject({
    status: "done",
    added: 3,
    rows: 3,
  });
  fixture.clock.nowMs += 60_000;
  const again = await fixture.sync({ scrobbles: true });
  expect(again.steps.map(({ name }) => name)).not.toContain("sending");
  expect(
    fixture.database
      .prepare("SELECT count(*) FROM scrobble WHERE uts BETWEEN ? AND ?")
      .pluck()
      .get(play.startUts, play.lastUts + 200),
  ).toBe(3);
});

test("a sync without a session says how many plays wait", async () => {
  const fixture = await createSyncFixture(smallSize, { signing: null });
  enqueueSessions(fixture, buildSession(3, 9_000));
  const { notices, complete } = await fixture.sync({ scrobbles: true });
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
  const fixture = await createSyncFixture(smallSize);
  const [stored, gone] = [buildSession(2, 13 * day), buildSession(2, 13 * day - 4_000)];
  enqueueSessions(fixture, stored, gone);
  await failToSend(fixture, lost);
  addServicePlay(fixture, stored);
  fixture.clock.nowMs += 2 * day * 1000;
  expect(await sendWaiting(fixture)).toMatchObject({ sent: 0, waiting: 4 });
  await fixture.sync({ scrobbles: true });
  expect(readStates(fixture, stored)).toEqual(stored.tracks.map(() => ["sent", null]));
  expect(readStates(fixture, gone)).toEqual(gone.tracks.map(() => ["ignored", "older than 14 days"]));
});

test("a play that was refused as too old counts as sent once the history lists it", async () => {
  const fixture = await createSyncFixture(smallSize);
  const old = buildSession(2, 15 * day);
  enqueueSessions(fixture, old);
  await fixture.sync({ scrobbles: true });
  expect(readStates(fixture, old)).toEqual(old.tracks.map(() => ["ignored", "older than 14 days"]));
  addServicePlay(fixture, old);
  const next = buildSession(1, 9_000);
  enqueueSessions(fixture, next);
  await fixture.sync({ full: true, scrobbles: true });
  expect(readStates(fixture, old)).toEqual(old.tracks.map(() => ["sent", null]));
});

test("a play that the history lists already is not sent", async () => {
  const fixture = await createSyncFixture(smallSize);
  const play = buildSession(2, 9_000);
  enqueueSessions(fixture, play);
  addServicePlay(fixture, play);
  await fixture.sync({ scrobbles: true });
  expect(listSentTitles(fixture)).toEqual([]);
  expect(readStates(fixture, play)).toEqual(play.tracks.map(() => ["sent", null]));
});

test("a clock that runs 40 days ahead drops no play: Last.fm judges the age", async () => {
  const fixture = await createSyncFixture(smallSize);
  const play = buildSession(3, 9_000);
  enqueueSessions(fixture, play);
  const aheadMs = fixture.clock.nowMs + 40 * day * 1000;
  await fixture.sync({ scrobbles: true, clock: { now: () => aheadMs } });
  expect(readStates(fixture, play)).toEqual(play.tracks.map(() => ["sent", null]));
});

test.each([
  ["another title", { track: "Halleluwah" }],
  ["another artist", { artist: "Faust" }],
])("does not take a play of another device in the same second as its own: %s", async (_, names) => {
  const fixture = await createSyncFixture(smallSize);
  const play = buildSession(2, 9_000);
  enqueueSessions(fixture, play);
  await failToSend(fixture, lost);
  addServicePlay(fixture, play, names);
  await fixture.sync({ scrobbles: true });
  expect(listSentTitles(fixture)).toEqual(play.tracks.map(({ title }) => title));
});

test("a code that Last.fm does not document leaves the play waiting, and the next sync sends it", async () => {
  const fixture = await createSyncFixture(smallSize);
  enqueueSessions(fixture, buildSession(1, 9_000));
  const scrobbles = {
    "@attr": { accepted: 0, ignored: 1 },
    scrobble: { timestamp: String(nowUts - 9_000), ignoredMessage: { code: "9" } },
  };
  fixture.lastfmServer.behaviour.onRequest = (_, { body }) =>
    body.includes("track.scrobble") ? { kind: "edit", edit: () => ({ scrobbles }) } : undefined;
  expect(await sendWaiting(fixture)).toMatchObject({ sent: 0, waiting: 1 });
  fixture.lastfmServer.behaviour.onRequest = null;
  expect(await sendWaiting(fixture)).toMatchObject({ sent: 1, waiting: 0 });
});
