// A Last.fm of our own on loopback: JSON made from XML, with all that comes of it.
import type { Album } from "../../src/model/model.ts";
import { lastfmError } from "./faults.ts";
import type { ScrobbleDesk } from "./scrobble-desk.ts";
import { seeded } from "./random.ts";
import {
  type Answer,
  type Behaviour,
  type LoggedRequest,
  type StandIn,
  calm,
  movingWindow,
  startStandIn,
} from "./stand-in.ts";
import { type LastfmWorld, type Listener, type Play, albumUrl, listenerChart } from "./world.ts";

export interface LastfmBehaviour extends Behaviour {
  /** Whether a window's ends belong to it: not documented, so a client may rely on neither. */
  windowEnds: "inclusive" | "exclusive";
  /** What comes past the last page. */
  pastTheEnd: "empty" | "no-such-page";
  /** The order of albums of equal plays: always the same, or another at each request. */
  ties: "steady" | "shuffled";
  /** Requests over this limit fail with error 29, as HTTP 429 or inside a 200; null: no limit. */
  limit: { readonly requests: number; readonly windowMs: number; readonly status: 429 | 200 } | null;
  /** The chance that a page of this limit fails with error 8. */
  bigPageFailure: (limit: number) => number;
  /** What takes scrobbles; null: it only lists. */
  desk: ScrobbleDesk | null;
}

/**
 * Serves `world` as Last.fm does. `windowEnds: "exclusive"` and `ties: "shuffled"` are as lawful as the
 * defaults: a test of a walk does well to try both.
 */
export function startLastfm(
  world: LastfmWorld,
  behaviour: Partial<LastfmBehaviour> = {},
): Promise<StandIn<LastfmBehaviour>> {
  const settings: LastfmBehaviour = {
    ...calm,
    windowEnds: "inclusive",
    pastTheEnd: "empty",
    ties: "steady",
    limit: { requests: 1_500, windowMs: 300_000, status: 429 },
    bigPageFailure: () => 0,
    desk: null,
    ...behaviour,
  };
  const random = seeded(97);
  const sentInWindow = movingWindow();

  function respond(request: LoggedRequest): Answer {
    if (!request.headers["user-agent"])
      return { status: 403, body: "", headers: { "content-type": "text/html" } };
    if (request.path !== "/2.0/") return { status: 404, body: "<h1>Not found</h1>", headers: htmlType };
    const { limit } = settings;
    if (limit && sentInWindow(limit.windowMs, request.atMs) > limit.requests)
      return lastfmError(29, limit.status);
    if (request.method === "POST" && settings.desk !== null) {
      const { desk } = settings;
      return desk.respond(request.body, (key) => {
        const listener = [world.listener, ...world.others].find(
          ({ name }) => name === desk.sessions.get(key),
        );
        return listener === undefined ? null : info(listener);
      });
    }
    if (request.query["format"] !== "json") {
      return { status: 200, body: '<lfm status="ok"></lfm>', headers: { "content-type": "text/xml" } };
    }
    if (request.query["api_key"] !== world.apiKey) return lastfmError(10);
    return route(world, settings, request, random);
  }

  return startStandIn(settings, respond, "/2.0/");
}

const htmlType = { "content-type": "text/html" };

function route(
  world: LastfmWorld,
  settings: LastfmBehaviour,
  request: LoggedRequest,
  random: () => number,
): Answer {
  const method = request.query["method"]?.toLowerCase();
  if (method === "track.getinfo") return trackInfo(world, request);
  const asked = request.query["user"]?.toLowerCase();
  const listener = [world.listener, ...world.others].find(({ name }) => name.toLowerCase() === asked);
  if (method === "user.getinfo") return listener ? { status: 200, body: info(listener) } : lastfmError(6);
  if (method !== "user.gettopalbums" && method !== "user.getrecenttracks") return lastfmError(3, 400);

  const limit = Number(request.query["limit"] ?? 50);
  const page = Number(request.query["page"] ?? 1);
  if (!(limit >= 1 && limit <= 1000)) return lastfmError(6, 400, "limit param out of bounds (1-1000)");
  if (!(page >= 1 && page <= 1_000_000)) return lastfmError(6, 400, "page param out of bounds (1-1000000)");
  if (!listener) return lastfmError(6);
  if (method === "user.getrecenttracks" && listener.hidden) return lastfmError(17);
  if (random() < settings.bigPageFailure(limit)) return lastfmError(8);
  return method === "user.gettopalbums"
    ? topAlbums(listener, settings, page, limit, random)
    : recentTracks(listener, settings, request, page, limit);
}

