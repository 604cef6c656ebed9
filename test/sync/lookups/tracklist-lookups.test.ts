// Tracklists are asked for where they would settle a match, out of what the rate limit has to spare, and once; with
// --tracklists those of the whole shelf.
import { describe, expect, test } from "vitest";
import { confidences } from "../../../src/match/rules/confidence.ts";
import { lowerConfidence } from "../../../src/match/rules/rule-order.ts";
import { generousLimit } from "../../support/fake-discogs.ts";
import { respondWith, cut } from "../../support/response-faults.ts";
import { formatDiscogsDate } from "../../support/generated-data.ts";
import type { CollectionRecord, ListedTrack } from "../../../src/model/model.ts";
import { createTracklistReader } from "../../../src/store/shelf/tracklists.ts";
import type { Play } from "../../support/service-data.ts";
import { songs } from "../../match/scenarios.ts";
import { createSyncFixtureFrom, createSyncFixture, startMs, type SyncFixture } from "../fixture.ts";
import { readSnapshot } from "../snapshot.ts";
import { buildArtistCredit, buildListedTrack, buildPlay, buildRecord } from "../../support/filled-cache.ts";

const day = 86_400_000;

/** A record by its own artist, whose title an album's only begins: loose by name alone. */
const buildLooseRecord = (id: number): CollectionRecord => ({
  ...buildRecord({
    id,
    artist: `Tidewater ${"abcdefghijklmnopqrstuvwxyz"[id % 26]}${id}`,
    title: "Low Water: A Journey Downstream",
    dateAdded: formatDiscogsDate(1_400_000_000 + id * 10_000),
  }),
  instanceId: id,
});

function buildPlays({ release }: CollectionRecord): Play[] {
  const artist = release.artists[0]?.name ?? "";
  const album = release.title.split(":")[0] ?? "";
  const startUts = 1_500_000_000 + release.id * 10_000;
  return songs.map((song, at) => buildPlay(artist, album, song, startUts + at * 300));
}

const buildCompilationPlays = (artist: string, titles: readonly string[], startUts: number): Play[] =>
  titles.map((song, at) => buildPlay(artist, "Moonraking", song, startUts + at * 300));

/** `count` records, each of them loose by its name, with the lists that are given. */
async function createLooseFixture(
  count: number,
  getTracklist: (id: number) => readonly string[] | null,
  behaviour: Parameters<typeof createSyncFixtureFrom>[1] = {},
): Promise<SyncFixture> {
  const records = Array.from({ length: count }, (_, at) => buildLooseRecord(at + 1));
  const fixture = await createSyncFixtureFrom({ records, plays: records.flatMap(buildPlays) }, behaviour);
  fixture.discogs.tracklists = new Map(
    records.flatMap(({ release: { id } }) => {
      const titles = getTracklist(id);
      return titles ? [[id, titles.map((title) => buildListedTrack(title))] as const] : [];
    }),
  );
  return fixture;
}

/** The releases asked for, in the order in which they were. */
function listRequestedIds(fixture: SyncFixture): number[] {
  return fixture.discogsServer.requests.flatMap(({ path }) => {
    const id = /^\/releases\/(\d+)$/.exec(path)?.[1];
    return id === undefined ? [] : [Number(id)];
  });
}

const readVerdicts = (fixture: SyncFixture): unknown[] =>
  fixture.database
    .prepare("SELECT rule, confidence FROM match JOIN record ON record.id = record_id ORDER BY instance_id")
    .raw()
    .all();

const readRules = ({ database }: SyncFixture): unknown[] =>
  database
    .prepare("SELECT rule FROM match JOIN record ON record.id = record_id ORDER BY instance_id")
    .pluck()
    .all();

