// The smaller formats: repeats, credits, zones.
import { expect, test } from "vitest";
import { type SamplePlay, getExportFormat } from "../../support/export-formats.ts";
import { buildZip } from "../../support/build-zip.ts";
import { readHistoryContent, readHistoryFiles, writeFiles } from "../../support/read-history.ts";

const samplePlay: SamplePlay = {
  startUts: Date.UTC(2024, 1, 3, 20) / 1000,
  artist: "Can",
  album: "Tago Mago",
  title: "Halleluhwah",
  seconds: 200,
};

test("keeps plays that a file repeats, and merges plays that two files share", async () => {
  const { text } = getExportFormat("lastfm-csv");
  const twice = text([samplePlay, samplePlay]);
  const { plays, leftOut } = await readHistoryFiles(
    writeFiles({ "old.csv": twice, "new.csv": text([samplePlay, samplePlay, samplePlay]) }),
  );
  expect(plays["lastfm-file"]).toHaveLength(3);
  expect(leftOut["lastfm-file"]).toEqual({ copy: 2, undated: 2 });
});

test("reads ListenBrainz's zip of monthly files, and gives copies of a listen one id", async () => {
  const later = { ...samplePlay, startUts: samplePlay.startUts + 40 * 86_400 };
  const { text } = getExportFormat("listenbrainz-lines");
  const content = buildZip([
    { name: "user.json", content: JSON.stringify({ user_id: 7, username: "private-name" }) },
    { name: "listens/2024/3.jsonl", content: text([later]) },
    { name: "listens/2024/2.jsonl", content: text([samplePlay]) + text([samplePlay]) },
    { name: "feedback.jsonl", content: '{"score":1}\n' },
  ]);
  const { plays, leftOut, otherFiles } = await readHistoryContent(content);
  expect(plays["listenbrainz-file"]?.map(({ startUts }) => startUts)).toEqual([
    samplePlay.startUts,
    later.startUts,
  ]);
  expect({ leftOut, otherFiles }).toEqual({ leftOut: { "listenbrainz-file": { copy: 1 } }, otherFiles: 2 });
});

test("ignores Maloja's albums as evidence, and keeps the main artist first", async () => {
  const { plays } = await readHistoryContent(
    JSON.stringify({
      maloja: { export_time: 1 },
      scrobbles: [
        {
          time: 1_700_000_000,
          track: { artists: ["Vula", "Riton • Vula"], title: "A", album: null, length: null },
        },
        {
          time: 1_700_000_001,
          track: { artists: ["Low", "Dirty Three"], title: "B", album: null, length: 61.4 },
        },
      ],
    }),
  );
  expect(
    plays["maloja"]?.map(({ artist, album, hasOwnAlbum, durationSeconds }) => [
      artist,
      album,
      hasOwnAlbum,
      durationSeconds,
    ]),
  ).toEqual([
    ["Riton, Vula", "", false, null],
    ["Low, Dirty Three", "", false, 61],
  ]);
});

test("ignores other events of Pano Scrobbler", async () => {
  const { leftOut } = await readHistoryContent(getExportFormat("pano-scrobbler").text([samplePlay]));
  expect(leftOut["pano"]).toEqual({ event: 1 });
});

const buildLog = (zone: string, rows: readonly string[]): string =>
  [`#AUDIOSCROBBLER/1.1`, zone, "#CLIENT/Rockbox", ...rows, ""].join("\n");
const buildLogRow = (title: string, rating: string, time: number | string): string =>
  ["Can", "Tago Mago", title, "1", "200", rating, String(time), ""].join("\t");

test.each([
  ["#TZ/UTC", "Europe/Paris", "2024-07-01T12:00:00", 0],
  ["#TZ/UTC\r", "Europe/Paris", "2024-07-01T12:00:00", 0],
  ["#TZ/UNKNOWN", "UTC", "2024-07-01T12:00:00", 0],
  ["#TZ/UNKNOWN", "Europe/Paris", "2024-07-01T12:00:00", 2],
  ["#TZ/UNKNOWN", "Europe/Paris", "2024-01-01T12:00:00", 1],
  // The night in which the clock goes back: 02:30 comes twice, and is taken for the first.
  ["#TZ/UNKNOWN", "Europe/Paris", "2024-10-27T01:30:00", 2],
  ["#TZ/UNKNOWN", "Europe/Paris", "2024-10-27T02:30:00", 2],
  ["#TZ/UNKNOWN", "Europe/Paris", "2024-10-27T03:30:00", 1],
  // The night in which 02:30 never comes.
  ["#TZ/UNKNOWN", "Europe/Paris", "2024-03-31T01:30:00", 1],
  ["#TZ/UNKNOWN", "Europe/Paris", "2024-03-31T03:30:00", 2],
  ["#TZ/UNKNOWN", "America/St_Johns", "2024-01-01T12:00:00", -3.5],
  ["#TZ/UNKNOWN", "Pacific/Kiritimati", "2024-01-01T12:00:00", 14],
])("reads times by the header %s of a log, with the zone %s", async (header, zone, wall, hoursAhead) => {
  const wallUts = Date.parse(`${wall}Z`) / 1000;
  const { plays } = await readHistoryContent(buildLog(header, [buildLogRow("A", "L", wallUts)]), { zone });
  expect(plays["rockbox"]?.[0]?.startUts).toBe(wallUts - hoursAhead * 3600);
});

test("leaves out skipped and untagged rows of a log, accepts # in titles, and ignores the time of an unset clock", async () => {
  const { plays, leftOut } = await readHistoryContent(
    buildLog("#TZ/UTC", [
      buildLogRow("Symphony #5", "L", 1_700_000_000),
      buildLogRow("Skipped", "S", 1_700_000_300),
      buildLogRow("Dead clock", "L", 315_532_900),
      buildLogRow("Dead clock", "L", 315_533_200),
      ["<Untagged>", "", "x", "", "1", "L", "1700000000"].join("\t"),
    ]),
  );
  expect(plays["rockbox"]?.map(({ title, startUts }) => [title, startUts])).toEqual([
    ["Dead clock", 0],
    ["Dead clock", 0],
    ["Symphony #5", 1_700_000_000],
  ]);
  expect(leftOut["rockbox"]).toEqual({ skipped: 1, nameless: 1 });
});
