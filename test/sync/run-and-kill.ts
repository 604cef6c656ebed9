// A sync in a process of its own, killed on the way.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CoverOptions } from "../../src/sync/lookups/covers.ts";
import { realPause } from "../support/real-time.ts";
import type { Bench } from "./bench.ts";

const child = fileURLToPath(new URL("sync-child.mjs", import.meta.url));

interface Asked {
  readonly path: string;
  readonly nowMs: number;
  readonly tracklists?: boolean;
  /** Left out: nobody asks there. */
  readonly musicbrainzUrl?: string;
  readonly archiveUrl?: string;
  readonly covers?: CoverOptions;
}

export interface ChildSync {
  /** Resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Rejects where it failed by itself. */
  readonly ended: Promise<"killed" | "done">;
}

export function startChild(bench: Bench, asked: Asked): ChildSync {
  const options = {
    token: bench.discogs.token,
    apiKey: bench.lastfm.apiKey,
    user: bench.lastfm.listener.name,
    discogsUrl: bench.discogsServer.url,
    lastfmUrl: bench.lastfmServer.url,
    full: false,
    ...asked,
  };
  const running = spawn(process.execPath, [child, JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  running.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  const ended = new Promise<"killed" | "done">((resolve, reject) => {
    running.on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve("killed");
      else if (code === 0) resolve("done");
      else reject(new Error(`the sync failed by itself: ${stderr}`));
    });
  });
  return {
    ended,
    kill: async () => {
      running.kill("SIGKILL");
      await ended;
    },
  };
}

/** Runs a sync of `path` and kills it after a number of requests and some milliseconds, if it lives that long. */
export async function runAndKill(
  bench: Bench,
  path: string,
  nowMs: number,
  after: { requests: number; ms: number } | null,
  asked: { readonly tracklists?: boolean } = {},
): Promise<{ readonly killed: boolean }> {
  const running = startChild(bench, { path, nowMs, ...asked });
  let seen = 0;
  const count = async (): Promise<void> => {
    seen += 1;
    if (after && seen === after.requests) void realPause(after.ms).then(() => running.kill());
    // Spreads the moments of the kills; which one it is decides nothing.
    await realPause(2);
  };
  bench.discogsServer.behaviour.onRequest = count;
  bench.lastfmServer.behaviour.onRequest = count;
  try {
    return { killed: (await running.ended) === "killed" };
  } finally {
    bench.discogsServer.behaviour.onRequest = null;
    bench.lastfmServer.behaviour.onRequest = null;
  }
}
