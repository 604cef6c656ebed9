// The permissions of keys, and the order in which a request is refused.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { buildRoutes } from "../../../src/interfaces/http/routes/all-routes.ts";
import { isLoopback } from "../../../src/interfaces/http/access.ts";
import { openKeyRing } from "../../../src/interfaces/http/api-keys.ts";
import { serveCache } from "../../support/served-cache.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

const xref = "/v1/collecting/cross-reference";

function buildAuthorization(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}

async function readEnvelope(answer: Response): Promise<{ status: number; error: string }> {
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  const body = (await answer.json()) as { status: number; error: string };
  expect(Object.keys(body)).toEqual(["error", "status"]);
  expect(body.status).toBe(answer.status);
  return body;
}

test("refuses a request for its key first, then address, method, right and parameters", async () => {
  const { ask, admin } = serveCache(createTempDirectory());
  const none = { authorization: "" };
  const cases: readonly (readonly [string, RequestInit, number])[] = [
    ["/v1/nowhere", { headers: none }, 401],
    [`${xref}?sort=x`, { headers: none, method: "POST" }, 401],
    ["/v1/nowhere", {}, 404],
    ["/v1/nowhere", { method: "DELETE" }, 404],
    [`${xref}?sort=x`, { method: "POST" }, 405],
    ["/v1/admin/keys", { method: "PUT" }, 405],
    ["/v1/admin/keys?a=b", { method: "POST" }, 403],
    ["/v1/admin/keys/none", { method: "DELETE" }, 403],
    ["/v1/admin/keys/none", { method: "DELETE", headers: buildAuthorization(admin) }, 400],
    [`${xref}?sort=x`, {}, 400],
    ["/v1/admin/keys/77", { method: "DELETE", headers: buildAuthorization(admin) }, 404],
  ];
  for (const [path, init, status] of cases) {
    const answer = await ask(path, init);
    await readEnvelope(answer);
    expect([path, init.method, answer.status]).toEqual([path, init.method, status]);
    expect(answer.headers.get("allow")?.endsWith("OPTIONS") ?? false).toBe(status === 405);
    expect(answer.headers.get("www-authenticate") === "Bearer").toBe(status === 401);
  }
});

test("every route but the open ones needs a key, and a reading key opens what only reads", async () => {
  const { ask, live, keys } = serveCache(createTempDirectory());
  const { token: write } = keys.create({ name: "", kind: "write", nowUts: 1 });
  for (const { method, path, access } of buildRoutes("0")) {
    // No route has this parameter, so a request that passes the other checks is refused for it.
    const address = `${path.replaceAll(/\{\w+\}/g, "1")}?unknown=1`;
    const readStatus = async (headers: Record<string, string>): Promise<number> =>
      (await ask(address, { method: method.toUpperCase(), headers })).status;
    const statuses = [
      await readStatus({ authorization: "" }),
      await readStatus(buildAuthorization(live)),
      await readStatus(buildAuthorization(write)),
    ];
    const expected = {
      open: [400, 400, 400],
      key: [401, 400, 400],
      write: [401, 403, 400],
      admin: [401, 403, 403],
    }[access];
    expect([path, ...statuses]).toEqual([path, ...expected]);
  }
});

test("a reading key opens every question, and nothing that changes something", () => {
  const others = buildRoutes("0").flatMap(({ method, path, access }) =>
    access === "key" ? [] : [`${access} ${method} ${path}`],
  );
  expect(others).toEqual([
    "write post /v1/played",
    "open get /v1/health",
    "open get /v1/health/sync",
    "admin post /v1/sync",
    "admin post /v1/admin/sync/collecting",
    "admin post /v1/admin/sync/listening",
    "admin get /v1/admin/keys",
    "admin post /v1/admin/keys",
    "admin delete /v1/admin/keys/{id}",
    "open get /v1/openapi.json",
  ]);
});

test("only addresses and names of this machine are loopback", () => {
  const hosts = ["127.0.0.1", "127.8.9.10", "[::1]", "LocalHost", "0.0.0.0", "127.evil.example"];
  expect(hosts.map(isLoopback)).toEqual([true, true, true, true, false, false]);
});

test("accepts a key only in its exact spelling", async () => {
  const { ask, live } = serveCache(createTempDirectory());
  const wrong = [
    live,
    `Bearer ${live}a`,
    `Bearer rw_live_${"\u00e9".repeat(43)}`,
    `Bearer rw_live_${"A".repeat(43)}`,
    "Bearer",
    "Bearer ",
  ];
  for (const authorization of wrong) {
    const answer = await ask(xref, { headers: { authorization } });
    expect([authorization, answer.status]).toEqual([authorization, 401]);
    const text = await answer.text();
    expect(text).not.toContain(live);
    expect(text).toContain("this key is not accepted");
  }
  expect(await (await ask(xref, { headers: { authorization: "" } })).text()).toContain("a key is needed");
  for (const scheme of ["Bearer", "bearer", "BEARER"]) {
    expect((await ask(xref, { headers: { authorization: `${scheme} ${live}` } })).status).toBe(200);
  }
});

