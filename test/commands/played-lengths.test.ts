// Lengths that Discogs doesn't know, of what is to be sent: from MusicBrainz where it may be asked, then from Last.fm, kept
// for good; the rest is guessed, and marked so.
import { beforeEach, expect, test } from "vitest";
import { respondWith, respondWithHtml } from "../support/response-faults.ts";
import { toMbid } from "../support/fake-musicbrainz.ts";
import type { CliOptions, CliResult } from "../support/run-cli.ts";
import {
  buildTrackAt,
  createScrobblingFixture,
  type ScrobblingFixture,
} from "../support/scrobbling-fixture.ts";
import { enter, createTypist } from "../support/scripted-typing.ts";

const tracklist = [
  buildTrackAt("A1", 301),
  buildTrackAt("A2", null),
  buildTrackAt("B1", null),
  buildTrackAt("B2", 402),
];
let fixture: ScrobblingFixture;

async function readRecord(): Promise<{ artist: string; release_id: number }> {
  const sql = "SELECT artist, release_id FROM records WHERE id = 1";
  const [row] = JSON.parse((await fixture.rewind(["sql", sql, "--json"])).stdout) as [
    Awaited<ReturnType<typeof readRecord>>,
  ];
  return row;
}

beforeEach(async () => {
  fixture = await createScrobblingFixture(tracklist);
});

async function setLastfmLengths(lengths: Readonly<Record<string, number>>): Promise<void> {
  const { artist } = await readRecord();
  for (const [title, seconds] of Object.entries(lengths)) {
    fixture.worlds.lastfm.trackSeconds.set(`${artist}\n${title}`, seconds);
  }
}

const runPlayed = (line: string, options: CliOptions = {}): Promise<CliResult> =>
  fixture.rewind(["played", "1", "--again", ...line.split(" ").filter(Boolean)], options);

/** Seconds of each track; a guess is negative. */
async function readSentLengths(line = "", env: Readonly<Record<string, string>> = {}): Promise<number[]> {
  const { stdout, code, stderr } = await runPlayed(`--scrobble --yes --json ${line}`, { env });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Sent to Last\.fm: \d+ plays?\.\n$|^$/);
  const { logged } = JSON.parse(stdout) as { logged: { tracks: { duration: number; guessed: boolean }[] } };
  return logged.tracks.map(({ duration, guessed }) => (guessed ? -duration : duration));
}

const listLastfmRequests = (): string =>
  fixture.lastfm.requests
    .filter(({ query }) => query["method"] === "track.getInfo")
    .map(({ query }) => query["track"])
    .join(", ");

test("asks Last.fm once for lengths that Discogs lacks, and estimates the others", async () => {
  await setLastfmLengths({ "Track A2": 199, "Track B1": 0 });
  expect(await readSentLengths()).toEqual([301, 199, -301, 402]);
  expect(listLastfmRequests()).toBe("Track A2, Track B1");
  await setLastfmLengths({ "Track A2": 11, "Track B1": 12 });
  expect(await readSentLengths()).toEqual([301, 199, -301, 402]);
  expect(listLastfmRequests()).toBe("Track A2, Track B1");
});

test("asks MusicBrainz first if the setting allows it, and never otherwise", async () => {
  const mbid = toMbid("the release of these tests");
  const { releases, media } = fixture.musicbrainzWorld;
  const release = { mbid, title: "", date: "", country: null, barcode: null, groupMbid: toMbid("group") };
  releases.set((await readRecord()).release_id, [release]);
  const sides = [
    [
      ["Track A1", 1],
      ["track a2 (Remastered)", 211_400],
    ],
    [
      ["Another", null],
      ["Track B2", 402_000],
    ],
  ] as const;
  media.set(
    mbid,
    sides.map((side) => side.map(([title, length]) => ({ title, length }))),
  );
  await setLastfmLengths({ "Track A2": 199, "Track B1": 188 });
  expect(await readSentLengths("", { REWIND_MUSICBRAINZ: "on" })).toEqual([301, 211, 188, 402]);
  expect(listLastfmRequests()).toBe("Track B1");
  expect(fixture.musicbrainz.requests).toHaveLength(2);
  expect(await readSentLengths("", { REWIND_MUSICBRAINZ: "off" })).toEqual([301, 211, 188, 402]);
  expect(fixture.musicbrainz.requests).toHaveLength(2);
});

test("takes three minutes for each track if no length is known", async () => {
  fixture = await createScrobblingFixture([buildTrackAt("1", null), buildTrackAt("2", null)]);
  expect(await readSentLengths()).toEqual([-180, -180]);
});

test("the preview marks only estimated lengths", async () => {
  await setLastfmLengths({ "Track A2": 199 });
  const { left, options } = createTypist([["(Y/n)", enter]]);
  const { stdout } = await runPlayed("--scrobble", options);
  expect(left).toEqual([]);
  const shown = stdout.split("\n").filter((line) => /^ *[AB][12] /.test(line));
  expect(shown.map((line) => line.includes("~ length estimated"))).toEqual([false, false, true, false]);
  expect(shown[1]).toMatch(/3:19/);
});

test.each([
  ["in a pipe, without --yes", "--scrobble"],
  ["with --dry-run", "--scrobble --yes --dry-run"],
  ["of one that nobody wants sent", "--side A,B"],
])("asks no service for lengths %s", async (_, line) => {
  expect((await runPlayed(line)).code).toBe(0);
  expect(listLastfmRequests()).toBe("");
});

test("asks only for the tracks that were played, and for 40 of a box", async () => {
  await setLastfmLengths({ "Track A2": 199, "Track B1": 188 });
  expect(await readSentLengths("--side A")).toEqual([301, 199]);
  expect(listLastfmRequests()).toBe("Track A2");
  fixture = await createScrobblingFixture(
    Array.from({ length: 60 }, (_, at) => buildTrackAt(`1-${at + 1}`, null)),
  );
  await runPlayed("--scrobble --yes");
  expect(listLastfmRequests().split(", ")).toHaveLength(40);
});

test("skips services that fail, and asks them again the next time", async () => {
  await setLastfmLengths({ "Track A2": 199, "Track B1": 188 });
  fixture.lastfm.behaviour.onRequest = (_, { query }) =>
    query["method"] === "track.getInfo" ? respondWith(500, {}) : undefined;
  fixture.musicbrainz.behaviour.onRequest = () => respondWithHtml(502);
  expect(await readSentLengths("", { REWIND_MUSICBRAINZ: "on" })).toEqual([301, -301, -301, 402]);
  expect(listLastfmRequests()).toBe("Track A2");
  fixture.lastfm.behaviour.onRequest = null;
  expect(await readSentLengths()).toEqual([301, 199, 188, 402]);
});

test("with the setting always it fetches the tracklist, and logs without one too", async () => {
  const env = { REWIND_SCROBBLE: "always" };
  expect((await runPlayed("", { env })).stderr).toContain("Sent to Last.fm: 4 plays.");
  fixture.discogs.behaviour.onRequest = () => respondWithHtml(502);
  const away = await fixture.rewind(["played", "2"], { env });
  expect(away.code).toBe(0);
  expect(away.stderr).toContain("The tracklist could not be fetched:");
  expect(away.stderr).toContain("Not sent: the tracks of this record are not known.");
  expect(await fixture.listed()).toHaveLength(2);
});
