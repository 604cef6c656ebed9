// Logged plays go to Last.fm: shown, asked for, sent once, and reported if they don't.
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { lockSync } from "../../src/store/file/file-lock.ts";
import { getHomeCachePath } from "../support/filled-cache.ts";
import { lost } from "../support/response-faults.ts";
import type { CliResult } from "../support/run-cli.ts";
import {
  buildTrackAt,
  createScrobblingFixture,
  type ScrobblingFixture,
} from "../support/scrobbling-fixture.ts";
import { ctrlC, enter, createTypist, type Reply } from "../support/scripted-typing.ts";

const normalizeSpace = (text: string): string => text.replaceAll(/\s+/g, " ");
const tracklist = [
  buildTrackAt("A1", 301),
  buildTrackAt("A2", 361),
  buildTrackAt("B1", null),
  buildTrackAt("B2", 402),
];
const allTitles = tracklist.map(({ title }) => title);

let fixture: ScrobblingFixture;

beforeEach(async () => {
  fixture = await createScrobblingFixture(tracklist);
});

const runPlayed = (line: string, env: Readonly<Record<string, string>> = {}): Promise<CliResult> =>
  fixture.rewind(["played", ...line.split(" ")], { env });

async function runWithReply(line: string, reply: Reply): Promise<CliResult> {
  const { left, options } = createTypist([reply]);
  const result = await fixture.rewind(["played", ...line.split(" ")], options);
  expect(left).toEqual([]);
  return result;
}

const listSentTitles = (): string[] => fixture.desk.stored.map(({ track }) => track);

test("on a terminal it shows the tracks and asks before sending", async () => {
  const { code, stdout, stderr } = await runWithReply("1 --scrobble", ["(Y/n)", enter]);
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toMatch(/A1 Track A1 5:01 .*B1 Track B1 6:01 11:\d\d ~ length estimated/);
  expect(normalizeSpace(stdout)).toContain("Send 4 plays to Last.fm? (Y/n)");
  expect(stderr).toContain("Sent to Last.fm: 4 plays.");
  expect(listSentTitles()).toEqual(allTitles);
  const seconds = fixture.desk.stored.map(({ uts }) => uts);
  expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
  // The flip from A2 to B1 takes its time.
  expect((seconds[2] ?? 0) - (seconds[1] ?? 0)).toBe(361 + 25);
  const [play] = await fixture.listed();
  expect(play?.tracks.map(({ state }) => state)).toEqual(allTitles.map(() => "sent"));
});

test("answering no logs the play, which can be sent later", async () => {
  const { code, stderr } = await runWithReply("1 --scrobble", ["(Y/n)", "n", enter]);
  expect(code).toBe(0);
  const [, entry = ""] = /To send it later: rewind played send (\w+)/.exec(normalizeSpace(stderr)) ?? [];
  await fixture.rewind(["sync"]);
  await runPlayed("send");
  expect(listSentTitles()).toEqual([]);
  expect((await runPlayed(`send ${entry} --yes`)).stderr).toContain("Sent to Last.fm: 4 plays.");
  const { left, options } = createTypist([["(Y/n)", enter]]);
  const again = await fixture.rewind(["played", "send", entry], options);
  expect(again.stderr).toContain("No plays are waiting to be sent to Last.fm.");
  expect(left).toHaveLength(1);
  expect(listSentTitles()).toEqual(allTitles);
});

test("a pipe logs without sending and says so; --yes sends", async () => {
  const piped = await runPlayed("1 --scrobble");
  expect(piped.code).toBe(0);
  expect(piped.stderr).toContain("Not sent, because rewind cannot ask you here.");
  expect(await fixture.listed()).toHaveLength(1);
  expect(listSentTitles()).toEqual([]);
  const sure = await runPlayed("2 --scrobble --yes --json");
  expect(sure.code).toBe(0);
  expect(JSON.parse(sure.stdout)).toMatchObject({
    logged: { tracks: allTitles.map(() => ({ state: "sent" })) },
  });
  expect(listSentTitles()).toEqual(allTitles);
});

test.each([
  ["ask", 0],
  ["always", 4],
  ["never", 0],
])("without --scrobble, the setting %s sends %i plays", async (value, count) => {
  await runPlayed("1 --side A,B", { REWIND_SCROBBLE: value });
  expect(await fixture.listed()).toHaveLength(1);
  expect(listSentTitles()).toHaveLength(count);
});

test("with scrobble set to always, a play without a time of day is not sent", async () => {
  const { code, stderr } = await runPlayed("1 --on yesterday", { REWIND_SCROBBLE: "always" });
  expect([code, stderr, listSentTitles()]).toEqual([0, "", []]);
});

test("while a sync runs, a play waits for the next one", async () => {
  const lock = lockSync(getHomeCachePath(fixture.home));
  onTestFinished(() => lock.release());
  const { code, stderr } = await runPlayed("1 --scrobble --yes");
  expect([code, listSentTitles()]).toEqual([0, []]);
  expect(normalizeSpace(stderr)).toContain("A sync is running. The next sync sends the play");
});

test.each([
  ["never", "1 --scrobble", { REWIND_SCROBBLE: "never" }, 2, "the setting scrobble is never"],
  ["not allowed yet", "1 --scrobble", { LASTFM_SESSION_KEY: "" }, 4, "run: rewind login --scrobble"],
  ["a day alone", "1 --scrobble --on yesterday", {}, 2, "Add it, for example: --at 20:15"],
  ["--yes alone", "1 --yes", {}, 2, "--yes needs --scrobble"],
])("refuses %s before anything is logged", async (_, line, env, code, message) => {
  const result = await runPlayed(line, env);
  expect(result.code).toBe(code);
  expect(result.stderr).toContain(message);
  expect(await fixture.listed()).toEqual([]);
});

