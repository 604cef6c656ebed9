// How long each question takes and how much memory, on a cache of 100 000 records and 300 000 scrobbles.
//   npm run --silent build && npm run bench -- test/benchmarks/queries.mjs [records] [scrobbles]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateCache, getTitle } from "./generate-cache.mjs";

const [records = 100_000, scrobbles = 300_000] = process.argv.slice(2).map(Number);
const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));

const queries = [
  ["xref", "--json"],
  ["xref"],
  ["xref", "--as", "csv"],
  ["stats"],
  ["stats", "--by", "genre", "--over", "year"],
  ["stats", "--json"],
  ["stats", "--by", "genre"],
  ["stats", "--by", "artist"],
  ["stats", "--by", "genre", "--during", "1y"],
  ["gaps", "--json"],
  ["gaps", "--as", "csv"],
  ["gaps", "--during", "1y", "--json"],
  ["dusty", "--json", "--idle", "1mo"],
  ["pick", "--json"],
  ["pick", "--json", "-n", "20", "--seed", "7", "--kind", "any"],
  ["have", getTitle(7)],
  ["have", "Atlas", "of", "Engnes", "120"],
  ["have", "nothing", "of", "the", "kind"],
  ["have", "jaggd", "brdges"],
  ["xref", "jaggd", "brdges", "--json"],
  ["top", "albums", "--json"],
  ["top", "albums", "--during", "1y"],
  ["top", "artists"],
  ["top", "tracks"],
  ["top", "tracks", "--during", "1y", "--json"],
  ["recap"],
  ["recap", "--month"],
  ["recap", "1y", "--json"],
  ["recap", "2000..", "--json"],
  ["played", "list"],
  ["report", "--out", "-"],
  ["status", "--json"],
  ["sources", "check"],
  ["sql", "SELECT artist, sum(play_count) FROM records GROUP BY 1 ORDER BY 2 DESC LIMIT 20", "--json"],
  ["sql", "SELECT * FROM scrobbles", "--as", "csv"],
  ["sql", "SELECT * FROM records"],
];

const atExit =
  "data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))";

function measureQuery(argv, path) {
  const started = performance.now();
  const { status, stderr, output } = spawnSync(
    process.execPath,
    ["--import", atExit, program, "--db", path, ...argv],
    {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    },
  );
  // have ends with 1 for NO and 6 for MAYBE.
  if (status !== 0 && !((status === 1 || status === 6) && argv[0] === "have"))
    throw new Error(`rewind ${argv.join(" ")} ended with ${status}: ${stderr}`);
  return { seconds: (performance.now() - started) / 1000, megabytes: Number(output[3]) / 1024 };
}

const home = mkdtempSync(join(tmpdir(), "rewind-bench-"));
try {
  const path = join(home, "rewind.db");
  const albums = await generateCache(path, { records, scrobbles });
  console.log(`${records} records, ${albums} albums, ${scrobbles} scrobbles`);
  for (const argv of queries) {
    const { seconds, megabytes } = measureQuery(argv, path);
    console.log(
      `${seconds.toFixed(2).padStart(7)} s ${megabytes.toFixed(0).padStart(5)} MB   rewind ${argv.join(" ")}`,
    );
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
