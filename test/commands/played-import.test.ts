// rewind played import and pending: tracks that a recogniser heard become logged plays.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { beforeEach, expect, test } from "vitest";
import { openKeyRing } from "../../src/interfaces/http/api-keys.ts";
import type {
  PendingDocument,
  RecognisedResult,
  LoggedPlaysDocument,
} from "../../src/queries/documents/decision-documents.ts";
import { enqueuePlay, readLoggedPlays } from "../../src/store/decisions/logged-plays.ts";
import { transact } from "../../src/store/file/database.ts";
import { saveTracklist } from "../../src/store/shelf/tracklists.ts";
import { enqueueRecognised } from "../../src/sync/plays/send-to-services.ts";
import {
  fillCache,
  buildRecord,
  withHomeCache,
  buildListedTrack,
  buildPlay,
} from "../support/filled-cache.ts";
import { createFilledHome } from "../support/command-runner.ts";
import { noon as now, runCli, runCliJson, type CliResult } from "../support/run-cli.ts";
import { serveCache } from "../support/served-cache.ts";

const records = [1971, 2007].map((year) => buildRecord({ artist: "Joni Mitchell", title: "Blue", year }));
const [blue, blueAgain] = records.map(({ release }) => release.id) as [number, number];
const hejira = buildRecord({ artist: "Joni Mitchell", title: "Hejira", year: 1976 });
records.push(hejira);

let home: string;

beforeEach(async () => {
  home = await createFilledHome({ records });
  withHomeCache(home, (database) =>
    transact(database, () => {
      for (const { release } of records) {
        const tracks = ["A1", "A2", "A3", "A4", "B1", "B2"].map((position) =>
          buildListedTrack(`${release.title} ${position}`, { position, durationSeconds: 240 }),
        );
        saveTracklist(database, release.id, tracks, 1);
      }
    }),
  );
});

function buildHeardLine(title: string, at: string): string {
  return JSON.stringify({ artist: "Joni Mitchell", title, at: `2026-03-14T${at}Z`, source: "ear" });
}

const runRewind = (argv: readonly string[]): Promise<CliResult> => runCli(argv, { home });

async function runPlayed(...lines: readonly string[]): Promise<RecognisedResult[]> {
  const file = join(home, "heard.ndjson");
  writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
  const { stdout } = await runRewind(["played", "import", file]);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RecognisedResult);
}

const listLoggedPlays = (): string[] =>
  withHomeCache(home, readLoggedPlays).map(
    ({ releaseId, tracks }) =>
      `r${releaseId} ${tracks.map(({ position, isInferred }) => `${position}${isInferred ? "?" : ""}`).join(" ")}`,
  );

test("logs a side with the tracks that nobody heard, and answers each line", async () => {
  const answers = await runPlayed(
    buildHeardLine("Hejira A2", "09:04:30"),
    buildHeardLine("Hejira A4 (2011 Remaster)", "09:12:30"),
    "not JSON",
    buildHeardLine("Somebody else's", "09:13:00"),
    JSON.stringify({ artist: "Joni Mitchell", title: "Hejira B1", at: "2027-01-01T00:00:00Z" }),
  );
  expect(listLoggedPlays()).toEqual([`r${hejira.release.id} A1? A2 A3? A4`]);
  const [play] = withHomeCache(home, readLoggedPlays);
  expect(play?.tracks.map(({ uts }) => new Date((uts ?? 0) * 1000).toISOString().slice(11, 19))).toEqual([
    "09:00:30",
    "09:04:30",
    "09:08:30",
    "09:12:30",
  ]);
  expect(play).toMatchObject({ source: "recogniser", precision: "time" });
  const ignored = { state: "ignored", record: null, side: null, position: null, uuid: null };
  const logged = { state: "logged", record: "Joni Mitchell · Hejira", side: "A", uuid: play?.uuid };
  expect(answers).toMatchObject([
    { ...logged, position: "A2", reason: null },
    { ...logged, position: "A4", reason: null },
    { ...ignored, reason: "the line is not JSON" },
    { ...ignored, reason: "no tracklist of your records has it" },
    { ...ignored, reason: "at is in the future" },
  ]);
});

test("logs the same plays if lines come twice, late or out of order", async () => {
  const lines = [
    buildHeardLine("Hejira A1", "09:00:10"),
    buildHeardLine("Hejira A2", "09:04:30"),
    buildHeardLine("Hejira A4", "09:12:30"),
    buildHeardLine("Hejira B1", "09:18:00"),
  ];
  for (const line of lines) await runPlayed(line);
  const once = listLoggedPlays();
  expect(once).toEqual([`r${hejira.release.id} A1 A2 A3? A4`, `r${hejira.release.id} B1`]);
  await runPlayed(...lines.toReversed());
  await runPlayed(...lines, ...lines);
  expect(listLoggedPlays()).toEqual(once);
});

