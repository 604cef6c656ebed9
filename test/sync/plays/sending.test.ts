// Noted plays go to Last.fm once each, whatever happens on the way.
import { expect, test } from "vitest";
import { transact } from "../../../src/store/file/database.ts";
import {
  readNotedPlay,
  writeNotedPlays,
  type NotedPlay,
  type NotedTrack,
  giveToBeSent,
} from "../../../src/store/decisions/noted-plays.ts";
import { sendNoted, type SendingOutcome, unsentNote } from "../../../src/sync/plays/sending.ts";
import { cut, lastfmError, lost, type Fault } from "../../support/faults.ts";
import { notedPlay, notedTrack } from "../../support/noted.ts";
import { makeBench, startMs, type Bench } from "../bench.ts";

const nowUts = startMs / 1000;
const day = 86_400;

/** A session whose tracks began so long ago, a hundred seconds apart. */
function session(count: number, agoSeconds: number, parts: Partial<NotedTrack> = {}): NotedPlay {
  const startUts = nowUts - agoSeconds;
  return notedPlay({
    releaseId: 1,
    from: new Date(startUts * 1000).toISOString(),
    tracks: Array.from({ length: count }, (_, at) =>
      notedTrack({
        title: `Track ${startUts}.${at}`,
        uts: startUts + at * 100,
        durationSeconds: 100,
        ...parts,
      }),
    ),
  });
}

/** Tries to send while every request to scrobble gets this fault. */
async function failToSend(bench: Bench, fault: Fault): Promise<void> {
  bench.lastfmServer.behaviour.onRequest = (_, { body }) =>
    body.includes("track.scrobble") ? fault : undefined;
  await expect(send(bench)).rejects.toThrow("Last.fm");
  bench.lastfmServer.behaviour.onRequest = null;
}

/** Notes them, and gives them to be sent. */
function give({ database }: Bench, ...sessions: readonly NotedPlay[]): void {
  transact(database, () => {
    writeNotedPlays(database, sessions);
    for (const { uuid } of sessions) giveToBeSent(database, uuid, ["lastfm"]);
  });
}

async function send(bench: Bench, { listening } = bench.services): Promise<SendingOutcome> {
  const { scrobbling } = listening;
  if (scrobbling === null) throw new Error("nothing to send with");
  const { database, lastfm } = bench;
  return sendNoted({
    database,
    target: "lastfm",
    service: scrobbling,
    username: lastfm.listener.name,
    isHistoryRead: false,
    nowUts,
    call: {},
  });
}

function statesOf({ database }: Bench, { uuid }: NotedPlay): (readonly [string, string | null])[] {
  return (
    readNotedPlay(database, uuid)?.tracks.map(
      ({ sendings: { lastfm } }) => [lastfm?.state ?? "new", lastfm?.reason ?? null] as const,
    ) ?? []
  );
}

const sentTitles = ({ desk }: Bench): string[] => desk.stored.map(({ track }) => track);
const small = { records: 20, albums: 20, plays: 40, wants: 2 };

test("120 tracks go in batches of 50, the oldest first, each once", async () => {
  const bench = await makeBench(small);
  const [late, early] = [session(70, 9_000), session(50, 90_000)];
  give(bench, late, early);
  expect(await send(bench)).toMatchObject({ sent: 120, ignored: new Map(), waiting: 0, waitsFor: null });
  expect(sentTitles(bench)).toEqual([...early.tracks, ...late.tracks].map(({ title }) => title));
  const batches = bench.lastfmServer.requests.filter(({ body }) => body.includes("track.scrobble"));
  expect(batches).toHaveLength(3);
  expect(await send(bench)).toMatchObject({ sent: 0, waiting: 0 });
  expect(bench.desk).toMatchObject({ dropped: 0 });
});

test("sends only tracks that are to be sent and have a time, and else no request", async () => {
  const bench = await makeBench(small);
  const [given, kept] = [session(3, 9_000), session(3, 5_000)];
  transact(bench.database, () => writeNotedPlays(bench.database, [kept]));
  give(bench, session(3, 9_000, { uts: null }));
  expect(await send(bench)).toMatchObject({ sent: 0, waiting: 0 });
  expect(bench.lastfmServer.requests).toEqual([]);
  give(bench, given);
  await send(bench);
  expect(sentTitles(bench)).toEqual(given.tracks.map(({ title }) => title));
  expect(statesOf(bench, kept)).toEqual(kept.tracks.map(() => ["new", null]));
});

