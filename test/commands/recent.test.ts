import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { saveLoggedPlays } from "../../src/store/decisions/logged-plays.ts";
import {
  cd,
  createSharedHome,
  withHomeCache,
  buildRecord,
  buildAlbumPlays,
} from "../support/filled-cache.ts";
import { buildLoggedPlay } from "../support/logged-plays.ts";
import { callTool, connectMcp } from "../support/mcp-client.ts";
import { writeFiles } from "../support/read-history.ts";
import { runCli } from "../support/run-cli.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { createCommandRunner } from "../support/command-runner.ts";

const home = createSharedHome({
  records: [
    buildRecord({ artist: "Can", title: "Tago Mago" }),
    buildRecord({ artist: "Can", title: "Tago Mago (Remastered)", formats: cd }),
    buildRecord({ artist: "Neu!", title: "Neu! 75" }),
  ],
  plays: [
    ...buildAlbumPlays("Can", "Tago Mago", { from: "2026-03-10T20:00:00Z", tracks: 7 }),
    ...buildAlbumPlays("Sufjan Stevens", "Illinois", { from: "2025-12-31T22:58:00Z", tracks: 2 }),
  ],
});
interface Recent {
  readonly data: readonly Readonly<
    Record<"played_at" | "artist_name" | "track_name" | "album_name", string> & {
      logged: boolean;
      precision_seconds: number;
    }
  >[];
  readonly during: object | null;
  readonly pagination: object;
}
const { json, screen, run } = createCommandRunner<Recent>("recent", home);

beforeEach(() => void vi.stubEnv("TZ", "Europe/Berlin"));

test("lists the newest plays first, with their records", async () => {
  const { data, pagination, during } = await json("--limit", "8");
  expect(data[0]).toEqual({
    played_at: "2026-03-10T20:24:00Z",
    precision_seconds: 1,
    artist_name: "Can",
    track_name: "Track 7",
    album_id: expect.any(Number),
    album_name: "Tago Mago",
    record_ids: [1, 2],
    forms: ["LP", "CD"],
    logged: false,
  });
  expect(data[7]).toMatchObject({ artist_name: "Sufjan Stevens", record_ids: [], forms: [] });
  expect(pagination).toEqual({ page: 1, limit: 8, total: 9, total_pages: 2 });
  expect(during).toBeNull();
});

test.each([
  // The second song was played in the new year, by Berlin's clock.
  ["--during 2025", "Sufjan Stevens Track 1"],
  ["--during 2026 illinois", "Sufjan Stevens Track 2"],
  ["can track 3", "Can Track 3"],
  ["--page 3 --limit 4", "Sufjan Stevens Track 1"],
])("rewind recent %s lists the expected plays", async (line, track) => {
  const { data } = await json(...line.split(" "));
  expect(data.map(({ artist_name: artist, track_name: name }) => `${artist} ${name}`)).toEqual([track]);
});

