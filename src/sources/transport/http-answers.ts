// Reads answers, and says why an answer is refused.
import { field, name, root } from "../../model/decode.ts";
import type { RewindError } from "../../model/errors.ts";
import type { Service } from "../../model/model.ts";
import type { AnswerHead, HttpAnswer } from "./http.ts";
import { longestAskedMs, type Fault } from "./retry.ts";
import { RejectedCredential, UnexpectedRefusal } from "./service-errors.ts";

/** Why an answer is refused. `error` is shown to the user if every try fails so; null: a BadAnswer is shown. */
export class CallFailure extends Error {
  readonly fault: Fault;
  readonly error: RewindError | null;

  constructor(fault: Fault, reason: string, error: RewindError | null = null, options?: ErrorOptions) {
    super(reason, options);
    this.name = "CallFailure";
    this.fault = fault;
    this.error = error;
  }
}

/** The failure behind an error status that any service may answer with; null for any other status. */
export function statusFailure(answer: AnswerHead, throttled: readonly number[]): CallFailure | null {
  const { status } = answer;
  const reason = `answered ${status}`;
  if (throttled.includes(status)) return throttledFailure(answer, status === 429 ? undefined : reason);
  return status >= 500 || status === 408 ? serverFailure(answer, reason) : null;
}

export function throttledFailure(answer: AnswerHead, reason = "too many requests"): CallFailure {
  return new CallFailure({ kind: "throttled", retryAfterMs: retryAfterOf(answer) }, reason);
}

export function serverFailure(answer: AnswerHead, reason: string): CallFailure {
  return new CallFailure({ kind: "server", retryAfterMs: retryAfterOf(answer) }, reason);
}

/** A failure that no other try can change, with the error for the user. */
export function finalFailure(error: RewindError, reason = error.message): CallFailure {
  return new CallFailure({ kind: "permanent" }, reason, error);
}

/** The service rejects the token or the key, and no other try can change that. */
export function rejection(message: string, hint: string): CallFailure {
  return finalFailure(new RejectedCredential(message, hint));
}

/** The service refused a request that this program should not have made. */
export function unexpectedRefusal(service: Service, reason: string): CallFailure {
  return finalFailure(new UnexpectedRefusal(`${service.name} ${reason}`), reason);
}

/** Parses the JSON of an answer. Throws a CallFailure that says what came instead. */
export function readJson(answer: HttpAnswer): unknown {
  const { body, headers } = answer;
  const asStatus = answer.status === 200 ? "" : ` with status ${answer.status}`;
  const malformed = (what: string): CallFailure =>
    new CallFailure({ kind: "malformed" }, `${what}${asStatus}`);
  if (!/\S/.test(body)) throw malformed("the answer is empty");
  if (/^\s*</.test(body) || /\bhtml\b/.test(headers["content-type"] ?? "")) {
    throw malformed("a web page instead of data");
  }
  if (hasExcess(body))
    throw malformed(`the answer holds more than ${mostValues.toLocaleString("en")} values`);
  try {
    return JSON.parse(body);
  } catch {
    // The parser's message quotes the body, so it is not shown.
    throw malformed("the answer is cut off or not JSON");
  }
}

const mostValues = 200_000;

/**
 * Returns true if a JSON text has more values than any real answer: a few bytes each may take a lot of memory. Commas
 * and brackets in strings count as well.
 */
export function hasExcess(json: string): boolean {
  let values = 1;
  for (let at = 0; at < json.length && values <= mostValues; at += 1) {
    const code = json.charCodeAt(at);
    if (code === 0x2c || code === 0x5b || code === 0x7b) values += 1;
  }
  return values > mostValues;
}

/** A text field of a service's JSON; null if the answer is not JSON or has other fields. Never shown. */
export function wordsIn(answer: HttpAnswer, key: string): string | null {
  try {
    return name(field(root(readJson(answer)), key));
  } catch {
    return null;
  }
}

/** A number of at most nine digits in a header; null if there is none. */
export function figureIn({ headers }: AnswerHead, header: string): number | null {
  const value = headers[header] ?? "";
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** The service's clock in milliseconds since 1970; null if the answer has none. */
export function dateOf({ headers }: AnswerHead): number | null {
  const date = headers["date"] ?? "";
  return httpDate.test(date) ? Date.parse(date) : null;
}

/** The wait that a service asks for, from seconds or from a date. null if it asks for none. */
function retryAfterOf(answer: AnswerHead): number | null {
  const retryAfter = (answer.headers["retry-after"] ?? "").trim();
  const now = answer.headers["date"] ?? "";
  let waitMs = Number.NaN;
  if (/^\d+$/.test(retryAfter)) waitMs = Number(retryAfter) * 1000;
  // Compared with the service's clock, because ours may be wrong.
  else if (httpDate.test(retryAfter) && httpDate.test(now)) waitMs = Date.parse(retryAfter) - Date.parse(now);
  // A wait of zero means no wait was asked for.
  return waitMs > 0 ? Math.min(waitMs, longestAskedMs) : null;
}
