import {
  exactCount,
  field,
  isObject,
  items,
  name,
  required,
  root,
  uts,
  type Node,
} from "../../model/decode.ts";
import { RewindError, UsageError } from "../../model/errors.ts";
import type { CallOptions } from "../services/remote-service.ts";
import type {
  ListenPage,
  ListenService,
  ListenWriting,
  Receipt,
  SentPlay,
} from "../services/listening-service.ts";
import type { BudgetNews, ClientKind, ClientOptions } from "../transport/calls.ts";
import { FixedWindow } from "../transport/allowances.ts";
import {
  dateOf,
  figureIn,
  readJson,
  rejection,
  requireUser,
  tokenRefusal,
} from "../transport/http-answers.ts";
import type { AnswerHead, HttpAnswer } from "../transport/http.ts";
import { decodeListen } from "./listenbrainz-decoding.ts";
import { CallFailure, malformed } from "../transport/retry.ts";
import { listenbrainzFacts } from "../services/service-facts.ts";

export const listenbrainzClient: ClientKind<ListenService> = {
  pace: { throttledWaitMs: 10_000 },
  allowance: () => new FixedWindow(),
  budgetOf,
  open: createListenbrainz,
};

interface Request<Result> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON with a POST. */
  readonly payload?: unknown;
  readonly what: string;
  readonly username?: string;
  readonly decode: (body: Node) => Result;
  readonly invalid?: (answer: HttpAnswer) => Result;
}

