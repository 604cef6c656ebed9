// What MusicBrainz says when it says no.
import { CallFailure, readJson, retryAfterOf } from "../transport/calls.ts";
import { field, name, root } from "../../model/decode.ts";
import { UnexpectedRefusal } from "../transport/failures.ts";
import type { HttpAnswer } from "../transport/http.ts";

/** The CallFailure behind an answer that is neither a 2xx nor a word that something is unknown. */
export function refusal(answer: HttpAnswer): CallFailure {
  const { status } = answer;
  // 503 is how it says "too fast", and how it says that it is busy: both want fewer requests.
  if (status === 503 || status === 429) {
    return new CallFailure({ kind: "throttled", retryAfterMs: retryAfterOf(answer) }, `answered ${status}`);
  }
  if (status >= 500 || status === 408) {
    return new CallFailure({ kind: "server", retryAfterMs: retryAfterOf(answer) }, `answered ${status}`);
  }
  if (status >= 300 && status < 400) return permanent(`redirects elsewhere (${status})`);
  if (status === 404) return new CallFailure({ kind: "malformed" }, "answered 404 without data");
  return permanent(`answered ${status}`);
}

/** Whether an answer says, in MusicBrainz' own words, that it knows nothing of what was asked for. */
export function isUnknown(answer: HttpAnswer): boolean {
  if (answer.status !== 404) return false;
  try {
    return /not found/i.test(name(field(root(readJson(answer)), "error")));
  } catch {
    return false;
  }
}

function permanent(reason: string): CallFailure {
  return new CallFailure({ kind: "permanent" }, reason, new UnexpectedRefusal(`MusicBrainz ${reason}`));
}
