import { EventEmitter, once } from "node:events";
import { expect, test } from "vitest";
import { buildRoutes } from "../../src/interfaces/http/routes/all-routes.ts";
import { createApiKey } from "../support/start-server.ts";
import { requireError, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

async function startPhoneServer(home: string) {
  const signals = new EventEmitter();
  const shown = new EventEmitter();
  const link = once(shown, "link");
  const ended = runCli(["serve", "--phone", "--host", "127.0.0.1", "--port", "0"], {
    home,
    signals,
    onOutput: (text) => {
      const [found] = /http:\S+\/session\?once=[\w-]+/.exec(text) ?? [];
      if (found !== undefined) shown.emit("link", found);
    },
  });
  const [address] = (await link) as [string];
  return { link: address, origin: new URL(address).origin, signals, ended };
}

test("opens the page once by the link, and nothing else without it", async () => {
  const home = await sampleHome();
  const key = await createApiKey(home, "--admin");
  const { link, origin, signals, ended } = await startPhoneServer(home);
  const readStatus = async (path: string, init: RequestInit = {}): Promise<number> =>
    (await fetch(origin + path, { redirect: "manual", ...init })).status;
  const paths = [...buildRoutes("0").map(({ path }) => path), "/", "/1/validate-token", "/1/submit-listens"];
  for (const path of paths) {
    expect([path, await readStatus(path), await readStatus(path, { method: "POST" })]).toEqual([
      path,
      401,
      path === "/" ? 405 : 401,
    ]);
  }
  const json = { headers: { accept: "application/json" } };
  expect(await readStatus("/", json)).toBe(401);
  expect(await readStatus("/session", { method: "POST", body: `key=${key}` })).toBe(405);
  expect(await readStatus("/v1/health", { headers: { authorization: `Bearer ${key}` } })).toBe(404);

  const signIn = await fetch(link, { redirect: "manual" });
  expect(signIn.status).toBe(303);
  const page = signIn.headers.get("location") ?? "";
  const cookie = signIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const answer = await fetch(`${origin}${page}?words=kind+of+blue`, { headers: { cookie } });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("Kind Of Blue")]);
  expect(await readStatus(page)).toBe(401);
  expect(await readStatus("/v1/health", { headers: { cookie } })).toBe(401);
  const again = await fetch(link);
  expect([again.status, await again.text()]).toEqual([
    401,
    expect.stringContaining("Make another: rewind serve --phone"),
  ]);

  signals.emit("SIGINT");
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain("Open this address on your phone. It works once, within 5 minutes.\n");
  expect(stderr).toContain("A phone has signed in.");
  expect(stderr).not.toContain(new URL(link).search);
});

test.each(["0.0.0.0", "203.0.113.9", "example.org"])(
  "refuses to show a phone the address %s",
  async (host) => {
    const result = await runCli(["serve", "--phone", "--host", host], { home: await sampleHome() });
    expect(requireError(result, 2)).toContain(`not on "${host}"\nLeave out --host`);
  },
);
