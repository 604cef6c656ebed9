// The page that a server gives, and the form in front of it.
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fillCache, buildRecord, buildAlbumPlays } from "../../support/filled-cache.ts";
import { createPageHandler } from "../../../src/interfaces/http/page-handler.ts";
import {
  createSessions,
  formatCookie,
  invitationMs,
  type NewSession,
} from "../../../src/interfaces/http/sessions.ts";
import { noon, runCli } from "../../support/run-cli.ts";
import { serveCache, type ServedCache } from "../../support/served-cache.ts";
import { createApiKey, startServer } from "../../support/start-server.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

async function createHome(): Promise<string> {
  const home = createTempDirectory();
  const plays = buildAlbumPlays("Can", "Future Days", { from: "2025-02-01T20:00:00Z", tracks: 6 });
  const records = [
    buildRecord({ artist: "Can", title: "Future Days" }),
    buildRecord({ artist: "Talk Talk", title: "Hello </script><script>alert(1)</script>" }),
  ];
  await fillCache(home, { records, plays });
  return home;
}

const visitor = { authorization: "" };

async function signIn(
  { ask }: ServedCache,
  key: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return ask("/session", {
    method: "POST",
    headers: { ...visitor, ...headers },
    body: new URLSearchParams({ key }),
  });
}

interface SignedInSession {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

function readSession(answer: Response): SignedInSession {
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return { path: answer.headers.get("location") ?? "", headers: { ...visitor, cookie } };
}

test("asks for a key once; then a cookie opens the page until the key is revoked", async () => {
  const served = serveCache(await createHome());
  const door = await served.ask("/", { headers: visitor });
  expect(door.status).toBe(401);
  expect(await door.text()).toContain('<input type="password" name="key"');
  expect(door.headers.get("www-authenticate")).toBeNull();

  const wrong = await signIn(served, 'rw_live_x"><script>');
  expect([wrong.status, wrong.headers.get("set-cookie")]).toEqual([401, null]);
  expect(await wrong.text()).not.toContain("<script>");

  const entered = await signIn(served, ` ${served.live}\n`);
  const { path, headers } = readSession(entered);
  expect([entered.status, path]).toEqual([303, expect.stringMatching(/^\/[\w-]{43}\/$/)]);
  expect(entered.headers.get("set-cookie")).not.toContain(served.live.slice(-10));

  const page = await served.ask(path, { headers });
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; .*script-src 'sha256-[^']+'; .*frame-ancestors 'none'$/,
  );
  const html = await page.text();
  expect(html).toContain("Future Days");
  expect(html.match(/<script>/g)).toHaveLength(1);
  const etag = page.headers.get("etag") ?? "";
  expect((await served.ask(path, { headers: { ...headers, "if-none-match": etag } })).status).toBe(304);
  const head = await served.ask(path, { headers, method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);

  const [{ id } = { id: 0 }] = served.keys.list();
  served.keys.revoke(id);
  expect((await served.ask(path, { headers })).status).toBe(401);
});

test("each session has a path and a cookie of its own, which only that path receives", async () => {
  const served = serveCache(await createHome());
  const entered = await signIn(served, served.live);
  const { path, headers } = readSession(entered);
  expect(entered.headers.get("set-cookie")).toBe(
    `${headers["cookie"]}; Path=${path}; Max-Age=2592000; HttpOnly; SameSite=Lax`,
  );
  const other = readSession(await signIn(served, served.live));
  expect(other.path).not.toBe(path);
  const names = [headers, other.headers].map(({ cookie }) => cookie?.split("=")[0]);
  expect(new Set(names).size).toBe(2);
  expect((await served.ask(path, { headers: other.headers })).status).toBe(401);
  expect((await served.ask("/", { headers })).status).toBe(401);
  expect((await served.ask(path, { headers })).status).toBe(200);
});

test("a session ends with its key, though another key gets the same number later", async () => {
  const served = serveCache(await createHome());
  const { path, headers } = readSession(await signIn(served, served.live));
  const [before] = served.keys.list();
  rmSync(served.keysFile);
  served.keys.create({ name: "new", kind: "live", nowUts: 1 });
  expect(served.keys.list()[0]?.id).toBe(before?.id);
  expect((await served.ask(path, { headers })).status).toBe(401);
});

