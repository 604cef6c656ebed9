import { beforeEach, expect, test } from "vitest";
import { fillCache, record, sitting } from "../support/filled-cache.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const cd = [{ name: "CD", quantity: 1, text: "", descriptions: ["Album"] }];
const kind = record({ artist: "Miles Davis", title: "Kind Of Blue", genres: ["Jazz"] });

const records = [
  record({ artist: "Nirvana", title: "Nevermind (Remastered)", formats: cd }),
  kind,
  record({ artist: "Can", title: "Tago Mago" }),
  // The same release once more, and another form of the album.
  { ...kind, instanceId: 95_000 },
  record({ artist: "Miles Davis", title: "Kind Of Blue", formats: cd, genres: ["Jazz"] }),
  record({ artist: "Nirvana", title: "Nevermind" }),
  record({ artist: "Various", title: "Nevermind" }),
];
const plays = sitting("Nirvana", "Nevermind", { from: "2026-02-01T20:00:00Z" });

let home: string;

beforeEach(async () => {
  home = tempDirectory();
  await fillCache(home, { records, plays });
});

const dupes = (argv: readonly string[] = [], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["dupes", ...argv], { home, env: { NO_COLOR: "1" }, ...options });

interface Dupes {
  readonly data: { readonly copies: number; readonly record_ids: number[]; readonly forms: string[] }[];
  readonly summary: object;
  readonly pagination: object;
}
const ask = async (...argv: string[]): Promise<Dupes> =>
  (await runCliJson(["dupes", "--json", ...argv], { home })) as Dupes;
const numbers = async (...argv: string[]): Promise<number[][]> =>
  (await ask(...argv)).data.map(({ record_ids }) => record_ids);

test("lists copies and other formats of an album, most copies first", async () => {
  expect(await ask()).toMatchObject({
    data: [
      {
        collection: { id: 1, title: "Kind Of Blue" },
        listening: { play_count: 0 },
        copies: 3,
        record_ids: [1, 4, 7],
        forms: ["LP", "CD", "LP"],
      },
      { collection: { id: 2 }, listening: { play_count: 10 }, copies: 2, forms: ["CD", "LP"] },
    ],
    summary: { total: 2, records: 5 },
    pagination: { page: 1, limit: 20, total: 2, total_pages: 1 },
  });
});

test("filters choose which records count; sort orders and pages work", async () => {
  expect(await numbers("--format", "Vinyl")).toEqual([[1, 7]]);
  expect(await numbers("--genre", "jazz")).toEqual([[1, 4, 7]]);
  expect(await numbers("nevermind")).toEqual([[2, 5]]);
  expect(await numbers("--sort", "plays")).toEqual([
    [2, 5],
    [1, 4, 7],
  ]);
  expect(await numbers("--reverse")).toEqual([
    [2, 5],
    [1, 4, 7],
  ]);
  expect(await numbers("--limit", "1", "--page", "2")).toEqual([[2, 5]]);
  expect((await ask("can")).data).toEqual([]);
});

test("the table shows formats and record numbers", async () => {
  const { stdout } = await dupes([], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^ *# +Artist +Title +Forms +Plays +Others$/m);
  expect(stdout).toMatch(/^1 +Miles Davis +Kind Of Blue ×3 +LP ×2, CD +0 +4, 7$/m);
  expect(stdout).toContain("2 of 2 albums owned more than once (5 records)");
  expect((await dupes(["can"], { tty: true })).stdout).toBe("You own no album more than once.\n");
});