test("tracks that Last.fm does not take are logged with the reason, never sent again, and noted", async () => {
  const bench = await makeBench(small);
  const short = session(2, 9_000, { durationSeconds: 30 });
  const guessed = session(2, 5_000, { durationSeconds: 30, isGuessed: true });
  const old = session(2, 15 * day);
  const various = session(2, 12_000, { artist: "Various Artists" });
  give(bench, short, guessed, old, various);
  const outcome = await send(bench);
  expect(unsentNote(outcome)).toBe(
    "2 logged plays not sent: older than 14 days. 2 logged plays not sent: Last.fm ignores the artist.",
  );
  for (const [play, state, reason] of [
    [short, "ignored", "30 seconds or shorter"],
    [guessed, "sent", null],
    [old, "ignored", "older than 14 days"],
    [various, "ignored", "Last.fm ignores the artist"],
  ] as const) {
    expect(statesOf(bench, play)).toEqual(play.tracks.map(() => [state, reason]));
  }
  expect(sentTitles(bench)).toEqual(guessed.tracks.map(({ title }) => title));
  expect(await send(bench)).toMatchObject({ sent: 0, ignored: new Map() });
});

test("after the daily limit, the rest is sent another day", async () => {
  const bench = await makeBench(small);
  bench.desk.perDay = 60;
  const play = session(120, 20_000);
  give(bench, play);
  const outcome = await send(bench);
  expect(outcome).toMatchObject({ sent: 60, waiting: 60, waitsFor: "Last.fm takes no more plays today" });
  expect(unsentNote(outcome)).toBe(
    "60 logged plays to be sent another time: Last.fm takes no more plays today.",
  );
  bench.clock.nowMs += day * 1000;
  expect(await send(bench)).toMatchObject({ sent: 60, waiting: 0 });
  expect(new Set(sentTitles(bench)).size).toBe(120);
});

test("error 29 on sending means tomorrow: one request, one line, and the plays wait", async () => {
  const bench = await makeBench(small);
  const play = session(60, 9_000);
  give(bench, play);
  bench.lastfmServer.behaviour.onRequest = (_, { body }) =>
    body.includes("track.scrobble") ? lastfmError(29) : undefined;
  const { complete, notes } = await bench.sync({ scrobbles: true });
  expect(complete).toBe(true);
  expect(notes).toEqual(["60 logged plays to be sent another time: Last.fm takes no more plays today."]);
  const requests = bench.lastfmServer.requests.filter(({ body }) => body.includes("track.scrobble"));
  expect(requests).toHaveLength(1);
  bench.lastfmServer.behaviour.onRequest = null;
  expect(await send(bench)).toMatchObject({ sent: 60, waiting: 0 });
  expect(sentTitles(bench)).toEqual(play.tracks.map(({ title }) => title));
});

test("a play of yesterday that Last.fm calls too old waits, and the next sync sends it", async () => {
  const bench = await makeBench(small);
  const play = session(3, day);
  give(bench, play);
  bench.desk.ignores = () => 3;
  const { notes } = await bench.sync({ scrobbles: true });
  expect(notes).toEqual(["3 logged plays to be sent another time: too old by Last.fm's clock."]);
  bench.desk.ignores = () => 0;
  await bench.sync({ scrobbles: true });
  expect(statesOf(bench, play)).toEqual(play.tracks.map(() => ["sent", null]));
});

test("a play that Last.fm calls too old for 14 days is given up", async () => {
  const bench = await makeBench(small);
  const play = session(3, day);
  give(bench, play);
  bench.desk.ignores = () => 3;
  await bench.sync({ scrobbles: true });
  bench.clock.nowMs += 14 * day * 1000;
  await bench.sync({ scrobbles: true });
  expect(statesOf(bench, play)).toEqual(play.tracks.map(() => ["ignored", "older than 14 days"]));
});

test.each<readonly [string, Fault]>([
  ["the request is lost", lost],
  ["the answer is lost", cut],
  ["it is offline", lastfmError(11)],
])("%s, again and again: the rows wait, and are sent once by the next try", async (_, fault) => {
  const bench = await makeBench(small);
  const play = session(60, 9_000);
  give(bench, play);
  await failToSend(bench, fault);
  expect(new Set(statesOf(bench, play).map(([state]) => state))).toEqual(new Set(["unknown", "new"]));
  // A new run: the service told this one to wait.
  const services = await bench.reconnect();
  expect(await send(bench, services)).toMatchObject({ sent: 60, waiting: 0 });
  await services.close();
  expect(sentTitles(bench)).toEqual(play.tracks.map(({ title }) => title));
});

