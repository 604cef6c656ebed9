import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { UsageError } from "../../../src/model/errors.ts";
import { openTransport, type Timer, type TransportOptions } from "../../../src/sources/transport/http.ts";
import { CallFailure } from "../../../src/sources/transport/retry.ts";
import { catchFailure } from "../connected-clients.ts";
import { openRefusingAddress } from "../../support/refusing-address.ts";

async function startServer(
  listener: RequestListener,
): Promise<{ url: URL; server: Server; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createServer(listener);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`), server, sockets };
}

function createTransport(options: Partial<TransportOptions> = {}): ReturnType<typeof openTransport> {
  const opened = openTransport({ userAgent: "test/1", env: {}, ...options });
  onTestFinished(() => opened.close());
  return opened;
}

/** A time limit that is over when the test says so. */
function createManualTimer(): { timer: Timer; isOver: () => void } {
  const listeners: (() => void)[] = [];
  const over = new Promise<void>((resolve) => {
    listeners.push(resolve);
  });
  return { timer: () => over, isOver: () => listeners[0]?.() };
}

async function readFailureKind(call: Promise<unknown>): Promise<string> {
  const error = await catchFailure(call);
  return error instanceof CallFailure ? error.fault.kind : error.constructor.name;
}

test("a compressed body is read, with a byte order mark or without", async () => {
  const { url } = await startServer((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip", "X-Two": ["a", "b"] });
    response.end(gzipSync("\ufeffčau"));
  });
  const answer = await createTransport().send({ url });
  expect(answer).toMatchObject({ status: 200, body: "čau", headers: { "x-two": "a,b" } });
});

test("connections are kept alive and closed when all is done", async () => {
  const seen = new Set<unknown>();
  const { url, sockets } = await startServer((request, response) => {
    seen.add(request.socket);
    response.end("{}");
  });
  const opened = createTransport();
  for (let n = 0; n < 5; n += 1) {
    await opened.send({ url });
  }
  expect(seen.size).toBeLessThan(3);
  expect(sockets.size).toBe(seen.size);
  const closed = Promise.all([...sockets].map((socket) => once(socket, "close")));
  await opened.close();
  await opened.close();
  await closed;
});

const silentResponses: readonly (readonly [
  string,
  (response: ServerResponse, isOver: () => void) => void,
])[] = [
  ["nothing at all", (_, isOver) => isOver()],
  [
    "a body drop by drop",
    (response, isOver) => {
      let drops = 0;
      const writeSlowly = (): void => {
        drops += 1;
        if (drops > 3) isOver();
        else response.write(".", writeSlowly);
      };
      writeSlowly();
    },
  ],
];

test.each(silentResponses)("times out: %s", async (_, listener) => {
  const { timer, isOver } = createManualTimer();
  const { url } = await startServer((_request, response) => listener(response, isOver));
  const error = await catchFailure(createTransport({ timer }).send({ url }));
  expect(error).toMatchObject({ fault: { kind: "timeout" }, message: "no complete answer within 30 s" });
});

const mebibyte = 1024 * 1024;

test.each<[string, RequestListener]>([
  ["a closed socket", (request) => request.socket.destroy()],
  [
    "a body that ends early",
    (request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half", () => request.socket.destroy());
    },
  ],
  ["no HTTP", (request) => request.socket.end("220 mail.example ESMTP\r\n\r\n")],
  [
    "half of a compressed body",
    (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(gzipSync("x".repeat(5_000)).subarray(0, 30));
    },
  ],
  [
    "a compression not asked for",
    (_, response) => {
      response.writeHead(200, { "content-encoding": "br" });
      response.end("??");
    },
  ],
  ["a body without end", (_, response) => response.end("x".repeat(8 * mebibyte + 1))],
  [
    "a small body that unpacks without end",
    (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(gzipSync("x".repeat(8 * mebibyte + 1)));
    },
  ],
])("marks %s as temporary", async (_, listener) => {
  const { url } = await startServer(listener);
  expect(await readFailureKind(createTransport().send({ url }))).toBe("temporary");
});

test("reports a refused connection and an unknown name as no network", async () => {
  expect(await readFailureKind(createTransport().send({ url: new URL(await openRefusingAddress()) }))).toBe(
    "offline",
  );
  expect(
    await readFailureKind(createTransport().send({ url: new URL("https://no-such-host.invalid/") })),
  ).toBe("offline");
});

test("passes an interruption on unchanged", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const { url } = await startServer(() => stop.abort(reason));
  expect(await catchFailure(createTransport().send({ url }, stop.signal))).toBe(reason);
  expect(await catchFailure(createTransport().send({ url }, stop.signal))).toBe(reason);
});

async function startProxy(onConnect: (request: IncomingMessage, socket: Duplex) => void): Promise<string> {
  const { url, server } = await startServer((_, response) => response.end("not me"));
  server.on("connect", onConnect);
  return url.host;
}

test.each(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"])(
  "%s is used, but not for this machine itself",
  async (name) => {
    const asked: string[] = [];
    const target = await startServer((_, response) => response.end('"direct"'));
    const address = await startProxy((request, socket) => {
      asked.push(request.url ?? "");
      socket.end("HTTP/1.1 502 No Way\r\n\r\n");
    });
    const opened = createTransport({ env: { [name]: `http://${address}`, NO_PROXY: "spared.invalid" } });
    expect((await opened.send({ url: target.url })).body).toBe('"direct"');
    expect(asked).toEqual([]);
    const error = await catchFailure(opened.send({ url: new URL("https://records.invalid/") }));
    expect(error).toMatchObject({ fault: { kind: "offline" }, message: "the proxy refuses the connection" });
    expect(asked).toEqual(["records.invalid:443"]);
    expect(await readFailureKind(opened.send({ url: new URL("https://spared.invalid/") }))).toBe("offline");
    expect(asked).toHaveLength(1);
  },
);

