import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, beforeEach, test } from "vitest";
import { transact } from "../../src/store/file/database.ts";
import { readLoggedPlays, saveLoggedPlays, type LoggedPlay } from "../../src/store/decisions/logged-plays.ts";
import { saveTracklist } from "../../src/store/shelf/tracklists.ts";
import {
  buildRecord,
  buildAlbumPlays,
  buildPlay,
  getHomeCachePath,
  withHomeCache,
} from "../support/filled-cache.ts";
import { buildLoggedPlay } from "../support/logged-plays.ts";
import { createFilledHome } from "../support/command-runner.ts";
import {
  requireError,
  noon as now,
  runCli,
  runCliJson,
  type CliOptions,
  type CliResult,
} from "../support/run-cli.ts";
import { buildTrackAt } from "../support/scrobbling-fixture.ts";

const parseUts = (text: string): number => Date.parse(text) / 1000;

const hejira = buildRecord({ artist: "Joni Mitchell", title: "Hejira", year: 1976 });
const single = buildRecord({ artist: "New Order", title: "Blue Monday", year: 1983 });
const blue = buildRecord({ artist: "Joni Mitchell", title: "Blue", year: 1971 });
const blueAgain = buildRecord({ artist: "Joni Mitchell", title: "Blue", year: 2007 });
const records = [hejira, single, blue, blueAgain];
const plays = buildAlbumPlays("Joni Mitchell", "Hejira", { from: "2019-02-01T20:00:00Z" });

let home: string;

beforeEach(async () => {
  home = await createFilledHome({ records, plays });
});

const readPlays = (): LoggedPlay[] => withHomeCache(home, readLoggedPlays);
const runRewind = (argv: readonly string[], options: CliOptions = {}): Promise<CliResult> =>
  runCli(argv, { home, ...options });

/** Discogs knows the tracks of Hejira. */
function saveHejiraTracklist(): void {
  const tracks = [
    buildTrackAt("A1", 301),
    buildTrackAt("A2", 361),
    buildTrackAt("B1", null),
    buildTrackAt("B2", 402),
  ];
  withHomeCache(home, (database) =>
    transact(database, () => saveTracklist(database, hejira.release.id, tracks, 1)),
  );
}

test("logs a record that just ended", async () => {
  const { code, stdout } = await runRewind(["played", "hejira"]);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout:
      "Logged: Joni Mitchell · Hejira, played today, 14 Mar 2026. The first spin since Feb 2019. Undo: rewind played undo\n",
  });
  expect(readPlays()).toMatchObject([
    {
      releaseId: hejira.release.id,
      instanceId: hejira.instanceId,
      precision: "time",
      startUts: now / 1000 - 2400,
      toUts: now / 1000,
      tracks: [],
    },
  ]);
});

test.each([
  [
    "yesterday",
    {
      startUts: parseUts("2026-03-13T12:00:00Z"),
      fromUts: parseUts("2026-03-13"),
      toUts: parseUts("2026-03-14"),
    },
  ],
  ["2024-02-29", { startUts: parseUts("2024-02-29T12:00:00Z"), precision: "day" }],
  ["friday", { startUts: parseUts("2026-03-13T12:00:00Z"), precision: "day" }],
  ["today", { startUts: now / 1000, precision: "day" }],
])("--on %s logs only the day", async (day, expected) => {
  expect((await runRewind(["played", "hejira", "--on", day])).code).toBe(0);
  expect(readPlays()).toMatchObject([expected]);
});

test("--at sets the start, today or on the given day", async () => {
  await runRewind(["played", "hejira", "--at", "9:15"]);
  await runRewind(["played", "hejira", "--at", "20:15", "--on", "yesterday", "--note", "loud"]);
  expect(readPlays()).toMatchObject([
    { startUts: parseUts("2026-03-13T20:15:00Z"), precision: "time", comment: "loud" },
    { startUts: parseUts("2026-03-14T09:15:00Z"), precision: "time", comment: "" },
  ]);
});