test("logs a play older than 14 days without sending it, and says so", async () => {
  const { code, stderr } = await runPlayed("1 --scrobble --yes --on 2026-02-20 --at 20:00");
  expect(code).toBe(0);
  expect(stderr).toContain("4 logged plays not sent: older than 14 days.");
  expect(stderr).not.toContain("Sent to");
  expect(listSentTitles()).toEqual([]);
});

test("a failed send is kept, and the next played send or sync sends it once", async () => {
  fixture.lastfm.behaviour.onRequest = (_, { body }) => (body.includes("track.scrobble") ? lost : undefined);
  const failed = await runPlayed("1 --scrobble --yes");
  expect(failed.code).toBe(3);
  expect(failed.stderr).toContain("The play is saved. To send it later, run: rewind played send");
  fixture.lastfm.behaviour.onRequest = null;
  expect((await fixture.rewind(["sync", "--only", "discogs"])).code).toBe(0);
  expect(listSentTitles()).toEqual([]);
  expect((await fixture.rewind(["sync"])).stderr).toMatch(/sent +4 plays/);
  expect(listSentTitles()).toEqual(allTitles);
  expect((await runPlayed("send")).stderr).toContain("No plays are waiting to be sent to Last.fm.");
});

test("deleting a sent play says that Last.fm keeps it, and where", async () => {
  await runPlayed("1 --scrobble --yes");
  const { code, stderr } = await runPlayed("undo");
  expect(code).toBe(0);
  expect(normalizeSpace(stderr)).toContain(
    "Sent to Last.fm, where only you can delete plays: 4 tracks. See ",
  );
  expect(stderr).toContain("https://www.last.fm/user/NightOwl/library?from=2026-03-14");
  expect(await fixture.listed()).toEqual([]);
});

test("a track too short for Last.fm is marked and not sent", async () => {
  fixture = await createScrobblingFixture([buildTrackAt("1", 20), buildTrackAt("2", 200)]);
  const { stdout, stderr } = await runWithReply("1 --scrobble", ["(Y/n)", enter]);
  expect(normalizeSpace(stdout)).toMatch(/0:20 11:\d\d too short for Last\.fm .* Send 1 play to Last\.fm\?/);
  expect(stderr).toBe(
    "Not sent: 1 track of 30 seconds or less, which Last.fm does not take.\nSent to Last.fm: 1 play.\n",
  );
});

test("a track too short for Last.fm is not marked if plays go to ListenBrainz alone", async () => {
  fixture = await createScrobblingFixture([buildTrackAt("1", 20), buildTrackAt("2", 200)]);
  const readSendPreview = async (target: string): Promise<string> => {
    const env = { LISTENBRAINZ_TOKEN: "5f1c0a52-6f0e-4d5c-9a53-1b8a4c1c9e77", REWIND_SCROBBLE_TO: target };
    const { stdout } = await fixture.rewind(["played", "1", "--scrobble", "--dry-run"], { env });
    return stdout;
  };
  expect(await readSendPreview("both")).toMatch(/0:20 .*too short for Last\.fm/);
  expect(await readSendPreview("listenbrainz")).toMatch(/0:20 +\d\d:\d\d\n/);
});

test("Ctrl-C at the question keeps the logged play and says how to send it", async () => {
  const { code, stderr } = await runWithReply("1 --scrobble", ["(Y/n)", ctrlC]);
  expect(code).toBe(130);
  expect(normalizeSpace(stderr)).toMatch(
    /The play is logged but not sent\. To send it later: rewind played send \w{8}/,
  );
  expect(await fixture.listed()).toHaveLength(1);
  expect(listSentTitles()).toEqual([]);
});

test("plays for a stopped Last.fm wait, and one line says why and what to do", async () => {
  await fixture.rewind(["sources", "stop", "lastfm"]);
  const logged = await runPlayed("1 --scrobble --yes");
  expect(logged.code).toBe(0);
  const [, entry = ""] =
    /^Not sent, because Last\.fm is stopped\. To send it: rewind sources resume lastfm, then rewind played send (\w+)$/m.exec(
      logged.stderr,
    ) ?? [];
  await fixture.rewind(["sources", "resume", "lastfm"]);
  fixture.lastfm.behaviour.onRequest = () => lost;
  expect((await runPlayed(`send ${entry} --yes`)).code).toBe(3);
  await fixture.rewind(["sources", "stop", "lastfm"]);
  expect(await runPlayed("send")).toMatchObject({
    code: 0,
    stderr:
      "Not sent, because Last.fm is stopped: 4 plays. To send them: rewind sources resume lastfm, then rewind played send\n",
  });
  for (const line of ["played list", "status"]) {
    expect((await fixture.rewind(line.split(" "), { tty: true, columns: 100 })).stdout).toContain(
      "4 plays wait for Last.fm, which is stopped: rewind sources resume lastfm",
    );
  }
  fixture.lastfm.behaviour.onRequest = null;
  expect(listSentTitles()).toEqual([]);
  await fixture.rewind(["sources", "resume", "lastfm"]);
  await runPlayed("send");
  expect(listSentTitles()).toEqual(allTitles);
});
