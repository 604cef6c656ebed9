// Hostile and clumsy clients on raw sockets: each gets an answer in the envelope, or is hung up
// on, nothing that was sent comes back, and the next one is answered.
import { connect, type Socket } from "node:net";
import { EventEmitter, once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "../../../src/interfaces/http/listen.ts";
import { actionRoute, queryRoute } from "../../../src/interfaces/http/route.ts";
import { integer } from "../../../src/queries/parameters/parameter.ts";
import { sampleHome } from "../../support/sample-home.ts";
import { serveCache, type ServedCache } from "../../support/served-cache.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

async function createSocketClient(
  served: ServedCache,
  patience = { headersMs: 60_000, requestMs: 60_000, checkedEveryMs: 50 },
) {
  const { port, stop } = await listen(served.app, { host: "127.0.0.1", port: 0, patience });
  onTestFinished(stop);
  return {
    port,
    stop,
    /** Sends the text, and gives all that comes until the socket is closed. */
    say: async (text: string | Buffer) => {
      const socket = connect(port, "127.0.0.1");
      socket.write(text);
      return readToEnd(socket);
    },
  };
}

/** Reads what the server sends until it closes; that it closes at once is an answer too. */
async function readToEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("close", resolve));
  return Buffer.concat(chunks).toString("latin1");
}

interface RawResponse {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** The first answer of what came. */
function parseResponse(text: string): RawResponse {
  const [head = "", body = ""] = text.split(/\r\n\r\n([\s\S]*)/);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body };
}

const host = "Host: localhost\r\n";
const close = "Connection: close\r\n";
const buildGet = (address: string, more = ""): string =>
  `GET ${address} HTTP/1.1\r\n${host}${close}${more}\r\n`;
const buildPost = (more: string, body = ""): string =>
  `POST /v1/admin/keys HTTP/1.1\r\n${host}${close}${more}\r\n${body}`;

const xref = "/v1/collecting/cross-reference";
const headerInjection = "%0d%0aX-Evil:%201";
const megabytes = 10 * 1024 * 1024;

/** The text to send, with KEY for a key that may do everything; and the allowed statuses, 0 for a closed socket. */
const hostileRequests: Readonly<Record<string, readonly [text: string, ...statuses: number[]]>> = {
  "no HTTP at all": ["nonsense\r\n\r\n", 400],
  "no host": [`GET /v1/health HTTP/1.1\r\n${close}\r\n`, 400],
  "two hosts": [buildGet("/v1/health", "Host: evil.example\r\n"), 400],
  "another host": [`GET /v1/health HTTP/1.1\r\nHost: evil.example\r\n${close}\r\n`, 403],
  "an unknown method": [`BREW /v1/health HTTP/1.1\r\n${host}${close}\r\n`, 400],
  CONNECT: [`CONNECT evil.example:443 HTTP/1.1\r\n${host}${close}\r\n`, 0],
  TRACE: [`TRACE /v1/health HTTP/1.1\r\n${host}${close}X-Evil: echo\r\n\r\n`, 405],
  "headers of 100 kB": [buildGet("/v1/health", `X: ${"a".repeat(100_000)}\r\n`), 431],
  "ten thousand headers": [buildGet("/v1/health", "X: a\r\n".repeat(10_000)), 431],
  "NUL in a header": [buildGet("/v1/health", "X: a\u0000b\r\n"), 400],
  "a header on two lines": [buildGet("/v1/health", "X: a\r\n X-Evil: b\r\n"), 200, 400],
  "a bare line feed": [`GET /v1/health HTTP/1.1\n${host}${close}\r\n`, 200, 400],
  "a bare carriage return": [buildGet("/v1/health", "X: a\rX-Evil: b\r\n"), 400],
  "CR and LF in the path, with a key": [buildGet(`/v1/${headerInjection}`, "KEY"), 404],
  "CR and LF in a parameter's name": [buildGet(`${xref}?${headerInjection}=1`, "KEY"), 400],
  "CR and LF in a name that is kept": [
    buildPost("KEYContent-Length: 28\r\n", '{"name":"a\\r\\nX-Evil: 1","b":1}'.slice(0, 28)),
    400,
  ],
  "half a sign in the path": [buildGet("/v1/%", "KEY"), 404],
  "no UTF-8 in the path": [buildGet("/v1/%ff%fe", "KEY"), 404],
  "no UTF-8 in a parameter": [buildGet(`${xref}?q=%ff%fe`, "KEY"), 200],
  "a way up, escaped": [buildGet("/v1/%2e%2e/%2e%2e/etc/passwd", "KEY"), 404],
  "another machine by two slashes": [buildGet("//evil.example/v1/health"), 401],
  "another machine by a whole address": [buildGet("http://evil.example/v1/health"), 403],
  "an address of 5 kB": [buildGet(`/v1/${"a".repeat(5000)}`), 414],
  "a body that is too large": [buildPost(`Content-Length: ${megabytes}\r\n`), 413],
  "a body that is too large, with a key": [
    buildPost(`KEYContent-Length: ${megabytes}\r\n`, "x".repeat(100_000)),
    413,
  ],
  "a body that is too large and tells no length": [
    buildPost("KEYTransfer-Encoding: chunked\r\n", `20000\r\n${"x".repeat(0x20000)}\r\n0\r\n\r\n`),
    413,
  ],
  "two lengths": [buildPost("KEYContent-Length: 2\r\nContent-Length: 3\r\n", "{}"), 400],
  "a length and chunks": [
    buildPost("KEYContent-Length: 2\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
    400,
  ],
  "a length below nothing": [buildPost("KEYContent-Length: -1\r\n"), 400],
  "no JSON": [buildPost("KEYContent-Length: 1\r\n", "{"), 400],
  "deep JSON": [buildPost("KEYContent-Length: 60000\r\n", "[".repeat(60_000)), 400],
  "a prototype in JSON": [
    buildPost("KEYContent-Length: 34\r\n", '{"__proto__":{"scope":"root"},"x":1}'.slice(0, 34)),
    400,
  ],
  "two keys": [buildGet(xref, `KEYAuthorization: Bearer rw_live_${"a".repeat(43)}\r\n`), 400],
  "an upgrade": [buildGet("/v1/health", "Connection: Upgrade\r\nUpgrade: websocket\r\n"), 200, 400],
};

test("answers or refuses whatever is sent, and repeats none of it", async () => {
  const served = serveCache(createTempDirectory(), { cors: "https://dash.example" });
  const { say } = await createSocketClient(served);
  const key = `Authorization: Bearer ${served.admin}\r\n`;
  for (const [name, [text, ...allowed]] of Object.entries(hostileRequests)) {
    const answer = parseResponse(await say(Buffer.from(text.replaceAll("KEY", key), "latin1")));
    expect({ name, status: answer.status }).toEqual({
      name,
      status: expect.toSatisfy((status) => allowed.includes(status)),
    });
    expect({ name, text: answer.head + answer.body }).toEqual({
      name,
      text: expect.not.stringMatching(/evil|passwd/i),
    });
    if (answer.status < 400) continue;
    const { status } = answer;
    expect({ name, body: parseBody(answer) }).toEqual({ name, body: { error: expect.any(String), status } });
  }
  expect(JSON.stringify(served.lines)).not.toMatch(/\\r|\\n|\\u0000/);
  expect(served.failures).toEqual([]);
  expect(parseResponse(await say(buildGet("/v1/health"))).status).toBe(200);
});

function parseBody({ head, body }: RawResponse): unknown {
  const text = /transfer-encoding: chunked/i.test(head)
    ? body.replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, "")
    : body;
  return JSON.parse(text);
}

