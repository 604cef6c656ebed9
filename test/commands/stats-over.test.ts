import { beforeEach, describe, expect, test, vi } from "vitest";
import { periodUnits } from "../../src/queries/figures/periods.ts";
import { fillCache, homeOf, record, sitting } from "../support/filled-cache.ts";
import { inventPlays, inventRecords, inventTitles } from "../support/generate.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const records = [
  record({ artist: "Talk Talk", title: "Laughing Stock", genres: ["Rock", "Jazz"] }),
  record({ artist: "Talk Talk", title: "Laughing Stock", genres: ["Rock"] }),
  record({ artist: "Can", title: "Future Days", genres: ["Rock"] }),
  record({ artist: "Nobody Known", title: "Lost", genres: [] }),
];
const plays = [
  ...sitting("Talk Talk", "Laughing Stock", { from: "2023-05-01T20:00:00Z", tracks: 6 }),
  // The new year in Berlin.
  ...sitting("Talk Talk", "Laughing Stock", { from: "2025-12-31T23:30:00Z", tracks: 3 }),
  ...sitting("Can", "Future Days", { from: "2023-08-01T20:00:00Z", tracks: 4 }),
  ...sitting("Talk Talk", "Spirit Of Eden", { from: "2022-06-01T20:00:00Z", tracks: 5 }),
  ...sitting("Can", "Future Days", { from: "1970-01-01T00:00:00Z", tracks: 2, count: 1 }),
];

const shelf = homeOf({ records, plays });

beforeEach(() => {
  vi.stubEnv("TZ", "Europe/Berlin");
});

const stats = (argv: readonly string[], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["stats", ...argv], { home: shelf, env: { NO_COLOR: "1" }, ...options });

interface OverTime {
  readonly data: readonly {
    readonly value: string | null;
    readonly plays: number;
    readonly by_period: readonly { readonly period: string; readonly plays: number }[];
  }[];
  readonly totals: { readonly plays: number; readonly by_period: OverTime["data"][number]["by_period"] };
}

async function overTime(...argv: string[]): Promise<OverTime> {
  return (await runCliJson(["stats", ...argv, "--json"], { home: shelf })) as OverTime;
}

test("years follow the user's time zone, with no gaps; plays without a date are in none", async () => {
  const { stdout } = await stats(["--by", "genre", "--over", "year", "--as", "csv"]);
  expect(stdout).toBe(
    "genre,plays_2022,plays_2023,plays_2024,plays_2025,plays_2026,plays\r\nRock,0,10,0,0,3,13\r\nJazz,0,6,0,0,3,9\r\n,0,0,0,0,0,0\r\n",
  );
  const { data, totals } = await overTime("--by", "genre", "--over", "year");
  expect(data.map(({ value }) => value)).toEqual(["Rock", "Jazz", null]);
  // Each album once, whatever its genres.
  expect(totals).toEqual({
    plays: 13,
    by_period: [
      { period: "2022", plays: 0 },
      { period: "2023", plays: 10 },
      { period: "2024", plays: 0 },
      { period: "2025", plays: 0 },
      { period: "2026", plays: 3 },
    ],
  });
});

test("a span limits the periods; quarters and months have names", async () => {
  const names = async (...argv: string[]): Promise<string[]> =>
    (await overTime("--by", "form", ...argv)).totals.by_period.map(({ period }) => period);
  expect(await names("--over", "quarter", "--during", "2023")).toEqual(["2023-Q2", "2023-Q3"]);
  expect(await names("--over", "month", "--during", "2023-05..2023-08")).toEqual([
    "2023-05",
    "2023-06",
    "2023-07",
    "2023-08",
  ]);
  expect((await overTime("--by", "form", "--over", "year", "--during", "2023-06..")).totals.plays).toBe(7);
  expect(await names("--over", "year", "--during", "2010")).toEqual([]);
});

async function values(...argv: string[]): Promise<unknown[]> {
  return (await overTime("--over", "year", ...argv)).data.map(({ value }) => value);
}

