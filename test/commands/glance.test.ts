import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCliFixture } from "../support/cli-fixture.ts";
import { withHomeCache } from "../support/filled-cache.ts";
import { createNewUser, buildSavedSettings } from "../support/new-user.ts";
import { noon, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

const day = 24 * 60 * 60 * 1000;
const onScreen = { tty: true, columns: 80, env: { NO_COLOR: "1" } } as const;

/** A day on which the sample has plays five years before. */
const memorableDay = noon + 4 * day;

const findTonightLine = (text: string): string => /^Tonight .*/m.exec(text)?.[0] ?? "";

test("rewind alone shows the shelf at a glance", async () => {
  const home = await sampleHome();
  const { code, stdout, stderr } = await runCli([], { home, ...onScreen });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatchInlineSnapshot(`
    "Shelf        46 of 64 records played (71.9%)                        rewind stats
    Last week    47 plays, 4 albums · most: D'Angelo, Voodoo (14)       rewind recap
    On this day  came in 2012: #3 The Beatles, Abbey Road · 5 more  rewind explain 3
    Tonight      #55 Arthur Russell, World Of Echo                  rewind played 55
                 LP, 1986, rated 4, last 1 year 4 months ago             rewind pick
    To review    1 match                                               rewind review
    Synced       a moment ago                                            rewind sync
    "
  `);
});

test("rewind alone shows the same in a pipe, uncut", async () => {
  const home = await sampleHome();
  const { stdout } = await runCli([], { home, ...onScreen, columns: 200 });
  const { stdout: piped } = await runCli([], { home });
  expect(piped.replaceAll(/ +/g, " ")).toBe(stdout.replaceAll(/ +/g, " "));
});

test("each line leads to a command that runs", async () => {
  const home = await sampleHome();
  const { stdout } = await runCli([], { home, ...onScreen, now: memorableDay });
  const commands = stdout.match(/rewind [^\n]+$/gm) ?? [];
  expect(commands).toHaveLength(stdout.trimEnd().split("\n").length);
  for (const command of commands.filter((line) => !/ (?:sync|review|played) ?/.test(`${line} `))) {
    const { code } = await runCli(command.split(" ").slice(1), { home, now: memorableDay });
    expect([command, code]).toEqual([command, 0]);
  }
});

test.each([20, 80])("takes at most ten lines that fit %i columns", async (columns) => {
  const home = await sampleHome();
  for (const now of [noon, noon + 40 * day]) {
    const { code, stdout } = await runCli([], { home, now, ...onScreen, columns });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
  }
});

test("says how the share of played records moved this month", async () => {
  const home = await sampleHome();
  expect(await runCli(["played", "53"], { home })).toMatchObject({ code: 0 });
  const { stdout } = await runCli([], { home, ...onScreen });
  expect(stdout).toMatch(/^Shelf {8}47 of 64 records played \(73\.4%, \+1\.5 this month\) /);
  const next = JSON.parse((await runCli(["--json"], { home, now: noon + 30 * day })).stdout);
  expect(next).toMatchObject({ listen_rate: 0.7344, listen_rate_at_month_start: 0.7344 });
});

test("tells what came since the last visit of another day, however often one looks", async () => {
  const home = await sampleHome();
  const first = await runCli([], { home, ...onScreen });
  expect(first.stdout).not.toMatch(/^New/m);
  const tomorrow = noon + day;
  const history = join(home, "more.csv");
  writeFileSync(
    history,
    `artist,album,track,date\nNick Drake,Pink Moon,Road,2026-03-14 20:00\nNick Drake,Pink Moon,Which Will,2026-03-14 20:02\n`,
  );
  expect(await runCli(["import", history], { home, now: tomorrow })).toMatchObject({ code: 0 });
  for (const now of [tomorrow, tomorrow + day / 8]) {
    const { stdout } = await runCli([], { home, ...onScreen, now });
    expect(stdout).toMatch(/^New {10}2 plays since 14 Mar 2026 +rewind recent$/m);
  }
  const { stdout } = await runCli([], { home, ...onScreen, now: tomorrow + day });
  expect(stdout).not.toMatch(/^New/m);
});

test("--json before a command is the same as behind it", async () => {
  const home = await sampleHome();
  const [before, behind] = [
    await runCli(["--json", "stats"], { home }),
    await runCli(["stats", "--json"], { home }),
  ];
  expect(before).toEqual(behind);
  expect(await runCli(["--json", "report"], { home })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('report has no option "--json"'),
  });
});

