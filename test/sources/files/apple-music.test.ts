import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appleColumns, appleRow, csvOf, type MadePlay } from "../../support/exported-files.ts";
import { historyIn, historyOf, writtenFiles } from "../../support/read-history.ts";
import { tempDirectory } from "../../support/temp.ts";
import { zipFile } from "../../support/zip-file.ts";

const start = Date.UTC(2024, 1, 3, 23, 30) / 1000;
const play: MadePlay = {
  startUts: start,
  artist: "",
  album: "Tago Mago",
  title: "Halleluhwah",
  seconds: 200,
};
const ms = 1000;

async function read(rows: readonly Readonly<Record<string, string | number>>[]) {
  const { plays, leftOut } = await historyIn(csvOf(appleColumns, rows));
  return {
    starts: (plays["apple"] ?? []).map(({ startUts }) => startUts - start),
    leftOut: leftOut["apple"] ?? {},
  };
}

test("the start and the end of a play are two rows, and one play", async () => {
  const rows = ["PLAY_START", "PLAY_END", "LYRIC_DISPLAY"].map((type) =>
    appleRow(play, { "Event Type": type }),
  );
  expect(await read(rows)).toEqual({ starts: [0], leftOut: { event: 2 } });
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
  const next = appleRow({ ...play, startUts: start + 86_400 });
  const found = await read([appleRow(play, changed), next]);
  expect(found.leftOut).toEqual(leftOut);
  expect(found.starts).toEqual([...(Object.keys(leftOut).length === 0 ? [0] : []), 86_400]);
});

const piece = (from: number, to: number, laterBy: number, reason = "NATURAL_END_OF_TRACK") =>
  appleRow(
    { ...play, startUts: start + laterBy },
    {
      "Start Position In Milliseconds": from * ms,
      "End Position In Milliseconds": to * ms,
      "Play Duration Milliseconds": (to - from) * ms,
      "End Reason Type": reason,
    },
  );

test("a pause splits a play into rows that are one play, if one goes on where the other ended", async () => {
  const paused = piece(0, 60, 0, "PLAYBACK_MANUALLY_PAUSED");
  expect(await read([piece(60, 110, 4000), paused])).toEqual({ starts: [0], leftOut: { resumed: 1 } });
  expect(await read([paused, piece(0, 90, 4000)])).toEqual({ starts: [], leftOut: { part: 2 } });
  const scrubbed = [piece(0, 60, 0, "SCRUB_BEGIN"), piece(60, 110, 70)];
  expect(await read(scrubbed)).toEqual({ starts: [0], leftOut: { resumed: 1 } });
});

const daily = csvOf(
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

const activity = csvOf(
  appleColumns,
  ["Halleluhwah", "Hello - Live", "Words", "Intro", "Unheard of"].map((title, at) =>
    // 00:30 by the user's clock: the next day.
    appleRow({ ...play, title, startUts: start + at * 300 }),
  ),
);

const library = JSON.stringify([
  { "Track Identifier": 1, Title: "Intro", Artist: "The xx", Album: "Tago Mago", "Play Count": 3 },
]);

test("artists come from the library, from the same day, or from the only artist of a title", async () => {
  const folder = join(tempDirectory(), "Apple Music Activity");
  mkdirSync(folder);
  writeFileSync(join(folder, "a.csv"), daily);
  writeFileSync(join(folder, "b.csv"), activity);
  writeFileSync(join(folder, "notes.txt"), "nothing");
  const { plays, leftOut, otherFiles } = await historyOf([folder]);
  expect(plays["apple"]?.map(({ artist, title }) => [artist, title])).toEqual([
    ["Can", "Halleluhwah"],
    ["Neu!", "Hello - Live"],
    ["Low", "Words"],
    ["", "Intro"],
    ["", "Unheard of"],
  ]);
  // They are the same plays.
  expect(leftOut["apple"]).toEqual({ totals: 8 });
  expect(plays["apple-daily"]).toBeUndefined();
  expect(otherFiles).toBe(1);
});

test("the zip holds a zip with the library", async () => {
  const inner = zipFile([{ name: "Apple Music Library Tracks.json", content: library }]);
  const archive = zipFile([
    { name: "Apple_Media_Services/Apple Music Activity/Apple Music Library Tracks.json.zip", content: inner },
    { name: "Apple_Media_Services/Apple Music Activity/Apple Music Play Activity.csv", content: activity },
  ]);
  const { plays } = await historyIn(archive);
  expect(plays["apple"]?.find(({ title }) => title === "Intro")?.artist).toBe("The xx");
});

test("daily totals alone are plays of a day, without a second", async () => {
  const { plays } = await historyIn(daily);
  const found = (plays["apple-daily"] ?? []).filter(({ artist }) => artist === "Can");
  expect(found).toHaveLength(3);
  expect(found[0]).toMatchObject({
    startUts: Date.UTC(2024, 1, 4) / 1000,
    precisionSeconds: 86_400,
    title: "Halleluhwah",
  });
});

test("a day is that of the user's zone", async () => {
  const { plays } = await historyOf(writtenFiles({ "d.csv": daily }), { zone: "America/Los_Angeles" });
  expect(plays["apple-daily"]?.[0]?.startUts).toBe(Date.UTC(2024, 1, 4, 8) / 1000);
});
