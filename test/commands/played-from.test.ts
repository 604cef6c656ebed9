// rewind played --from and --pending: tracks that a recogniser heard become logged plays.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { beforeEach, expect, test } from "vitest";
import { openKeyRing } from "../../src/doors/http/api-keys.ts";
import type {
  PendingDocument,
  RecognisedAnswer,
  NotedDocument,
} from "../../src/queries/documents/decision-documents.ts";
import { giveToBeSent, listNotedPlays } from "../../src/store/decisions/noted-plays.ts";
import { transact } from "../../src/store/file/database.ts";
import { keepTracklist } from "../../src/store/shelf/tracklists.ts";
import { giveRecognised } from "../../src/sync/plays/sending.ts";
import { fillCache, record, inCache, listedTrack, playOf } from "../support/filled-cache.ts";
import { filledHome } from "../support/question.ts";
import { noon as now, runCli, runCliJson, type CliResult } from "../support/run-cli.ts";
import { servedCache } from "../support/served-cache.ts";

const records = [1971, 2007].map((year) => record({ artist: "Joni Mitchell", title: "Blue", year }));
const [blue, blueAgain] = records.map(({ release }) => release.id) as [number, number];
const hejira = record({ artist: "Joni Mitchell", title: "Hejira", year: 1976 });
records.push(hejira);

let home: string;

beforeEach(async () => {
  home = await filledHome({ records });
  inCache(home, (database) =>
    transact(database, () => {
      for (const { release } of records) {
        const tracks = ["A1", "A2", "A3", "A4", "B1", "B2"].map((position) =>
          listedTrack(`${release.title} ${position}`, { position, durationSeconds: 240 }),
        );
        keepTracklist(database, release.id, tracks, 1);
      }
    }),
  );
});

function heard(title: string, at: string): string {
  return JSON.stringify({ artist: "Joni Mitchell", title, at: `2026-03-14T${at}Z`, source: "ear" });
}

const rewind = (argv: readonly string[]): Promise<CliResult> => runCli(argv, { home });

async function played(...lines: readonly string[]): Promise<RecognisedAnswer[]> {
  const file = join(home, "heard.ndjson");
  writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
  const { stdout } = await rewind(["played", "--from", file]);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RecognisedAnswer);
}

const shown = (): string[] =>
  inCache(home, listNotedPlays).map(
    ({ releaseId, tracks }) =>
      `r${releaseId} ${tracks.map(({ position, isInferred }) => `${position}${isInferred ? "?" : ""}`).join(" ")}`,
  );

