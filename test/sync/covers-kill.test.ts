// kill -9 while pictures are asked for: what was kept is never asked for again.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/open.ts";
import { cover } from "../support/picture-hosts.ts";
import { makeBench, startMs, type Bench } from "./bench.ts";

const child = fileURLToPath(new URL("sync-child.mjs", import.meta.url));

/** Runs a sync, and kills it at its n-th request for a picture. */
function runAndKill(bench: Bench, at: number): Promise<"killed" | "done"> {
  const options = {
    token: bench.discogs.token,
    apiKey: bench.lastfm.apiKey,
    user: bench.lastfm.listener.name,
    discogsUrl: bench.discogsServer.url,
    lastfmUrl: bench.lastfmServer.url,
    archiveUrl: bench.archiveServer.url,
    covers: { sources: ["archive"], directory: bench.coversPath },
    path: bench.path,
    nowMs: startMs,
    full: false,
  };
  const running = spawn(process.execPath, [child, JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const closed = new Promise<"killed" | "done">((resolve, reject) => {
    running.on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve("killed");
      else if (code === 0) resolve("done");
      else reject(new Error(`the sync ended with ${String(code)}`));
    });
  });
  let seen = 0;
  bench.archiveServer.behaviour.onRequest = async () => {
    seen += 1;
    if (seen !== at) return;
    running.kill("SIGKILL");
    await closed;
  };
  return closed;
}

test(
  "killed at any request, at most what was under way is asked for again",
  { timeout: 120_000 },
  async () => {
    const bench = await makeBench(
      { records: 16, albums: 8, plays: 8, wants: 2 },
      { musicbrainz: { leastGapMs: 0 } },
    );
    await bench.sync({ musicbrainz: true });
    const mbids = [...bench.musicbrainz.releases.values()].flat().map(({ mbid }) => mbid);
    mbids.forEach((mbid, at) => bench.pictures.archive.set(`release/${mbid}`, cover(at)));
    for (const server of [bench.discogsServer, bench.lastfmServer, bench.archiveServer])
      server.behaviour.clock = null;
    const kills = [5, 8, 11];
    for (const at of kills) expect(await runAndKill(bench, at)).toBe("killed");
    expect(await runAndKill(bench, Infinity)).toBe("done");

    const database = openDatabase(bench.path, { mode: "read" });
    const states = database?.prepare("SELECT state, count(*) FROM picture GROUP BY state").raw().all();
    database?.close();
    expect(states?.[0]).toEqual(["known", bench.musicbrainz.releases.size]);
    expect(readdirSync(bench.coversPath)).toHaveLength(bench.musicbrainz.releases.size);
    const asked = bench.archiveServer.requests
      .map(({ path }) => path)
      .filter((path) => path.endsWith("/front-250"));
    expect(asked.length - new Set(asked).size).toBeLessThanOrEqual(kills.length * 3);
  },
);
