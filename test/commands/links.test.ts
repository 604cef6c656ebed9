import { expect, test, vi } from "vitest";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { importDecisions } from "../../src/actions/import-decisions.ts";
import { parseExportDocument } from "../../src/store/decisions/decision-document.ts";
import { readAliases, saveReviewAnswer, saveSnooze } from "../../src/store/decisions/user-decisions.ts";
import { readLoggedPlays, saveLoggedPlays } from "../../src/store/decisions/logged-plays.ts";
import { areMatchesCurrent } from "../../src/actions/apply-decision.ts";
import { lockSync } from "../../src/store/file/file-lock.ts";
import {
  getHomeCachePath,
  buildRecord,
  buildAlbumPlays,
  withHomeCache,
  createTestCache,
} from "../support/filled-cache.ts";
import { buildLoggedPlay, buildLoggedTrack } from "../support/logged-plays.ts";
import { createFilledHome } from "../support/command-runner.ts";
import { requireError, runCli, type CliResult } from "../support/run-cli.ts";
import { allMatchCases, nowUts, createSmallCollection } from "../support/small-collection.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const now = nowUts * 1000 + 7_200_000;
const runRewind = (home: string, argv: readonly string[], stdin = ""): Promise<CliResult> =>
  runCli(argv, { home, now, env: { TZ: "UTC" }, stdin });
const exportToText = async (home: string): Promise<string> =>
  (await runRewind(home, ["links", "export"])).stdout;
const importFromText = async (home: string, text: string): Promise<string> =>
  (await runRewind(home, ["links", "import", "-"], text)).stdout;
const readAnswers = async (home: string): Promise<string> =>
  (await runRewind(home, ["xref", "--json", "--all"])).stdout;

/** A shelf with four decisions, and their export. */
async function createHomeWithDecisions(): Promise<{ home: string; text: string }> {
  const { home } = await createSmallCollection(allMatchCases);
  for (const argv of [
    ["link", "6", "--add", "a7"],
    ["link", "1", "--not", "a14"],
    ["link", "10", "--none", "--this-copy"],
    ["alias", "Olufela Anikulapo", "Fela Kuti"],
  ])
    expect(await runRewind(home, argv)).toMatchObject({ code: 0 });
  return { home, text: await exportToText(home) };
}

test("an import counts thousands with a comma", async () => {
  const { home } = await createSmallCollection(allMatchCases);
  const aliases = Array.from({ length: 1234 }, (_, at) => ({ name: `Band ${at}`, same_as: `Group ${at}` }));
  const stdin = JSON.stringify({ version: 2, decisions: [], aliases });
  const { stdout } = await runCli(["links", "import", "-"], { home, stdin });
  expect(stdout).toBe("Imported: aliases 1,234. 1,234 new, 0 changed, 0 unchanged.\n");
});

test("exported decisions can be imported into a new cache after its sync, and before it", async () => {
  const { home, text } = await createHomeWithDecisions();
  const synced = await createSmallCollection(allMatchCases);
  expect(await readAnswers(synced.home)).not.toBe(await readAnswers(home));
  const file = join(synced.home, "decisions.json");
  writeFileSync(file, text);
  const message = "Imported: decisions 3, aliases 1. 4 new, 0 changed, 0 unchanged.\n";
  expect(await runRewind(synced.home, ["links", "import", file])).toMatchObject({ code: 0, stdout: message });
  expect(await readAnswers(synced.home)).toBe(await readAnswers(home));
  expect(await exportToText(synced.home)).toBe(text);
  const again = await runRewind(synced.home, ["links", "import", file]);
  expect(again.stdout).toBe("Imported: decisions 3, aliases 1. 0 new, 0 changed, 4 unchanged.\n");
  // Nothing changed, so nothing waits for the sync that would match again.
  const lock = lockSync(getHomeCachePath(synced.home));
  expect(await runRewind(synced.home, ["links", "import", file])).toMatchObject({ code: 0, stderr: "" });
  lock.release();
  expect(withHomeCache(synced.home, areMatchesCurrent)).toBe(true);

  const empty = await createSmallCollection({});
  const { stdout } = await runRewind(empty.home, ["links", "import", "-", "--json"], text);
  expect(JSON.parse(stdout)).toEqual({
    decisions: 3,
    aliases: 1,
    logged_plays: 0,
    hidden_albums: 0,
    snoozes: 0,
    review_notes: 0,
    added: 4,
    changed: 0,
    unchanged: 0,
    without_record: 3,
    without_album: 1,
  });
  await empty.resync(allMatchCases);
  expect(await readAnswers(empty.home)).toBe(await readAnswers(home));
});

