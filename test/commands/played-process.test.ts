// A recogniser of the built program is killed at every point of its stream and of the sending.
import type { ChildProcess } from "node:child_process";
import { expect, test } from "vitest";
import type { LoggedPlaysDocument } from "../../src/queries/documents/decision-documents.ts";
import { createCliFixture } from "../support/cli-fixture.ts";
import { lost } from "../support/response-faults.ts";
import { buildListedTrack } from "../support/filled-cache.ts";
import { getRealTimeMs } from "../support/real-time.ts";
import { runProcess, type ProcessOptions, type ProcessResult } from "../support/run-process.ts";
import { allowScrobbling } from "../support/scrobbling-fixture.ts";

const positions = ["A1", "A2", "A3", "B1", "B2", "B3"];
const trackSeconds = 200;

const buildTitle = (releaseId: number, position: string): string =>
  `Song ${position} of release ${releaseId}`;
const compareByFirst = ([a = ""]: readonly string[], [b = ""]: readonly string[]): number => (a < b ? -1 : 1);

type RunRewind = (argv: readonly string[], options?: ProcessOptions) => Promise<ProcessResult>;

/** A synced shelf whose tracklists are known, and a line for each track of two records, played some hours ago. */
async function createSyncedTurntable() {
  const world = await createCliFixture({ records: 8, albums: 6, plays: 40, wants: 0 });
  const { desk, env } = allowScrobbling(world, getRealTimeMs);
  const { shelf, tracklists } = world.worlds.discogs;
  const releases = shelf.records.rows.map(({ release }) => release);
  for (const { id } of releases) {
    const tracks = positions.map((position) =>
      buildListedTrack(buildTitle(id, position), { position, durationSeconds: trackSeconds }),
    );
    tracklists.set(id, tracks);
  }
  const startUts = Math.floor(getRealTimeMs() / 1000) - 5 * 3600;
  const lines = releases
    .map(({ id, artists: [artist] }) => ({ id, artist: artist?.name ?? "" }))
    .filter(({ artist }) => !/^(?:various|unknown)/i.test(artist))
    .slice(0, 2)
    .flatMap(({ id, artist }, turn) =>
      positions.map((position, at) => {
        const uts = startUts + turn * 3600 + at * trackSeconds + (position.startsWith("B") ? 60 : 0);
        return `${JSON.stringify({ artist, title: buildTitle(id, position), at: uts + 10, source: "ear" })}\n`;
      }),
    );
  const always = { ...world.env, ...env, REWIND_SCROBBLE: "always" };
  const runRewind: RunRewind = async (argv, options) =>
    runProcess(argv, { home: world.home, env: always, ...options });
  expect(await runRewind(["sync", "--tracklists"])).toMatchObject({ code: 0 });
  const readPlays = async (): Promise<LoggedPlaysDocument["data"]> =>
    (JSON.parse((await runRewind(["played", "list", "--all", "--json"])).stdout) as LoggedPlaysDocument).data;
  return { world, desk, lines, rewind: runRewind, plays: readPlays };
}

/** Writes a line after each answer; kills it when line `killAt` was written, or at its answer. */
async function runAndKill(
  rewind: RunRewind,
  lines: readonly string[],
  killAt: number,
  isAnswered: boolean,
): Promise<ProcessResult> {
  let next = 0;
  const writeNextLine = (child: ChildProcess): void => {
    child.stdin?.write(lines[next] ?? "");
    if (next === killAt && !isAnswered) child.kill("SIGKILL");
    next += 1;
  };
  return rewind(["played", "import", "-"], {
    stdin: null,
    onStart: writeNextLine,
    onOutput: (_, stream, child) => {
      if (stream !== "stdout") return;
      if (next > killAt) child.kill("SIGKILL");
      else writeNextLine(child);
    },
  });
}

test("logs and scrobbles each play once despite kills", async () => {
  const { world, desk, rewind, lines, plays } = await createSyncedTurntable();
  for (const [killAt, isAnswered] of [
    [0, false],
    [2, true],
    [4, false],
    [7, true],
    [11, true],
  ] as const) {
    expect(await runAndKill(rewind, lines, killAt, isAnswered)).toMatchObject({ signal: "SIGKILL" });
  }
  expect(await rewind(["played", "import", "-"], { stdin: lines.join("") })).toMatchObject({ code: 0 });
  const logged = await plays();
  expect(logged.map(({ tracks }) => tracks.map(({ position }) => position)).toSorted(compareByFirst)).toEqual(
    [
      ["A1", "A2", "A3"],
      ["A1", "A2", "A3"],
      ["B1", "B2", "B3"],
      ["B1", "B2", "B3"],
    ],
  );
  const readStates = async (): Promise<ReadonlySet<string>> =>
    new Set((await plays()).flatMap(({ tracks }) => tracks.map(({ state }) => state)));
  // The first sending is killed before Last.fm has it, the second one after that, before the answer.
  for (const fault of [lost, undefined]) {
    let child: ChildProcess | undefined;
    world.lastfm.behaviour.onRequest = (_, { body }) => {
      if (!body.toLowerCase().includes("track.scrobble")) return undefined;
      child?.kill("SIGKILL");
      return fault;
    };
    const killed = await rewind(["sync"], { onStart: (started) => (child = started) });
    expect(killed.signal).toBe("SIGKILL");
    expect(await readStates()).toEqual(new Set(["unknown"]));
  }
  world.lastfm.behaviour.onRequest = null;
  expect(desk.stored).toHaveLength(lines.length);
  for (let nth = 0; nth < 2; nth += 1) expect(await rewind(["sync"])).toMatchObject({ code: 0 });
  const sent = await plays();
  expect(sent.map(({ uuid }) => uuid).toSorted()).toEqual(logged.map(({ uuid }) => uuid).toSorted());
  expect(await readStates()).toEqual(new Set(["sent"]));
  const titles = desk.stored.map(({ track }) => track).toSorted();
  expect(titles).toEqual(lines.map((line) => (JSON.parse(line) as { title: string }).title).toSorted());
});
