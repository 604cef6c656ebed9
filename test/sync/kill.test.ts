// kill -9 at any moment: the cache is whole at once, and the next sync ends where an undisturbed one does.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/database.ts";
import { between, seeded } from "../support/random.ts";
import { tempDirectory } from "../support/temp.ts";
import { makeBench, startMs } from "./bench.ts";
import type { Bench } from "./bench.ts";
import type { Snapshot } from "./truth.ts";
import { flaws, snapshot } from "./truth.ts";

const child = fileURLToPath(new URL("sync-child.mjs", import.meta.url));
const kills = Number(process.env["REWIND_KILLS"] ?? 8);
const seed = Number(process.env["REWIND_KILL_SEED"] ?? 1);

interface Ending {
  readonly killed: boolean;
  readonly stderr: string;
}

/** Runs a sync of `path` and kills it after a number of requests and some milliseconds, if it lives that long. */
async function runAndKill(
  bench: Bench,
  path: string,
  nowMs: number,
  after: { requests: number; ms: number } | null,
) {
  const options = {
    token: bench.discogs.token,
    apiKey: bench.lastfm.apiKey,
    user: bench.lastfm.listener.name,
    discogsUrl: bench.discogsServer.url,
    lastfmUrl: bench.lastfmServer.url,
    path,
    nowMs,
    full: false,
  };
  const running = spawn(process.execPath, [child, JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  running.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  let seen = 0;
  const count = (): void => {
    seen += 1;
    if (after && seen === after.requests) void sleep(after.ms).then(() => running.kill("SIGKILL"));
  };
  bench.discogsServer.behaviour.onRequest = count;
  bench.lastfmServer.behaviour.onRequest = count;
  return new Promise<Ending>((resolve) => {
    running.on("close", (code, signal) => {
      bench.discogsServer.behaviour.onRequest = null;
      bench.lastfmServer.behaviour.onRequest = null;
      if (code !== 0 && signal !== "SIGKILL") throw new Error(`the sync failed by itself: ${stderr}`);
      resolve({ killed: signal === "SIGKILL", stderr });
    });
  });
}

function open(path: string): Database {
  const database = openDatabase(path, { mode: "write" });
  if (!database) throw new Error("no cache");
  return database;
}

/** Each part of an answer must be that of before or that of after, never something in between. */
function isOneOf(found: Snapshot, before: Snapshot, after: Snapshot): string[] {
  const parts = ["records", "wants", "albums", "scrobbles"] as const;
  return parts.filter(
    (part) =>
      JSON.stringify(found[part]) !== JSON.stringify(before[part]) &&
      JSON.stringify(found[part]) !== JSON.stringify(after[part]),
  );
}

test(`${kills} kills`, async () => {
  const random = seeded(seed);
  const bench = await makeBench(
    { records: 420, wants: 130, albums: 1_600, plays: 4_500, seed },
    { discogs: { latencyMs: 2 }, lastfm: { latencyMs: 2 } },
  );
  await bench.sync();
  const after = snapshot(bench.database);
  let path = "";
  let before: Snapshot | null = null;
  for (let kill = 0; kill < kills;) {
    if (path === "") {
      path = join(tempDirectory("rewind-kill"), "rewind.db");
      const fresh = open(path);
      before = snapshot(fresh);
      fresh.close();
    }
    const { killed } = await runAndKill(bench, path, startMs + kill * 1000, {
      requests: between(random, 1, 24),
      ms: between(random, 0, 60),
    });
    const database = open(path);
    const found = snapshot(database);
    expect(flaws(database)).toEqual([]);
    database.close();
    if (killed) kill += 1;
    else {
      expect(found).toEqual(after);
      path = "";
    }
    if (before) expect(isOneOf(found, before, after)).toEqual([]);
  }
  if (path !== "") {
    await runAndKill(bench, path, startMs + kills * 1000, null);
    const database = open(path);
    expect(snapshot(database)).toEqual(after);
    expect(database.prepare("SELECT count(*) FROM walk").pluck().get()).toBe(0);
    expect(database.prepare("SELECT count(*) FROM staged_scrobble").pluck().get()).toBe(0);
    database.close();
  }
}, 120_000);
