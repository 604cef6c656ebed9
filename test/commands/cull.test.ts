import { beforeEach, describe, expect, test } from "vitest";
import { fillCache, record, sitting } from "../support/filled-cache.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const fields = [
  { id: 1, name: "Media Condition", position: 1 },
  { id: 2, name: "Sleeve Condition", position: 2 },
  { id: 4, name: "Media notes", position: 4 },
];
const graded = (media: string, sleeve = "Generic"): { fieldId: number; value: string }[] => [
  { fieldId: 1, value: media },
  { fieldId: 2, value: sleeve },
];

const records = [
  record({ artist: "Can", title: "Tago Mago", fieldValues: graded("Very Good (VG)") }),
  record({ artist: "Can", title: "Tago Mago", fieldValues: graded("Near Mint (NM or M-)") }),
  record({ artist: "Neu!", title: "Neu!", rating: 2 }),
  record({ artist: "Faust", title: "Faust IV", rating: 4 }),
  record({ artist: "Slint", title: "Spiderland", rating: 1 }),
  record({
    artist: "Slint",
    title: "Spiderland",
    rating: 1,
    fieldValues: graded("Very Good Plus (VG+)", "Good Plus (G+)"),
  }),
  record({ artist: "Low", title: "Trust", rating: 3 }),
];
const plays = [
  ...sitting("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z" }),
  ...sitting("Neu!", "Neu!", { from: "2026-02-02T20:00:00Z" }),
  ...sitting("Low", "Trust", { from: "2026-02-03T20:00:00Z" }),
];

let home: string;

beforeEach(async () => {
  home = tempDirectory();
  await fillCache(home, { records, plays, customFields: fields });
});

const cull = (argv: readonly string[] = [], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["cull", ...argv], { home, env: { NO_COLOR: "1" }, ...options });

interface Cull {
  readonly data: { readonly collection: { id: number }; readonly why: string[]; copy_of: number | null }[];
  readonly summary: object;
}
const ask = async (...argv: string[]): Promise<Cull> =>
  (await runCliJson(["cull", "--json", ...argv], { home })) as Cull;
const ids = async (...argv: string[]): Promise<number[]> =>
  (await ask(...argv)).data.map(({ collection }) => collection.id);

test("lists each record with its reasons, most reasons first", async () => {
  const { data, summary } = await ask();
  expect(data.map(({ collection, why, copy_of }) => [collection.id, copy_of, ...why])).toEqual([
    [5, 6, "copy", "never", "rating"],
    [6, null, "never", "rating"],
    [1, 2, "copy"],
    [3, null, "rating"],
  ]);
  expect(data[1]).toMatchObject({
    media: "VG+",
    sleeve: "G+",
    label: "Island",
    catalog_number: "ILPS 9135",
    listening: { play_count: 0 },
  });
  expect(summary).toEqual({ total: 4, copy: 2, never: 2, rating: 3 });
});

test("takes --why, filters and pages", async () => {
  expect(await ids("--why", "copy")).toEqual([5, 1]);
  expect(await ids("--why", "copy", "--why", "rating")).toEqual([5, 6, 1, 3]);
  expect(await ids("--rating", "3..")).toEqual([4]);
  expect(await ids("--sort", "artist")).toEqual([1, 3, 5, 6]);
  expect(await ids("--reverse", "--limit", "1")).toEqual([1]);
  expect(await ids("slint")).toEqual([5, 6]);
  expect(await cull(["--why", "dust"])).toMatchObject({ code: 2, stdout: "" });
});

const extraOf = async (...parts: Parameters<typeof record>[0][]): Promise<number[]> => {
  home = tempDirectory();
  const shelf = parts.map((part) => record({ artist: "Can", title: "Landed", ...part }));
  await fillCache(home, { records: shelf, plays, customFields: fields });
  return ids("--why", "copy");
};

describe("of several copies", () => {
  test.each<readonly [string, Parameters<typeof record>[0][], number[]]>([
    ["the one rated higher stays", [{ rating: 3, fieldValues: graded("Mint (M)") }, { rating: 4 }], [1]],
    ["then the better kept one", [{ fieldValues: graded("Good (G)") }, {}], [1]],
    ["then the one owned longer", [{ dateAdded: "2021-01-01T00:00:00-08:00" }, {}], [1]],
    ["all others are extra", [{}, {}, { title: "Landed (Remastered)" }], [2, 3]],
  ])("%s", async (_, parts, extra) => {
    expect((await extraOf(...parts)).toSorted((a, b) => a - b)).toEqual(extra);
  });
});

test("leaves out records rated 4 or 5 unless the user asks for a rating", async () => {
  expect(await ids()).not.toContain(4);
  expect(await ids("--why", "never")).toEqual([5, 6]);
  expect(await ids("--rating", "4..")).toEqual([4]);
  expect((await ids("--rating", "0..")).toSorted((a, b) => a - b)).toEqual([1, 3, 4, 5, 6]);
  const { stdout } = await cull([], { tty: true, columns: 120 });
  expect(stdout).toContain("Not listed: 1 record rated 4 or 5 (--rating 4..)");
  expect((await cull(["--rating", "4.."], { tty: true })).stdout).not.toContain("more is rated");
});

const bought = (dateAdded: string | null, parts = {}): ReturnType<typeof record> =>
  record({ artist: "Low", title: `Added ${String(dateAdded)}`, dateAdded, ...parts });

test("having no plays is a reason alone only after a year on the shelf", async () => {
  home = tempDirectory();
  const shelf = [
    bought("2025-03-13T12:00:00Z"),
    bought("2025-03-16T12:00:00Z"),
    bought(null),
    bought("2026-01-01T12:00:00Z", { rating: 1 }),
  ];
  await fillCache(home, { records: shelf });
  expect((await ask()).data.map(({ collection, why }) => [collection.id, ...why])).toEqual([
    [4, "never", "rating"],
    [1, "never"],
  ]);
  const { stdout } = await cull(["--added", "2025-03-16.."], { tty: true });
  expect(stdout).toContain("rated 1");
});

test("a logged play counts, from rewind played or from the custom field", async () => {
  home = tempDirectory();
  const day = { id: 7, name: "Last played", position: 4 };
  const titles = ["By hand", "By the field", "Not at all"];
  const shown = titles.map((title, at) =>
    record({ artist: "Low", title, fieldValues: at === 1 ? [{ fieldId: 7, value: "2026-03-01" }] : [] }),
  );
  await fillCache(home, { records: shown, customFields: [day], playedField: "Last played" });
  await runCli(["played", "1", "--on", "2026-03-02"], { home });
  expect(await ids()).toEqual([3]);
});

test("the table shows grades, label, date added and reasons", async () => {
  const { stdout } = await cull([], { tty: true, columns: 140 });
  expect(stdout).toMatch(/^ *# +Artist +Title +Form +Media +Sleeve +Label +Added +Why$/m);
  expect(stdout).toMatch(
    /^6 +Slint +Spiderland +LP +VG\+ +G\+ +Island ILPS 9135 +2020-05-01 +never, rated 1$/m,
  );
  expect(stdout).toMatch(/^1 +Can .* +VG +Generic .*copy of 2$/m);
  expect(stdout).toContain("2 extra copies · 2 never scrobbled · 3 rated 1 or 2");
  expect((await cull(["low"], { tty: true, columns: 100 })).stdout).toBe(
    "No record is an extra copy, rated 1 or 2, or unplayed for a year.\n",
  );
});