/** Lists the headers that depend neither on a body nor on the time. */
function listStableHeaders({ head }: RawResponse): string[] {
  return head
    .split("\r\n")
    .filter((line) => !/^(?:date|content-length):/i.test(line))
    .map((line) => line.toLowerCase());
}

test("HEAD sends the headers of GET, and OPTIONS the allowed methods", async () => {
  const served = serveCache(await sampleHome());
  const { say } = await createSocketClient(served);
  const key = `Authorization: Bearer ${served.live}\r\n`;
  const sendRequest = async (method: string): Promise<RawResponse> =>
    parseResponse(await say(`${method} ${xref} HTTP/1.1\r\n${host}${close}${key}\r\n`));
  const [got, head, again] = [await sendRequest("GET"), await sendRequest("HEAD"), await sendRequest("GET")];
  expect(listStableHeaders(head).toSorted()).toEqual(listStableHeaders(got).toSorted());
  // The second is given from memory.
  expect(listStableHeaders(again).toSorted()).toEqual(listStableHeaders(got).toSorted());
  expect([head.body, again.body]).toEqual(["", got.body]);
  const options = await sendRequest("OPTIONS");
  expect([options.status, options.body]).toEqual([204, ""]);
  expect(options.head).toMatch(/^allow: GET, HEAD, OPTIONS$/im);
});

test.each([
  ["its headers", `GET /v1/health HTTP/1.1\r\n${host}X: a`],
  ["its body", buildPost("KEYContent-Length: 100\r\n", '{"name":')],
] as const)("ends a request that does not get to the end of %s", async (_, text) => {
  const served = serveCache(createTempDirectory());
  const { say } = await createSocketClient(served, { headersMs: 100, requestMs: 100, checkedEveryMs: 20 });
  const slow = say(text.replaceAll("KEY", `Authorization: Bearer ${served.admin}\r\n`));
  expect(parseBody(parseResponse(await slow))).toEqual({
    error: "the request took too long to arrive",
    status: 408,
  });
});

test("answers a new client while many sockets without a key send half a request or body", async () => {
  const { port, say } = await createSocketClient(serveCache(createTempDirectory()));
  const form = `POST /session HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\nkey=`;
  const half = Array.from({ length: 950 }, (_, at) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(at % 2 === 0 ? form : `GET /v1/health HTTP/1.1\r\n${host}X: a`);
    return socket;
  });
  await Promise.all(half.map((socket) => once(socket, "connect")));
  expect(parseResponse(await say(buildGet("/v1/health"))).status).toBe(200);
  for (const socket of half) socket.destroy();
});

