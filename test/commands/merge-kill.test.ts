// The built program is killed while it imports and merges: the cache has the old answer or the new one.
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheIn, withCache } from "../support/filled-cache.ts";
import { realNow, realPause } from "../support/real-time.ts";
import { runProcess } from "../support/run-process.ts";
import { rounds } from "../support/sample.ts";
import { tempDirectory } from "../support/temp.ts";

const plays = Array.from({ length: 2_500 }, (_, at) => ({
  uts: 1_500_000_000 + at * 900,
  artist: `Artist ${at % 30}`,
  track: `Track ${at % 200}`,
  album: `Album ${at % 40}`,
}));
const kills = rounds("REWIND_KILLS", { few: 2, whole: 6 });

function panoFile(directory: string): string {
  const path = join(directory, "first.jsonl");
  const lines = plays.map(({ uts, artist, track, album }) =>
    JSON.stringify({ timeMs: uts * 1000, artist, track, album, event: "scrobble" }),
  );
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

/** Half of the plays, some seconds later. */
function lastfmFile(directory: string): string {
  const path = join(directory, "second.csv");
  const rows = plays
    .filter((_, at) => at % 2 > 0)
    .map(({ uts, artist, album, track }) => `${uts + 3},,${artist},,${album},,${track},`);
  const header = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid";
  writeFileSync(path, [header, ...rows, ""].join("\n"));
  return path;
}

const answer = (home: string): string =>
  withCache(cacheIn(home), (database) => {
    const rows = ["scrobble", "source_play", "merge_quarter"].map((table) =>
      database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).raw().all(),
    );
    return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
  });

async function importing(home: string, path: string, killAfterMs?: number): Promise<number | null> {
  const { code } = await runProcess(["import", path], {
    home,
    onStart: (child: ChildProcess) => {
      if (killAfterMs !== undefined) void realPause(killAfterMs).then(() => child.kill("SIGKILL"));
    },
  });
  return code;
}

test("an import that is killed at any time leaves the old answer or the new one", async () => {
  const directory = tempDirectory();
  const path = lastfmFile(directory);
  const before = join(directory, "before");
  expect(await importing(before, panoFile(directory))).toBe(0);
  const after = join(directory, "after");
  cpSync(before, after, { recursive: true });
  const startedMs = realNow();
  expect(await importing(after, path)).toBe(0);
  const tookMs = realNow() - startedMs;
  const [old, fresh] = [answer(before), answer(after)];
  expect(fresh).not.toBe(old);
  for (let kill = 1; kill <= kills; kill += 1) {
    const home = join(directory, "killed");
    rmSync(home, { recursive: true, force: true });
    cpSync(before, home, { recursive: true });
    await importing(home, path, (tookMs * kill) / (kills + 1));
    expect([old, fresh]).toContain(answer(home));
    expect(await importing(home, path)).toBe(0);
    expect(answer(home)).toBe(fresh);
  }
}, 120_000);
