import { expect, test } from "vitest";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { everyCase, nowUts, smallShelf } from "../support/small-shelf.ts";

const now = nowUts * 1000 + 7_200_000;
const rewind = (home: string, argv: readonly string[], stdin = ""): Promise<CliResult> =>
  runCli(argv, { home, now, env: { TZ: "UTC" }, stdin });
const exported = async (home: string): Promise<string> => (await rewind(home, ["links", "export"])).stdout;
const answers = async (home: string): Promise<string> =>
  (await rewind(home, ["xref", "--json", "--all"])).stdout;

/** A shelf with four decisions, and their export. */
async function decided(): Promise<{ home: string; text: string }> {
  const { home } = await smallShelf(everyCase);
  for (const argv of [
    ["link", "6", "--add", "a7"],
    ["link", "1", "--not", "a14"],
    ["link", "10", "--none", "--this-copy"],
    ["alias", "Fela Ransome Kuti", "Fela Kuti"],
  ])
    expect(await rewind(home, argv)).toMatchObject({ code: 0 });
  return { home, text: await exported(home) };
}

test("exported decisions can be imported into a new cache after its sync, and before it", async () => {
  const { home, text } = await decided();
  const synced = await smallShelf(everyCase);
  expect(await answers(synced.home)).not.toBe(await answers(home));
  const file = join(synced.home, "decisions.json");
  writeFileSync(file, text);
  const told = "Imported: decisions 3, aliases 1. 4 new, 0 changed, 0 unchanged.\n";
  expect(await rewind(synced.home, ["links", "import", file])).toMatchObject({ code: 0, stdout: told });
  expect(await answers(synced.home)).toBe(await answers(home));
  expect(await exported(synced.home)).toBe(text);
  const again = await rewind(synced.home, ["links", "import", file]);
  expect(again.stdout).toBe("Imported: decisions 3, aliases 1. 0 new, 0 changed, 4 unchanged.\n");

  const empty = await smallShelf({});
  const { stdout } = await rewind(empty.home, ["links", "import", "-", "--json"], text);
  expect(JSON.parse(stdout)).toEqual({
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
  await empty.resync(everyCase);
  expect(await answers(empty.home)).toBe(await answers(home));
});

test("a file with a mistake imports nothing", async () => {
  const { home } = await smallShelf(everyCase);
  const wrong = JSON.parse((await decided()).text) as { decisions: object[] };
  wrong.decisions.push({ release_id: "x" });
  const { code, stdout, stderr } = await rewind(home, ["links", "import", "-"], JSON.stringify(wrong));
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("decisions[3].release_id");
  expect(JSON.parse((await rewind(home, ["links", "--json"])).stdout)).toEqual({ decisions: [] });
  expect(await rewind(home, ["links", "import", "no-such-file"])).toMatchObject({ code: 2, stdout: "" });
});

test("the list says what was decided, on which record", async () => {
  const { home } = await decided();
  expect((await rewind(home, ["links"])).stdout).toMatchInlineSnapshot(`
    " 6  Godspeed You! Black Emperor  Lift Your Skinny Fists Like Antennas To Heaven  with a7 Lift Your Skinny Fists Like Antennas  2026-03-14
    10  Miles Davis                  Kind Of Blue                                    this copy: none                               2026-03-14
     1  Nirvana                      Nevermind                                       without a14 Nevermind - Remastered            2026-03-14
    "
  `);
});
