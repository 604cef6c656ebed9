import { expect, test } from "vitest";
import { type MadePlay, spotifyRow, spotifyZip } from "../../support/exported-files.ts";
import { historyIn } from "../../support/read-history.ts";

const start = Date.UTC(2024, 1, 3, 20) / 1000;
const play: MadePlay = {
  startUts: start,
  artist: "Can",
  album: "Tago Mago",
  title: "Halleluhwah",
  seconds: 200,
};
const other: MadePlay = { ...play, title: "Mushroom" };

async function read(rows: readonly object[]) {
  const { plays, leftOut } = await historyIn(JSON.stringify(rows));
  return {
    starts: (plays["spotify"] ?? []).map(({ startUts }) => startUts - start),
    plays: plays["spotify"] ?? [],
    leftOut: leftOut["spotify"] ?? {},
  };
}

test.each([
  ["seconds", start, 0],
  ["milliseconds", start * 1000 + 700, 0],
  ["a pause before the end", start - 600, -600],
  ["null", null, 0],
  ["zero", 0, 0],
  ["nonsense", 42, 0],
  ["a start after the end", start + 9000, 0],
  ["a start too late for what was heard", start + 60, 0],
  ["a start more than a week before", start - 8 * 86_400, 0],
  ["a start a little late by another clock", start + 4, 4],
])("the start of a play, with an offline_timestamp of %s", async (_, offline_timestamp, expected) => {
  expect((await read([spotifyRow(play, { offline_timestamp })])).starts).toEqual([expected]);
});

test.each([
  ["30 seconds", { ms_played: 30_000, reason_end: "fwdbtn" }, {}],
  ["less", { ms_played: 29_999, reason_end: "fwdbtn" }, { short: 1 }],
  ["less, without a reason, as in 2017", { ms_played: 29_999, reason_end: null }, { short: 1 }],
  ["a short track to its end", { ms_played: 20_000, reason_end: "trackdone" }, {}],
  ["nothing", { ms_played: 0, reason_end: "trackdone" }, { short: 1 }],
  ["an episode", { episode_name: "One" }, { podcast: 1 }],
  ["an audiobook", { audiobook_title: "One" }, { podcast: 1 }],
  ["a vanished track", { master_metadata_track_name: null }, { nameless: 1 }],
  ["a private session", { incognito_mode: true }, {}],
  ["a skipped one that was heard", { skipped: true }, {}],
  ["no time", { ts: "" }, { undated: 1 }],
  ["a time to come", { ts: "2031-01-01T00:00:00Z" }, { undated: 1 }],
  ["a clock that was never set", { ts: "1970-01-01T00:00:00Z" }, { undated: 1 }],
])("counts %s or says why not", async (_, changed, leftOut) => {
  // A file of which no row can be read is an error.
  const next = spotifyRow({ ...play, startUts: start + 86_400 });
  const found = await read([spotifyRow(play, { offline_timestamp: null, ...changed }), next]);
  expect(found.leftOut).toEqual(leftOut);
  expect(found.starts.length).toBe(Object.keys(leftOut).length === 0 ? 2 : 1);
});

test("account data has no plays of impossible times", async () => {
  const row = { artistName: "Can", trackName: "Vitamin C", msPlayed: 60_000 };
  const times = ["1970-01-01 00:00", "2031-01-01 00:00", "later", "2024-02-03 20:01"];
  const { plays, leftOut } = await historyIn(JSON.stringify(times.map((endTime) => ({ endTime, ...row }))));
  expect(plays["spotify-account"]?.map(({ startUts }) => startUts - start)).toEqual([0]);
  expect(leftOut["spotify-account"]).toEqual({ undated: 3 });
});

test("copies of a row, exact or some seconds apart, are one play", async () => {
  const rows = [
    spotifyRow(play),
    spotifyRow(play),
    spotifyRow({ ...play, startUts: start + 4 }),
    // The same second, but less of it.
    spotifyRow(play, { ms_played: 40_000, ts: "2024-02-03T20:00:40Z" }),
  ];
  expect(await read(rows)).toMatchObject({ starts: [0], leftOut: { copy: 3 } });
});

test("repeats are plays of their own, of a track of 20 seconds too", async () => {
  const short = { ...play, seconds: 20 };
  const again = [0, 20, 40].map((later) => spotifyRow({ ...short, startUts: start + later }));
  expect(await read(again)).toMatchObject({ starts: [0, 20, 40], leftOut: {} });
  const twice = [0, 200].map((later) => spotifyRow({ ...play, startUts: start + later }));
  expect(await read(twice)).toMatchObject({ starts: [0, 200], leftOut: {} });
});

test("two tracks with one time are two plays", async () => {
  const rows = [spotifyRow(play), spotifyRow(other)].map((row) => ({
    ...row,
    ts: "2024-02-05T08:00:00Z",
    offline_timestamp: null,
  }));
  expect((await read(rows)).starts).toHaveLength(2);
});

test("a track that was interrupted and continued is one play from its first start", async () => {
  const first = spotifyRow({ ...play, seconds: 20 }, { reason_end: "endplay" });
  const rest = (laterBy: number, of = play) =>
    spotifyRow({ ...of, startUts: start + 20 + laterBy, seconds: 25 }, { reason_end: "fwdbtn" });
  expect(await read([rest(29 * 60), first])).toMatchObject({ starts: [0], leftOut: { resumed: 1 } });
  // Too late, or after something else, both are too short.
  expect(await read([first, rest(30 * 60)])).toMatchObject({ starts: [], leftOut: { short: 2 } });
  const between = spotifyRow({ ...other, startUts: start + 60 });
  expect(await read([first, between, rest(900)])).toMatchObject({ starts: [60], leftOut: { short: 2 } });
});

test("the zip, as downloaded: files in any order, no video, no document", async () => {
  const plays = [0, 1, 2, 3, 4].map((at) => ({ ...play, title: `Track ${at}`, startUts: start + at * 300 }));
  const history = await historyIn(spotifyZip(plays));
  expect(history.plays["spotify"]?.map(({ title }) => title)).toEqual(plays.map(({ title }) => title));
  expect(history).toMatchObject({ otherFiles: 1, leftOut: { spotify: { video: 1 } } });
});
