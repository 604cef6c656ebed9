// The part of ListenBrainz' API that scrobblers use, so that they can send plays here. It is not in the OpenAPI document,
// because ListenBrainz describes it. Errors have ListenBrainz' form and words.
import type { ApiKey, KeyRing } from "../api-keys.ts";
import { Problem } from "../problem.ts";
import { readWholeBody, type ApiRequest } from "../request.ts";
import { toBytes, type QueryResponse } from "../query-executor.ts";
import type { FindListenRoute, ListenRouteRequest } from "../listen-route.ts";
import type { QueryRoute } from "../route.ts";
import type { PlayingNow } from "../../../model/playing-now.ts";
import { countListens, queryListens, type ListenRange } from "../../../queries/shelf/listens.ts";

export interface ListenApiOptions {
  readonly keys: KeyRing;
  /** The name that clients show for the owner of a key. */
  readonly userName: string;
  /** Resolves once the plays of the body are stored. Throws Problem. */
  readonly submit: (body: Uint8Array) => Promise<void>;
  readonly getPlayingNow: () => PlayingNow | null;
}

/** A request to a call of the API. */
interface ListenRequest extends ListenRouteRequest {
  /** The name in the path; "" if it has none. */
  readonly userName: string;
}

/**
 * People paste the address of the server with or without these parts, and clients append their own `1/` or do not. A pasted
 * slash at the end becomes a double one.
 */
const pathPattern =
  /^(?:\/apis\/listenbrainz)?(?:\/1){0,2}\/(?:(submit-listens|validate-token)|user\/([^/]+)\/(playing-now|listens|listen-count))\/?$/;

/** The largest body that ListenBrainz takes. */
const maxBodyBytes = 10_240_000;

export function createListenApi(options: ListenApiOptions): FindListenRoute {
  const { keys, submit, getPlayingNow } = options;
  const postOnly = "POST, OPTIONS";
  const getOnly = "GET, HEAD, OPTIONS";

  const requireAnyKey = ({ asking, admit }: ListenRequest): void =>
    admit(requireKey(asking, keys), "question");

  const calls = {
    "submit-listens": {
      methods: postOnly,
      async answer({ asking, body, admit }) {
        const key = requireKey(asking, keys);
        admit(key, "submission");
        if (!mayWrite(key)) throw createInvalidTokenProblem();
        await submit(await readSubmission(asking, body));
        return toBytes({ status: "ok" });
      },
    },
    "validate-token": {
      methods: getOnly,
      async answer({ asking }) {
        const token = readToken(asking) ?? asking.queries()["token"]?.[0] ?? "";
        if (token === "") throw new Problem(400, "You need to provide an Authorization token.");
        const key = keys.find(token);
        return toBytes(
          key !== undefined && mayWrite(key)
            ? { code: 200, message: "Token valid.", valid: true, user_name: options.userName }
            : { code: 200, message: "Token invalid.", valid: false },
        );
      },
    },
    "playing-now": {
      methods: getOnly,
      async answer(request) {
        requireAnyKey(request);
        const playing = getPlayingNow();
        return toBytes({
          payload: {
            count: playing === null ? 0 : 1,
            listens: playing === null ? [] : [toPlayingNowListen(playing, request.userName)],
            playing_now: true,
            user_id: request.userName,
          },
        });
      },
    },
    listens: {
      methods: getOnly,
      async answer(request) {
        requireAnyKey(request);
        const range = readRange(request.asking);
        const { bytes } = await request.query(listensPath, { ...range, userName: request.userName });
        return bytes;
      },
    },
    "listen-count": {
      methods: getOnly,
      async answer(request) {
        requireAnyKey(request);
        return (await request.query(listenCountPath, {})).bytes;
      },
    },
  } as const satisfies Readonly<Record<string, Call>>;
  const callsByName = new Map<string, Call>(Object.entries(calls));

  return (path) => {
    const [, plain, encodedName = "", ofUser = ""] = pathPattern.exec(path.replaceAll(/\/{2,}/g, "/")) ?? [];
    const call = callsByName.get(plain ?? ofUser);
    const userName = decodeName(encodedName);
    if (call === undefined || userName === null) return undefined;
    const { methods, answer } = call;
    return {
      methods,
      async handle(request) {
        const { method } = request.asking;
        if (method === "OPTIONS") return { status: 204, headers: { Allow: methods }, body: null };
        if (!methods.split(", ").includes(method)) {
          throw new Problem(405, "The method is not allowed for the requested URL.", { Allow: methods });
        }
        const body = await answer({ ...request, userName });
        return { status: 200, headers: jsonHeaders, body };
      },
    };
  };
}

