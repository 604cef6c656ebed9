import { requirePage, requireUser } from "../transport/http-answers.ts";
import { malformed } from "../transport/retry.ts";
import type { Album, Scrobble } from "../../model/model.ts";
import {
  addressOrNull,
  count,
  countOrNull,
  exactCount,
  field,
  isEmpty,
  isMissing,
  isObject,
  items,
  mbidOrNull,
  name,
  required,
  secondsOrNull,
  root,
  uts,
  type Node,
} from "../../model/decode.ts";
import { ShortPage } from "../transport/service-errors.ts";
import { isPastTheEnd, isUnknownTrack, readAnswer } from "./lastfm-errors.ts";
import { Rate } from "../transport/allowances.ts";
import type { ClientKind, ClientOptions } from "../transport/calls.ts";
import { lastfmFacts } from "../services/service-facts.ts";
import { createScrobbling } from "./lastfm-scrobbling.ts";
import type { CallOptions, Page } from "../services/remote-service.ts";
import type { ListeningService, ListeningUser } from "../services/listening-service.ts";

/** Last.fm reports no limit. Its terms allow five requests a second. */
export const lastfmClient: ClientKind<ListeningService> = {
  pace: { throttledWaitMs: 30_000 },
  allowance: () => new Rate({ perSecond: 5, burst: 5 }),
  open: createLastfm,
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
  const { caller, baseUrl, secret: apiKey, bounds } = opening;
  function get<Result>(options: CallOptions | undefined, request: Request<Result>): Promise<Result> {
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
        return decode(root(readAnswer(answer, question), bounds()));
      },
    });
  }

  function listing<Row>(
    options: CallOptions | undefined,
    { username, page, limit }: RequestedPage,
    { query, what, ...request }: Pick<Request<Page<Row>>, "method" | "what" | "query" | "decode">,
  ): Promise<Page<Row>> {
    return get(options, {
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
    scrobbling: createScrobbling(opening),
    usage: caller,
    user: (username, options) =>
      get(options, {
        method: "user.getInfo",
        username,
        what: `the profile of "${username}"`,
        decode: (body) => decodeUser(body, username),
      }),
    albumsPage: (username, page, limit, options) => {
      const requested = { username, page, limit };
      return listing(options, requested, {
        method: "user.getTopAlbums",
        what: "album chart",
        decode: (body) => decodePage(body, ["topalbums", "album"], requested, decodeAlbum),
      });
    },
    trackSeconds: ({ artist, title }, options) =>
      get<number | null>(options, {
        method: "track.getInfo",
        username: null,
        query: { artist, track: title, autocorrect: "1" },
        what: "the length of a track",
        decode: (body) => secondsOrNull(field(required(body, "track"), "duration")),
        unknown: null,
      }),
    scrobblesPage: (username, { fromUts, toUts, page, limit }, options) => {
      const requested = { username, page, limit };
      return listing(options, requested, {
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

function decodeUser(body: Node, requestedName: string): ListeningUser {
  const user = required(body, "user");
  const answerName = name(required(user, "name"));
  requireUser(answerName, requestedName);
  const registered = field(user, "registered");
  return {
    name: answerName,
    playCount: exactCount(field(user, "playcount")),
    albumCount: countOrNull(field(user, "album_count")),
    registeredUts: uts(isObject(registered) ? field(registered, "unixtime") : registered) || null,
  };
}

function decodePage<Row>(
  body: Node,
  [listName, rowName]: readonly ["topalbums", "album"] | readonly ["recenttracks", "track"],
  requested: RequestedPage,
  decodeRow: (row: Node) => Row,
): Page<Row> {
  const list = required(body, listName);
  const attributes = required(list, "@attr");
  requireUser(name(required(attributes, "user")), requested.username);
  const page = exactCount(field(attributes, "page"));
  const total = exactCount(field(attributes, "total"));
  // An empty list has 0 pages in one method and 1 in another.
  const pages = Math.max(1, exactCount(field(attributes, "totalPages")));
  requirePage(field(attributes, "page"), page, requested.page);
  const entries = items(field(list, rowName));
  const rows = (rowName === "track" ? entries.filter((row) => !isNowPlaying(row)) : entries).map(decodeRow);
  const result = { page, pages, total, rows };
  // Only the last page may be short, and no page may be empty if the list is not.
  const dueRows = page < pages ? requested.limit : page === pages && total > 0 ? 1 : 0;
  if (rows.length >= dueRows && rows.length <= requested.limit) return result;
  const reason = `${rowName} holds ${rows.length} rows on page ${page} of ${pages} with ${requested.limit} a page`;
  const isShort = rows.length > 0 && rows.length < dueRows;
  throw malformed(
    reason,
    isShort ? new ShortPage(lastfmFacts, `${listName} page ${page}`, result, dueRows) : null,
  );
}

// Rows. The JSON is converted from XML.

function decodeAlbum(row: Node): Album {
  return {
    artist: decodeName(required(row, "artist")),
    title: name(required(row, "name")),
    playCount: count(required(row, "playcount")),
    mbid: mbidOrNull(field(row, "mbid")),
    url: addressOrNull(field(row, "url")),
  };
}

function decodeScrobble(row: Node): Scrobble {
  const album = field(row, "album");
  const hasAlbum = !isEmpty(album);
  const date = field(row, "date");
  return {
    uts: isEmpty(date) ? 0 : uts(required(date, "uts")),
    artist: decodeName(required(row, "artist")),
    track: name(required(row, "name")),
    album: hasAlbum ? decodeName(album) : "",
    albumMbid: hasAlbum && isObject(album) ? mbidOrNull(field(album, "mbid")) : null,
  };
}

/**
 * Returns true if a row is the track that is playing now. It is not a scrobble, but Last.fm lists it
 * first in every window. It is marked, or has no date. A row without a date further down is a scrobble that lost it.
 */
function isNowPlaying(row: Node): boolean {
  const attributes = field(row, "@attr");
  if (!isEmpty(attributes) && name(field(attributes, "nowplaying")) === "true") return true;
  return (
    (row.key === 0 || row.key === "track") && isEmpty(field(row, "date")) && !isEmpty(field(row, "name"))
  );
}

/** A name is a text, or "#text" of an object with attributes, or "name" of an object with children. */
function decodeName(node: Node): string {
  if (!isObject(node)) return name(node);
  const plain = field(node, "#text");
  return isMissing(plain) ? name(required(node, "name")) : name(plain);
}