test("waits for a second track of a record before it logs a play", async () => {
  const [alone] = await runPlayed(buildHeardLine("Hejira A1", "09:00:10"));
  expect(alone).toMatchObject({ state: "alone", reason: "no other track of the record was heard yet" });
  expect(listLoggedPlays()).toEqual([]);
  const [next] = await runPlayed(buildHeardLine("Hejira A2", "09:04:30"));
  expect(next).toMatchObject({ state: "logged", position: "A2" });
  expect(listLoggedPlays()).toEqual([`r${hejira.release.id} A1 A2`]);
});

test("logs a single track as the record that the user names, and adds later tracks to it", async () => {
  const [alone] = await runPlayed(buildHeardLine("Hejira A2", "09:04:30"));
  const { stdout } = await runRewind(["played", "pending", alone?.uuid ?? "", "hejira"]);
  const [, entry = ""] =
    /^Logged: Joni Mitchell · Hejira, 1 track, played today, 14 Mar 2026\. Undo: rewind played undo ([\da-f]{8})\n$/.exec(
      stdout,
    ) ?? [stdout];
  await runPlayed(buildHeardLine("Hejira A3", "09:08:30"));
  expect(listLoggedPlays()).toEqual([`r${hejira.release.id} A1? A2 A3`]);
  expect((await runRewind(["played", "undo", entry])).stdout).toBe(
    "Deleted: Joni Mitchell · Hejira, logged for 14 Mar 2026.\n",
  );
  expect(listLoggedPlays()).toEqual([]);
});

test("waits for the user if two pressings fit equally", async () => {
  const answers = await runPlayed(
    buildHeardLine("Blue A1", "09:00:10"),
    buildHeardLine("Blue A2", "09:04:30"),
    buildHeardLine("Blue B1", "09:17:00"),
  );
  expect(answers).toMatchObject(answers.map(() => ({ state: "pending", record: null })));
  expect(listLoggedPlays()).toEqual([]);
  const pending = (await runCliJson(["played", "pending", "--json"], { home })) as PendingDocument;
  expect(pending.data).toHaveLength(1);
  const [side] = pending.data;
  const { uuid, records: fitting } = side ?? { uuid: "", records: [] };
  expect(fitting.map(({ release_id: id }) => id)).toEqual([blue, blueAgain]);
  const table = await runRewind(["played", "pending"]);
  expect(table.stdout).toContain(uuid.slice(0, 8));
  expect(table.stdout).toContain("1 Blue (LP 1971); 2 Blue (LP 2007)");
  const wrong = await runRewind(["played", "pending", uuid, `r${hejira.release.id}`]);
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining("this record has none of the tracks that were heard"),
  ]);
  const chosen = (await runCliJson(["played", "pending", uuid.slice(0, 8), `r${blueAgain}`, "--json"], {
    home,
  })) as LoggedPlaysDocument;
  expect(
    chosen.data.map(({ release_id: id, tracks }) => [id, tracks.map(({ position }) => position)]),
  ).toEqual([
    [blueAgain, ["A1", "A2"]],
    [blueAgain, ["B1"]],
  ]);
  expect(await runCliJson(["played", "pending", "--json"], { home })).toEqual({ data: [] });
});

test("removes a pending side that the user says was not played", async () => {
  await runPlayed(buildHeardLine("Blue A1", "09:00:10"), buildHeardLine("Blue A2", "09:04:30"));
  const pending = (await runCliJson(["played", "pending", "--json"], { home })) as PendingDocument;
  const { stdout } = await runRewind(["played", "pending", pending.data[0]?.uuid ?? "", "none"]);
  expect(stdout).toBe("Logged nothing.\n");
  expect(await runCliJson(["played", "pending", "--json"], { home })).toEqual({ data: [] });
  expect(listLoggedPlays()).toEqual([]);
});

test("prefers the record that the user just logged", async () => {
  await runRewind(["played", `r${blueAgain}`, "--side", "A", "--at", "09:00"]);
  const [joined] = await runPlayed(buildHeardLine("Blue A2", "09:05:00"));
  const [flipped] = await runPlayed(buildHeardLine("Blue B1", "09:17:00"));
  expect([joined, flipped]).toMatchObject([
    { state: "logged", release_id: blueAgain, position: "A2" },
    { state: "logged", release_id: blueAgain, position: "B1" },
  ]);
  expect(listLoggedPlays()).toEqual([`r${blueAgain} A1 A2 A3 A4`, `r${blueAgain} B1`]);
});