interface Call {
  readonly methods: string;
  readonly answer: (request: ListenRequest) => Promise<QueryResponse["bytes"]>;
}

const jsonHeaders = { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" };

/** Returns null for a name that can't be decoded. */
function decodeName(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** Returns null if the header has no token. */
function readToken(asking: ApiRequest): string | null {
  return /^(?:token|bearer)\s+(\S+)\s*$/i.exec(asking.header("authorization") ?? "")?.[1] ?? null;
}

function requireKey(asking: ApiRequest, keys: KeyRing): ApiKey {
  if ((asking.header("authorization") ?? "") === "") {
    throw new Problem(401, "You need to provide an Authorization header.");
  }
  const token = readToken(asking);
  if (token === null) throw new Problem(401, "Provided Authorization header is invalid.");
  const key = keys.find(token);
  if (key === undefined) throw createInvalidTokenProblem();
  return key;
}

function createInvalidTokenProblem(): Problem {
  return new Problem(401, "Invalid authorization token.");
}

function mayWrite({ kind }: ApiKey): boolean {
  return kind === "write" || kind === "admin";
}

/** Clients name other content types, or none. */
function readSubmission(asking: ApiRequest, body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const createTooLarge = (): Problem =>
    new Problem(400, `Payload too large. Payload cannot exceed ${maxBodyBytes} bytes`, {
      Connection: "close",
    });
  if (Number(asking.header("content-length") ?? 0) > maxBodyBytes) throw createTooLarge();
  return readWholeBody({ body }, maxBodyBytes, createTooLarge);
}

function toPlayingNowListen(playing: PlayingNow, userName: string): object {
  const { artist, title, album, lengthSeconds, client } = playing;
  return {
    playing_now: true,
    user_name: userName,
    track_metadata: {
      artist_name: artist,
      track_name: title,
      ...(album === null ? {} : { release_name: album }),
      additional_info: {
        ...(lengthSeconds === null ? {} : { duration_ms: lengthSeconds * 1000 }),
        ...(client === null ? {} : { submission_client: client }),
      },
    },
  };
}

const defaultListens = 25;
const maxListens = 1000;

/** Throws Problem for a number that ListenBrainz would refuse. */
function readRange(asking: ApiRequest) {
  const queries = asking.queries();
  const readInteger = (name: string): number | null => {
    const text = queries[name]?.[0]?.trim() ?? "";
    if (text === "") return null;
    if (!/^[+-]?\d{1,15}$/.test(text)) throw new Problem(400, `Invalid ${name} argument`);
    return Number(text);
  };
  const [afterUts, beforeUts] = [readInteger("min_ts"), readInteger("max_ts")];
  if (afterUts !== null && beforeUts !== null && beforeUts <= afterUts) {
    throw new Problem(400, "max_ts should be greater than min_ts");
  }
  const count = Math.min(readInteger("count") ?? defaultListens, maxListens);
  if (count < 0) throw new Problem(400, "Number of items requested should be positive");
  return { afterUts, beforeUts, count };
}

const listensPath = "/1/user/{name}/listens";
const listenCountPath = "/1/user/{name}/listen-count";

const questionFacts = {
  method: "get",
  access: "key",
  parameters: {},
  isLasting: true,
  needsCollection: false,
  schema: { type: "object" },
} as const;

/** The questions of the API that are answered from the cache. */
export const listenQueries: readonly QueryRoute[] = [
  {
    ...questionFacts,
    path: listensPath,
    summary: "Plays, in the form of ListenBrainz",
    answer: (values, { database }) => queryListens(database, values as unknown as ListenRange),
  },
  {
    ...questionFacts,
    path: listenCountPath,
    summary: "Number of plays, in the form of ListenBrainz",
    answer: (_, { database }) => ({ payload: { count: countListens(database) } }),
  },
];
