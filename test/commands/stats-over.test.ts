import { beforeEach, expect, test, vi } from "vitest";
import { periodUnits } from "../../src/queries/statistics/calendar-periods.ts";
import { createSharedHome, buildRecord, buildAlbumPlays } from "../support/filled-cache.ts";
import { generatePlays, generateRecords, generateTitles } from "../support/generated-data.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";
import { runCliJson } from "../support/run-cli.ts";

const records = [
  buildRecord({ artist: "Talk Talk", title: "Laughing Stock", genres: ["Rock", "Jazz"] }),
  buildRecord({ artist: "Talk Talk", title: "Laughing Stock", genres: ["Rock"] }),
  buildRecord({ artist: "Can", title: "Future Days", genres: ["Rock"] }),
  buildRecord({ artist: "Nobody Known", title: "Lost", genres: [] }),
];
const plays = [
  ...buildAlbumPlays("Talk Talk", "Laughing Stock", { from: "2023-05-01T20:00:00Z", tracks: 6 }),
  // The new year in Berlin.
  ...buildAlbumPlays("Talk Talk", "Laughing Stock", { from: "2025-12-31T23:30:00Z", tracks: 3 }),
  ...buildAlbumPlays("Can", "Future Days", { from: "2023-08-01T20:00:00Z", tracks: 4 }),
  ...buildAlbumPlays("Talk Talk", "Spirit Of Eden", { from: "2022-06-01T20:00:00Z", tracks: 5 }),
  ...buildAlbumPlays("Can", "Future Days", { from: "1970-01-01T00:00:00Z", tracks: 2, count: 1 }),
];

interface Part {
  readonly plays: number;
  readonly by_period: readonly { readonly period: string; readonly plays: number }[];
}
interface OverTime {
  readonly data: readonly (Part & { readonly value: string | null })[];
  readonly totals: Part;
}
const { run, json, screen } = createCommandRunner<OverTime>("stats", createSharedHome({ records, plays }));

beforeEach(() => void vi.stubEnv("TZ", "Europe/Berlin"));

test("years follow the user's time zone, with no gaps; plays without a date are in none", async () => {
  const { stdout } = await run(["--by", "genre", "--over", "year", "--as", "csv"]);
  expect(stdout).toBe(
    "genre,plays_2022,plays_2023,plays_2024,plays_2025,plays_2026,plays\r\nRock,0,10,0,0,3,13\r\nJazz,0,6,0,0,3,9\r\n,0,0,0,0,0,0\r\n",
  );
  const { data, totals } = await json("--by", "genre", "--over", "year");
  expect(data.map(({ value }) => value)).toEqual(["Rock", "Jazz", null]);
  // Each album once, whatever its genres.
  const counts = [0, 10, 0, 0, 3].map((count, at) => ({ period: String(2022 + at), plays: count }));
  expect(totals).toEqual({ plays: 13, by_period: counts });
});

test.each([
  ["--over quarter --during 2023", "2023-Q2 2023-Q3", 10],
  ["--over month --during 2023-05..2023-08", "2023-05 2023-06 2023-07 2023-08", 10],
  ["--over year --during 2023-06..", "2023 2024 2025 2026", 7],
  ["--over year --during 2010", "", 0],
])("rewind stats --by form %s counts the expected periods", async (line, periods, count) => {
  const { totals } = await json("--by", "form", ...line.split(" "));
  expect(totals.by_period.map(({ period }) => period).join(" ")).toBe(periods);
  expect(totals.plays).toBe(count);
});

test.each([
  ["artist", "Talk Talk, Can, Nobody Known"],
  ["artist --reverse", "Nobody Known, Can, Talk Talk"],
  ["artist --sort never", "Nobody Known, Can, Talk Talk"],
  ["decade", "1970s"],
])("rewind stats --over year --by %s lists the expected parts", async (line, values) => {
  const { data } = await json("--over", "year", "--by", ...line.split(" "));
  expect(data.map(({ value }) => value).join(", ")).toBe(values);
});

test("the table has a column per year and a trend", async () => {
  const stdout = await screen("--by", "genre", "--over", "year");
  expect(stdout).toMatch(/^Genre +2022 2023 2024 2025 2026 All {2}Trend$/m);
  expect(stdout).toMatch(/^Rock +0 +10 +0 +0 +3 +13 {2}_█__▂$/m);
  expect(stdout).toMatch(/^no genre +0 +0 +0 +0 +0 +0 {2}_____$/m);
  expect(stdout).toContain("Records in several rows count in each.");
  expect(stdout).toContain("each year from 2022 to 2026");
});

const sumPlays = (parts: readonly { readonly plays: number }[]): number =>
  parts.reduce((total, part) => total + part.plays, 0);

test("periods add up to the plays of a part, and parts to what SQL counts", async () => {
  const titles = generateTitles(60, 5);
  const years = Array.from({ length: 16 }, (_, at) =>
    buildAlbumPlays("Can", "Future Days", { from: `${2008 + at}-11-05T12:00:00Z`, tracks: 3 }),
  );
  const wide = await createFilledHome({
    records: [...records, ...generateRecords(titles, 80, 6)],
    plays: [...years.flat(), ...generatePlays(titles, 1_500, 7)],
  });
  for (const over of periodUnits) {
    const { data, totals } = await createCommandRunner<OverTime>("stats", wide).json(
      "--by",
      "artist",
      "--all",
      "--over",
      over,
    );
    for (const part of data) expect(sumPlays(part.by_period)).toBe(part.plays);
    expect(sumPlays(totals.by_period)).toBe(totals.plays);
    const length = { year: 4, quarter: 0, month: 7 }[over];
    if (length === 0) continue;
    const query = `SELECT strftime('%Y-%m', played_uts, 'unixepoch', 'localtime') AS period, count(*) AS plays
      FROM scrobbles JOIN albums ON albums.id = album_id WHERE owned AND played_uts > 0 GROUP BY substr(period, 1, ${length})`;
    const counted = (await runCliJson(["sql", query, "--json"], { home: wide })) as Part["by_period"];
    expect(totals.by_period.filter((period) => period.plays > 0)).toEqual(
      counted.map((row) => ({ period: row.period.slice(0, length), plays: row.plays })),
    );
  }
});

test("one play with a wrong date adds no decades of empty columns", async () => {
  const early = buildAlbumPlays("Can", "Future Days", { from: "1970-01-02T00:00:00Z", tracks: 1 });
  const home = await createFilledHome({ records, plays: [...early, ...plays] });
  const { totals } = await createCommandRunner<OverTime>("stats", home).json(
    "--by",
    "genre",
    "--over",
    "year",
  );
  expect(totals.by_period.map(({ period }) => period).join(" ")).toBe("1970 2022 2023 2024 2025 2026");
});
