// Plays of songs without their album are shown beside the figures and counted in none of them.
import { expect, test } from "vitest";
import type { ListedTrack } from "../../src/model/model.ts";
import { readContract } from "../support/contract-schema.ts";
import { readCsv } from "../support/csv-reader.ts";
import { fillCache, record, sitting, listedTrack, playOf } from "../support/filled-cache.ts";
import { filledHome, questionOf } from "../support/question.ts";
import { runCli } from "../support/run-cli.ts";
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

const plays = (track: string, album: string, count: number, fromUts: number): Play[] =>
  Array.from({ length: count }, (_, at) => playOf("Joni Mitchell", album, track, fromUts + at * 400));

const heard = [
  ...sitting("Joni Mitchell", "Blue", { from: "2020-01-01T20:00:00Z", tracks: 4 }),
  ...plays("Coyote", "", 3, 1_500_000_000),
  ...plays("Amelia", "Shadows And Light", 2, 1_510_000_000),
  ...plays("Carey", "", 5, 1_520_000_000),
  ...plays("Coyote (Live)", "", 7, 1_530_000_000),
];

const shelf = async (wholeShelf: boolean): Promise<string> =>
  filledHome({ records: [hejira, blue, hits], plays: heard, tracklists: lists, wholeShelf });

const told = /without (?:its|their) album/;
const shown = async (home: string, command: string, ...argv: string[]): Promise<string> =>
  (await questionOf(command, home).run(argv, { tty: true, columns: 200 })).stdout;

test("each is told of where one record alone has the song, and counted nowhere", async () => {
  const home = await shelf(true);
  expect(await shown(home, "explain", "hejira")).toContain(
    "Not counted: 5 plays of its songs without an album tag",
  );
  // Two records have that song; another is the album's own.
  expect(await shown(home, "explain", "blue")).not.toMatch(told);
  expect(await shown(home, "stats")).toContain(
    "Not counted: 5 plays without an album tag, of songs that only one of your records has",
  );
  const { data, summary } = readContract((await runCli(["xref", "--all", "--json"], { home })).stdout);
  const counts = data.map(({ collection, listening }) => `${collection.title} ${listening.play_count}`);
  expect(counts).toEqual(["Blue 4", "Hejira 0", "Hits 0"]);
  expect(summary.unlistened_count).toBe(2);
  // Programs read each record's, and all, as a figure of its own.
  const [names = [], ...rows] = readCsv((await runCli(["xref", "--as", "csv"], { home })).stdout);
  const columns = ["title", "play_count", "stray_plays"].map((name) => names.indexOf(name));
  expect(rows.map((row) => columns.map((at) => row[at]).join(" "))).toEqual([
    "Blue 4 0",
    "Hejira 0 5",
    "Hits 0 0",
  ]);
  const sql = "SELECT title, stray_plays FROM records WHERE stray_plays > 0";
  expect(await questionOf("sql", home).json(sql)).toEqual([{ title: "Hejira", stray_plays: 5 }]);
  const stats = questionOf("stats", home);
  expect(await stats.json()).toMatchObject({ stray_plays: 5 });
  expect(await stats.json("--during", "2020")).toMatchObject({ stray_plays: null });
});

test("nothing is told while the lists of its artist's records are not known", async () => {
  const home = await shelf(false);
  expect(await shown(home, "explain", "hejira")).not.toMatch(told);
  for (const command of ["stats", "xref"]) expect(await shown(home, command)).not.toMatch(told);
});

test("a new record with the song takes it back, and so does an album that comes to be credited", async () => {
  const home = await shelf(true);
  const live = record({ artist: "Joni Mitchell", title: "Shadows And Light" });
  const withLive = { records: [hejira, blue, hits, live], plays: heard };
  // Its list isn't known: the songs may be on it.
  await fillCache(home, { ...withLive, tracklists: lists });
  expect(await shown(home, "explain", "hejira")).not.toMatch(told);
  const tracklists = new Map([...lists, [live.release.id, listOf("Amelia")]]);
  await fillCache(home, { ...withLive, tracklists, wholeShelf: true });
  expect(await shown(home, "explain", "hejira")).toContain("3 plays of its songs");
  const sql = "SELECT play_count FROM records WHERE title LIKE 'Shadows%'";
  expect(await questionOf("sql", home).json(sql)).toEqual([{ play_count: 2 }]);
});
