// The smaller formats: repeats, credits, zones.
import { expect, test } from "vitest";
import { type MadePlay, shapeOf } from "../../support/exported-files.ts";
import { zipFile } from "../../support/zip-file.ts";
import { historyIn, historyOf, writtenFiles } from "../../support/read-history.ts";

const made: MadePlay = {
  startUts: Date.UTC(2024, 1, 3, 20) / 1000,
  artist: "Can",
  album: "Tago Mago",
  title: "Halleluhwah",
  seconds: 200,
};

test("plays that a file repeats are repeats; plays that two files share are not", async () => {
  const { text } = shapeOf("lastfm-csv");
  const twice = text([made, made]);
  const { plays, leftOut } = await historyOf(
    writtenFiles({ "old.csv": twice, "new.csv": text([made, made, made]) }),
  );
  expect(plays["lastfm-file"]).toHaveLength(3);
  expect(leftOut["lastfm-file"]).toEqual({ copy: 2, undated: 2 });
});

test("ListenBrainz's zip has a file a month, and copies of a listen have one id", async () => {
  const later = { ...made, startUts: made.startUts + 40 * 86_400 };
  const { text } = shapeOf("listenbrainz-lines");
  const content = zipFile([
    { name: "user.json", content: JSON.stringify({ user_id: 7, username: "private-name" }) },
    { name: "listens/2024/3.jsonl", content: text([later]) },
    { name: "listens/2024/2.jsonl", content: text([made]) + text([made]) },
    { name: "feedback.jsonl", content: '{"score":1}\n' },
  ]);
  const { plays, leftOut, otherFiles } = await historyIn(content);
  expect(plays["listenbrainz-file"]?.map(({ startUts }) => startUts)).toEqual([
    made.startUts,
    later.startUts,
  ]);
  expect({ leftOut, otherFiles }).toEqual({ leftOut: { "listenbrainz-file": { copy: 1 } }, otherFiles: 2 });
});

test("Maloja's albums are not evidence, and its credits keep the main artist first", async () => {
  const { plays } = await historyIn(
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

test("other events of Pano Scrobbler are no plays", async () => {
  const { leftOut } = await historyIn(shapeOf("pano-scrobbler").text([made]));
  expect(leftOut["pano"]).toEqual({ event: 1 });
});

const log = (zone: string, rows: readonly string[]): string =>
  [`#AUDIOSCROBBLER/1.1`, zone, "#CLIENT/Rockbox", ...rows, ""].join("\n");
const row = (title: string, rating: string, time: number | string): string =>
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
])("%s of a log, with the zone %s", async (header, zone, wall, hoursAhead) => {
  const wallUts = Date.parse(`${wall}Z`) / 1000;
  const { plays } = await historyIn(log(header, [row("A", "L", wallUts)]), { zone });
  expect(plays["rockbox"]?.[0]?.startUts).toBe(wallUts - hoursAhead * 3600);
});

test("a log: skipped and untagged rows are left out, # is a part of titles, a clock never set has no time", async () => {
  const { plays, leftOut } = await historyIn(
    log("#TZ/UTC", [
      row("Symphony #5", "L", 1_700_000_000),
      row("Skipped", "S", 1_700_000_300),
      row("Dead clock", "L", 315_532_900),
      row("Dead clock", "L", 315_533_200),
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
