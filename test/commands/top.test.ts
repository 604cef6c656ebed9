import { beforeEach, expect, test, vi } from "vitest";
import { widthOf } from "../../src/output/width.ts";
import { fillCache, record, sitting, want } from "../support/filled-cache.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const cd = [{ name: "CD", quantity: 1, text: "", descriptions: ["Album"] }];

interface TopDocument {
  readonly data: readonly {
    readonly rank: number;
    readonly artist_name: string;
    readonly album_name: string;
    readonly track_name: string;
    readonly play_count: number;
    readonly spins: number | null;
    readonly owned: boolean;
    readonly record_ids: readonly number[];
    readonly owned_records: number;
  }[];
  readonly summary: {
    readonly total: number;
    readonly owned: number;
    readonly plays: number;
    readonly owned_plays: number;
  };
}

const records = [
  record({ artist: "Nirvana", title: "Nevermind" }),
  record({ artist: "Nirvana", title: "Nevermind", formats: cd }),
  record({ artist: "Radiohead", title: "In Rainbows" }),
];
const wants = [want({ artist: "D'Angelo", title: "Voodoo" })];
const plays = [
  ...sitting("Radiohead", "In Rainbows", { from: "2025-03-01T20:00:00Z", tracks: 10, count: 30 }),
  ...sitting("D'Angelo", "Voodoo", { from: "2025-05-01T20:00:00Z", tracks: 13 }),
  ...sitting("Nirvana", "Nevermind", { from: "2025-06-01T20:00:00Z", tracks: 8 }),
  ...sitting("Nirvana", "Nevermind (Remastered)", { from: "2025-07-01T20:00:00Z", tracks: 8 }),
  ...sitting("Can", "Tago Mago", { from: "2019-06-01T20:00:00Z", tracks: 7 }),
  ...sitting("Can", "", { from: "2025-09-01T20:00:00Z", tracks: 2 }),
];

let home: string;

beforeEach(async () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  home = tempDirectory();
  await fillCache(home, { records, wants, plays });
});

const top = (argv: readonly string[] = [], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["top", ...argv], { home, env: { NO_COLOR: "1" }, ...options });

const topJson = async (...argv: string[]): Promise<TopDocument> =>
  (await runCliJson(["top", ...argv, "--json"], { home })) as TopDocument;

test("lists owned and other albums together, editions counted together, with formats and wants", async () => {
  const { data, summary } = await topJson("--during", "2025");
  expect(data.map(({ album_name: name, play_count, owned }) => [name, play_count, owned])).toEqual([
    ["In Rainbows", 30, true],
    ["Nevermind", 16, true],
    ["Voodoo", 13, false],
  ]);
  expect(data[1]).toMatchObject({ rank: 2, spins: 2, tracks: 8, record_ids: [1, 2], forms: ["LP", "CD"] });
  expect(data[2]).toMatchObject({ wanted: true, record_ids: [], spins: 1 });
  expect(summary).toEqual({ total: 3, owned: 2, plays: 59, owned_plays: 46 });
  expect((await topJson()).data.map(({ artist_name: artist }) => artist)).toEqual([
    "Radiohead",
    "Nirvana",
    "D'Angelo",
    "Can",
  ]);
});

test("ranks artists and tracks, with or without an album tag", async () => {
  const artists = await topJson("artists", "--during", "2025");
  expect(
    artists.data.map(({ artist_name: name, play_count, owned_records: own }) => [name, play_count, own]),
  ).toEqual([
    ["Radiohead", 30, 1],
    ["Nirvana", 16, 2],
    ["D'Angelo", 13, 0],
    ["Can", 2, 0],
  ]);
  const tracks = await topJson("tracks", "--artist", "can");
  expect(tracks.data[0]).toMatchObject({
    artist_name: "Can",
    track_name: "Track 2",
    album_name: "Tago Mago",
    play_count: 2,
    owned: false,
  });
  expect((await topJson("tracks", "nirvana")).data[0]).toMatchObject({ play_count: 2, record_ids: [1, 2] });
});

test("takes filters, words, sort orders and pages", async () => {
  const titles = async (...argv: string[]): Promise<string[]> =>
    (await topJson(...argv)).data.map(({ album_name: name }) => name);
  expect(await titles("--owned")).toEqual(["In Rainbows", expect.stringMatching(/^Nevermind/)]);
  expect(await titles("--not-owned")).toEqual(["Voodoo", "Tago Mago"]);
  expect(await titles("--not-owned", "--wanted")).toEqual(["Voodoo"]);
  expect(await titles("--plays", "10..20", "voodoo")).toEqual(["Voodoo"]);
  expect(await titles("--tracks", "13..")).toEqual(["Voodoo"]);
  expect(await titles("--sort", "spins", "--limit", "1")).toEqual([expect.stringMatching(/^Nevermind/)]);
  expect(await titles("--limit", "1", "--page", "3")).toEqual(["Voodoo"]);
  const second = await topJson("--limit", "1", "--page", "2");
  expect(second.data[0]?.rank).toBe(2);
});

test("shows a table, writes to a pipe and as CSV", async () => {
  const { stdout } = await top(["--during", "2025"], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^# +Artist +Album +Plays Spins +Last +Own$/m);
  expect(stdout).toMatch(/^2 +Nirvana +Nevermind \+1 +16 +2 +2025-07-01 +LP, CD$/m);
  expect(stdout).toMatch(/^3 +D'Angelo +Voodoo +13 +1 +2025-05-01 +a\d+ ★$/m);
  expect(stdout).toContain("3 albums · from 1 Jan 2025 to 31 Dec 2025");
  expect(stdout).toContain(
    "On records you own 78.0% of 59 plays · ★ on your wantlist · +2: with two more editions",
  );
  expect((await top(["--during", "2025"])).stdout.trimEnd().split("\n")).toHaveLength(3);
  expect((await top(["artists", "--as", "csv"])).stdout).toMatch(
    /^rank,artist,play_count,tracks,last_played,owned_records\r\n1,Radiohead,30,/,
  );
  for (const columns of [45, 60, 80, 100, 200]) {
    for (const subject of ["albums", "artists", "tracks"]) {
      const narrow = await top([subject], { tty: true, columns });
      for (const line of narrow.stdout.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    }
  }
  const dumb = await top([], { tty: true, env: { TERM: "dumb", NO_COLOR: "1" } });
  expect(dumb.stdout).toMatch(/^[\x20-\x7e\n]*$/);
});

test("refuses impossible options, and explains an empty answer", async () => {
  expect(await top(["artists", "--title", "x"])).toMatchObject({ code: 2, stdout: "" });
  expect(await top(["tracks", "--tracks", "3.."])).toMatchObject({ code: 2, stdout: "" });
  expect(await top(["artists", "--sort", "spins"])).toMatchObject({ code: 2, stdout: "" });
  expect(await top(["--owned", "--not-owned"])).toMatchObject({ code: 2, stdout: "" });
  expect(await top(["--plays", "500.."], { tty: true })).toMatchObject({
    code: 0,
    stdout: "No album fits --plays.\n",
  });
});

test("without the history only albums of all time are ranked", async () => {
  const other = tempDirectory();
  await fillCache(other, { records, plays, history: false });
  const { data } = (await runCliJson(["top", "--json"], { home: other })) as TopDocument;
  expect(data[0]).toMatchObject({ album_name: "In Rainbows", play_count: 30, spins: null, tracks: null });
  for (const argv of [["artists"], ["tracks"], ["--during", "2025"], ["--sort", "spins"]]) {
    expect(await runCli(["top", ...argv], { home: other })).toMatchObject({ code: 5, stdout: "" });
  }
});
