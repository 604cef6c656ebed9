import { expect, test } from "vitest";
import {
  BadAnswer,
  HiddenHistory,
  RejectedCredential,
  UnexpectedRefusal,
  UnknownUser,
} from "../../../src/sources/transport/service-errors.ts";
import type { Scrobble } from "../../../src/model/model.ts";
import { respondWith, editBody, respondWithLastfmError, type Fault } from "../../support/response-faults.ts";
import { generateServiceData } from "../../support/generated-data.ts";
import { Listing } from "../../support/editable-list.ts";
import { buildChart, createLastfmData, createLastfmAccount, type Play } from "../../support/service-data.ts";
import { connectToFakes, catchFailure } from "../connected-clients.ts";

const lastfmData = generateServiceData({ records: 10, plays: 2_345, albums: 300 }).lastfm;
const plays = lastfmData.listener.plays.rows;
const chart = buildChart(plays);

function toScrobble({ uts, artist, track, album, albumMbid }: Play): Scrobble {
  return { uts, artist, track, album, albumMbid };
}

function toNewestFirst(rows: readonly Play[]): Scrobble[] {
  return rows
    .map((play, at) => ({ play, at }))
    .toSorted((a, b) => b.play.uts - a.play.uts || b.at - a.at)
    .map(({ play }) => toScrobble(play));
}

test("returns a user with counts, in Last.fm's spelling", async () => {
  const { services, lastfm } = await connectToFakes({ lastfm: lastfmData });
  expect(await services.listening.fetchUser("nightOWL")).toEqual({
    name: "NightOwl",
    playCount: 2_345,
    albumCount: chart.length,
    registeredUts: 1_190_000_000,
  });
  lastfm.behaviour.onRequest = () => respondWith(200, { user: { name: "nightowl", playcount: 7 } });
  expect(await services.listening.fetchUser("NightOwl")).toEqual({
    name: "nightowl",
    playCount: 7,
    albumCount: null,
    registeredUts: null,
  });
});

test("decodes the chart, and the history without the track that is playing now", async () => {
  const nowPlaying = { artist: "Someone", track: "Just Now", album: "Today" };
  const listener = createLastfmAccount({ plays: new Listing(plays), nowPlaying });
  const { services, lastfm } = await connectToFakes({ lastfm: createLastfmData({ listener }) });
  const albums = await services.listening.fetchAlbumPage("NightOwl", 2, 100);
  const pages = Math.ceil(chart.length / 100);
  expect(albums).toEqual({ page: 2, pages, total: chart.length, rows: chart.slice(100, 200) });
  const page = await services.listening.fetchScrobblePage("nightowl", { page: 3, limit: 1_000 });
  expect(page).toEqual({ page: 3, pages: 3, total: 2_345, rows: toNewestFirst(plays).slice(2_000) });
  expect(lastfm.requests).toHaveLength(2);
});

test("reads the track that is playing, and none from a list of plays", async () => {
  const listener = createLastfmAccount({ plays: new Listing(plays) });
  const { services } = await connectToFakes(
    { lastfm: createLastfmData({ listener }) },
    { wallMs: () => 1_780_000_000_000 },
  );
  expect(await services.listening.fetchPlayingNow("nightowl")).toBeNull();
  for (const album of ["Today", ""]) {
    listener.nowPlaying = { artist: "Someone", track: "Just Now", album };
    expect(await services.listening.fetchPlayingNow("nightowl")).toEqual({
      artist: "Someone",
      title: "Just Now",
      album: album || null,
      lengthSeconds: null,
      startedUts: 1_780_000_000,
      client: null,
    });
  }
});

test("reads an empty history as an empty page, whatever its page count", async () => {
  const nowPlaying = { artist: "Someone", track: "Just Now", album: "Today" };
  const lastfmWorld = createLastfmData({ listener: createLastfmAccount({ nowPlaying }) });
  const { services } = await connectToFakes({ lastfm: lastfmWorld });
  const empty = { page: 1, pages: 1, total: 0, rows: [] };
  expect(await services.listening.fetchAlbumPage("nightowl", 1, 1000)).toEqual(empty);
  expect(await services.listening.fetchScrobblePage("nightowl", { page: 1, limit: 1000 })).toEqual(empty);
});

test.each(["empty", "no-such-page"] as const)("reads a page past the end (%s) as empty", async (how) => {
  const { services, lastfm } = await connectToFakes({ lastfm: lastfmData });
  lastfm.behaviour.pastTheEnd = how;
  const { rows } = await services.listening.fetchAlbumPage("nightowl", 50, 100);
  const past = await services.listening.fetchScrobblePage("nightowl", { page: 9, limit: 1000 });
  expect([rows, past.rows]).toEqual([[], []]);
  expect(lastfm.requests).toHaveLength(2);
});

test("a list of one row may be the row itself", async () => {
  const listener = createLastfmAccount({ plays: new Listing(plays.slice(0, 1)) });
  const { services } = await connectToFakes({ lastfm: createLastfmData({ listener }) });
  const { rows } = await services.listening.fetchScrobblePage("nightowl", { page: 1, limit: 1000 });
  expect(rows).toEqual(toNewestFirst(plays.slice(0, 1)));
});

