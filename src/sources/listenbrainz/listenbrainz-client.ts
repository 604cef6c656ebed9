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
import type { CallOptions } from "../services/remote-service.ts";
import type { ListenPage, ListenService, ListenWriting } from "../services/listen-service.ts";
import type { Receipt, SentPlay } from "../services/listening-service.ts";
import type { BudgetNews, ClientKind, ClientOptions } from "../transport/calls.ts";
import { FixedWindow } from "../transport/allowances.ts";
import { CallFailure, dateOf, figureIn, readJson } from "../transport/http-answers.ts";
import type { AnswerHead, HttpAnswer } from "../transport/http.ts";
import { decodeListen } from "./listenbrainz-decoding.ts";
import { isInvalid, refusal, rejectedToken, resetMsOf } from "./listenbrainz-errors.ts";
import { listenbrainzFacts } from "../services/service-facts.ts";

export const listenbrainzClient: ClientKind<ListenService> = {
  pace: { throttledWaitMs: 10_000 },
  allowance: () => new FixedWindow(30, 10_000),
  budgetOf,
  open: createListenbrainz,
};

interface Request<Result> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON with a POST. */
  readonly payload?: unknown;
  readonly label: string;
  readonly what: string;
  /** The user that the address names. */
  readonly username?: string;
  readonly decode: (body: Node) => Result;
  readonly invalid?: (answer: HttpAnswer) => Result;
}

export function createListenbrainz({ caller, baseUrl, secret: token, bounds }: ClientOptions): ListenService {
  function call<Result>(request: Request<Result>, options: CallOptions | undefined): Promise<Result> {
    const { path, query = {}, payload, label, what, username = null, decode, invalid } = request;
    const url = new URL(`1/${path}`, baseUrl);
    url.search = new URLSearchParams(query).toString();
    return caller.call(
      {
        url,
        headers: {
          accept: "application/json",
          ...(token === "" ? {} : { authorization: `Token ${token}` }),
          ...(payload === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
        label,
        what,
        interpret: (answer: HttpAnswer) => {
          if (invalid !== undefined && isInvalid(answer)) return invalid(answer);
          if (answer.status < 200 || answer.status > 299) throw refusal(answer, username);
          return decode(root(readJson(answer), bounds()));
        },
      },
      options,
    );
  }

  function listens(
    username: string,
    query: Readonly<Record<string, string>>,
    options: CallOptions | undefined,
  ): Promise<ListenPage> {
    const parameters = Object.entries(query).map(([key, value]) => `${key}=${value}`);
    return call(
      {
        path: `user/${encodeURIComponent(username)}/listens`,
        query,
        label: ["listens", ...parameters].join(" "),
        what: `the listens of "${username}"`,
        username,
        decode: (body) => decodePage(body, username),
      },
      options,
    );
  }

  /** Asks a path that only one kind of server has. */
  function isServed(path: string, options: CallOptions | undefined): Promise<boolean> {
    return caller.call(
      {
        url: new URL(path, baseUrl),
        headers: { accept: "application/json" },
        label: path,
        what: "the kind of the server",
        interpret: (answer: HttpAnswer) => answer.status === 200 && isJsonObject(answer),
      },
      options,
    );
  }

  return {
    id: listenbrainzFacts.id,
    pageSizes: [1_000, 250],
    name: listenbrainzFacts.name,
    usage: caller,
    newestListens: (username, count, options) => listens(username, { count: String(count) }, options),
    listensAfter: (username, after, count, options) =>
      listens(username, { min_ts: String(after), count: String(count) }, options),
    listenCount: (username, options) =>
      call(
        {
          path: `user/${encodeURIComponent(username)}/listen-count`,
          label: "listen-count",
          what: `the number of listens of "${username}"`,
          username,
          decode: (body) => exactCount(field(required(body, "payload"), "count")),
        },
        options,
      ),
    async otherServer(options) {
      if (await isServed("apis/web/v1/stats", options)) return "Koito";
      return (await isServed("apis/mlj_1/serverinfo", options)) ? "Maloja" : null;
    },
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

type Submission =
  | { readonly isTaken: true }
  /** `serverMs`: the service's clock, if the answer tells it. */
  | { readonly isTaken: false; readonly serverMs: number | null };

/** Listens that are further ahead of the service's clock are refused. */
const mostAheadMs = 3_600_000;

function createWriting(
  call: <Result>(request: Request<Result>, options: CallOptions | undefined) => Promise<Result>,
): ListenWriting {
  const submit = (plays: readonly SentPlay[], options: CallOptions | undefined): Promise<Submission> =>
    call(
      {
        path: "submit-listens",
        payload: { listen_type: "import", payload: plays.map(listenOf) },
        label: `submit-listens plays=${plays.length}`,
        what: "plays to be stored",
        decode: (body): Submission => {
          if (name(field(body, "status")) === "ok") return { isTaken: true };
          throw new CallFailure({ kind: "malformed" }, "the answer does not say that they were taken");
        },
        invalid: (answer) => ({ isTaken: false, serverMs: dateOf(answer) }),
      },
      options,
    );

  /** One invalid play makes the service refuse all that were sent with it: halves find it. */
  async function send(
    plays: readonly SentPlay[],
    options: CallOptions | undefined,
  ): Promise<readonly Receipt[]> {
    const submission = await submit(plays, options);
    if (submission.isTaken) return plays.map(() => ({ isStored: true }));
    const [play, ...others] = plays;
    if (play !== undefined && others.length === 0) {
      const { serverMs } = submission;
      const isTooNew = serverMs !== null && play.uts * 1000 > serverMs + mostAheadMs;
      return [{ isStored: false, refusal: isTooNew ? "too-new" : "invalid" }];
    }
    const half = Math.ceil(plays.length / 2);
    return [...(await send(plays.slice(0, half), options)), ...(await send(plays.slice(half), options))];
  }

  return {
    owner: (options) =>
      call(
        {
          path: "validate-token",
          label: "validate-token",
          what: "the owner of the user token",
          decode: (body) => {
            const owner = name(field(body, "user_name"));
            if (owner === "") throw rejectedToken();
            return owner;
          },
        },
        options,
      ),
    scrobble: send,
    deleteListen: ({ listenedUts, msid }, options) =>
      call(
        {
          path: "delete-listen",
          payload: { listened_at: listenedUts, recording_msid: msid },
          label: "delete-listen",
          what: "a listen to be deleted",
          decode: () => undefined,
        },
        options,
      ),
  };
}

/**
 * The service tells listens apart by second, artist, title, album and duration. It must get all of them unchanged each
 * time, so nothing that may change is sent, such as our version.
 */
function listenOf({
  uts: listenedUts,
  artist,
  title,
  album,
  albumArtist,
  durationSeconds,
}: SentPlay): unknown {
  return {
    listened_at: listenedUts,
    track_metadata: {
      artist_name: artist,
      track_name: title,
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
  if (username.toLowerCase() !== requestedName.toLowerCase()) {
    throw new CallFailure({ kind: "malformed" }, "the answer is about another user");
  }
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
