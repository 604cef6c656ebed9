// The page at the server's own address, and the door before it.
import { expect, test } from "vitest";
import { fillCache, record, sitting } from "../../support/filled-cache.ts";
import { runCli } from "../../support/run-cli.ts";
import { servedCache, type Served } from "../../support/served-cache.ts";
import { newKey, serving } from "../../support/serving.ts";
import { tempDirectory } from "../../support/temp.ts";

async function shelf(): Promise<string> {
  const home = tempDirectory();
  const plays = sitting("Can", "Future Days", { from: "2025-02-01T20:00:00Z", tracks: 6 });
  const records = [
    record({ artist: "Can", title: "Future Days" }),
    record({ artist: "Talk Talk", title: "Hello </script><script>alert(1)</script>" }),
  ];
  await fillCache(home, { records, plays });
  return home;
}

const visitor = { authorization: "" };

async function signIn({ ask }: Served, key: string, headers: Record<string, string> = {}): Promise<Response> {
  return ask("/session", {
    method: "POST",
    headers: { ...visitor, ...headers },
    body: new URLSearchParams({ key }),
  });
}

function cookieIn(answer: Response): string {
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

test("asks for a key once; then a random number opens the page, until the key is revoked", async () => {
  const served = servedCache(await shelf());
  const door = await served.ask("/", { headers: visitor });
  expect(door.status).toBe(401);
  expect(await door.text()).toContain('<input type="password" name="key"');
  expect(door.headers.get("www-authenticate")).toBeNull();

  const wrong = await signIn(served, 'rw_live_x"><script>');
  expect([wrong.status, wrong.headers.get("set-cookie")]).toEqual([401, null]);
  expect(await wrong.text()).not.toContain("<script>");

  const entered = await signIn(served, ` ${served.live}\n`);
  expect([entered.status, entered.headers.get("location")]).toEqual([303, "/"]);
  const cookie = cookieIn(entered);
  expect(entered.headers.get("set-cookie")).toMatch(
    /^rewind_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/,
  );
  expect(cookie).not.toContain(served.live.slice(-10));

  const headers = { ...visitor, cookie };
  const page = await served.ask("/", { headers });
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; .*script-src 'sha256-[^']+'; .*frame-ancestors 'none'$/,
  );
  const html = await page.text();
  expect(html).toContain("Future Days");
  expect(html.match(/<script>/g)).toHaveLength(1);
  const etag = page.headers.get("etag") ?? "";
  expect((await served.ask("/", { headers: { ...headers, "if-none-match": etag } })).status).toBe(304);
  const head = await served.ask("/", { headers, method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);

  const [{ id } = { id: 0 }] = served.keys.list();
  served.keys.revoke(id);
  expect((await served.ask("/", { headers })).status).toBe(401);
});

test("what opens the page opens nothing else, and changes nothing", async () => {
  const served = servedCache(await shelf());
  const headers = { ...visitor, cookie: cookieIn(await signIn(served, served.admin)) };
  for (const [path, method] of [
    ["/v1/collecting/cross-reference", "GET"],
    ["/v1/admin/keys", "GET"],
    ["/v1/admin/keys", "POST"],
    ["/v1/sync", "POST"],
  ] as const) {
    expect([path, (await served.ask(path, { method, headers })).status]).toEqual([path, 401]);
  }
  expect((await served.ask("/", { method: "POST", headers })).status).toBe(405);
  expect((await served.ask("/session", { method: "DELETE", headers })).status).toBe(405);
});

test("a key is taken from the server's own page alone, by its own name, and no longer than it may be", async () => {
  const served = servedCache(await shelf());
  expect((await signIn(served, served.live, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await signIn(served, served.live, { host: "evil.example" })).status).toBe(403);
  expect(
    (await signIn(served, served.live, { "x-forwarded-proto": "https" })).headers.get("set-cookie"),
  ).toMatch(/; Secure$/);
  expect((await signIn(served, "x".repeat(100_000))).status).toBe(413);
  expect(
    (await served.ask("/", { headers: { ...visitor, cookie: `rewind_session=${"a".repeat(43)}` } })).status,
  ).toBe(401);
});

test("without a script the server itself hangs up what is asked for", async () => {
  const served = servedCache(await shelf());
  const headers = { ...visitor, cookie: cookieIn(await signIn(served, served.live)) };
  const wall = async (query: string): Promise<string> => (await served.ask(`/${query}`, { headers })).text();
  expect((await wall("?words=future")).match(/<li class="l\d /g)).toHaveLength(1);
  expect(await wall("?filter=unlistened")).toContain("Hello &lt;/script&gt;");
  expect(await wall("?sort=title&words=%22%3E%3Cscript%3E")).toContain('value="&quot;&gt;&lt;script&gt;"');
  for (const query of ["?sort=x", "?filter=never", "?other=1", "?words=a&words=b"]) {
    expect([query, (await served.ask(`/${query}`, { headers })).status]).toEqual([query, 400]);
  }
});

test("a cache without anything in it, and one that is not there, answer like any question", async () => {
  const served = servedCache(tempDirectory());
  const headers = { ...visitor, cookie: cookieIn(await signIn(served, served.live)) };
  const answer = await served.ask("/", { headers });
  expect([answer.status, served.failures]).toEqual([200, []]);
});

test("--open shows the page by a link that opens once", async () => {
  const home = await shelf();
  await newKey(home);
  const opened: string[] = [];
  const running = await serving(["--open"], { home, openPage: (address) => opened.push(address) > 0 });
  const [link = ""] = opened;
  expect(link.startsWith(`${running.address}/session?once=`)).toBe(true);
  const first = await fetch(link, { redirect: "manual" });
  expect([first.status, first.headers.get("location")]).toEqual([303, "/"]);
  const page = await fetch(`${running.address}/`, { headers: { cookie: cookieIn(first) } });
  expect([page.status, (await page.text()).includes("Future Days")]).toEqual([200, true]);
  expect((await fetch(link, { redirect: "manual" })).status).toBe(401);
  const { stderr } = await running.stop();
  expect(stderr).not.toContain(link.slice(-20));
  expect(stderr).toContain("/session");
  expect((await runCli(["serve", "--help"])).stdout).toContain("--open");
});