test("proposes the same record all day", async () => {
  const home = await sampleHome();
  const [first, again, later] = [
    await runCli([], { home, ...onScreen, random: () => 0.1 }),
    await runCli([], { home, ...onScreen, random: () => 0.9 }),
    await runCli([], { home, ...onScreen, now: noon + 3 * day }),
  ];
  expect(findTonightLine(first.stdout)).toMatch(/#\d+ /);
  expect(findTonightLine(again.stdout)).toBe(findTonightLine(first.stdout));
  expect(findTonightLine(later.stdout)).not.toBe(findTonightLine(first.stdout));
});

test("an old cache states its age once and leaves out the unknown week", async () => {
  const home = await sampleHome();
  const { stdout, stderr } = await runCli([], { home, ...onScreen, now: noon + 40 * day });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^Last week {4}not known · plays until 13 Mar 2026/m);
  expect(stdout).toMatch(/^Synced {7}40 days ago +rewind sync$/m);
});

test("a hidden history is reported as hidden", async () => {
  const fixture = await createCliFixture({ records: 20, albums: 15, plays: 100 });
  Object.assign(fixture.worlds.lastfm.listener, { hidden: true });
  await fixture.rewind(["sync", "--quiet"]);
  const { stdout } = await fixture.rewind([], onScreen);
  expect(stdout).toMatch(/^Last week {4}unknown, the listening history is hidden on Last\.fm /m);
});

test("global flags alone show the glance", async () => {
  const home = await sampleHome();
  const db = `${home}/data/rewind/rewind.db`;
  for (const argv of [
    ["--db", db],
    ["--no-color", "--db", db, "-q"],
    ["--no-input", "--db", db],
  ]) {
    expect(await runCli(argv, onScreen)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Shelf /) });
  }
  expect(await runCli(["--sort"], onScreen)).toMatchObject({ code: 2, stdout: "" });
});

test.each([[[]], [["--db", "/nowhere/x.db"]]])("rewind %j says in a pipe how to begin", async (argv) => {
  const { code, stdout } = await runCli(argv, { tty: { stderr: true, stdin: true } });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Nothing is synced yet /)]);
});

test("before the first sync it says how to begin", async () => {
  const person = await createNewUser();
  const stranger = await person.rewind([], onScreen);
  expect(stranger).toMatchObject({ code: 0, stderr: "" });
  expect(stranger.stdout).toMatch(/^Nothing is synced yet \(looked in .*\)\. First\s+steps:$/m);
  expect(stranger.stdout.match(/^ {2}rewind (\w+)/gm)).toEqual([
    "  rewind demo",
    "  rewind login",
    "  rewind xref",
  ]);
  const known = await createNewUser();
  await known.rewind(["login", "--stdin"], { stdin: JSON.stringify(buildSavedSettings(known)) });
  const connected = await known.rewind([], onScreen);
  expect(connected.stdout.match(/^ {2}rewind (\w+)/gm)).toEqual(["  rewind sync", "  rewind xref"]);
});

test("without the collection it shows the plays, and how to continue", async () => {
  const fixture = await createCliFixture({ records: 20, albums: 15, plays: 100 });
  await fixture.rewind(["sync", "--only", "lastfm", "--quiet"]);
  const { code, stdout } = await fixture.rewind([], onScreen);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Shelf {8}your records are not known yet +rewind sync\nPlays {8}100 plays +rewind top\n/,
  );
  withHomeCache(fixture.home, (database) => database.exec("DELETE FROM publication WHERE step = 'history'"));
  expect((await fixture.rewind([], onScreen)).stdout).toMatch(/^Plays {8}100 plays so far +rewind top$/m);
  const stranger = await createNewUser();
  const history = join(stranger.home, "plays.csv");
  writeFileSync(history, "artist,album,track,date\nCan,Tago Mago,Mushroom,2026-03-10 20:00\n");
  await stranger.rewind(["import", history]);
  expect((await stranger.rewind([], onScreen)).stdout).toMatch(
    /^Shelf {8}your records are not known yet +rewind login\nPlays {8}1 play +rewind top\nLast week {4}1 play, 1 album /,
  );
  expect(JSON.parse((await stranger.rewind(["--json"])).stdout)).toMatchObject({
    records: 0,
    synced_at: null,
  });
});