test.each([
  ["", "no record given"],
  ["nothing_of_the_kind", 'no record has "nothing_of_the_kind"'],
  ["hejira --on 2026-03-15", "2026-03-15 is in the future"],
  ["hejira --at 12:01", "12:01 today is in the future"],
  ["hejira --at 25:00", '"25:00" is not a time of day'],
  ["hejira --on 2024", '"2024" is not one day'],
  ["hejira --genre Rock", 'unknown option "--genre". Did you mean rewind played list --genre?'],
  ["--dry-run undo", "--dry-run has no effect in front of undo\nPut options behind undo."],
  ["undo", "there is no logged play to undo"],
  ["undo 12345678", "no logged play"],
  [`hejira --note ${"x".repeat(1001)}`, "a note takes at most 1000 characters"],
  ["hejira --side C", "the release has no side"],
  ["hejira --disc 2", "the release has no disc"],
  ["hejira --tracks 5", "there is no track 5: there are 4 to choose from"],
  ["hejira --tracks 2-1", "there is no track 2-1: there are 4 to choose from"],
  ["hejira --tracks C1", "no track is marked"],
  ["hejira --disc x", '"x" is not a disc number'],
  ["hejira --side=", "--side has no value"],
  ["hejira --on 1975-12-31", "is from 1976"],
])("rewind played %s is refused", async (line, message) => {
  saveHejiraTracklist();
  const stderr = requireError(await runRewind(["played", ...line.split(" ").filter(Boolean)]), 2);
  expect(stderr).toContain(message);
  expect(readPlays()).toEqual([]);
});

test("tracks get start times, with a pause between sides and estimated lengths", async () => {
  saveHejiraTracklist();
  await runRewind(["played", "hejira", "--at", "09:00"]);
  const start = parseUts("2026-03-14T09:00:00Z");
  expect(readPlays()[0]?.tracks).toMatchObject([
    { position: "A1", durationSeconds: 301, isGuessed: false, uts: start, sendings: {} },
    { position: "A2", durationSeconds: 361, uts: start + 301 },
    { position: "B1", durationSeconds: 361, isGuessed: true, uts: start + 301 + 361 + 25 },
    { position: "B2", artist: "Joni Mitchell", album: "Hejira", uts: start + 301 + 361 + 25 + 361 },
  ]);
  const [play] = readPlays();
  expect(play?.lastUts).toBe(play?.tracks.at(-1)?.uts);
  expect(play?.toUts).toBe((play?.lastUts ?? 0) + 402);
});

test("without --at the start is computed from the length; --on alone has no times", async () => {
  saveHejiraTracklist();
  await runRewind(["played", "hejira"]);
  const [play] = readPlays();
  expect(play?.toUts).toBe(now / 1000);
  expect(play?.startUts).toBe(now / 1000 - (301 + 361 + 25 + 361 + 402));
  await runRewind(["played", "hejira", "--on", "yesterday"]);
  expect(readPlays()[0]?.tracks.map(({ uts }) => uts)).toEqual([null, null, null, null]);
});

test.each([
  ["--side A", "A1 A2"],
  ["--side b,a", "A1 A2 B1 B2"],
  ["--disc 1 --side B", "B1 B2"],
  ["--tracks 1-3", "A1 A2 B1"],
  ["--tracks 3-", "B1 B2"],
  ["--tracks B2 --tracks a1", "A1 B2"],
  ["--side B --tracks 2", "B2"],
])("rewind played %s plays %s", async (line, positions) => {
  saveHejiraTracklist();
  expect((await runRewind(["played", "hejira", ...line.split(" ")])).code).toBe(0);
  const [play] = readPlays();
  expect(play?.tracks.map(({ position }) => position).join(" ")).toBe(positions);
});

test.each([
  ["--side A", "The first play since Feb 2019."],
  ["--tracks 1 --on yesterday", "The first play since Feb 2019."],
  ["--tracks 1 --dry-run", "The first play since Feb 2019."],
  ["--on yesterday", "The first spin since Feb 2019."],
])("rewind played %s says %s", async (line, said) => {
  saveHejiraTracklist();
  expect((await runRewind(["played", "hejira", ...line.split(" ")])).stdout).toContain(said);
});

