// A Last.fm of our own on loopback: JSON made from XML, with all that comes of it.
import type { Album } from "../../src/model/model.ts";
import { respondWithLastfmError } from "./response-faults.ts";
import type { FakeScrobbler } from "./fake-scrobbler.ts";
import { createSeededRandom } from "./random.ts";
import {
  type ServiceAnswer,
  type Behaviour,
  type LoggedRequest,
  type FakeService,
  calmBehaviour,
  createRequestWindow,
  startFakeService,
} from "./fake-service.ts";
import { type LastfmData, type LastfmAccount, type Play, buildAlbumUrl, getChart } from "./service-data.ts";

export interface LastfmBehaviour extends Behaviour {
  /** Says whether a window's ends belong to it: not documented, so a client may rely on neither. */
  windowEnds: "inclusive" | "exclusive";
  /** The answer past the last page. */
  pastTheEnd: "empty" | "no-such-page";
  /** The order of albums of equal plays: always the same, or another at each request. */
  ties: "steady" | "shuffled";
  /** Requests over this limit fail with error 29, as HTTP 429 or inside a 200; null: no limit. */
  limit: { readonly requests: number; readonly windowMs: number; readonly status: 429 | 200 } | null;
  /** The chance that a page of this limit fails with error 8. */
  bigPageFailure: (limit: number) => number;
  /** The stand-in that takes scrobbles; null: it only lists. */
  scrobbler: FakeScrobbler | null;
}

/**
 * Serves `world` as Last.fm does. `windowEnds: "exclusive"` and `ties: "shuffled"` are as lawful as the
 * defaults: a test of a read does well to try both.
 */
export function startFakeLastfm(
  fixture: LastfmData,
  behaviour: Partial<LastfmBehaviour> = {},
): Promise<FakeService<LastfmBehaviour>> {
  const settings: LastfmBehaviour = {
    ...calmBehaviour,
    windowEnds: "inclusive",
    pastTheEnd: "empty",
    ties: "steady",
    limit: { requests: 1_500, windowMs: 300_000, status: 429 },
    bigPageFailure: () => 0,
    scrobbler: null,
    ...behaviour,
  };
  const random = createSeededRandom(97);
  const sentInWindow = createRequestWindow();

  function respond(request: LoggedRequest): ServiceAnswer {
    if (!request.headers["user-agent"])
      return { status: 403, body: "", headers: { "content-type": "text/html" } };
    if (request.path !== "/2.0/") return { status: 404, body: "<h1>Not found</h1>", headers: htmlType };
    const { limit } = settings;
    if (limit && sentInWindow(limit.windowMs, request.atMs) > limit.requests)
      return respondWithLastfmError(29, limit.status);
    if (request.method === "POST" && settings.scrobbler !== null) {
      const { scrobbler } = settings;
      return scrobbler.respond(request.body, (key) => {
        const listener = [fixture.listener, ...fixture.others].find(
          ({ name }) => name === scrobbler.sessions.get(key),
        );
        return listener === undefined ? null : buildUserInfo(listener);
      });
    }
    if (request.query["format"] !== "json") {
      return { status: 200, body: '<lfm status="ok"></lfm>', headers: { "content-type": "text/xml" } };
    }
    if (request.query["api_key"] !== fixture.apiKey) return respondWithLastfmError(10);
    return route(fixture, settings, request, random);
  }

  return startFakeService(settings, respond, "/2.0/");
}

const htmlType = { "content-type": "text/html" };

function route(
  fixture: LastfmData,
  settings: LastfmBehaviour,
  request: LoggedRequest,
  random: () => number,
): ServiceAnswer {
  const method = request.query["method"]?.toLowerCase();
  if (method === "track.getinfo") return buildTrackInfo(fixture, request);
  const asked = request.query["user"]?.toLowerCase();
  const listener = [fixture.listener, ...fixture.others].find(({ name }) => name.toLowerCase() === asked);
  if (method === "user.getinfo")
    return listener ? { status: 200, body: buildUserInfo(listener) } : respondWithLastfmError(6);
  if (method !== "user.gettopalbums" && method !== "user.getrecenttracks")
    return respondWithLastfmError(3, 400);

  const limit = Number(request.query["limit"] ?? 50);
  const page = Number(request.query["page"] ?? 1);
  if (!(limit >= 1 && limit <= 1000))
    return respondWithLastfmError(6, 400, "limit param out of bounds (1-1000)");
  if (!(page >= 1 && page <= 1_000_000))
    return respondWithLastfmError(6, 400, "page param out of bounds (1-1000000)");
  if (!listener) return respondWithLastfmError(6);
  if (method === "user.getrecenttracks" && listener.hidden) return respondWithLastfmError(17);
  if (random() < settings.bigPageFailure(limit)) return respondWithLastfmError(8);
  return method === "user.gettopalbums"
    ? buildTopAlbums(listener, settings, page, limit, random)
    : buildRecentTracks(listener, settings, request, page, limit);
}

