import { beforeEach, expect, test, vi } from "vitest";
import { fillCache, record, sitting } from "../support/filled-cache.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { servedCache } from "../support/served-cache.ts";
import { tempDirectory } from "../support/temp.ts";

const cd = [{ name: "CD", quantity: 1, text: "", descriptions: ["Album"] }];

const records = [
  record({ artist: "Can", title: "Tago Mago" }),
  record({ artist: "Can", title: "Tago Mago (Remastered)", formats: cd }),
  record({ artist: "Neu!", title: "Neu! 75" }),
];
const plays = [
  ...sitting("Can", "Tago Mago", { from: "2026-03-10T20:00:00Z", tracks: 7 }),
  ...sitting("Sufjan Stevens", "Illinois", { from: "2025-12-31T22:58:00Z", tracks: 2 }),
];

interface Recent {
  readonly data: readonly {
    readonly played_at: string;
    readonly artist_name: string;
    readonly track_name: string;
    readonly album_id: number | null;
    readonly album_name: string | null;
    readonly record_ids: readonly number[];
    readonly forms: readonly string[];
  }[];
  readonly during: object | null;
  readonly pagination: object;
}

let home: string;

beforeEach(async () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  home = tempDirectory();
  await fillCache(home, { records, plays });
});

const recent = (argv: readonly string[] = [], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["recent", ...argv], { home, env: { NO_COLOR: "1" }, ...options });
const ask = async (...argv: string[]): Promise<Recent> =>
  (await runCliJson(["recent", "--json", ...argv], { home })) as Recent;

const tracksOf = async (...argv: string[]): Promise<string[]> =>
  (await ask(...argv)).data.map(({ artist_name: artist, track_name: track }) => `${artist} ${track}`);

test("lists the newest plays first, with their records", async () => {
  const { data, pagination, during } = await ask("--limit", "8");
  expect(data[0]).toEqual({
    played_at: "2026-03-10T20:24:00Z",
    artist_name: "Can",
    track_name: "Track 7",
    album_id: expect.any(Number),
    album_name: "Tago Mago",
    record_ids: [1, 2],
    forms: ["LP", "CD"],
  });
  expect(data[7]).toMatchObject({ artist_name: "Sufjan Stevens", record_ids: [], forms: [] });
  expect(pagination).toEqual({ page: 1, limit: 8, total: 9, total_pages: 2 });
  expect(during).toBeNull();
});

test("takes a span, words and pages", async () => {
  // In Berlin the second song was played in the new year.
  expect(await tracksOf("--during", "2025")).toEqual(["Sufjan Stevens Track 1"]);
  expect(await tracksOf("--during", "2026", "illinois")).toEqual(["Sufjan Stevens Track 2"]);
  expect(await tracksOf("can", "track 3")).toEqual(["Can Track 3"]);
  expect(await tracksOf("--page", "3", "--limit", "4")).toEqual(["Sufjan Stevens Track 1"]);
});

test("gives the same plays as the server", async () => {
  const told = (await servedCache(home).json("/v1/listening/recent?limit=50")) as {
    data: { track: { name: string }; album: { id: number | null }; scrobbled_at: string }[];
  };
  expect(told.data.map((play) => [play.scrobbled_at, play.track.name, play.album.id])).toEqual(
    (await ask("--all")).data.map((play) => [play.played_at, play.track_name, play.album_id]),
  );
});

test("the table shows local time and the record's number", async () => {
  const { stdout } = await recent([], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^Day +Time +# +Artist +Track +Album$/m);
  expect(stdout).toMatch(/^2026-03-10 +21:24 +1 \+1 +Can +Track 7 +Tago Mago$/m);
  expect(stdout).toMatch(/^2026-01-01 +00:02 +Sufjan Stevens +Track 2 +Illinois$/m);
  expect(stdout).toContain("9 plays");
});

test("no play that fits is an answer; no history is an error", async () => {
  expect(await recent(["--during", "2010"], { tty: true })).toMatchObject({
    code: 0,
    stdout: "You played nothing in this time.\n",
  });
  expect((await recent(["nobody"], { tty: true })).stdout).toBe("No play has these words.\n");
  expect((await recent(["2010"], { tty: true })).stdout).toBe(
    "No play has these words. For the plays of that time: --during=2010\n",
  );
  const other = tempDirectory();
  await fillCache(other, { records, plays, history: false });
  expect(await runCli(["recent"], { home: other })).toMatchObject({ code: 5, stdout: "" });
});
