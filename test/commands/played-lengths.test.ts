// Lengths that Discogs doesn't know, of what is to be sent: from MusicBrainz where it may be asked, then from Last.fm, kept
// for good; the rest is guessed, and marked so.
import { beforeEach, expect, test } from "vitest";
import type { ListedTrack } from "../../src/model/model.ts";
import { cliWorld, type CliWorld } from "../support/cli-world.ts";
import { answer, html } from "../support/faults.ts";
import { mbidFor } from "../support/musicbrainz-stand-in.ts";
import { noon, type CliOptions, type CliResult } from "../support/run-cli.ts";
import { scrobbleDesk, type ScrobbleDesk } from "../support/scrobble-desk.ts";
import { enter, typist } from "../support/typist.ts";
import { listedTrack } from "../support/filled-cache.ts";

const secret = "fedcba9876543210fedcba9876543210";
const session = "session-of-the-turntable";
const allowed = { LASTFM_SHARED_SECRET: secret, LASTFM_SESSION_KEY: session };

const track = (position: string, durationSeconds: number | null): ListedTrack =>
  listedTrack(`Track ${position}`, { position, durationSeconds });

let world: CliWorld;
let desk: ScrobbleDesk;
let artist: string;
let releaseId: number;

beforeEach(async () => {
  world = await cliWorld();
  desk = scrobbleDesk(world.worlds.lastfm, { secret, nowMs: () => noon });
  desk.sessions.set(session, world.worlds.lastfm.listener.name);
  world.lastfm.behaviour.desk = desk;
  await world.rewind(["sync"]);
  const { stdout } = await world.rewind([
    "sql",
    "SELECT artist, release_id FROM records WHERE id = 1",
    "--json",
  ]);
  const [row] = JSON.parse(stdout) as { artist: string; release_id: number }[];
  artist = row?.artist ?? "";
  releaseId = row?.release_id ?? 0;
  list([track("A1", 301), track("A2", null), track("B1", null), track("B2", 402)]);
});

function list(tracks: readonly ListedTrack[]): void {
  world.worlds.discogs.tracklists.set(releaseId, tracks);
}

function lastfmKnows(lengths: Readonly<Record<string, number>>): void {
  for (const [title, seconds] of Object.entries(lengths)) {
    world.worlds.lastfm.trackSeconds.set(`${artist}\n${title}`, seconds);
  }
}

async function played(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return world.rewind(["played", "1", "--again", ...argv], {
    ...options,
    env: { ...allowed, ...options.env },
  });
}

interface Noted {
  readonly noted: { readonly tracks: readonly { readonly duration: number; readonly guessed: boolean }[] };
}

