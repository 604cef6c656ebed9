// A sync in a process of its own, which may be killed on the way.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { SyncOptions } from "../../src/sync/whole-sync.ts";
import { waitRealTime } from "../support/real-time.ts";
import { startMs, type SyncFixture } from "./fixture.ts";

const typescript = new URL("../../tools/typescript.mjs", import.meta.url).href;
const child = fileURLToPath(new URL("sync-child.mjs", import.meta.url));

interface Access {
  readonly secret: string;
  readonly url?: string;
}

interface ChildOptions {
  readonly settings: Readonly<Record<"collection" | "listening", Access>> & { readonly listens?: Access };
  readonly accounts: SyncOptions["accounts"];
  readonly only: SyncOptions["only"];
  readonly path: string;
  readonly nowMs: number;
}

export function startChild(options: ChildOptions) {
  const running = spawn(process.execPath, ["--import", typescript, child, JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  running.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  return {
    kill: () => running.kill("SIGKILL"),
    /** The code is null if it was killed. */
    ended: new Promise<{ readonly code: number | null; readonly stderr: string }>((resolve) => {
      running.on("close", (code) => resolve({ code, stderr }));
    }),
  };
}

/** Runs a sync of the cache at `path` against the stand-ins of a bench. */
export function startSync(
  fixture: SyncFixture,
  path: string,
  nowMs = startMs,
): ReturnType<typeof startChild> {
  const { discogs, discogsServer, lastfm, lastfmServer } = fixture;
  return startChild({
    settings: {
      collection: { secret: discogs.token, url: discogsServer.url },
      listening: { secret: lastfm.apiKey, url: lastfmServer.url },
    },
    accounts: { collection: null, listening: lastfm.listener.name },
    only: null,
    path,
    nowMs,
  });
}

/** Kills a sync after a number of requests and some milliseconds, if it lives that long. */
export async function runAndKill(
  fixture: SyncFixture,
  path: string,
  nowMs: number,
  after: { requests: number; ms: number } | null,
): Promise<{ readonly killed: boolean }> {
  const { kill, ended } = startSync(fixture, path, nowMs);
  let seen = 0;
  const countRequest = async (): Promise<void> => {
    seen += 1;
    if (after && seen === after.requests) void waitRealTime(after.ms).then(kill);
    // Spreads the moments of the kills; which one it is decides nothing.
    await waitRealTime(2);
  };
  fixture.discogsServer.behaviour.onRequest = countRequest;
  fixture.lastfmServer.behaviour.onRequest = countRequest;
  const { code, stderr } = await ended;
  fixture.discogsServer.behaviour.onRequest = null;
  fixture.lastfmServer.behaviour.onRequest = null;
  if (code !== null && code !== 0) throw new Error(`the sync failed by itself: ${stderr}`);
  return { killed: code === null };
}