test("decodes every kind of row", async () => {
  const { services, lastfm } = await connectToFakes({ lastfm: lastfmData });
  const mbid = "f00dcafe-1111-4222-8333-444455556666";
  const attributes = { user: "NIGHTOWL", page: "1", perPage: "10", totalPages: "1", total: "4" };
  lastfm.behaviour.onRequest = () =>
    respondWith(200, {
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
  const { rows } = await services.listening.fetchScrobblePage("nightowl", { page: 1, limit: 10 });
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

const temporaryFaults: readonly (readonly [string, Fault])[] = [
  ["error 8", respondWithLastfmError(8)],
  ["error 8 inside a 200", respondWithLastfmError(8, 200)],
  ["error 11", respondWithLastfmError(11)],
  ["an error not known", respondWithLastfmError(99, 200)],
  ["another user's page", editBody((body: Body) => (body.recenttracks["@attr"]["user"] = "somebody-else"))],
  ["another page", editBody((body: Body) => (body.recenttracks["@attr"]["page"] = "7"))],
  ["a row too few", editBody((body: Body) => body.recenttracks.track.pop())],
  ["no rows", editBody((body: Body) => (body.recenttracks.track = []))],
];

test.each(temporaryFaults)("retries after %s, and names the service if it fails", async (_, fault) => {
  const { services, lastfm } = await connectToFakes({ lastfm: lastfmData });
  lastfm.behaviour.onRequest = (n) => (n < 3 ? fault : undefined);
  const page = await services.listening.fetchScrobblePage("nightowl", { page: 1, limit: 200 });
  expect(page.rows).toEqual(toNewestFirst(plays).slice(0, 200));
  lastfm.behaviour.onRequest = () => fault;
  const call = services.listening.fetchScrobblePage("nightowl", { page: 1, limit: 200 }, { attempts: 3 });
  const error = await catchFailure(call);
  expect(error).toBeInstanceOf(BadAnswer);
  expect(error).toMatchObject({ exitCode: 3 });
  expect(error.message).toMatch(/^Last\.fm: /);
  expect(lastfm.requests).toHaveLength(3 + 3);
});

test("an unknown user is tried twice, because Last.fm sometimes denies users that exist", async () => {
  const { services, lastfm } = await connectToFakes({ lastfm: lastfmData });
  lastfm.behaviour.onRequest = (n) => (n === 1 ? respondWithLastfmError(6) : undefined);
  expect((await services.listening.fetchUser("nightowl")).name).toBe("NightOwl");
  lastfm.behaviour.onRequest = () => respondWithLastfmError(6);
  expect(await catchFailure(services.listening.fetchUser("nightowl"))).toBeInstanceOf(UnknownUser);
  expect(lastfm.requests).toHaveLength(4);
});

test.each([
  ["key 4", respondWithLastfmError(4), RejectedCredential, 4],
  ["key 10", respondWithLastfmError(10), RejectedCredential, 4],
  ["key 10 inside a 200", respondWithLastfmError(10, 200), RejectedCredential, 4],
  ["key 26", respondWithLastfmError(26), RejectedCredential, 4],
  ["hidden", respondWithLastfmError(17), HiddenHistory, 4],
  ["limit", respondWithLastfmError(6, 400, "limit param out of bounds (1-1000)"), UnexpectedRefusal, 3],
  ["method", respondWithLastfmError(3), UnexpectedRefusal, 3],
  ["session", respondWithLastfmError(9), UnexpectedRefusal, 3],
  ["redirect", respondWith(301, "", { location: "http://elsewhere.example/" }), UnexpectedRefusal, 3],
])("fails at the first answer with %s", async (_, fault, kind, exitCode) => {
  const { services, lastfm } = await connectToFakes({ lastfm: lastfmData });
  lastfm.behaviour.onRequest = () => fault;
  const error = await catchFailure(services.listening.fetchScrobblePage("nightowl", { page: 1, limit: 200 }));
  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject({ exitCode });
  expect(lastfm.requests).toHaveLength(1);
});

test("reports a refused key with one message for any code, and names both remedies", async () => {
  const { services, lastfm } = await connectToFakes({ lastfm: lastfmData });
  const told: string[] = [];
  for (const fault of [respondWithLastfmError(4), respondWithLastfmError(10), respondWithLastfmError(26)]) {
    lastfm.behaviour.onRequest = () => fault;
    const { message, hint } = (await catchFailure(
      services.listening.fetchUser("nightowl"),
    )) as RejectedCredential;
    told.push(message, hint);
  }
  expect([...new Set(told)]).toEqual([
    "Last.fm refused the API key. It now accepts only keys of accounts with Last.fm Pro.",
    "Once you have Last.fm Pro, run: rewind sync --only lastfm        Without it: rewind sources stop lastfm",
  ]);
});

test("sends at most five requests a second on average, and four at once", async () => {
  const { services, lastfm } = await connectToFakes({ lastfm: lastfmData });
  lastfm.behaviour.latencyMs = 2;
  await Promise.all(Array.from({ length: 60 }, () => services.listening.fetchUser("nightowl")));
  const times = lastfm.requests.map(({ atMs }) => atMs);
  const lasted = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  expect(lasted).toBeGreaterThanOrEqual(10.5);
  expect(lasted).toBeLessThan(12);
  expect(lastfm.peakInFlight).toBeLessThanOrEqual(4);
});

test.each([429, 200] as const)("waits and slows down after error 29 with status %i", async (status) => {
  const { services, lastfm, clock, waits } = await connectToFakes({ lastfm: lastfmData });
  lastfm.behaviour.onRequest = (n) => (n <= 4 ? respondWithLastfmError(29, status) : undefined);
  await Promise.all(Array.from({ length: 20 }, () => services.listening.fetchUser("nightowl")));
  expect(waits.filter(({ ms }) => ms >= 30_000)).toHaveLength(1);
  const [ahead = 0, ...rest] = lastfm.requests.slice(4).map(({ atMs }) => atMs);
  expect(ahead - (lastfm.requests[3]?.atMs ?? 0)).toBeGreaterThan(29_000);
  const perSecond = rest.length / (((rest.at(-1) ?? 0) - ahead) / 1000);
  expect(perSecond).toBeLessThan(3.5);
  expect(clock.slept.filter((ms) => ms > 1_000)).toHaveLength(1);
});
