// A ListenBrainz of our own on loopback: its windows, limits, caches, its queue and its late removals.
import {
  findListenFault,
  buildListen,
  type ListenBrainzData,
  type ListenMetadata,
  sortOldestFirst,
  removeDeleted,
  searchListens,
  type StoredListen,
  storeListens,
} from "./listenbrainz-data.ts";
import { getRealTimeMs } from "./real-time.ts";
import {
  type ServiceAnswer,
  type Behaviour,
  calmBehaviour,
  type LoggedRequest,
  startFakeService,
} from "./fake-service.ts";

export interface ListenBrainzBehaviour extends Behaviour {
  /** Requests in each window on the epoch; null: no limit, and no headers that tell of one. */
  limit: { readonly requests: number; readonly windowMs: number } | null;
  /** The most listens a page, whatever is asked for. */
  mostListens: number;
  /** Takes a listen and never stores it. */
  shouldDrop: (listen: StoredListen) => boolean;
}

export type FakeListenBrainz = Awaited<ReturnType<typeof startFakeListenBrainz>>;

/** How long a submitted listen waits to be stored. */
const queueMs = 2_000;
const pageCacheMs = 3_600_000;
const countCacheMs = 300_000;

function buildPlayingNow({ username, nowPlaying }: ListenBrainzData): unknown {
  const listens = nowPlaying === null ? [] : [{ playing_now: true, track_metadata: nowPlaying }];
  return { payload: { count: listens.length, listens, playing_now: true, user_id: username } };
}

