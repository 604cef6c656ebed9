// A sync in a process of its own, killed on the way.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { realPause } from "../support/real-time.ts";
import type { Bench } from "./bench.ts";

const child = fileURLToPath(new URL("sync-child.mjs", import.meta.url));

/** Runs a sync of `path` and kills it after a number of requests and some milliseconds, if it lives that long. */
export async function runAndKill(
  bench: Bench,
  path: string,
  nowMs: number,
  after: { requests: number; ms: number } | null,
  asked: { readonly tracklists?: boolean } = {},
): Promise<{ readonly killed: boolean }> {
  const options = {
    token: bench.discogs.token,
    apiKey: bench.lastfm.apiKey,
    user: bench.lastfm.listener.name,
    discogsUrl: bench.discogsServer.url,
    lastfmUrl: bench.lastfmServer.url,
    path,
    nowMs,
    ...asked,
  };
  const running = spawn(process.execPath, [child, JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  running.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  const ended = new Promise<boolean>((resolve, reject) => {
    running.on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`the sync failed by itself: ${stderr}`));
    });
  });
  let seen = 0;
  const count = async (): Promise<void> => {
    seen += 1;
    if (after && seen === after.requests) void realPause(after.ms).then(() => running.kill("SIGKILL"));
    // Spreads the moments of the kills; which one it is decides nothing.
    await realPause(2);
  };
  bench.discogsServer.behaviour.onRequest = count;
  bench.lastfmServer.behaviour.onRequest = count;
  try {
    return { killed: await ended };
  } finally {
    bench.discogsServer.behaviour.onRequest = null;
    bench.lastfmServer.behaviour.onRequest = null;
  }
}
