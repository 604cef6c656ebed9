// The way of a request from its first check to its answer. Checks have a fixed order, so that a client without a key learns
// nothing about the addresses: 401, then 404, 405, 403 and 400. The door to Hono.
import { Readable } from "node:stream";
import { Hono, type Context } from "hono";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import type { StatusCode } from "hono/utils/http-status";
import { createRateLimiter, isAllowedHost, requireKey } from "./access.ts";
import { toBytes, type QueryExecutor, type QueryResponse } from "./query-executor.ts";
import type { ApiKey } from "./api-keys.ts";
import { pagePath, type ResponseParts, type PageHandler } from "./page-handler.ts";
import { Problem, buildErrorEnvelope, createMethodProblem } from "./problem.ts";
import {
  maxBodyBytes,
  readBody,
  readLines,
  readParameters,
  createTooLargeProblem,
  type ApiRequest,
} from "./request.ts";
import type { RouteDependencies, Route } from "./route.ts";
import type { FindListenRoute, ListenRoute } from "./listen-route.ts";
import { nothingPlaying, type PlayingReport } from "../../model/playing-now.ts";

export interface AppOptions extends Omit<RouteDependencies, "nowUts"> {
  readonly routes: readonly Route[];
  readonly executor: QueryExecutor;
  /** Finds out what is playing. */
  readonly fetchPlaying: () => Promise<PlayingReport>;
  readonly nowMs: () => number;
  /** The origin whose pages may send requests; null: none. */
  readonly cors: string | null;
  /** Host names that requests may use, in addition to loopback names and addresses. */
  readonly allowedHosts: readonly string[];
  /** Requests per minute and key; 0: no limit. */
  readonly rateLimit: number;
  /** Submissions of plays per minute and key; 0: no limit. */
  readonly submissionLimit: number;
  readonly findListenRoute: FindListenRoute;
  readonly handlePage: PageHandler;
  readonly onResponse: (line: AccessLogEntry) => void;
  /** Gets unexpected errors, which the client never sees. */
  readonly onFailure: (error: unknown) => void;
}

export interface AccessLogEntry {
  readonly method: string;
  /** The path, still encoded, without the query. */
  readonly path: string;
  readonly status: number;
  readonly tookMs: number;
  readonly keyId: number | null;
  /** A key was sent, and refused. */
  readonly isKeyRefused: boolean;
  /** More about a refusal; "" for nothing. */
  readonly remark: string;
}

export type App = ReturnType<typeof createApp>;

/** How a request arrived; a test may ask without sockets. */
interface Connection {
  readonly incoming?: {
    readonly url?: string | undefined;
    /** Names and values in turn. */
    readonly rawHeaders?: readonly string[];
    readonly socket?: { readonly destroyed: boolean };
    /** Reads the body. A Request that is made for the body costs more than the rest of an answer. */
    readonly iterator?: (options: { readonly destroyOnReturn: boolean }) => AsyncIterable<Uint8Array>;
  };
  /** Called when the request has shown a key. */
  readonly onKey?: () => void;
}

interface Environment {
  readonly Bindings: Connection;
  readonly Variables: {
    caller: ApiKey | null;
    limits: Readonly<Record<string, string>>;
    /** Added to the line of the log. */
    remark: string;
    /** null: the request is for another part of the API. */
    listenRoute: ListenRoute | null;
  };
}

type Exchange = Context<Environment>;

