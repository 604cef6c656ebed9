// How long whole processes take, as ratios to an empty one: npm run bench -- test/benchmarks/start-up.mjs [processes]
// Needs a build. Runs one process at a time, the commands in turn, and takes medians.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createMemoryServices } from "../../src/demo/memory-services.ts";
import { buildSampleListings } from "../../src/demo/demo-sample.ts";
import { sampleChoices } from "../../src/settings/connection.ts";
import { openDatabase } from "../../src/store/open-cache.ts";
import { sync } from "../../src/sync/whole-sync.ts";

const processes = Number(process.argv[2] ?? 21);
const recordCount = 3_000;
const albumCount = 5_000;
const scrobbleCount = 100_000;
/** Node 20 has no cache of compiled code. */
const isOld = process.versions.node.startsWith("20.");
const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));

const directory = mkdtempSync(join(tmpdir(), "rewind-bench-"));
const cache = join(directory, "rewind.db");
const asTerminal = join(directory, "terminal.cjs");
writeFileSync(
  asTerminal,
  `const terminal = Object.assign(process.stdout, { isTTY: true, columns: 100 });
   Object.defineProperty(process, "stdout", { value: terminal });`,
);

try {
  await fillCache();
  const commands = [
    { name: "node -e 0", args: ["-e", "0"], reach: 1 },
    { name: "rewind --version", args: [program, "--version"], reach: isOld ? 1.4 : 1.3 },
    { name: "rewind --help", args: [program, "--help"], reach: isOld ? 1.8 : 1.6 },
    { name: "rewind xref --json", args: [program, "xref", "--json"], reach: isOld ? 2.6 : 2.2 },
    { name: "rewind xref, in a pipe", args: [program, "xref"], reach: isOld ? 4.5 : 3.6 },
    { name: "rewind xref, on a terminal", args: ["-r", asTerminal, program, "xref"], reach: isOld ? 3 : 2.4 },
    { name: "rewind stats", args: [program, "stats"], reach: 5 },
    { name: "rewind gaps", args: [program, "gaps"], reach: 6.5 },
  ].map((command) => ({ ...command, times: [] }));
  for (let round = -1; round < processes; round += 1) {
    for (const { args, times } of commands) {
      const ms = measureRun(args);
      // The first round warms the disk.
      if (round >= 0) times.push(ms);
    }
  }
  const empty = computeMedian(commands[0].times);
  console.log(`${recordCount} records, Node ${process.versions.node}, medians of ${processes} processes`);
  for (const { name, times, reach } of commands) {
    const ms = computeMedian(times);
    const ratio = ms / empty;
    const verdict = ratio <= reach ? "" : `   over ${reach}`;
    console.log(`${name.padEnd(28)}${ms.toFixed(0).padStart(5)} ms   × ${ratio.toFixed(2)}${verdict}`);
  }
  const firstLines = [];
  for (let round = 0; round < processes; round += 1) firstLines.push(await measureFirstLine());
  const ms = computeMedian(firstLines);
  const verdict = ms <= 100 ? "" : "   over 100 ms";
  console.log(
    `${"rewind sync, its first line".padEnd(28)}${ms.toFixed(0).padStart(5)} ms   × ${(ms / empty).toFixed(2)}${verdict}`,
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function measureRun(args) {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, {
    env: {
      ...process.env,
      HOME: directory,
      REWIND_DB: cache,
      TERM: "xterm-256color",
      LANG: "C.UTF-8",
    },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return ms;
}

/** Measures on a terminal, until the first line is there. No request can carry the token, so none is sent. */
function measureFirstLine() {
  const onTerminal = join(directory, "error-terminal.cjs");
  writeFileSync(
    onTerminal,
    `const { stderr } = process; stderr.isTTY = true; Object.defineProperty(process, "stderr", { value: stderr });`,
  );
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, ["-r", onTerminal, program, "sync", "--only", "discogs"], {
    env: {
      ...process.env,
      HOME: directory,
      TERM: "xterm-256color",
      LANG: "C.UTF-8",
      DISCOGS_TOKEN: "t\u00f6ken",
      LASTFM_API_KEY: "key",
      LASTFM_USERNAME: "owl",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  return new Promise((resolve) => {
    let ms = Number.NaN;
    child.stderr.once("data", () => (ms = Number(process.hrtime.bigint() - started) / 1e6));
    child.on("close", () => resolve(ms));
  });
}

function computeMedian(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** The sample again and again under other titles, until the shelf is full. */
async function fillCache() {
  const sample = buildSampleListings(Date.now());
  const records = Array.from({ length: recordCount }, (_, at) => {
    const record = sample.records[at % sample.records.length];
    const round = Math.floor(at / sample.records.length);
    const { release } = record;
    return {
      ...record,
      instanceId: at + 1,
      release: {
        ...release,
        id: release.id + round * 10_000,
        masterId: null,
        title: changeTitle(release.title, round),
      },
    };
  });

  const database = openDatabase(cache, { mode: "write" });
  const summary = await sync({
    ...sampleChoices,
    covers: null,
    database,
    services: createMemoryServices({
      ...sample,
      records,
      albums: repeatToCount(albumCount, sample.albums).flatMap((round) =>
        sample.albums.map((album) => ({ ...album, title: changeTitle(album.title, round) })),
      ),
      scrobbles: repeatToCount(scrobbleCount, sample.scrobbles).flatMap((round) =>
        sample.scrobbles.map((play) => ({
          ...play,
          album: changeTitle(play.album, round),
          // Albums with the same songs are one album.
          track: changeTitle(play.track, round),
        })),
      ),
    }),
    accounts: { collection: null, listening: sample.lastfmUser },
    full: false,
    only: null,
    history: true,
    clock: { now: Date.now },
    signal: new AbortController().signal,
  });
  if (!summary.complete) throw summary.failures[0];
  database.close();
}

function repeatToCount(wanted, { length }) {
  return Array.from({ length: Math.ceil(wanted / length) }, (_, round) => round);
}

/** Words that no two titles share, so that each record is credited with albums of its own. */
function changeTitle(title, round) {
  if (round === 0 || title === "") return title;
  const first = [
    "Bramble",
    "Cinder",
    "Dovetail",
    "Ember",
    "Foxglove",
    "Granite",
    "Hollow",
    "Juniper",
    "Kestrel",
  ];
  const second = [
    "Lantern",
    "Meadow",
    "Nettle",
    "Orchard",
    "Pewter",
    "Quarry",
    "Russet",
    "Saffron",
    "Thistle",
  ];
  return `${first[round % 9]} ${second[Math.floor(round / 9) % 9]} ${title}`;
}
