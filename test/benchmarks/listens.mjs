// How long a first read of 100,000 listens takes, as a ratio to what the rate limit alone would take; how many requests it
// and a sync with nothing new send; how much memory it needs.
//   npm run --silent build && npm run bench -- test/benchmarks/listens.mjs [listens] [latency in ms]
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createMemoryServices } from "../../src/demo/memory-services.ts";
import { collectionServices, listeningServices } from "../../src/sources/all-services.ts";
import { connectServices } from "../../src/sources/connect.ts";
import { sampleChoices } from "../../src/settings/connection.ts";
import { openDatabase } from "../../src/store/open-cache.ts";
import { sync } from "../../src/sync/whole-sync.ts";

const [count = 100_000, latencyMs = 200] = process.argv.slice(2).map(Number);
const limit = 30;
const windowMs = 10_000;
const perPage = 1_000;

const newestUts = Math.floor(Date.now() / 1000) - 60;
const oldestUts = newestUts - (count - 1) * 300;
const windows = new Map();

/** One listen every five minutes, so that a page is found without a search. */
function buildListen(at) {
  const id = String(at % 40_000).padStart(12, "0");
  return {
    listened_at: oldestUts + at * 300,
    inserted_at: oldestUts + at * 300 + 60,
    recording_msid: `0f1e2d3c-4b5a-4978-8695-${id}`,
    user_name: "bench",
    track_metadata: {
      artist_name: `Artist ${at % 1_500}`,
      track_name: `Track ${at % 40_000}`,
      release_name: `Album ${at % 4_000}`,
      additional_info: { submission_client: "bench", duration_ms: 200_000 },
      mbid_mapping: { recording_mbid: `1f1e2d3c-4b5a-4978-8695-${id}`, artist_mbids: [] },
    },
  };
}

async function respond(request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://bench");
  const nowMs = Date.now();
  const window = Math.floor(nowMs / windowMs);
  const used = (windows.get(window) ?? 0) + 1;
  windows.set(window, used);
  await sleep(latencyMs);
  const minTs = searchParams.get("min_ts");
  const first = minTs === null ? count - 1 : Math.floor((Number(minTs) - oldestUts) / 300) + 1;
  const rows = Array.from({ length: Math.max(0, Math.min(perPage, count - first)) }, (_, at) =>
    buildListen(first + at),
  ).toReversed();
  const payload = pathname.endsWith("/listen-count")
    ? { count }
    : {
        count: rows.length,
        listens: rows,
        latest_listen_ts: newestUts,
        oldest_listen_ts: oldestUts,
        user_id: "bench",
      };
  response.writeHead(used > limit ? 429 : 200, {
    "content-type": "application/json",
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(Math.max(0, limit - used)),
    "x-ratelimit-reset-in": String(((window + 1) * windowMs) / 1000 - Math.floor(nowMs / 1000)),
  });
  response.end(JSON.stringify({ payload }));
}

const server = createServer((request, response) => void respond(request, response));
await new Promise((resolve) => {
  server.listen(0, "127.0.0.1", resolve);
});

server.keepAliveTimeout = 0;
const directory = mkdtempSync(join(tmpdir(), "rewind-bench-"));
const clock = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};
const connected = await connectServices({
  settings: {
    collection: { service: collectionServices[0], secret: "" },
    listening: { service: listeningServices[0], secret: "" },
    listens: { secret: "" },
    urls: { listenbrainz: `http://127.0.0.1:${server.address().port}/` },
  },
  version: "bench",
  env: {},
  clock,
  random: Math.random,
});
const emptyListings = { records: [], wants: [], folders: [], customFields: [], albums: [], scrobbles: [] };
const services = {
  ...createMemoryServices({ discogsUser: "bench", lastfmUser: "bench", ...emptyListings }),
  listens: connected.listens,
};
const database = openDatabase(join(directory, "rewind.db"), { mode: "write" });

for (const label of ["first", "idle"]) {
  const startMs = Date.now();
  let lastPageMs = startMs;
  const { steps, complete } = await sync({
    ...sampleChoices,
    covers: null,
    database,
    services,
    accounts: { collection: null, listening: "bench", listens: "bench" },
    full: false,
    only: null,
    history: true,
    clock,
    signal: new AbortController().signal,
    onEvent: ({ step, kind }) => {
      if (step === "listens" && kind === "progress") lastPageMs = Date.now();
    },
  });
  const { requests, rows } = steps.find(({ name }) => name === "listens");
  const readSeconds = (lastPageMs - startMs) / 1000;
  const boundSeconds = (Math.floor((requests - 1) / limit) * windowMs) / 1000;
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${label}: ${rows} listens, ${requests} requests, read in ${readSeconds.toFixed(1)} s, ` +
      `published in ${((Date.now() - lastPageMs) / 1000).toFixed(1)} s, ${megabytes} MB at most${complete ? "" : ", not complete"}`,
  );
  if (label === "first") {
    console.log(
      `  bound by the rate limit: ${boundSeconds.toFixed(1)} s; ratio ${(readSeconds / boundSeconds).toFixed(2)}`,
    );
  }
}
database.close();
await connected.close();
server.close();
server.closeAllConnections();
rmSync(directory, { recursive: true, force: true });
