import {
  decodeExactCount,
  getField,
  isObject,
  decodeItems,
  decodeShortText,
  requireField,
  createRootNode,
  decodeUnboundedUts,
  type Node,
} from "../../model/decode.ts";
import { RewindError, UsageError } from "../../model/errors.ts";
import type { CallOptions, ServiceFacts } from "../services/remote-service.ts";
import type {
  ListenPage,
  ListenService,
  ListenWriter,
  Receipt,
  SentPlay,
} from "../services/listening-service.ts";
import type { RateLimitStatus, ClientFactory, ClientOptions } from "../transport/caller.ts";
import { FixedWindow } from "../transport/rate-limits.ts";
import {
  parseDateHeader,
  parseNumberHeader,
  parseJsonBody,
  createCredentialFailure,
  assertSameUser,
  createTokenResponseFailure,
  createUnexpectedFailure,
} from "../transport/http-responses.ts";
import type { ResponseHead, HttpResponse } from "../transport/http.ts";
import { toImportedListen } from "./listen-encoding.ts";
import { decodeListen, decodePlayingNow } from "./listenbrainz-decoding.ts";
import { CallFailure, createMalformedFailure } from "../transport/retry.ts";
import { listenbrainzFacts } from "../services/service-facts.ts";

export const listenbrainzClient: ClientFactory<ListenService> = {
  pace: { throttledWaitMs: 10_000 },
  createRateLimit: () => new FixedWindow(),
  budgetOf: parseRateLimit,
  createClient: createListenbrainz,
};

interface Request<Result> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON with a POST. */
  readonly payload?: unknown;
  readonly what: string;
  readonly username?: string;
  readonly decode: (body: Node) => Result;
  readonly invalid?: (answer: HttpResponse) => Result;
  /** Servers other than ListenBrainz' own may not have this call. */
  readonly isOptional?: true;
}

const missingCallStatuses: readonly number[] = [404, 405, 501];

