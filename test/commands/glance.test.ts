import { expect, test } from "vitest";
import { createCliFixture } from "../support/cli-fixture.ts";
import { createNewUser, buildSavedSettings } from "../support/new-user.ts";
import { noon, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

const day = 24 * 60 * 60 * 1000;
const onScreen = { tty: true, columns: 80, env: { NO_COLOR: "1" } } as const;

const findTonightLine = (text: string): string => /^Tonight .*/m.exec(text)?.[0] ?? "";

test("rewind alone shows the shelf at a glance", async () => {
  const home = await sampleHome();
  const { code, stdout, stderr } = await runCli([], { home, ...onScreen });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatchInlineSnapshot(`
    "Shelf      46 of 64 records played (71.9%) · never 18
    Last week  47 plays, 4 albums · most: D'Angelo, Voodoo (14)
    Tonight    #55 Arthur Russell, World Of Echo
               LP, 1986, rated 4, last 1 year 4 months ago
    To review  1 match: rewind review
    Synced     a moment ago, to update: rewind sync

    rewind xref · rewind stats · rewind gaps · rewind pick · rewind --help
    "
  `);
});

test("rewind alone shows the same in a pipe", async () => {
  const home = await sampleHome();
  const { stdout } = await runCli([], { home, ...onScreen });
  // A pipe is wider than the terminal.
  const { stdout: piped } = await runCli([], { home });
  expect(piped.replaceAll(/ · |\s+/g, " ")).toBe(stdout.replaceAll(/ · |\s+/g, " "));
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
  expect(stdout).toMatch(/^Last week {2}not known, last synced 40 days ago$/m);
  expect(stdout).toMatch(/^Synced {5}40 days ago, to update: rewind sync$/m);
});

test("a hidden history is reported as hidden", async () => {
  const fixture = await createCliFixture({ records: 20, albums: 15, plays: 100 });
  Object.assign(fixture.worlds.lastfm.listener, { hidden: true });
  await fixture.rewind(["sync", "--quiet"]);
  const { stdout } = await fixture.rewind([], onScreen);
  expect(stdout).toMatch(/^Last week {2}unknown, the listening history is hidden on Last\.fm$/m);
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

test("without the collection it says how to continue", async () => {
  const fixture = await createCliFixture({ records: 20, albums: 15, plays: 100 });
  await fixture.rewind(["sync", "--only", "lastfm", "--quiet"]);
  const { code, stdout } = await fixture.rewind([], onScreen);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^The Discogs collection is not synced yet\. Your accounts are connected\. Next:$/m);
});
