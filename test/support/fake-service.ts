// The server under both stand-ins: sockets, log, latency, compression and the delivery of faults.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import type { VirtualClock } from "./virtual-clock.ts";
import type { Fault } from "./response-faults.ts";
import { getElapsedMs, waitRealTime } from "./real-time.ts";

export interface LoggedRequest {
  /** 1 for the first. */
  readonly n: number;
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The query as it came: of a name that comes several times, `query` has the last. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The posted text; "" if there is none. */
  readonly body: string;
  /** Milliseconds since the stand-in started. */
  readonly atMs: number;
  /** The status that was answered; null while it runs, and if the socket was cut. */
  status: number | null;
}

/** The settings of both stand-ins. Everything may be changed while they run. */
export interface Behaviour {
  /** How long an answer takes, by the clock. */
  latencyMs: number;
  /**
   * The time that latency, silence, rate limits and the log go by: the clock of the clients, where they are in this
   * process. Without it, the real one, for clients in a process of their own.
   */
  clock: VirtualClock | null;
  /** True if the Date of an answer goes by that clock too; else it is the real one. */
  tellsTime: boolean;
  /** Called before each answer: may change the world, wait, and return what goes wrong this time. */
  onRequest: ((n: number, request: LoggedRequest) => FaultOrNothing | Promise<FaultOrNothing>) | null;
}

type FaultOrNothing = Fault | undefined | void;

export interface FakeService<Settings extends Behaviour> {
  readonly url: string;
  readonly requests: LoggedRequest[];
  /** Live: change a field and the next answer follows. */
  readonly behaviour: Settings;
  /** The most requests that were in flight at once so far. */
  readonly peakInFlight: number;
  close(): Promise<void>;
}

/** The answer of a service, before anything goes wrong with it. */
export interface ServiceAnswer {
  readonly status: number;
  /** JSON when neither text nor bytes. */
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** Counts requests: how many there were in the milliseconds before each, itself included. */
export function createRequestWindow(): (windowMs: number, nowMs: number) => number {
  const sentMs: number[] = [];
  return (windowMs, nowMs) => {
    while (sentMs[0] !== undefined && sentMs[0] <= nowMs - windowMs) sentMs.shift();
    return sentMs.push(nowMs);
  };
}

export const calmBehaviour: Behaviour = { latencyMs: 0, clock: null, tellsTime: false, onRequest: null };

/** Works only inside a test, with which it ends. */
export async function startFakeService<Settings extends Behaviour>(
  behaviour: Settings,
  respond: (request: LoggedRequest) => ServiceAnswer,
  basePath = "",
): Promise<FakeService<Settings>> {
  const requests: LoggedRequest[] = [];
  const getNow = (): number => behaviour.clock?.now() ?? getElapsedMs();
  const waitMs = (ms: number): Promise<void> => behaviour.clock?.hold(ms) ?? waitRealTime(ms);
  const startedMs = getNow();
  let inFlight = 0;
  let peakInFlight = 0;

  async function handleRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = incoming.method === "POST" ? await textOf(incoming) : "";
    const request = toLoggedRequest(incoming, body, requests.length + 1, getNow() - startedMs);
    requests.push(request);
    inFlight += 1;
    peakInFlight = Math.max(peakInFlight, inFlight);
    try {
      const fault = (await behaviour.onRequest?.(request.n, request)) ?? undefined;
      if (behaviour.latencyMs > 0) await waitMs(behaviour.latencyMs);
      if (fault?.kind === "lost") {
        incoming.socket.destroy();
        return;
      }
      const replaced = fault?.kind === "answer" ? fault : null;
      const right = replaced ?? respond(request);
      const edited =
        fault?.kind === "edit" ? { ...right, body: fault.edit(structuredClone(right.body)) } : right;
      if (behaviour.clock && behaviour.tellsTime)
        outgoing.setHeader("date", new Date(behaviour.clock.now()).toUTCString());
      request.status = sendAnswer(incoming, outgoing, edited, fault);
      if (fault?.kind === "hang") {
        const isOver = behaviour.clock?.silence();
        if (isOver) incoming.socket.once("close", isOver);
      }
    } finally {
      inFlight -= 1;
    }
  }

  const server = createServer((incoming, outgoing) => {
    handleRequest(incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  // A connection that the server closes just as the client writes to it would cost a request, by chance.
  server.keepAliveTimeout = 0;
  const port = await listenLocally(server);
  const closeServer = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    server.closeAllConnections();
    await closed;
  };
  onTestFinished(closeServer);
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    requests,
    behaviour,
    get peakInFlight() {
      return peakInFlight;
    },
    close: closeServer,
  };
}

function toLoggedRequest(incoming: IncomingMessage, body: string, n: number, atMs: number): LoggedRequest {
  const url = new URL(incoming.url ?? "/", "http://stand-in");
  return {
    n,
    method: incoming.method ?? "",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    search: url.search,
    body,
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(", ") : (value ?? ""),
      ]),
    ),
    atMs,
    status: null,
  };
}

async function listenLocally(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Sends the answer, or as much of it as the fault lets through; tells the status sent, null for none. */
function sendAnswer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: ServiceAnswer,
  fault: Fault | undefined,
): number | null {
  if (fault?.kind === "hang") return null;
  if (fault?.kind === "cut") {
    incoming.socket.destroy();
    return null;
  }
  const { body } = answer;
  const all = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const whole = fault?.kind === "truncated" ? all.subarray(0, Math.floor(all.length / 2)) : all;
  const zipped = /\bgzip\b/.test(incoming.headers["accept-encoding"] ?? "") && whole.length > 0;
  const bytes = zipped ? gzipSync(whole, { level: 1 }) : whole;
  outgoing.writeHead(answer.status, {
    "content-type": "application/json",
    vary: "Accept-Encoding",
    "content-length": bytes.length,
    ...(zipped ? { "content-encoding": "gzip" } : {}),
    ...answer.headers,
  });
  if (fault?.kind !== "cut-body") {
    outgoing.end(bytes);
    return answer.status;
  }
  outgoing.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => incoming.socket.destroy());
  return answer.status;
}
