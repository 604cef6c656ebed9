// The headers of an answer: under which names it is sent, how long it holds, how often one may ask.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildRoutes } from "../../../src/interfaces/http/routes/all-routes.ts";
import { buildAlbumPlays, fillCache, getHomeCachePath } from "../../support/filled-cache.ts";
import { noon } from "../../support/run-cli.ts";
import { sampleHome } from "../../support/sample-home.ts";
import { serveCache } from "../../support/served-cache.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

const xref = "/v1/collecting/cross-reference";

test("returns empty lists before the first sync", async () => {
  const { json } = serveCache(createTempDirectory());
  expect(await json(`${xref}?genre=Jazz`)).toEqual({
    data: [],
    summary: { total_matches: 0, listen_rate: 0, unlistened_count: 0 },
    pagination: { page: 1, limit: 20, total: 0, total_pages: 0 },
  });
});

test("answers 304 to a known ETag until the query changes", async () => {
  const { ask } = serveCache(await sampleHome());
  const first = await ask(xref);
  const etag = first.headers.get("etag") ?? "";
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  const requestAgain = (tag: string, path = xref): Promise<Response> =>
    ask(path, { headers: { "if-none-match": tag } });
  for (const tag of [etag, etag.replace("W/", ""), `"x", ${etag}`, "*"]) {
    const answer = await requestAgain(tag);
    expect([tag, answer.status, await answer.text()]).toEqual([tag, 304, ""]);
    expect(answer.headers.get("etag")).toBe(etag);
  }
  expect((await requestAgain('"x"')).status).toBe(200);
  expect((await requestAgain(etag, `${xref}?page=2`)).status).toBe(200);
  // The question is the same however it is written.
  expect((await requestAgain(etag, `${xref}?limit=20`)).status).toBe(304);
});

const uncachedPaths = [
  "/v1/collecting/pick",
  "/v1/listening/now-playing",
  "/v1/card.svg",
  "/v1/health",
  "/v1/health/sync",
  "/v1/openapi.json",
  "/v1/sync",
  "/v1/admin/keys",
];

test("sends an ETag for answers that don't depend on the time, the same all day", async () => {
  const home = await sampleHome();
  const early = serveCache(home, { nowMs: () => noon });
  const late = serveCache(home, { nowMs: () => noon + 3 * 3_600_000 });
  const paths = buildRoutes("0").flatMap(({ method, path }) =>
    method === "get" && !path.includes("{") ? [path] : [],
  );
  expect(paths.length).toBeGreaterThan(30);
  for (const path of paths) {
    const [first, second] = await Promise.all(
      [early, late].map(({ ask, admin }) =>
        ask(/search|have/.test(path) ? `${path}?q=a` : path, {
          headers: { authorization: `Bearer ${admin}` },
        }),
      ),
    );
    const etag = first?.headers.get("etag") ?? null;
    expect([path, etag === null]).toEqual([path, uncachedPaths.includes(path)]);
    if (etag === null) continue;
    if (path === "/v1/listening/stats") continue;
    expect([path, second?.headers.get("etag")]).toEqual([path, etag]);
    expect([path, await second?.text()]).toEqual([path, await first?.text()]);
  }
});

test("computes an answer that depends on the day again on another day", async () => {
  let nowMs = noon;
  const { ask } = serveCache(await sampleHome(), { nowMs: () => nowMs });
  const readEtag = async (): Promise<string | null> => (await ask("/v1/listening/stats")).headers.get("etag");
  const first = await readEtag();
  expect(await readEtag()).toBe(first);
  nowMs += 400 * 86_400_000;
  expect(await readEtag()).not.toBe(first);
});

test("answers from a cache that is replaced, removed or put back", async () => {
  const home = await sampleHome();
  const { json } = serveCache(home);
  const path = getHomeCachePath(home);
  const readTotal = async (): Promise<number> =>
    ((await json(xref)) as { pagination: { total: number } }).pagination.total;
  const before = await readTotal();
  const bytes = readFileSync(path);
  for (const name of ["", "-wal", "-shm"]) rmSync(path + name, { force: true });
  expect(await readTotal()).toBe(0);
  writeFileSync(path, bytes);
  expect(await readTotal()).toBe(before);
});

test("answers only to the server's own host names", async () => {
  const { ask } = serveCache(createTempDirectory(), { allowedHosts: ["music.home", "Radio.Home"] });
  const readStatus = async (host: string): Promise<number> => (await ask(xref, { headers: { host } })).status;
  for (const host of [
    "localhost:8787",
    "127.0.0.1",
    "[::1]:8787",
    "192.168.1.7:8787",
    "Music.Home",
    "radio.home",
    "a.localhost",
  ]) {
    expect([host, await readStatus(host)]).toEqual([host, 200]);
  }
  for (const host of [
    "evil.example",
    "localhost.evil.example",
    "music.home.evil.example",
    "127.0.0.1.nip.io",
    "a b",
    "x:y:z",
  ]) {
    expect([host, await readStatus(host)]).toEqual([host, 403]);
  }
});

test("limits requests per minute and key, and says how many are left", async () => {
  let nowMs = noon;
  const { ask, admin } = serveCache(createTempDirectory(), { rateLimit: 2, nowMs: () => nowMs });
  const first = await ask(xref);
  expect([first.headers.get("x-ratelimit-limit"), first.headers.get("x-ratelimit-remaining")]).toEqual([
    "2",
    "1",
  ]);
  expect(Number(first.headers.get("x-ratelimit-reset"))).toBe(noon / 1000 + 60);
  const second = await ask("/v1/nowhere");
  expect([second.status, second.headers.get("x-ratelimit-remaining")]).toEqual([404, "0"]);
  nowMs += 20_000;
  const refused = await ask(xref);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "40"]);
  expect((await ask(xref, { headers: { authorization: `Bearer ${admin}` } })).status).toBe(200);
  nowMs += 40_000;
  expect((await ask(xref)).status).toBe(200);
});

