// ListenBrainz's refusals. Its error bodies may repeat the listen that was sent, so nothing of them is shown.
import { exactCount, field, name, root } from "../../model/decode.ts";
import {
  CallFailure,
  finalFailure,
  readJson,
  statusFailure,
  unexpectedRefusal,
} from "../transport/http-answers.ts";
import type { AnswerHead, HttpAnswer } from "../transport/http.ts";
import { RejectedCredential, UnknownUser } from "../transport/service-errors.ts";
import { listenbrainzFacts } from "../services/service-facts.ts";

const tokenPage = "https://listenbrainz.org/settings/";

/** The CallFailure behind an answer that is not a 2xx. `username` is the user in its address, if there is one. */
export function refusal(answer: HttpAnswer, username: string | null): CallFailure {
  const { status } = answer;
  if (status === 429) {
    return new CallFailure({ kind: "throttled", retryAfterMs: resetMsOf(answer) }, "too many requests");
  }
  const failure = statusFailure(answer, []);
  if (failure !== null) return failure;
  if (status >= 300 && status < 400) {
    return unexpectedRefusal(
      listenbrainzFacts,
      `redirects elsewhere (${status}), where the token must not go`,
    );
  }
  const message = messageOf(answer);
  if (message === null) {
    if (status !== 401 && status !== 403) {
      return unexpectedRefusal(listenbrainzFacts, `answered ${status} without data`);
    }
    return new CallFailure(
      { kind: "blocked" },
      `answered ${status} with a web page; its front end may be blocking this address`,
    );
  }
  if (status === 401) return rejectedToken();
  if (status === 404 && username !== null && /cannot find user/i.test(message)) {
    return finalFailure(new UnknownUser(listenbrainzFacts, username));
  }
  return unexpectedRefusal(listenbrainzFacts, `answered ${status}`);
}

/** Returns true if an answer refuses what was sent as invalid. */
export function isInvalid(answer: HttpAnswer): boolean {
  return answer.status === 400 && messageOf(answer) !== null;
}

export function rejectedToken(): CallFailure {
  return finalFailure(
    new RejectedCredential(
      "ListenBrainz rejected the user token",
      `Copy it from ${tokenPage}, then run: rewind login (or set LISTENBRAINZ_TOKEN)`,
    ),
  );
}

/** Milliseconds until the window of the rate limit ends; null if the answer doesn't say. */
export function resetMsOf({ headers }: AnswerHead): number | null {
  const seconds = headers["x-ratelimit-reset-in"] ?? "";
  return /^\d{1,5}$/.test(seconds) ? Number(seconds) * 1000 : null;
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
