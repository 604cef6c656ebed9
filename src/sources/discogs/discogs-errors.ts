// Discogs' refusals.
import {
  CallFailure,
  finalFailure,
  rejection,
  statusFailure,
  unexpectedRefusal,
  wordsIn,
} from "../transport/http-answers.ts";
import { PrivateListing, UnknownUser } from "../transport/service-errors.ts";
import type { HttpAnswer } from "../transport/http.ts";
import { discogsFacts } from "../services/service-facts.ts";

const tokenPage = "https://www.discogs.com/settings/developers";

/** The request. The same status means different things for different requests. */
export interface Question {
  readonly username: string | null;
  readonly listing: "collection" | "wantlist" | null;
}

/** The failure behind an answer that is not a 2xx. */
export function refusal(answer: HttpAnswer, question: Question): CallFailure {
  const { status } = answer;
  const failure = statusFailure(answer, [429]);
  if (failure !== null) return failure;
  if (status >= 300 && status < 400) {
    return unexpectedRefusal(discogsFacts, `redirects elsewhere (${status}), where the token must not go`);
  }
  const message = wordsIn(answer, "message");
  if (message === null) {
    if (status !== 401 && status !== 403) {
      return new CallFailure({ kind: "malformed" }, `answered ${status} without data`);
    }
    return new CallFailure(
      { kind: "blocked" },
      `answered ${status} with a web page; its front end may be blocking this address`,
    );
  }
  if (status === 401) return rejectedToken();
  if (status === 403) return forbidden(message, question);
  if (status === 404 && question.username !== null && /user does not exist/i.test(message)) {
    return finalFailure(new UnknownUser(discogsFacts, question.username));
  }
  return unexpectedRefusal(discogsFacts, `answered ${status}`);
}

/** Returns true if an answer says that the listing ends before this page. */
export function isPastTheEnd(answer: HttpAnswer): boolean {
  return answer.status === 404 && /outside of valid range/i.test(answer.body);
}

/** Returns true if an answer says, in Discogs' words, that there is no such thing. */
export function isUnknown(answer: HttpAnswer): boolean {
  return (answer.status === 404 || answer.status === 410) && wordsIn(answer, "message") !== null;
}

export function rejectedToken(): CallFailure {
  return rejection(
    "Discogs rejected the token",
    `Make a new one at ${tokenPage}, then run: rewind login (or set DISCOGS_TOKEN)`,
  );
}

function forbidden(message: string, question: Question): CallFailure {
  if (question.listing !== null && question.username !== null && /not allowed|permission/i.test(message)) {
    return finalFailure(
      new PrivateListing(
        `The Discogs ${question.listing} of "${question.username}" is private`,
        `Use a token of "${question.username}" (${tokenPage}),\nor make the ${question.listing} public at https://www.discogs.com/settings/privacy`,
      ),
    );
  }
  return rejection(
    "Discogs does not allow this token to see that",
    `Check the token at ${tokenPage}, then run: rewind login`,
  );
}