test("a key that was revoked elsewhere stops with the next request, and many work at once", async () => {
  const { ask, keysFile, live } = serveCache(createTempDirectory());
  const elsewhere = openKeyRing(keysFile);
  const made = Array.from(
    { length: 20 },
    () => elsewhere.create({ name: "", kind: "live", nowUts: 1 }).token,
  );
  const statuses = await Promise.all(
    made.map(async (key) => (await ask(xref, { headers: { authorization: `Bearer ${key}` } })).status),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  const id = elsewhere.find(live)?.id ?? 0;
  elsewhere.revoke(id);
  expect((await ask(xref)).status).toBe(401);
  // The noted use does not bring the key back.
  expect(
    openKeyRing(keysFile)
      .list()
      .some((key) => key.id === id),
  ).toBe(false);
});

test("the keys file holds hashes, for its owner alone, and no number twice", async () => {
  const { keys, keysFile, live, admin } = serveCache(createTempDirectory());
  const text = readFileSync(keysFile, "utf8");
  for (const key of [live, admin]) {
    expect(text).not.toContain(key);
    expect(text).not.toContain(key.slice(-20));
  }
  expect(statSync(keysFile).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(keysFile)).mode & 0o777).toBe(0o700);
  expect(keys.revoke(2)).toBe(true);
  expect(keys.create({ name: "", kind: "live", nowUts: 1 }).key.id).toBe(3);
});

test("writes the last use of a key once a minute", () => {
  const path = `${createTempDirectory()}/keys.json`;
  const ring = openKeyRing(path);
  const { key } = ring.create({ name: "", kind: "live", nowUts: 1000 });
  const recordUse = (nowUts: number): string | null | undefined => {
    ring.noteUse(key.id, nowUts);
    return openKeyRing(path).list()[0]?.last_used_at;
  };
  expect([2000, 2059, 2060, 2070].map(recordUse)).toEqual([
    "1970-01-01T00:33:20Z",
    "1970-01-01T00:33:20Z",
    "1970-01-01T00:34:20Z",
    "1970-01-01T00:34:20Z",
  ]);
});

test.each(["", "{", "[]", '{"next_id":1,"keys":[{}]}', '{"next_id":1,"keys":{}}'])(
  "accepts no key if the keys file contains %j",
  async (text) => {
    const { ask, keysFile, live } = serveCache(createTempDirectory());
    writeFileSync(keysFile, text);
    const answer = await ask(xref);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain(live);
  },
);

test("creates and revokes keys with an admin key, and shows each key once", async () => {
  const { ask, admin } = serveCache(createTempDirectory());
  const headers = { authorization: `Bearer ${admin}` };
  const body = JSON.stringify({ name: "phone", scope: "read" });
  const made = await ask("/v1/admin/keys", { method: "POST", headers, body });
  expect(made.status).toBe(201);
  const { id, key, key_hint: hint } = (await made.json()) as { id: number; key: string; key_hint: string };
  expect(hint).toBe(key.slice(-4));
  expect(key).toMatch(/^rw_live_[\w-]{43}$/);
  const asked = { headers: { authorization: `Bearer ${key}` } };
  expect((await ask(xref, asked)).status).toBe(200);
  const listed = await (await ask("/v1/admin/keys", { headers })).text();
  expect(listed).toContain('"phone"');
  expect(listed).not.toContain(key);
  expect((await ask(`/v1/admin/keys/${id}`, { method: "DELETE", headers })).status).toBe(200);
  expect((await ask(xref, asked)).status).toBe(401);
  for (const wrong of ['{"scope":"root"}', "[1]", "{", '{"name":7}', '{"name":"a\\u0000"}']) {
    expect((await ask("/v1/admin/keys", { method: "POST", headers, body: wrong })).status).toBe(400);
  }
  const requestKey = (letters: number): Promise<Response> =>
    ask("/v1/admin/keys", {
      method: "POST",
      headers,
      body: JSON.stringify({ name: "x".repeat(letters), scope: "write" }),
    });
  const longest = await requestKey(100);
  expect(longest.status).toBe(201);
  expect(await longest.json()).toMatchObject({ scope: "write", key_prefix: "rw_write_" });
  expect((await requestKey(101)).status).toBe(400);
  const large = { method: "POST", headers, body: JSON.stringify({ name: "x".repeat(100_000) }) };
  expect((await ask("/v1/admin/keys", large)).status).toBe(413);
});
