// kill -9 while pictures are asked for: what was kept is never asked for again.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/open.ts";
import { cover } from "../support/picture-hosts.ts";
import { makeBench, startMs, type Bench } from "./bench.ts";
import { startChild } from "./run-and-kill.ts";

/** Runs a sync, and kills it at its n-th request for a picture. */
function runAndKill(bench: Bench, at: number): Promise<"killed" | "done"> {
  const { ended, kill } = startChild(bench, {
    path: bench.path,
    nowMs: startMs,
    archiveUrl: bench.archiveServer.url,
    covers: { sources: ["archive"], directory: bench.coversPath, isRequested: false },
  });
  let seen = 0;
  bench.archiveServer.behaviour.onRequest = async () => {
    seen += 1;
    if (seen === at) await kill();
  };
  return ended;
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
    const kills = [5, 9];
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
