// The sockets of the server: limits of time, size and number, and an orderly stop. The door to Hono's server.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { isLocalAddress } from "../../host/local-network.ts";
import { getErrorCode, SystemError } from "../../model/errors.ts";
import type { App } from "./app.ts";

export interface RunningServer {
  readonly port: number;
  /** Accepts no more requests. Resolves when the open ones are answered, or after five seconds without them. */
  stop(this: void): Promise<void>;
}

/** How long a request may take to arrive, in milliseconds. */
interface RequestTimeouts {
  readonly headersMs: number;
  readonly requestMs: number;
  readonly checkedEveryMs: number;
}

const defaultTimeouts: RequestTimeouts = { headersMs: 10_000, requestMs: 30_000, checkedEveryMs: 2000 };
const maxHeaderBytes = 16 * 1024;
const keepAliveMs = 10_000;
/** Systems let a process open about a thousand files, and the server needs some for other things. */
const maxConnections = 900;
/** The rest is for clients that have shown a key. */
const maxKeylessConnections = 600;
/** Requests that a client may send before the first of them is answered. */
const maxPipelinedRequests = 100;
/** How long a refused client has to read why, before its socket is destroyed. */
const lingerMs = 1000;
const maxDrainMs = 5000;

interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** true: clients from other networks are not heard. */
  readonly isLocalOnly?: boolean;
  readonly patience?: RequestTimeouts;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Client {
  hasKey: boolean;
  /** Requests in the order of their arrival. The first is being answered. */
  readonly waiting: Exchange[];
}

/** Throws SystemError if the port is taken or not ours. */
export async function listen(
  { fetch }: App,
  { host, port, isLocalOnly = false, patience = defaultTimeouts }: ListenOptions,
): Promise<RunningServer> {
  /** Clients without a key are in the order of their last request. */
  const clients = new Map<Socket, Client>();
  let isStopping = false;

  const answer = getRequestListener(
    (request, connection) => {
      const incoming = connection.incoming as IncomingMessage;
      const onKey = (): void => {
        const client = clients.get(incoming.socket);
        if (client !== undefined) client.hasKey = true;
      };
      return fetch(request, { incoming, onKey });
    },
    { errorHandler: () => Response.json({ error: unreadableMessage, status: 400 }, { status: 400 }) },
  );
  const server = createServer({
    // The app refuses a missing name like a foreign one, in its own words.
    requireHostHeader: false,
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: patience.headersMs,
    requestTimeout: patience.requestMs,
    connectionsCheckingInterval: patience.checkedEveryMs,
    keepAliveTimeout: keepAliveMs,
  });
  server.maxConnections = maxConnections;

  server.on("connection", (socket) => {
    if (isLocalOnly && !isLocalAddress(socket.remoteAddress ?? "")) {
      socket.destroy();
      return;
    }
    evictKeylessClient(clients);
    clients.set(socket, { hasKey: false, waiting: [] });
    socket.once("close", () => clients.delete(socket));
  });

  /** Answers one request of a socket at a time, so that its answers can't pile up in memory. */
  const answerNext = (socket: Socket, waiting: Exchange[]): void => {
    const [first] = waiting;
    if (first === undefined || socket.destroyed) {
      if (isStopping) socket.end();
      return;
    }
    first.response.once("close", () => {
      waiting.shift();
      answerNext(socket, waiting);
    });
    void answer(first.request, first.response);
  };
  server.on("request", (request, response) => {
    const { socket } = request;
    const client = clients.get(socket);
    if (client === undefined) return;
    clients.delete(socket);
    clients.set(socket, client);
    if (client.waiting.push({ request, response }) > maxPipelinedRequests) socket.destroy();
    else if (client.waiting.length === 1) answerNext(socket, client.waiting);
  });
  server.on("clientError", (error: Error & { readonly code?: string }, socket) => {
    const [first, ...others] = clients.get(socket as Socket)?.waiting ?? [];
    const isBetweenAnswers = others.length > 0 || first?.response.headersSent === true;
    if (error.code === "ECONNRESET" || !socket.writable || isBetweenAnswers) socket.destroy();
    else writeRefusal(error.code, socket);
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(createListenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        isStopping = true;
        const limit = setTimeout(() => server.closeAllConnections(), maxDrainMs);
        server.close(() => {
          clearTimeout(limit);
          resolve();
        });
        for (const [socket, { waiting }] of clients) if (waiting.length === 0) socket.destroy();
      }),
  };
}

/** Closes the connection that has been without a key and a request for longest, if there are too many of its kind. */
function evictKeylessClient(clients: ReadonlyMap<Socket, Client>): void {
  const keyless = [...clients].filter(([, { hasKey }]) => !hasKey);
  if (keyless.length >= maxKeylessConnections) keyless[0]?.[0].destroy();
}

const unreadableMessage = "the request can't be read as HTTP";

const otherPortHint = "Try another port: rewind serve --port 8788";
const otherHostHint = "Leave out --host to listen on this machine alone.";
const listenFailures = new Map([
  ["EADDRINUSE", ["the port is already in use", otherPortHint]],
  ["EACCES", ["the system reserves ports below 1024", otherPortHint]],
  ["EADDRNOTAVAIL", ["this machine has no such address", otherHostHint]],
  ["ENOTFOUND", ["no machine has that name", otherHostHint]],
]);

function createListenError(error: Error, host: string, port: number): unknown {
  const [why, hint] = listenFailures.get(getErrorCode(error)) ?? [];
  if (why === undefined) return error;
  return new SystemError(`can't listen on ${host}, port ${port}: ${why}`, hint, { cause: error });
}

/** Refuses a request that never reaches the app: it isn't HTTP, is too large or too slow. */
function writeRefusal(code: string | undefined, socket: Duplex): void {
  const [status, reason, message] =
    code === "HPE_HEADER_OVERFLOW"
      ? ([431, "Request Header Fields Too Large", "the headers are larger than 16 kB"] as const)
      : code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? ([408, "Request Timeout", "the request took too long to arrive"] as const)
        : ([400, "Bad Request", unreadableMessage] as const);
  const body = JSON.stringify({ error: message, status });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  // An ended socket stays open until the client ends it too.
  const linger = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(linger));
}