test("compares a part with the last play, and the whole record with the last spin", async () => {
  home = await createFilledHome({
    records,
    plays: [...plays, buildPlay("Joni Mitchell", "Hejira", "Track 1", parseUts("2026-03-01T20:00:00Z"))],
  });
  saveHejiraTracklist();
  const part = await runRewind(["played", "hejira", "--tracks", "1", "--dry-run"]);
  expect(part.stdout).not.toContain("since");
  const whole = await runRewind(["played", "hejira", "--dry-run"]);
  expect(whole.stdout).toContain("The first spin since Feb 2019.");
});

test("--dry-run shows the play and logs nothing", async () => {
  saveHejiraTracklist();
  const { stdout } = await runRewind(["played", "hejira", "--at", "09:00", "--side", "B", "--dry-run"], {
    tty: true,
  });
  expect(stdout).toMatch(/B1 +Track B1 +6:01 +09:00 +~ length estimated/);
  expect(stdout).toContain("Would be logged: Joni Mitchell · Hejira, 2 tracks");
  expect(readPlays()).toEqual([]);
});

test("--dry-run without accounts says that the tracklist must be fetched", async () => {
  const { code, stderr } = await runRewind(["played", "hejira", "--side", "B", "--dry-run"]);
  expect(code).toBe(4);
  expect(stderr).toMatch(
    /^rewind: the tracklist must be fetched from Discogs, but rewind is not connected yet: DISCOGS_TOKEN is missing\nRun: rewind login/,
  );
});

test("names one of several copies, and stores it only if the user gave a number", async () => {
  const { stdout } = await runRewind(["played", `r${blue.release.id}`, "--on", "yesterday"]);
  expect(stdout).toContain("Blue (#3, one of 2 copies), played on 13 Mar 2026.");
  expect(readPlays()).toMatchObject([{ releaseId: blue.release.id, instanceId: null }]);
  const numbered = await runRewind(["played", "4"]);
  expect(numbered.stdout).toContain("Blue (#4, one of 2 copies)");
  expect(readPlays().at(-1)).toMatchObject({
    releaseId: blueAgain.release.id,
    instanceId: blueAgain.instanceId,
  });
});

test("says the same number of several copies as the lists do", async () => {
  const newer = { ...blue, instanceId: blue.instanceId + 1000, dateAdded: "2024-05-01T10:00:00-07:00" };
  home = await createFilledHome({ records: [blue, newer] });
  const { stdout } = await runRewind(["played", "blue", "--on", "yesterday"]);
  expect(stdout).toContain("Blue (#2, one of 2 copies)");
  expect((await runRewind(["xref", "--copies"])).stdout).toMatch(/^ *2 [^]*^ *1 /m);
  expect((await runRewind(["played", "list"])).stdout).toMatch(/ 2  Joni Mitchell +Blue /);
  expect(await runCliJson(["played", "list", "--json"], { home })).toMatchObject({
    data: [{ record_id: 2 }],
  });
});

test("accepts a play in the pressing's year, and refuses an earlier one", async () => {
  const pressed = buildRecord({ artist: "Joni Mitchell", title: "Hejira", year: 2026 });
  home = await createFilledHome({ records: [pressed], plays });
  expect(await runRewind(["played", "hejira", "--on", "2026-01-01"])).toMatchObject({ code: 0 });
  const stderr = requireError(await runRewind(["played", "hejira", "--on", "2025-12-31"]), 2);
  expect(stderr).toContain('this pressing of "Joni Mitchell" · "Hejira" is from 2026');
  expect(readPlays()).toHaveLength(1);
});

