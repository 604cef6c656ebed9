// Tables of plays by any program: their words, their times, and what is said of those that can't be read.
import { describe, expect, test } from "vitest";
import { buildSpotifyRow } from "../../support/export-formats.ts";
import { readHistoryContent, readHistoryFiles, writeFiles } from "../../support/read-history.ts";
import { buildZip } from "../../support/build-zip.ts";

/** 10 May 2021, 09:59:22 in UTC */
const start = Date.UTC(2021, 4, 10, 9, 59, 22) / 1000;
const minute = start - 22;
const song = { artist: "Can", title: "Vitamin C" };

test.each([
  [
    "Last.fm's columns with a user",
    `"user","track","artist","date","timestamp"\n"owl","Vitamin C","Can","10 May 2021, 09:59","${start}"\n`,
    { file: [start] },
  ],
  ["album, track and uts", `artist,album,track,uts\nCan,,Vitamin C,${start}\n`, { "lastfm-file": [start] }],
  [
    "MBIDs and two times",
    `artist,artist_mbid,album,album_mbid,track,track_mbid,timestamp,datetime\nCan,,,,Vitamin C,,${start},2021-05-10 09:59:22\n`,
    { file: [start] },
  ],
  [
    "a time with an offset",
    "ts,track,artist,album\n2021-05-10 12:59:22+03:00,Vitamin C,Can,\n",
    { file: [start] },
  ],
  [
    "a BOM and a song",
    "\ufeffdate_time,song,artist,album,link,date_added\n2021-05-10T09:59:22Z,Vitamin C,Can,,https://example.org,2026-01-01\n",
    { file: [start] },
  ],
  [
    "rewind's own columns",
    "played_at,artist_name,track_name,album_id,album_name,record_ids,forms\n2021-05-10T09:59:22Z,Can,Vitamin C,7,,63,LP\n",
    { file: [start] },
  ],
  [
    "rewind's own columns with a precision",
    `played_at,artist_name,track_name,precision_seconds\n2021-05-10T09:59:22Z,Can,Vitamin C,1\n2021-05-09T22:00:00Z,Can,Mushroom,86400\n2021-05-10T09:59:00Z,Can,Halleluhwah,60\n`,
    { file: [start], "file-days": [Date.UTC(2021, 4, 9, 22) / 1000], "file-minutes": [minute] },
  ],
  ["semicolons", `Artist;Title;Played At\nCan;Vitamin C;${start}\n`, { file: [start] }],
  [
    "tabs, with quotes in a title",
    `artist\ttrack\ttime\nCan\tVitamin C\t${start}\nCan\t12" Mix\t${start + 300}\n`,
    { file: [start, start + 300] },
  ],
  ["milliseconds", `artist,track,time\nCan,Vitamin C,${start}000\n`, { file: [start] }],
  [
    "a day and a time in two columns",
    "artist,track,date,time\nCan,Vitamin C,2021-05-10,09:59:22\n",
    { file: [start] },
  ],
  ["minutes", 'artist,track,date\nCan,Vitamin C,"10 May 2021, 09:59"\n', { "file-minutes": [minute] }],
  ["days", "artist,track,date\nCan,Vitamin C,2021-05-10\n", { "file-days": [minute - 9 * 3600 - 59 * 60] }],
  [
    "JSON with other names",
    JSON.stringify([{ artistName: "Can", trackName: "Vitamin C", playedAt: "2021-05-10T09:59:22.000Z" }]),
    { file: [start] },
  ],
  [
    "JSON Lines",
    `${JSON.stringify({ artist: "Can", title: "Vitamin C", timestamp: start })}\n`.repeat(2),
    { file: [start, start] },
  ],
  [
    "JSON with a track that has artists",
    JSON.stringify({
      items: [
        { played_at: "2021-05-10T09:59:22Z", track: { name: "Vitamin C", artists: [{ name: "Can" }] } },
      ],
    }),
    { file: [start] },
  ],
  [
    "Last.fm's export of 2014",
    JSON.stringify([
      {
        timestamp: { iso: "2021-05-10T09:59:22", unixtimestamp: start },
        track: { name: "Vitamin C", artist: { name: "Can", mbid: null } },
        album: { name: null },
      },
    ]),
    { "lastfm-file": [start] },
  ],
  [
    "a Spotify history that a program for tables wrote",
    `,ts,master_metadata_track_name,master_metadata_album_artist_name,master_metadata_album_album_name,ms_played,reason_end\n0,2021-05-10 10:02:22+00:00,Vitamin C,Can,,180000.0,trackdone\n`,
    { spotify: [start] },
  ],
  [
    "Spotify's account data as CSV",
    ",endTime,artistName,trackName,msPlayed\n0,2021-05-10 10:02,Vitamin C,Can,180000\n".replace(
      "Vitamin C,Can",
      "Can,Vitamin C",
    ),
    { "spotify-account": [minute] },
  ],
])("reads %s", async (_, content, expected) => {
  const { plays } = await readHistoryContent(content);
  const starts = Object.entries(plays).map(([source, found]) => [
    source,
    found.map(({ startUts }) => startUts),
  ]);
  expect(Object.fromEntries(starts)).toEqual(expected);
  expect(Object.values(plays).flat()[0]).toMatchObject(song);
});