export function createListenbrainz({
  caller,
  serviceName,
  baseUrl,
  secret: token,
  getBounds,
}: ClientOptions): ListenService {
  const facts: ServiceFacts = { ...listenbrainzFacts, name: serviceName };

  function callApi<Result>(options: CallOptions | undefined, request: Request<Result>): Promise<Result> {
    const { path, query = {}, payload, what, username = null, decode, invalid } = request;
    const url = new URL(`1/${path}`, baseUrl);
    url.search = new URLSearchParams(query).toString();
    // A token with such characters can't be sent, and never came from ListenBrainz.
    if (!/^[\x21-\x7e]*$/.test(token)) return Promise.reject(createRejectedTokenFailure(facts).error);
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
        if (invalid !== undefined && answer.status === 400 && findErrorMessage(answer) !== null)
          return invalid(answer);
        if (request.isOptional === true && missingCallStatuses.includes(answer.status))
          throw createUnexpectedFailure(facts, `answered ${answer.status}`);
        if (answer.status < 200 || answer.status > 299) throw createResponseFailure(facts, answer, username);
        return decode(createRootNode(parseJsonBody(answer), getBounds()));
      },
    });
  }

  function fetchListens(
    options: CallOptions | undefined,
    username: string,
    query: Readonly<Record<string, string>>,
  ): Promise<ListenPage> {
    return callApi(options, {
      path: `user/${encodeURIComponent(username)}/listens`,
      query,
      what: `the listens of "${username}"`,
      username,
      decode: (body) => decodePage(body, username),
    });
  }

  /** Koito and Maloja take listens under a path of their own. */
  const rootUrl = new URL(baseUrl.pathname.replace(/apis\/listenbrainz\/$/, ""), baseUrl);

  /** Asks a path that only one kind of server has. */
  function isPathServed(path: string, options: CallOptions): Promise<boolean> {
    return caller.call(options, {
      url: new URL(path, rootUrl),
      headers: { accept: "application/json" },
      what: "the kind of the server",
      interpret: (answer) => answer.status === 200 && isJsonObject(answer),
    });
  }

  async function detectOtherServer(options: CallOptions): Promise<"Koito" | "Maloja" | null> {
    if (await isPathServed("apis/web/v1/stats", options)) return "Koito";
    return (await isPathServed("apis/mlj_1/serverinfo", options)) ? "Maloja" : null;
  }

  /** Throws UsageError instead of the answer's error if the server is of a kind that lists no listens. */
  async function translateServerError<Result>(
    answer: Promise<Result>,
    options: CallOptions = {},
  ): Promise<Result> {
    try {
      return await answer;
    } catch (error) {
      const isFailure = error instanceof RewindError && options.signal?.aborted !== true;
      const kind = isFailure ? await detectOtherServer({ ...options, attempts: 1 }).catch(() => null) : null;
      if (kind === null) throw error;
      throw new UsageError(
        `${baseUrl.host} is the address of a ${kind} server, which lists no listens for other programs`,
        "Export your listens there, then run: rewind import FILE",
      );
    }
  }

  return {
    id: facts.id,
    pageSizes: [1_000, 250],
    name: facts.name,
    usage: caller,
    fetchNewestListens: (username, count, options) =>
      translateServerError(fetchListens(options, username, { count: String(count) }), options),
    fetchListensAfter: (username, after, count, options) =>
      fetchListens(options, username, { min_ts: String(after), count: String(count) }),
    fetchListenCount: (username, options) =>
      translateServerError(
        callApi(options, {
          path: `user/${encodeURIComponent(username)}/listen-count`,
          what: `the number of listens of "${username}"`,
          username,
          decode: (body) => decodeExactCount(getField(requireField(body, "payload"), "count")),
        }),
        options,
      ),
    fetchPlayingNow: (username, options) =>
      callApi(options, {
        path: `user/${encodeURIComponent(username)}/playing-now`,
        what: "the track that is playing",
        username,
        decode: (body) => {
          const payload = requireField(body, "payload");
          assertSameUser(decodeShortText(requireField(payload, "user_id")), username);
          const [listen] = decodeItems(requireField(payload, "listens"));
          if (listen === undefined) return null;
          return decodePlayingNow(
            requireField(listen, "track_metadata"),
            Math.floor(getBounds().nowMs / 1000),
          );
        },
      }),
    writer: token === "" ? null : createListenWriter(facts, callApi),
  };
}

function isJsonObject(answer: HttpResponse): boolean {
  try {
    return isObject(createRootNode(parseJsonBody(answer)));
  } catch {
    return false;
  }
}

/** Listens that are further ahead of the service's clock are refused. */
const maxAheadMs = 3_600_000;

/** After more than this, the fault is not in single plays: finding each would take thousands of requests. */
const maxRefusalsInRow = 20;

interface SubmittedListen {
  readonly listened_at: number;
  readonly track_metadata: object;
}

function createListenWriter(
  facts: ServiceFacts,
  call: <Result>(options: CallOptions | undefined, request: Request<Result>) => Promise<Result>,
): ListenWriter {
  /** One invalid listen makes the service refuse all that were sent with it: halves find it. */
  async function submitListens(
    listens: readonly SubmittedListen[],
    options: CallOptions | undefined,
    refusals = { inRow: 0 },
  ): Promise<readonly Receipt[]> {
    const receipts = await call<readonly Receipt[] | null>(options, {
      path: "submit-listens",
      payload: { listen_type: "import", payload: listens },
      what: "plays to be stored",
      decode: (body) => {
        assertOk(body, "the answer does not say that they were taken");
        refusals.inRow = 0;
        return listens.map(() => ({ isStored: true }));
      },
      invalid: (answer) => {
        if (listens.length > 1) return null;
        refusals.inRow += 1;
        if (refusals.inRow > maxRefusalsInRow) {
          throw createUnexpectedFailure(facts, `refused ${maxRefusalsInRow} plays in a row as invalid`);
        }
        return listens.map((listen) => toRefusedReceipt(listen, parseDateHeader(answer)));
      },
    });
    if (receipts !== null) return receipts;
    const half = Math.ceil(listens.length / 2);
    return [
      ...(await submitListens(listens.slice(0, half), options, refusals)),
      ...(await submitListens(listens.slice(half), options, refusals)),
    ];
  }

  return {
    fetchOwner: (options) =>
      call(options, {
        path: "validate-token",
        what: "the owner of the user token",
        decode: (body) => {
          const owner = decodeShortText(getField(body, "user_name"));
          if (owner === "") throw createRejectedTokenFailure(facts);
          return owner;
        },
      }),
    scrobble: (plays, options) => submitListens(plays.map(toListenPayload), options),
    importPlays: (plays, options) => submitListens(plays.map(toImportedListen), options),
    deleteListen: ({ listenedUts, msid }, options) =>
      call(options, {
        path: "delete-listen",
        payload: { listened_at: listenedUts, recording_msid: msid },
        what: "a listen to be deleted",
        isOptional: true,
        decode: (body) => assertOk(body, "the answer does not say that it was deleted"),
      }),
  };
}

