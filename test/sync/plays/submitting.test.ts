// Logged plays go to ListenBrainz once each. It only queues what it takes, so a play counts as sent once it is listed.
import { expect, test } from "vitest";
import { transact } from "../../../src/store/file/database.ts";
import {
  enqueuePlay,
  readLoggedPlays,
  type LoggedTrack,
  saveLoggedPlays,
} from "../../../src/store/decisions/logged-plays.ts";
import { respondWith, cut, cutBody, type Fault, lost, truncated } from "../../support/response-faults.ts";
import { buildLoggedPlay, buildLoggedTrack } from "../../support/logged-plays.ts";
import { buildListen, type ListenMetadata } from "../../support/listenbrainz-data.ts";
import { pickItem, createSeededRandom } from "../../support/random.ts";
import { type ListenFixture, createListenFixture, startMs } from "../listens/listen-fixture.ts";

const nowUts = startMs / 1000;
const twoSeconds = 2_001;

function enqueueTracks(
  { database }: ListenFixture,
  tracks: readonly Partial<LoggedTrack>[],
  agoSeconds = 7_200,
): void {
  const startUts = nowUts - agoSeconds;
  const play = buildLoggedPlay({
    releaseId: 1,
    from: new Date(startUts * 1000).toISOString(),
    tracks: tracks.map((track, at) =>
      buildLoggedTrack({ title: `T${at}`, uts: startUts + at * 300, ...track }),
    ),
  });
  transact(database, () => {
    saveLoggedPlays(database, [play]);
    enqueuePlay(database, play.uuid, ["listenbrainz"]);
  });
}

function readStates({ database }: ListenFixture): (readonly [string | null, string | null])[] {
  return readLoggedPlays(database).flatMap(({ tracks }) =>
    tracks.map(
      ({ sendings: { listenbrainz } }) =>
        [listenbrainz?.state ?? null, listenbrainz?.reason ?? null] as const,
    ),
  );
}

const fourTracks = Array.from({ length: 4 }, () => ({}));

test("a play is queued, then listed, then sent, and costs nothing more", async () => {
  const bench = await createListenFixture([]);
  enqueueTracks(bench, fourTracks);
  await bench.sync({ scrobbles: true });
  expect(readStates(bench)).toEqual(fourTracks.map(() => ["queued", null]));
  bench.clock.jump(twoSeconds);
  const { steps, notices } = await bench.sync({ scrobbles: true });
  expect(steps.find(({ name }) => name === "listens")).toMatchObject({ rows: 4 });
  expect(notices).toEqual([]);
  expect(readStates(bench)).toEqual(fourTracks.map(() => ["sent", null]));
  expect(bench.server.submissions).toHaveLength(1);
  bench.clock.jump(600_000);
  await bench.sync({ scrobbles: true });
  expect((await bench.sync({ scrobbles: true })).requests).toBe(2);
});

test("accepts a play older than two weeks, and one of thirty seconds", async () => {
  const bench = await createListenFixture([]);
  enqueueTracks(bench, [{ durationSeconds: 20 }], 900 * 86_400);
  await bench.sync({ scrobbles: true });
  bench.server.store();
  expect(bench.world.listens.rows).toHaveLength(1);
});

test("sends a play again with the same bytes if it was accepted and never listed", async () => {
  const bench = await createListenFixture([]);
  enqueueTracks(bench, fourTracks);
  bench.server.behaviour.shouldDrop = ({ metadata }) => metadata.track_name === "T2";
  await bench.sync({ scrobbles: true });
  bench.clock.jump(twoSeconds);
  const { notices } = await bench.sync({ scrobbles: true });
  expect(notices).toContain("ListenBrainz took 1 logged play and does not list it yet.");
  bench.server.behaviour.shouldDrop = () => false;
  bench.clock.jump(twoSeconds);
  await bench.sync({ scrobbles: true });
  bench.clock.jump(twoSeconds);
  await bench.sync({ scrobbles: true });
  expect(readStates(bench)).toEqual(fourTracks.map(() => ["sent", null]));
  const entries = bench.server.submissions.flatMap((body) => {
    const { payload } = JSON.parse(body) as { payload: { track_metadata: { track_name: string } }[] };
    return payload
      .filter((entry) => entry.track_metadata.track_name === "T2")
      .map((entry) => JSON.stringify(entry));
  });
  expect(entries.length).toBeGreaterThan(1);
  expect(new Set(entries).size).toBe(1);
});

