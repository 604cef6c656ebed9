import { assertSamePage, assertSameUser } from "../transport/http-responses.ts";
import { createMalformedFailure } from "../transport/retry.ts";
import type { Album, Scrobble } from "../../model/model.ts";
import type { PlayingNow } from "../../model/playing-now.ts";
import {
  decodeUrlOrNull,
  decodeCount,
  decodeCountOrNull,
  decodeExactCount,
  getField,
  isEmpty,
  isMissing,
  isObject,
  decodeItems,
  decodeMbidOrNull,
  decodeShortText,
  requireField,
  decodeSecondsOrNull,
  createRootNode,
  decodeUts,
  type Node,
} from "../../model/decode.ts";
import { ShortPage } from "../transport/service-errors.ts";
import { isPastTheEnd, isUnknownTrack, parseResponse } from "./lastfm-errors.ts";
import { TokenBucket } from "../transport/rate-limits.ts";
import type { ClientFactory, ClientOptions } from "../transport/caller.ts";
import { lastfmFacts } from "../services/service-facts.ts";
import { createScrobbler } from "./lastfm-scrobbling.ts";
import type { CallOptions, Page } from "../services/remote-service.ts";
import type { ListeningService, ListeningUser } from "../services/listening-service.ts";

/** Last.fm reports no limit. Its terms allow five requests a second. */
export const lastfmClient: ClientFactory<ListeningService> = {
  pace: { throttledWaitMs: 30_000 },
  createRateLimit: () => new TokenBucket({ perSecond: 5, burst: 5 }),
  createClient: createLastfm,
};

interface Request<Result> {
  readonly method: string;
  /** null: the call is about no user. */
  readonly username: string | null;
  readonly query?: Readonly<Record<string, string>>;
  readonly what: string;
  readonly decode: (body: Node) => Result;
  readonly pastTheEnd?: () => Result;
  readonly unknown?: Result;
}

interface RequestedPage {
  readonly username: string;
  readonly page: number;
  readonly limit: number;
}

export function createLastfm(opening: ClientOptions): ListeningService {
  const { caller, baseUrl, secret: apiKey, getBounds } = opening;
  function fetchJson<Result>(options: CallOptions | undefined, request: Request<Result>): Promise<Result> {
    const { method, username, query = {}, what, decode, pastTheEnd, unknown } = request;
    const url = new URL(baseUrl);
    const user = username === null ? {} : { user: username };
    url.search = new URLSearchParams({
      method,
      ...user,
      ...query,
      api_key: apiKey,
      format: "json",
    }).toString();
    const question = { username: username ?? "", history: method === "user.getRecentTracks" };
    return caller.call(options, {
      url,
      headers: { accept: "application/json" },
      label: [method, ...Object.entries(query).map(([key, value]) => `${key}=${value}`)].join(" "),
      what,
      interpret: (answer) => {
        if (pastTheEnd && isPastTheEnd(answer)) return pastTheEnd();
        if (unknown !== undefined && isUnknownTrack(answer)) return unknown;
        return decode(createRootNode(parseResponse(answer, question), getBounds()));
      },
    });
  }

  function fetchListingPage<Row>(
    options: CallOptions | undefined,
    { username, page, limit }: RequestedPage,
    { query, what, ...request }: Pick<Request<Page<Row>>, "method" | "what" | "query" | "decode">,
  ): Promise<Page<Row>> {
    return fetchJson(options, {
      ...request,
      username,
      query: { ...query, limit: String(limit), page: String(page) },
      what: `${what} page ${page} of ${limit} a page`,
      pastTheEnd: () => ({ page, pages: Math.max(1, page - 1), total: 0, rows: [] }),
    });
  }

  return {
    id: lastfmFacts.id,
    name: lastfmFacts.name,
    traits: lastfmFacts.traits,
    scrobbler: createScrobbler(opening),
    usage: caller,
    fetchUser: (username, options) =>
      fetchJson(options, {
        method: "user.getInfo",
        username,
        what: `the profile of "${username}"`,
        decode: (body) => decodeUser(body, username),
      }),
    fetchAlbumPage: (username, page, limit, options) => {
      const requested = { username, page, limit };
      return fetchListingPage(options, requested, {
        method: "user.getTopAlbums",
        what: "album chart",
        decode: (body) => decodePage(body, ["topalbums", "album"], requested, decodeAlbum),
      });
    },
    fetchTrackSeconds: ({ artist, title }, options) =>
      fetchJson<number | null>(options, {
        method: "track.getInfo",
        username: null,
        query: { artist, track: title, autocorrect: "1" },
        what: "the length of a track",
        decode: (body) => decodeSecondsOrNull(getField(requireField(body, "track"), "duration")),
        unknown: null,
      }),
    fetchPlayingNow: (username, options) =>
      fetchJson(options, {
        method: "user.getRecentTracks",
        username,
        query: { limit: "1" },
        what: "the track that is playing",
        decode: (body) => decodePlayingNow(body, username, Math.floor(getBounds().nowMs / 1000)),
      }),
    fetchScrobblePage: (username, { fromUts, toUts, page, limit }, options) => {
      const requested = { username, page, limit };
      return fetchListingPage(options, requested, {
        method: "user.getRecentTracks",
        what: "listening history",
        query: {
          ...(fromUts === undefined ? {} : { from: String(fromUts) }),
          ...(toUts === undefined ? {} : { to: String(toUts) }),
        },
        decode: (body) => decodePage(body, ["recenttracks", "track"], requested, decodeScrobble),
      });
    },
  };
}

