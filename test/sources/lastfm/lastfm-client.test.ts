import { expect, test } from "vitest";
import {
  BadAnswer,
  HiddenHistory,
  RejectedCredential,
  UnexpectedRefusal,
  UnknownUser,
} from "../../../src/sources/transport/service-errors.ts";
import type { Scrobble } from "../../../src/model/model.ts";
import { answer, edit, lastfmError, type Fault } from "../../support/faults.ts";
import { inventWorld } from "../../support/generate.ts";
import { Listing } from "../../support/listing.ts";
import { chartOf, makeLastfmWorld, makeListener, type Play } from "../../support/world.ts";
import { connectToStandIns, failureOf } from "../clients.ts";

const world = inventWorld({ records: 10, plays: 2_345, albums: 300 }).lastfm;
const plays = world.listener.plays.rows;
const chart = chartOf(plays);

function asScrobble({ uts, artist, track, album, albumMbid }: Play): Scrobble {
  return { uts, artist, track, album, albumMbid };
}

function newestFirst(rows: readonly Play[]): Scrobble[] {
  return rows
    .map((play, at) => ({ play, at }))
    .toSorted((a, b) => b.play.uts - a.play.uts || b.at - a.at)
    .map(({ play }) => asScrobble(play));
}

test("returns a user with counts, in Last.fm's spelling", async () => {
  const { services, lastfm } = await connectToStandIns({ lastfm: world });
  expect(await services.listening.user("nightOWL")).toEqual({
    name: "NightOwl",
    playCount: 2_345,
    albumCount: chart.length,
    registeredUts: 1_190_000_000,
  });
  lastfm.behaviour.onRequest = () => answer(200, { user: { name: "nightowl", playcount: 7 } });
  expect(await services.listening.user("NightOwl")).toEqual({
    name: "nightowl",
    playCount: 7,
    albumCount: null,
    registeredUts: null,
  });
});

test("decodes the chart, and the history without the track that is playing now", async () => {
  const nowPlaying = { artist: "Someone", track: "Just Now", album: "Today" };
  const listener = makeListener({ plays: new Listing(plays), nowPlaying });
  const { services, lastfm } = await connectToStandIns({ lastfm: makeLastfmWorld({ listener }) });
  const albums = await services.listening.albumsPage("NightOwl", 2, 100);
  const pages = Math.ceil(chart.length / 100);
  expect(albums).toEqual({ page: 2, pages, total: chart.length, rows: chart.slice(100, 200) });
  const page = await services.listening.scrobblesPage("nightowl", { page: 3, limit: 1_000 });
  expect(page).toEqual({ page: 3, pages: 3, total: 2_345, rows: newestFirst(plays).slice(2_000) });
  expect(lastfm.requests).toHaveLength(2);
});

test("an empty history is an empty page, whatever its page count", async () => {
  const nowPlaying = { artist: "Someone", track: "Just Now", album: "Today" };
  const lastfmWorld = makeLastfmWorld({ listener: makeListener({ nowPlaying }) });
  const { services } = await connectToStandIns({ lastfm: lastfmWorld });
  const empty = { page: 1, pages: 1, total: 0, rows: [] };
  expect(await services.listening.albumsPage("nightowl", 1, 1000)).toEqual(empty);
  expect(await services.listening.scrobblesPage("nightowl", { page: 1, limit: 1000 })).toEqual(empty);
});

test.each(["empty", "no-such-page"] as const)("a page past the end (%s) is empty", async (how) => {
  const { services, lastfm } = await connectToStandIns({ lastfm: world });
  lastfm.behaviour.pastTheEnd = how;
  const { rows } = await services.listening.albumsPage("nightowl", 50, 100);
  const past = await services.listening.scrobblesPage("nightowl", { page: 9, limit: 1000 });
  expect([rows, past.rows]).toEqual([[], []]);
  expect(lastfm.requests).toHaveLength(2);
});

test("a list of one row may be the row itself", async () => {
  const listener = makeListener({ plays: new Listing(plays.slice(0, 1)) });
  const { services } = await connectToStandIns({ lastfm: makeLastfmWorld({ listener }) });
  const { rows } = await services.listening.scrobblesPage("nightowl", { page: 1, limit: 1000 });
  expect(rows).toEqual(newestFirst(plays.slice(0, 1)));
});

test("decodes every kind of row", async () => {
  const { services, lastfm } = await connectToStandIns({ lastfm: world });
  const mbid = "f00dcafe-1111-4222-8333-444455556666";
  const attributes = { user: "NIGHTOWL", page: "1", perPage: "10", totalPages: "1", total: "4" };
  lastfm.behaviour.onRequest = () =>
    answer(200, {
      recenttracks: {
        "@attr": attributes,
        track: [
          { name: "Now", artist: { "#text": "A" }, "@attr": { nowplaying: "true" }, date: { uts: "9" } },
          { name: "Plain", artist: "A", album: "", date: { uts: 5 } },
          {
            name: 1999,
            artist: { name: "B", mbid: "" },
            album: { "#text": "X\u0003", mbid },
            date: { uts: "4" },
          },
          { name: "Old", artist: { "#text": "C" }, date: { uts: "-86400" } },
          { name: "\udc00", artist: { "#text": "D" }, album: { "#text": "", mbid: "" }, date: { uts: "0" } },
        ],
      },
    });
  const { rows } = await services.listening.scrobblesPage("nightowl", { page: 1, limit: 10 });
  expect(rows).toEqual([
    { uts: 5, artist: "A", track: "Plain", album: "", albumMbid: null },
    { uts: 4, artist: "B", track: "1999", album: "X\u0003", albumMbid: mbid },
    { uts: 0, artist: "C", track: "Old", album: "", albumMbid: null },
    { uts: 0, artist: "D", track: "\ufffd", album: "", albumMbid: null },
  ]);
});

