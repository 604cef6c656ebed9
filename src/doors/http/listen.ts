// The sockets: limits of time and size, and a stop that lets answers under way come to their end. The door to Hono's server.
import { createServer, type Server, type ServerOptions } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener, RequestError } from "@hono/node-server";
import { SystemError } from "../../model/errors.ts";
import type { App } from "./app.ts";
import { envelope } from "./problem.ts";
import { longestBody } from "./request.ts";

export interface Listening {
  readonly port: number;
  /** Takes no more requests; resolves when those under way are answered, or after a few seconds without them. */
  stop(this: void): Promise<void>;
}

/** How long a request may take to arrive, in milliseconds. */
interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often that is looked at. */
  readonly everyMs: number;
}

const usualPatience: Patience = { headersMs: 10_000, requestMs: 30_000, everyMs: 2000 };
const mostHeaderBytes = 16 * 1024;
const keptOpenMs = 10_000;
const mostRequestsASocket = 10_000;
/** Files have to be opened besides, and systems let a process have about a thousand. */
const mostConnections = 900;
const drainMs = 5000;
const sweepMs = 20;

interface Place {
  readonly host: string;
  readonly port: number;
  readonly patience?: Patience;
}

/** Throws SystemError where the place is taken or not ours. */
export async function listen(
  { fetch }: App,
  { host, port, patience = usualPatience }: Place,
): Promise<Listening> {
  const answer = getRequestListener(fetch, { errorHandler: unreadableAnswer });
  const options: ServerOptions = {
    // Without a name the same as with another's: told in our envelope.
    requireHostHeader: false,
    maxHeaderSize: mostHeaderBytes,
    headersTimeout: patience.headersMs,
    requestTimeout: patience.requestMs,
    connectionsCheckingInterval: patience.everyMs,
    keepAliveTimeout: keptOpenMs,
  };
  const server = createServer(options, (request, response) => void answer(request, response));
  server.maxConnections = mostConnections;
  server.maxRequestsPerSocket = mostRequestsASocket;
  server.on("clientError", refuse);
  server.on("checkContinue", (request, response) => {
    // What is too large is not asked for, but refused as it is announced.
    if (Number(request.headers["content-length"] ?? 0) <= longestBody) response.writeContinue();
    server.emit("request", request, response);
  });
  const silent = silentSockets(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(unable(error, host, port)));
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, stop: () => stop(server, silent) };
}

/** What the library could make no request of; the app itself throws nothing. */
function unreadableAnswer(error: unknown): Response {
  const status = error instanceof RequestError ? 400 : 500;
  const message = status === 400 ? unreadable : "internal error: see the server's log";
  const headers = { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(JSON.stringify(envelope(status, message)), { status, headers });
}

const unreadable = "the request can't be read as HTTP";

function unable(error: Error, host: string, port: number): unknown {
  const code = "code" in error ? String(error.code) : "";
  const why = new Map([
    ["EADDRINUSE", "another program listens there"],
    ["EACCES", "the system reserves ports below 1024"],
    ["EADDRNOTAVAIL", "this machine has no such address"],
    ["ENOTFOUND", "there is no machine of that name"],
  ]).get(code);
  if (why === undefined) return error;
  return new SystemError(
    `can't listen on ${host}, port ${port}: ${why}`,
    "Try another one: rewind serve --port 8788",
    {
      cause: error,
    },
  );
}

/** What isn't HTTP, is too large or comes too slowly never reaches the app: it is told in the same envelope. */
function refuse(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, message] =
    error.code === "HPE_HEADER_OVERFLOW"
      ? ([431, "Request Header Fields Too Large", "the headers are larger than 16 kB"] as const)
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? ([408, "Request Timeout", "the request took too long to arrive"] as const)
        : ([400, "Bad Request", unreadable] as const);
  const body = JSON.stringify(envelope(status, message));
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** Those that have asked nothing yet: the server takes them for busy, as something may have begun to come. */
function silentSockets(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on("connection", (socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", ({ socket }) => silent.delete(socket));
  return silent;
}

function stop(server: Server, silent: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => server.closeAllConnections(), drainMs);
    // A connection whose answer is just out is idle a moment later, and would be kept for the next request.
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
    server.close(() => {
      clearTimeout(limit);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
    for (const socket of silent) socket.destroy();
  });
}