test("sorts parts by plays, and times in their own order", async () => {
  expect(await values("--by", "artist")).toEqual(["Talk Talk", "Can", "Nobody Known"]);
  expect(await values("--by", "artist", "--reverse")).toEqual(["Nobody Known", "Can", "Talk Talk"]);
  expect(await values("--by", "artist", "--sort", "never")).toEqual(["Nobody Known", "Can", "Talk Talk"]);
  expect(await values("--by", "decade")).toEqual(["1970s"]);
});

test("the table has a column per year and a trend", async () => {
  const { stdout } = await stats(["--by", "genre", "--over", "year"], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^Genre +2022 2023 2024 2025 2026 All {2}Trend$/m);
  expect(stdout).toMatch(/^Rock +0 +10 +0 +0 +3 +13 {2}_█__▂$/m);
  expect(stdout).toMatch(/^no genre +0 +0 +0 +0 +0 +0 {2}_____$/m);
  expect(stdout).toContain("A record with two genres counts in both.");
  expect(stdout).toContain("each year from 2022 to 2026");
  const piped = await stats(["--by", "genre", "--over", "year"]);
  expect(piped.stdout.split("\n")[0]).toMatch(/^Rock +0 +10 +0 +0 +3 +13 {2}_█__▂$/);
});

describe("on screens of every width", () => {
  const titles = inventTitles(60, 5);
  const years = Array.from({ length: 16 }, (_, at) =>
    sitting("Can", "Future Days", { from: `${2008 + at}-11-05T12:00:00Z`, tracks: 3 }),
  );
  const wide = homeOf({
    records: [...records, ...inventRecords(titles, 80, 6)],
    plays: [...years.flat(), ...inventPlays(titles, 1_500, 7)],
  });

  test("periods add up to the plays of a part, and parts to what SQL counts", async () => {
    for (const over of periodUnits) {
      const { data, totals } = await overTimeOf(wide, ["--by", "artist", "--over", over]);
      for (const part of data) expect(sum(part.by_period)).toBe(part.plays);
      expect(sum(totals.by_period)).toBe(totals.plays);
      const length = { year: 4, quarter: 0, month: 7 }[over];
      if (length === 0) continue;
      const query = `SELECT strftime('%Y-%m', played_uts, 'unixepoch', 'localtime') AS period, count(*) AS plays
        FROM scrobbles JOIN albums ON albums.id = album_id WHERE owned AND played_uts > 0 GROUP BY substr(period, 1, ${length})`;
      const counted = (await runCliJson(["sql", query, "--json"], { home: wide })) as {
        period: string;
        plays: number;
      }[];
      expect(totals.by_period.filter((period) => period.plays > 0)).toEqual(
        counted.map((row) => ({ period: row.period.slice(0, length), plays: row.plays })),
      );
    }
  });
});

async function overTimeOf(home: string, argv: readonly string[]): Promise<OverTime> {
  return (await runCliJson(["stats", ...argv, "--json", "--all"], { home })) as OverTime;
}

const sum = (periods: readonly { readonly plays: number }[]): number =>
  periods.reduce((total, period) => total + period.plays, 0);

test("one play with a wrong date adds no decades of empty columns", async () => {
  const home = tempDirectory();
  const early = sitting("Can", "Future Days", { from: "1970-01-02T00:00:00Z", tracks: 1 });
  await fillCache(home, { records, plays: [...early, ...plays] });
  const { totals } = await overTimeOf(home, ["--by", "genre", "--over", "year"]);
  expect(totals.by_period.map(({ period }) => period)).toEqual([
    "1970",
    "2022",
    "2023",
    "2024",
    "2025",
    "2026",
  ]);
});

test("refuses wrong input, and fails without the history", async () => {
  expect(await stats(["--over", "year"])).toMatchObject({ code: 2, stdout: "" });
  const wrong = await stats(["--by", "genre", "--over", "yaer"]);
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
  expect(wrong.stderr).toContain("Did you mean year?");
  const home = tempDirectory();
  await fillCache(home, { records, plays, history: false });
  expect(await stats(["--by", "genre", "--over", "year"], { home })).toMatchObject({ code: 5, stdout: "" });
});