test("a tracklist confirms or rejects a loose match, as the last step", async () => {
  const fixture = await createLooseFixture(3, (id) =>
    id === 1 ? songs : id === 2 ? songs.map((song) => `Not ${song}`) : null,
  );
  let before: unknown[] = [];
  fixture.discogsServer.behaviour.onRequest = (_, { path }) => {
    if (path === "/releases/3") before = readVerdicts(fixture);
  };
  const summary = await fixture.sync();
  expect(summary).toMatchObject({ complete: true, notices: [] });
  // The newest first; the answers to before are there already.
  expect(listRequestedIds(fixture)).toEqual([3, 2, 1]);
  const loose = ["subtitle", confidences.subtitle];
  expect(before).toEqual([loose, loose, loose]);
  expect(readVerdicts(fixture)).toEqual([["tracklist", confidences.tracklist], ["subtitle", 0.51], loose]);
  const last = Math.max(...fixture.lastfmServer.requests.map(({ atMs }) => atMs));
  const listings = fixture.discogsServer.requests.filter(({ path }) => !path.startsWith("/releases/"));
  const first = fixture.discogsServer.requests.find(({ path }) => path.startsWith("/releases/"));
  expect(first?.atMs).toBeGreaterThanOrEqual(last);
  expect(first?.n).toBe(listings.length + 1);
  expect(summary.steps.at(-1)).toMatchObject({
    name: "tracklists",
    requests: 3,
    rows: 2,
    added: 2,
    status: "done",
  });
});

test("asks for no tracklist twice, even of a removed release", async () => {
  const fixture = await createLooseFixture(4, (id) => (id === 4 ? null : songs));
  await fixture.sync();
  expect(listRequestedIds(fixture)).toHaveLength(4);
  const before = readSnapshot(fixture.database);
  for (const days of [0, 40, 400]) {
    fixture.clock.nowMs = startMs + days * day;
    const summary = await fixture.sync();
    expect(summary.steps.map(({ name }) => name)).not.toContain("tracklists");
  }
  await fixture.sync({ full: true });
  expect(listRequestedIds(fixture)).toHaveLength(4);
  expect(readSnapshot(fixture.database)).toEqual(before);
});

test("a compilation gets the plays of its singers by the first sync, beside those of Various Artists", async () => {
  const release = buildRecord({
    artists: [buildArtistCredit("Various", { id: 194 })],
    title: "Moonraking (Music From The Motion Picture)",
  });
  const fixture = await createSyncFixtureFrom({
    records: [release],
    plays: [
      ...buildCompilationPlays("Various Artists", songs, 1_500_000_000),
      ...buildCompilationPlays("Tidewater", songs.slice(0, 3), 1_510_000_000),
      ...buildCompilationPlays("Lamplighters", songs.slice(3, 4), 1_520_000_000),
      // An album of this title that is not the compilation.
      ...buildCompilationPlays("Moonlighters", ["Not Harbour Lights", "Not Cold Frames"], 1_530_000_000),
    ],
  });
  const singers = songs.map((_, at) => (at < 3 ? "Tidewater" : "Lamplighters"));
  const list = songs.map((song, at) =>
    buildListedTrack(song, { artists: [buildArtistCredit(singers[at] ?? "")] }),
  );
  fixture.discogs.tracklists = new Map([[release.release.id, list]]);
  await fixture.sync();
  expect(listRequestedIds(fixture)).toEqual([release.release.id]);
  const credited = fixture.database
    .prepare("SELECT artist, play_count FROM album_match JOIN album ON album.id = album_id ORDER BY artist")
    .raw();
  expect(credited.all()).toEqual([
    ["Lamplighters", 1],
    ["Tidewater", 3],
    ["Various Artists", 10],
  ]);
});

test("two albums of one name get their own plays by the first sync, if their tracks tell", async () => {
  const named = { artist: "Tidewater", title: "Tidewater" };
  const records = [
    buildRecord({ ...named, id: 1, masterId: 1991 }),
    buildRecord({ ...named, id: 2, masterId: 1993 }),
  ];
  const plays = songs.map((song, at) => buildPlay("Tidewater", "Tidewater", song, 1_500_000_000 + at * 300));
  const fixture = await createSyncFixtureFrom({ records, plays });
  let before: unknown[] = [];
  fixture.discogsServer.behaviour.onRequest = (_, { path }) => {
    if (path.startsWith("/releases/") && before.length === 0) before = readVerdicts(fixture);
  };
  fixture.discogs.tracklists = new Map([
    [1, songs.map((song) => buildListedTrack(song))],
    [2, songs.map((song) => buildListedTrack(`Not ${song}`))],
  ]);
  await fixture.sync();
  expect(new Set(listRequestedIds(fixture))).toEqual(new Set([1, 2]));
  const counts = fixture.database
    .prepare("SELECT type, play_count FROM match JOIN record ON record.id = record_id ORDER BY release_id")
    .raw();
  expect(counts.all()).toEqual([
    ["exact", songs.length],
    ["artist_only", 0],
  ]);
  // Until then, nothing tells them apart.
  expect(before).toEqual([
    [expect.anything(), lowerConfidence(1)],
    [expect.anything(), lowerConfidence(1)],
  ]);
});

