import { expect, test } from "vitest";
import type {
  RecapDocument,
  TopAlbumsDocument,
  TopArtistsDocument,
  TopTracksDocument,
} from "../../src/queries/documents/play-documents.ts";
import {
  cd,
  createSharedHome,
  buildAlbumPlays,
  buildArtistCredit,
  buildRecord,
  buildWant,
} from "../support/filled-cache.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";

const records = [
  buildRecord({ artist: "Nirvana", title: "Nevermind" }),
  buildRecord({ artist: "Nirvana", title: "Nevermind", formats: cd }),
  buildRecord({ artist: "Radiohead", title: "In Rainbows" }),
];
const plays = [
  ...buildAlbumPlays("Radiohead", "In Rainbows", { from: "2025-03-01T20:00:00Z", tracks: 10, count: 30 }),
  ...buildAlbumPlays("D'Angelo", "Voodoo", { from: "2025-05-01T20:00:00Z", tracks: 13 }),
  ...buildAlbumPlays("Nirvana", "Nevermind", { from: "2025-06-01T20:00:00Z", tracks: 8 }),
  ...buildAlbumPlays("Nirvana", "Nevermind (Remastered)", { from: "2025-07-01T20:00:00Z", tracks: 8 }),
  ...buildAlbumPlays("Can", "Tago Mago", { from: "2019-06-01T20:00:00Z", tracks: 7 }),
  ...buildAlbumPlays("Can", "", { from: "2025-09-01T20:00:00Z", tracks: 2 }),
];
const home = createSharedHome({
  records,
  plays,
  wants: [buildWant({ artist: "D'Angelo", title: "Voodoo" })],
});
const { run, json, screen } = createCommandRunner<TopAlbumsDocument>("top", home);
const { json: jsonOfArtists } = createCommandRunner<TopArtistsDocument>("top", home);
const { json: jsonOfTracks } = createCommandRunner<TopTracksDocument>("top", home);

test("lists owned and other albums together, editions counted together, with formats and wants", async () => {
  const { data, summary } = await json("--during", "2025");
  expect(data.map(({ album_name: name, play_count, owned }) => [name, play_count, owned])).toEqual([
    ["In Rainbows", 30, true],
    ["Nevermind", 16, true],
    ["Voodoo", 13, false],
  ]);
  expect(data[1]).toMatchObject({ rank: 2, spins: 2, tracks: 8, record_ids: [1, 2], forms: ["LP", "CD"] });
  expect(data[2]).toMatchObject({ wanted: true, record_ids: [], spins: 1 });
  expect(summary).toEqual({ total: 3, owned: 2, plays: 59, owned_plays: 46 });
  expect((await json()).data.map(({ artist_name: artist }) => artist).join(", ")).toBe(
    "Radiohead, Nirvana, D'Angelo, Can",
  );
});

test("ranks artists and tracks, with or without an album tag", async () => {
  const artists = await jsonOfArtists("artists", "--during", "2025");
  expect(artists.data.map((row) => [row.artist_name, row.play_count, row.owned_records])).toEqual([
    ["Radiohead", 30, 1],
    ["Nirvana", 16, 2],
    ["D'Angelo", 13, 0],
    ["Can", 2, 0],
  ]);
  const tracks = await jsonOfTracks("tracks", "--artist", "can");
  expect(tracks.data[0]).toMatchObject({
    artist_name: "Can",
    track_name: "Track 2",
    album_name: "Tago Mago",
    play_count: 2,
    owned: false,
  });
  const nirvana = await jsonOfTracks("tracks", "nirvana");
  expect(nirvana.data[0]).toMatchObject({ play_count: 2, record_ids: [1, 2] });
});