/** Names are corrected, case among it; a length of 0 is none. */
function buildTrackInfo(fixture: LastfmData, { query }: LoggedRequest): ServiceAnswer {
  const { artist = "", track = "" } = query;
  const name = `${artist}\n${track}`.toLowerCase();
  const known = [...fixture.trackSeconds].find(([key]) => key.toLowerCase() === name);
  const isPlayed = fixture.listener.plays.rows.some((play) => play.artist === artist && play.track === track);
  if (known === undefined && !isPlayed) return respondWithLastfmError(6, 404, "Track not found");
  return {
    status: 200,
    body: {
      track: {
        name: track,
        url: buildAlbumUrl(artist, "_"),
        duration: String((known?.[1] ?? 0) * 1000),
        artist: { name: artist, mbid: "", url: buildAlbumUrl(artist, "") },
      },
    },
  };
}

function buildUserInfo(listener: LastfmAccount): unknown {
  return {
    user: {
      name: listener.name,
      playcount: String(listener.plays.rows.length + listener.unlistedPlays),
      album_count: String(getChart(listener).length),
      registered: { unixtime: String(listener.registeredUts), "#text": listener.registeredUts },
    },
  };
}

function buildAttributes(
  listener: LastfmAccount,
  page: number,
  limit: number,
  total: number,
  whenEmpty: string,
): unknown {
  return {
    user: listener.name,
    totalPages: total === 0 ? whenEmpty : String(Math.ceil(total / limit)),
    page: String(page),
    total: String(total),
    perPage: String(limit),
  };
}

function buildTopAlbums(
  listener: LastfmAccount,
  settings: LastfmBehaviour,
  page: number,
  limit: number,
  random: () => number,
): ServiceAnswer {
  const chart = settings.ties === "shuffled" ? shuffleTies(getChart(listener), random) : getChart(listener);
  if (page > Math.max(1, Math.ceil(chart.length / limit)) && settings.pastTheEnd === "no-such-page") {
    return respondWithLastfmError(6, 400, "no such page");
  }
  const start = (page - 1) * limit;
  const album = chart.slice(start, start + limit).map((row, at) => toWireAlbum(row, start + at + 1));
  return {
    status: 200,
    body: {
      topalbums: {
        album: toWireChildren(album),
        "@attr": buildAttributes(listener, page, limit, chart.length, "1"),
      },
    },
  };
}

function shuffleTies(chart: readonly Album[], random: () => number): Album[] {
  return chart
    .map((album) => ({ album, place: random() }))
    .toSorted((a, b) => b.album.playCount - a.album.playCount || a.place - b.place)
    .map(({ album }) => album);
}

function toWireAlbum(album: Album, rank: number): unknown {
  return {
    artist: {
      url: buildAlbumUrl(album.artist, "_"),
      name: album.artist,
      mbid: "",
    },
    "@attr": { rank: String(rank) },
    playcount: String(album.playCount),
    url: album.url ?? buildAlbumUrl(album.artist, album.title),
    name: album.title,
    mbid: album.mbid ?? "",
  };
}

function buildRecentTracks(
  listener: LastfmAccount,
  settings: LastfmBehaviour,
  request: LoggedRequest,
  page: number,
  limit: number,
): ServiceAnswer {
  const from = request.query["from"] === undefined ? null : Number(request.query["from"]);
  const to = request.query["to"] === undefined ? null : Number(request.query["to"]);
  const newest = listener.plays.view("newest", (plays) =>
    plays
      .map((play, at) => ({ play, at }))
      .toSorted((a, b) => b.play.uts - a.play.uts || b.at - a.at)
      .map(({ play }) => play),
  );
  const shift = settings.windowEnds === "inclusive" ? 0 : 1;
  const first = to === null ? 0 : findFirstAtMost(newest, to - shift);
  const end = from === null ? newest.length : findFirstAtMost(newest, from + shift - 1);
  const total = Math.max(0, end - first);
  if (page > Math.max(1, Math.ceil(total / limit)) && settings.pastTheEnd === "no-such-page") {
    return respondWithLastfmError(6, 400, "no such page");
  }
  const start = first + (page - 1) * limit;
  const rows: unknown[] = newest.slice(start, Math.min(start + limit, Math.max(first, end))).map(toWirePlay);
  if (listener.nowPlaying) rows.unshift(toWireNowPlaying(listener.nowPlaying));
  return {
    status: 200,
    body: {
      recenttracks: {
        track: toWireChildren(rows),
        "@attr": buildAttributes(listener, page, limit, total, "0"),
      },
    },
  };
}

/** Returns the place where the plays at or before `uts` begin in a newest-first list. */
function findFirstAtMost(newest: readonly Play[], uts: number): number {
  const at = newest.findIndex((play) => play.uts <= uts);
  return at === -1 ? newest.length : at;
}

function toWirePlay(play: Play): unknown {
  return {
    artist: { mbid: "", "#text": play.artist },
    mbid: "",
    album: { mbid: play.albumMbid ?? "", "#text": play.album },
    name: play.track,
    url: buildAlbumUrl(play.artist, "_"),
    date: { uts: String(play.uts), "#text": "in words" },
  };
}

function toWireNowPlaying(playing: NonNullable<LastfmAccount["nowPlaying"]>): unknown {
  return {
    artist: { mbid: "", "#text": playing.artist },
    mbid: "",
    album: { mbid: "", "#text": playing.album },
    name: playing.track,
    "@attr": { nowplaying: "true" },
    url: buildAlbumUrl(playing.artist, "_"),
  };
}

/** One child is an object in place of an array of one. */
function toWireChildren(rows: readonly unknown[]): unknown {
  return rows.length === 1 ? rows[0] : rows;
}