/** Names are corrected, case among it; a length of 0 is none. */
function trackInfo(world: LastfmWorld, { query }: LoggedRequest): Answer {
  const { artist = "", track = "" } = query;
  const name = `${artist}\n${track}`.toLowerCase();
  const known = [...world.trackSeconds].find(([key]) => key.toLowerCase() === name);
  const isPlayed = world.listener.plays.rows.some((play) => play.artist === artist && play.track === track);
  if (known === undefined && !isPlayed) return lastfmError(6, 404, "Track not found");
  return {
    status: 200,
    body: {
      track: {
        name: track,
        url: albumUrl(artist, "_"),
        duration: String((known?.[1] ?? 0) * 1000),
        artist: { name: artist, mbid: "", url: albumUrl(artist, "") },
      },
    },
  };
}

function info(listener: Listener): unknown {
  return {
    user: {
      name: listener.name,
      playcount: String(listener.plays.rows.length + listener.unlistedPlays),
      album_count: String(listenerChart(listener).length),
      registered: { unixtime: String(listener.registeredUts), "#text": listener.registeredUts },
    },
  };
}

function attributes(
  listener: Listener,
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

function topAlbums(
  listener: Listener,
  settings: LastfmBehaviour,
  page: number,
  limit: number,
  random: () => number,
): Answer {
  const chart =
    settings.ties === "shuffled" ? shuffleTies(listenerChart(listener), random) : listenerChart(listener);
  if (page > Math.max(1, Math.ceil(chart.length / limit)) && settings.pastTheEnd === "no-such-page") {
    return lastfmError(6, 400, "no such page");
  }
  const start = (page - 1) * limit;
  const album = chart.slice(start, start + limit).map((row, at) => wireAlbum(row, start + at + 1));
  return {
    status: 200,
    body: {
      topalbums: {
        album: children(album),
        "@attr": attributes(listener, page, limit, chart.length, "1"),
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

function wireAlbum(album: Album, rank: number): unknown {
  return {
    artist: {
      url: albumUrl(album.artist, "_"),
      name: album.artist,
      mbid: "",
    },
    "@attr": { rank: String(rank) },
    playcount: String(album.playCount),
    url: album.url ?? albumUrl(album.artist, album.title),
    name: album.title,
    mbid: album.mbid ?? "",
  };
}

function recentTracks(
  listener: Listener,
  settings: LastfmBehaviour,
  request: LoggedRequest,
  page: number,
  limit: number,
): Answer {
  const from = request.query["from"] === undefined ? null : Number(request.query["from"]);
  const to = request.query["to"] === undefined ? null : Number(request.query["to"]);
  const newest = listener.plays.view("newest", (plays) =>
    plays
      .map((play, at) => ({ play, at }))
      .toSorted((a, b) => b.play.uts - a.play.uts || b.at - a.at)
      .map(({ play }) => play),
  );
  const shift = settings.windowEnds === "inclusive" ? 0 : 1;
  const first = to === null ? 0 : firstAtMost(newest, to - shift);
  const end = from === null ? newest.length : firstAtMost(newest, from + shift - 1);
  const total = Math.max(0, end - first);
  if (page > Math.max(1, Math.ceil(total / limit)) && settings.pastTheEnd === "no-such-page") {
    return lastfmError(6, 400, "no such page");
  }
  const start = first + (page - 1) * limit;
  const rows: unknown[] = newest.slice(start, Math.min(start + limit, Math.max(first, end))).map(wirePlay);
  if (listener.nowPlaying) rows.unshift(wireNowPlaying(listener.nowPlaying));
  return {
    status: 200,
    body: {
      recenttracks: {
        track: children(rows),
        "@attr": attributes(listener, page, limit, total, "0"),
      },
    },
  };
}

/** Where in a newest-first list the plays at or before `uts` begin. */
function firstAtMost(newest: readonly Play[], uts: number): number {
  const at = newest.findIndex((play) => play.uts <= uts);
  return at === -1 ? newest.length : at;
}

function wirePlay(play: Play): unknown {
  return {
    artist: { mbid: "", "#text": play.artist },
    mbid: "",
    album: { mbid: play.albumMbid ?? "", "#text": play.album },
    name: play.track,
    url: albumUrl(play.artist, "_"),
    date: { uts: String(play.uts), "#text": "in words" },
  };
}

function wireNowPlaying(playing: NonNullable<Listener["nowPlaying"]>): unknown {
  return {
    artist: { mbid: "", "#text": playing.artist },
    mbid: "",
    album: { mbid: "", "#text": playing.album },
    name: playing.track,
    "@attr": { nowplaying: "true" },
    url: albumUrl(playing.artist, "_"),
  };
}

/** One child is an object in place of an array of one. */
function children(rows: readonly unknown[]): unknown {
  return rows.length === 1 ? rows[0] : rows;
}