test.each(["ftp://me:word@proxy", "://", "http://me:50%@proxy"])(
  "a proxy at %s is refused without being shown",
  (address) => {
    let told: unknown;
    try {
      openTransport({ userAgent: "test/1", env: { HTTPS_PROXY: address } });
    } catch (error) {
      told = error;
    }
    expect(told).toBeInstanceOf(UsageError);
    expect(String(told)).toMatch(/HTTPS_PROXY is not/);
    expect(String(told)).not.toContain(address);
  },
);

test.each([
  ["before it answers", () => undefined],
  ["after it answers", (socket: Duplex) => socket.write("HTTP/1.1 200 Go On\r\n\r\n")],
])("a proxy that falls silent %s is left at the time limit, and at an interruption", async (_, answer) => {
  const limit = createManualTimer();
  const stop = new AbortController();
  const reason = new Error("enough");
  let then = limit.isOver;
  const address = await startProxy((_request, socket) => {
    answer(socket);
    then();
  });
  const opened = createTransport({ env: { HTTPS_PROXY: address }, timer: limit.timer });
  const url = new URL("https://records.invalid/");
  expect(await readFailureKind(opened.send({ url }))).toBe("timeout");
  then = () => stop.abort(reason);
  const patient = createTransport({ env: { HTTPS_PROXY: address } });
  expect(await catchFailure(patient.send({ url }, stop.signal))).toBe(reason);
  await opened.close();
  await patient.close();
});

test.each([
  ["50%25", "50%"],
  ["a:b", "a:b"],
])("the proxy's password %j is sent as %j", async (password, sent) => {
  let credentials = "";
  const address = await startProxy((request, socket) => {
    credentials = request.headers["proxy-authorization"] ?? "";
    socket.end("HTTP/1.1 502 No Way\r\n\r\n");
  });
  const opened = createTransport({ env: { HTTPS_PROXY: `http://me:${password}@${address}` } });
  await catchFailure(opened.send({ url: new URL("https://records.invalid/") }));
  expect(Buffer.from(credentials.replace("Basic ", ""), "base64").toString()).toBe(`me:${sent}`);
});
