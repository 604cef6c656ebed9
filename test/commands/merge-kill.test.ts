// The built program is killed while it imports, syncs and merges: the cache has the old answer or the new one.
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rounds, sampled } from "../support/sample.ts";
import { cliWorld, type CliWorld } from "../support/cli-world.ts";
import { cacheIn, playOf, withCache } from "../support/filled-cache.ts";
import { startListenBrainz } from "../support/listenbrainz-stand-in.ts";
import { listen, makeListenBrainzWorld } from "../support/listenbrainz-world.ts";
import { realNow, realPause } from "../support/real-time.ts";
import { runProcess } from "../support/run-process.ts";
import type { Behaviour, StandIn } from "../support/stand-in.ts";
import { tempDirectory } from "../support/temp.ts";
import type { Play } from "../support/world.ts";

const plays: readonly Play[] = Array.from({ length: 2_500 }, (_, at) =>
  playOf(`Artist ${at % 30}`, `Album ${at % 40}`, `Track ${at % 200}`, 1_500_000_000 + at * 900),
);
const late = plays.filter((_, at) => at % 2 > 0).map((play) => ({ ...play, uts: play.uts + 3 }));
const kills = rounds("REWIND_KILLS", { few: 2, whole: 4 });

/** A command line that merges plays which the cache of a file has already. */
interface Merging {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The service whose last answer is what is merged; without it, the work begins with the process. */
  readonly server?: StandIn<Behaviour>;
}

function panoFile(directory: string): string {
  const path = join(directory, "first.jsonl");
  const lines = plays.map(({ uts, artist, track, album }) =>
    JSON.stringify({ timeMs: uts * 1000, artist, track, album, event: "scrobble" }),
  );
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

async function byImport(directory: string): Promise<Merging> {
  const path = join(directory, "second.csv");
  const rows = late.map(({ uts, artist, album, track }) => `${uts},,${artist},,${album},,${track},`);
  const header = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid";
  writeFileSync(path, [header, ...rows, ""].join("\n"));
  return { argv: ["import", path] };
}

/** A small shelf, and the listening history of the late plays at Last.fm. */
async function lateWorld(): Promise<CliWorld> {
  const world = await cliWorld({ records: 5, albums: 5, plays: 0, wants: 0 });
  for (const service of [world.discogs, world.lastfm]) service.behaviour.clock = null;
  world.worlds.lastfm.listener.plays.set(late);
  return world;
}

async function byListenBrainz(): Promise<Merging> {
  const listens = late.map(({ uts, artist, track, album }) =>
    listen(uts, { artist_name: artist, track_name: track, release_name: album }),
  );
  const world = makeListenBrainzWorld(listens);
  const server = await startListenBrainz(world, { limit: null });
  const listenbrainz = { LISTENBRAINZ_USERNAME: world.username, LISTENBRAINZ_API_URL: server.url };
  const env = { ...(await lateWorld()).env, LASTFM_API_KEY: "", LASTFM_USERNAME: "", ...listenbrainz };
  return { argv: ["sync"], env, server };
}

async function byLastfm(): Promise<Merging> {
  const { env, lastfm } = await lateWorld();
  return { argv: ["sync"], env, server: lastfm };
}

const answer = (home: string): string =>
  withCache(cacheIn(home), (database) => {
    const rows = ["scrobble", "source_play", "merge_quarter"].map((table) =>
      database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).raw().all(),
    );
    return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
  });

/** Runs the command line, and kills it some time after a number of requests; 0: after its start. */
async function run(
  home: string,
  { argv, env = {}, server }: Merging,
  kill?: { readonly requests: number; readonly ms: number },
) {
  let requests = 0;
  let fromMs = realNow();
  let child: ChildProcess | undefined;
  const begin = (): void => {
    fromMs = realNow();
    if (kill?.requests === requests) void realPause(kill.ms).then(() => child?.kill("SIGKILL"));
  };
  if (server !== undefined) {
    server.behaviour.onRequest = () => {
      requests += 1;
      begin();
    };
  }
  const { code } = await runProcess(argv, {
    home,
    env,
    onStart: (started) => {
      child = started;
      begin();
    },
  });
  if (server !== undefined) server.behaviour.onRequest = null;
  // The time since its last request, or since its start.
  return { code, tookMs: realNow() - fromMs, requests };
}

const mergings = [
  ["an import", byImport],
  ["a sync of ListenBrainz", byListenBrainz],
  ["a sync of Last.fm", byLastfm],
] as const;

test.each(sampled("merge kills", mergings, 1))(
  "%s that is killed at any time leaves the old answer or the new one",
  async (_, start) => {
    const directory = tempDirectory();
    const merging = await start(directory);
    const before = join(directory, "before");
    expect(await run(before, { argv: ["import", panoFile(directory)] })).toMatchObject({ code: 0 });
    const after = join(directory, "after");
    cpSync(before, after, { recursive: true });
    const { code, tookMs, requests } = await run(after, merging);
    expect(code).toBe(0);
    const [old, fresh] = [answer(before), answer(after)];
    expect(fresh).not.toBe(old);
    for (let kill = 1; kill <= kills; kill += 1) {
      const home = join(directory, "killed");
      rmSync(home, { recursive: true, force: true });
      cpSync(before, home, { recursive: true });
      await run(home, merging, { requests, ms: (tookMs * kill) / (kills + 1) });
      expect([old, fresh]).toContain(answer(home));
      expect(await run(home, merging)).toMatchObject({ code: 0 });
      expect(answer(home)).toBe(fresh);
    }
  },
  120_000,
);