test("allows pages of one origin by CORS, with a preflight", async () => {
  const origin = "https://dash.example";
  const { ask } = serveCache(createTempDirectory(), { cors: origin });
  const requestFrom = async (from: string, method: string): Promise<Response> =>
    ask(xref, { method, headers: { origin: from, authorization: "" } });
  const preflight = await requestFrom(origin, "OPTIONS");
  expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, origin]);
  expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization");
  expect((await requestFrom(origin, "GET")).headers.get("access-control-allow-origin")).toBe(origin);
  expect(
    (await requestFrom("https://evil.example", "OPTIONS")).headers.get("access-control-allow-origin"),
  ).toBeNull();
  expect((await requestFrom(origin, "GET")).headers.get("vary")).toContain("Origin");
  const open = await serveCache(createTempDirectory(), { cors: "*" }).ask(xref, { headers: { origin } });
  expect(open.headers.get("access-control-allow-origin")).toBe("*");
  const closed = await serveCache(createTempDirectory()).ask(xref, { headers: { origin } });
  expect(closed.headers.get("access-control-allow-origin")).toBeNull();
});

test("compresses an answer on request without changing it", async () => {
  const { ask } = serveCache(await sampleHome());
  const plain = await (await ask(xref)).text();
  const packed = await ask(xref, { headers: { "accept-encoding": "gzip" } });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  expect(packed.headers.get("vary")).toContain("Accept-Encoding");
  expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(plain);
});

test("repeats nothing of a request in refusals and the log", async () => {
  const { ask, lines } = serveCache(await sampleHome());
  const sent = "zq<script>\u202e";
  const paths = ["sort", "filter", "page", "genre", "year", "during", "kind", "zq"].map(
    (name) => `${xref}?${name}=${encodeURIComponent(sent)}`,
  );
  for (const path of [...paths, `${xref}?${encodeURIComponent(sent)}=1`]) {
    const answer = await ask(path);
    const text = await answer.text();
    expect([path, answer.status]).toEqual([path, 400]);
    expect(text).not.toContain("zq<");
    expect(text).not.toContain("\u202e");
  }
  expect(JSON.stringify(lines)).not.toContain("zq");
  expect((await ask(`${xref}?q=${"a".repeat(5000)}`)).status).toBe(414);
});

test("logs each request with its key, and whether a key was refused", async () => {
  const { ask, lines, keys, live } = serveCache(createTempDirectory());
  await ask(xref);
  await ask(xref, { headers: { authorization: "" } });
  await ask(xref, { headers: { authorization: "Bearer rw_live_x" } });
  await ask("/v1/nothing");
  expect(lines).toMatchObject([
    { path: xref, status: 200, keyId: keys.find(live)?.id, isKeyRefused: false },
    { status: 401, keyId: null, isKeyRefused: false },
    { status: 401, keyId: null, isKeyRefused: true },
    { status: 404, keyId: keys.find(live)?.id, isKeyRefused: false },
  ]);
});

test("takes an address and a body up to the limit, and none beyond it", async () => {
  const { ask, admin } = serveCache(createTempDirectory());
  for (const [length, status] of [
    [4096, 404],
    [4097, 414],
  ] as const) {
    const address = "/v1/nowhere".padEnd(length, "e");
    expect([length, (await ask(address)).status]).toEqual([length, status]);
  }
  for (const [length, status] of [
    [65_536, 201],
    [65_537, 413],
  ] as const) {
    const body = "{}".padEnd(length);
    for (const said of [{}, { "content-length": String(length) }]) {
      const headers = { authorization: `Bearer ${admin}`, ...said };
      const answer = await ask("/v1/admin/keys", { method: "POST", headers, body });
      expect([length, answer.status]).toEqual([length, status]);
    }
  }
});

test("sends events for GET alone, and refuses an empty list of tracks", async () => {
  const { ask, admin } = serveCache(createTempDirectory());
  const headers = { accept: "text/event-stream" };
  const types = ["GET", "HEAD"].map(async (method) =>
    (await ask("/v1/sync", { method, headers })).headers.get("content-type"),
  );
  expect(await Promise.all(types)).toEqual(["text/event-stream", "application/json; charset=utf-8"]);
  const asked = { method: "POST", headers: { authorization: `Bearer ${admin}` }, body: "\n" };
  expect((await ask("/v1/played", asked)).status).toBe(400);
});

test("answers 409 where the listening history is missing", async () => {
  const home = createTempDirectory();
  const plays = buildAlbumPlays("Can", "Tago Mago", { from: "2025-02-01T20:00:00Z" });
  await fillCache(home, { plays, history: false });
  const answer = await serveCache(home).ask("/v1/listening/recent");
  expect([answer.status, await answer.json()]).toEqual([
    409,
    { error: expect.any(String) as string, status: 409 },
  ]);
});

test("reports an unexpected failure only in the log", async () => {
  const home = await sampleHome();
  const served = serveCache(home);
  writeFileSync(
    getHomeCachePath(home),
    "not a cache at all, but long enough to be taken for one".repeat(200),
  );
  const answer = await served.ask(xref);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ error: "internal error: see the server's log", status: 500 });
  expect(served.failures).toHaveLength(1);
});
