// How an answer is sent: under which names, how long it holds, how often one may ask.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { routesOf } from "../../../src/doors/http/routes/all-routes.ts";
import { cacheIn } from "../../support/filled-cache.ts";
import { noon } from "../../support/run-cli.ts";
import { sampleHome } from "../../support/sample-home.ts";
import { servedCache } from "../../support/served-cache.ts";
import { tempDirectory } from "../../support/temp.ts";

const xref = "/v1/collecting/cross-reference";

test("before anything is synced, lists are empty", async () => {
  const { json } = servedCache(tempDirectory());
  expect(await json(`${xref}?genre=Jazz`)).toEqual({
    data: [],
    summary: { total_matches: 0, listen_rate: 0, unlistened_count: 0 },
    pagination: { page: 1, limit: 20, total: 0, total_pages: 0 },
  });
});

test("an answer that is known is not sent again, until the question changes", async () => {
  const { ask } = servedCache(await sampleHome());
  const first = await ask(xref);
  const etag = first.headers.get("etag") ?? "";
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  const again = (tag: string, path = xref): Promise<Response> =>
    ask(path, { headers: { "if-none-match": tag } });
  for (const tag of [etag, etag.replace("W/", ""), `"x", ${etag}`, "*"]) {
    const answer = await again(tag);
    expect([tag, answer.status, await answer.text()]).toEqual([tag, 304, ""]);
    expect(answer.headers.get("etag")).toBe(etag);
  }
  expect((await again('"x"')).status).toBe(200);
  expect((await again(etag, `${xref}?page=2`)).status).toBe(200);
  // The question is the same however it is written.
  expect((await again(etag, `${xref}?limit=20`)).status).toBe(304);
});

const unlasting = [
  "/v1/collecting/pick",
  "/v1/listening/now-playing",
  "/v1/health",
  "/v1/health/sync",
  "/v1/openapi.json",
  "/v1/sync",
  "/v1/admin/keys",
];

test("what doesn't hang on the moment has an ETag, and is the same all day", async () => {
  const home = await sampleHome();
  const early = servedCache(home, { nowMs: () => noon });
  const late = servedCache(home, { nowMs: () => noon + 3 * 3_600_000 });
  const paths = routesOf("0").flatMap(({ method, path }) =>
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
    expect([path, etag === null]).toEqual([path, unlasting.includes(path)]);
    if (etag === null) continue;
    if (path === "/v1/listening/stats") continue;
    expect([path, second?.headers.get("etag")]).toEqual([path, etag]);
    expect([path, await second?.text()]).toEqual([path, await first?.text()]);
  }
});

test("an answer that hangs on the day is made anew on another day", async () => {
  let nowMs = noon;
  const { ask } = servedCache(await sampleHome(), { nowMs: () => nowMs });
  const etag = async (): Promise<string | null> => (await ask("/v1/listening/stats")).headers.get("etag");
  const first = await etag();
  expect(await etag()).toBe(first);
  nowMs += 400 * 86_400_000;
  expect(await etag()).not.toBe(first);
});

test("a cache that is replaced, removed or put back is answered from as it is", async () => {
  const home = await sampleHome();
  const { json } = servedCache(home);
  const path = cacheIn(home);
  const total = async (): Promise<number> =>
    ((await json(xref)) as { pagination: { total: number } }).pagination.total;
  const before = await total();
  const bytes = readFileSync(path);
  for (const name of ["", "-wal", "-shm"]) rmSync(path + name, { force: true });
  expect(await total()).toBe(0);
  writeFileSync(path, bytes);
  expect(await total()).toBe(before);
});

test("only the server's own names are answered to", async () => {
  const { ask } = servedCache(tempDirectory(), { allowedHosts: ["music.home"] });
  const statusFor = async (host: string): Promise<number> => (await ask(xref, { headers: { host } })).status;
  for (const host of [
    "localhost:8787",
    "127.0.0.1",
    "[::1]:8787",
    "192.168.1.7:8787",
    "Music.Home",
    "a.localhost",
  ]) {
    expect([host, await statusFor(host)]).toEqual([host, 200]);
  }
  for (const host of [
    "evil.example",
    "localhost.evil.example",
    "music.home.evil.example",
    "127.0.0.1.nip.io",
    "a b",
    "x:y:z",
  ]) {
    expect([host, await statusFor(host)]).toEqual([host, 403]);
  }
});

test("so many requests a minute and key, and the answers say how many are left", async () => {
  let nowMs = noon;
  const { ask, admin } = servedCache(tempDirectory(), { rateLimit: 2, nowMs: () => nowMs });
  const first = await ask(xref);
  expect([first.headers.get("x-ratelimit-limit"), first.headers.get("x-ratelimit-remaining")]).toEqual([
    "2",
    "1",
  ]);
  expect(Number(first.headers.get("x-ratelimit-reset"))).toBe(noon / 1000 + 60);
  expect((await ask("/v1/nowhere")).headers.get("x-ratelimit-remaining")).toBe("0");
  nowMs += 20_000;
  const refused = await ask(xref);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "40"]);
  expect((await ask(xref, { headers: { authorization: `Bearer ${admin}` } })).status).toBe(200);
  nowMs += 40_000;
  expect((await ask(xref)).status).toBe(200);
});

test("pages of one origin may ask, and say so before they send a key", async () => {
  const origin = "https://dash.example";
  const { ask } = servedCache(tempDirectory(), { cors: origin });
  const asked = async (from: string, method: string): Promise<Response> =>
    ask(xref, { method, headers: { origin: from, authorization: "" } });
  const preflight = await asked(origin, "OPTIONS");
  expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, origin]);
  expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization");
  expect((await asked(origin, "GET")).headers.get("access-control-allow-origin")).toBe(origin);
  expect(
    (await asked("https://evil.example", "OPTIONS")).headers.get("access-control-allow-origin"),
  ).toBeNull();
  const closed = await servedCache(tempDirectory()).ask(xref, { headers: { origin } });
  expect(closed.headers.get("access-control-allow-origin")).toBeNull();
});

test("an answer is compressed for who asks for it, and is the same", async () => {
  const { ask } = servedCache(await sampleHome());
  const plain = await (await ask(xref)).text();
  const packed = await ask(xref, { headers: { "accept-encoding": "gzip" } });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  expect(packed.headers.get("vary")).toContain("Accept-Encoding");
  expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(plain);
});

test("nothing that was sent comes back, in no refusal and no line of the log", async () => {
  const { ask, lines } = servedCache(await sampleHome());
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

test("a failure that nobody foresaw is told in the log alone", async () => {
  const home = await sampleHome();
  const served = servedCache(home);
  writeFileSync(cacheIn(home), "not a cache at all, but long enough to be taken for one".repeat(200));
  const answer = await served.ask(xref);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ error: "internal error: see the server's log", status: 500 });
  expect(served.failures).toHaveLength(1);
});