test("a client that has shown a key keeps its connection while others without one come", async () => {
  const served = serveCache(await sampleHome());
  const { port } = await createSocketClient(served);
  const guest = connect(port, "127.0.0.1");
  const text = new EventEmitter();
  guest.on("data", (chunk: Buffer) =>
    text.emit(/HTTP\/1\.1 (\d+)/.exec(chunk.toString("latin1"))?.[1] ?? ""),
  );
  const sendRequest = async (): Promise<void> => {
    const answered = once(text, "200");
    guest.write(`GET ${xref} HTTP/1.1\r\n${host}Authorization: Bearer ${served.live}\r\n\r\n`);
    await answered;
  };
  await sendRequest();
  const silent = Array.from({ length: 700 }, () => connect(port, "127.0.0.1"));
  for (const socket of silent) socket.on("error", () => {});
  await Promise.all(silent.map((socket) => once(socket, "connect")));
  await sendRequest();
  expect(guest.destroyed).toBe(false);
  for (const socket of [guest, ...silent]) socket.destroy();
});

test("requests that come at once on one connection are answered one at a time, in their order, and a hundred may wait", async () => {
  let [open, most] = [0, 0];
  const slow = actionRoute("get", "/v1/slow", {
    access: "open",
    summary: "Slow",
    schema: {},
    parameters: { page: integer("number", { min: 1, defaultValue: 1 }) },
    async act({ page }) {
      open += 1;
      most = Math.max(most, open);
      await new Blob(["x"]).text();
      open -= 1;
      return { page };
    },
  });
  const served = serveCache(createTempDirectory(), { routes: [slow] });
  const { say } = await createSocketClient(served);
  const pages = Array.from({ length: 60 }, (_, at) => at + 1);
  const asked = pages.map((page) => `GET /v1/slow?page=${page} HTTP/1.1\r\n${host}\r\n`);
  const text = await say(asked.join("") + buildGet("/v1/slow?page=61"));
  expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(61);
  expect([...text.matchAll(/"page":(\d+)/g)].map(([, page]) => Number(page))).toEqual([...pages, 61]);
  expect(most).toBe(1);
  const flood = await say((asked[0] ?? "").repeat(1_400));
  expect(flood.match(/HTTP\/1\.1 200/g)?.length ?? 0).toBeLessThan(100);
});

test("completes running answers when the server is stopped, and accepts no further request", async () => {
  const stage = new EventEmitter();
  const isAsked = once(stage, "asked");
  const isReady = once(stage, "ready");
  const slow = queryRoute("/v1/slow", {
    summary: "Slow",
    parameters: {},
    schema: {},
    answer: async () => {
      stage.emit("asked");
      await isReady;
      return { whole: "x".repeat(200_000) };
    },
  });
  const served = serveCache(createTempDirectory(), { routes: [slow] });
  const { port, say, stop } = await createSocketClient(served);
  const idle = connect(port, "127.0.0.1");
  await once(idle, "connect");
  const answer = say(`GET /v1/slow HTTP/1.1\r\n${host}Authorization: Bearer ${served.live}\r\n\r\n`);
  await isAsked;
  const stopped = stop();
  const [refusal] = (await once(connect(port, "127.0.0.1"), "error")) as [Error];
  expect(refusal.message).toContain("ECONNREFUSED");
  stage.emit("ready");
  expect(parseResponse(await answer)).toMatchObject({
    status: 200,
    body: expect.stringContaining("x".repeat(200_000)),
  });
  await stopped;
});

test("drops the request of a client that hangs up while waiting", async () => {
  const stage = new EventEmitter();
  const isAsked = once(stage, "asked");
  const isReady = once(stage, "ready");
  let answered = 0;
  const slow = queryRoute("/v1/slow", {
    isLasting: false,
    summary: "Slow",
    parameters: {},
    schema: {},
    answer: async () => {
      answered += 1;
      stage.emit("asked");
      await isReady;
      return {};
    },
  });
  const served = serveCache(createTempDirectory(), { routes: [slow] });
  const { port, say } = await createSocketClient(served);
  const text = buildGet("/v1/slow", `Authorization: Bearer ${served.live}\r\n`);
  const first = say(text);
  await isAsked;
  const gone = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      socket.write(text);
      return socket;
    }),
  );
  // The server has received the requests above once these are answered.
  while (served.keys.list()[0]?.last_used_at === null) await say(buildGet("/v1/slow"));
  for (const socket of gone) socket.resetAndDestroy();
  for (const _ of gone) await say(buildGet("/nowhere"));
  stage.emit("ready");
  expect(parseResponse(await first).status).toBe(200);
  expect(parseResponse(await say(text)).status).toBe(200);
  expect(answered).toBe(2);
});