export function createApp(options: AppOptions) {
  const {
    routes,
    executor,
    fetchPlaying,
    nowMs,
    allowedHosts,
    onResponse,
    onFailure,
    handlePage,
    findListenRoute,
    keys,
    syncs,
    write,
  } = options;
  const countRequest = createRateLimiter(options.rateLimit);
  const countSubmission = createRateLimiter(options.submissionLimit);
  let last: Promise<unknown> = Promise.resolve();

  /** Questions are answered one after the other, and a client may hang up before its turn. */
  const runInTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };

  /** key: null for the person who started the server. Throws Problem if there were too many requests. */
  const admitRequest = (exchange: Exchange, key: ApiKey | null, limit = countRequest): void => {
    const now = nowMs();
    exchange.env?.onKey?.();
    exchange.set("caller", key);
    try {
      if (key !== null) keys.noteUse(key.id, Math.floor(now / 1000));
    } catch (error) {
      // A full disk is no reason to refuse an answer.
      onFailure(error);
    }
    exchange.set("limits", limit(key?.id ?? 0, now));
  };

  const answerQuery = (
    exchange: Exchange,
    path: string,
    values: Readonly<Record<string, unknown>>,
    playing = nothingPlaying,
  ): Promise<QueryResponse> =>
    runInTurn(() => {
      const isGone = exchange.env?.incoming?.socket?.destroyed === true;
      if (isGone) throw new Problem(499, "the client has hung up");
      const lastRuns = {
        listening: syncs.getLastRunFor("listening"),
        collecting: syncs.getLastRunFor("collecting"),
      };
      const address = getPathAndQuery(exchange.req);
      return executor.execute({ path, address, values, nowMs: nowMs(), lastRuns, playing });
    });

  const handleListens = async (exchange: Exchange, route: ListenRoute): Promise<Response> =>
    createResponse(
      exchange,
      await route.handle({
        asking: exchange.req,
        body: getBodyChunks(exchange),
        admit: (key, kind) =>
          admitRequest(exchange, key, kind === "submission" ? countSubmission : countRequest),
        query: (path, values) => answerQuery(exchange, path, values),
      }),
    );

  const handleRequest = async (exchange: Exchange, rows: readonly Route[]): Promise<Response> => {
    const { req } = exchange;
    const methods = listHttpMethods(rows);
    // A browser asks with OPTIONS before it sends a key.
    if (req.method === "OPTIONS") {
      return exchange.body(null, 204, { Allow: methods.join(", ") || allMethods });
    }
    let caller: ApiKey | null = null;
    if (!rows.some(({ access }) => access === "open")) {
      caller = requireKey(req.header("authorization"), keys);
      admitRequest(exchange, caller);
    }
    const route = rows.find(
      ({ method }) => method === (req.method === "HEAD" ? "get" : req.method.toLowerCase()),
    );
    if (route === undefined) {
      if (methods.length > 0) throw createMethodProblem(methods.join(", "));
      throw new Problem(404, "nothing is at this address; /v1/openapi.json lists all addresses");
    }
    if (route.access === "admin" && caller?.kind !== "admin") {
      throw new Problem(403, "this needs an admin key, made by rewind keys create --admin");
    }
    if (route.access === "write" && caller?.kind !== "write" && caller?.kind !== "admin") {
      throw new Problem(403, "this needs a key that may write, made by rewind keys create --write");
    }
    const values = readParameters(route.parameters, req);
    if ("act" in route) {
      const dependencies = { keys, syncs, write, nowUts: Math.floor(nowMs() / 1000) };
      if (route.events !== undefined && shouldSendEvents(req)) {
        const events = renderEvents(route.path, route.events(dependencies));
        return exchange.body(ReadableStream.from(events), 200, eventHeaders);
      }
      const lines = route.takesLines === true ? await readLines(req) : [];
      const object = route.method === "post" && route.takesLines !== true ? await readBody(req) : {};
      const body = toBytes(await route.act(values, dependencies, { body: object, lines }));
      return createResponse(exchange, { status: route.status ?? 200, headers: uncachedHeaders, body });
    }
    const playing = route.needsPlaying?.(values) === true ? await fetchPlaying() : nothingPlaying;
    const { bytes, tag } = await answerQuery(exchange, route.path, values, playing);
    const headers = {
      ...(tag === null ? uncachedHeaders : { ...revalidatedHeaders, ETag: tag }),
      ...(route.mediaType !== undefined && { "Content-Type": route.mediaType }),
    };
    return createResponse(exchange, { status: 200, headers, body: bytes });
  };

  const app = new Hono<Environment>();
  app.use(async (exchange, next) => {
    const startMs = nowMs();
    exchange.set("caller", null);
    exchange.set("limits", {});
    exchange.set("remark", "");
    const listenRoute = findListenRoute(getPath(exchange.req)) ?? null;
    exchange.set("listenRoute", listenRoute);
    await next();
    const headers = {
      ...exchange.get("limits"),
      ...buildCommonHeaders(exchange.req, listenRoute === null ? options.cors : null),
      ...(listenRoute === null ? {} : buildListenCorsHeaders(exchange.req, listenRoute)),
    };
    for (const [name, value] of Object.entries(headers)) exchange.res.headers.set(name, value);
    onResponse({
      method: exchange.req.method,
      path: getPath(exchange.req),
      status: exchange.res.status,
      tookMs: nowMs() - startMs,
      keyId: exchange.get("caller")?.id ?? null,
      isKeyRefused: exchange.res.status === 401 && (exchange.req.header("authorization") ?? "") !== "",
      remark: exchange.get("remark"),
    });
  });
  app.use(compress({ encoding: "gzip" }));
  app.use(pagePath, etag());
  app.use(async (exchange, next) => {
    const listenRoute = exchange.get("listenRoute");
    checkRequest(exchange, { allowedHosts, isSubmission: listenRoute !== null });
    if (listenRoute !== null) return handleListens(exchange, listenRoute);
    const page = handlePage(
      exchange.req,
      (key) => admitRequest(exchange, key),
      (path, values) => answerQuery(exchange, path, values),
    );
    if (page === undefined) return next();
    return createResponse(exchange, await page);
  });
  for (const path of new Set(routes.map((route) => route.path))) {
    const rows = routes.filter((route) => route.path === path);
    const pattern = path.replaceAll(/\{(\w+)\}/g, ":$1");
    if (rows.some((row) => "isLasting" in row && row.isLasting)) app.use(pattern, etag());
    app.all(pattern, (exchange) => handleRequest(exchange, rows));
  }
  app.all("*", (exchange) => handleRequest(exchange, []));
  app.onError((error, exchange) => {
    const { isFault, status, headers, remark, body } = buildErrorEnvelope(error);
    if (isFault) onFailure(error);
    exchange.set("remark", remark);
    const isOfListens = exchange.get("listenRoute") !== null;
    return createResponse(exchange, {
      status,
      headers: { ...headers, ...uncachedHeaders },
      body: toBytes(isOfListens ? { code: status, error: body.error } : body),
    });
  });
  return { fetch: app.fetch };
}

