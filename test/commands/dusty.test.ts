import { beforeEach, expect, test } from "vitest";
import { widthOf } from "../../src/output/width.ts";
import { fillCache, record, sitting } from "../support/filled-cache.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";
import type { Play } from "../support/world.ts";

/** `count` evenings with one album, a week apart, the last on a day. */
function evenings(artist: string, album: string, count: number, lastDay: string): Play[] {
  const last = Date.parse(`${lastDay}T19:00:00Z`);
  return Array.from({ length: count }, (_, at) =>
    sitting(artist, album, { from: new Date(last - at * 7 * 86_400_000).toISOString(), tracks: 8 }),
  ).flat();
}

const records = [
  record({ artist: "Mercury Rev", title: "Deserter's Songs" }),
  record({ artist: "Lambchop", title: "Nixon", genres: ["Country"] }),
  record({ artist: "Lambchop", title: "Nixon", genres: ["Country"] }),
  record({ artist: "Cocteau Twins", title: "Treasure" }),
  record({ artist: "Massive Attack", title: "Mezzanine" }),
  record({ artist: "Slowdive", title: "Souvlaki" }),
];
const plays = [
  ...evenings("Mercury Rev", "Deserter's Songs", 9, "2016-12-11"),
  ...evenings("Lambchop", "Nixon", 6, "2017-10-02"),
  // Loved and awake.
  ...evenings("Cocteau Twins", "Treasure", 8, "2026-02-02"),
  // Asleep and little loved.
  ...evenings("Massive Attack", "Mezzanine", 2, "2019-02-23"),
  // One song last week wakes no record.
  ...evenings("Slowdive", "Souvlaki", 5, "2021-08-11"),
  ...sitting("Slowdive", "Souvlaki", { from: "2026-03-07T10:00:00Z", tracks: 1 }),
];

let home: string;

beforeEach(async () => {
  home = tempDirectory();
  await fillCache(home, { records, plays });
});

const dusty = (argv: readonly string[] = [], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["dusty", ...argv], { home, env: { NO_COLOR: "1" }, ...options });

const titles = async (...argv: string[]): Promise<string[]> => {
  const { data } = (await runCliJson(["dusty", "--json", ...argv], { home })) as {
    data: { collection: { title: string } }[];
  };
  return data.map(({ collection }) => collection.title);
};

test("lists albums without a spin for a year, longest first, copies once", async () => {
  const document = await runCliJson(["dusty", "--json"], { home });
  expect(document).toMatchObject({
    data: [
      { collection: { title: "Deserter's Songs" }, copies: 1, spins: 9, last_spin: "2016-12-11T19:00:00Z" },
      { collection: { title: "Nixon" }, copies: 2, spins: 6, last_spin: "2017-10-02T19:00:00Z" },
      {
        collection: { title: "Souvlaki" },
        copies: 1,
        spins: 5,
        listening: { last_played: "2026-03-07T10:00:00Z" },
      },
    ],
    summary: { total: 3 },
    pagination: { page: 1, limit: 20, total: 3, total_pages: 1 },
  });
});

test("takes other spins, times, filters and sort orders", async () => {
  expect(await titles("--spins", "1..4")).toEqual(["Mezzanine"]);
  expect(await titles("--idle", "9y")).toEqual(["Deserter's Songs"]);
  expect(await titles("--idle", "1w")).toEqual(["Deserter's Songs", "Nixon", "Souvlaki", "Treasure"]);
  expect(await titles("--genre", "country")).toEqual(["Nixon"]);
  expect(await titles("--sort", "spins", "--reverse")).toEqual(["Souvlaki", "Nixon", "Deserter's Songs"]);
  expect(await titles("--reverse", "--limit", "1")).toEqual(["Souvlaki"]);
  expect(await titles("--limit", "2", "--page", "2")).toEqual(["Souvlaki"]);
});

test("the table shows spins, the last spin, and how long ago it was", async () => {
  const { stdout } = await dusty([], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^ *# +Artist +Title +Form +Spins +Last spin +Asleep$/m);
  expect(stdout).toMatch(/Lambchop +Nixon ×2 +LP +6 +2017-10-02 +8 y 5 mo$/m);
  expect(stdout).toContain(
    "3 of 3 albums with 5+ spins, none in the last 12 months · --spins 5.. --idle 12mo",
  );
  for (const columns of [60, 80, 200]) {
    const narrow = await dusty([], { tty: true, columns });
    for (const line of narrow.stdout.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  }
});

test("writes to a pipe, as CSV, and an empty answer", async () => {
  expect((await dusty()).stdout.trimEnd().split("\n")).toHaveLength(3);
  const { stdout } = await dusty(["--as", "csv"]);
  expect(stdout.split("\r\n")[0]).toMatch(/^id,release_id,.*,copies,last_spin$/);
  const none = await dusty(["--spins", "500.."], { tty: true });
  expect(none).toMatchObject({ code: 0, stdout: "No album with 500+ spins, none in the last 12 months.\n" });
  expect((await dusty(["--spins", "500.."])).stdout).toBe("");
});

test("fails without the history, and refuses bad times", async () => {
  const other = tempDirectory();
  await fillCache(other, { records, plays, history: false });
  expect(await runCli(["dusty", "--json"], { home: other })).toMatchObject({ code: 5, stdout: "" });
  expect(await dusty(["--idle", "long"])).toMatchObject({ code: 2, stdout: "" });
  expect(await dusty(["--sort", "dust"])).toMatchObject({ code: 2, stdout: "" });
});
