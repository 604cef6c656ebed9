// Plays of songs without their album are shown beside the figures and counted in none of them.
import { expect, test } from "vitest";
import type { ListedTrack } from "../../src/model/model.ts";
import { readContract } from "../support/contract-schema.ts";
import { fillCache, record, sitting, listedTrack } from "../support/filled-cache.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";
import type { Play } from "../support/world.ts";

const listOf = (...titles: string[]): ListedTrack[] =>
  titles.map((title, at) => listedTrack(title, { position: `A${at + 1}` }));

const hejira = record({ artist: "Joni Mitchell", title: "Hejira" });
const blue = record({ artist: "Joni Mitchell", title: "Blue" });
const hits = record({ artist: "Joni Mitchell", title: "Hits" });

const lists = new Map([
  [hejira.release.id, listOf("Coyote", "Amelia")],
  [blue.release.id, listOf("Carey", "Track 1")],
  [hits.release.id, listOf("Carey")],
]);

function plays(track: string, album: string, count: number, fromUts: number): Play[] {
  const artist = "Joni Mitchell";
  return Array.from({ length: count }, (_, at) => ({
    artist,
    track,
    album,
    albumArtist: artist,
    albumMbid: null,
    uts: fromUts + at * 400,
  }));
}

const heard = [
  ...sitting("Joni Mitchell", "Blue", { from: "2020-01-01T20:00:00Z", tracks: 4 }),
  ...plays("Coyote", "", 3, 1_500_000_000),
  ...plays("Amelia", "Shadows And Light", 2, 1_510_000_000),
  ...plays("Carey", "", 5, 1_520_000_000),
  ...plays("Coyote (Live)", "", 7, 1_530_000_000),
];

async function homeWith(wholeShelf: boolean, records = [hejira, blue, hits]): Promise<string> {
  const home = tempDirectory();
  await fillCache(home, { records, plays: heard, tracklists: lists, wholeShelf });
  return home;
}

const told = /without (?:its|their) album/;

test("each is told of where one record alone has the song, and counted nowhere", async () => {
  const home = await homeWith(true);
  const explained = await runCli(["explain", "hejira"], { home, tty: true });
  expect(explained.stdout).toContain("Not counted: 5 plays of its songs without an album tag");
  // Two records have that song; another is the album's own.
  expect((await runCli(["explain", "blue"], { home, tty: true })).stdout).not.toMatch(told);
  const stats = await runCli(["stats"], { home, tty: true, columns: 200 });
  expect(stats.stdout).toContain(
    "Not counted: 5 plays without an album tag, of songs that only one of your records has",
  );
  const table = await runCli(["xref"], { home, tty: true, columns: 200 });
  expect(table.stdout).toContain("5 plays without an album tag, not counted");
  const { data, summary } = readContract((await runCli(["xref", "--all", "--json"], { home })).stdout);
  expect(data.map(({ collection, listening }) => [collection["title"], listening.play_count])).toEqual([
    ["Blue", 4],
    ["Hejira", 0],
    ["Hits", 0],
  ]);
  expect(summary.unlistened_count).toBe(2);
});

test("programs are told of each record's, and of all, as a figure of its own", async () => {
  const home = await homeWith(true);
  const csv = (await runCli(["xref", "--as", "csv"], { home })).stdout.split("\r\n");
  const names = csv[0]?.split(",") ?? [];
  const [title, stray, count] = ["title", "stray_plays", "play_count"].map((name) => names.indexOf(name));
  expect(csv.slice(1, 4).map((line) => [title, count, stray].map((at = -1) => line.split(",")[at]))).toEqual([
    ["Blue", "4", "0"],
    ["Hejira", "0", "5"],
    ["Hits", "0", "0"],
  ]);
  const sql = "SELECT title, stray_plays FROM records WHERE stray_plays > 0";
  expect(JSON.parse((await runCli(["sql", sql, "--json"], { home })).stdout)).toEqual([
    { title: "Hejira", stray_plays: 5 },
  ]);
  const stats = async (...flags: string[]) =>
    JSON.parse((await runCli(["stats", "--json", ...flags], { home })).stdout) as {
      stray_plays: number | null;
    };
  expect((await stats()).stray_plays).toBe(5);
  expect((await stats("--during", "2020")).stray_plays).toBeNull();
});

test("nothing is told while the lists of its artist's records are not known", async () => {
  const home = await homeWith(false);
  for (const line of [["explain", "hejira"], ["stats"], ["xref"]]) {
    expect((await runCli(line, { home, tty: true, columns: 200 })).stdout).not.toMatch(told);
  }
});

test("a new record with the song takes it back, and so does an album that comes to be credited", async () => {
  const home = await homeWith(true);
  const live = record({ artist: "Joni Mitchell", title: "Shadows And Light" });
  const withLive = { records: [hejira, blue, hits, live], plays: heard };
  // Its list isn't known: the songs may be on it.
  await fillCache(home, { ...withLive, tracklists: lists });
  expect((await runCli(["explain", "hejira"], { home, tty: true })).stdout).not.toMatch(told);
  const tracklists = new Map([...lists, [live.release.id, listOf("Amelia")]]);
  await fillCache(home, { ...withLive, tracklists, wholeShelf: true });
  expect((await runCli(["explain", "hejira"], { home, tty: true })).stdout).toContain("3 plays of its songs");
  const { stdout } = await runCli(["sql", "SELECT play_count FROM records WHERE title LIKE 'Shadows%'"], {
    home,
  });
  expect(stdout).toMatch(/\b2\b/);
});
