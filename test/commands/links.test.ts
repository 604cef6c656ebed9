import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli, runCliJson } from "../support/run-cli.ts";
import { everyCase, nowUts, smallShelf } from "../support/small-shelf.ts";
import { tempDirectory } from "../support/temp.ts";

const now = nowUts * 1000 + 7_200_000;

async function decided(home: string): Promise<string> {
  for (const argv of [
    ["link", "6", "--add", "a7"],
    ["link", "1", "--not", "a14"],
    ["link", "10", "--none", "--this-copy"],
    ["alias", "Fela Ransome Kuti", "Fela Kuti"],
  ]) {
    expect(await runCli(argv, { home, now })).toMatchObject({ code: 0 });
  }
  const { code, stdout } = await runCli(["links", "export"], { home, now });
  expect(code).toBe(0);
  return stdout;
}

async function answers(home: string): Promise<string> {
  const { stdout } = await runCli(["xref", "--json", "--all"], { home, now });
  return stdout;
}

test("exported decisions can be imported into a new cache after its sync", async () => {
  const first = await smallShelf(everyCase);
  const text = await decided(first.home);
  const second = await smallShelf(everyCase);
  expect(await answers(second.home)).not.toBe(await answers(first.home));
  const file = join(second.home, "decisions.json");
  writeFileSync(file, text);
  const { code, stdout } = await runCli(["links", "import", file], { home: second.home, now });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: "Imported 3 decisions and 1 alias: 4 new, 0 changed, 0 unchanged.\n",
  });
  expect(await answers(second.home)).toBe(await answers(first.home));
  expect((await runCli(["links", "export"], { home: second.home, now })).stdout).toBe(text);
});

test("they can be imported before the first sync, from stdin", async () => {
  const first = await smallShelf(everyCase);
  const text = await decided(first.home);
  const second = await smallShelf({});
  const counts = await runCliJson(["links", "import", "-", "--json"], {
    home: second.home,
    now,
    stdin: text,
  });
  expect(counts).toEqual({
    decisions: 3,
    aliases: 1,
    noted_plays: 0,
    hidden_albums: 0,
    snoozes: 0,
    review_notes: 0,
    added: 4,
    changed: 0,
    unchanged: 0,
    without_record: 3,
    without_album: 1,
  });
  await second.resync(everyCase);
  expect(await answers(second.home)).toBe(await answers(first.home));
});

test("an import creates a missing cache, and a second import changes nothing", async () => {
  const text = await decided((await smallShelf(everyCase)).home);
  const home = tempDirectory("rewind-home");
  expect(await runCli(["links", "import", "-"], { home, now, stdin: text })).toMatchObject({ code: 0 });
  const { stdout } = await runCli(["links", "import", "-"], { home, now, stdin: text });
  expect(stdout.split("\n")[0]).toBe("Imported 3 decisions and 1 alias: 0 new, 0 changed, 4 unchanged.");
  expect((await runCli(["links", "export"], { home, now })).stdout).toBe(text);
});

test("a file with a mistake imports nothing", async () => {
  const { home } = await smallShelf(everyCase);
  const good = JSON.parse(await decided((await smallShelf(everyCase)).home)) as { decisions: object[] };
  good.decisions.push({ release_id: "x" });
  const { code, stdout, stderr } = await runCli(["links", "import", "-"], {
    home,
    now,
    stdin: JSON.stringify(good),
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("decisions[3].mode");
  expect(await runCliJson(["links", "--json"], { home, now })).toEqual({ decisions: [] });
  expect(await runCli(["links", "import", "no-such-file"], { home, now })).toMatchObject({
    code: 2,
    stdout: "",
  });
});

test("the list says what was decided, on which record", async () => {
  const { home } = await smallShelf(everyCase);
  await decided(home);
  const { stdout } = await runCli(["links"], { home, now, env: { TZ: "UTC" } });
  expect(stdout).toMatchInlineSnapshot(`
    " 6  Godspeed You! Black Emperor  Lift Your Skinny Fists Like Antennas To Heaven  with a7 Lift Your Skinny Fists Like Antennas  2026-03-14
    10  Miles Davis                  Kind Of Blue                                    this copy: none                               2026-03-14
     1  Nirvana                      Nevermind                                       without a14 Nevermind - Remastered            2026-03-14
    "
  `);
});
