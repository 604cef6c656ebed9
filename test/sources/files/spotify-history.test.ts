import { expect, test } from "vitest";
import { type SamplePlay, buildSpotifyRow, buildSpotifyZip } from "../../support/export-formats.ts";
import { readHistoryContent } from "../../support/read-history.ts";

const start = Date.UTC(2024, 1, 3, 20) / 1000;
const play: SamplePlay = {
  startUts: start,
  artist: "Can",
  album: "Tago Mago",
  title: "Halleluhwah",
  seconds: 200,
};
const other: SamplePlay = { ...play, title: "Mushroom" };

async function readRows(rows: readonly object[]) {
  const { plays, leftOut } = await readHistoryContent(JSON.stringify(rows));
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
])("computes the start of a play with an offline_timestamp of %s", async (_, offline_timestamp, expected) => {
  expect((await readRows([buildSpotifyRow(play, { offline_timestamp })])).starts).toEqual([expected]);
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
  const next = buildSpotifyRow({ ...play, startUts: start + 86_400 });
  const found = await readRows([buildSpotifyRow(play, { offline_timestamp: null, ...changed }), next]);
  expect(found.leftOut).toEqual(leftOut);
  expect(found.starts.length).toBe(Object.keys(leftOut).length === 0 ? 2 : 1);
});

test("ignores plays with impossible times in account data", async () => {
  const row = { artistName: "Can", trackName: "Vitamin C", msPlayed: 60_000 };
  const times = ["1970-01-01 00:00", "2031-01-01 00:00", "later", "2024-02-03 20:01"];
  const { plays, leftOut } = await readHistoryContent(
    JSON.stringify(times.map((endTime) => ({ endTime, ...row }))),
  );
  expect(plays["spotify-account"]?.map(({ startUts }) => startUts - start)).toEqual([0]);
  expect(leftOut["spotify-account"]).toEqual({ undated: 3 });
});

test("copies of a row, exact or some seconds apart, are one play", async () => {
  const rows = [
    buildSpotifyRow(play),
    buildSpotifyRow(play),
    buildSpotifyRow({ ...play, startUts: start + 4 }),
    // The same second, but less of it.
    buildSpotifyRow(play, { ms_played: 40_000, ts: "2024-02-03T20:00:40Z" }),
  ];
  expect(await readRows(rows)).toMatchObject({ starts: [0], leftOut: { copy: 3 } });
});

test("keeps repeats as separate plays, even of a track of 20 seconds", async () => {
  const short = { ...play, seconds: 20 };
  const again = [0, 20, 40].map((later) => buildSpotifyRow({ ...short, startUts: start + later }));
  expect(await readRows(again)).toMatchObject({ starts: [0, 20, 40], leftOut: {} });
  const twice = [0, 200].map((later) => buildSpotifyRow({ ...play, startUts: start + later }));
  expect(await readRows(twice)).toMatchObject({ starts: [0, 200], leftOut: {} });
});

test("two tracks with one time are two plays", async () => {
  const rows = [buildSpotifyRow(play), buildSpotifyRow(other)].map((row) => ({
    ...row,
    ts: "2024-02-05T08:00:00Z",
    offline_timestamp: null,
  }));
  expect((await readRows(rows)).starts).toHaveLength(2);
});

test("a track that was interrupted and continued is one play from its first start", async () => {
  const first = buildSpotifyRow({ ...play, seconds: 20 }, { reason_end: "endplay" });
  const buildResumedRow = (laterBy: number, of = play) =>
    buildSpotifyRow({ ...of, startUts: start + 20 + laterBy, seconds: 25 }, { reason_end: "fwdbtn" });
  expect(await readRows([buildResumedRow(29 * 60), first])).toMatchObject({
    starts: [0],
    leftOut: { resumed: 1 },
  });
  // The parts are too short if the second comes too late, or after something else.
  expect(await readRows([first, buildResumedRow(30 * 60)])).toMatchObject({
    starts: [],
    leftOut: { short: 2 },
  });
  const between = buildSpotifyRow({ ...other, startUts: start + 60 });
  expect(await readRows([first, between, buildResumedRow(900)])).toMatchObject({
    starts: [60],
    leftOut: { short: 2 },
  });
});

test("reads the downloaded zip: files in any order, without videos and documents", async () => {
  const plays = [0, 1, 2, 3, 4].map((at) => ({ ...play, title: `Track ${at}`, startUts: start + at * 300 }));
  const history = await readHistoryContent(buildSpotifyZip(plays));
  expect(history.plays["spotify"]?.map(({ title }) => title)).toEqual(plays.map(({ title }) => title));
  expect(history).toMatchObject({ otherFiles: 1, leftOut: { spotify: { video: 1 } } });
});
