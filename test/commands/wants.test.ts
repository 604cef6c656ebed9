import { beforeEach, expect, test } from "vitest";
import { fillCache, record, sitting, want } from "../support/filled-cache.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const cd = [{ name: "CD", quantity: 1, text: "", descriptions: ["Album"] }];
const single = [{ name: "Vinyl", quantity: 1, text: "", descriptions: ['7"', "Single"] }];

const owned = record({ artist: "Can", title: "Tago Mago", year: 1971 });
const records = [
  owned,
  record({ artist: "Miles Davis", title: "Kind Of Blue", formats: cd, year: 1997 }),
  record({ artist: "Калинов Мост", title: "Дарза", masterId: 4711 }),
  record({ artist: "Donovan", title: "The Hurdy Gurdy Man", formats: single }),
];
const wants = [
  // The release that is on the shelf.
  { release: owned.release, rating: 0, dateAdded: "2024-01-01T10:00:00Z", notes: "" },
  want({ artist: "Miles Davis", title: "Kind Of Blue (Legacy Edition)", year: 2009 }),
  // Another name, but the same album at Discogs.
  want({ artist: "Kalinov Most", title: "Darza", masterId: 4711 }),
  // A single is no pressing of the album.
  want({ artist: "Donovan", title: "The Hurdy Gurdy Man", year: 1968 }),
  want({ artist: "D'Angelo", title: "Voodoo", year: 2000 }),
];
const plays = [
  ...sitting("Can", "Tago Mago", { from: "2025-03-10T20:00:00Z", tracks: 7 }),
  ...sitting("Miles Davis", "Kind of Blue", { from: "2025-04-10T20:00:00Z", tracks: 5 }),
  ...sitting("Miles Davis", "Kind of Blue (Legacy Edition)", { from: "2025-05-10T20:00:00Z", tracks: 8 }),
  ...sitting("D'Angelo", "Voodoo", { from: "2026-03-01T20:00:00Z", tracks: 13, count: 26 }),
];

interface Wants {
  readonly data: readonly {
    readonly title: string;
    readonly play_count: number;
    readonly owned: boolean;
    readonly owned_outright: boolean;
    readonly record_ids: readonly number[];
  }[];
  readonly summary: object;
  readonly pagination: object;
}

let home: string;

beforeEach(async () => {
  home = tempDirectory();
  await fillCache(home, { records, wants, plays });
});

const runWants = (argv: readonly string[] = [], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["wants", ...argv], { home, env: { NO_COLOR: "1" }, ...options });
const ask = async (...argv: string[]): Promise<Wants> =>
  (await runCliJson(["wants", "--json", ...argv], { home })) as Wants;
const titles = async (...argv: string[]): Promise<string[]> =>
  (await ask(...argv)).data.map(({ title }) => title);

test("lists wants by plays, and whether you own that pressing or another", async () => {
  const { data, summary, pagination } = await ask();
  expect(
    data.map(({ title, play_count, owned: isOwned, owned_outright: isOutright, record_ids: ids }) => [
      title,
      play_count,
      isOwned,
      isOutright,
      ids,
    ]),
  ).toEqual([
    ["Voodoo", 26, false, false, []],
    ["Kind Of Blue (Legacy Edition)", 13, true, false, [2]],
    ["Tago Mago", 7, true, true, [1]],
    ["Darza", 0, true, false, [3]],
    ["The Hurdy Gurdy Man", 0, false, false, []],
  ]);
  expect(data[1]).toEqual({
    release_id: wants[1]?.release.id,
    artist: "Miles Davis",
    title: "Kind Of Blue (Legacy Edition)",
    form: "LP",
    year: 2009,
    added_at: "2024-11-29T18:00:00Z",
    play_count: 13,
    last_played: "2025-05-10T20:28:00Z",
    owned: true,
    owned_outright: false,
    record_ids: [2],
    forms: ["CD"],
  });
  expect(summary).toEqual({ total: 5, owned: 3, owned_outright: 1 });
  expect(pagination).toEqual({ page: 1, limit: 20, total: 5, total_pages: 1 });
});

test("counts the plays that the owned record has", async () => {
  const { data } = (await runCliJson(["xref", "--json"], { home })) as {
    data: { collection: { id: number }; listening: { play_count: number } }[];
  };
  const playsOf = new Map(data.map(({ collection, listening }) => [collection.id, listening.play_count]));
  for (const { record_ids: ids, play_count } of (await ask("--owned")).data) {
    for (const id of ids) expect(play_count).toBe(playsOf.get(id));
  }
});

test("takes words, sort orders, pages, --owned and --not-owned", async () => {
  expect(await titles("miles")).toEqual(["Kind Of Blue (Legacy Edition)"]);
  expect(await titles("--owned")).toEqual(["Kind Of Blue (Legacy Edition)", "Tago Mago", "Darza"]);
  expect(await titles("--not-owned")).toEqual(["Voodoo", "The Hurdy Gurdy Man"]);
  expect(await titles("--sort", "title", "--limit", "2")).toEqual(["Darza", "The Hurdy Gurdy Man"]);
  expect(await titles("--sort", "title", "--reverse", "--limit", "1")).toEqual(["Voodoo"]);
  expect((await titles("--sort", "added")).at(-1)).toBe("Tago Mago");
  expect(await titles("--sort", "added", "--reverse", "--limit", "1")).toEqual(["Tago Mago"]);
  expect(await titles("--sort", "year", "--limit", "1")).toEqual(["The Hurdy Gurdy Man"]);
  expect(await titles("--sort", "last-played", "--limit", "1")).toEqual(["Voodoo"]);
  expect(await titles("--page", "2", "--limit", "3")).toEqual(["Darza", "The Hurdy Gurdy Man"]);
  expect(await runWants(["--owned", "--not-owned"])).toMatchObject({ code: 2, stdout: "" });
});

test("the table names your record", async () => {
  const { stdout } = await runWants([], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^id +Artist +Title +Form +Year Plays +Last +Own$/m);
  expect(stdout).toMatch(/^r\d+ +Can +Tago Mago +LP +1971 +7 +2025-03-10 +this #1$/m);
  expect(stdout).toMatch(/Legacy Edition\) +LP +2009 +13 +2025-05-10 +CD #2$/m);
  expect(stdout).toContain("5 wants");
});

test("an empty wantlist, or words that fit no want, are answers", async () => {
  expect((await runWants(["nobody"], { tty: true })).stdout).toBe("No want fits these words and options.\n");
  const other = tempDirectory();
  await fillCache(other, { records, plays });
  const empty = await runCli(["wants"], { home: other, tty: true });
  expect(empty).toMatchObject({ code: 0, stdout: "Your wantlist is empty.\n" });
});
