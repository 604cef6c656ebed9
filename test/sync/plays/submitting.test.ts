// Logged plays go to ListenBrainz once each. It only queues what it takes, so a play counts as sent once it is listed.
import { expect, test } from "vitest";
import { transact } from "../../../src/store/file/database.ts";
import {
  giveToBeSent,
  listNotedPlays,
  type NotedTrack,
  writeNotedPlays,
} from "../../../src/store/decisions/noted-plays.ts";
import { answer, cut, cutBody, type Fault, lost, truncated } from "../../support/faults.ts";
import { notedPlay, notedTrack } from "../../support/noted.ts";
import { listen, type ListenMetadata } from "../../support/listenbrainz-world.ts";
import { pick, seeded } from "../../support/random.ts";
import { type ListenBench, listenBench, startMs } from "../listens/listen-bench.ts";

const nowUts = startMs / 1000;
const twoSeconds = 2_001;

function give({ database }: ListenBench, tracks: readonly Partial<NotedTrack>[], agoSeconds = 7_200): void {
  const startUts = nowUts - agoSeconds;
  const play = notedPlay({
    releaseId: 1,
    from: new Date(startUts * 1000).toISOString(),
    tracks: tracks.map((track, at) => notedTrack({ title: `T${at}`, uts: startUts + at * 300, ...track })),
  });
  transact(database, () => {
    writeNotedPlays(database, [play]);
    giveToBeSent(database, play.uuid, ["listenbrainz"]);
  });
}

function statesOf({ database }: ListenBench): (readonly [string | null, string | null])[] {
  return listNotedPlays(database).flatMap(({ tracks }) =>
    tracks.map(
      ({ sendings: { listenbrainz } }) =>
        [listenbrainz?.state ?? null, listenbrainz?.reason ?? null] as const,
    ),
  );
}

const plain = Array.from({ length: 4 }, () => ({}));

test("a play is queued, then listed, then sent, and costs nothing more", async () => {
  const bench = await listenBench([]);
  give(bench, plain);
  await bench.sync({ scrobbles: true });
  expect(statesOf(bench)).toEqual(plain.map(() => ["queued", null]));
  bench.clock.jump(twoSeconds);
  const { steps, notes } = await bench.sync({ scrobbles: true });
  expect(steps.find(({ name }) => name === "listens")).toMatchObject({ rows: 4 });
  expect(notes).toEqual([]);
  expect(statesOf(bench)).toEqual(plain.map(() => ["sent", null]));
  expect(bench.server.submissions).toHaveLength(1);
  bench.clock.jump(600_000);
  await bench.sync({ scrobbles: true });
  expect((await bench.sync({ scrobbles: true })).requests).toBe(2);
});

test("a play older than two weeks is taken, and one of thirty seconds", async () => {
  const bench = await listenBench([]);
  give(bench, [{ durationSeconds: 20 }], 900 * 86_400);
  await bench.sync({ scrobbles: true });
  bench.server.store();
  expect(bench.world.listens.rows).toHaveLength(1);
});

test("what is taken and never listed is sent again, with the same bytes", async () => {
  const bench = await listenBench([]);
  give(bench, plain);
  bench.server.behaviour.drops = ({ metadata }) => metadata.track_name === "T2";
  await bench.sync({ scrobbles: true });
  bench.clock.jump(twoSeconds);
  const { notes } = await bench.sync({ scrobbles: true });
  expect(notes).toContain("ListenBrainz took 1 logged play and does not list it yet.");
  bench.server.behaviour.drops = () => false;
  bench.clock.jump(twoSeconds);
  await bench.sync({ scrobbles: true });
  bench.clock.jump(twoSeconds);
  await bench.sync({ scrobbles: true });
  expect(statesOf(bench)).toEqual(plain.map(() => ["sent", null]));
  const entries = bench.server.submissions.flatMap((body) => {
    const { payload } = JSON.parse(body) as { payload: { track_metadata: { track_name: string } }[] };
    return payload
      .filter((entry) => entry.track_metadata.track_name === "T2")
      .map((entry) => JSON.stringify(entry));
  });
  expect(entries.length).toBeGreaterThan(1);
  expect(new Set(entries).size).toBe(1);
});

test("what is never listed is given up after two weeks, and counts as sent once it is listed", async () => {
  const bench = await listenBench([]);
  give(bench, plain);
  bench.server.behaviour.drops = ({ metadata }) => metadata.track_name === "T2";
  await bench.sync({ scrobbles: true });
  bench.clock.jump(twoSeconds);
  await bench.sync({ scrobbles: true });
  bench.clock.jump(15 * 86_400_000);
  const { notes } = await bench.sync({ scrobbles: true });
  expect(notes).toContainEqual(expect.stringMatching(/^1 logged play not sent: .*not listed it for 14 days/));
  const submitted = bench.server.submissions.length;
  bench.clock.jump(86_400_000);
  await bench.sync({ scrobbles: true });
  expect(bench.server.submissions).toHaveLength(submitted);
  expect(statesOf(bench).map(([state]) => state)).toEqual(["sent", "sent", "ignored", "sent"]);
  const { payload } = JSON.parse(bench.server.submissions[0] ?? "") as {
    payload: { listened_at: number; track_metadata: ListenMetadata }[];
  };
  bench.server.insert(
    ...payload.slice(2, 3).map(({ listened_at: at, track_metadata: track }) => listen(at, track)),
  );
  bench.clock.jump(86_400_000);
  await bench.sync({ scrobbles: true });
  expect(statesOf(bench)).toEqual(plain.map(() => ["sent", null]));
});

test("an invalid play is ignored with its reason, and the others are stored", async () => {
  const bench = await listenBench([]);
  give(bench, [{}, { title: " " }, {}]);
  const { notes } = await bench.sync({ scrobbles: true });
  expect(statesOf(bench)).toEqual([
    ["queued", null],
    ["ignored", "ListenBrainz refuses it as invalid"],
    ["queued", null],
  ]);
  expect(notes).toEqual(["1 logged play not sent: ListenBrainz refuses it as invalid."]);
});

test("the token of another user sends nothing", async () => {
  const bench = await listenBench([]);
  give(bench, plain);
  bench.server.behaviour.onRequest = (_, { path }) =>
    path === "/1/validate-token" ? answer(200, { code: 200, valid: true, user_name: "Someone" }) : undefined;
  const { failures } = await bench.sync({ scrobbles: true });
  expect(failures[0]).toMatchObject({ exitCode: 4 });
  expect(bench.server.submissions).toEqual([]);
});

const faults: readonly Fault[] = [lost, cut, cutBody, truncated, answer(503, { code: 503, error: "later" })];

test("whatever goes wrong, each play is stored once", async () => {
  const random = seeded(1);
  const bench = await listenBench([]);
  give(
    bench,
    Array.from({ length: 60 }, (_, at) => ({ isGuessed: at % 3 === 0, title: `Café № ${at} 100%` })),
    30_000,
  );
  bench.server.behaviour.onRequest = () => (random() < 0.5 ? pick(random, faults) : undefined);
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
  expect(new Set(statesOf(bench).map(([state]) => state))).toEqual(new Set(["sent"]));
});
