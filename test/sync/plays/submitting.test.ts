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
  const fixture = await createListenFixture([]);
  enqueueTracks(fixture, fourTracks);
  const first = await fixture.sync({ scrobbles: true });
  expect(first.steps.find(({ name }) => name === "submitting")).toMatchObject({ rows: 4, added: 4 });
  expect(readStates(fixture)).toEqual(fourTracks.map(() => ["queued", null]));
  fixture.clock.jump(twoSeconds);
  const { steps, notices } = await fixture.sync({ scrobbles: true });
  // The first sync counted the plays.
  expect(steps.find(({ name }) => name === "submitting")).toMatchObject({ rows: 4, added: 0 });
  expect(steps.find(({ name }) => name === "listens")).toMatchObject({ rows: 4 });
  expect(notices).toEqual([]);
  expect(readStates(fixture)).toEqual(fourTracks.map(() => ["sent", null]));
  expect(fixture.server.submissions).toHaveLength(1);
  fixture.clock.jump(600_000);
  await fixture.sync({ scrobbles: true });
  expect((await fixture.sync({ scrobbles: true })).requests).toBe(2);
});

test("accepts a play older than two weeks, and one of thirty seconds", async () => {
  const fixture = await createListenFixture([]);
  enqueueTracks(fixture, [{ durationSeconds: 20 }], 900 * 86_400);
  await fixture.sync({ scrobbles: true });
  fixture.server.store();
  expect(fixture.world.listens.rows).toHaveLength(1);
});

test("sends a play again with the same bytes if it was accepted and never listed", async () => {
  const fixture = await createListenFixture([]);
  enqueueTracks(fixture, fourTracks);
  fixture.server.behaviour.shouldDrop = ({ metadata }) => metadata.track_name === "T2";
  await fixture.sync({ scrobbles: true });
  fixture.clock.jump(twoSeconds);
  const { notices } = await fixture.sync({ scrobbles: true });
  expect(notices).toContain("ListenBrainz took 1 logged play and does not list it yet.");
  fixture.server.behaviour.shouldDrop = () => false;
  fixture.clock.jump(twoSeconds);
  await fixture.sync({ scrobbles: true });
  fixture.clock.jump(twoSeconds);
  await fixture.sync({ scrobbles: true });
  expect(readStates(fixture)).toEqual(fourTracks.map(() => ["sent", null]));
  const entries = fixture.server.submissions.flatMap((body) => {
    const { payload } = JSON.parse(body) as { payload: { track_metadata: { track_name: string } }[] };
    return payload
      .filter((entry) => entry.track_metadata.track_name === "T2")
      .map((entry) => JSON.stringify(entry));
  });
  expect(entries.length).toBeGreaterThan(1);
  expect(new Set(entries).size).toBe(1);
});

test("gives up a play that is not listed within two weeks, and counts it as sent once listed", async () => {
  const fixture = await createListenFixture([]);
  enqueueTracks(fixture, fourTracks);
  fixture.server.behaviour.shouldDrop = ({ metadata }) => metadata.track_name === "T2";
  await fixture.sync({ scrobbles: true });
  fixture.clock.jump(twoSeconds);
  await fixture.sync({ scrobbles: true });
  fixture.clock.jump(15 * 86_400_000);
  const { notices } = await fixture.sync({ scrobbles: true });
  expect(notices).toContainEqual(
    expect.stringMatching(/^1 logged play not sent: .*not listed it for 14 days/),
  );
  const submitted = fixture.server.submissions.length;
  fixture.clock.jump(86_400_000);
  await fixture.sync({ scrobbles: true });
  expect(fixture.server.submissions).toHaveLength(submitted);
  expect(readStates(fixture).map(([state]) => state)).toEqual(["sent", "sent", "ignored", "sent"]);
  const { payload } = JSON.parse(fixture.server.submissions[0] ?? "") as {
    payload: { listened_at: number; track_metadata: ListenMetadata }[];
  };
  fixture.server.insert(
    ...payload.slice(2, 3).map(({ listened_at: at, track_metadata: track }) => buildListen(at, track)),
  );
  fixture.clock.jump(86_400_000);
  await fixture.sync({ scrobbles: true });
  expect(readStates(fixture)).toEqual(fourTracks.map(() => ["sent", null]));
});

test("an invalid play is ignored with its reason, and the others are stored", async () => {
  const fixture = await createListenFixture([]);
  enqueueTracks(fixture, [{}, { title: " " }, {}]);
  const { notices } = await fixture.sync({ scrobbles: true });
  expect(readStates(fixture)).toEqual([
    ["queued", null],
    ["ignored", "ListenBrainz refuses it as invalid"],
    ["queued", null],
  ]);
  expect(notices).toEqual(["1 logged play not sent: ListenBrainz refuses it as invalid."]);
});

test("sends nothing with the token of another user", async () => {
  const fixture = await createListenFixture([]);
  enqueueTracks(fixture, fourTracks);
  fixture.server.behaviour.onRequest = (_, { path }) =>
    path === "/1/validate-token"
      ? respondWith(200, { code: 200, valid: true, user_name: "Someone" })
      : undefined;
  const { failures } = await fixture.sync({ scrobbles: true });
  expect(failures[0]).toMatchObject({ exitCode: 4 });
  expect(fixture.server.submissions).toEqual([]);
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
  const fixture = await createListenFixture([]);
  enqueueTracks(
    fixture,
    Array.from({ length: 60 }, (_, at) => ({ isGuessed: at % 3 === 0, title: `Café № ${at} 100%` })),
    30_000,
  );
  fixture.server.behaviour.onRequest = () => (random() < 0.5 ? pickItem(random, faults) : undefined);
  for (let tries = 0; tries < 12; tries += 1) {
    await fixture.sync({ scrobbles: true });
    fixture.clock.jump(twoSeconds);
  }
  fixture.server.behaviour.onRequest = null;
  await fixture.sync({ scrobbles: true });
  fixture.clock.jump(twoSeconds);
  await fixture.sync({ scrobbles: true });
  expect(fixture.world.listens.rows).toHaveLength(60);
  expect(new Set(fixture.world.listens.rows.map(({ listenedAt }) => listenedAt)).size).toBe(60);
  expect(new Set(readStates(fixture).map(([state]) => state))).toEqual(new Set(["sent"]));
});
