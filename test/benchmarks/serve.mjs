// The answers of `rewind serve` a second, and how long the slowest wait, beside a bare hello of the same framework: 50
// connections, 3 000 records, a sync beside it. The cross-reference should reach 2,000 a second with a p99 of 50 ms.
//   npm run --silent build && npm run bench -- test/benchmarks/serve.mjs [seconds] [rounds]
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { startFakeServices } from "./fake-services.mjs";
import { readCpuTime, readPeakMemory, startServer } from "./server-process.mjs";

const connections = 50;
const size = { records: 3_000, wants: 100, albums: 5_000, plays: 100_000, latencyMs: 0, limited: false };
const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));

const queries = [
  ["cross-reference, page 1", "/v1/collecting/cross-reference"],
  ["the same, compressed", "/v1/collecting/cross-reference", { "accept-encoding": "gzip" }],
  ["unlistened, by artist", "/v1/collecting/cross-reference?filter=unlistened&sort=artist&limit=100"],
  ["top albums", "/v1/listening/top/albums?period=overall"],
  ["pick, never the same", "/v1/collecting/pick"],
  ["health", "/v1/health"],
];

async function buildHello() {
  const { serve } = await import("@hono/node-server");
  const { Hono } = await import("hono");
  const app = new Hono();
  app.get("/", (exchange) => exchange.json({ hello: "world" }));
  serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
    console.error(`Listening on http://127.0.0.1:${port}/v1`),
  );
}

/** Runs full syncs until it is stopped. */
function startSyncLoop(env) {
  let isOver = false;
  let syncs = 0;
  let child;
  const startNextSync = () => {
    if (isOver) return;
    child = spawn(process.execPath, [program, "sync", "--quiet", "--full"], { env, stdio: "ignore" });
    child.on("close", (code) => {
      if (code === 0) syncs += 1;
      startNextSync();
    });
  };
  startNextSync();
  return async () => {
    isOver = true;
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "close");
    return syncs;
  };
}

async function runLoad({ port, pid }, path, { seconds, headers = {} }) {
  const before = readCpuTime(pid);
  const result = await autocannon({
    url: `http://127.0.0.1:${port}${path}`,
    connections,
    duration: seconds,
    headers,
  });
  return { ...result, cpu: (readCpuTime(pid) - before) / result.requests.total };
}

function printLine(name, { requests, latency, errors, timeouts, non2xx, cpu }, base) {
  const failed = errors + timeouts + non2xx;
  const facts = [
    `${Math.round(requests.average)}/s`.padStart(9),
    `p50 ${latency.p50} ms`.padStart(10),
    `p99 ${latency.p99} ms`.padStart(11),
    `${Math.round(cpu)} µs`.padStart(9),
    `${failed} failed`,
    name,
  ];
  if (base !== undefined) {
    const [answers, work] = [requests.average / base.requests.average, base.cpu / cpu];
    facts.push(`${answers.toFixed(2)} of the hello, by work ${work.toFixed(2)}`);
  }
  return facts.join("  ");
}

async function measureRoutes(seconds, rounds) {
  const home = mkdtempSync(join(tmpdir(), "rewind-bench-"));
  const services = await startFakeServices(size);
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_CACHE_HOME: home,
    DISCOGS_TOKEN: "t",
    LASTFM_API_KEY: "k",
    LASTFM_USERNAME: "listener",
    DISCOGS_API_URL: services.discogs,
    LASTFM_API_URL: services.lastfm,
  };
  const running = [];
  let stopSyncing;
  try {
    const first = spawn(process.execPath, [program, "sync", "--quiet"], { env, stdio: "inherit" });
    await new Promise((resolve) => first.on("close", resolve));
    const made = spawnSync(process.execPath, [program, "keys", "create"], { env, encoding: "utf8" });
    const key = made.stdout.trim();
    const bare = await startServer([fileURLToPath(import.meta.url), "hello"], {
      env,
      log: join(home, "hello.log"),
    });
    running.push(bare);
    const flags = ["serve", "--port", "0", "--rate-limit", "0"];
    const server = await startServer([program, ...flags], { env, log: join(home, "serve.log") });
    running.push(server);
    // Code that runs for the first time is compiled on the way.
    await runLoad(bare, "/", { seconds: 2 });
    await runLoad(server, queries[0][1], { seconds: 2, headers: { authorization: `Bearer ${key}` } });
    size.latencyMs = 300;
    console.log(
      `${size.records} records, ${size.plays} scrobbles, ${connections} connections, ${seconds} s each`,
    );
    console.log(
      "answers, how long they take, what each uses of a core, how many failed; a sync beside all but the first",
    );
    console.log(printLine("a bare hello, alone", await runLoad(bare, "/", { seconds })));
    stopSyncing = startSyncLoop(env);
    for (const [name, path, more] of queries) {
      const headers = { authorization: `Bearer ${key}`, ...more };
      const measured = [];
      // Servers take turns, as other programs use the machine too.
      for (let round = 1; round <= rounds; round += 1) {
        const base = await runLoad(bare, "/", { seconds });
        const result = await runLoad(server, path, { seconds, headers });
        measured.push({ base, result, ratio: result.requests.average / base.requests.average });
      }
      const { base, result } = measured.toSorted((a, b) => a.ratio - b.ratio)[Math.floor(rounds / 2)];
      console.log(printLine(name, result, base));
    }
    console.log(`${await stopSyncing()} syncs came to their end beside`);
    console.log(`at most ${Math.round(readPeakMemory(server.pid) / 1024)} MB of memory`);
  } finally {
    // No process may still write into the directory when it is removed.
    await stopSyncing?.();
    await Promise.all(running.map((each) => each.stop()));
    services.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

const [first = "10", rounds = "3"] = process.argv.slice(2);
if (first === "hello") await buildHello();
else await measureRoutes(Number(first), Number(rounds));
