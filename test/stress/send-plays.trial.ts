// 200,000 plays are sent to a server that stores late and loses connections, by a program that is killed 20 times: none
// arrives twice, none is missing, and another run only reads the listing. npm run --silent build, then
//   npx vitest run --config test/stress/vitest.config.ts send-plays
// REWIND_PLAYS sets another number of plays.
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { transact } from "../../src/store/file/database.ts";
import { openDatabase } from "../../src/store/open-cache.ts";
import { createSourceImporter } from "../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../src/sync/merging/merge-sources.ts";
import type { SourcePlay } from "../../src/model/listening-sources.ts";
import { createSeededRandom, pickInteger, toUuid } from "../support/random.ts";
import { buildHomeEnv } from "../support/run-cli.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const playCount = Number(process.env["REWIND_PLAYS"] ?? 200_000);
const kills = 20;
const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));
const random = createSeededRandom(42);

const plays: readonly SourcePlay[] = Array.from({ length: playCount }, (_, at) => {
  const song = pickInteger(random, 0, 20_000);
  return {
    startUts: 1_300_000_000 + at * 1_500 + pickInteger(random, 0, 900),
    precisionSeconds: 1,
    artist: `Artist ${song % 900}`,
    albumArtist: null,
    album: `Album ${song % 3_000}`,
    title: `Song ${song}`,
    durationSeconds: 120 + (song % 200),
    recordingMbid: null,
    releaseMbid: null,
    releaseGroupMbid: null,
    origin: null,
    isEndStamped: false,
    hasOwnAlbum: true,
    sourceKey: null,
  };
});

interface StoredListen {
  readonly listened_at: number;
  readonly recording_msid: string;
  readonly track_metadata: Metadata;
}

interface Metadata {
  readonly artist_name: string;
  readonly track_name: string;
  readonly release_name?: string;
  readonly additional_info: { readonly duration_ms?: number };
}

/** ListenBrainz' identity of a listen: its second, its names and its length. */
function toStoredListen(listened_at: number, track_metadata: Metadata): StoredListen {
  const { artist_name, track_name, release_name, additional_info } = track_metadata;
  const names = [artist_name, track_name, release_name].map((name) => name?.toLowerCase());
  return {
    listened_at,
    recording_msid: toUuid(JSON.stringify([...names, additional_info.duration_ms])),
    track_metadata,
  };
}

/** Stores what it takes one request later. `onRequest` is called before each answer. */
async function startServer(onRequest: () => void) {
  const stored = new Map<string, StoredListen>();
  let sorted: StoredListen[] = [];
  let queue: StoredListen[] = [];
  let posts = 0;
  const store = (): void => {
    for (const listen of queue) stored.set(`${listen.listened_at} ${listen.recording_msid}`, listen);
    if (queue.length > 0) sorted = [...stored.values()].toSorted((a, b) => a.listened_at - b.listened_at);
    queue = [];
  };
  const listAfter = (uts: number, count: number): StoredListen[] => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as StoredListen).listened_at <= uts) low = middle + 1;
      else high = middle;
    }
    return sorted.slice(low, low + count).toReversed();
  };
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://stand-in");
    const body = request.method === "POST" ? await text(request) : "";
    onRequest();
    const chance = random();
    const isPost = body !== "";
    if (isPost) posts += 1;
    if (isPost && chance < 0.1) return void request.socket.destroy();
    store();
    if (isPost) {
      const { payload } = JSON.parse(body) as {
        payload: readonly { readonly listened_at: number; readonly track_metadata: Metadata }[];
      };
      queue.push(...payload.map((each) => toStoredListen(each.listened_at, each.track_metadata)));
      if (chance < 0.2) return void request.socket.destroy();
    }
    const count = Number(searchParams.get("count"));
    const minTs = searchParams.get("min_ts");
    const listens = minTs === null ? sorted.slice(-count) : listAfter(Number(minTs), count);
    const page = {
      listens,
      user_id: "owl",
      oldest_listen_ts: sorted[0]?.listened_at ?? 0,
      latest_listen_ts: sorted.at(-1)?.listened_at ?? 0,
    };
    const answer = isPost
      ? { status: "ok" }
      : pathname.endsWith("/listens")
        ? { payload: page }
        : pathname.endsWith("/listen-count")
          ? { payload: { count: stored.size } }
          : { code: 200, valid: true, user_name: "owl" };
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  }
  const server = createServer((request, response) => void respond(request, response));
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    insert: (listens: readonly StoredListen[]) => {
      queue.push(...listens);
      store();
    },
    countPosts: () => posts,
    list: () => {
      store();
      return sorted;
    },
  };
}

function writeCache(path: string): void {
  const database = openDatabase(path, { mode: "write" });
  transact(database, () => {
    createSourceImporter(database, { name: "spotify", kind: "file" })(plays);
    mergeSources(database);
  });
  database.close();
}

test(`sends ${playCount} plays once through ${kills} kills`, { timeout: 7_200_000 }, async () => {
  let requests = 0;
  let killAt = Infinity;
  let child: ChildProcess | undefined;
  const server = await startServer(() => {
    requests += 1;
    if (requests === killAt) child?.kill("SIGKILL");
  });
  // One play in ten is there already, with another length and some seconds off.
  const known = plays.filter((_, at) => at % 10 === 0);
  server.insert(
    known.map(({ artist, title, startUts }) =>
      toStoredListen(startUts + 3, { artist_name: artist, track_name: title, additional_info: {} }),
    ),
  );
  const home = createTempDirectory("rewind-home");
  const path = join(home, "rewind.db");
  writeCache(path);
  const env = {
    ...buildHomeEnv(home),
    PATH: process.env["PATH"] ?? "",
    LISTENBRAINZ_TOKEN: "x",
    LISTENBRAINZ_API_URL: server.url,
  };
  const run = (): Promise<{ code: number | null; stdout: string; stderr: string }> => {
    requests = 0;
    const argv = [program, "--db", path, "send", "plays", "--to", "listenbrainz", "--yes"];
    const started = spawn(process.execPath, argv, { env, stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    const ended = new Promise<number | null>((resolve) => {
      started.on("close", resolve);
    });
    return Promise.all([ended, text(started.stdout), text(started.stderr)]).then(
      ([code, stdout, stderr]) => ({
        code,
        stdout,
        stderr,
      }),
    );
  };
  let killed = 0;
  for (; killed < kills; killed += 1) {
    // Most kills are after the listing was read, among the batches.
    const pages = Math.ceil(server.list().length / 1_000) + 4;
    killAt = pages + pickInteger(random, -2, Math.max(2, Math.ceil(playCount / 1_000 / (kills / 2))));
    const { code, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: null, stderr: "" });
  }
  killAt = Infinity;
  const last = await run();
  expect(last).toMatchObject({ code: 0, stderr: "" });
  const listed = server.list();
  expect(listed).toHaveLength(playCount);
  const keys = new Set(listed.map(({ listened_at }) => listened_at));
  const missing = plays.filter(({ startUts }, at) => !keys.has(at % 10 === 0 ? startUts + 3 : startUts));
  expect(missing).toEqual([]);
  const posts = server.countPosts();
  const again = await run();
  expect(again.stdout).toContain("It lacks none of the");
  expect(server.countPosts()).toBe(posts);
  console.log(
    `${playCount} plays, ${killed} kills, ${posts} batches; the run after them: ${requests} requests, all of the listing`,
  );
});