test("logs a side with the tracks that nobody heard, and answers each line", async () => {
  const answers = await played(
    heard("Hejira A2", "09:04:30"),
    heard("Hejira A4 (2011 Remaster)", "09:12:30"),
    "not JSON",
    heard("Somebody else's", "09:13:00"),
    JSON.stringify({ artist: "Joni Mitchell", title: "Hejira B1", at: "2027-01-01T00:00:00Z" }),
  );
  expect(shown()).toEqual([`r${hejira.release.id} A1? A2 A3? A4`]);
  const [play] = inCache(home, listNotedPlays);
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

test("what comes twice, late or out of order changes nothing", async () => {
  const lines = [
    heard("Hejira A1", "09:00:10"),
    heard("Hejira A2", "09:04:30"),
    heard("Hejira A4", "09:12:30"),
    heard("Hejira B1", "09:18:00"),
  ];
  for (const line of lines) await played(line);
  const once = shown();
  expect(once).toEqual([`r${hejira.release.id} A1 A2 A3? A4`, `r${hejira.release.id} B1`]);
  await played(...lines.toReversed());
  await played(...lines, ...lines);
  expect(shown()).toEqual(once);
});

test("one track alone waits for a second one of its record", async () => {
  const [alone] = await played(heard("Hejira A1", "09:00:10"));
  expect(alone).toMatchObject({ state: "alone", reason: "no other track of the record was heard yet" });
  expect(shown()).toEqual([]);
  const [next] = await played(heard("Hejira A2", "09:04:30"));
  expect(next).toMatchObject({ state: "logged", position: "A2" });
  expect(shown()).toEqual([`r${hejira.release.id} A1 A2`]);
});

test("one track alone is logged as the record that the user names, and later ones join it", async () => {
  const [alone] = await played(heard("Hejira A2", "09:04:30"));
  const { stdout } = await rewind(["played", "hejira", "--pending", alone?.uuid ?? ""]);
  expect(stdout).toContain("Logged: Joni Mitchell · Hejira, 1 track,");
  await played(heard("Hejira A3", "09:08:30"));
  expect(shown()).toEqual([`r${hejira.release.id} A1? A2 A3`]);
});

test("two pressings that fit equally wait for the user", async () => {
  const answers = await played(
    heard("Blue A1", "09:00:10"),
    heard("Blue A2", "09:04:30"),
    heard("Blue B1", "09:17:00"),
  );
  expect(answers).toMatchObject(answers.map(() => ({ state: "pending", record: null })));
  expect(shown()).toEqual([]);
  const pending = (await runCliJson(["played", "--pending", "--json"], { home })) as PendingDocument;
  expect(pending.data).toHaveLength(1);
  const [side] = pending.data;
  const { uuid, records: fitting } = side ?? { uuid: "", records: [] };
  expect(fitting.map(({ release_id: id }) => id)).toEqual([blue, blueAgain]);
  const table = await rewind(["played", "--pending"]);
  expect(table.stdout).toContain(uuid.slice(0, 8));
  const wrong = await rewind(["played", `r${hejira.release.id}`, "--pending", uuid]);
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining("this record has none of the tracks that were heard"),
  ]);
  const chosen = (await runCliJson(["played", `r${blueAgain}`, "--pending", uuid.slice(0, 8), "--json"], {
    home,
  })) as NotedDocument;
  expect(
    chosen.data.map(({ release_id: id, tracks }) => [id, tracks.map(({ position }) => position)]),
  ).toEqual([
    [blueAgain, ["A1", "A2"]],
    [blueAgain, ["B1"]],
  ]);
  expect(await runCliJson(["played", "--pending", "--json"], { home })).toEqual({ data: [] });
});

test("a pending side that nobody played is forgotten", async () => {
  await played(heard("Blue A1", "09:00:10"), heard("Blue A2", "09:04:30"));
  const pending = (await runCliJson(["played", "--pending", "--json"], { home })) as PendingDocument;
  const { stdout } = await rewind(["played", "none", "--pending", pending.data[0]?.uuid ?? ""]);
  expect(stdout).toBe("Logged nothing.\n");
  expect(await runCliJson(["played", "--pending", "--json"], { home })).toEqual({ data: [] });
  expect(shown()).toEqual([]);
});

test("the record that the user just logged is on the platter", async () => {
  await rewind(["played", `r${blueAgain}`, "--side", "A", "--at", "09:00"]);
  const [joined] = await played(heard("Blue A2", "09:05:00"));
  const [flipped] = await played(heard("Blue B1", "09:17:00"));
  expect([joined, flipped]).toMatchObject([
    { state: "logged", release_id: blueAgain, position: "A2" },
    { state: "logged", release_id: blueAgain, position: "B1" },
  ]);
  expect(shown()).toEqual([`r${blueAgain} A1 A2 A3 A4`, `r${blueAgain} B1`]);
});

test("a play that the user deleted is not logged again", async () => {
  const lines = [heard("Hejira A1", "09:00:10"), heard("Hejira A2", "09:04:30")];
  await played(...lines);
  expect((await rewind(["played", "--undo"])).stdout).toContain("Deleted: Joni Mitchell · Hejira");
  expect(shown()).toEqual([]);
  const answers = await played(...lines);
  expect(answers.map(({ state }) => state)).toEqual(["ignored", "ignored"]);
  expect(shown()).toEqual([]);
});

