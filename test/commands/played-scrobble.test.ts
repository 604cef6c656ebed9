// What is noted goes to Last.fm: shown, asked for, sent once, and said where it is not.
import { beforeEach, expect, test } from "vitest";
import type { ListedTrack } from "../../src/model/model.ts";
import { cliWorld, type CliWorld } from "../support/cli-world.ts";
import { lost } from "../support/faults.ts";
import { noon, type CliOptions, type CliResult } from "../support/run-cli.ts";
import { scrobbleDesk, type ScrobbleDesk } from "../support/scrobble-desk.ts";
import { ctrlC, enter, typist, type Reply } from "../support/typist.ts";
import { listedTrack } from "../support/filled-cache.ts";

const secret = "fedcba9876543210fedcba9876543210";
const session = "session-of-the-turntable";
const allowed = { LASTFM_SHARED_SECRET: secret, LASTFM_SESSION_KEY: session };
const words = (text: string): string => text.replaceAll(/\s+/g, " ");

const track = (position: string, durationSeconds: number | null): ListedTrack =>
  listedTrack(`Track ${position}`, { position, durationSeconds });
const tracklist = [track("A1", 301), track("A2", 361), track("B1", null), track("B2", 402)];

let world: CliWorld;
let desk: ScrobbleDesk;

beforeEach(async () => {
  world = await cliWorld();
  desk = scrobbleDesk(world.worlds.lastfm, { secret, nowMs: () => noon });
  desk.sessions.set(session, world.worlds.lastfm.listener.name);
  world.lastfm.behaviour.desk = desk;
  for (const { release } of world.worlds.discogs.shelf.records.rows) {
    world.worlds.discogs.tracklists.set(release.id, tracklist);
  }
  await world.rewind(["sync"]);
});

async function rewind(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const result = await world.rewind(argv, { ...options, env: { ...allowed, ...options.env } });
  for (const hidden of [secret, session]) expect(result.stdout + result.stderr).not.toContain(hidden);
  return result;
}

async function answering(argv: readonly string[], replies: readonly Reply[]): Promise<CliResult> {
  const { left, options } = typist(replies);
  const result = await rewind(argv, options);
  expect(left).toEqual([]);
  return result;
}

const sentTitles = (): string[] => desk.stored.map(({ track: title }) => title);
const allTitles = tracklist.map(({ title }) => title);

interface Listed {
  readonly data: readonly { readonly uuid: string; readonly tracks: readonly { readonly state: string }[] }[];
}

async function listed(): Promise<Listed> {
  return JSON.parse((await rewind(["played", "--list", "--json"])).stdout) as Listed;
}

test("on a terminal it shows the tracks and asks before sending", async () => {
  const { code, stdout, stderr } = await answering(["played", "1", "--scrobble"], [["(Y/n)", enter]]);
  expect(code).toBe(0);
  expect(words(stdout)).toMatch(/A1 Track A1 5:01 .*B1 Track B1 6:01 11:\d\d ~ length estimated/);
  expect(words(stdout)).toContain("Send 4 plays to Last.fm? (Y/n)");
  expect(stderr).toContain("Sent to Last.fm: 4 plays.");
  expect(sentTitles()).toEqual(allTitles);
  const seconds = desk.stored.map(({ uts }) => uts);
  expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
  // The flip from A2 to B1 takes its time.
  expect((seconds[2] ?? 0) - (seconds[1] ?? 0)).toBe(361 + 25);
  expect((await listed()).data[0]?.tracks.map(({ state }) => state)).toEqual(allTitles.map(() => "sent"));
});

test("answering no logs the play, which can be sent later", async () => {
  const { code, stderr } = await answering(["played", "1", "--scrobble"], [["(Y/n)", "n", enter]]);
  expect(code).toBe(0);
  const [, entry = ""] = /To send it later: rewind played --send (\w+)/.exec(words(stderr)) ?? [];
  await rewind(["sync"]);
  await rewind(["played", "--send"]);
  expect(sentTitles()).toEqual([]);
  expect((await rewind(["played", "--send", entry, "--yes"])).stderr).toContain("Sent to Last.fm: 4 plays.");
  expect(sentTitles()).toEqual(allTitles);
});