test("counts a song as owned in a period in which it was played only from other albums", async () => {
  const owner = await createFilledHome({
    records: [buildRecord({ artist: "Television", title: "Marquee Moon" })],
    wants: [buildWant({ artist: "Can", title: "Ege Bamyasi" })],
    plays: [
      ...buildAlbumPlays("Television", "Marquee Moon", { from: "2025-05-01T20:00:00Z", tracks: 4 }),
      ...buildAlbumPlays("Television", "A Boxed Life", { from: "2026-02-01T20:00:00Z", tracks: 6 }),
      ...buildAlbumPlays("Can", "Ege Bamyasi", { from: "2025-06-01T20:00:00Z", tracks: 1 }),
      ...buildAlbumPlays("Can", "Tago Mago", { from: "2026-03-01T20:00:00Z", tracks: 1 }),
    ],
  });
  const { json: ask } = createCommandRunner<TopTracksDocument>("top", owner);
  const { data, summary } = await ask("tracks", "--during", "2026", "--artist", "television");
  const owned = { owned: true, record_ids: [1], album_name: "Marquee Moon", play_count: 1 };
  expect(data.filter((row) => row.owned)).toHaveLength(4);
  expect(data.find((row) => row.track_name === "Track 1")).toMatchObject(owned);
  expect(data.find((row) => row.track_name === "Track 6")).toMatchObject({ owned: false, record_ids: [] });
  expect(summary).toEqual({ total: 6, owned: 4, plays: 6, owned_plays: 0 });
  const [can] = (await ask("tracks", "--during", "2026", "--not-owned", "--artist", "can")).data;
  expect(can).toMatchObject({ owned: false, wanted: true, play_count: 1 });
  const { json: askRecap } = createCommandRunner<RecapDocument>("recap", owner);
  const { top_songs: songs } = await askRecap("2026-02");
  expect(songs.map((row) => row.owned)).toEqual(songs.map((row) => Number(row.track_name.slice(6)) <= 4));
});

test.each([
  ["--owned", /^In Rainbows, Nevermind[^,]*$/],
  ["--not-owned", /^Voodoo, Tago Mago$/],
  ["--not-owned --wanted", /^Voodoo$/],
  ["--plays 10..20 voodoo", /^Voodoo$/],
  ["--tracks 13..", /^Voodoo$/],
  ["--sort spins --limit 1", /^Nevermind[^,]*$/],
  ["--limit 1 --page 3", /^Voodoo$/],
])("rewind top %s lists the expected entries", async (line, titles) => {
  const { data } = await json(...line.split(" "));
  expect(data.map(({ album_name: name }) => name).join(", ")).toMatch(titles);
  expect(data.map(({ rank }) => rank)).toEqual(data.map((_, at) => at + (line.includes("--page 3") ? 3 : 1)));
});