/** Seconds of each track; a guess is negative. */
async function sentLengths(
  argv: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<number[]> {
  const { stdout, code, stderr } = await played(["--scrobble", "--yes", "--json", ...argv], { env });
  expect({ code, stderr: stderr.replace(/^Sent to Last\.fm: \d+ plays?\.\n$/, "") }).toEqual({
    code: 0,
    stderr: "",
  });
  const { noted } = JSON.parse(stdout) as Noted;
  return noted.tracks.map(({ duration, guessed }) => (guessed ? -duration : duration));
}

const askedOfLastfm = (): string[] =>
  world.lastfm.requests.flatMap(({ query }) =>
    query["method"] === "track.getInfo" ? [query["track"] ?? ""] : [],
  );

test("asks Last.fm once for lengths that Discogs lacks, and estimates the others", async () => {
  lastfmKnows({ "Track A2": 199, "Track B1": 0 });
  expect(await sentLengths()).toEqual([301, 199, -301, 402]);
  expect(askedOfLastfm()).toEqual(["Track A2", "Track B1"]);
  lastfmKnows({ "Track A2": 11, "Track B1": 12 });
  expect(await sentLengths()).toEqual([301, 199, -301, 402]);
  expect(askedOfLastfm()).toHaveLength(2);
});

test("asks MusicBrainz first if the setting allows it, and never otherwise", async () => {
  const mbid = mbidFor("the release of these tests");
  const { releases, media } = world.musicbrainzWorld;
  releases.set(releaseId, [
    { mbid, title: "", date: "", country: null, barcode: null, groupMbid: mbidFor("group") },
  ]);
  media.set(mbid, [
    [
      { title: "Track A1", length: 1 },
      { title: "track a2 (Remastered)", length: 211_400 },
    ],
    [
      { title: "Another", length: null },
      { title: "Track B2", length: 402_000 },
    ],
  ]);
  lastfmKnows({ "Track A2": 199, "Track B1": 188 });
  expect(await sentLengths([], { REWIND_MUSICBRAINZ: "on" })).toEqual([301, 211, 188, 402]);
  expect(askedOfLastfm()).toEqual(["Track B1"]);
  const asked = world.musicbrainz.requests.length;
  expect(asked).toBe(2);
  expect(await sentLengths([], { REWIND_MUSICBRAINZ: "off" })).toEqual([301, 211, 188, 402]);
  expect(world.musicbrainz.requests).toHaveLength(asked);
});

test("without any known length each track is three minutes", async () => {
  list([track("1", null), track("2", null)]);
  expect(await sentLengths()).toEqual([-180, -180]);
});

test("the preview marks only estimated lengths", async () => {
  lastfmKnows({ "Track A2": 199 });
  const { left, options } = typist([["(Y/n)", enter]]);
  const { stdout } = await played(["--scrobble"], options);
  expect(left).toEqual([]);
  const shown = stdout.split("\n").filter((line) => /^ *[AB][12] /.test(line));
  expect(shown.map((line) => line.includes("~ length estimated"))).toEqual([false, false, true, false]);
  expect(shown[1]).toMatch(/3:19/);
});

test.each([
  ["in a pipe, without --yes", ["--scrobble"]],
  ["with --dry-run", ["--scrobble", "--yes", "--dry-run"]],
  ["of a play too old to be sent", ["--scrobble", "--yes", "--on", "2026-02-20", "--at", "20:00"]],
  ["of one that nobody wants sent", ["--side", "A,B"]],
])("nobody is asked %s", async (_, argv) => {
  expect((await played(argv)).code).toBe(0);
  expect(askedOfLastfm()).toEqual([]);
});

test("asks only for the tracks that were played", async () => {
  lastfmKnows({ "Track A2": 199, "Track B1": 188 });
  expect(await sentLengths(["--side", "A"])).toEqual([301, 199]);
  expect(askedOfLastfm()).toEqual(["Track A2"]);
});

test("skips services that are away, and asks them the next time", async () => {
  lastfmKnows({ "Track A2": 199, "Track B1": 188 });
  world.lastfm.behaviour.onRequest = (_, { query }) =>
    query["method"] === "track.getInfo" ? answer(500, {}) : undefined;
  world.musicbrainz.behaviour.onRequest = () => html(502);
  expect(await sentLengths([], { REWIND_MUSICBRAINZ: "on" })).toEqual([301, -301, -301, 402]);
  expect(askedOfLastfm()).toEqual(["Track A2"]);
  world.lastfm.behaviour.onRequest = null;
  expect(await sentLengths()).toEqual([301, 199, 188, 402]);
});

test("limits how many lengths of a box are asked for", async () => {
  list(Array.from({ length: 60 }, (_, at) => track(`1-${at + 1}`, null)));
  await played(["--scrobble", "--yes"]);
  expect(askedOfLastfm()).toHaveLength(40);
});

test("with the setting always it fetches the tracklist, and logs without one too", async () => {
  const env = { REWIND_SCROBBLE: "always" };
  const sent = await played([], { env });
  expect(sent.stderr).toContain("Sent to Last.fm: 4 plays.");
  world.discogs.behaviour.onRequest = () => html(502);
  const away = await world.rewind(["played", "2"], { env: { ...allowed, ...env } });
  expect(away.code).toBe(0);
  expect(away.stderr).toContain("The tracklist could not be fetched:");
  expect(away.stderr).toContain("Not sent: the tracks of this record are not known.");
  const { stdout } = await world.rewind(["played", "--list", "--json"]);
  expect((JSON.parse(stdout) as { data: unknown[] }).data).toHaveLength(2);
});
