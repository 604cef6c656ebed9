// Two syncs of one cache, whatever names it goes by: one works, and what it publishes is whole.
import { spawn } from "node:child_process";
import { linkSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/open-cache.ts";
import type { RewindError } from "../../src/model/errors.ts";
import { tempDirectory } from "../support/temp.ts";
import { makeBench, startMs, type Bench } from "./bench.ts";
import { flaws, snapshot, truth } from "./truth.ts";
import { openCache } from "../support/filled-cache.ts";
import { sampled } from "../support/sample.ts";

const child = fileURLToPath(new URL("sync-child.mjs", import.meta.url));
const rounds = Number(process.env["REWIND_TWO_SYNCS"] ?? 1);

const refused = (error: unknown): unknown => error;

interface Ending {
  readonly code: number | null;
  readonly stderr: string;
}

function runChild(bench: Bench, path: string): Promise<Ending> {
  const options = {
    token: bench.discogs.token,
    apiKey: bench.lastfm.apiKey,
    user: bench.lastfm.listener.name,
    discogsUrl: bench.discogsServer.url,
    lastfmUrl: bench.lastfmServer.url,
    path,
    nowMs: startMs,
    full: false,
  };
  const running = spawn(process.execPath, [child, JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  running.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  return new Promise((resolve) => {
    running.on("close", (code) => resolve({ code, stderr }));
  });
}

/** Each gives the cache a second name, and returns the path for the second sync. */
const ways: Readonly<Record<string, (path: string) => string>> = {
  "the same name": (path) => path,
  "a symbolic link": (path) => {
    const link = join(tempDirectory("rewind-link"), "other.db");
    symlinkSync(path, link);
    return link;
  },
  "a linked directory": (path) => {
    const link = join(tempDirectory("rewind-link"), "data");
    symlinkSync(dirname(path), link);
    return join(link, "rewind.db");
  },
  "a hard link": (path) => {
    const link = join(dirname(path), "other.db");
    linkSync(path, link);
    return link;
  },
};

const trials = sampled("two syncs", Object.keys(ways), 2).flatMap((way) =>
  Array.from({ length: rounds }, (_, round) => [way, round]),
);

function later<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** More requests at once than the lanes of one sync: a second sync is running. */
const mostOfOneSync = 8;

test.each(trials as [string, number][])("%s, round %i", { timeout: 60_000 }, async (way, round) => {
  const bench = await makeBench({ records: 320, wants: 130, albums: 200, plays: 3_000, seed: round + 1 });
  const path = join(tempDirectory("rewind-two"), "rewind.db");
  openDatabase(path, { mode: "write" })?.close();
  const second = later<Ending>();
  const goOn = later<unknown>();
  void second.promise.then(goOn.resolve);
  let seen = 0;
  let held = 0;
  // The first sync is held in its midst until the second has come and gone.
  const hold = async (): Promise<void> => {
    seen += 1;
    if (seen === 6 + (round % 20)) void runChild(bench, ways[way]?.(path) ?? path).then(second.resolve);
    if (seen < 6 + (round % 20)) return;
    held += 1;
    if (held > mostOfOneSync) goOn.resolve(null);
    await goOn.promise;
  };
  bench.discogsServer.behaviour.onRequest = hold;
  bench.lastfmServer.behaviour.onRequest = hold;
  const [first, other] = await Promise.all([runChild(bench, path), second.promise]);
  const endings = [first, other].toSorted((a, b) => Number(a.code) - Number(b.code));
  expect(endings.map(({ code }) => code)).toEqual([0, 1]);
  expect(endings[1]?.stderr).toMatch(/another sync of this cache|hard links/);
  const database = openCache(path);
  expect(snapshot(database)).toMatchObject(truth(bench.discogs, bench.lastfm));
  expect(flaws(database)).toEqual([]);
  database.close();
});

test("lost staged rows are not published; the next sync begins again", async () => {
  const bench = await makeBench({ records: 20, wants: 0, albums: 300, plays: 4_500 });
  let isDone = false;
  bench.lastfmServer.behaviour.onRequest = () => {
    if (isDone) return;
    const other = openDatabase(bench.path, { mode: "write" });
    const { changes } = other?.prepare("DELETE FROM staged_scrobble WHERE uts % 2 = 0").run() ?? {
      changes: 0,
    };
    isDone = changes > 0;
    other?.close();
  };
  const { failures } = await bench.sync({ only: "listening" });
  expect(isDone).toBe(true);
  expect(failures.map(({ exitCode, message }) => [exitCode, message])).toEqual([
    [1, expect.stringMatching(/^4500 rows of the history were read, but \d+ were staged/)],
  ]);
  expect(bench.database.prepare("SELECT count(*) FROM scrobble").pluck().get()).toBe(0);
  expect(await bench.sync()).toMatchObject({ complete: true });
  expect(snapshot(bench.database)).toMatchObject(truth(bench.discogs, bench.lastfm));
});

test("rows of another walk are not published", async () => {
  const bench = await makeBench({ records: 420, wants: 5, albums: 30, plays: 50 });
  bench.discogsServer.behaviour.onRequest = (_, { path, query }) => {
    if (!path.endsWith("/releases") || query["page"] !== "3") return;
    const other = openDatabase(bench.path, { mode: "write" });
    other?.exec("UPDATE staged_record SET walk_id = 1, seen = 99");
    other?.close();
  };
  const summary = await bench.sync({ only: "collection" });
  expect(summary.failures).toEqual([]);
  expect(bench.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(420);
});

test("a second sync in this process is refused", async () => {
  const bench = await makeBench({ records: 60, wants: 5, plays: 500 }, { discogs: { latencyMs: 50 } });
  const first = bench.sync();
  const { exitCode, message } = (await bench.sync().catch(refused)) as RewindError;
  expect([exitCode, message]).toEqual([1, expect.stringContaining(`process ${process.pid}`)]);
  expect(await first).toMatchObject({ complete: true });
  expect(await bench.sync()).toMatchObject({ complete: true });
});
