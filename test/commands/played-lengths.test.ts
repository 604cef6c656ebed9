// Lengths that Discogs doesn't know, of what is to be sent: from MusicBrainz where it may be asked, then from Last.fm, kept
// for good; the rest is guessed, and marked so.
import { beforeEach, expect, test } from "vitest";
import { answer, html } from "../support/faults.ts";
import { mbidFor } from "../support/musicbrainz-stand-in.ts";
import type { CliOptions, CliResult } from "../support/run-cli.ts";
import { trackAt, turntable, type Turntable } from "../support/turntable.ts";
import { enter, typist } from "../support/typist.ts";

const tracklist = [trackAt("A1", 301), trackAt("A2", null), trackAt("B1", null), trackAt("B2", 402)];
let table: Turntable;

async function expectRecord(): Promise<{ artist: string; release_id: number }> {
  const sql = "SELECT artist, release_id FROM records WHERE id = 1";
  const [row] = JSON.parse((await table.rewind(["sql", sql, "--json"])).stdout) as [
    Awaited<ReturnType<typeof expectRecord>>,
  ];
  return row;
}

beforeEach(async () => {
  table = await turntable(tracklist);
});

async function lastfmKnows(lengths: Readonly<Record<string, number>>): Promise<void> {
  const { artist } = await expectRecord();
  for (const [title, seconds] of Object.entries(lengths)) {
    table.worlds.lastfm.trackSeconds.set(`${artist}\n${title}`, seconds);
  }
}

const played = (line: string, options: CliOptions = {}): Promise<CliResult> =>
  table.rewind(["played", "1", "--again", ...line.split(" ").filter(Boolean)], options);

/** Seconds of each track; a guess is negative. */
async function sentLengths(line = "", env: Readonly<Record<string, string>> = {}): Promise<number[]> {
  const { stdout, code, stderr } = await played(`--scrobble --yes --json ${line}`, { env });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Sent to Last\.fm: \d+ plays?\.\n$|^$/);
  const { noted } = JSON.parse(stdout) as { noted: { tracks: { duration: number; guessed: boolean }[] } };
  return noted.tracks.map(({ duration, guessed }) => (guessed ? -duration : duration));
}

const askedOfLastfm = (): string =>
  table.lastfm.requests
    .filter(({ query }) => query["method"] === "track.getInfo")
    .map(({ query }) => query["track"])
    .join(", ");

test("asks Last.fm once for lengths that Discogs lacks, and estimates the others", async () => {
  await lastfmKnows({ "Track A2": 199, "Track B1": 0 });
  expect(await sentLengths()).toEqual([301, 199, -301, 402]);
  expect(askedOfLastfm()).toBe("Track A2, Track B1");
  await lastfmKnows({ "Track A2": 11, "Track B1": 12 });
  expect(await sentLengths()).toEqual([301, 199, -301, 402]);
  expect(askedOfLastfm()).toBe("Track A2, Track B1");
});

test("asks MusicBrainz first if the setting allows it, and never otherwise", async () => {
  const mbid = mbidFor("the release of these tests");
  const { releases, media } = table.musicbrainzWorld;
  const release = { mbid, title: "", date: "", country: null, barcode: null, groupMbid: mbidFor("group") };
  releases.set((await expectRecord()).release_id, [release]);
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
  await lastfmKnows({ "Track A2": 199, "Track B1": 188 });
  expect(await sentLengths("", { REWIND_MUSICBRAINZ: "on" })).toEqual([301, 211, 188, 402]);
  expect(askedOfLastfm()).toBe("Track B1");
  expect(table.musicbrainz.requests).toHaveLength(2);
  expect(await sentLengths("", { REWIND_MUSICBRAINZ: "off" })).toEqual([301, 211, 188, 402]);
  expect(table.musicbrainz.requests).toHaveLength(2);
});

test("without any known length each track is three minutes", async () => {
  table = await turntable([trackAt("1", null), trackAt("2", null)]);
  expect(await sentLengths()).toEqual([-180, -180]);
});

test("the preview marks only estimated lengths", async () => {
  await lastfmKnows({ "Track A2": 199 });
  const { left, options } = typist([["(Y/n)", enter]]);
  const { stdout } = await played("--scrobble", options);
  expect(left).toEqual([]);
  const shown = stdout.split("\n").filter((line) => /^ *[AB][12] /.test(line));
  expect(shown.map((line) => line.includes("~ length estimated"))).toEqual([false, false, true, false]);
  expect(shown[1]).toMatch(/3:19/);
});

test.each([
  ["in a pipe, without --yes", "--scrobble"],
  ["with --dry-run", "--scrobble --yes --dry-run"],
  ["of one that nobody wants sent", "--side A,B"],
])("nobody is asked %s", async (_, line) => {
  expect((await played(line)).code).toBe(0);
  expect(askedOfLastfm()).toBe("");
});

test("asks only for the tracks that were played, and for 40 of a box", async () => {
  await lastfmKnows({ "Track A2": 199, "Track B1": 188 });
  expect(await sentLengths("--side A")).toEqual([301, 199]);
  expect(askedOfLastfm()).toBe("Track A2");
  table = await turntable(Array.from({ length: 60 }, (_, at) => trackAt(`1-${at + 1}`, null)));
  await played("--scrobble --yes");
  expect(askedOfLastfm().split(", ")).toHaveLength(40);
});

test("skips services that are away, and asks them the next time", async () => {
  await lastfmKnows({ "Track A2": 199, "Track B1": 188 });
  table.lastfm.behaviour.onRequest = (_, { query }) =>
    query["method"] === "track.getInfo" ? answer(500, {}) : undefined;
  table.musicbrainz.behaviour.onRequest = () => html(502);
  expect(await sentLengths("", { REWIND_MUSICBRAINZ: "on" })).toEqual([301, -301, -301, 402]);
  expect(askedOfLastfm()).toBe("Track A2");
  table.lastfm.behaviour.onRequest = null;
  expect(await sentLengths()).toEqual([301, 199, 188, 402]);
});

test("with the setting always it fetches the tracklist, and logs without one too", async () => {
  const env = { REWIND_SCROBBLE: "always" };
  expect((await played("", { env })).stderr).toContain("Sent to Last.fm: 4 plays.");
  table.discogs.behaviour.onRequest = () => html(502);
  const away = await table.rewind(["played", "2"], { env });
  expect(away.code).toBe(0);
  expect(away.stderr).toContain("The tracklist could not be fetched:");
  expect(away.stderr).toContain("Not sent: the tracks of this record are not known.");
  expect(await table.listed()).toHaveLength(2);
});
