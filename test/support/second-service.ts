// A second listening service: the folder and the row that it would take, and a stand-in that serves it.
import { field, items, name, exactCount, required, root, uts, type Node } from "../../src/model/decode.ts";
import type { Scrobble } from "../../src/model/model.ts";
import type { ClientKind } from "../../src/sources/transport/calls.ts";
import type { PageNames } from "../../src/sources/services/remote-service.ts";
import type { ListeningService } from "../../src/sources/services/listening-service.ts";
import type { ListeningRow } from "../../src/sources/all-services.ts";
import { readJson } from "../../src/sources/transport/http-answers.ts";
import { Rate } from "../../src/sources/transport/allowances.ts";
import type { VirtualClock } from "./clock.ts";
import { chartOf } from "./world.ts";
import { calm, startStandIn, type Behaviour, type StandIn } from "./stand-in.ts";

const facts = {
  id: "listens",
  name: "Listens",
  baseUrl: "https://listens.invalid/",
  settings: {
    secret: null,
    username: {
      name: "listens_username",
      environment: "LISTENS_USERNAME",
      help: "your user name",
      source: "your name on Listens",
    },
    sharedSecret: null,
    session: null,
    url: {
      name: "listens_api_url",
      environment: "LISTENS_API_URL",
      help: "another address for Listens: https, or on this machine",
    },
  },
  traits: {
    pageSizes: [1000, 100],
    lateSeconds: 14 * 86_400,
    firstUts: 1_033_430_400,
    unhide: "show it",
    pageOf: ({ artist, album, track }: PageNames) =>
      `https://listens.invalid/${[artist, album, track].map((part) => encodeURIComponent(part ?? "")).join("/")}`,
    pageOfDay: (username: string | undefined, day: string) =>
      `https://listens.invalid/${username ?? "me"}/${day}`,
  },
} as const;

const client: ClientKind<ListeningService> = {
  pace: { throttledWaitMs: 10_000 },
  allowance: () => new Rate({ perSecond: 3, burst: 10 }),
  open({ caller, baseUrl, bounds }) {
    const get = <Result>(path: string, query: Record<string, string>, decode: (payload: Node) => Result) => {
      const url = new URL(path, baseUrl);
      url.search = new URLSearchParams(query).toString();
      return caller.call<Result>(undefined, {
        url,
        label: path,
        what: path,
        interpret: (answer) => decode(required(root(readJson(answer), bounds()), "payload")),
      });
    };
    return {
      id: facts.id,
      name: facts.name,
      traits: facts.traits,
      usage: caller,
      user: (username) =>
        get(`1/user/${username}/listen-count`, {}, (payload) => ({
          name: name(required(payload, "user_id")),
          playCount: exactCount(field(payload, "count")),
          albumCount: exactCount(field(payload, "album_count")),
          registeredUts: null,
        })),
      scrobbling: null,
      trackSeconds: async () => null,
      albumsPage: (username, page, limit) =>
        get(`1/user/${username}/albums`, { count: String(limit), page: String(page) }, (payload) => ({
          ...pageOf(payload, page, limit),
          rows: items(field(payload, "albums")).map((row) => ({
            artist: name(required(row, "artist_name")),
            title: name(required(row, "release_name")),
            playCount: exactCount(field(row, "count")),
            mbid: null,
            url: null,
          })),
        })),
      scrobblesPage: (username, { fromUts = 0, toUts, page, limit }) =>
        get(
          `1/user/${username}/listens`,
          {
            count: String(limit),
            page: String(page),
            min_ts: String(fromUts),
            ...(toUts === undefined ? {} : { max_ts: String(toUts) }),
          },
          (payload) => ({
            ...pageOf(payload, page, limit),
            rows: items(field(payload, "listens")).map(decodeListen),
          }),
        ),
    };
  },
};

function pageOf(payload: Node, page: number, limit: number) {
  const total = exactCount(field(payload, "total"));
  return { page, pages: Math.max(1, Math.ceil(total / limit)), total };
}

function decodeListen(row: Node): Scrobble {
  const track = required(row, "track_metadata");
  return {
    uts: uts(required(row, "listened_at")),
    artist: name(required(track, "artist_name")),
    track: name(required(track, "track_name")),
    album: name(field(track, "release_name")),
    albumMbid: null,
  };
}

/** The row of the table of services. */
export const listensRow: ListeningRow = { ...facts, load: () => Promise.resolve(client) };

export function startListens(
  user: { readonly name: string; listens: readonly Scrobble[] },
  clock: VirtualClock,
): Promise<StandIn<Behaviour>> {
  return startStandIn({ ...calm, clock }, ({ path, query }) => {
    const albums = albumsOf(user.listens);
    if (path.endsWith("/listen-count")) {
      const counts = { count: user.listens.length, album_count: albums.length };
      return { status: 200, body: { payload: { user_id: user.name, ...counts } } };
    }
    const [page, count] = [Number(query["page"]), Number(query["count"])];
    const pageIn = <Row>(rows: readonly Row[]): readonly Row[] =>
      rows.slice((page - 1) * count, page * count);
    if (path.endsWith("/albums")) {
      return { status: 200, body: { payload: { total: albums.length, albums: pageIn(albums) } } };
    }
    const [fromUts, toUts] = [Number(query["min_ts"]), Number(query["max_ts"] ?? Number.POSITIVE_INFINITY)];
    const listens = user.listens
      .filter(({ uts: listenedUts }) => listenedUts >= fromUts && listenedUts <= toUts)
      .toSorted((a, b) => b.uts - a.uts)
      .map(({ uts: listened_at, artist, track, album }) => ({
        listened_at,
        track_metadata: {
          artist_name: artist,
          track_name: track,
          ...(album === "" ? {} : { release_name: album }),
        },
      }));
    return { status: 200, body: { payload: { total: listens.length, listens: pageIn(listens) } } };
  });
}

function albumsOf(listens: readonly Scrobble[]) {
  const chart = chartOf(listens.map((listen) => ({ ...listen, albumArtist: listen.artist })));
  return chart.map(({ artist, title, playCount }) => ({
    artist_name: artist,
    release_name: title,
    count: playCount,
  }));
}
