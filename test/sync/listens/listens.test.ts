import { expect, test } from "vitest";
import { daySeconds } from "../../../src/model/times.ts";
import { hang, lost } from "../../support/response-faults.ts";
import { buildListen, buildPlainListen, type StoredListen } from "../../support/listenbrainz-data.ts";
import { countStaged } from "../../../src/store/file/listings.ts";
import { pickInteger, createSeededRandom, toUuid } from "../../support/random.ts";
import { createListenFixture, startMs } from "./listen-fixture.ts";

const nowUts = startMs / 1000;
const dayMs = daySeconds * 1000;

/** Listens over years, with gaps, and up to three in one second. */
function generateListens(count: number, seed: number): StoredListen[] {
  const random = createSeededRandom(seed);
  const listens: StoredListen[] = [];
  let uts = nowUts - 3_600;
  while (listens.length < count) {
    const inSecond = random() < 0.1 ? pickInteger(random, 2, 3) : 1;
    for (let at = 0; at < inSecond; at += 1) listens.push(buildPlainListen(uts, `${listens.length}`));
    uts -= random() < 2 / count ? pickInteger(random, 30, 400) * daySeconds : pickInteger(random, 60, 8_000);
  }
  return listens;
}

/** Pages of a hundred: ten times fewer listens do. */
const hundred = { mostListens: 100, limit: null };

test.each([97, 3])("reads all listens if the server lists %i a page", async (mostListens) => {
  const fixture = await createListenFixture(generateListens(mostListens * 12, mostListens), {
    mostListens,
    limit: null,
  });
  const { steps, complete } = await fixture.sync();
  expect(fixture.stored()).toEqual(fixture.truth());
  expect(complete).toBe(true);
  expect(steps.find(({ name }) => name === "listens")).toMatchObject({
    status: "done",
    rows: fixture.truth().length,
  });
});

const buildListensInSecond = (uts: number, count: number): StoredListen[] =>
  Array.from({ length: count }, (_, at) => buildPlainListen(uts, `${uts}-${at}`));

test("reads a second that spans two pages, and skips one with more listens than a page", async () => {
  const fixture = await createListenFixture(
    [
      ...buildListensInSecond(nowUts - 500, 9),
      ...buildListensInSecond(nowUts - 400, 9),
      ...buildListensInSecond(nowUts - 300, 12),
      buildPlainListen(nowUts - 200),
    ],
    { mostListens: 10 },
  );
  const { notices } = await fixture.sync();
  expect(fixture.stored()).toHaveLength(9 + 9 + 10 + 1);
  expect(notices).toEqual([expect.stringContaining("ListenBrainz counts 31 plays, and rewind has read 29.")]);
});

test("sends two requests if nothing is new", async () => {
  const fixture = await createListenFixture(generateListens(250, 3), hundred);
  expect((await fixture.sync()).requests).toBe(2 + 3 + 1);
  const { requests, steps } = await fixture.sync();
  expect(requests).toBe(2);
  expect(steps.find(({ name }) => name === "listens")).toMatchObject({ status: "unchanged", requests: 2 });
});

test("new listens cost four requests, and late ones of the last two weeks come with them", async () => {
  const fixture = await createListenFixture(generateListens(150, 4));
  await fixture.sync();
  fixture.clock.jump(600_000);
  fixture.server.insert(buildPlainListen(nowUts + 60), buildPlainListen(nowUts - 10 * daySeconds, "late"));
  const { requests } = await fixture.sync();
  expect(requests).toBe(4);
  expect(fixture.stored()).toEqual(fixture.truth());
});

test("new listens cost four requests if the latest listen lies in the future", async () => {
  const fixture = await createListenFixture([
    ...generateListens(150, 4),
    buildPlainListen(nowUts + 10 * daySeconds, "ahead"),
  ]);
  await fixture.sync();
  expect((await fixture.sync()).requests).toBe(2);
  fixture.clock.jump(600_000);
  fixture.server.insert(buildPlainListen(nowUts + 60, "new"));
  const { requests } = await fixture.sync();
  expect(requests).toBe(4);
  const isAhead = (row: string): boolean =>
    row.startsWith("0 ") || Number.parseInt(row, 10) > nowUts + daySeconds;
  expect(fixture.stored().filter((row) => !isAhead(row))).toEqual(
    fixture.truth().filter((row) => !isAhead(row)),
  );
});