test("the table shows local time and the record's number; an empty answer is a sentence", async () => {
  const stdout = await screen();
  expect(stdout).toMatch(/^Day +Time +# +Artist +Track +Album$/m);
  expect(stdout).toMatch(/^2026-03-10 +21:24 +1 \+1 +Can +Track 7 +Tago Mago$/m);
  expect(stdout).toMatch(/^2026-01-01 +00:02 +Sufjan Stevens +Track 2 +Illinois$/m);
  expect(stdout).toContain("9 plays");
  expect(await screen("--during", "2010")).toBe("You played nothing in this time.\n");
  expect(await screen("nobody")).toBe("No play has these words.\n");
  expect(await screen("2010")).toBe("No play has these words. For the plays of that time: --during=2010\n");
});

const tagoMago = buildRecord({ artist: "Can", title: "Tago Mago" });
const neu = buildRecord({ artist: "Neu!", title: "Neu! 75" });
const logged = [
  buildLoggedPlay({ releaseId: neu.release.id, from: "2026-03-11T19:00:00Z" }),
  // The history has these plays.
  buildLoggedPlay({ releaseId: tagoMago.release.id, from: "2026-03-10T20:00:00Z" }),
  buildLoggedPlay({ releaseId: tagoMago.release.id, from: "2026-03-09T20:00:00Z" }),
  buildLoggedPlay({
    releaseId: tagoMago.release.id,
    from: "2026-03-08T11:00:00Z",
    fromUts: Date.parse("2026-03-07T23:00:00Z") / 1000,
    toUts: Date.parse("2026-03-08T23:00:00Z") / 1000,
    precision: "day",
  }),
  // No longer on the shelf, and not known by name.
  buildLoggedPlay({ releaseId: 999_999, from: "2026-03-12T19:00:00Z" }),
];

describe("plays that the user logged", () => {
  const loggedHome = createSharedHome({
    records: [tagoMago, buildRecord({ artist: "Can", title: "Tago Mago (Remastered)", formats: cd }), neu],
    plays: [
      ...buildAlbumPlays("Can", "Tago Mago", { from: "2026-03-10T20:00:00Z", tracks: 7 }),
      // No spin, but within the logged hour.
      ...buildAlbumPlays("Can", "Tago Mago", { from: "2026-03-09T20:10:00Z", tracks: 1 }),
    ],
  });
  beforeAll(() => withHomeCache(loggedHome, (database) => saveLoggedPlays(database, logged)));
  const recent = createCommandRunner<Recent>("recent", loggedHome);

  test("are listed once among the others", async () => {
    const { data, pagination } = await recent.json("--all");
    expect(pagination).toMatchObject({ total: 10 });
    expect(data.filter((row) => row.logged)).toEqual([
      {
        played_at: "2026-03-11T19:00:00Z",
        precision_seconds: 60,
        artist_name: "Neu!",
        track_name: null,
        album_id: null,
        album_name: "Neu! 75",
        record_ids: [2],
        forms: ["LP"],
        logged: true,
      },
      {
        played_at: "2026-03-08T11:00:00Z",
        precision_seconds: 86_400,
        artist_name: "Can",
        track_name: null,
        album_id: expect.any(Number),
        album_name: "Tago Mago",
        record_ids: [1, 3],
        forms: ["LP", "CD"],
        logged: true,
      },
    ]);
    expect(data.map((row) => row.played_at)).toEqual(
      data
        .map((row) => row.played_at)
        .toSorted()
        .toReversed(),
    );
  });

  test("are marked on the screen, without a time if only the day is known", async () => {
    const stdout = await recent.screen();
    expect(stdout).toMatch(/^2026-03-11 +20:00 +2 +Neu! +Neu! 75 \(logged\) +Neu! 75$/m);
    expect(stdout).toMatch(/^2026-03-08 +1 \+1 +Can +Tago Mago \(logged\) +Tago Mago$/m);
  });

  test.each([
    ["--during 2026-03-11", ["Neu! 75"]],
    ["neu", ["Neu! 75"]],
    ["--page 1 --limit 1", ["Neu! 75"]],
    ["--during 2026-03-08", ["Tago Mago"]],
    ["--during 2026-03-09", ["Track 1"]],
  ])("are filtered as other plays: %s", async (line, names) => {
    const { data } = await recent.json(...line.split(" "));
    expect(data.map((row) => row.track_name ?? row.album_name)).toEqual(names);
  });

  test("are marked in CSV", async () => {
    const { stdout } = await recent.run(["--as", "csv", "--limit", "1"]);
    expect(stdout).toMatch(/,logged,precision_seconds\r?\n.*,true,60\r?\n$/);
  });
});

test.each([
  ["tago mgo", 'no play has "tago mgo"; read as "tago mago"'],
  ["ag", 'no play has words that begin with "ag"; these have it inside a word'],
  ["tago mago", undefined],
])("says how it interpreted the words: %s", async (words, note) => {
  const { stdout, stderr } = await run(words.split(" "));
  expect(stdout.match(/Tago Mago/g)).toHaveLength(7);
  expect(stderr.trim() || undefined).toBe(note && `rewind: ${note}`);
});

test("shows no time for a play that a file dates to the day, and says how well each time is known", async () => {
  const rows = ["10.05.2021", "2021-05-11 20:00", "2021-05-12 20:00:07"].map(
    (time) => `Can,Halleluhwah,${time}`,
  );
  const [file = ""] = writeFiles({ "plays.csv": ["artist,track,time", ...rows, ""].join("\n") });
  const importHome = createTempDirectory("rewind-home");
  await runCli(["import", file], { home: importHome });
  const recent = createCommandRunner<Recent>("recent", importHome);
  expect((await recent.json()).data.map((row) => row.precision_seconds)).toEqual([1, 60, 86_400]);
  const [table = ""] = writeFiles({
    "again.csv": (await runCli(["recent", "--as", "csv"], { home: importHome })).stdout,
  });
  const secondHome = createTempDirectory("rewind-home");
  await runCli(["import", table], { home: secondHome });
  const [first, second] = [
    await recent.json(),
    await createCommandRunner<Recent>("recent", secondHome).json(),
  ].map(({ data }) => data.map(({ played_at, precision_seconds }) => ({ played_at, precision_seconds })));
  expect(second).toEqual(first);
  const stdout = await recent.screen();
  expect(stdout).toMatch(/^2021-05-10 +Can +Halleluhwah/m);
  expect(stdout).toMatch(/^2021-05-11 +22:00 +Can/m);
  const connection = await connectMcp({ home: importHome });
  const { text } = await callTool(connection, "recent_plays");
  await connection.close();
  expect(text).toContain('\n2021-05-10: "Can" · "Halleluhwah"\n');
});