interface Body {
  recenttracks: { track: unknown[]; "@attr": Record<string, string> };
}

const passing: readonly (readonly [string, Fault])[] = [
  ["error 8", lastfmError(8)],
  ["error 8 inside a 200", lastfmError(8, 200)],
  ["error 11", lastfmError(11)],
  ["an error not known", lastfmError(99, 200)],
  ["another user's page", edit((body: Body) => (body.recenttracks["@attr"]["user"] = "somebody-else"))],
  ["another page", edit((body: Body) => (body.recenttracks["@attr"]["page"] = "7"))],
  ["a row too few", edit((body: Body) => body.recenttracks.track.pop())],
  ["no rows", edit((body: Body) => (body.recenttracks.track = []))],
];

test.each(passing)(
  "%s is no answer: a later try succeeds, or an error names the service",
  async (_, fault) => {
    const { services, lastfm } = await connectToStandIns({ lastfm: world });
    lastfm.behaviour.onRequest = (n) => (n < 3 ? fault : undefined);
    const page = await services.listening.scrobblesPage("nightowl", { page: 1, limit: 200 });
    expect(page.rows).toEqual(newestFirst(plays).slice(0, 200));
    lastfm.behaviour.onRequest = () => fault;
    const call = services.listening.scrobblesPage("nightowl", { page: 1, limit: 200 }, { attempts: 3 });
    const error = await failureOf(call);
    expect(error).toBeInstanceOf(BadAnswer);
    expect(error).toMatchObject({ exitCode: 3 });
    expect(error.message).toMatch(/^Last\.fm: /);
    expect(lastfm.requests).toHaveLength(3 + 3);
  },
);

test("an unknown user is tried twice, because Last.fm sometimes denies users that exist", async () => {
  const { services, lastfm } = await connectToStandIns({ lastfm: world });
  lastfm.behaviour.onRequest = (n) => (n === 1 ? lastfmError(6) : undefined);
  expect((await services.listening.user("nightowl")).name).toBe("NightOwl");
  lastfm.behaviour.onRequest = () => lastfmError(6);
  expect(await failureOf(services.listening.user("nightowl"))).toBeInstanceOf(UnknownUser);
  expect(lastfm.requests).toHaveLength(4);
});

test.each([
  ["key 4", lastfmError(4), RejectedCredential, 4],
  ["key 10", lastfmError(10), RejectedCredential, 4],
  ["key 10 inside a 200", lastfmError(10, 200), RejectedCredential, 4],
  ["key 26", lastfmError(26), RejectedCredential, 4],
  ["hidden", lastfmError(17), HiddenHistory, 4],
  ["limit", lastfmError(6, 400, "limit param out of bounds (1-1000)"), UnexpectedRefusal, 3],
  ["method", lastfmError(3), UnexpectedRefusal, 3],
  ["session", lastfmError(9), UnexpectedRefusal, 3],
  ["redirect", answer(301, "", { location: "http://elsewhere.example/" }), UnexpectedRefusal, 3],
])("%s is final at the first answer", async (_, fault, kind, exitCode) => {
  const { services, lastfm } = await connectToStandIns({ lastfm: world });
  lastfm.behaviour.onRequest = () => fault;
  const error = await failureOf(services.listening.scrobblesPage("nightowl", { page: 1, limit: 200 }));
  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject({ exitCode });
  expect(lastfm.requests).toHaveLength(1);
});

test("a refused key is one message whatever the code, and names both ways on", async () => {
  const { services, lastfm } = await connectToStandIns({ lastfm: world });
  const told: string[] = [];
  for (const fault of [lastfmError(4), lastfmError(10), lastfmError(26)]) {
    lastfm.behaviour.onRequest = () => fault;
    const { message, hint } = (await failureOf(services.listening.user("nightowl"))) as RejectedCredential;
    told.push(message, hint);
  }
  expect([...new Set(told)]).toEqual([
    "Last.fm refused the API key. It now accepts only keys of accounts with Last.fm Pro.",
    "Once you have Last.fm Pro, run: rewind sync --only lastfm        Without it: rewind sources stop lastfm",
  ]);
});

test("no more than five a second on average, no more than four at once", async () => {
  const { services, lastfm } = await connectToStandIns({ lastfm: world });
  lastfm.behaviour.latencyMs = 2;
  await Promise.all(Array.from({ length: 60 }, () => services.listening.user("nightowl")));
  const times = lastfm.requests.map(({ atMs }) => atMs);
  const lasted = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  expect(lasted).toBeGreaterThanOrEqual(10.5);
  expect(lasted).toBeLessThan(12);
  expect(lastfm.peakInFlight).toBeLessThanOrEqual(4);
});

test.each([429, 200] as const)("after error 29 with status %i: a wait, then slower", async (status) => {
  const { services, lastfm, clock, waits } = await connectToStandIns({ lastfm: world });
  lastfm.behaviour.onRequest = (n) => (n <= 4 ? lastfmError(29, status) : undefined);
  await Promise.all(Array.from({ length: 20 }, () => services.listening.user("nightowl")));
  expect(waits.filter(({ ms }) => ms >= 30_000)).toHaveLength(1);
  const [ahead = 0, ...rest] = lastfm.requests.slice(4).map(({ atMs }) => atMs);
  expect(ahead - (lastfm.requests[3]?.atMs ?? 0)).toBeGreaterThan(29_000);
  const perSecond = rest.length / (((rest.at(-1) ?? 0) - ahead) / 1000);
  expect(perSecond).toBeLessThan(3.5);
  expect(clock.slept.filter((ms) => ms > 1_000)).toHaveLength(1);
});