test("an invitation opens one session within five minutes, a session lasts thirty days, and the oldest goes first", () => {
  const { keys, live } = serveCache(createTempDirectory());
  let nowMs = noon;
  const sessions = createSessions(keys, () => nowMs);
  const late = sessions.invite(() => {});
  nowMs += invitationMs;
  expect(sessions.accept(late)).toBeUndefined();
  let used = 0;
  const secret = sessions.invite(() => (used += 1));
  nowMs += invitationMs - 1;
  const first = sessions.accept(secret);
  expect([first !== undefined, sessions.accept(secret), used]).toEqual([true, undefined, 1]);
  const keyAt = (session: NewSession | undefined): unknown =>
    session && sessions.keyAt(session.path, formatCookie(session, false));
  const open = sessions.open(live);
  expect([keyAt(first), keyAt(open)]).toEqual([null, keys.find(live)]);
  const dayMs = 86_400_000;
  nowMs += 30 * dayMs - 1;
  expect(keyAt(first)).toBeNull();
  nowMs += 1;
  expect([keyAt(first), keyAt(open)]).toEqual([undefined, undefined]);
  const many = Array.from({ length: 1001 }, () => sessions.open(live));
  expect([keyAt(many[0]), keyAt(many[1])]).toEqual([undefined, keys.find(live)]);
});

test("answers other requests while a page is rendered", async () => {
  const home = await createHome();
  const { live, keys } = serveCache(home);
  const sessions = createSessions(keys, () => noon);
  const served = serveCache(home, {
    handlePage: createPageHandler({ sessions, version: "0.0.0-test", render: () => new Promise(() => {}) }),
  });
  const { path, headers } = readSession(await signIn(served, live));
  void served.ask(path, { headers });
  expect((await served.ask("/v1/collecting/vinyl")).status).toBe(200);
});

test("a session opens the page alone, and changes nothing", async () => {
  const served = serveCache(await createHome());
  const { path: page, headers } = readSession(await signIn(served, served.admin));
  for (const [path, method] of [
    ["/v1/collecting/cross-reference", "GET"],
    ["/v1/admin/keys", "GET"],
    ["/v1/admin/keys", "POST"],
    ["/v1/sync", "POST"],
  ] as const) {
    expect([path, (await served.ask(path, { method, headers })).status]).toEqual([path, 401]);
  }
  expect((await served.ask(page, { method: "POST", headers })).status).toBe(405);
  for (const method of ["DELETE", "HEAD"])
    expect((await served.ask("/session", { method, headers })).status).toBe(405);
});