test("a play that the user deleted is not logged again", async () => {
  const lines = [buildHeardLine("Hejira A1", "09:00:10"), buildHeardLine("Hejira A2", "09:04:30")];
  await runPlayed(...lines);
  expect((await runRewind(["played", "undo"])).stdout).toContain("Deleted: Joni Mitchell · Hejira");
  expect(listLoggedPlays()).toEqual([]);
  const answers = await runPlayed(...lines);
  expect(answers.map(({ state }) => state)).toEqual(["ignored", "ignored"]);
  expect(listLoggedPlays()).toEqual([]);
});

test("ends a side after a silence longer than the side", async () => {
  await runPlayed(buildHeardLine("Hejira A1", "06:00:10"), buildHeardLine("Hejira A2", "06:04:30"));
  await runPlayed(buildHeardLine("Hejira A1", "09:00:10"), buildHeardLine("Hejira A2", "09:04:30"));
  expect(listLoggedPlays()).toEqual([`r${hejira.release.id} A1 A2`, `r${hejira.release.id} A1 A2`]);
});

test("keeps the times of tracks to be sent, and adds the next one", async () => {
  await runPlayed(buildHeardLine("Hejira A1", "09:00:10"), buildHeardLine("Hejira A2", "09:04:30"));
  const [before] = withHomeCache(home, readLoggedPlays);
  withHomeCache(home, (database) =>
    transact(database, () => enqueuePlay(database, before?.uuid ?? "", ["lastfm"])),
  );
  await runPlayed(buildHeardLine("Hejira A1", "09:00:02"), buildHeardLine("Hejira A4", "09:12:30"));
  const [after] = withHomeCache(home, readLoggedPlays);
  expect(listLoggedPlays()).toEqual([`r${hejira.release.id} A1 A2 A3? A4`]);
  expect(after?.tracks.slice(0, 2).map(({ uts, sendings }) => [uts, sendings.lastfm?.state])).toEqual(
    before?.tracks.map(({ uts }) => [uts, "new"]),
  );
  expect(after?.tracks.slice(2).map(({ sendings }) => sendings)).toEqual([{}, {}]);
});

test("does not send again what the recogniser scrobbled itself", async () => {
  const uts = Date.parse("2026-03-14T09:05:30Z") / 1000;
  await fillCache(home, {
    records,
    plays: [buildPlay("Joni Mitchell", "Hejira", "Hejira A2 (2011 Remaster)", uts)],
  });
  await runPlayed(
    buildHeardLine("Hejira A1", "09:00:10"),
    buildHeardLine("Hejira A2", "09:04:30"),
    buildHeardLine("Hejira A3", "09:08:30"),
  );
  withHomeCache(home, (database) =>
    transact(database, () => enqueueRecognised(database, "lastfm", now / 1000)),
  );
  const [play] = withHomeCache(home, readLoggedPlays);
  expect(play?.tracks.map(({ sendings }) => sendings.lastfm?.state)).toEqual(["new", "sent", "new"]);
});

test("POST /v1/played accepts one object or several lines from a key that may write", async () => {
  const { ask, keys, keysFile } = serveCache(home);
  const { token } = keys.create({ name: "ear", kind: "write", nowUts: 1 });
  expect(token).toMatch(/^rw_write_/);
  expect(readFileSync(keysFile, "utf8")).toContain('"kind": "write"');
  const postPlays = (body: string, key?: string): Promise<Response> =>
    ask("/v1/played", {
      method: "POST",
      body,
      ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
    });
  const refused = await postPlays(buildHeardLine("Hejira A1", "09:00:10"));
  expect([refused.status, await refused.json()]).toEqual([
    403,
    { error: "this needs a key that may write, made by rewind keys create --write", status: 403 },
  ]);
  expect((await postPlays("", token)).status).toBe(400);
  const one = await postPlays(
    JSON.stringify(JSON.parse(buildHeardLine("Hejira A1", "09:00:10")), null, 2),
    token,
  );
  expect([one.status, await one.json()]).toMatchObject([200, { data: [{ state: "alone" }] }]);
  const two = await postPlays(
    `${buildHeardLine("Hejira A1", "09:00:10")}\n${buildHeardLine("Hejira A2", "09:04:30")}\n`,
    token,
  );
  expect(await two.json()).toMatchObject({ data: [{ state: "logged" }, { state: "logged" }] });
  const admin = openKeyRing(keysFile).create({ name: "", kind: "admin", nowUts: 1 });
  expect((await postPlays(buildHeardLine("Hejira A2", "09:04:30"), admin.token)).status).toBe(200);
});

test("reads stdin as it arrives", async () => {
  const { stdout } = await runCli(["played", "import", "-"], {
    home,
    stdin: Readable.from([
      buildHeardLine("Hejira A1", "09:00:10").slice(0, 20),
      `${buildHeardLine("Hejira A1", "09:00:10").slice(20)}\n`,
    ]),
  });
  expect(JSON.parse(stdout)).toMatchObject({ state: "alone" });
});
