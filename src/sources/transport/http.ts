// The only file that speaks HTTP.
import { setTimeout as sleepFor } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Agent, EnvHttpProxyAgent, request, type Dispatcher } from "undici";
import { getErrorCode, UsageError } from "../../model/errors.ts";
import { isLoopback } from "../../model/base-url.ts";
import { connectTimeoutMs, translateNetworkError } from "./network-errors.ts";
import { CallFailure, createMalformedFailure } from "./retry.ts";

export interface HttpRequest {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a POST: a form, unless a header says otherwise. */
  readonly body?: string;
  /** Left out: the answer's body is a text. Otherwise it is binary, with at most this many bytes. */
  readonly maxBytes?: number;
  /** The limit of the whole exchange, if it is not the usual one. */
  readonly timeoutMs?: number | undefined;
}

export interface ResponseHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpResponse extends ResponseHead {
  /** "" for a binary body. */
  readonly body: string;
  /** null for a text, and for a body that is longer than allowed. */
  readonly bytes: Buffer | null;
}

export interface Transport {
  /** Reads the whole answer. Throws a CallFailure, or the signal's reason. */
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse>;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly userAgent: string;
  /** The variables that name proxies: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either case. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Resolves at the time limit of an exchange, unless the signal fires first. */
  readonly timer?: Timer | undefined;
}

/** Resolves when the time is over; may reject when the signal fires. */
export type Timer = (ms: number, signal: AbortSignal) => Promise<unknown>;

/** The limit of a whole exchange, from connecting to the last byte. */
const defaultTimeoutMs = 30_000;
const mebibyte = 1024 * 1024;
/** The limit of a text, compressed and unpacked. Real ones are below one MiB. */
const maxTextBytes = 8 * mebibyte;
const waitRealTime: Timer = (ms, signal) => sleepFor(ms, undefined, { signal });
const gunzipAsync = promisify(gunzip);

type Body = Dispatcher.ResponseData["body"];

export function openTransport(options: TransportOptions): Transport {
  const { userAgent, env, timer = waitRealTime } = options;
  const direct = new Agent({ connect: { timeout: connectTimeoutMs } });
  const proxied = createProxyAgent(env) ?? direct;

  async function performRequest(
    { url, headers, body, maxBytes }: HttpRequest,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const answer = await request(url, {
      ...(body === undefined ? { method: "GET" } : { method: "POST", body }),
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
        ...headers,
        "user-agent": userAgent,
        "accept-encoding": maxBytes === undefined ? "gzip" : "identity",
      },
      dispatcher: isLoopback(url) ? direct : proxied,
      signal,
    });
    const head = { status: answer.statusCode, headers: flattenHeaders(answer.headers) };
    return maxBytes === undefined
      ? { ...head, body: await readText(head, answer.body), bytes: null }
      : { ...head, body: "", bytes: await readBytes(head, answer.body, maxBytes) };
  }

  async function send(httpRequest: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> {
    signal?.throwIfAborted();
    const { timeoutMs = defaultTimeoutMs } = httpRequest;
    const limit = new AbortController();
    const over = new AbortController();
    timer(timeoutMs, over.signal).then(
      () => limit.abort(),
      () => undefined,
    );
    const stop = signal ? AbortSignal.any([limit.signal, signal]) : limit.signal;
    try {
      // Parts of undici ignore the signal, for example a tunnel through a proxy.
      return await raceWithAbort(performRequest(httpRequest, stop), stop);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (limit.signal.aborted) {
        throw new CallFailure({ kind: "timeout" }, `no complete answer within ${timeoutMs / 1000} s`);
      }
      throw translateNetworkError(error, httpRequest.url);
    } finally {
      over.abort();
    }
  }

  return {
    send,
    close: async () => {
      await Promise.all([direct.destroy(), proxied === direct ? null : proxied.destroy()]);
    },
  };
}

/** The result of the work, unless the signal fires first. Then the work's result is ignored. */
function raceWithAbort<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error("aborted"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function createProxyAgent(env: TransportOptions["env"]): Dispatcher | null {
  const readSetting = (name: string): string => (env[name.toLowerCase()] ?? env[name] ?? "").trim();
  const [httpsProxy, httpProxy] = [
    readProxyUrl("HTTPS_PROXY", readSetting),
    readProxyUrl("HTTP_PROXY", readSetting),
  ];
  if (httpsProxy === "" && httpProxy === "") return null;
  // All three are set, so that undici reads nothing from the process.
  return new EnvHttpProxyAgent({
    httpsProxy,
    httpProxy,
    noProxy: readSetting("NO_PROXY"),
    connect: { timeout: connectTimeoutMs },
  });
}

function readProxyUrl(name: string, setting: (name: string) => string): string {
  const text = setting(name);
  const full = text === "" || text.includes("://") ? text : `http://${text}`;
  if (full === "" || isHttpAddress(full)) return full;
  // The value is not shown: it may contain a password.
  throw new UsageError(
    `${name} is not the address of an HTTP proxy`,
    "Use an address like http://host:port. In a password, write % as %25.",
  );
}

function isHttpAddress(text: string): boolean {
  try {
    const { protocol, username, password } = new URL(text);
    decodeURIComponent(username + password);
    return /^https?:$/.test(protocol);
  } catch {
    return false;
  }
}

async function readText({ headers }: ResponseHead, body: Body): Promise<string> {
  const bytes = await readAll(body, maxTextBytes);
  if (bytes === null) throw createTooLongFailure();
  const encoding = (headers["content-encoding"] ?? "identity").toLowerCase();
  if (bytes.length === 0 || encoding === "identity") return decodeText(bytes);
  if (encoding !== "gzip" && encoding !== "x-gzip") {
    throw createMalformedFailure("the body is compressed in a way that was not asked for");
  }
  try {
    return decodeText(await gunzipAsync(bytes, { maxOutputLength: maxTextBytes }));
  } catch (error) {
    if (getErrorCode(error) === "ERR_BUFFER_TOO_LARGE") throw createTooLongFailure();
    throw createMalformedFailure("the compressed body is damaged or ends early");
  }
}

async function readBytes({ headers }: ResponseHead, body: Body, maxBytes: number): Promise<Buffer | null> {
  const bytes = await readAll(body, maxBytes);
  if (/^(?:identity)?$/i.test(headers["content-encoding"] ?? "")) return bytes;
  throw createMalformedFailure("the body is compressed, which was not asked for");
}

async function readAll(body: Body, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop destroys the body and its socket.
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function createTooLongFailure(): CallFailure {
  return createMalformedFailure(`the body is longer than ${maxTextBytes / mebibyte} MiB`);
}

function decodeText(bytes: Buffer): string {
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

function flattenHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value ?? "")]),
  );
}