test("shows a table, and writes artists as CSV", async () => {
  const stdout = await screen("--during", "2025");
  expect(stdout).toMatch(/^# +Artist +Album +Plays Spins +Last +Own +Want$/m);
  expect(stdout).toMatch(/^2 +Nirvana +Nevermind \+1 +16 +2 +2025-07-01 +LP, CD$/m);
  expect(stdout).toMatch(/^3 +D'Angelo +Voodoo +13 +1 +2025-05-01 +a\d+ +★$/m);
  expect(stdout).toContain("3 albums · from 1 Jan 2025 to 31 Dec 2025");
  expect(await screen("--during", "2025..2026")).toContain("from 1 Jan 2025 to 14 Mar 2026");
  expect(stdout).toContain(
    "On records you own: 78.0% of 59 plays · ★ on your wantlist · +1: with another edition",
  );
  expect((await run(["artists", "--as", "csv"])).stdout).toMatch(
    /^rank,artist,play_count,tracks,last_played,owned_records\r\n1,Radiohead,30,/,
  );
  const dumb = await run([], { tty: true, env: { TERM: "dumb" } });
  expect(dumb.stdout).toMatch(/^[\x20-\x7e\n]*$/);
  expect(await screen("--plays", "500..")).toBe("No album fits --plays; 4 without it.\n");
  expect(await screen("--plays", "500..", "--owned")).toBe(
    "No album fits --plays and --owned; 2 without --plays.\n",
  );
  expect(await screen("--during", "1999")).toBe("You played nothing in this time.\n");
});

test.each(["album albums", "artist artists", "track tracks", "song tracks", "songs tracks"])(
  "rewind top takes the first word of %s for the second",
  async (words) => {
    const [typed = "", subject = ""] = words.split(" ");
    expect(await json(typed, "can")).toEqual(await json(subject, "can"));
  },
);

test.each(["artists --title x", "tracks --tracks 3..", "artists --sort spins"])(
  "rewind top %s is refused",
  async (line) => {
    expect(await run(line.split(" "))).toMatchObject({ code: 2, stdout: "" });
  },
);

test("ranks albums of all time without the history", async () => {
  const early = await createFilledHome({ records, plays, history: false });
  const { data } = await createCommandRunner<TopAlbumsDocument>("top", early).json();
  expect(data[0]).toMatchObject({ album_name: "In Rainbows", play_count: 30, spins: null, tracks: null });
});

test("marks a wanted album under Want, and explains the mark only where it is shown", async () => {
  const stdout = await screen("--not-owned");
  expect(stdout).toMatch(/Voodoo .* a\d+ +★$/m);
  expect(stdout).toContain("★ on your wantlist");
  expect(await screen("--owned")).not.toMatch(/★|Want/);
});

test("--kind takes an album that you own for an album, however few of its tracks you heard", async () => {
  const short = await createFilledHome({
    records: [buildRecord({ artist: "Can", title: "Tago Mago" })],
    plays: [
      ...buildAlbumPlays("Can", "Tago Mago", { from: "2025-03-01T20:00:00Z", tracks: 2 }),
      ...buildAlbumPlays("Neu!", "Hero", { from: "2025-06-01T20:00:00Z", tracks: 2 }),
    ],
  });
  const { json: ask } = createCommandRunner<TopAlbumsDocument>("top", short);
  const listTitles = async (kind: string): Promise<unknown> =>
    (await ask("--kind", kind)).data.map((row) => row.album_name);
  expect(await listTitles("album")).toEqual(["Tago Mago"]);
  expect(await listTitles("single")).toEqual(["Hero"]);
});

test("does not rank placeholder names as artists", async () => {
  const various = await createFilledHome({
    plays: [
      ...buildAlbumPlays("Various Artists", "Northern Soul", { from: "2025-03-01T20:00:00Z", tracks: 9 }),
      ...buildAlbumPlays("Can", "Tago Mago", { from: "2025-06-01T20:00:00Z", tracks: 7 }),
    ],
  });
  const { json: ask } = createCommandRunner<TopArtistsDocument>("top", various);
  expect((await ask("artists")).data.map((row) => row.artist_name)).toEqual(["Can"]);
});

const various = [buildArtistCredit("Various", { id: 194 })];
const singers = ["Anna Vole", "Ben Roe", "Cleo Marsh"];
const namedHome = createSharedHome({
  records: [
    buildRecord({ artists: various, title: "Winter Street Songs" }),
    buildRecord({ artists: various, title: "Summer Street Songs" }),
    buildRecord({ artist: "Ada Finch & The Wrens", title: "Tall Hedges" }),
  ],
  plays: [
    ...buildAlbumPlays("Various Artists", "Winter Street Songs", { from: "2020-01-01T20:00:00Z", tracks: 5 }),
    ...singers.flatMap((singer, at) => [
      ...buildAlbumPlays(singer, "Winter Street Songs", { from: `202${at}-02-01T20:00:00Z`, tracks: 8 - at }),
      ...buildAlbumPlays(singer, "Summer Street Songs", { from: `202${at}-03-01T20:00:00Z`, tracks: 8 - at }),
    ]),
    ...buildAlbumPlays("Ada Finch", "Tall Hedges", { from: "2020-04-01T20:00:00Z", tracks: 9 }),
    ...buildAlbumPlays("Ada Finch & The Wrens", "Tall Hedges", { from: "2021-04-01T20:00:00Z", tracks: 4 }),
    ...buildAlbumPlays("Can", "Tago Mago", { from: "2020-05-01T20:00:00Z", tracks: 7 }),
    ...buildAlbumPlays("Can", "Tago Mago (Remastered)", { from: "2021-05-01T20:00:00Z", tracks: 6 }),
    ...buildAlbumPlays("Can", "Tago Mago (40th Anniversary Edition)", {
      from: "2022-05-01T20:00:00Z",
      tracks: 5,
    }),
  ],
});
const named = createCommandRunner<TopAlbumsDocument>("top", namedHome);

test.each([
  ["of all time", []],
  ["of 2020", ["--during", "2020"]],
  ["of 2021", ["--during", "2021"]],
  ["of 2022", ["--during", "2022"]],
])("names an album %s by its cover or by its most played edition, under one id", async (_, period) => {
  const { data: all } = await named.json();
  const { data } = await named.json(...period);
  expect(all.map((row) => [row.artist_name, row.album_name])).toEqual([
    ["Various Artists", "Winter Street Songs"],
    ["Various", "Summer Street Songs"],
    ["Can", "Tago Mago"],
    ["Ada Finch & The Wrens", "Tall Hedges"],
  ]);
  const pickName = (row: (typeof all)[number]): unknown => [row.album_id, row.artist_name, row.album_name];
  expect(all.map(pickName)).toEqual(expect.arrayContaining(data.map(pickName)));
  expect(data.length).toBeGreaterThan(2);
});
