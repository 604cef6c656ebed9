// Plays of songs without their album are shown beside the figures and counted in none of them.
import { expect, test } from "vitest";
import { rulesVersion } from "../../src/match/rules-version.ts";
import type { ListedTrack } from "../../src/model/model.ts";
import { parseContractDocument } from "../support/contract-schema.ts";
import { parseCsv } from "../support/parse-csv.ts";
import {
  fillCache,
  buildRecord,
  buildAlbumPlays,
  buildListedTrack,
  buildPlay,
  withHomeCache,
} from "../support/filled-cache.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";
import { runCli } from "../support/run-cli.ts";
import type { Play } from "../support/service-data.ts";

const buildTracklist = (...titles: string[]): ListedTrack[] =>
  titles.map((title, at) => buildListedTrack(title, { position: `A${at + 1}` }));

const hejira = buildRecord({ artist: "Joni Mitchell", title: "Hejira" });
const blue = buildRecord({ artist: "Joni Mitchell", title: "Blue" });
const hits = buildRecord({ artist: "Joni Mitchell", title: "Hits" });

const tracklistsById = new Map([
  [hejira.release.id, buildTracklist("Coyote", "Amelia")],
  [blue.release.id, buildTracklist("Carey", "Track 1")],
  [hits.release.id, buildTracklist("Carey")],
]);

const buildPlays = (track: string, album: string, count: number, fromUts: number): Play[] =>
  Array.from({ length: count }, (_, at) => buildPlay("Joni Mitchell", album, track, fromUts + at * 400));

const historyPlays = [
  ...buildAlbumPlays("Joni Mitchell", "Blue", { from: "2020-01-01T20:00:00Z", tracks: 4 }),
  ...buildPlays("Coyote", "", 2, 1_500_000_000),
  ...buildPlays("Coyote - 2021 Remaster", "", 1, 1_505_000_000),
  ...buildPlays("Amelia", "Shadows And Light", 2, 1_510_000_000),
  ...buildPlays("Carey", "", 5, 1_520_000_000),
  ...buildPlays("Coyote (Live)", "", 7, 1_530_000_000),
];

const createHome = async (wholeShelf: boolean): Promise<string> =>
  createFilledHome({
    records: [hejira, blue, hits],
    plays: historyPlays,
    tracklists: tracklistsById,
    wholeShelf,
  });

const unmatchedPattern = /without (?:its|their) album/;
const runPlain = async (home: string, command: string, ...argv: string[]): Promise<string> =>
  (await createCommandRunner(command, home).run(argv, { tty: true, columns: 200 })).stdout;

test("mentions plays of a song that only one record has, and counts them nowhere", async () => {
  const home = await createHome(true);
  expect(await runPlain(home, "explain", "hejira")).toContain(
    "Not counted: 3 plays of its songs without an album tag",
  );
  // Two records have that song; another is the album's own. A play with another album's tag is a play of that album.
  expect(await runPlain(home, "explain", "blue")).not.toMatch(unmatchedPattern);
  const figures = await runPlain(home, "stats");
  expect(figures).toContain(
    "Not counted: 3 plays without an album tag, of songs that only one of your records has",
  );
  const [, query = ""] = /rewind sql "([^"]+)"/.exec(figures.replaceAll(/\s+/g, " ")) ?? [];
  expect((await runCli(["sql", query], { home })).stdout).toMatch(/Joni Mitchell +Hejira +3/);
  const { data, summary } = parseContractDocument(
    (await runCli(["xref", "--all", "--json"], { home })).stdout,
  );
  const counts = data.map(({ collection, listening }) => `${collection.title} ${listening.play_count}`);
  expect(counts).toEqual(["Blue 4", "Hejira 0", "Hits 0"]);
  expect(summary.unlistened_count).toBe(2);
  // Programs read each record's, and all, as a figure of its own.
  const [names = [], ...rows] = parseCsv((await runCli(["xref", "--as", "csv"], { home })).stdout);
  const columns = ["title", "play_count", "stray_plays"].map((name) => names.indexOf(name));
  expect(rows.map((row) => columns.map((at) => row[at]).join(" "))).toEqual([
    "Blue 4 0",
    "Hejira 0 3",
    "Hits 0 0",
  ]);
  const sql = "SELECT title, stray_plays FROM records WHERE stray_plays > 0";
  expect(await createCommandRunner("sql", home).json(sql)).toEqual([{ title: "Hejira", stray_plays: 3 }]);
  const stats = createCommandRunner("stats", home);
  expect(await stats.json()).toMatchObject({ stray_plays: 3 });
  expect(await stats.json("--during", "2020")).toMatchObject({ stray_plays: null });
});

test("finds the songs again with the rules of a new version", async () => {
  const home = await createHome(true);
  withHomeCache(home, (database) => {
    database.exec(`DELETE FROM unmatched_song;
      UPDATE fact SET value = replace(value, '${rulesVersion} ', '0 ') WHERE name = 'stray songs found by';
      UPDATE fact SET value = '0' WHERE name = 'match rules'`);
  });
  expect(await runPlain(home, "stats")).toContain("Not counted: 3 plays without an album tag");
});

test("mentions no such plays while tracklists of the artist's records are unknown", async () => {
  const home = await createHome(false);
  expect(await runPlain(home, "explain", "hejira")).not.toMatch(unmatchedPattern);
  for (const command of ["stats", "xref"])
    expect(await runPlain(home, command)).not.toMatch(unmatchedPattern);
});

test("no longer mentions the plays if another record has the song or its album is matched", async () => {
  const home = await createHome(true);
  const live = buildRecord({ artist: "Joni Mitchell", title: "Shadows And Light" });
  const withLive = { records: [hejira, blue, hits, live], plays: historyPlays };
  // The record's list is unknown: the songs may be on it.
  await fillCache(home, { ...withLive, tracklists: tracklistsById });
  expect(await runPlain(home, "explain", "hejira")).not.toMatch(unmatchedPattern);
  const tracklists = new Map([...tracklistsById, [live.release.id, buildTracklist("Amelia")]]);
  await fillCache(home, { ...withLive, tracklists, wholeShelf: true });
  expect(await runPlain(home, "explain", "hejira")).toContain("3 plays of its songs");
  const sql = "SELECT play_count FROM records WHERE title LIKE 'Shadows%'";
  expect(await createCommandRunner("sql", home).json(sql)).toEqual([{ play_count: 2 }]);
});
