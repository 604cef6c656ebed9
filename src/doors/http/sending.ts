// An answer on its way out: packed for whoever takes it so, with the headers that all have.
import type { Asking } from "./read-request.ts";
import { packing, type Bytes } from "./known-answers.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes | ReadableStream | null;
  /** The same body, smaller; undefined where it isn't worth it. */
  packed?(this: void): Bytes | undefined;
}

/** cors: whose pages may ask; null: nobody's. */
export function responseOf(
  answer: Answer,
  asking: Asking,
  { cors, told }: { readonly cors: string | null; readonly told: Readonly<Record<string, string>> },
): Response {
  const { status, headers } = answer;
  const packed = packedBody(answer, asking);
  const all = {
    ...headers,
    ...told,
    "X-Content-Type-Options": "nosniff",
    Vary: cors === null ? "Accept-Encoding" : "Accept-Encoding, Origin",
    ...(packed === undefined ? undefined : { "Content-Encoding": "gzip" }),
    ...(cors === null ? undefined : crossOrigin(asking, cors)),
  };
  return new Response(packed ?? answer.body, { status, headers: all });
}

function packedBody({ body, packed }: Answer, asking: Asking): Bytes | undefined {
  if (!(body instanceof Uint8Array) || !takesGzip(asking.header("accept-encoding"))) return undefined;
  return (packed ?? packing(body))();
}

function takesGzip(accepted: string | undefined): boolean {
  const asked = /(?:^|[\s,])(?:x-)?gzip\s*(?:;\s*q=([\d.]+))?/i.exec(accepted ?? "");
  return asked !== null && Number(asked[1] ?? 1) > 0;
}

export const everyMethod = "GET, HEAD, POST, DELETE, OPTIONS";

function crossOrigin(asking: Asking, origin: string): Readonly<Record<string, string>> | undefined {
  const from = asking.header("origin");
  if (from === undefined || (origin !== "*" && from !== origin)) return undefined;
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers":
      "ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset",
    ...(asking.method === "OPTIONS" ? preflight : undefined),
  };
}

const preflight = {
  "Access-Control-Allow-Methods": everyMethod,
  "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match",
  "Access-Control-Max-Age": "86400",
};
