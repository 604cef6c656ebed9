// The built program is killed while it imports, syncs and merges: the cache has the old answer or the new one.
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { getRoundCount, sampleItems } from "../support/sampling.ts";
import { createCliFixture, type CliFixture } from "../support/cli-fixture.ts";
import { getHomeCachePath, buildPlay, withCache } from "../support/filled-cache.ts";
import { startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { buildListen, createListenBrainzData } from "../support/listenbrainz-data.ts";
import { getElapsedMs, waitRealTime } from "../support/real-time.ts";
import { runProcess } from "../support/run-process.ts";
import type { Behaviour, FakeService } from "../support/fake-service.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import type { Play } from "../support/service-data.ts";

const plays: readonly Play[] = Array.from({ length: 2_500 }, (_, at) =>
  buildPlay(`Artist ${at % 30}`, `Album ${at % 40}`, `Track ${at % 200}`, 1_500_000_000 + at * 900),
);
const latePlays = plays.filter((_, at) => at % 2 > 0).map((play) => ({ ...play, uts: play.uts + 3 }));
const kills = getRoundCount("REWIND_KILLS", { few: 2, whole: 2 });

/** A command line that merges plays which the cache of a file has already. */
interface MergeCommand {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The service whose last answer is what is merged; without it, the work begins with the process. */
  readonly server?: FakeService<Behaviour>;
}

function writePanoFile(directory: string): string {
  const path = join(directory, "first.jsonl");
  const lines = plays.map(({ uts, artist, track, album }) =>
    JSON.stringify({ timeMs: uts * 1000, artist, track, album, event: "scrobble" }),
  );
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

async function prepareImport(directory: string): Promise<MergeCommand> {
  const path = join(directory, "second.csv");
  const rows = latePlays.map(({ uts, artist, album, track }) => `${uts},,${artist},,${album},,${track},`);
  const header = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid";
  writeFileSync(path, [header, ...rows, ""].join("\n"));
  return { argv: ["import", path] };
}

/** A small shelf, and the listening history of the late plays at Last.fm. */
async function createLateFixture(): Promise<CliFixture> {
  const fixture = await createCliFixture({ records: 5, albums: 5, plays: 0, wants: 0 });
  for (const service of [fixture.discogs, fixture.lastfm]) service.behaviour.clock = null;
  fixture.worlds.lastfm.listener.plays.set(latePlays);
  return fixture;
}

async function prepareListenBrainzSync(): Promise<MergeCommand> {
  const listens = latePlays.map(({ uts, artist, track, album }) =>
    buildListen(uts, { artist_name: artist, track_name: track, release_name: album }),
  );
  const fixture = createListenBrainzData(listens);
  const server = await startFakeListenBrainz(fixture, { limit: null });
  const listenbrainz = { LISTENBRAINZ_USERNAME: fixture.username, LISTENBRAINZ_API_URL: server.url };
  const env = {
    ...(await createLateFixture()).env,
    LASTFM_API_KEY: "",
    LASTFM_USERNAME: "",
    ...listenbrainz,
  };
  return { argv: ["sync"], env, server };
}

async function prepareLastfmSync(): Promise<MergeCommand> {
  const { env, lastfm } = await createLateFixture();
  return { argv: ["sync"], env, server: lastfm };
}

const readAnswer = (home: string): string =>
  withCache(getHomeCachePath(home), (database) => {
    const rows = ["scrobble", "source_play", "merge_quarter"].map((table) =>
      database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).raw().all(),
    );
    return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
  });

/** Runs the command line, and kills it some time after a number of requests; 0: after its start. */
async function runAndKill(
  home: string,
  { argv, env = {}, server }: MergeCommand,
  kill?: { readonly requests: number; readonly ms: number },
) {
  let requests = 0;
  let fromMs = getElapsedMs();
  let child: ChildProcess | undefined;
  const startKillTimer = (): void => {
    fromMs = getElapsedMs();
    if (kill?.requests === requests) void waitRealTime(kill.ms).then(() => child?.kill("SIGKILL"));
  };
  if (server !== undefined) {
    server.behaviour.onRequest = () => {
      requests += 1;
      startKillTimer();
    };
  }
  const { code } = await runProcess(argv, {
    home,
    env,
    onStart: (started) => {
      child = started;
      startKillTimer();
    },
  });
  if (server !== undefined) server.behaviour.onRequest = null;
  // The time since its last request, or since its start.
  return { code, tookMs: getElapsedMs() - fromMs, requests };
}

const mergeCommands = [
  ["an import", prepareImport],
  ["a sync of ListenBrainz", prepareListenBrainzSync],
  ["a sync of Last.fm", prepareLastfmSync],
] as const;

test.each(sampleItems("merge kills", mergeCommands, 1))(
  "%s that is killed at any time leaves the old answer or the new one",
  async (_, start) => {
    const directory = createTempDirectory();
    const merging = await start(directory);
    const before = join(directory, "before");
    expect(await runAndKill(before, { argv: ["import", writePanoFile(directory)] })).toMatchObject({
      code: 0,
    });
    const after = join(directory, "after");
    cpSync(before, after, { recursive: true });
    const { code, tookMs, requests } = await runAndKill(after, merging);
    expect(code).toBe(0);
    const [old, fresh] = [readAnswer(before), readAnswer(after)];
    expect(fresh).not.toBe(old);
    for (let kill = 1; kill <= kills; kill += 1) {
      const home = join(directory, "killed");
      rmSync(home, { recursive: true, force: true });
      cpSync(before, home, { recursive: true });
      await runAndKill(home, merging, { requests, ms: (tookMs * kill) / (kills + 1) });
      expect([old, fresh]).toContain(readAnswer(home));
      expect(await runAndKill(home, merging)).toMatchObject({ code: 0 });
      expect(readAnswer(home)).toBe(fresh);
    }
  },
  120_000,
);