test("says on stderr that an export has no decisions yet", async () => {
  const { home } = await createSmallCollection({});
  expect((await runRewind(home, ["links", "export"])).stderr).toBe("Exported: no decisions yet.\n");
});

test("imports nothing from a file with a mistake", async () => {
  const { home } = await createSmallCollection(allMatchCases);
  const wrong = JSON.parse((await createHomeWithDecisions()).text) as { decisions: object[] };
  wrong.decisions.push({ release_id: "x" });
  const stderr = requireError(await runRewind(home, ["links", "import", "-"], JSON.stringify(wrong)), 2);
  expect(stderr).toContain("decisions[3].release_id");
  expect(JSON.parse((await runRewind(home, ["links", "--json"])).stdout)).toEqual({
    decisions: [],
    dismissals: [],
    two_artists: [],
  });
  expect(await runRewind(home, ["links", "import", "no-such-file"])).toMatchObject({ code: 2, stdout: "" });
});

test("the list says what was decided, on which record", async () => {
  const { home } = await createHomeWithDecisions();
  expect((await runRewind(home, ["links"])).stdout).toMatchInlineSnapshot(`
    " 6  Godspeed You! Black Emperor  Lift Your Skinny Fists Like Antennas To Heaven  with a7 Lift Your Skinny Fists Like Antennas  2026-03-14
    10  Miles Davis                  Kind Of Blue                                    this copy: none                               2026-03-14
     1  Nirvana                      Nevermind                                       without a14 Nevermind - Remastered            2026-03-14
    "
  `);
});

test("a later decision about a record keeps what an earlier one said of other albums", async () => {
  const { home } = await createHomeWithDecisions();
  expect(await runRewind(home, ["link", "6", "--not", "a14"])).toMatchObject({ code: 0 });
  const { decisions } = JSON.parse((await runRewind(home, ["links", "--json"])).stdout) as {
    decisions: readonly { readonly record_id: number }[];
  };
  expect(decisions.find(({ record_id: id }) => id === 6)).toMatchObject({
    instance_id: null,
    add: [{ id: 7 }],
    not: [{ id: 14 }],
  });
});

const tago = buildRecord({ artist: "Can", title: "Tago Mago" });
const loggedUts = 1_700_000_000;
const session = buildLoggedPlay({
  releaseId: tago.release.id,
  from: "2026-03-01T20:00:00Z",
  comment: "loud",
  tracks: [
    buildLoggedTrack({ uts: 1_772_395_200, sendings: { lastfm: { state: "new", reason: null } } }),
    buildLoggedTrack({ position: "A2", title: "Mushroom" }),
    buildLoggedTrack({ position: "A3", title: "Oh Yeah" }),
  ],
});

test("everything exported can be imported into a new cache and exported again unchanged", async () => {
  const plays = buildAlbumPlays("Can", "Future Days", { from: "2024-02-01T20:00:00Z" });
  const home = await createFilledHome({ records: [tago], plays });
  expect(await runRewind(home, ["gaps", "hide", "a1"])).toMatchObject({ code: 0 });
  withHomeCache(home, (database) => {
    saveLoggedPlays(database, [session]);
    const snooze = { artist: "Can", snoozedUts: loggedUts };
    saveSnooze(database, { ...snooze, title: "Tago Mago", untilUts: 1_800_000_000 });
    saveSnooze(database, { ...snooze, title: "Delay", untilUts: null });
    saveReviewAnswer(database, {
      releaseId: tago.release.id,
      subject: "[1]",
      verdict: "dismissed",
      answeredUts: loggedUts,
    });
    saveReviewAnswer(database, {
      releaseId: 0,
      subject: '["alias","a","b"]',
      verdict: "skipped",
      answeredUts: loggedUts,
    });
  });
  const text = await exportToText(home);
  expect(JSON.parse(text)).toMatchObject({
    version: 2,
    plays: [{ uuid: session.uuid, release_id: tago.release.id, note: "loud", start: "2026-03-01T20:00:00Z" }],
    hidden_albums: [{ artist: "Can", album: "Future Days" }],
    snoozes: [{ album: "Delay", until: null }, { album: "Tago Mago" }],
  });
  const other = createTempDirectory();
  expect(await importFromText(other, text)).toContain(
    "Imported: plays 1, hidden albums 1, snoozes 2, review notes 2. 6 new, 0 changed, 0 unchanged.",
  );
  expect(await exportToText(other)).toBe(text);
  expect(await importFromText(other, text)).toContain(". 0 new, 0 changed, 6 unchanged.");
  expect(await exportToText(other)).toBe(text);
});

