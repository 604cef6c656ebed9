// Time and memory of an export of a merged history of three sources, and of reading it back in another home.
//   npm run --silent build && npm run bench -- test/benchmarks/export.mjs [plays]
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transact } from "../../src/store/file/database.ts";
import { openDatabase } from "../../src/store/open-cache.ts";
import { createSourceImporter } from "../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../src/sync/merging/merge-sources.ts";
import { createPlayGenerator } from "./generate-plays.mjs";

const plays = Number(process.argv[2] ?? 500_000);
const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));
const atExit = `data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>{
  const{maxRSS,userCPUTime,systemCPUTime}=process.resourceUsage();writeSync(3,JSON.stringify([maxRSS/1024,(userCPUTime+systemCPUTime)/1e6]))})`;

/** `stdout`: the file that takes the output. */
function measureRun(what, argv, stdout) {
  const file = openSync(stdout, "w");
  const started = performance.now();
  const { status, stderr, output } = spawnSync(process.execPath, ["--import", atExit, program, ...argv], {
    encoding: "utf8",
    stdio: ["ignore", file, "pipe", "pipe"],
  });
  closeSync(file);
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - started) / 1000;
  const [megabytes, cpuSeconds] = JSON.parse(output[3]);
  console.log(
    `${what}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU, ${Math.round(megabytes)} MB of memory, ${Math.round(statSync(stdout).size / 1e6)} MB of text`,
  );
}

const directory = mkdtempSync(join(tmpdir(), "rewind-export-"));
try {
  const path = join(directory, "rewind.db");
  const database = openDatabase(path, { mode: "write" });
  // Each source adds half of its plays to those before it.
  const size = Math.round(plays / 1.93);
  const generatePlays = createPlayGenerator(size);
  transact(database, () => {
    for (const [at, name] of ["listenbrainz-file", "spotify", "maloja"].entries()) {
      createSourceImporter(database, { name, kind: "file" })(
        generatePlays(Math.floor(size * 0.2 * at), size, at * 3, ""),
      );
    }
    mergeSources(database);
  });
  console.log(
    `${Number(database.prepare("SELECT count(*) FROM scrobble").pluck().get())} plays of ${size * 3} rows`,
  );
  database.close();
  const lines = join(directory, "plays.jsonl");
  const table = join(directory, "plays.csv");
  const log = join(directory, "log");
  measureRun("JSON Lines", ["--db", path, "export", "plays"], lines);
  measureRun("CSV", ["--db", path, "export", "plays", "--as", "csv"], table);
  measureRun("read back", ["--db", join(directory, "other.db"), "import", lines], log);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
