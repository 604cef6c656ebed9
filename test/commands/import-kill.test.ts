// The built program is killed while it imports and merges: the cache has the old answer or the new one.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { connectReadonly } from "../../src/store/file/database.ts";
import { rounds } from "../support/sample.ts";
import { realNow, realPause } from "../support/real-time.ts";
import { tempDirectory } from "../support/temp.ts";

const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));
const plays = 4_000;
const kills = rounds("REWIND_KILLS", { few: 2, whole: 6 });

function line(at: number, late: number): string {
  return JSON.stringify({
    timeMs: (1_500_000_000 + at * 900 + late) * 1000,
    artist: `Artist ${at % 30}`,
    track: `Track ${at % 200}`,
    album: `Album ${at % 40}`,
    event: "scrobble",
  });
}

const csvRow = (at: number): string =>
  `${1_500_000_000 + at * 900 + 3},,Artist ${at % 30},,Album ${at % 40},,Track ${at % 200},`;

const envOf = (home: string): NodeJS.ProcessEnv => ({
  ...process.env,
  XDG_DATA_HOME: home,
  XDG_CONFIG_HOME: home,
});
const answer = (home: string): string => {
  const database = connectReadonly(join(home, "rewind", "rewind.db"));
  try {
    const rows = ["scrobble", "source_play", "merge_quarter"].map((table) =>
      database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).raw().all(),
    );
    return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
  } finally {
    database.close();
  }
};

const run = (home: string, ...argv: string[]): void => {
  expect(spawnSync(process.execPath, [program, ...argv], { env: envOf(home) }).status).toBe(0);
};

test("an import that is killed at any time leaves the old answer or the new one", async () => {
  const directory = tempDirectory();
  const first = join(directory, "first.jsonl");
  const second = join(directory, "second.csv");
  const numbers = Array.from({ length: plays }, (_, at) => at);
  writeFileSync(first, `${numbers.map((at) => line(at, 0)).join("\n")}\n`);
  const header = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid";
  writeFileSync(second, [header, ...numbers.filter((at) => at % 2 > 0).map(csvRow), ""].join("\n"));

  const before = join(directory, "before");
  run(before, "import", first);
  const after = join(directory, "after");
  cpSync(before, after, { recursive: true });
  const startMs = realNow();
  run(after, "import", second);
  const tookMs = realNow() - startMs;
  const [old, fresh] = [answer(before), answer(after)];
  expect(fresh).not.toBe(old);
  for (let kill = 0; kill < kills; kill += 1) {
    const home = join(directory, "killed");
    rmSync(home, { recursive: true, force: true });
    cpSync(before, home, { recursive: true });
    const child = spawn(process.execPath, [program, "import", second], { env: envOf(home), stdio: "ignore" });
    const ended = new Promise((resolve) => {
      child.once("exit", resolve);
    });
    await realPause((tookMs * (kill + 1)) / (kills + 1));
    child.kill("SIGKILL");
    await ended;
    expect([old, fresh]).toContain(answer(home));
    run(home, "import", second);
    expect(answer(home)).toBe(fresh);
  }
}, 120_000);