export async function startFakeListenBrainz(
  fixture: ListenBrainzData,
  behaviour: Partial<ListenBrainzBehaviour> = {},
) {
  const settings: ListenBrainzBehaviour = {
    ...calmBehaviour,
    limit: { requests: 30, windowMs: 10_000 },
    mostListens: 1_000,
    shouldDrop: () => false,
    ...behaviour,
  };
  const getNow = (): number => settings.clock?.now() ?? getRealTimeMs();
  const windows = new Map<number, number>();
  const pages = new Map<string, { readonly atMs: number; readonly body: unknown }>();
  let counted: { readonly atMs: number; readonly count: number } | null = null;
  let queue: { readonly atMs: number; readonly listens: readonly StoredListen[] }[] = [];
  const submissions: string[] = [];

  const storeQueued = (untilMs: number): void => {
    const due = queue.filter(({ atMs }) => atMs <= untilMs).flatMap(({ listens }) => listens);
    queue = queue.filter(({ atMs }) => atMs > untilMs);
    const kept = due.filter((each) => !settings.shouldDrop(each));
    if (kept.length === 0) return;
    storeListens(fixture, kept);
    pages.clear();
  };

  const deleteListen = (matches: (listen: StoredListen) => boolean): void => {
    const deletedMs = getNow();
    fixture.listens.change(
      (each) => each.deletedMs === null && matches(each),
      (each) => ({ ...each, deletedMs }),
    );
    pages.clear();
  };

  function respond(request: LoggedRequest): ServiceAnswer {
    const nowMs = getNow();
    const { limit } = settings;
    if (limit === null) return route(request, nowMs);
    const window = Math.floor(nowMs / limit.windowMs);
    const used = (windows.get(window) ?? 0) + 1;
    windows.set(window, used);
    const endMs = (window + 1) * limit.windowMs;
    const headers = {
      "x-ratelimit-limit": String(limit.requests),
      "x-ratelimit-remaining": String(Math.max(0, limit.requests - used)),
      "x-ratelimit-reset": String(endMs / 1000),
      // The server works with whole seconds: never less than what is left of the window.
      "x-ratelimit-reset-in": String(endMs / 1000 - Math.floor(nowMs / 1000)),
    };
    const answer =
      used > limit.requests
        ? createFailure(429, "You have exceeded your rate limit.")
        : route(request, nowMs);
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }

  function route(request: LoggedRequest, nowMs: number): ServiceAnswer {
    storeQueued(nowMs - queueMs);
    removeDeleted(fixture, nowMs);
    const { path, method, headers, query } = request;
    const [, token = ""] = /^Token (.+)$/.exec(headers["authorization"] ?? "") ?? [];
    const [, user, what] = /^\/1\/user\/([^/]+)\/(listens|listen-count|playing-now)$/.exec(path) ?? [];
    if (user !== undefined) {
      const name = decodeURIComponent(user);
      if (name.toLowerCase() !== fixture.username.toLowerCase())
        return createFailure(404, `Cannot find user: ${name}`);
      if (what === "playing-now") return { status: 200, body: buildPlayingNow(fixture) };
      return what === "listens" ? buildListensPage(query, nowMs) : buildListenCount(nowMs);
    }
    if (path === "/1/validate-token") {
      if (token === "") return createFailure(400, "You need to provide an Authorization token.");
      const isValid = token === fixture.token;
      return {
        status: 200,
        body: {
          code: 200,
          message: isValid ? "Token valid." : "Token invalid.",
          valid: isValid,
          ...(isValid ? { user_name: fixture.username } : {}),
        },
      };
    }
    if (method !== "POST") return createFailure(404, "The requested URL was not found.");
    if (token !== fixture.token) return createFailure(401, "Invalid authorization token.");
    if (path === "/1/submit-listens") return acceptListens(request, nowMs);
    if (path !== "/1/delete-listen") return createFailure(404, "The requested URL was not found.");
    const { listened_at, recording_msid } = JSON.parse(request.body) as Record<string, unknown>;
    deleteListen((each) => each.listenedAt === listened_at && each.msid === recording_msid);
    return { status: 200, body: { status: "ok" } };
  }

  function buildListensPage(query: LoggedRequest["query"], nowMs: number): ServiceAnswer {
    const readNumber = (name: string): number | null =>
      query[name] === undefined ? null : Number(query[name]);
    const minTs = readNumber("min_ts");
    const limit = Math.min(readNumber("count") ?? 25, settings.mostListens, 1_000);
    const key = `${minTs} ${limit}`;
    const cached = pages.get(key);
    if (cached !== undefined && nowMs - cached.atMs < pageCacheMs) return { status: 200, body: cached.body };
    const found = searchListens(fixture, { minTs, limit, nowUts: Math.floor(nowMs / 1000) });
    const sorted = sortOldestFirst(fixture);
    const body = {
      payload: {
        count: found.length,
        listens: found.map((each) => toWireListen(fixture, each)),
        latest_listen_ts: sorted.at(-1)?.listenedAt ?? 0,
        oldest_listen_ts: sorted[0]?.listenedAt ?? 0,
        user_id: fixture.username,
      },
    };
    pages.set(key, { atMs: nowMs, body });
    return { status: 200, body };
  }

  function buildListenCount(nowMs: number): ServiceAnswer {
    if (counted === null || nowMs - counted.atMs >= countCacheMs) {
      counted = { atMs: nowMs, count: fixture.listens.rows.length };
    }
    return { status: 200, body: { payload: { count: counted.count } } };
  }

  function acceptListens({ body }: LoggedRequest, nowMs: number): ServiceAnswer {
    const { listen_type: type, payload } = JSON.parse(body) as { listen_type: string; payload: unknown[] };
    const most = type === "import" ? 1_000 : 1;
    if (!Array.isArray(payload) || payload.length === 0 || payload.length > most) {
      return createFailure(400, "JSON document has a wrong number of listens");
    }
    if (Buffer.byteLength(body) > 10_240 * payload.length) return createFailure(400, "Payload too large");
    for (const entry of payload) {
      const fault = findListenFault(entry, Math.floor(nowMs / 1000));
      if (fault !== null) {
        const refused = createFailure(400, fault);
        return { ...refused, body: { ...(refused.body as object), ...(entry as object) } };
      }
    }
    submissions.push(body);
    queue.push({
      atMs: nowMs,
      listens: payload.map((entry) => {
        const { listened_at, track_metadata } = entry as {
          listened_at: number;
          track_metadata: ListenMetadata;
        };
        return buildListen(listened_at, track_metadata);
      }),
    });
    return { status: 200, body: { status: "ok" } };
  }

  const server = await startFakeService(settings, respond, "/");
  return Object.assign(server, {
    /** The bodies of all accepted submissions. */
    submissions,
    /** Deletes a listen as its user does on the website. */
    deleteListen,
    /** Stores listens that another app submitted. */
    insert: (...listens: readonly StoredListen[]) => {
      storeListens(fixture, listens);
      pages.clear();
    },
    /** Stores what is queued. */
    store: () => storeQueued(Number.POSITIVE_INFINITY),
  });
}

function createFailure(code: number, error: string): ServiceAnswer {
  return { status: code, body: { code, error } };
}

function toWireListen({ username }: ListenBrainzData, { listenedAt, msid, metadata }: StoredListen): unknown {
  const { additional_info = {}, ...track } = metadata;
  return {
    inserted_at: listenedAt + 60,
    listened_at: listenedAt,
    recording_msid: msid,
    track_metadata: { additional_info: { ...additional_info, recording_msid: msid }, ...track },
    user_name: username,
  };
}