function decodePlayingNow(body: Node, username: string, startedUts: number): PlayingNow | null {
  const list = requireField(body, "recenttracks");
  assertSameUser(decodeShortText(requireField(requireField(list, "@attr"), "user")), username);
  const row = decodeItems(getField(list, "track")).find(isNowPlaying);
  if (row === undefined) return null;
  const { artist, track: title, album } = decodeScrobble(row);
  return { artist, title, album: album || null, lengthSeconds: null, startedUts, client: null };
}

function decodeUser(body: Node, requestedName: string): ListeningUser {
  const user = requireField(body, "user");
  const answerName = decodeShortText(requireField(user, "name"));
  assertSameUser(answerName, requestedName);
  const registered = getField(user, "registered");
  return {
    name: answerName,
    playCount: decodeExactCount(getField(user, "playcount")),
    albumCount: decodeCountOrNull(getField(user, "album_count")),
    registeredUts: decodeUts(isObject(registered) ? getField(registered, "unixtime") : registered) || null,
  };
}

function decodePage<Row>(
  body: Node,
  [listName, rowName]: readonly ["topalbums", "album"] | readonly ["recenttracks", "track"],
  requested: RequestedPage,
  decodeRow: (row: Node) => Row,
): Page<Row> {
  const list = requireField(body, listName);
  const attributes = requireField(list, "@attr");
  assertSameUser(decodeShortText(requireField(attributes, "user")), requested.username);
  const page = decodeExactCount(getField(attributes, "page"));
  const total = decodeExactCount(getField(attributes, "total"));
  // An empty list has 0 pages in one method and 1 in another.
  const pages = Math.max(1, decodeExactCount(getField(attributes, "totalPages")));
  assertSamePage(getField(attributes, "page"), page, requested.page);
  const entries = decodeItems(getField(list, rowName));
  const rows = (rowName === "track" ? entries.filter((row) => !isNowPlaying(row)) : entries).map(decodeRow);
  const result = { page, pages, total, rows };
  // The last page alone may be short, and no page may be empty if the list is not.
  const dueRows = page < pages ? requested.limit : page === pages && total > 0 ? 1 : 0;
  if (rows.length >= dueRows && rows.length <= requested.limit) return result;
  const reason = `${rowName} holds ${rows.length} rows on page ${page} of ${pages} with ${requested.limit} a page`;
  const isShort = rows.length > 0 && rows.length < dueRows;
  throw createMalformedFailure(
    reason,
    isShort ? new ShortPage(lastfmFacts, `${listName} page ${page}`, result, dueRows) : null,
  );
}

// Rows. The JSON is converted from XML.

function decodeAlbum(row: Node): Album {
  return {
    artist: decodeName(requireField(row, "artist")),
    title: decodeShortText(requireField(row, "name")),
    playCount: decodeCount(requireField(row, "playcount")),
    mbid: decodeMbidOrNull(getField(row, "mbid")),
    url: decodeUrlOrNull(getField(row, "url")),
  };
}

function decodeScrobble(row: Node): Scrobble {
  const album = getField(row, "album");
  const hasAlbum = !isEmpty(album);
  const date = getField(row, "date");
  return {
    uts: isEmpty(date) ? 0 : decodeUts(requireField(date, "uts")),
    artist: decodeName(requireField(row, "artist")),
    track: decodeShortText(requireField(row, "name")),
    album: hasAlbum ? decodeName(album) : "",
    albumMbid: hasAlbum && isObject(album) ? decodeMbidOrNull(getField(album, "mbid")) : null,
  };
}

/**
 * Returns true if a row is the track that is playing now. It is not a scrobble, but Last.fm lists it
 * first in every window. It is marked, or has no date. A row without a date further down is a scrobble that lost it.
 */
function isNowPlaying(row: Node): boolean {
  const attributes = getField(row, "@attr");
  if (!isEmpty(attributes) && decodeShortText(getField(attributes, "nowplaying")) === "true") return true;
  return (
    (row.key === 0 || row.key === "track") &&
    isEmpty(getField(row, "date")) &&
    !isEmpty(getField(row, "name"))
  );
}

/** A name is a text, or "#text" of an object with attributes, or "name" of an object with children. */
function decodeName(node: Node): string {
  if (!isObject(node)) return decodeShortText(node);
  const plain = getField(node, "#text");
  return isMissing(plain) ? decodeShortText(requireField(node, "name")) : decodeShortText(plain);
}