test("the newest snooze of an album wins, under the name of any edition", async () => {
  const home = createTempDirectory();
  const newest = {
    artist: "Can",
    album: "Tago Mago (Remastered)",
    until: null,
    snoozed_at: "2026-02-01T00:00:00Z",
  };
  const older = { ...newest, album: "Tago Mago", snoozed_at: "2026-01-01T00:00:00Z" };
  for (const snoozes of [[older], [newest, older]])
    await importFromText(home, JSON.stringify({ version: 2, snoozes }));
  expect(JSON.parse(await exportToText(home))).toMatchObject({ snoozes: [newest] });
});

test("importing a track only moves its state forward", async () => {
  const states = ["new", "unknown", "ignored", "sent"] as const;
  const pairs = states.flatMap((here, at) =>
    states.map((there, other) => ({ here, there, isHere: at > other })),
  );
  const [home, other] = [createTempDirectory(), createTempDirectory()];
  for (const [cache, side] of [[home, "here"] as const, [other, "there"] as const]) {
    await importFromText(cache, '{ "version": 2 }');
    const sentPlays = pairs.map((pair, at) => ({
      ...session,
      uuid: session.uuid.replace(/..$/, String(10 + at)),
      tracks: [
        buildLoggedTrack({ uts: 1_772_395_200, sendings: { lastfm: { state: pair[side], reason: null } } }),
      ],
    }));
    withHomeCache(cache, (database) => saveLoggedPlays(database, sentPlays));
  }
  await importFromText(home, await exportToText(other));
  expect(withHomeCache(home, readLoggedPlays).map(({ tracks }) => tracks[0]?.sendings.lastfm?.state)).toEqual(
    pairs.map(({ here, there, isHere }) => (isHere ? here : there)),
  );
});

test.skipIf(process.platform === "win32")("refuses a pipe", async () => {
  const pipe = join(createTempDirectory(), "pipe");
  execFileSync("mkfifo", [pipe]);
  const text = requireError(await runCli(["links", "import", pipe], { home: createTempDirectory() }), 2);
  expect(text).toContain("it is a pipe or a device; give a file, or - for stdin");
});

test("an import reads the aliases and the snoozes once, however many it brings", () => {
  const database = createTestCache();
  const names = Array.from({ length: 50 }, (_, at) => `Artist ${at}`);
  const time = "2026-03-14T12:00:00Z";
  const document = parseExportDocument(
    JSON.stringify({
      version: 2,
      aliases: names.map((name, at) => ({ name, same_as: `Artist ${at + 1}` })),
      snoozes: names.map((artist) => ({ artist, album: "Blue", until: null, snoozed_at: time })),
    }),
  );
  const prepare = vi.spyOn(database, "prepare");
  expect(importDecisions(database, document)).toMatchObject({ added: 100 });
  const readings = prepare.mock.calls.filter(([sql]) => /^\s*SELECT[^]*FROM (?:alias|snooze)\b/.test(sql));
  expect(readings).toHaveLength(2);
  const spelled = parseExportDocument(
    JSON.stringify({ version: 2, aliases: [{ name: "ARTIST 7", same_as: "Nico" }] }),
  );
  expect(importDecisions(database, spelled)).toMatchObject({ changed: 1 });
  expect(readAliases(database).filter(({ name }) => /^artist 7$/i.test(name))).toEqual([
    { name: "ARTIST 7", sameAs: "Nico" },
  ]);
});
