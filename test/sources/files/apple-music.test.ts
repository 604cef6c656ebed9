import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appleColumns, buildAppleRow, formatCsv, type SamplePlay } from "../../support/export-formats.ts";
import { readHistoryContent, readHistoryFiles, writeFiles } from "../../support/read-history.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";
import { buildZip } from "../../support/build-zip.ts";

const start = Date.UTC(2024, 1, 3, 23, 30) / 1000;
const play: SamplePlay = {
  startUts: start,
  artist: "",
  album: "Tago Mago",
  title: "Halleluhwah",
  seconds: 200,
};
const ms = 1000;

async function readActivity(rows: readonly Readonly<Record<string, string | number>>[]) {
  const { plays, leftOut } = await readHistoryContent(formatCsv(appleColumns, rows));
  return {
    starts: (plays["apple"] ?? []).map(({ startUts }) => startUts - start),
    leftOut: leftOut["apple"] ?? {},
  };
}

test("reads the start and end rows of a play as one play", async () => {
  const rows = ["PLAY_START", "PLAY_END", "LYRIC_DISPLAY"].map((type) =>
    buildAppleRow(play, { "Event Type": type }),
  );
  expect(await readActivity(rows)).toEqual({ starts: [0], leftOut: { event: 2 } });
});

test.each([
  ["half of the track", { "Play Duration Milliseconds": 100 * ms }, {}],
  ["less", { "Play Duration Milliseconds": 99 * ms }, { part: 1 }],
  [
    "four minutes of an hour",
    { "Media Duration In Milliseconds": 3600 * ms, "Play Duration Milliseconds": 240 * ms },
    {},
  ],
  ["a negative time", { "Play Duration Milliseconds": -5 }, { part: 1 }],
  ["longer than the track", { "Play Duration Milliseconds": 9_000 * ms }, {}],
  ["a film", { "Media Type": "VIDEO" }, { video: 1 }],
  ["a show", { "Item Type": "ORIGINAL_CONTENT_SHOWS" }, { video: 1 }],
  ["the radio", { "Media Duration In Milliseconds": 0 }, { radio: 1 }],
  ["a failed start", { "End Reason Type": "FAILED_TO_LOAD" }, { radio: 1 }],
  ["no start, but an end", { "Event Start Timestamp": "" }, {}],
  ["no time", { "Event Start Timestamp": "", "Event End Timestamp": "" }, { undated: 1 }],
  ["no title", { "Song Name": "" }, { nameless: 1 }],
])("counts %s or says why not", async (_, changed, leftOut) => {
  // A file of which no row can be read is an error.
  const next = buildAppleRow({ ...play, startUts: start + 86_400 });
  const found = await readActivity([buildAppleRow(play, changed), next]);
  expect(found.leftOut).toEqual(leftOut);
  expect(found.starts).toEqual([...(Object.keys(leftOut).length === 0 ? [0] : []), 86_400]);
});

const buildPiece = (from: number, to: number, laterBy: number, reason = "NATURAL_END_OF_TRACK") =>
  buildAppleRow(
    { ...play, startUts: start + laterBy },
    {
      "Start Position In Milliseconds": from * ms,
      "End Position In Milliseconds": to * ms,
      "Play Duration Milliseconds": (to - from) * ms,
      "End Reason Type": reason,
    },
  );

test("a pause splits a play into rows that are one play, if one goes on where the other ended", async () => {
  const paused = buildPiece(0, 60, 0, "PLAYBACK_MANUALLY_PAUSED");
  expect(await readActivity([buildPiece(60, 110, 4000), paused])).toEqual({
    starts: [0],
    leftOut: { resumed: 1 },
  });
  expect(await readActivity([paused, buildPiece(0, 90, 4000)])).toEqual({ starts: [], leftOut: { part: 2 } });
  const scrubbed = [buildPiece(0, 60, 0, "SCRUB_BEGIN"), buildPiece(60, 110, 70)];
  expect(await readActivity(scrubbed)).toEqual({ starts: [0], leftOut: { resumed: 1 } });
});

const daily = formatCsv(
  ["Track Description", "Date Played", "Play Count", "Media type"],
  [
    { "Track Description": "Can - Halleluhwah", "Date Played": 20240204, "Play Count": 2 },
    { "Track Description": "Can - Halleluhwah", "Date Played": 20240204, "Play Count": 1 },
    { "Track Description": "Neu! - Hello - Live", "Date Played": 20240204, "Play Count": 1 },
    // Two artists in all, but one on a day.
    { "Track Description": "Low - Words", "Date Played": 20240204, "Play Count": 1 },
    { "Track Description": "Bee Gees - Words", "Date Played": 20240301, "Play Count": 1 },
    // Two artists on the same day.
    { "Track Description": "A - Intro", "Date Played": 20240204, "Play Count": 1 },
    { "Track Description": "B - Intro", "Date Played": 20240204, "Play Count": 1 },
  ],
);

const activity = formatCsv(
  appleColumns,
  ["Halleluhwah", "Hello - Live", "Words", "Intro", "Unheard of"].map((title, at) =>
    // 00:30 by the user's clock: the next day.
    buildAppleRow({ ...play, title, startUts: start + at * 300 }),
  ),
);

const library = JSON.stringify([
  { "Track Identifier": 1, Title: "Intro", Artist: "The xx", Album: "Tago Mago", "Play Count": 3 },
]);

test("artists come from the library, from the same day, or from the only artist of a title", async () => {
  const folder = join(createTempDirectory(), "Apple Music Activity");
  mkdirSync(folder);
  writeFileSync(join(folder, "a.csv"), daily);
  writeFileSync(join(folder, "b.csv"), activity);
  writeFileSync(join(folder, "notes.txt"), "nothing");
  const { plays, leftOut, otherFiles } = await readHistoryFiles([folder]);
  expect(plays["apple"]?.map(({ artist, title }) => [artist, title])).toEqual([
    ["Can", "Halleluhwah"],
    ["Neu!", "Hello - Live"],
    ["Low", "Words"],
    ["", "Intro"],
    ["", "Unheard of"],
  ]);
  // The totals are the same plays.
  expect(leftOut["apple"]).toEqual({ totals: 8 });
  expect(plays["apple-daily"]).toBeUndefined();
  expect(otherFiles).toBe(1);
});

test("reads the library from a zip within the zip", async () => {
  const inner = buildZip([{ name: "Apple Music Library Tracks.json", content: library }]);
  const archive = buildZip([
    { name: "Apple_Media_Services/Apple Music Activity/Apple Music Library Tracks.json.zip", content: inner },
    { name: "Apple_Media_Services/Apple Music Activity/Apple Music Play Activity.csv", content: activity },
  ]);
  const { plays } = await readHistoryContent(archive);
  expect(plays["apple"]?.find(({ title }) => title === "Intro")?.artist).toBe("The xx");
});

test("reads daily totals as plays of a day without a time", async () => {
  const { plays } = await readHistoryContent(daily);
  const found = (plays["apple-daily"] ?? []).filter(({ artist }) => artist === "Can");
  expect(found).toHaveLength(3);
  expect(found[0]).toMatchObject({
    startUts: Date.UTC(2024, 1, 4) / 1000,
    precisionSeconds: 86_400,
    title: "Halleluhwah",
  });
});

test("reads a day in the user's time zone", async () => {
  const { plays } = await readHistoryFiles(writeFiles({ "d.csv": daily }), { zone: "America/Los_Angeles" });
  expect(plays["apple-daily"]?.[0]?.startUts).toBe(Date.UTC(2024, 1, 4, 8) / 1000);
});
