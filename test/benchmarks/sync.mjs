// How long a first sync takes, as a ratio to what limits and latency alone would take; how many requests it and a
// sync with nothing new send; and how much memory both need with a large cache.
//   npm run --silent build && npm run bench -- test/benchmarks/sync.mjs [speed|memory]
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { discogsPerMinute, startFakeServices } from "./fake-services.mjs";

const lastfmPerSecond = 5;
const lastfmBurst = 5;
const maxInFlight = 4;

const speed = { records: 3_000, wants: 100, albums: 5_000, plays: 100_000, latencyMs: 300, limited: true };
const memory = {
  records: 100_000,
  wants: 1_000,
  albums: 30_000,
  plays: 300_000,
  latencyMs: 0,
  limited: false,
};

async function measureSync(name, size) {
  const { discogs, lastfm, close } = await startFakeServices(size);
  const directory = mkdtempSync(join(tmpdir(), "rewind-bench-"));
  try {
    const options = { discogs, lastfm, path: join(directory, "rewind.db"), size };
    const first = await runInChild(options);
    const idle = await runInChild(options);
    console.log(
      `${name}: ${size.records} records, ${size.albums} albums, ${size.plays} scrobbles, ${size.latencyMs} ms`,
    );
    for (const [label, run] of [
      ["first", first],
      ["idle", idle],
    ]) {
      const requests = run.steps.map((step) => `${step.name} ${step.requests}`).join(", ");
      console.log(
        `  ${label}: ${run.seconds.toFixed(1)} s, ${run.requests} requests (${requests}), ${run.megabytes} MB at most`,
      );
      if (!run.complete) console.log(`  not complete: ${JSON.stringify(run.failures)}`);
    }
    if (size.limited) {
      const bound = computeLowerBound(size);
      console.log(
        `  bound by limits and latency: ${bound.toFixed(1)} s; ratio ${(first.seconds / bound).toFixed(2)}`,
      );
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
    close();
  }
}

/** The least requests that bring it all, as fast as limits and latency let them through; both services at once. */
function computeLowerBound({ records, wants, albums, plays, latencyMs }) {
  const latency = latencyMs / 1000;
  const shelf = 1 + Math.ceil(records / 100) + Math.ceil(wants / 100);
  const listening = 1 + Math.ceil(albums / 1000) + Math.ceil(plays / 1000);
  const throttled = Math.max(0, Math.ceil((shelf - discogsPerMinute) / discogsPerMinute)) * 60;
  const discogsSeconds = Math.max(throttled, (shelf / maxInFlight) * latency);
  const lastfmSeconds = Math.max(
    (listening - lastfmBurst) / lastfmPerSecond,
    (listening / maxInFlight) * latency,
  );
  return Math.max(discogsSeconds, lastfmSeconds) + latency;
}

function runInChild(options) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [...process.execArgv, fileURLToPath(import.meta.url), "child", JSON.stringify(options)],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let text = "";
    child.stdout.on("data", (data) => (text += data));
    child.on("close", (code) => (code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`exit ${code}`))));
  });
}

async function runChild({ discogs, lastfm, path, size }) {
  const { connectServices } = await import("../../src/sources/connect.ts");
  const { collectionServices, listeningServices } = await import("../../src/sources/all-services.ts");
  const { SlidingWindow, TokenBucket } = await import("../../src/sources/transport/rate-limits.ts");
  const { sampleChoices } = await import("../../src/settings/connection.ts");
  const { openDatabase } = await import("../../src/store/open-cache.ts");
  const { sync } = await import("../../src/sync/whole-sync.ts");
  const unlimited = {
    allowances: {
      discogs: new SlidingWindow({ size: 1e9, windowMs: 60_000, reserve: 5, spareReserve: 20 }),
      lastfm: new TokenBucket({ perSecond: 1e6, burst: 1e6 }),
    },
  };
  const services = await connectServices({
    settings: {
      collection: { service: collectionServices[0], secret: "t" },
      listening: { service: listeningServices[0], secret: "k" },
      urls: { discogs, lastfm },
    },
    version: "0.0.0",
    env: {},
    clock: {
      elapsedMs: () => performance.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
    random: Math.random,
    ...(size.limited ? {} : unlimited),
  });
  const database = openDatabase(path, { mode: "write" });
  const startMs = performance.now();
  const summary = await sync({
    ...sampleChoices,
    covers: null,
    database,
    services,
    accounts: { collection: null, listening: "listener" },
    full: false,
    only: null,
    history: true,
    clock: { now: () => Date.now() },
    signal: new AbortController().signal,
  });
  const seconds = (performance.now() - startMs) / 1000;
  const requests = services.collection.usage.requests + services.listening.usage.requests;
  database.close();
  await services.close();
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ ...summary, seconds, requests, megabytes }));
}

if (process.argv[2] === "child") await runChild(JSON.parse(process.argv[3]));
else {
  const which = process.argv[2];
  if (which !== "memory") await measureSync("speed", speed);
  if (which !== "speed") await measureSync("memory", memory);
}