export function createListenbrainz({ caller, baseUrl, secret: token, bounds }: ClientOptions): ListenService {
  function call<Result>(options: CallOptions | undefined, request: Request<Result>): Promise<Result> {
    const { path, query = {}, payload, what, username = null, decode, invalid } = request;
    const url = new URL(`1/${path}`, baseUrl);
    url.search = new URLSearchParams(query).toString();
    // Such a token can't be sent, and never came from ListenBrainz.
    if (!/^[\x21-\x7e]*$/.test(token)) return Promise.reject(rejectedToken().error);
    return caller.call(options, {
      url,
      headers: {
        accept: "application/json",
        ...(token === "" ? {} : { authorization: `Token ${token}` }),
        ...(payload === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
      what,
      interpret: (answer) => {
        if (invalid !== undefined && answer.status === 400 && messageOf(answer) !== null)
          return invalid(answer);
        if (answer.status < 200 || answer.status > 299) throw refusal(answer, username);
        return decode(root(readJson(answer), bounds()));
      },
    });
  }

  function listens(
    options: CallOptions | undefined,
    username: string,
    query: Readonly<Record<string, string>>,
  ): Promise<ListenPage> {
    return call(options, {
      path: `user/${encodeURIComponent(username)}/listens`,
      query,
      what: `the listens of "${username}"`,
      username,
      decode: (body) => decodePage(body, username),
    });
  }

  /** Asks a path that only one kind of server has. */
  function isServed(path: string, options: CallOptions): Promise<boolean> {
    return caller.call(options, {
      url: new URL(path, baseUrl),
      headers: { accept: "application/json" },
      what: "the kind of the server",
      interpret: (answer) => answer.status === 200 && isJsonObject(answer),
    });
  }

  async function kindOfOtherServer(options: CallOptions): Promise<"Koito" | "Maloja" | null> {
    if (await isServed("apis/web/v1/stats", options)) return "Koito";
    return (await isServed("apis/mlj_1/serverinfo", options)) ? "Maloja" : null;
  }

  /** Throws UsageError instead of the answer's error if the server is of a kind that lists no listens. */
  async function fromListenBrainz<Result>(
    answer: Promise<Result>,
    options: CallOptions = {},
  ): Promise<Result> {
    try {
      return await answer;
    } catch (error) {
      const isFailure = error instanceof RewindError && options.signal?.aborted !== true;
      const kind = isFailure ? await kindOfOtherServer({ ...options, attempts: 1 }).catch(() => null) : null;
      if (kind === null) throw error;
      throw new UsageError(
        `listenbrainz_api_url is the address of a ${kind} server, which lists no listens for other programs`,
        "Export your listens there, then run: rewind import FILE",
      );
    }
  }

  return {
    id: listenbrainzFacts.id,
    pageSizes: [1_000, 250],
    name: listenbrainzFacts.name,
    usage: caller,
    newestListens: (username, count, options) =>
      fromListenBrainz(listens(options, username, { count: String(count) }), options),
    listensAfter: (username, after, count, options) =>
      listens(options, username, { min_ts: String(after), count: String(count) }),
    listenCount: (username, options) =>
      fromListenBrainz(
        call(options, {
          path: `user/${encodeURIComponent(username)}/listen-count`,
          what: `the number of listens of "${username}"`,
          username,
          decode: (body) => exactCount(field(required(body, "payload"), "count")),
        }),
        options,
      ),
    writing: token === "" ? null : createWriting(call),
  };
}

function isJsonObject(answer: HttpAnswer): boolean {
  try {
    return isObject(root(readJson(answer)));
  } catch {
    return false;
  }
}

/** Listens that are further ahead of the service's clock are refused. */
const mostAheadMs = 3_600_000;

function createWriting(
  call: <Result>(options: CallOptions | undefined, request: Request<Result>) => Promise<Result>,
): ListenWriting {
  /** One invalid play makes the service refuse all that were sent with it: halves find it. */
  async function send(
    plays: readonly SentPlay[],
    options: CallOptions | undefined,
  ): Promise<readonly Receipt[]> {
    const receipts = await call<readonly Receipt[] | null>(options, {
      path: "submit-listens",
      payload: { listen_type: "import", payload: plays.map(listenOf) },
      what: "plays to be stored",
      decode: (body) => {
        requireOk(body, "the answer does not say that they were taken");
        return plays.map(() => ({ isStored: true }));
      },
      invalid: (answer) => (plays.length > 1 ? null : plays.map((play) => refused(play, dateOf(answer)))),
    });
    if (receipts !== null) return receipts;
    const half = Math.ceil(plays.length / 2);
    return [...(await send(plays.slice(0, half), options)), ...(await send(plays.slice(half), options))];
  }

  return {
    owner: (options) =>
      call(options, {
        path: "validate-token",
        what: "the owner of the user token",
        decode: (body) => {
          const owner = name(field(body, "user_name"));
          if (owner === "") throw rejectedToken();
          return owner;
        },
      }),
    scrobble: send,
    deleteListen: ({ listenedUts, msid }, options) =>
      call(options, {
        path: "delete-listen",
        payload: { listened_at: listenedUts, recording_msid: msid },
        what: "a listen to be deleted",
        decode: (body) => requireOk(body, "the answer does not say that it was deleted"),
      }),
  };
}

/** `serverMs`: the service's clock; null if it does not tell it. */
function refused({ uts: startUts }: SentPlay, serverMs: number | null): Receipt {
  const isTooNew = serverMs !== null && startUts * 1000 > serverMs + mostAheadMs;
  return { isStored: false, refusal: isTooNew ? "too-new" : "invalid" };
}

function requireOk(body: Node, complaint: string): void {
  if (name(field(body, "status")) !== "ok") throw malformed(complaint);
}

/**
 * The service tells listens apart by second, artist, title, album and duration. It must get all of them unchanged each
 * time, so nothing that may change is sent, such as our version.
 */
function listenOf({ album, albumArtist, durationSeconds, ...play }: SentPlay): unknown {
  return {
    listened_at: play.uts,
    track_metadata: {
      artist_name: play.artist,
      track_name: play.title,
      ...(album === "" ? {} : { release_name: album }),
      additional_info: {
        media_player: "turntable",
        submission_client: "rewind",
        ...(albumArtist === "" ? {} : { release_artist_name: albumArtist }),
        ...(durationSeconds === null ? {} : { duration_ms: durationSeconds * 1000 }),
      },
    },
  };
}

function decodePage(body: Node, requestedName: string): ListenPage {
  const payload = required(body, "payload");
  const username = name(required(payload, "user_id"));
  requireUser(username, requestedName);
  return {
    username,
    oldestUts: uts(required(payload, "oldest_listen_ts")),
    latestUts: uts(required(payload, "latest_listen_ts")),
    listens: items(required(payload, "listens")).map(decodeListen),
  };
}

function budgetOf(answer: AnswerHead): BudgetNews {
  return {
    size: figureIn(answer, "x-ratelimit-limit"),
    remaining: figureIn(answer, "x-ratelimit-remaining"),
    resetMs: resetMsOf(answer),
  };
}

// ListenBrainz's refusals. Its error bodies may repeat the listen that was sent, so nothing of them is shown.

/** The failure behind an answer that is not a 2xx. `username` is the user in its address, if there is one. */
function refusal(answer: HttpAnswer, username: string | null): CallFailure {
  if (answer.status === 429) {
    return new CallFailure({ kind: "throttled", retryAfterMs: resetMsOf(answer) }, "too many requests");
  }
  const unknownUser = /cannot find user/i;
  return tokenRefusal(listenbrainzFacts, answer, {
    username,
    message: messageOf(answer),
    rejectedToken,
    unknownUser,
  });
}

function rejectedToken(): CallFailure {
  return rejection(
    "ListenBrainz rejected the user token",
    "Copy it from https://listenbrainz.org/settings/, then run: rewind login --scrobble (or set LISTENBRAINZ_TOKEN)",
  );
}

/** Milliseconds until the window of the rate limit ends; null if the answer doesn't say. */
function resetMsOf(answer: AnswerHead): number | null {
  const seconds = figureIn(answer, "x-ratelimit-reset-in");
  return seconds === null ? null : seconds * 1000;
}

/** Its own words, to tell refusals apart; null if the answer isn't ListenBrainz's JSON. */
function messageOf(answer: HttpAnswer): string | null {
  try {
    const body = root(readJson(answer));
    exactCount(field(body, "code"));
    return name(field(body, "error"));
  } catch {
    return null;
  }
}
