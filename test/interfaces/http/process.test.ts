// `rewind serve` as a process, whose syncs are processes of their own: what only real ones can show.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { once, EventEmitter } from "node:events";
import type { ChildProcess } from "node:child_process";
import { expect, test } from "vitest";
import { createCliFixture, expectNoSecret } from "../../support/cli-fixture.ts";
import { hang } from "../../support/response-faults.ts";
import { runProcess } from "../../support/run-process.ts";
import { createApiKey } from "../../support/start-server.ts";

/** Linux tells of processes in files. */
const hasProc = existsSync("/proc/self/cmdline");

function listChildren(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && readParent(name) === pid)
    .map(Number);
}

/** The second word behind the name, which stands in parentheses; undefined of what has ended meanwhile. */
function readParent(pid: string): number | undefined {
  try {
    const [, parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return Number(parent);
  } catch {
    return undefined;
  }
}

test.runIf(hasProc)(
  "reports a killed sync as failed, keeps answering, and shows no secret in a process's command line",
  async () => {
    const { home, env, discogs, worlds } = await createCliFixture();
    const admin = await createApiKey(home, "--admin");
    discogs.behaviour.clock = null;
    const asked = new EventEmitter();
    discogs.behaviour.onRequest = () => {
      asked.emit("request");
      return hang;
    };
    const listening = new EventEmitter();
    let server: ChildProcess | undefined;
    const ended = runProcess(["serve", "--port", "0"], {
      home,
      env,
      onStart: (child) => (server = child),
      onOutput: (text) => {
        const [, port] = /^Listening on [^ ]+:(\d+)\/v1/m.exec(text) ?? [];
        if (port !== undefined) listening.emit("port", port);
      },
    });
    const [port] = (await once(listening, "port")) as [string];
    const fetchAnswer = async (path: string, method = "GET"): Promise<{ status: number; body: unknown }> => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { authorization: `Bearer ${admin}` },
      });
      return { status: answer.status, body: await answer.json() };
    };
    const serverPid = server?.pid ?? 0;

    const reached = once(asked, "request");
    const waiting = fetchAnswer("/v1/admin/sync/collecting", "POST");
    await reached;
    const [child = 0] = listChildren(serverPid);
    for (const pid of [serverPid, child]) {
      const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      expect(line).toContain("rewind");
      for (const secret of [worlds.discogs.token, worlds.lastfm.apiKey, admin])
        expect(line).not.toContain(secret);
    }
    expect(await fetchAnswer("/v1/sync", "POST")).toMatchObject({ status: 409 });
    // One who follows it and hangs up.
    const follower = new AbortController();
    const followed = await fetch(`http://127.0.0.1:${port}/v1/sync`, {
      headers: { authorization: `Bearer ${admin}`, accept: "text/event-stream" },
      signal: follower.signal,
    });
    await followed.body?.getReader().read();
    follower.abort();
    expect(await fetchAnswer("/v1/collecting/cross-reference")).toMatchObject({ status: 200 });
    process.kill(child, "SIGKILL");
    expect(await waiting).toMatchObject({ status: 500 });
    expect(await fetchAnswer("/v1/sync")).toMatchObject({
      body: {
        syncing: false,
        run: { status: "failed", error: expect.stringMatching(/was killed or crashed/) },
      },
    });

    const again = once(asked, "request");
    const cut = fetchAnswer("/v1/admin/sync/collecting", "POST");
    await again;
    const [second = 0] = listChildren(serverPid);
    expect(second).not.toBe(child);
    server?.kill("SIGTERM");
    expect(await cut).toMatchObject({ status: 503 });
    const result = await ended;
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code: 0, stdout: "" });
    // A line each: what is answered, the syncs, and how it begins.
    const line =
      /^(?:Listening on |\S+Z (?:\d{3} [A-Z]+ \/|sync of collecting (?:started|failed: |interrupted: )))/;
    expect(result.stderr.split("\n").filter((each) => each !== "" && !line.test(each))).toEqual([]);
    expect(() => process.kill(second, 0)).toThrow("ESRCH");
    expectNoSecret([worlds.discogs.token, worlds.lastfm.apiKey, admin], result, home);
  },
);
