// The faults of one answer. A stand-in's `onRequest` returns one of these to have it happen.

/** Answers this instead of the truth. */
export interface ReplacementResponse {
  readonly kind: "answer";
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, string>;
}

export type Fault =
  | ReplacementResponse
  /** The right answer, changed on its way out. */
  | { readonly kind: "edit"; readonly edit: (body: unknown) => unknown }
  /** The socket is closed before anything is done about it. */
  | { readonly kind: "lost" }
  /** The socket is closed before a byte of an answer, which was made. */
  | { readonly kind: "cut" }
  /** The socket is closed in the middle of the body. */
  | { readonly kind: "cut-body" }
  /** The body ends early, and the headers say that this is all of it. */
  | { readonly kind: "truncated" }
  /** No byte ever comes. */
  | { readonly kind: "hang" };

export function respondWith(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ReplacementResponse {
  return {
    kind: "answer",
    status,
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": typeof body === "string" ? "text/html" : "application/json", ...headers },
  };
}

export const lost: Fault = { kind: "lost" };
export const cut: Fault = { kind: "cut" };
export const cutBody: Fault = { kind: "cut-body" };
export const truncated: Fault = { kind: "truncated" };
export const hang: Fault = { kind: "hang" };

/** Changes the right answer: `edit((body: { releases: unknown[] }) => body.releases.pop())`. */
export function editBody(change: (body: never) => unknown): Fault {
  return {
    kind: "edit",
    edit: (body) => {
      change(body as never);
      return body;
    },
  };
}

/** A page for people in place of JSON: a maintenance page, a proxy's, a challenge. */
export function respondWithHtml(status = 200, text = "Down for maintenance, back soon."): Fault {
  return respondWith(
    status,
    `<!DOCTYPE html>\n<html><head><title>Sorry</title></head><body>${text}</body></html>\n`,
  );
}

/** Discogs' own 429: JSON, and no word on how long to wait unless `retryAfterSeconds` is given. */
export function respondTooManyRequests(retryAfterSeconds?: number): ReplacementResponse {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return respondWith(429, { message: "You are making requests too quickly." }, headers);
}

/** The statuses by code; 400 for the others. */
const lastfmStatuses: Readonly<Record<number, number>> = {
  4: 403,
  6: 404,
  8: 500,
  9: 403,
  10: 403,
  11: 503,
  16: 503,
  17: 403,
  26: 403,
  29: 429,
};

/** A Last.fm error with the status that goes with it, or inside a 200. The client reads the message of error 6 alone. */
export function respondWithLastfmError(
  code: number,
  status = lastfmStatuses[code] ?? 400,
  message = code === 6 ? "User not found" : "Something else",
): ReplacementResponse {
  return respondWith(status, { error: code, message });
}
