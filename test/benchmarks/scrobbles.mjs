// How long clients wait that send plays to `rewind serve`: single listens at a fixed rate, on a shelf of 3 000 records, with a
// question five times a second. Beside it a bare hello at the same rate, because other programs use the machine too. The goal
// is 500 a second for a minute: p99 under 50 ms, less than 200 MB.
//   npm run --silent build && npm run bench -- test/benchmarks/scrobbles.mjs [seconds] [requests a second]
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { openDatabase } from "../../src/store/open-cache.ts";
import { generateCache } from "./generate-cache.mjs";
import { readCpuTime, readPeakMemory, startServer } from "./server-process.mjs";

const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));
const clients = ["navidrome", "Pano Scrobbler", "mpris-scrobbler"];

/** A listen of its own for each number, four minutes apart, so that the plays of a minute are those of months. */
function buildListen(nth, startUts) {
  return JSON.stringify({
    listen_type: "single",
    payload: [
      {
        listened_at: startUts + nth * 240,
        track_metadata: {
          artist_name: `Artist ${nth % 211}`,
          track_name: `Track ${nth % 1_999}`,
          release_name: `Album ${nth % 397}`,
          additional_info: {
            submission_client: clients[nth % clients.length],
            duration_ms: 180_000 + (nth % 120) * 1000,
          },
        },
      },
    ],
  });
}

/** Resolves to the status, and how long it took from the moment it was due. */
function send({ agent, port, path, headers, body }) {
  const dueMs = performance.now();
  return new Promise((resolve) => {
    const asked = request(
      { agent, host: "127.0.0.1", port, path, method: body === undefined ? "GET" : "POST", headers },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve({ status: answer.statusCode, tookMs: performance.now() - dueMs }));
      },
    );
    asked.on("error", () => resolve({ status: 0, tookMs: performance.now() - dueMs }));
    asked.end(body);
  });
}

/** Sends at fixed times, however long the answers take. */
async function runAtRate(perSecond, seconds, sendNth) {
  const startMs = performance.now();
  const answers = [];
  const total = perSecond * seconds;
  while (answers.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - startMs) * perSecond) / 1000));
    while (answers.length < due) answers.push(sendNth(answers.length));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return Promise.all(answers);
}

function describeAnswers(name, answers) {
  const times = answers.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
  const failed = answers.filter(({ status }) => status !== 200);
  // 0: the connection was closed, as idle ones are after ten seconds.
  const statuses =
    failed.length === 0 ? "" : ` (${[...new Set(failed.map(({ status }) => status))].join(", ")})`;
  return `${name}: ${answers.length} answers, ${failed.length} failed${statuses}, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, p99.9 ${at(0.999)} ms, longest ${at(1)} ms`;
}

async function measure(seconds, perSecond) {
  const home = mkdtempSync(join(tmpdir(), "rewind-bench-"));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_CACHE_HOME: home,
  };
  const cache = join(home, "rewind", "rewind.db");
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const hello = createServer((_, response) => response.end("hello"));
  let server;
  try {
    await generateCache(cache, { records: 3_000, scrobbles: 100_000 });
    const made = spawnSync(process.execPath, [program, "keys", "create", "--write"], {
      env,
      encoding: "utf8",
    });
    const headers = { authorization: `Bearer ${made.stdout.trim()}` };
    server = await startServer([program, "serve", "--port", "0"], { env, log: join(home, "serve.log") });
    const { port } = server;
    const startUts = Math.floor(Date.now() / 1000) - (seconds + 5) * perSecond * 240;
    const sendListen = (nth) =>
      send({ agent, port, path: "/1/submit-listens", headers, body: buildListen(nth, startUts) });
    hello.listen(0, "127.0.0.1");
    await once(hello, "listening");
    const helloPort = hello.address().port;
    // Code that runs for the first time is compiled on the way.
    const warm = await runAtRate(perSecond, 3, sendListen);
    const base = await runAtRate(perSecond, 5, (nth) =>
      send({ agent, port: helloPort, path: "/", headers, body: buildListen(nth, startUts) }),
    );
    console.log(describeAnswers("a bare hello in this process", base));
    const cpuBefore = readCpuTime(server.pid);
    const questions = runAtRate(5, seconds, () =>
      send({ agent, port, path: "/v1/collecting/cross-reference?limit=50", headers }),
    );
    const answers = await runAtRate(perSecond, seconds, (nth) => sendListen(warm.length + nth));
    console.log(describeAnswers(`single listens, ${perSecond} a second`, answers));
    console.log(describeAnswers("questions meanwhile", await questions));
    const cpu = readCpuTime(server.pid) - cpuBefore;
    console.log(
      `${Math.round(cpu / answers.length)} µs of a core for each listen, questions and merges included`,
    );
    console.log(`at most ${(readPeakMemory(server.pid) / 1024).toFixed(1)} MB of memory`);
    const database = openDatabase(cache, { mode: "read" });
    const stored = Number(database.prepare("SELECT count(*) FROM source_play").pluck().get());
    const ok = [...warm, ...answers].filter(({ status }) => status === 200).length;
    console.log(`${ok} answered ok, ${stored} stored`);
    database.close();
  } finally {
    agent.destroy();
    hello.close();
    await server?.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

const [seconds = "60", perSecond = "500"] = process.argv.slice(2);
await measure(Number(seconds), Number(perSecond));
