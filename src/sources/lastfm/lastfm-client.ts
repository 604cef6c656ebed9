import { CallFailure } from "../transport/http-answers.ts";
import type { Album, Scrobble } from "../../model/model.ts";
import {
  addressOrNull,
  codeOrNull,
  count,
  countOrNull,
  exactCount,
  field,
  isEmpty,
  isMissing,
  isObject,
  items,
  Malformed,
  name,
  required,
  secondsOrNull,
  root,
  uts,
  utsOrNull,
  type Node,
} from "../../model/decode.ts";
import { ShortPage } from "../transport/service-errors.ts";
import { isPastTheEnd, isUnknownTrack, readAnswer, rejectedKey } from "./lastfm-errors.ts";
import { Rate, type RateFigures } from "../transport/allowances.ts";
import type { ClientKind, ClientOptions } from "../transport/calls.ts";
import { lastfmFacts } from "../services/service-facts.ts";
import { createScrobbling } from "./lastfm-scrobbling.ts";
import type { CallOptions, Page } from "../services/remote-service.ts";
import type { ChartingService, ListeningUser } from "../services/listening-service.ts";

/** Last.fm reports no limit. Its terms allow five requests a second. */
const figures: RateFigures = { perSecond: 5, burst: 5 };

export const lastfmClient: ClientKind<ChartingService> = {
  pace: { throttledWaitMs: 30_000 },
  allowance: () => new Rate(figures),
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
  /** The result if there is nothing of that name. */
  readonly unknown?: () => Result;
}

export function createLastfm(opening: ClientOptions): ChartingService {
  const { caller, baseUrl, secret: apiKey, bounds } = opening;
  function get<Result>(request: Request<Result>, options: CallOptions | undefined): Promise<Result> {
    const { method, username, query = {} } = request;
    if (apiKey.trim() === "") return Promise.reject(rejectedKey().error);
    const url = new URL(baseUrl);
    url.search = new URLSearchParams({
      method,
      ...(username === null ? {} : { user: username }),
      ...query,
      api_key: apiKey,
      format: "json",
    }).toString();
    const question = {
      username: username ?? "",
      history: method === "user.getRecentTracks",
    };
    return caller.call(
      {
        url,
        headers: { accept: "application/json" },
        label: [method, ...Object.entries(query).map(([key, value]) => `${key}=${value}`)].join(" "),
        what: request.what,
        interpret: (answer) => {
          if (request.pastTheEnd && isPastTheEnd(answer)) return request.pastTheEnd();
          if (request.unknown && isUnknownTrack(answer)) return request.unknown();
          return request.decode(root(readAnswer(answer, question), bounds()));
        },
      },
      options,
    );
  }

  function listing<Row>(
    request: Pick<Request<unknown>, "method" | "what"> & {
      readonly username: string;
      readonly page: number;
      readonly limit: number;
      readonly query?: Readonly<Record<string, string>>;
    },
    decode: (body: Node) => Page<Row>,
    options: CallOptions | undefined,
  ): Promise<Page<Row>> {
    const { page, limit } = request;
    return get(
      {
        ...request,
        query: { ...request.query, limit: String(limit), page: String(page) },
        what: `${request.what} page ${page} of ${limit} a page`,
        decode,
        pastTheEnd: () => ({ page, pages: Math.max(1, page - 1), total: 0, rows: [] }),
      },
      options,
    );
  }

  return {
    id: lastfmFacts.id,
    name: lastfmFacts.name,
    traits: lastfmFacts.traits,
    scrobbling: createScrobbling(opening),
    usage: caller,
    user: (username, options) =>
      get(
        {
          method: "user.getInfo",
          username,
          what: `the profile of "${username}"`,
          decode: (body) => decodeUser(body, username),
        },
        options,
      ),
    albumsPage: (username, page, limit, options) =>
      listing(
        { method: "user.getTopAlbums", username, what: "album chart", page, limit },
        (body) => decodePage(body, ["topalbums", "album"], { username, page, limit }, decodeAlbum),
        options,
      ),
    trackSeconds: ({ artist, title }, options) =>
      get<number | null>(
        {
          method: "track.getInfo",
          username: null,
          query: { artist, track: title, autocorrect: "1" },
          what: "the length of a track",
          decode: (body) => secondsOrNull(field(required(body, "track"), "duration")),
          unknown: () => null,
        },
        options,
      ),
    scrobblesPage: (username, { fromUts, toUts, page, limit }, options) =>
      listing(
        {
          method: "user.getRecentTracks",
          username,
          what: "listening history",
          page,
          limit,
          query: {
            ...(fromUts === undefined ? {} : { from: String(fromUts) }),
            ...(toUts === undefined ? {} : { to: String(toUts) }),
          },
        },
        (body) => decodePage(body, ["recenttracks", "track"], { username, page, limit }, decodeScrobble),
        options,
      ),
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
    registeredUts: utsOrNull(isObject(registered) ? field(registered, "unixtime") : registered),
  };
}