test("asks for no tracklist of a decided or certain record", async () => {
  const fixture = await createLooseFixture(2, () => songs);
  fixture.discogs.shelf.records.change(
    ({ instanceId }) => instanceId === 2,
    (row) => ({ ...row, release: { ...row.release, title: "Low Water 2" } }),
  );
  fixture.database.prepare("INSERT INTO decision VALUES (1, 0, 'none', 0)").run();
  await fixture.sync();
  expect(listRequestedIds(fixture)).toEqual([]);
});

test("asks only while the rate limit has room; the next syncs continue", async () => {
  const fixture = await createLooseFixture(90, () => songs, {
    discogs: { limit: { requests: 60, windowMs: 60_000 } },
  });
  const summary = await fixture.sync();
  const first = listRequestedIds(fixture);
  expect(first.length).toBeGreaterThan(15);
  expect(first.length).toBeLessThan(41);
  expect(summary.notices).toEqual([
    `Some matches need more tracklists (${90 - first.length} left). The next sync fetches them.`,
  ]);
  expect(summary.complete).toBe(true);
  expect(fixture.discogsServer.requests.filter(({ status }) => status === 429)).toEqual([]);
  fixture.discogsServer.behaviour.limit = { requests: 1_000, windowMs: 60_000 };
  expect((await fixture.sync()).notices).toEqual([]);
  expect(listRequestedIds(fixture)).toEqual(Array.from({ length: 90 }, (_, at) => 90 - at));
  expect(readRules(fixture)).toEqual(Array(90).fill("tracklist"));
});

test("an unreadable release stops no other, and is asked for again another day", async () => {
  const fixture = await createLooseFixture(3, () => songs);
  fixture.discogsServer.behaviour.onRequest = (_, { path }) =>
    path === "/releases/2" ? respondWith(500, { message: "An error occurred." }) : undefined;
  const summary = await fixture.sync();
  expect(summary).toMatchObject({ complete: true, failures: [] });
  expect(readRules(fixture)).toEqual(["tracklist", "subtitle", "tracklist"]);
  const tries = listRequestedIds(fixture).length;
  expect(tries).toBe(4);
  await fixture.sync();
  expect(listRequestedIds(fixture)).toHaveLength(tries);
  fixture.discogsServer.behaviour.onRequest = null;
  fixture.clock.nowMs += 2 * day;
  await fixture.sync();
  expect(listRequestedIds(fixture).slice(tries)).toEqual([2]);
  expect(readRules(fixture)).toEqual(Array(3).fill("tracklist"));
});

test("an answer about another release is refused", async () => {
  const fixture = await createLooseFixture(1, () => songs);
  fixture.discogsServer.behaviour.onRequest = (_, { path }) =>
    path === "/releases/1"
      ? respondWith(200, { id: 77, tracklist: songs.map((title) => ({ title })) })
      : undefined;
  await fixture.sync();
  expect(readVerdicts(fixture)).toEqual([["subtitle", confidences.subtitle]]);
});

test("stops after repeated failures, and uses what was fetched", async () => {
  const fixture = await createLooseFixture(14, () => songs);
  fixture.discogsServer.behaviour.limit = generousLimit;
  fixture.discogsServer.behaviour.onRequest = (_, { path }) =>
    path.startsWith("/releases/") && Number(path.split("/").at(-1)) < 9 ? cut : undefined;
  const summary = await fixture.sync();
  expect(summary.complete).toBe(false);
  const failed = summary.steps.find(({ name }) => name === "tracklists");
  expect(failed).toMatchObject({ status: "failed", rows: 6 });
  expect(listRequestedIds(fixture).length).toBeLessThan(20);
  expect(readRules(fixture).filter((rule) => rule === "tracklist")).toHaveLength(6);
  fixture.discogsServer.behaviour.onRequest = null;
  fixture.clock.nowMs += 2 * day;
  await fixture.sync();
  expect(readRules(fixture)).toEqual(Array(14).fill("tracklist"));
});