test("takes a key only from its own page, under its own name, and of limited length", async () => {
  const served = serveCache(await createHome());
  expect((await signIn(served, served.live, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  for (const site of ["same-origin", "none"])
    expect((await signIn(served, served.live, { "sec-fetch-site": site })).status).toBe(303);
  expect((await signIn(served, served.live, { host: "evil.example" })).status).toBe(403);
  expect(
    (await signIn(served, served.live, { "x-forwarded-proto": "https" })).headers.get("set-cookie"),
  ).toMatch(/; Secure$/);
  expect((await signIn(served, "x".repeat(100_000))).status).toBe(413);
  const path = `/${"a".repeat(43)}/`;
  const cookie = `rewind_aaaaaaaa=${"a".repeat(43)}`;
  expect((await served.ask(path, { headers: { ...visitor, cookie } })).status).toBe(401);
});

test("searches, filters and sorts on the server without a script", async () => {
  const served = serveCache(await createHome());
  const { path, headers } = readSession(await signIn(served, served.live));
  const readWall = async (query: string): Promise<string> =>
    (await served.ask(`${path}${query}`, { headers })).text();
  expect((await readWall("?words=future")).match(/<li class="l\d /g)).toHaveLength(1);
  expect(await readWall("?filter=unlistened")).toContain("Hello &lt;/script&gt;");
  expect(await readWall("?sort=title&words=%22%3E%3Cscript%3E")).toContain(
    'value="&quot;&gt;&lt;script&gt;"',
  );
  expect(await readWall(`?words=${"z".repeat(201)}`)).toMatch(/"z{200}"/);
  for (const query of ["?sort=x", "?filter=never", "?other=1", "?words=a&words=b"]) {
    expect([query, (await served.ask(`${path}${query}`, { headers })).status]).toEqual([query, 400]);
  }
});

test.each([
  ["future days", "yes", "You own it.", "Future Days"],
  ["futur day", "maybe", "", "Future Days"],
  ["<b>nothing</b>", "no", "No record is called &quot;&lt;b&gt;nothing&lt;/b&gt;&quot;.", ""],
])("answers whether %s is on the shelf: %s", async (words, verdict, sentence, title) => {
  const served = serveCache(await createHome());
  const { path, headers } = readSession(await signIn(served, served.live));
  const search = `${path}?words=${encodeURIComponent(words)}`;
  const part = await served.ask(`${search}&part=answer`, { headers });
  expect([part.status, part.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  const answer = await part.text();
  expect(answer).toContain(`<p class="verdict ${verdict}"><strong>${verdict.toUpperCase()}</strong>`);
  for (const text of [sentence, title]) expect(answer).toContain(text);
  // The form sends the words for the whole page if there is no script.
  const page = await (await served.ask(search, { headers })).text();
  expect(page).toContain(`<div id="answer" aria-live="polite">${answer}</div>`);
  expect((await served.ask(`${search}&part=answer`, { headers: visitor })).status).toBe(401);
});

test("before the first sync, the page says that no record is known", async () => {
  const served = serveCache(createTempDirectory());
  const { path, headers } = readSession(await signIn(served, served.live));
  for (const query of ["?words=can", "?words=can&part=answer"]) {
    const answer = await served.ask(`${path}${query}`, { headers });
    expect([answer.status, served.failures]).toEqual([200, []]);
    expect(await answer.text()).toContain("Your records are not known yet. Run: rewind sync");
  }
});

test("--open shows the page by a private file, which leads to a link that opens once", async () => {
  const home = await createHome();
  await createApiKey(home);
  const opened: string[] = [];
  const running = await startServer(["--open"], { home, openPage: (address) => opened.push(address) > 0 });
  // Every user of the machine can read what a browser is started with.
  const [address = ""] = opened;
  expect(address).toMatch(/^file:\/\/.*\/open-[^/]+\.html$/);
  const file = fileURLToPath(address);
  expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
  const [, link = ""] = /url=([^"]+)"/.exec(readFileSync(file, "utf8")) ?? [];
  expect(link.startsWith(`${running.address}/session?once=`)).toBe(true);
  const first = await fetch(link, { redirect: "manual" });
  const { path, headers } = readSession(first);
  expect(first.status).toBe(303);
  expect(existsSync(file)).toBe(false);
  const page = await fetch(`${running.address}${path}`, { headers });
  expect([page.status, (await page.text()).includes("Future Days")]).toEqual([200, true]);
  expect((await fetch(link, { redirect: "manual" })).status).toBe(401);
  const { stderr } = await running.stop();
  expect(stderr).not.toContain(link.slice(-20));
  expect(stderr).not.toContain(path);
  expect(stderr).toContain("/session");
  expect((await runCli(["serve", "--help"])).stdout).toContain("--open");
});

test("a link that nobody opened is gone when the server ends", async () => {
  const home = await createHome();
  const opened: string[] = [];
  const running = await startServer(["--open"], { home, openPage: (address) => opened.push(address) > 0 });
  await running.stop();
  expect(existsSync(fileURLToPath(opened[0] ?? ""))).toBe(false);
});

function encodeEveryCharacter(text: string): string {
  return text.replaceAll(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}

test("no key is in the log, however its path is encoded", async () => {
  const home = await createHome();
  const key = await createApiKey(home);
  const running = await startServer([], { home });
  for (const path of [
    key,
    encodeEveryCharacter(key),
    encodeEveryCharacter(encodeEveryCharacter(key)),
    `${"x".repeat(180)}${key}`,
    `%zz${encodeEveryCharacter(key)}`,
  ]) {
    await fetch(`${running.address}/v1/${path}`);
  }
  const { stderr } = await running.stop();
  expect(stderr).toContain("/v1/rw_…");
  for (const text of [
    key,
    key.slice(0, 20),
    encodeEveryCharacter(key),
    encodeEveryCharacter(key).slice(0, 40),
  ]) {
    expect(stderr).not.toContain(text);
  }
  expect(stderr).not.toContain("%2572");
});
