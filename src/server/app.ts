// One request, from its first check to its answer. Refusals come in a fixed order: who may not ask is told nothing of what
// there is (401), then 404, 405, 403, 400. The door to Hono.
import { Hono, type Context as HonoContext } from "hono";
import { compress } from "hono/compress";
import { addressesOf, everyMethod } from "./addresses.ts";
import { createAnswering, jsonType, type AnsweringOptions } from "./answer.ts";
import type { ApiKey } from "./api-keys.ts";
import { isAllowedHost } from "./host-check.ts";
import { envelope, Problem } from "./problem.ts";
import { createRateLimit } from "./rate-limit.ts";
import { keyOf, longestBody, tooLarge } from "./read-request.ts";
import type { Route } from "./route.ts";

export interface AppOptions extends AnsweringOptions {
  readonly routes: readonly Route[];
  /** Names by which a browser may call us, beside loopback and addresses. */
  readonly allowedHosts: readonly string[];
  /** Whose pages may ask; null: nobody's. */
  readonly cors: string | null;
  /** Requests a minute and key; 0: as many as come. */
  readonly rateLimit: number;
  readonly onAnswer?: (line: AnswerLine) => void;
  /** What nobody foresaw; the client is told nothing of it. */
  readonly onFailure: (error: unknown) => void;
}

export interface AnswerLine {
  readonly method: string;
  /** Without what follows the question mark. */
  readonly path: string;
  readonly status: number;
  readonly tookMs: number;
  readonly keyId: number | null;
}

interface Env {
  Variables: { key: ApiKey | null };
}
type Exchange = HonoContext<Env>;

const longestUrl = 4096;

export function createApp(options: AppOptions): Hono<Env> {
  const { routes, nowMs, cors, allowedHosts } = options;
  const app = new Hono<Env>();
  const limit = createRateLimit(options.rateLimit);
  const answer = createAnswering(options);
  const addressOf = addressesOf(routes);
  const { keys } = options.surroundings;

  app.use(async (exchange, next) => {
    const startMs = nowMs();
    exchange.set("key", null);
    await next();
    exchange.header("X-Content-Type-Options", "nosniff");
    if (cors !== null) crossOrigin(exchange, cors);
    const { method, path } = exchange.req;
    const keyId = exchange.get("key")?.id ?? null;
    options.onAnswer?.({ method, path, status: exchange.res.status, tookMs: nowMs() - startMs, keyId });
  });
  app.use(compress());
  app.use(async (exchange, next) => {
    if (!isAllowedHost(exchange.req.header("host"), allowedHosts)) {
      throw new Problem(403, "this name is not one of the server's own: start it with --allow-host NAME");
    }
    if (exchange.req.url.length > longestUrl) {
      throw new Problem(414, `the address is longer than ${longestUrl} letters`);
    }
    if (Number(exchange.req.header("content-length") ?? 0) > longestBody) throw tooLarge();
    await next();
  });
  // A browser asks with OPTIONS before it sends a key.
  app.options("*", (exchange) => {
    const { methods } = addressOf(exchange.req.path);
    return exchange.body(null, 204, { Allow: methods.length === 0 ? everyMethod : methods.join(", ") });
  });
  app.use(async (exchange, next) => {
    if (addressOf(exchange.req.path).isOpen) return next();
    const key = keyOf(exchange.req, keys);
    exchange.set("key", key);
    const nowUts = Math.floor(nowMs() / 1000);
    try {
      keys.noteUse(key.id, nowUts);
    } catch (error) {
      // A full disk: when it was last used is not worth an answer.
      options.onFailure(error);
    }
    const refusal = limit.take(key.id, nowMs(), (name, value) => exchange.header(name, value));
    if (refusal !== null) throw refusal;
    await next();
  });
  for (const route of routes) {
    app.on(route.method, honoPath(route.path), async (exchange) => {
      const { status, headers, body } = await answer(route, exchange.req, exchange.get("key"));
      return exchange.newResponse(body, status as 200, { ...headers });
    });
  }
  app.all("*", (exchange) => {
    const { methods } = addressOf(exchange.req.path);
    if (methods.length === 0)
      throw new Problem(404, "there is nothing at this address: /v1/openapi.json lists what there is");
    throw new Problem(405, `this address takes ${methods.join(", ")}`, { Allow: methods.join(", ") });
  });
  app.onError((error, exchange) => {
    const problem =
      error instanceof Problem ? error : new Problem(500, "internal error: see the server's log");
    if (!(error instanceof Problem)) options.onFailure(error);
    for (const [name, value] of Object.entries(problem.headers)) exchange.header(name, value);
    exchange.header("Cache-Control", "no-store");
    const body = JSON.stringify(envelope(problem.status, problem.message));
    return exchange.body(body, problem.status as 400, jsonType);
  });
  return app;
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

function crossOrigin(exchange: Exchange, origin: string): void {
  exchange.header("Vary", "Origin", { append: true });
  const from = exchange.req.header("origin");
  if (from === undefined || (origin !== "*" && from !== origin)) return;
  exchange.header("Access-Control-Allow-Origin", origin);
  exchange.header(
    "Access-Control-Expose-Headers",
    "ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset",
  );
  if (exchange.req.method !== "OPTIONS") return;
  exchange.header("Access-Control-Allow-Methods", everyMethod);
  exchange.header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match");
  exchange.header("Access-Control-Max-Age", "86400");
}