interface AskedPage {
  readonly username: string;
  readonly page: number;
  readonly limit: number;
}

function decodePage<Row>(
  body: Node,
  [listName, rowName]: readonly [string, string],
  requestedPage: AskedPage,
  decodeRow: (row: Node) => Row,
): Page<Row> {
  const list = required(body, listName);
  const attributes = required(list, "@attr");
  requireUser(name(required(attributes, "user")), requestedPage.username);
  const page = exactCount(field(attributes, "page"));
  const total = exactCount(field(attributes, "total"));
  // An empty list has 0 pages in one method and 1 in another.
  const pages = Math.max(1, exactCount(field(attributes, "totalPages")));
  if (page !== requestedPage.page) {
    throw new Malformed(field(attributes, "page"), `is ${page}, but ${requestedPage.page} was asked for`);
  }
  const entries = items(field(list, rowName));
  const rows = (rowName === "track" ? entries.filter((row) => !isNowPlaying(row)) : entries).map(decodeRow);
  const result = { page, pages, total, rows };
  // Only the last page may be short, and no page may be empty if the list is not.
  const dueRows = page < pages ? requestedPage.limit : page === pages && total > 0 ? 1 : 0;
  if (rows.length >= dueRows && rows.length <= requestedPage.limit) return result;
  const reason = `${rowName} holds ${rows.length} rows on page ${page} of ${pages} with ${requestedPage.limit} a page`;
  const what = `${listName} page ${page}`;
  const short =
    rows.length > 0 && rows.length < dueRows ? new ShortPage(lastfmFacts, what, result, dueRows) : null;
  throw new CallFailure({ kind: "malformed" }, reason, short);
}

function requireUser(answerName: string, requestedName: string): void {
  if (answerName.toLowerCase() === requestedName.toLowerCase()) return;
  throw new CallFailure({ kind: "malformed" }, "the answer is about another user");
}

// Rows. The JSON is converted from XML.

function decodeAlbum(row: Node): Album {
  return {
    artist: decodeName(required(row, "artist")),
    title: name(required(row, "name")),
    playCount: count(field(row, "playcount")),
    mbid: codeOrNull(field(row, "mbid")),
    url: addressOrNull(field(row, "url")),
  };
}

function decodeScrobble(row: Node): Scrobble {
  const album = field(row, "album");
  const hasAlbum = !isEmpty(album);
  const date = field(row, "date");
  return {
    uts: isEmpty(date) ? 0 : uts(field(date, "uts")),
    artist: decodeName(required(row, "artist")),
    track: name(required(row, "name")),
    album: hasAlbum ? decodeName(album) : "",
    albumMbid: hasAlbum && isObject(album) ? codeOrNull(field(album, "mbid")) : null,
  };
}

/**
 * Returns true if a row is the track that is playing now. It is no scrobble, but is listed first in every window. It is
 * marked, or has no date. A row without a date further down is a scrobble that lost it.
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