test("lists, filters and deletes logged plays", async () => {
  await runRewind(["played", "hejira", "--on", "2026-02-21", "--note", "rain"]);
  await runRewind(["played", "blue monday", "--at", "09:00"]);
  withHomeCache(home, (database) =>
    transact(database, () =>
      saveLoggedPlays(database, [buildLoggedPlay({ releaseId: 7, from: "2020-01-01T12:00:00Z" })]),
    ),
  );
  const readListLines = async (...argv: readonly string[]): Promise<string[]> =>
    (await runRewind(["played", "list", ...argv])).stdout
      .split("\n")
      .map((line) => line.replace(/\s+/g, " "));
  expect(await readListLines()).toMatchObject([
    expect.stringMatching(/^2026-03-14 09:00 2 New Order Blue Monday [0-9a-f]{8}$/),
    expect.stringMatching(/^2026-02-21 1 Joni Mitchell Hejira rain [0-9a-f]{8}$/),
    expect.stringMatching(/^2020-01-01 12:00 r7 no longer in the collection [0-9a-f]{8}$/),
    "",
  ]);
  expect(await readListLines("--during", "2026-02")).toHaveLength(2);
  expect(await readListLines("joni")).toHaveLength(2);
  const document = await runCliJson(["played", "list", "--json", "--limit", "1"], { home });
  expect(document).toMatchObject({
    data: [{ record_id: 2, artist: "New Order", played_at: "2026-03-14T09:00:00Z", precision: "time" }],
    pagination: { page: 1, limit: 1, total: 3, total_pages: 3 },
  });
  const csv = await runRewind(["played", "list", "--as", "csv", "--columns", "played_at,title,note"]);
  expect(csv.stdout.split("\r\n").slice(0, 3)).toEqual([
    "played_at,title,note",
    "2026-03-14T09:00:00Z,Blue Monday,",
    "2026-02-21T12:00:00Z,Hejira,rain",
  ]);
  const [, second] = readPlays();
  const undone = await runRewind(["played", "undo", second?.uuid.slice(0, 8) ?? ""]);
  expect(undone.stdout).toBe("Deleted: Joni Mitchell · Hejira, logged for 21 Feb 2026.\n");
  expect(readPlays().map(({ releaseId }) => releaseId)).toEqual([7, single.release.id]);
});

test("undo deletes the play that was logged last, whatever its day", async () => {
  await runRewind(["played", "blue monday"]);
  await runRewind(["played", "hejira", "--on", "2020-01-01"], { now: now + 60_000 });
  expect((await runRewind(["played", "undo"])).stdout).toContain("Deleted: Joni Mitchell · Hejira");
  expect(readPlays()).toHaveLength(1);
});

test("undo deletes the last of several plays that one command logged, and each line names the undo of its play", async () => {
  const logged = await runRewind(["played", "1,3,2", "--on", "yesterday"]);
  const entries = [...logged.stdout.matchAll(/^Logged: (.+?), played .*Undo: rewind played undo (\w+)$/gm)];
  expect(entries.map(([, name]) => name)).toEqual([
    "Joni Mitchell · Hejira",
    "Joni Mitchell · Blue (#3, one of 2 copies)",
    "New Order · Blue Monday",
  ]);
  const undone = [];
  for (const argv of [["undo"], ["undo", entries[0]?.[2] ?? ""], ["undo"]])
    undone.push((await runRewind(["played", ...argv])).stdout.replace(/, logged for.*\n/, ""));
  expect(undone).toEqual([
    "Deleted: New Order · Blue Monday",
    "Deleted: Joni Mitchell · Hejira",
    "Deleted: Joni Mitchell · Blue",
  ]);
});

test("with --db, the commands shown name the same cache", async () => {
  const db = join(home, "my other cache.db");
  copyFileSync(getHomeCachePath(home), db);
  const { stdout } = await runRewind(["--db", db, "played", "hejira"]);
  expect(stdout).toContain(` Undo: rewind --db "${db}" played undo\n`);
  const { stderr } = await runRewind(["played", "hejira", "--db", db]);
  expect(stderr).toContain(`To list logged plays: rewind --db "${db}" played list`);
  const named = await runRewind(["played", "hejira", "--on", "2025-01-01"], { env: { REWIND_DB: db } });
  expect(named.stdout).toContain(" Undo: rewind played undo\n");
});

test("the JSON describes the logged play, and an empty list says how to log one", async () => {
  expect((await runRewind(["played", "list"], { tty: true })).stdout).toContain("No plays logged yet.");
  expect(await runCliJson(["played", "hejira", "--json", "--on", "yesterday"], { home })).toMatchObject({
    logged: { record_id: 1, title: "Hejira", precision: "day", tracks: [] },
    dry_run: false,
  });
  const undone = await runCliJson(["played", "undo", "--json"], { home });
  expect(undone).toMatchObject({ undone: { record_id: 1 } });
});