test("a silence longer than the side ends it", async () => {
  await played(heard("Hejira A1", "06:00:10"), heard("Hejira A2", "06:04:30"));
  await played(heard("Hejira A1", "09:00:10"), heard("Hejira A2", "09:04:30"));
  expect(shown()).toEqual([`r${hejira.release.id} A1 A2`, `r${hejira.release.id} A1 A2`]);
});

test("tracks that are to be sent keep their times, and the next one joins them", async () => {
  await played(heard("Hejira A1", "09:00:10"), heard("Hejira A2", "09:04:30"));
  const [before] = inCache(home, listNotedPlays);
  inCache(home, (database) =>
    transact(database, () => giveToBeSent(database, before?.uuid ?? "", ["lastfm"])),
  );
  await played(heard("Hejira A1", "09:00:02"), heard("Hejira A4", "09:12:30"));
  const [after] = inCache(home, listNotedPlays);
  expect(shown()).toEqual([`r${hejira.release.id} A1 A2 A3? A4`]);
  expect(after?.tracks.slice(0, 2).map(({ uts, sendings }) => [uts, sendings.lastfm?.state])).toEqual(
    before?.tracks.map(({ uts }) => [uts, "new"]),
  );
  expect(after?.tracks.slice(2).map(({ sendings }) => sendings)).toEqual([{}, {}]);
});

test("what the recogniser scrobbled itself is not sent again", async () => {
  const uts = Date.parse("2026-03-14T09:05:30Z") / 1000;
  await fillCache(home, {
    records,
    plays: [playOf("Joni Mitchell", "Hejira", "Hejira A2 (2011 Remaster)", uts)],
  });
  await played(
    heard("Hejira A1", "09:00:10"),
    heard("Hejira A2", "09:04:30"),
    heard("Hejira A3", "09:08:30"),
  );
  inCache(home, (database) => transact(database, () => giveRecognised(database, "lastfm", now / 1000)));
  const [play] = inCache(home, listNotedPlays);
  expect(play?.tracks.map(({ sendings }) => sendings.lastfm?.state)).toEqual(["new", "sent", "new"]);
});

test("POST /v1/played takes one object or several lines, with a key that may write", async () => {
  const { ask, keys, keysFile } = servedCache(home);
  const { token } = keys.create({ name: "ear", kind: "write", nowUts: 1 });
  expect(token).toMatch(/^rw_write_/);
  expect(readFileSync(keysFile, "utf8")).toContain('"kind": "write"');
  const post = (body: string, key?: string): Promise<Response> =>
    ask("/v1/played", {
      method: "POST",
      body,
      ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
    });
  const refused = await post(heard("Hejira A1", "09:00:10"));
  expect([refused.status, await refused.json()]).toEqual([
    403,
    { error: "this needs a key that may write, made by rewind keys create --write", status: 403 },
  ]);
  expect((await post("", token)).status).toBe(400);
  const one = await post(JSON.stringify(JSON.parse(heard("Hejira A1", "09:00:10")), null, 2), token);
  expect([one.status, await one.json()]).toMatchObject([200, { data: [{ state: "alone" }] }]);
  const two = await post(`${heard("Hejira A1", "09:00:10")}\n${heard("Hejira A2", "09:04:30")}\n`, token);
  expect(await two.json()).toMatchObject({ data: [{ state: "logged" }, { state: "logged" }] });
  const admin = openKeyRing(keysFile).create({ name: "", kind: "admin", nowUts: 1 });
  expect((await post(heard("Hejira A2", "09:04:30"), admin.token)).status).toBe(200);
});

test("reads stdin as it arrives", async () => {
  const { stdout } = await runCli(["played", "--from", "-"], {
    home,
    stdin: Readable.from([
      heard("Hejira A1", "09:00:10").slice(0, 20),
      `${heard("Hejira A1", "09:00:10").slice(20)}\n`,
    ]),
  });
  expect(JSON.parse(stdout)).toMatchObject({ state: "alone" });
});
