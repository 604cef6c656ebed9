// One request, from its first check to its answer. Refusals come in a fixed order: who may not ask is told nothing of what
// there is (401), then 404, 405, 403, 400. The door to Hono.
import { createHash } from "node:crypto";
import { Hono, type Context as HonoContext } from "hono";
import { compress } from "hono/compress";
import { NotReadyError } from "../errors.ts";
import type { Database } from "../store/database.ts";
import type { Asked, Route } from "./route.ts";
import type { ApiKey, KeyRing } from "./api-keys.ts";
import type { ServedCache } from "./cache.ts";
import { createAnswerMemory } from "./answer-memory.ts";
import { isAllowedHost } from "./host-check.ts";
import type { Parameters as ParameterTable } from "./parameters.ts";
import { envelope, Problem } from "./problem.ts";
import { createRateLimit } from "./rate-limit.ts";

export interface AppOptions {
  readonly routes: readonly Route[];
  readonly cache: ServedCache;
  readonly keys: KeyRing;
  readonly surroundings: Omit<Asked, "database" | "keys" | "nowUts">;
  readonly nowMs: () => number;
  /** Names by which a browser may call us, beside loopback and addresses. */
  readonly allowedHosts: readonly string[];
  /** Whose pages may ask; null: nobody's. */
  readonly cors: string | null;
  /** Requests a minute and key; 0: as many as come. */
  readonly rateLimit: number;
  /** Goes into the ETag: another program answers otherwise. */
  readonly version: string;
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
const longestBody = 64 * 1024;
const jsonType = { "Content-Type": "application/json; charset=utf-8" };

export function createApp(options: AppOptions): Hono<Env> {
  const { routes, nowMs, cors, allowedHosts } = options;
  const app = new Hono<Env>();
  const limit = createRateLimit(options.rateLimit);
  const memory = createAnswerMemory();

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
    const methods = methodsAt(routes, exchange.req.path);
    return exchange.body(null, 204, { Allow: methods.length === 0 ? everyMethod : methods.join(", ") });
  });
  app.use(async (exchange, next) => {
    if (isOpen(routes, exchange.req.path)) return next();
    const key = keyOf(exchange, options.keys);
    exchange.set("key", key);
    const nowUts = Math.floor(nowMs() / 1000);
    try {
      options.keys.noteUse(key.id, nowUts);
    } catch (error) {
      // A full disk: when it was last used is not worth an answer.
      options.onFailure(error);
    }
    const refusal = limit.take(key.id, nowMs(), (name, value) => exchange.header(name, value));
    if (refusal !== null) throw refusal;
    await next();
  });
  for (const route of routes) {
    app.on(route.method, honoPath(route.path), (exchange) => answer(exchange, route, { options, memory }));
  }
  app.all("*", (exchange) => {
    const methods = methodsAt(routes, exchange.req.path);
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

const everyMethod = "GET, HEAD, POST, DELETE, OPTIONS";

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

function patternOf({ path }: Route): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}

function methodsAt(routes: readonly Route[], path: string): string[] {
  const found = routes.filter((route) => patternOf(route).test(path)).map(({ method }) => method);
  if (found.length === 0) return [];
  const reading = found.includes("get") ? ["GET", "HEAD"] : [];
  const writing = found.filter((method) => method !== "get").map((method) => method.toUpperCase());
  return [...reading, ...writing, "OPTIONS"];
}

function isOpen(routes: readonly Route[], path: string): boolean {
  return routes.some((route) => route.access === "open" && patternOf(route).test(path));
}

function keyOf(exchange: Exchange, keys: KeyRing): ApiKey {
  const given = exchange.req.header("authorization");
  const token = given?.startsWith("Bearer ") === true ? given.slice("Bearer ".length) : "";
  const key = keys.find(token);
  if (key !== undefined) return key;
  throw new Problem(401, "a key is needed: Authorization: Bearer rw_live_…, made by rewind keys create", {
    "WWW-Authenticate": "Bearer",
  });
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

interface Surroundings {
  readonly options: AppOptions;
  readonly memory: ReturnType<typeof createAnswerMemory>;
}

async function answer(
  exchange: Exchange,
  route: Route,
  { options, memory }: Surroundings,
): Promise<Response> {
  const { keys, nowMs, surroundings, version } = options;
  if (route.access === "admin" && exchange.get("key")?.kind !== "admin") {
    throw new Problem(403, "this needs an admin key, made by rewind keys create --admin");
  }
  const values = readParameters(route.parameters, exchange);
  const body = route.method === "post" ? await readBody(exchange) : {};
  const sent = { body, caller: exchange.get("key") };
  const now = nowMs();
  const askedOf = (database: Database): Asked => ({
    ...surroundings,
    database,
    keys,
    nowUts: Math.floor(now / 1000),
  });
  const unlasting = (text: string): Response =>
    exchange.body(text, (route.status ?? 200) as 200, { ...jsonType, "Cache-Control": "no-store" });
  if (route.withoutCache === true) {
    const asked: Omit<Asked, "database"> = { ...surroundings, keys, nowUts: Math.floor(now / 1000) };
    return unlasting(textOf(await route.answer(values, asked as Asked, sent)));
  }
  return options.cache.read(async (database, generation) => {
    const write = async (): Promise<string> =>
      textOf(await explained(route, values, askedOf(database), sent));
    if (!route.isLasting) return unlasting(await write());
    const name = etagOf([version, generation, localDay(now), route.path, JSON.stringify(values)]);
    const headers = { ETag: name, "Cache-Control": "private, no-cache" };
    if (isKnown(exchange.req.header("if-none-match"), name)) return exchange.body(null, 304, headers);
    return exchange.body(await memory.get(name, write), 200, { ...jsonType, ...headers });
  });
}

/** What is missing in the cache is no fault of the one who asks, nor ours. */
async function explained(route: Route, ...given: Parameters<Route["answer"]>): Promise<object> {
  try {
    return await route.answer(...given);
  } catch (error) {
    if (error instanceof NotReadyError) throw new Problem(409, error.message);
    throw error;
  }
}

/** Each as its row reads it. Throws Problem for one that is not in the table, or given twice. */
function readParameters(parameters: ParameterTable, exchange: Exchange): Record<string, unknown> {
  const given = exchange.req.queries();
  const inQuery = Object.entries(parameters).filter(([, { isPart }]) => isPart !== true);
  const names = inQuery.map(([name]) => name);
  if (Object.keys(given).some((name) => !names.includes(name))) {
    const allowed =
      names.length === 0 ? "takes no parameters" : `takes the parameters ${names.join(", ")}, and no other`;
    throw new Problem(400, `this address ${allowed}`);
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { isPart, isRepeatable, read }]) => {
      const part = isPart === true ? exchange.req.param(name) : undefined;
      const texts = part === undefined ? (given[name] ?? []) : [part];
      if (texts.length > 1 && isRepeatable !== true) throw new Problem(400, `${name} can be given once`);
      return [name, read(name, texts)];
    }),
  );
}

async function readBody(exchange: Exchange): Promise<Record<string, unknown>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of exchange.req.raw.body ?? []) {
    bytes += chunk.length;
    if (bytes > longestBody) throw tooLarge();
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8").trim();
  if (text === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new Problem(400, "the body takes a JSON object");
}

function tooLarge(): Problem {
  return new Problem(413, `the body is larger than ${longestBody} bytes`, { Connection: "close" });
}

/** Lists that are made while they are gone through are written out. */
function textOf(document: object): string {
  return JSON.stringify(document, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && Symbol.iterator in value
      ? [...(value as Iterable<unknown>)]
      : value,
  );
}

/** Weak: a compressed answer has the same. */
function etagOf(parts: readonly string[]): string {
  return `W/"${createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 27)}"`;
}

function isKnown(given: string | undefined, name: string): boolean {
  if (given === undefined) return false;
  return given.trim() === "*" || given.split(",").some((tag) => bareTag(tag) === bareTag(name));
}

function bareTag(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}

function localDay(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
