// kill -9 at any moment: the cache is whole at once, and the next sync ends where an undisturbed one does.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
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
  return new Promise<Ending>((resolve, reject) => {
    running.on("close", (code, signal) => {
      bench.discogsServer.behaviour.onRequest = null;
      bench.lastfmServer.behaviour.onRequest = null;
      const killed = signal === "SIGKILL";
      if (killed || code === 0) resolve({ killed });
      else reject(new Error(`the sync failed by itself: ${stderr}`));
    });
  });
}

function look(path: string): { found: Snapshot; faults: unknown[]; leftovers: unknown[] } {
  const database = openDatabase(path, { mode: "write" });
  if (!database) throw new Error("no cache");
  const count = (table: string): unknown => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  const looked = {
    found: snapshot(database),
    faults: flaws(database),
    leftovers: ["walk", "staged_record", "staged_want", "staged_album", "staged_scrobble"].filter(
      (table) => count(table) !== 0,
    ),
  };
  database.close();
  return looked;
}

/** Each part of an answer must be that of before or that of after, never something in between. */
function oddParts(found: Snapshot, before: Snapshot, after: Snapshot): string[] {
  const parts = ["records", "wants", "albums", "scrobbles"] as const;
  return parts.filter(
    (part) =>
      JSON.stringify(found[part]) !== JSON.stringify(before[part]) &&
      JSON.stringify(found[part]) !== JSON.stringify(after[part]),
  );
}

test(`${kills} kills`, { timeout: 60_000 + kills * 10_000 }, async () => {
  const random = seeded(seed);
  const bench = await makeBench(
    { records: 420, wants: 130, albums: 1_600, plays: 4_500, seed },
    { discogs: { latencyMs: 2 }, lastfm: { latencyMs: 2 } },
  );
  await bench.sync();
  const after = snapshot(bench.database);
  const emptyPath = join(tempDirectory("rewind-kill"), "rewind.db");
  const before = look(emptyPath).found;
  const problems: unknown[] = [];
  const endings: string[] = [];

  /** Kills syncs of one cache until one ends by itself; returns how many were killed. */
  async function killUntilDone(most: number): Promise<number> {
    const path = join(tempDirectory("rewind-kill"), "rewind.db");
    for (let killed = 0; ;) {
      const moment = { requests: between(random, 1, 24), ms: between(random, 0, 60) };
      // oxlint-disable-next-line no-await-in-loop -- one process after another
      const ending = await runAndKill(bench, path, startMs + killed * 1000, killed < most ? moment : null);
      const { found, faults, leftovers } = look(path);
      problems.push(...faults, ...oddParts(found, before, after).map((part) => ({ moment, part })));
      if (!ending.killed) {
        endings.push(JSON.stringify(found) === JSON.stringify(after) ? "as undisturbed" : "different");
        problems.push(...leftovers);
        return killed;
      }
      killed += 1;
    }
  }

  // oxlint-disable-next-line no-await-in-loop
  for (let left = kills; left > 0;) left -= Math.max(1, await killUntilDone(left));
  expect(problems).toEqual([]);
  expect(new Set(endings)).toEqual(new Set(["as undisturbed"]));
});