test("a session of somebody else sends nothing", async () => {
  const bench = await makeBench(small);
  bench.lastfm.others.push({ ...bench.lastfm.listener, name: "SomebodyElse" });
  for (const key of bench.desk.sessions.keys()) bench.desk.sessions.set(key, "SomebodyElse");
  give(bench, session(3, 9_000));
  await expect(send(bench)).rejects.toThrow("rewind may send to Last.fm as SomebodyElse");
  expect(bench.desk.stored).toEqual([]);
});

test("a sync sends waiting plays, and the next one lists them", async () => {
  const bench = await makeBench(small);
  const play = session(3, 9_000);
  give(bench, play);
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
  const bench = await makeBench(small, { signing: null });
  give(bench, session(3, 9_000));
  const { notes, complete } = await bench.sync({ scrobbles: true });
  expect(complete).toBe(true);
  expect(notes).toEqual(["3 logged plays wait to be sent to Last.fm. To allow it: rewind login --scrobble"]);
});

const listen = (
  { lastfm }: Bench,
  play: NotedPlay,
  names: { artist?: string; track?: string } = {},
): void => {
  for (const { uts, artist, title, album, albumArtist } of play.tracks) {
    const heard = { artist, track: title, album, albumArtist, albumMbid: null, ...names };
    lastfm.listener.plays.add({ uts: uts ?? 0, ...heard });
  }
};

test("an old play that may have been stored waits until the history was read", async () => {
  const bench = await makeBench(small);
  const [stored, gone] = [session(2, 13 * day), session(2, 13 * day - 4_000)];
  give(bench, stored, gone);
  await failToSend(bench, lost);
  listen(bench, stored);
  bench.clock.nowMs += 2 * day * 1000;
  expect(await send(bench)).toMatchObject({ sent: 0, waiting: 4 });
  await bench.sync({ scrobbles: true });
  expect(statesOf(bench, stored)).toEqual(stored.tracks.map(() => ["sent", null]));
  expect(statesOf(bench, gone)).toEqual(gone.tracks.map(() => ["ignored", "older than 14 days"]));
});

test("a play that was refused as too old counts as sent once the history lists it", async () => {
  const bench = await makeBench(small);
  const old = session(2, 15 * day);
  give(bench, old);
  await bench.sync({ scrobbles: true });
  expect(statesOf(bench, old)).toEqual(old.tracks.map(() => ["ignored", "older than 14 days"]));
  listen(bench, old);
  const next = session(1, 9_000);
  give(bench, next);
  await bench.sync({ full: true, scrobbles: true });
  expect(statesOf(bench, old)).toEqual(old.tracks.map(() => ["sent", null]));
});

test("a play that the history lists already is not sent", async () => {
  const bench = await makeBench(small);
  const play = session(2, 9_000);
  give(bench, play);
  listen(bench, play);
  await bench.sync({ scrobbles: true });
  expect(sentTitles(bench)).toEqual([]);
  expect(statesOf(bench, play)).toEqual(play.tracks.map(() => ["sent", null]));
});

test("a clock that runs 40 days ahead drops no play: Last.fm judges the age", async () => {
  const bench = await makeBench(small);
  const play = session(3, 9_000);
  give(bench, play);
  const aheadMs = bench.clock.nowMs + 40 * day * 1000;
  await bench.sync({ scrobbles: true, clock: { now: () => aheadMs } });
  expect(statesOf(bench, play)).toEqual(play.tracks.map(() => ["sent", null]));
});

test.each([
  ["another title", { track: "Halleluwah" }],
  ["another artist", { artist: "Faust" }],
])("a play of another device in the same second is not ours: %s", async (_, names) => {
  const bench = await makeBench(small);
  const play = session(2, 9_000);
  give(bench, play);
  await failToSend(bench, lost);
  listen(bench, play, names);
  await bench.sync({ scrobbles: true });
  expect(sentTitles(bench)).toEqual(play.tracks.map(({ title }) => title));
});

test("a code that Last.fm does not document leaves the play waiting, and the next sync sends it", async () => {
  const bench = await makeBench(small);
  give(bench, session(1, 9_000));
  const scrobbles = {
    "@attr": { accepted: 0, ignored: 1 },
    scrobble: { timestamp: String(nowUts - 9_000), ignoredMessage: { code: "9" } },
  };
  bench.lastfmServer.behaviour.onRequest = (_, { body }) =>
    body.includes("track.scrobble") ? { kind: "edit", edit: () => ({ scrobbles }) } : undefined;
  expect(await send(bench)).toMatchObject({ sent: 0, waiting: 1 });
  bench.lastfmServer.behaviour.onRequest = null;
  expect(await send(bench)).toMatchObject({ sent: 1, waiting: 0 });
});