/** `serverMs`: the service's clock; null if it does not tell it. */
function toRefusedReceipt({ listened_at }: SubmittedListen, serverMs: number | null): Receipt {
  const isTooNew = serverMs !== null && listened_at * 1000 > serverMs + maxAheadMs;
  return { isStored: false, refusal: isTooNew ? "too-new" : "invalid" };
}

function assertOk(body: Node, complaint: string): void {
  if (decodeShortText(getField(body, "status")) !== "ok") throw createMalformedFailure(complaint);
}

/**
 * The service tells listens apart by second, artist, title, album and duration. It must get all of them unchanged each
 * time, so nothing that may change is sent, such as our version.
 */
function toListenPayload({ album, albumArtist, durationSeconds, ...play }: SentPlay): SubmittedListen {
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
  const payload = requireField(body, "payload");
  const username = decodeShortText(requireField(payload, "user_id"));
  assertSameUser(username, requestedName);
  return {
    username,
    oldestUts: decodeUnboundedUts(requireField(payload, "oldest_listen_ts")),
    latestUts: decodeUnboundedUts(requireField(payload, "latest_listen_ts")),
    listens: decodeItems(requireField(payload, "listens")).map(decodeListen),
  };
}

function parseRateLimit(answer: ResponseHead): RateLimitStatus {
  return {
    size: parseNumberHeader(answer, "x-ratelimit-limit"),
    remaining: parseNumberHeader(answer, "x-ratelimit-remaining"),
    resetMs: parseResetMs(answer),
  };
}

// ListenBrainz's refusals. Its error bodies may repeat the listen that was sent, so nothing of them is shown.

/** The failure behind an answer that is not a 2xx. `username` is the user in its address, if there is one. */
function createResponseFailure(
  facts: ServiceFacts,
  answer: HttpResponse,
  username: string | null,
): CallFailure {
  if (answer.status === 429) {
    return new CallFailure({ kind: "throttled", retryAfterMs: parseResetMs(answer) }, "too many requests");
  }
  const unknownUser = /cannot find user/i;
  return createTokenResponseFailure(facts, answer, {
    username,
    message: findErrorMessage(answer),
    createRejectedTokenFailure: () => createRejectedTokenFailure(facts),
    unknownUserPattern: unknownUser,
  });
}

function createRejectedTokenFailure({ name }: ServiceFacts): CallFailure {
  return createCredentialFailure(
    `${name} rejected the user token`,
    "Copy it from https://listenbrainz.org/settings/, then run: rewind login --scrobble (or set LISTENBRAINZ_TOKEN)",
  );
}

/** Milliseconds until the window of the rate limit ends; null if the answer doesn't say. */
function parseResetMs(answer: ResponseHead): number | null {
  const seconds = parseNumberHeader(answer, "x-ratelimit-reset-in");
  return seconds === null ? null : seconds * 1000;
}

/** The service's own words, to tell refusals apart; null if the answer isn't ListenBrainz's JSON. */
function findErrorMessage(answer: HttpResponse): string | null {
  try {
    const body = createRootNode(parseJsonBody(answer));
    decodeExactCount(getField(body, "code"));
    return decodeShortText(getField(body, "error"));
  } catch {
    return null;
  }
}
