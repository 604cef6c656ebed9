// The server as a person starts it, over real sockets, and the keys that programs send to it.
import { expect, test } from "vitest";
import { mkdirSync, rmSync, truncateSync } from "node:fs";
import { getKeysPath, getSettingsPath } from "../../src/host/paths.ts";
import { getHomeCachePath } from "../support/filled-cache.ts";
import { requireError, buildHomeEnv, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createApiKey, startServer } from "../support/start-server.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

test("a program gets the same answers over HTTP, and the log has no key", async () => {
  const home = await sampleHome();
  const key = await createApiKey(home, "--name", "dashboard");
  const { address, stop } = await startServer([], { home });
  const fetchWithKey = (path: string): Promise<Response> =>
    fetch(address + path, { headers: { authorization: `Bearer ${key}` } });
  for (const [path, line] of [
    ["cross-reference", "xref"],
    ["cross-reference?filter=unlistened", "xref --filter unlistened"],
    ["cross-reference?genre=Jazz&genre=Rock&year=1970s", "xref --genre Jazz --genre Rock --year 1970s"],
    ["cross-reference?never&kind=album&sort=artist-plays", "xref --never --kind album --sort artist-plays"],
    ["gaps?limit=3&sort=artist", "gaps --limit 3 --sort artist"],
    ["dusty?spins=1..&idle=90d", "dusty --spins 1.. --idle 90d"],
    ["pick?seed=4&number=3", "pick --seed 4 -n 3"],
    ["explain/5", "explain 5"],
  ] as const) {
    const { stdout } = await runCli([...line.split(" "), "--json"], { home });
    const answer = await fetchWithKey(`/v1/collecting/${path}`);
    expect([path, JSON.stringify(await answer.json())]).toEqual([path, JSON.stringify(JSON.parse(stdout))]);
  }
  expect((await fetch(`${address}/v1/collecting/gaps?key=${key}`)).status).toBe(401);
  expect((await fetch(`${address}/v1/${key}`)).status).toBe(401);
  const wrong = { authorization: `Bearer ${key}x` };
  expect((await fetch(`${address}/v1/collecting/dusty`, { headers: wrong })).status).toBe(401);
  const { code, stdout, stderr } = await stop();
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toMatch(/^\S+Z 200 GET \/v1\/collecting\/cross-reference \d+ ms, key 1$/m);
  expect(stderr).toMatch(/^\S+Z 401 GET \/v1\/collecting\/gaps \d+ ms, no key$/m);
  expect(stderr).toMatch(/^\S+Z 401 GET \/v1\/collecting\/dusty \d+ ms, key refused$/m);
  expect(stderr).not.toContain(key.slice("rw_live_".length));
});

test("other addresses need a key, and print a warning", async () => {
  const home = createTempDirectory();
  expect(requireError(await runCli(["serve", "--port", "0", "--host", "0.0.0.0"], { home }), 2)).toMatch(
    /no key exists yet[^\n]*\nCreate one first: rewind keys create\n$/,
  );
  await createApiKey(home);
  expect(requireError(await runCli(["serve", "--host", "203.0.113.1"], { home }), 1)).toMatch(
    /this machine has no such address\nLeave out --host /,
  );
  const { stop } = await startServer(["--host", "0.0.0.0"], { home });
  expect((await stop()).stderr).toContain("use a reverse proxy with TLS");
});

test.each([
  [["--cors", "example.org"], "--cors takes an origin"],
  [["--cors", "https://example.org/page"], "--cors takes an origin"],
  [["--port", "65536"], "--port takes a whole number from 0 to 65535"],
  [["--rate-limit", "-1"], "--rate-limit takes a whole number"],
] as const)("rewind serve %j says what would be right", async (argv, message) => {
  const { code, stderr } = await runCli(["serve", ...argv], { home: createTempDirectory() });
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});

test("a port in use is reported", async () => {
  const home = createTempDirectory();
  const { port, stop } = await startServer([], { home });
  const { code, stderr } = await runCli(["serve", "--port", String(port)], { home });
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("the port is already in use"),
  });
  await stop();
});

test("keys are listed without their secrets and revoked by number or name", async () => {
  const home = createTempDirectory();
  expect((await runCli(["keys"], { home, tty: true })).stdout).toContain("No keys yet");
  const key = await createApiKey(home, "--name", "phone");
  const { stdout: made } = await runCli(["keys", "create", "--admin", "--json"], { home });
  expect(JSON.parse(made)).toMatchObject({
    id: 2,
    name: "",
    kind: "admin",
    key: expect.stringMatching(/^rw_admin_/),
  });
  const { stdout } = await runCli(["keys", "--json"], { home });
  expect(stdout).not.toContain(key);
  expect(JSON.parse(stdout)).toMatchObject({
    keys: [{ name: "phone", kind: "live", last_used_at: null }, { id: 2 }],
  });
  expect((await runCli(["keys", "revoke", "phone"], { home })).stdout).toContain("Revoked key 1 (phone)");
  expect((await runCli(["keys", "revoke", "1"], { home })).code).toBe(2);
  expect((await runCli(["keys", "revoke", "2", "--json"], { home })).code).toBe(0);
  expect(JSON.parse((await runCli(["keys", "list", "--json"], { home })).stdout)).toEqual({ keys: [] });
});

test("if the key file can't be written, the server says so and keeps answering", async () => {
  const home = await sampleHome();
  const key = await createApiKey(home);
  const lock = `${getKeysPath(getSettingsPath(buildHomeEnv(home), "linux"))}.lock`;
  rmSync(lock);
  mkdirSync(lock);
  const { code, stderr } = await runCli(["keys", "create"], { home });
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^rewind: .*keys\.json\.lock/),
  });
  const { address, stop } = await startServer([], { home });
  const headers = { authorization: `Bearer ${key}` };
  expect((await fetch(`${address}/v1/collecting/stats`, { headers })).status).toBe(200);
  const ended = await stop();
  expect(ended.code).toBe(0);
  expect(ended.stderr).toMatch(/^rewind: .*keys\.json\.lock/m);
  expect(ended.stderr).not.toMatch(/^ +at /m);
});

test("damage to the cache is an error of the server, which its log explains", async () => {
  const home = await sampleHome();
  const key = await createApiKey(home);
  const { address, stop } = await startServer([], { home });
  truncateSync(getHomeCachePath(home), 40_000);
  const answer = await fetch(`${address}/v1/collecting/stats`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(answer.status).toBe(500);
  expect((await stop()).stderr).toMatch(/^rewind: the cache \S+ is damaged$/m);
});