test("reads the same plays of a Spotify history from JSON and a table", async () => {
  const row = buildSpotifyRow({ ...song, album: "", startUts: start, seconds: 180 });
  const table = `${Object.keys(row).join(",")}\n${Object.values(row)
    .map((value) => String(value ?? ""))
    .join(",")}\n`;
  const { plays, leftOut } = await readHistoryFiles(
    writeFiles({ "a.json": JSON.stringify([row]), "b.csv": table }),
  );
  expect(plays["spotify"]).toHaveLength(1);
  expect(leftOut).toEqual({ spotify: { copy: 1 } });
});

const readTime = async (time: string, zone?: string): Promise<unknown> => {
  const { plays } = await readHistoryContent(
    `artist,track,time\nCan,Vitamin C,"${time}"\n`,
    zone === undefined ? {} : { zone },
  );
  return Object.values(plays).flat()[0]?.startUts;
};

describe("a time", () => {
  test.each([
    ["2021-05-10T09:59:22Z", start],
    ["2021-05-10T09:59:22.123456+00:00", start],
    ["2021-05-10 09:59:22 UTC", start],
    ["2021-05-10 05:59:22-0400", start],
    ["2021/05/10 09:59:22", start],
    ["10 May 2021, 09:59:22", start],
    ["Mon, 10 May 2021 09:59:22 +0000", start],
    ["10 May 2021, 09:59", minute],
    ["10 May 2021 09:59", minute],
    ["10.05.2021 09:59", minute],
    ["10.5.2021, 9:59:22", start],
    ["May 10, 2021 at 09:59AM", minute],
    ["May 10, 2021 at 09:59PM", minute + 12 * 3600],
    [`${start}`, start],
    [`${start}.0`, start],
    [`${start}000`, start],
    [`${start}000000`, start],
  ])("is read from %s", async (text, expected) => {
    expect(await readTime(text)).toBe(expected);
  });

  test.each([
    "10/05/2021 09:59",
    "2021-02-30",
    "5.10.21 09:59",
    "10.13.2021",
    "25:00",
    "noon",
    "2021-05-10 25:00:00",
  ])("is not guessed from %s", async (text) => {
    await expect(readTime(text)).rejects.toThrow(
      `, line 2: "${text}" is not a time; for example 2024-02-03T20:17:05Z`,
    );
  });

  test("that can't be read is shown shortened, or not at all if it looks like a secret", async () => {
    await expect(readTime("x".repeat(45))).rejects.toThrow(`line 2: "${"x".repeat(40)}" is`);
    await expect(readTime("a1b2c3d4".repeat(4))).rejects.toThrow('line 2: "…" is not a time');
  });

  test("is read in the zone that the user names if it has none", async () => {
    expect(await readTime("2021-05-10 12:59:22", "Europe/Helsinki")).toBe(start);
    expect(await readTime("2021-05-10 12:59:22+03:00", "Europe/Paris")).toBe(start);
  });
});

