// The sockets: limits of time and size, and a stop that lets answers under way come to their end. The door to Hono's server.
import type { IncomingHttpHeaders, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createAdaptorServer } from "@hono/node-server";
import { SystemError } from "../errors.ts";
import type { App } from "./app.ts";
import { envelope } from "./problem.ts";
import type { Asking } from "./read-request.ts";

export interface Listening {
  readonly port: number;
  /** Takes no more requests; resolves when those under way are answered, or after a few seconds without them. */
  stop(this: void): Promise<void>;
}

const limits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2000,
};
const mostRequestsASocket = 10_000;
const drainMs = 5000;
const sweepMs = 20;

/** Throws SystemError where the place is taken or not ours. */
export async function listen(
  { known, fetch }: App,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: (request, sockets) => known(askingOf(sockets.incoming)) ?? fetch(request, sockets),
    serverOptions: limits,
  }) as Server;
  server.maxRequestsPerSocket = mostRequestsASocket;
  server.on("clientError", refuse);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(unable(error, host, port)));
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, stop: () => stop(server) };
}

interface Incoming {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** As it came: what is answered at once has no need of more. */
function askingOf({ method = "", url = "", headers }: Incoming): Asking {
  return {
    method,
    path: url.replace(/\?.*$/s, ""),
    address: url,
    header: (name) => {
      const value = headers[name];
      return typeof value === "string" ? value : undefined;
    },
  };
}

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
        : ([400, "Bad Request", "the request can't be read as HTTP"] as const);
  const body = JSON.stringify(envelope(status, message));
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function stop(server: Server): Promise<void> {
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
  });
}
