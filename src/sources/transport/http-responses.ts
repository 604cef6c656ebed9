// Reads answers, and says why an answer is refused.
import { getField, Malformed, decodeShortText, type Node, createRootNode } from "../../model/decode.ts";
import type { RewindError } from "../../model/errors.ts";
import type { Service } from "../../model/model.ts";
import type { ResponseHead, HttpResponse } from "./http.ts";
import type { ServiceFacts } from "../services/remote-service.ts";
import { CallFailure, createMalformedFailure } from "./retry.ts";
import { RejectedCredential, UnexpectedRefusal, UnknownUser } from "./service-errors.ts";

/** The failure behind an error status that any service may answer with; null for any other status. */
export function findStatusFailure(answer: ResponseHead, throttled: readonly number[]): CallFailure | null {
  const { status } = answer;
  const reason = `answered ${status}`;
  if (throttled.includes(status)) return createThrottledFailure(answer, status === 429 ? undefined : reason);
  return status >= 500 || status === 408 ? createServerFailure(answer, reason) : null;
}

export function createThrottledFailure(answer: ResponseHead, reason = "too many requests"): CallFailure {
  return new CallFailure({ kind: "throttled", retryAfterMs: parseRetryAfterMs(answer) }, reason);
}

export function createServerFailure(answer: ResponseHead, reason: string): CallFailure {
  return new CallFailure({ kind: "temporary", retryAfterMs: parseRetryAfterMs(answer) }, reason);
}

/** A failure that no other try can change, with the error for the user. */
export function createPermanentFailure(error: RewindError, reason = error.message): CallFailure {
  return new CallFailure({ kind: "permanent" }, reason, error);
}

/** The service rejects the token or the key, and no other try can change that. */
export function createCredentialFailure(
  message: string,
  hint: string,
  serviceMessage: string | null = null,
): CallFailure {
  return createPermanentFailure(new RejectedCredential(message, hint, serviceMessage));
}

/** Refused by a front end of the service, not by the service itself. */
export function createBlockedFailure(status: number, how: string): CallFailure {
  return createMalformedFailure(`answered ${status} ${how}; its front end may be blocking this address`);
}

/** The failure behind a redirect, which is never followed with a secret; null for any other status. */
export function findRedirectFailure(service: Service, { status }: ResponseHead): CallFailure | null {
  if (status < 300 || status > 399) return null;
  return createUnexpectedFailure(service, `redirects elsewhere (${status})`);
}

interface TokenResponseContext {
  /** The user in the address; null: there is none. */
  readonly username: string | null;
  /** The service's words; null if the answer is not in its form. */
  readonly message: string | null;
  readonly createRejectedTokenFailure: () => CallFailure;
  readonly unknownUserPattern: RegExp;
}

/** The failure behind an answer that is not a 2xx, of a service that takes a token. */
export function createTokenResponseFailure(
  service: ServiceFacts,
  answer: ResponseHead,
  { username, message, createRejectedTokenFailure, unknownUserPattern }: TokenResponseContext,
): CallFailure {
  const { status } = answer;
  const failure = findStatusFailure(answer, [429]) ?? findRedirectFailure(service, answer);
  if (failure !== null) return failure;
  if (message === null) {
    return status === 401 || status === 403
      ? createBlockedFailure(status, "with a web page")
      : createMalformedFailure(`answered ${status} without data`);
  }
  if (status === 401) return createRejectedTokenFailure();
  return status === 404 && username !== null && unknownUserPattern.test(message)
    ? createPermanentFailure(new UnknownUser(service, username))
    : createUnexpectedFailure(service, `answered ${status}`);
}

/** Throws if an answer is about another user than the requested one. */
export function assertSameUser(username: string, requestedName: string): void {
  if (username.toLowerCase() !== requestedName.toLowerCase())
    throw createMalformedFailure("the answer is about another user");
}

/** Throws if an answer has another page than the requested one. */
export function assertSamePage(node: Node, page: number, requestedPage: number): void {
  if (page !== requestedPage) throw new Malformed(node, `is ${page}, but ${requestedPage} was asked for`);
}

/** The service refused a request that this program should not have made. */
export function createUnexpectedFailure(service: Service, reason: string): CallFailure {
  return createPermanentFailure(new UnexpectedRefusal(`${service.name} ${reason}`), reason);
}

/** Parses the JSON of an answer. Throws a CallFailure that says what came instead. */
export function parseJsonBody(answer: HttpResponse): unknown {
  const { body, headers } = answer;
  const asStatus = answer.status === 200 ? "" : ` with status ${answer.status}`;
  if (!/\S/.test(body)) throw createMalformedFailure(`the answer is empty${asStatus}`);
  if (/^\s*</.test(body) || /\bhtml\b/.test(headers["content-type"] ?? "")) {
    throw createMalformedFailure(`a web page instead of data${asStatus}`);
  }
  if (hasTooManyValues(body))
    throw createMalformedFailure(
      `the answer holds more than ${maxJsonValues.toLocaleString("en")} values${asStatus}`,
    );
  try {
    return JSON.parse(body);
  } catch {
    // The parser's message quotes the body, so it is not shown.
    throw createMalformedFailure(`the answer is cut off or not JSON${asStatus}`);
  }
}

const maxJsonValues = 200_000;

/** Returns true if a JSON text has more values than any real answer: a few bytes each may take a lot of memory. */
function hasTooManyValues(json: string): boolean {
  let values = 1;
  for (let at = 0; at < json.length && values <= maxJsonValues; at += 1) {
    const code = json.charCodeAt(at);
    if (code === 0x2c || code === 0x5b || code === 0x7b) values += 1;
  }
  return values > maxJsonValues;
}

/** A text field of a service's JSON; null if the answer is not JSON or has other fields. Never shown. */
export function findTextField(answer: HttpResponse, key: string): string | null {
  try {
    return decodeShortText(getField(createRootNode(parseJsonBody(answer)), key));
  } catch {
    return null;
  }
}

/** A number of at most nine digits in a header; null if there is none. */
export function parseNumberHeader({ headers }: ResponseHead, header: string): number | null {
  const value = headers[header] ?? "";
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

const httpDatePattern = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** The service's clock in milliseconds since 1970; null if the answer has none. */
export function parseDateHeader({ headers }: ResponseHead): number | null {
  const date = headers["date"] ?? "";
  return httpDatePattern.test(date) ? Date.parse(date) : null;
}

/** The wait that a service asks for; null if it asks for none. */
function parseRetryAfterMs(answer: ResponseHead): number | null {
  const seconds = parseNumberHeader(answer, "retry-after");
  return seconds ? seconds * 1000 : null;
}