describe("--columns", () => {
  const table = "Interpret;Titel;Gehört um\nCan;Vitamin C;2021-05-10 09:59:22\n";

  test("names the columns of a table with other words", async () => {
    await expect(readHistoryContent(table)).rejects.toThrow(/this is not a listening history/);
    const { plays } = await readHistoryContent(table, {
      columns: { artist: "Interpret", track: "Titel", time: "Gehört um" },
    });
    expect(plays["file"]).toMatchObject([{ ...song, startUts: start }]);
  });

  test.each([
    [
      "Künstler;Titel;Album;Datum",
      "Can;Vitamin C;Ege Bamyası;10.05.2021",
      "the artist, and none the track, and none the time",
    ],
    [
      "Interpret,Stück,Gehört um",
      "Can,Vitamin C,10.05.2021",
      "the artist, and none the track, and none the time",
    ],
  ])("is named where a table has only other words: %s", async (header, row, missing) => {
    const columns = header.toLowerCase().split(/[;,]/).join(", ");
    await expect(readHistoryContent(`${header}\n${row}\n`)).rejects.toMatchObject({
      message: expect.stringContaining(`no column is ${missing}`) as string,
      hint: expect.stringContaining(
        `Its columns: ${columns}. To choose: rewind import FILE --columns artist=COLUMN,track=COLUMN,time=COLUMN\n`,
      ) as string,
    });
  });

  test("is refused if a file has no such column", async () => {
    const columns = { artist: "Interpret", track: "Titel", time: "Datum" };
    await expect(readHistoryContent(table, { columns })).rejects.toThrow(/it has no column "Datum"$/);
  });
});

test.each([
  ["artist,album,title\nCan,,Vitamin C\n", "no column is the time"],
  ["artist,date\nCan,2021\n", "no column is the track"],
  ["song,when\nVitamin C,2021\n", "no column is the artist, and none the time"],
])("a table says which column it lacks, and a layout that works: %s", async (content, why) => {
  const error = readHistoryContent(content);
  await expect(error).rejects.toThrow(why);
  await expect(error).rejects.toMatchObject({
    hint: expect.stringContaining("\nA layout that works: artist,track,album,time and"),
  });
});

test.each([{}, { track: "Title", time: "Date Added" }])(
  "refuses a collection or wantlist of Discogs, whatever its columns are called: %j",
  async (columns) => {
    for (const header of [
      "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,Date Added",
      "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,Notes,Date Added",
    ])
      await expect(
        readHistoryContent(
          `${header}\nCK 64935,Miles Davis,Kind Of Blue,Columbia,CD,,1997,1,x,2021-05-01 10:00:00\n`,
          {
            columns,
          },
        ),
      ).rejects.toMatchObject({
        message: expect.stringContaining("this is a list of records from Discogs, not of plays") as string,
        hint: expect.stringContaining("rewind sync") as string,
      });
  },
);

test.each([
  [`artist,track,time\n,,${start}\n`, "an artist, a track and a time"],
  [`artist,track,time\n,,${start}\nCan,Vitamin C,\n`, "an artist, a track and a time"],
  ["artist,track,time\nCan,Vitamin C,\n", "a time from 2002 to today"],
  ["artist,track,time\nCan,Vitamin C,1931-05-10T09:59:22Z\n", "a time from 2002 to today"],
  ["artist,track,time\nCan,Vitamin C,2131-05-10T09:59:22Z\n", "a time from 2002 to today"],
])("refuses a file without any readable row: %j has none with %s", async (content, lack) => {
  await expect(readHistoryContent(content)).rejects.toThrow(
    `none of its rows has ${lack}, so none can be read`,
  );
});

test("a table in a zip that is about something else is passed over", async () => {
  const zip = buildZip([
    { name: "plays.csv", content: `artist,track,time\nCan,Vitamin C,${start}\n` },
    { name: "library.csv", content: "artist,title,date\nCan,Vitamin C,May\n" },
    { name: "empty.csv", content: "artist,title,date\nCan,Vitamin C,\n" },
  ]);
  const { plays, otherFiles } = await readHistoryContent(zip);
  expect(plays["file"]).toHaveLength(1);
  expect(otherFiles).toBe(2);
});