test("back-dated listens are noticed by the count, once a day", async () => {
  const fixture = await createListenFixture(generateListens(150, 5));
  await fixture.sync();
  fixture.server.insert(buildPlainListen(nowUts - 900 * daySeconds, "back-dated"));
  fixture.clock.jump(3_600_000);
  const early = await fixture.sync();
  expect(early.notices).toEqual([
    expect.stringContaining("ListenBrainz counts 151 plays, and rewind has read 150."),
  ]);
  expect((await fixture.sync()).requests).toBe(2);
  fixture.clock.jump(dayMs);
  const late = await fixture.sync();
  expect(late.notices).toEqual([]);
  expect(fixture.stored()).toEqual(fixture.truth());
});

test("a deleted listen goes once the service has removed it, recent or old", async () => {
  const fixture = await createListenFixture(generateListens(300, 7), hundred);
  await fixture.sync();
  const [recent] = fixture.world.listens.rows;
  const old = fixture.world.listens.rows.at(-1);
  fixture.server.deleteListen((each) => each === recent);
  await fixture.sync();
  expect(fixture.stored()).toHaveLength(300);
  fixture.clock.jump(3_600_000);
  await fixture.sync();
  expect(fixture.stored()).toEqual(fixture.truth());
  fixture.server.deleteListen((each) => each === old);
  fixture.clock.jump(dayMs + 3_600_000);
  await fixture.sync();
  expect(fixture.stored()).toEqual(fixture.truth());
});

test("all listens are read again after a week", async () => {
  const fixture = await createListenFixture(generateListens(120, 8));
  await fixture.sync();
  fixture.clock.jump(6 * dayMs);
  expect((await fixture.sync()).requests).toBe(2);
  fixture.clock.jump(dayMs);
  expect((await fixture.sync()).requests).toBeGreaterThan(3);
});

test("listens that the service counts and does not list are kept", async () => {
  const fixture = await createListenFixture(generateListens(120, 9));
  await fixture.sync();
  fixture.server.behaviour.onRequest = (_, { path }) =>
    path.endsWith("/listens") ? { kind: "edit", edit: (body) => removeOldest(body) } : undefined;
  const { notices } = await fixture.sync({ full: true });
  expect(fixture.stored()).toEqual(fixture.truth());
  expect(notices).toEqual([]);
});

function removeOldest(body: unknown): unknown {
  const { payload } = body as { payload: { listens: unknown[] } };
  return { payload: { ...payload, listens: payload.listens.slice(0, -1) } };
}

test("an account that suddenly has nothing keeps its listens", async () => {
  const fixture = await createListenFixture(generateListens(40, 10));
  await fixture.sync();
  const count = fixture.stored().length;
  fixture.world.listens.set([]);
  fixture.clock.jump(3_600_000);
  const { failures } = await fixture.sync();
  expect(failures.map(({ message }) => message)).toEqual([
    `the list of ListenBrainz listens came back empty, but ${count} are cached: they were kept`,
  ]);
  await fixture.sync({ full: true });
  expect(fixture.stored()).toEqual([]);
});

test("an empty account costs two requests", async () => {
  const fixture = await createListenFixture([]);
  expect((await fixture.sync()).requests).toBe(2);
  expect((await fixture.sync()).requests).toBe(2);
});

test("reads smaller pages if pages time out", async () => {
  const fixture = await createListenFixture(generateListens(1_100, 11));
  fixture.server.behaviour.onRequest = (_, { query }) => (query["count"] === "1000" ? hang : undefined);
  const { complete } = await fixture.sync();
  expect(complete).toBe(true);
  expect(fixture.stored()).toEqual(fixture.truth());
});

test("resumes a failed read where it stopped", async () => {
  const fixture = await createListenFixture(generateListens(850, 12), hundred);
  fixture.server.behaviour.onRequest = (n) => (n > 7 ? lost : undefined);
  expect((await fixture.sync()).complete).toBe(false);
  expect(fixture.stored()).toEqual([]);
  fixture.server.behaviour.onRequest = null;
  const { complete, requests } = await fixture.sync();
  expect(complete).toBe(true);
  // Five of nine pages were staged before.
  expect(requests).toBe(2 + 4 + 1);
  expect(fixture.stored()).toEqual(fixture.truth());
});

