// Signed calls to Last.fm. A call sends the same bytes at every try.
import { createHash } from "node:crypto";
import { RejectedCredential } from "../transport/service-errors.ts";
import { CallFailure } from "../transport/retry.ts";
import {
  decodeExactCount,
  getField,
  decodeId,
  decodeItems,
  Malformed,
  decodeShortText,
  requireField,
  createRootNode,
  type Node,
} from "../../model/decode.ts";
import type { ClientOptions } from "../transport/caller.ts";
import type {
  Receipt,
  Refusal,
  Scrobbler,
  ScrobblingSession,
  SentPlay,
} from "../services/listening-service.ts";
import type { CallOptions } from "../services/remote-service.ts";
import { parseResponse, findSignedRefusal } from "./lastfm-errors.ts";

const permissionPageUrl = "https://www.last.fm/api/auth/";

interface SignedRequest<Result> {
  readonly method: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly label?: string;
  readonly what: string;
  readonly decode: (body: Node) => Result;
  readonly notYetAllowed?: Result;
  /** The result of error 29; left out: the call is tried again. */
  readonly overLimit?: Result;
}

/** Returns null if there is no shared secret. */
export function createScrobbler({
  caller,
  baseUrl,
  secret: apiKey,
  signing,
  getBounds,
}: ClientOptions): Scrobbler | null {
  if (signing === null) return null;
  const { sharedSecret, session } = signing;

  function postSigned<Result>(
    options: CallOptions | undefined,
    {
      method,
      parameters = {},
      label = method,
      what,
      decode,
      notYetAllowed,
      overLimit,
    }: SignedRequest<Result>,
  ): Promise<Result> {
    return caller.call(options, {
      url: baseUrl,
      headers: { accept: "application/json" },
      body: buildSignedForm({ ...parameters, method, api_key: apiKey }, sharedSecret).toString(),
      label,
      what,
      interpret: (answer) => {
        const refusal = findSignedRefusal(answer);
        if (refusal instanceof CallFailure) throw refusal;
        if (refusal === "not-yet-allowed" && notYetAllowed !== undefined) return notYetAllowed;
        if (refusal === "over-limit" && overLimit !== undefined) return overLimit;
        return decode(createRootNode(parseResponse(answer, { username: "", history: false }), getBounds()));
      },
    });
  }

  /** A call for a user who has allowed it. */
  async function postAsUser<Result>(
    options: CallOptions | undefined,
    request: SignedRequest<Result>,
  ): Promise<Result> {
    if (session === "") {
      throw new RejectedCredential("you have not let rewind scrobble yet", "Run: rewind login --scrobble");
    }
    return postSigned(options, { ...request, parameters: { ...request.parameters, sk: session } });
  }

  return {
    requestToken: (options) =>
      postSigned(options, {
        method: "auth.getToken",
        what: "a login token",
        decode: (body) => decodeSecret(requireField(body, "token")),
      }),
    buildPermissionUrl: (token) =>
      `${permissionPageUrl}?${new URLSearchParams({ api_key: apiKey, token }).toString()}`,
    requestSession: (token, options) =>
      postSigned<ScrobblingSession | null>(options, {
        method: "auth.getSession",
        parameters: { token },
        what: "the permission to scrobble",
        decode: (body) => {
          const node = requireField(body, "session");
          return {
            username: decodeShortText(requireField(node, "name")),
            key: decodeSecret(requireField(node, "key")),
          };
        },
        notYetAllowed: null,
      }),
    fetchOwner: (options) =>
      postAsUser(options, {
        method: "user.getInfo",
        what: "the user of the scrobbling session",
        decode: (body) => decodeShortText(requireField(requireField(body, "user"), "name")),
      }),
    scrobble: (plays, options) =>
      postAsUser(options, {
        method: "track.scrobble",
        parameters: buildScrobbleParameters(plays),
        label: `track.scrobble plays=${plays.length}`,
        what: "plays to be scrobbled",
        decode: (body) => decodeReceipts(body, plays),
        // The limit lasts until the next day.
        overLimit: plays.map((): Receipt => ({ isStored: false, refusal: "daily-limit" })),
      }),
  };
}

function buildScrobbleParameters(plays: readonly SentPlay[]): Record<string, string> {
  const rows = plays.flatMap((play, at) =>
    Object.entries({
      artist: play.artist,
      track: play.title,
      timestamp: String(play.uts),
      album: play.album,
      albumArtist: play.albumArtist === play.artist ? "" : play.albumArtist,
      duration: play.durationSeconds === null ? "" : String(play.durationSeconds),
    }).map(([parameter, value]) => [`${parameter}[${at}]`, value] as const),
  );
  return Object.fromEntries(rows);
}

/** One receipt for each play, in the same order. Throws Malformed if the answer is about other plays. */
function decodeReceipts(body: Node, plays: readonly SentPlay[]): Receipt[] {
  const answer = requireField(body, "scrobbles");
  const rows = decodeItems(getField(answer, "scrobble"));
  if (rows.length !== plays.length) {
    throw new Malformed(answer, `has ${rows.length} plays, but ${plays.length} were sent`);
  }
  const receipts = rows.map((row, at): Receipt => {
    if (decodeId(requireField(row, "timestamp")) !== plays[at]?.uts) {
      throw new Malformed(requireField(row, "timestamp"), "is not the timestamp of the play that was sent");
    }
    const code = decodeExactCount(getField(requireField(row, "ignoredMessage"), "code"));
    return code === 0 ? { isStored: true } : { isStored: false, refusal: refusalsByCode[code] ?? "unknown" };
  });
  const accepted = getField(requireField(answer, "@attr"), "accepted");
  if (decodeExactCount(accepted) !== receipts.filter(({ isStored }) => isStored).length) {
    throw new Malformed(accepted, "is not the number of plays that the answer does not ignore");
  }
  return receipts;
}

const refusalsByCode: Readonly<Record<number, Refusal>> = {
  1: "artist",
  2: "track",
  3: "too-old",
  4: "too-new",
  5: "daily-limit",
};

/** A token or a key. It is sent back unchanged. */
function decodeSecret(node: Node): string {
  const text = decodeShortText(node);
  if (/^[\w-]{8,128}$/.test(text)) return text;
  throw new Malformed(node, "is no key");
}

/** The form of a signed call. Empty parameters are left out, because Last.fm would not sign them. */
export function buildSignedForm(
  parameters: Readonly<Record<string, string>>,
  sharedSecret: string,
): URLSearchParams {
  const filled = Object.entries(parameters).filter(([, value]) => value !== "");
  // Sorted by bytes: artist[10] comes before artist[1].
  const inOrder = filled.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const text = inOrder.map(([key, value]) => key + value).join("");
  const signature = createHash("md5").update(`${text}${sharedSecret}`, "utf8").digest("hex");
  return new URLSearchParams([...filled, ["api_sig", signature], ["format", "json"]]);
}