test("sends no request if Discogs is left out or failed before", async () => {
  const fixture = await createLooseFixture(2, () => songs);
  fixture.discogsServer.behaviour.onRequest = (_, { path }) =>
    path.endsWith("/wants") ? respondWith(500, {}) : undefined;
  await fixture.sync();
  expect(listRequestedIds(fixture)).toEqual([]);
  fixture.discogsServer.behaviour.onRequest = null;
  await fixture.sync({ only: "listening" });
  expect(listRequestedIds(fixture)).toEqual([]);
  await fixture.sync({ only: "collection" });
  expect(listRequestedIds(fixture)).toEqual([2, 1]);
});

describe("with --tracklists", () => {
  const aMinute = { requests: 60, windowMs: 60_000 };
  const list: readonly ListedTrack[] = [
    buildListedTrack("Side A", { position: "A", durationSeconds: 200 }),
    buildListedTrack("Suite", {
      kind: "index",
      artists: [buildArtistCredit("Ann (2)", { id: 4, anv: "Annie", join: "&" }), buildArtistCredit("Bob")],
      parts: ["B1", "B2"].map((position) => buildListedTrack(`Part ${position}`, { position })),
    }),
  ];

  /** A shelf on which every tenth release is gone from the service. */
  async function createCollectionFixture(
    records: number,
  ): Promise<SyncFixture & { readonly shelved: readonly number[] }> {
    const fixture = await createSyncFixture(
      { records, wants: 0, albums: 5, plays: 20 },
      { discogs: { limit: aMinute } },
    );
    const ids = new Set(fixture.discogs.shelf.records.rows.map(({ release }) => release.id));
    const shelved = [...ids].toSorted((a, b) => a - b);
    fixture.discogs.tracklists = new Map(shelved.filter((id) => id % 10 !== 0).map((id) => [id, list]));
    return { ...fixture, shelved };
  }

  test("asks for every release once, sixty a minute, as the last step", { timeout: 180_000 }, async () => {
    const fixture = await createCollectionFixture(90);
    const summary = await fixture.sync({ tracklists: true });
    expect(summary).toMatchObject({ complete: true, notices: [], failures: [] });
    expect(listRequestedIds(fixture).toSorted((a, b) => a - b)).toEqual(fixture.shelved);
    const { requests } = fixture.discogsServer;
    expect(requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(summary.steps.at(-1)).toMatchObject({
      name: "tracklists",
      requests: fixture.shelved.length,
      rows: fixture.discogs.tracklists.size,
      added: fixture.discogs.tracklists.size,
    });
    const read = createTracklistReader(fixture.database);
    for (const id of fixture.shelved) expect(read(id)).toEqual(fixture.discogs.tracklists.get(id));
    // Earlier requests used a part of the first minute.
    const minutes = ((requests.at(-1)?.atMs ?? 0) - (requests[0]?.atMs ?? 0)) / 60_000;
    const fewest = requests.length / 60 - 1;
    expect(minutes).toBeGreaterThanOrEqual(fewest);
    expect(minutes).toBeLessThan(fewest * 1.08 + 1);
    for (const days of [1, 400]) {
      fixture.clock.nowMs = startMs + days * day;
      await fixture.sync({ tracklists: true });
    }
    expect(listRequestedIds(fixture)).toHaveLength(fixture.shelved.length);
  });

  test("goes on where it was stopped; the bar counts the whole shelf and estimates by the limit", async () => {
    const fixture = await createCollectionFixture(75);
    const stop = new AbortController();
    fixture.discogsServer.behaviour.onRequest = (_, { path }) => {
      if (path === `/releases/${fixture.shelved[20]}`) stop.abort();
    };
    await fixture.sync({ tracklists: true, signal: stop.signal });
    const kept = fixture.database
      .prepare("SELECT count(*) FROM tracklist WHERE state <> 'wanted'")
      .pluck()
      .get();
    fixture.discogsServer.behaviour.onRequest = null;
    fixture.events.length = 0;
    await fixture.sync({ tracklists: true });
    const told = fixture.events.filter(({ kind, step }) => kind === "progress" && step === "tracklists");
    const whole = fixture.shelved.length;
    const counts = told.map(({ pages, pagesExpected }) => [pages, pagesExpected]);
    expect(counts).toEqual(
      Array.from({ length: whole - Number(kept) }, (_, at) => [Number(kept) + at + 1, whole]),
    );
    expect(told.at(-1)?.soonestMs).toBe(0);
    const half = told[Math.floor(told.length / 2)];
    expect(half?.soonestMs).toBeLessThanOrEqual((whole - (half?.pages ?? 0)) * 1000 + 6_000);
  });
});