const mappedMbid = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";

test.each([
  ["recording_mbid", mappedMbid, mappedMbid],
  ["artist_mbids", [mappedMbid], JSON.stringify([mappedMbid])],
])("a listen that is mapped to MBIDs later gets them: %s", async (field, value, stored) => {
  const row = buildListen(nowUts - 60, { artist_name: "Can", track_name: "Yoo Doo Right" });
  const fixture = await createListenFixture([row]);
  await fixture.sync();
  const mapped = { ...row.metadata, mbid_mapping: { [field]: value } };
  fixture.world.listens.set([{ ...row, metadata: mapped }, buildPlainListen(nowUts - 30)]);
  fixture.clock.jump(3_600_001);
  const { steps } = await fixture.sync();
  expect(steps.find(({ name }) => name === "listens")).toMatchObject({
    added: 1,
    updated: 1,
    removed: 0,
    rows: 2,
  });
  const mbids = fixture.database
    .prepare(`SELECT ${field} FROM source_play JOIN source_track ON id = source_track_id ORDER BY uts`)
    .pluck()
    .all();
  expect(mbids).toEqual([stored, ""]);
});

test("another user's listens are refused", async () => {
  const fixture = await createListenFixture(generateListens(10, 13));
  await fixture.sync();
  fixture.world.username = "Someone";
  fixture.clock.jump(3_600_001);
  const { failures } = await fixture.sync();
  expect(failures[0]).toMatchObject({ exitCode: 4 });
  expect(failures[0]?.message).toContain("the plays of NightOwl on ListenBrainz, not those of Someone");
});

test("a hundred pages take at most 1.15 of what the rate limit allows", async () => {
  const fixture = await createListenFixture(generateListens(2_000, 14), { mostListens: 20, latencyMs: 200 });
  const { requests } = await fixture.sync();
  expect(requests).toBeGreaterThan(2 + 100);
  const minMs = Math.floor((requests - 1) / 30) * 10_000 + 200;
  expect(fixture.clock.now() - startMs).toBeLessThanOrEqual(minMs * 1.15);
  expect(fixture.server.requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(fixture.stored()).toEqual(fixture.truth());
});

/** Pages of a thousand listens that nobody has seen, after whatever second is asked for. */
function createEndlessPage(minTs: number): (body: unknown) => unknown {
  const listens = Array.from({ length: 1_000 }, (_, at) => ({
    listened_at: minTs + 1 + at,
    recording_msid: toUuid(`${minTs} ${at}`),
    track_metadata: { artist_name: "Can", track_name: "Vitamin C" },
  })).toReversed();
  return (body) => {
    const { payload } = body as { payload: object };
    return { payload: { ...payload, count: 1_000, listens, latest_listen_ts: nowUts } };
  };
}

test.each(["first", "later"])("a %s sync stops if the list goes on far past its count", async (which) => {
  const fixture = await createListenFixture(
    [...buildListensInSecond(nowUts - 900, 5), buildPlainListen(nowUts - 60)],
    hundred,
  );
  if (which === "later") await fixture.sync();
  const before = fixture.stored();
  fixture.server.insert(buildPlainListen(nowUts - 30));
  fixture.clock.jump(3_600_000);
  let pages = 0;
  fixture.server.behaviour.onRequest = (_, { query }) => {
    if (query["min_ts"] === undefined) return undefined;
    pages += 1;
    return pages > 20 ? lost : { kind: "edit", edit: createEndlessPage(Number(query["min_ts"])) };
  };
  const { failures } = await fixture.sync();
  expect(failures).toMatchObject([
    { exitCode: 3, message: expect.stringContaining("the list of ListenBrainz listens does not end") },
  ]);
  expect(pages).toBeLessThan(5);
  expect(fixture.stored()).toEqual(before);
  expect(countStaged(fixture.database, "listens")).toBe(0);
  fixture.server.behaviour.onRequest = null;
  expect((await fixture.sync()).complete).toBe(true);
  expect(fixture.stored()).toEqual(fixture.truth());
});
