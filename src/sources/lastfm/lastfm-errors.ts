// Last.fm's refusals: an error code in the body, with any status, even 200.
import {
  blockedFailure,
  finalFailure,
  readJson,
  redirectFailure,
  rejection,
  serverFailure,
  throttledFailure,
  unexpectedRefusal,
} from "../transport/http-answers.ts";
import { CallFailure } from "../transport/retry.ts";
import { countOrNull, field, name, root } from "../../model/decode.ts";
import { HiddenHistory, UnknownUser } from "../transport/service-errors.ts";
import type { HttpAnswer } from "../transport/http.ts";
import { lastfmFacts } from "../services/service-facts.ts";

export interface Question {
  readonly username: string;
  /** True if the call reads the listening history, which may be hidden. */
  readonly history: boolean;
}

/** Parses the JSON of an answer. Throws a CallFailure if it is a refusal. */
export function readAnswer(answer: HttpAnswer, question: Question): unknown {
  const { status } = answer;
  const redirect = redirectFailure(lastfmFacts, answer);
  if (redirect !== null) throw redirect;
  let body: unknown;
  try {
    body = readJson(answer);
  } catch (error) {
    throw withoutJson(answer, error);
  }
  const code = errorCode(body);
  if (code !== null) throw refusal(code, name(field(root(body), "message")), answer, question);
  if (status >= 200 && status < 300) return body;
  throw status === 429 ? throttledFailure(answer) : serverFailure(answer, `answered ${status}`);
}

const permissionGone = [
  "Last.fm no longer waits for this permission",
  "To try again: rewind login --scrobble",
] as const;

const signedRefusals = new Map<number, readonly [message: string, hint: string]>([
  [4, permissionGone],
  [9, ["Last.fm does not let rewind scrobble for you", "Run: rewind login --scrobble"]],
  [
    13,
    [
      "Last.fm rejected the shared secret: it does not belong to the API key",
      "Both are listed at https://www.last.fm/api/accounts. Run: rewind login --scrobble",
    ],
  ],
  [15, permissionGone],
]);

/** The refusals that mean something else for signed calls; null for any other answer. */
export function signedRefusal(answer: HttpAnswer): CallFailure | "not-yet-allowed" | "over-limit" | null {
  const code = codeIn(answer) ?? 0;
  if (code === 14) return "not-yet-allowed";
  if (code === 29) return "over-limit";
  const texts = signedRefusals.get(code);
  return texts === undefined ? null : rejection(...texts);
}

function codeIn(answer: HttpAnswer): number | null {
  try {
    return errorCode(readJson(answer));
  } catch {
    return null;
  }
}

export function isPastTheEnd(answer: HttpAnswer): boolean {
  return answer.status < 500 && /"no such page"/i.test(answer.body);
}

export function isUnknownTrack(answer: HttpAnswer): boolean {
  return codeIn(answer) === 6 && /track not found/i.test(answer.body);
}

function withoutJson(answer: HttpAnswer, error: unknown): unknown {
  const { status } = answer;
  if (status === 429) return throttledFailure(answer);
  if (status >= 500) return serverFailure(answer, `answered ${status}`);
  return status === 403 ? blockedFailure(status, "without an error of its own") : error;
}

/** Requests that this program should not have made. Any other code may be temporary. */
const ownFaults = new Set([2, 3, 5, 6, 7, 9, 13, 27]);

function refusal(code: number, message: string, answer: HttpAnswer, question: Question): CallFailure {
  const { username, history } = question;
  const reason = `answered error ${code}`;
  if (code === 29) return throttledFailure(answer);
  // Since December 2026 they are all that a user without Last.fm Pro gets, and no code tells the reasons apart.
  if (code === 4 || code === 10 || code === 26)
    return rejection(
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
      ? finalFailure(
          new HiddenHistory(
            `"${username}" hides the listening history on Last.fm`,
            'Turn off "Hide recent listening information" at https://www.last.fm/settings/privacy\nThen run: rewind sync',
          ),
        )
      : rejection(
          `Last.fm shows this about "${username}" only to its owner`,
          "Check the privacy settings at https://www.last.fm/settings/privacy, then run: rewind sync --only lastfm",
        );
  return ownFaults.has(code) ? unexpectedRefusal(lastfmFacts, reason) : serverFailure(answer, reason);
}

function errorCode(body: unknown): number | null {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  return countOrNull(field(root(body), "error"));
}