test("a pipe logs without sending and says so; --yes sends", async () => {
  const piped = await rewind(["played", "1", "--scrobble"]);
  expect(piped.code).toBe(0);
  expect(piped.stderr).toContain("Not sent, because rewind cannot ask you here.");
  expect((await listed()).data).toHaveLength(1);
  expect(desk.stored).toEqual([]);
  const sure = await rewind(["played", "2", "--scrobble", "--yes", "--json"]);
  expect(sure.code).toBe(0);
  const { noted } = JSON.parse(sure.stdout) as { noted: Listed["data"][number] };
  expect(noted.tracks.map(({ state }) => state)).toEqual(allTitles.map(() => "sent"));
  expect(sentTitles()).toEqual(allTitles);
});

test.each([
  ["ask", 0],
  ["always", 4],
  ["never", 0],
] as const)("without --scrobble, the setting %s sends %i plays", async (value, count) => {
  await rewind(["played", "1", "--side", "A,B"], { env: { REWIND_SCROBBLE: value } });
  expect((await listed()).data).toHaveLength(1);
  expect(desk.stored).toHaveLength(count);
});

test.each([
  ["never", ["1", "--scrobble"], { REWIND_SCROBBLE: "never" }, 2, "the setting scrobble is never"],
  ["not allowed yet", ["1", "--scrobble"], { LASTFM_SESSION_KEY: "" }, 4, "Run: rewind login --scrobble"],
  ["a day alone", ["1", "--scrobble", "--on", "yesterday"], {}, 2, "--at 20:15"],
  ["--yes alone", ["1", "--yes"], {}, 2, "--yes needs --scrobble or --send"],
])("%s: refused before anything is noted", async (_, argv, env, code, told) => {
  const result = await rewind(["played", ...argv], { env });
  expect(result.code).toBe(code);
  expect(result.stderr).toContain(told);
  expect((await listed()).data).toEqual([]);
});

test("logs a play older than 14 days without sending it, and says so", async () => {
  const { code, stderr } = await rewind([
    "played",
    "1",
    "--scrobble",
    "--yes",
    "--on",
    "2026-02-20",
    "--at",
    "20:00",
  ]);
  expect(code).toBe(0);
  expect(stderr).toContain("4 logged plays not sent: older than 14 days.");
  expect(desk.stored).toEqual([]);
});

test("a failed send is kept, and the next --send or sync sends it once", async () => {
  world.lastfm.behaviour.onRequest = (_, { body }) => (body.includes("track.scrobble") ? lost : undefined);
  const failed = await rewind(["played", "1", "--scrobble", "--yes"]);
  expect(failed.code).toBe(3);
  expect(failed.stderr).toContain("The play is saved. To send it later, run: rewind played --send");
  world.lastfm.behaviour.onRequest = null;
  expect((await rewind(["sync", "--only", "discogs"])).code).toBe(0);
  expect(desk.stored).toEqual([]);
  expect((await rewind(["sync"])).stderr).toMatch(/sending +4 plays/);
  expect(sentTitles()).toEqual(allTitles);
  expect((await rewind(["played", "--send"])).stderr).toContain(
    "No plays are waiting to be sent to Last.fm.",
  );
});

test("deleting a sent play says that Last.fm keeps it, and where", async () => {
  await rewind(["played", "1", "--scrobble", "--yes"]);
  const { code, stderr } = await rewind(["played", "--undo"]);
  expect(code).toBe(0);
  expect(words(stderr)).toContain("4 tracks are still on Last.fm, where only you can delete plays: ");
  expect(stderr).toContain("https://www.last.fm/user/NightOwl/library?from=2026-03-14");
  expect((await listed()).data).toEqual([]);
});

test("a track too short for Last.fm is marked and not sent", async () => {
  for (const { release } of world.worlds.discogs.shelf.records.rows) {
    world.worlds.discogs.tracklists.set(release.id, [track("1", 20), track("2", 200)]);
  }
  const { stdout, stderr } = await answering(["played", "1", "--scrobble"], [["(Y/n)", enter]]);
  expect(words(stdout)).toMatch(/0:20 11:\d\d too short for Last\.fm .* Send 1 play to Last\.fm\?/);
  expect(stderr).toBe(
    "Not sent: 1 track of 30 seconds or less, which Last.fm does not take.\nSent to Last.fm: 1 play.\n",
  );
});

test("Ctrl-C at the question keeps the logged play and says how to send it", async () => {
  const { code, stderr } = await answering(["played", "1", "--scrobble"], [["(Y/n)", ctrlC]]);
  expect(code).toBe(130);
  expect(words(stderr)).toMatch(
    /The play is logged but not sent\. To send it later: rewind played --send \w{8}/,
  );
  expect((await listed()).data).toHaveLength(1);
  expect(desk.stored).toEqual([]);
});
