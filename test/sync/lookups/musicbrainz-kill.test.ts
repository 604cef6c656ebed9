// kill -9 while MusicBrainz is asked: what was answered and kept is never asked about again.
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../../src/store/open.ts";
import type { LoggedRequest } from "../../support/stand-in.ts";
import { tempDirectory } from "../../support/temp.ts";
import { makeBench, startMs, type Bench } from "../bench.ts";
import { startChild } from "../run-and-kill.ts";

/** Runs a sync; `moment` is told of each request to MusicBrainz, and of how to kill the one who asks. */
async function run(
  bench: Bench,
  path: string,
  moment: (n: number, kill: () => Promise<void>) => Promise<void>,
): Promise<"killed" | "done"> {
  const { ended, kill } = startChild(bench, {
    path,
    nowMs: startMs,
    musicbrainzUrl: bench.musicbrainzServer.url,
  });
  let seen = 0;
  bench.musicbrainzServer.behaviour.onRequest = () => moment((seen += 1), kill);
  return ended;
}

function addresses(requests: readonly LoggedRequest[]): string[] {
  return requests.flatMap(({ search }) => new URLSearchParams(search).getAll("resource"));
}

function kept(path: string): unknown {
  const database = openDatabase(path, { mode: "read" });
  if (!database) throw new Error("no cache");
  const found = ["musicbrainz_release", "musicbrainz_group"].map((table) =>
    database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).raw().all(),
  );
  database.close();
  return found;
}

const patience = { timeout: 120_000 };

async function makeWorld() {
  const bench = await makeBench({ records: 230, albums: 20, plays: 40 }, { musicbrainz: { leastGapMs: 0 } });
  await bench.sync({ musicbrainz: true });
  const truth = kept(bench.path);
  const all = addresses(bench.musicbrainzServer.requests).toSorted();
  const requests = bench.musicbrainzServer.requests.length;
  bench.musicbrainzServer.requests.length = 0;
  bench.musicbrainzServer.behaviour.clock = null;
  return { bench, truth, all, requests, path: join(tempDirectory("rewind-kill"), "rewind.db") };
}

test(
  "killed at each request before its answer, nothing that was answered is asked again",
  patience,
  async () => {
    const { bench, truth, all, requests, path } = await makeWorld();
    const unanswered = new Set<number>();
    let ending = "killed";
    while (ending === "killed") {
      ending = await run(bench, path, async (n, kill) => {
        if (n < 2) return;
        unanswered.add(bench.musicbrainzServer.requests.length);
        await kill();
      });
    }
    expect(kept(path)).toEqual(truth);
    expect(unanswered.size).toBe(requests - 1);
    const { requests: sent } = bench.musicbrainzServer;
    expect(addresses(sent.filter(({ n }) => !unanswered.has(n))).toSorted()).toEqual(all);
  },
);
