// Last.fm's refusals: an error code in the body, with any status, even 200.
import {
  createBlockedFailure,
  createPermanentFailure,
  parseJsonBody,
  findRedirectFailure,
  createCredentialFailure,
  createServerFailure,
  createThrottledFailure,
  createUnexpectedFailure,
} from "../transport/http-responses.ts";
import { CallFailure } from "../transport/retry.ts";
import { decodeCountOrNull, getField, decodeShortText, createRootNode } from "../../model/decode.ts";
import { HiddenHistory, UnknownUser } from "../transport/service-errors.ts";
import type { HttpResponse } from "../transport/http.ts";
import { lastfmFacts } from "../services/service-facts.ts";

export interface RequestContext {
  readonly username: string;
  /** True if the call reads the listening history, which may be hidden. */
  readonly history: boolean;
}

/** Parses the JSON of an answer. Throws a CallFailure if it is a refusal. */
export function parseResponse(answer: HttpResponse, question: RequestContext): unknown {
  const { status } = answer;
  const redirect = findRedirectFailure(lastfmFacts, answer);
  if (redirect !== null) throw redirect;
  let body: unknown;
  try {
    body = parseJsonBody(answer);
  } catch (error) {
    throw translateNonJsonError(answer, error);
  }
  const code = decodeErrorCode(body);
  if (code !== null)
    throw createErrorCodeFailure(
      code,
      decodeShortText(getField(createRootNode(body), "message")),
      answer,
      question,
    );
  if (status >= 200 && status < 300) return body;
  throw status === 429 ? createThrottledFailure(answer) : createServerFailure(answer, `answered ${status}`);
}

const expiredPermission = [
  "Last.fm no longer waits for this permission",
  "To try again: rewind login --scrobble",
] as const;

const signedRefusals = new Map<number, readonly [message: string, hint: string]>([
  [4, expiredPermission],
  [9, ["Last.fm does not let rewind scrobble for you", "Run: rewind login --scrobble"]],
  [
    13,
    [
      "Last.fm rejected the shared secret: it does not belong to the API key",
      "Both are listed at https://www.last.fm/api/accounts. Run: rewind login --scrobble",
    ],
  ],
  [15, expiredPermission],
]);

/** The refusals that mean something else for signed calls; null for any other answer. */
export function findSignedRefusal(
  answer: HttpResponse,
): CallFailure | "not-yet-allowed" | "over-limit" | null {
  const code = findErrorCode(answer) ?? 0;
  if (code === 14) return "not-yet-allowed";
  if (code === 29) return "over-limit";
  const texts = signedRefusals.get(code);
  return texts === undefined ? null : createCredentialFailure(...texts);
}

function findErrorCode(answer: HttpResponse): number | null {
  try {
    return decodeErrorCode(parseJsonBody(answer));
  } catch {
    return null;
  }
}

export function isPastTheEnd(answer: HttpResponse): boolean {
  return answer.status < 500 && /"no such page"/i.test(answer.body);
}

export function isUnknownTrack(answer: HttpResponse): boolean {
  return findErrorCode(answer) === 6 && /track not found/i.test(answer.body);
}

function translateNonJsonError(answer: HttpResponse, error: unknown): unknown {
  const { status } = answer;
  if (status === 429) return createThrottledFailure(answer);
  if (status >= 500) return createServerFailure(answer, `answered ${status}`);
  return status === 403 ? createBlockedFailure(status, "without an error of its own") : error;
}

/** Requests that this program should not have made. Any other code may be temporary. */
const permanentErrorCodes = new Set([2, 3, 5, 6, 7, 9, 13, 27]);

function createErrorCodeFailure(
  code: number,
  message: string,
  answer: HttpResponse,
  question: RequestContext,
): CallFailure {
  const { username, history } = question;
  const reason = `answered error ${code}`;
  if (code === 29) return createThrottledFailure(answer);
  // Users without Last.fm Pro get all of these codes since December 2026, and none tells the reasons apart.
  if (code === 4 || code === 10 || code === 26)
    return createCredentialFailure(
      "Last.fm refused the API key. It now accepts only keys of accounts with Last.fm Pro.",
      "Once you have Last.fm Pro, run: rewind sync --only lastfm        Without it: rewind sources stop lastfm",
      message,
    );
  if (code === 6 && /user not found/i.test(message)) {
    const error = new UnknownUser(lastfmFacts, username);
    return new CallFailure({ kind: "unknown-user" }, "says that there is no such user", error);
  }
  if (code === 17)
    return history
      ? createPermanentFailure(
          new HiddenHistory(
            `"${username}" hides the listening history on Last.fm`,
            'Turn off "Hide recent listening information" at https://www.last.fm/settings/privacy\nThen run: rewind sync',
          ),
        )
      : createCredentialFailure(
          `Last.fm shows this about "${username}" only to its owner`,
          "Check the privacy settings at https://www.last.fm/settings/privacy, then run: rewind sync --only lastfm",
        );
  return permanentErrorCodes.has(code)
    ? createUnexpectedFailure(lastfmFacts, reason)
    : createServerFailure(answer, reason);
}

function decodeErrorCode(body: unknown): number | null {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  return decodeCountOrNull(getField(createRootNode(body), "error"));
}