/** Throws Problem if the server is called by a foreign name, or the request is ambiguous or too long. */
function checkRequest(
  { req, env }: Exchange,
  { allowedHosts, isSubmission }: Pick<AppOptions, "allowedHosts"> & { readonly isSubmission: boolean },
): void {
  const names = (env?.incoming?.rawHeaders ?? []).filter((_, at) => at % 2 === 0);
  for (const name of ["authorization", "host"]) {
    // Node keeps the first; a proxy in front may have checked the second.
    if (names.filter((each) => each.toLowerCase() === name).length < 2) continue;
    throw new Problem(400, `the request has the header ${name} twice`);
  }
  // A request line may name a whole address; its host then counts more than the header.
  const isWhole = env?.incoming?.url?.startsWith("/") === false;
  if (!isAllowedHost(isWhole ? new URL(req.url).host : req.header("host"), allowedHosts)) {
    throw new Problem(403, "the server does not accept this host name: start it with --allow-host NAME");
  }
  if (getPathAndQuery(req).length > maxAddressLength) {
    throw new Problem(414, `the address is longer than ${maxAddressLength} characters`);
  }
  // Submissions have a limit of their own.
  if (!isSubmission && Number(req.header("content-length") ?? 0) > maxBodyBytes)
    throw createTooLargeProblem();
}

const maxAddressLength = 4096;

function getBodyChunks({ req, env }: Exchange): AsyncIterable<Uint8Array> {
  // A client whose body is refused half-way still has to get the answer.
  return env?.incoming?.iterator?.({ destroyOnReturn: false }) ?? req.raw.body ?? Readable.from([]);
}

function getPath({ raw }: ApiRequest): string {
  return new URL(raw.url).pathname;
}

function getPathAndQuery({ raw }: ApiRequest): string {
  const { pathname, search } = new URL(raw.url);
  return pathname + search;
}

/** Returns an empty list if nothing is at the address. */
function listHttpMethods(rows: readonly Route[]): string[] {
  if (rows.length === 0) return [];
  const methods = rows.flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : method.toUpperCase()));
  return [...methods, "OPTIONS"];
}

function createResponse(exchange: Exchange, { status, headers, body }: ResponseParts): Response {
  const length = body === null ? undefined : { "Content-Length": String(body.length) };
  return exchange.newResponse(body, status as StatusCode, { ...headers, ...length });
}

const jsonType = { "Content-Type": "application/json; charset=utf-8" };
const revalidatedHeaders = { ...jsonType, "Cache-Control": "private, no-cache" };
const uncachedHeaders = { ...jsonType, "Cache-Control": "no-store" };

/** HEAD says what a GET of the document would. */
function shouldSendEvents(asking: ApiRequest): boolean {
  return asking.method === "GET" && /\btext\/event-stream\b/i.test(asking.header("accept") ?? "");
}

/** Server-sent events, each with a document. Their name is the last part of the path. */
async function* renderEvents(path: string, documents: AsyncIterable<object>): AsyncGenerator<Uint8Array> {
  for await (const document of documents) {
    yield Buffer.from(`event: ${path.replace(/.*\//, "")}\ndata: ${JSON.stringify(document)}\n\n`);
  }
}

/** The last one keeps proxies from holding the events back. */
const eventHeaders = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-store",
  "X-Accel-Buffering": "no",
};

const allMethods = "GET, HEAD, POST, DELETE, OPTIONS";

function buildCommonHeaders(asking: ApiRequest, cors: string | null): Readonly<Record<string, string>> {
  return {
    "X-Content-Type-Options": "nosniff",
    Vary: cors === null ? "Accept-Encoding" : "Accept-Encoding, Origin",
    ...(cors === null ? undefined : buildCorsHeaders(asking, cors)),
  };
}

function buildCorsHeaders(asking: ApiRequest, origin: string): Readonly<Record<string, string>> | undefined {
  const from = asking.header("origin");
  if (from === undefined || (origin !== "*" && from !== origin)) return undefined;
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers":
      "ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset",
    ...(asking.method === "OPTIONS" ? preflightHeaders : undefined),
  };
}

/**
 * Scrobblers in a browser send from their own origin. Nothing here reads the page's cookie, and a token in a header is not
 * sent by a browser on its own, so any origin may ask.
 */
function buildListenCorsHeaders(
  { method }: ApiRequest,
  { methods }: ListenRoute,
): Readonly<Record<string, string>> {
  return {
    "Access-Control-Allow-Origin": "*",
    ...(method === "OPTIONS"
      ? {
          "Access-Control-Allow-Methods": methods,
          "Access-Control-Allow-Headers": "Authorization, Content-Type",
          "Access-Control-Max-Age": "86400",
        }
      : {}),
  };
}

const preflightHeaders = {
  "Access-Control-Allow-Methods": allMethods,
  "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match",
  "Access-Control-Max-Age": "86400",
};