test("gives up a play that is not listed within two weeks, and counts it as sent once listed", async () => {
  const bench = await createListenFixture([]);
  enqueueTracks(bench, fourTracks);
  bench.server.behaviour.shouldDrop = ({ metadata }) => metadata.track_name === "T2";
  await bench.sync({ scrobbles: true });
  bench.clock.jump(twoSeconds);
  await bench.sync({ scrobbles: true });
  bench.clock.jump(15 * 86_400_000);
  const { notices } = await bench.sync({ scrobbles: true });
  expect(notices).toContainEqual(
    expect.stringMatching(/^1 logged play not sent: .*not listed it for 14 days/),
  );
  const submitted = bench.server.submissions.length;
  bench.clock.jump(86_400_000);
  await bench.sync({ scrobbles: true });
  expect(bench.server.submissions).toHaveLength(submitted);
  expect(readStates(bench).map(([state]) => state)).toEqual(["sent", "sent", "ignored", "sent"]);
  const { payload } = JSON.parse(bench.server.submissions[0] ?? "") as {
    payload: { listened_at: number; track_metadata: ListenMetadata }[];
  };
  bench.server.insert(
    ...payload.slice(2, 3).map(({ listened_at: at, track_metadata: track }) => buildListen(at, track)),
  );
  bench.clock.jump(86_400_000);
  await bench.sync({ scrobbles: true });
  expect(readStates(bench)).toEqual(fourTracks.map(() => ["sent", null]));
});

test("an invalid play is ignored with its reason, and the others are stored", async () => {
  const bench = await createListenFixture([]);
  enqueueTracks(bench, [{}, { title: " " }, {}]);
  const { notices } = await bench.sync({ scrobbles: true });
  expect(readStates(bench)).toEqual([
    ["queued", null],
    ["ignored", "ListenBrainz refuses it as invalid"],
    ["queued", null],
  ]);
  expect(notices).toEqual(["1 logged play not sent: ListenBrainz refuses it as invalid."]);
});

test("sends nothing with the token of another user", async () => {
  const bench = await createListenFixture([]);
  enqueueTracks(bench, fourTracks);
  bench.server.behaviour.onRequest = (_, { path }) =>
    path === "/1/validate-token"
      ? respondWith(200, { code: 200, valid: true, user_name: "Someone" })
      : undefined;
  const { failures } = await bench.sync({ scrobbles: true });
  expect(failures[0]).toMatchObject({ exitCode: 4 });
  expect(bench.server.submissions).toEqual([]);
});

const faults: readonly Fault[] = [
  lost,
  cut,
  cutBody,
  truncated,
  respondWith(503, { code: 503, error: "later" }),
];

test("stores each play once, whatever fails", async () => {
  const random = createSeededRandom(1);
  const bench = await createListenFixture([]);
  enqueueTracks(
    bench,
    Array.from({ length: 60 }, (_, at) => ({ isGuessed: at % 3 === 0, title: `Café № ${at} 100%` })),
    30_000,
  );
  bench.server.behaviour.onRequest = () => (random() < 0.5 ? pickItem(random, faults) : undefined);
  for (let tries = 0; tries < 12; tries += 1) {
    await bench.sync({ scrobbles: true });
    bench.clock.jump(twoSeconds);
  }
  bench.server.behaviour.onRequest = null;
  await bench.sync({ scrobbles: true });
  bench.clock.jump(twoSeconds);
  await bench.sync({ scrobbles: true });
  expect(bench.world.listens.rows).toHaveLength(60);
  expect(new Set(bench.world.listens.rows.map(({ listenedAt }) => listenedAt)).size).toBe(60);
  expect(new Set(readStates(bench).map(([state]) => state))).toEqual(new Set(["sent"]));
});
