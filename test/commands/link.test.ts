import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/open-cache.ts";
import { lockSync } from "../../src/store/file/file-lock.ts";
import { runCli, runCliJson, type CliResult } from "../support/run-cli.ts";
import { everyCase, nowUts, smallShelf, type SmallShelf } from "../support/small-shelf.ts";

const now = nowUts * 1000 + 7_200_000;

interface Explained {
  readonly decision: object;
  readonly credited: readonly { readonly id: number; readonly rule: string }[];
}

async function explained(
  shelf: SmallShelf,
  record: string,
): Promise<{ decision: object; credited: number[] }> {
  const { decision, credited } = (await runCliJson(["explain", record, "--json"], {
    home: shelf.home,
    now,
  })) as Explained;
  return { decision, credited: credited.map(({ id }) => id) };
}

async function done(shelf: SmallShelf, ...argv: string[]): Promise<CliResult> {
  const result = await runCli(argv, { home: shelf.home, now, env: { TZ: "UTC" } });
  expect(result).toMatchObject({ code: 0, stderr: "" });
  return result;
}

const byUser = { match_type: "exact", match_confidence: 1, rule: "user", decided_by: "user" };

test("--not removes an album, --add adds one, and --clear goes back to the matcher", async () => {
  const shelf = await smallShelf(everyCase);
  const before = await explained(shelf, "1");
  expect(before.credited).toEqual([1, 4, 14]);
  const { stdout } = await done(shelf, "link", "1", "--not", "a14", "--add", "smells like teen spirit");
  expect(stdout).toBe(
    `#1 Nirvana · Nevermind: 299 plays of 3 albums: a1 Nevermind (214), a4 Nevermind (Remastered) (71),
a15 Smells Like Teen Spirit - Single (14).
Applies to r6872464. Undo: rewind link 1 --clear
Not decided for another pressing of it: rewind link 2 …
`,
  );
  expect(await explained(shelf, "1")).toEqual({ decision: byUser, credited: [1, 4, 15] });
  expect((await explained(shelf, "2")).credited).toEqual([1, 4, 14]);
  await done(shelf, "link", "1", "--clear");
  expect(await explained(shelf, "1")).toEqual(before);
});

test("several albums can be credited to a box, and it shows as yours", async () => {
  const shelf = await smallShelf(everyCase);
  await done(shelf, "link", "five years", "--add", "a3,a6");
  const row = (await done(shelf, "xref", "five years")).stdout;
  expect(row).toContain("201");
  expect(row.trimEnd().endsWith("you")).toBe(true);
});

test("a decision applies to all copies, --this-copy to one, and the copy's own decision wins", async () => {
  const shelf = await smallShelf(everyCase);
  await done(shelf, "link", "10", "--none");
  const none = { match_type: "none", match_confidence: 0, rule: "user", decided_by: "user" };
  expect(await explained(shelf, "11")).toEqual({ decision: none, credited: [] });
  await done(shelf, "link", "11", "--only", "a10", "--this-copy");
  expect(await explained(shelf, "11")).toEqual({ decision: byUser, credited: [10] });
  expect(await explained(shelf, "10")).toEqual({ decision: none, credited: [] });
  await done(shelf, "link", "11", "--clear");
  expect((await explained(shelf, "10")).decision).toMatchObject({ decided_by: "matcher" });
  expect((await explained(shelf, "11")).decision).toMatchObject({ decided_by: "matcher" });
});

test("words mean every pressing of the album, and a list of numbers each of them", async () => {
  const shelf = await smallShelf(everyCase);
  await done(shelf, "link", "nevermind", "--only", "a1");
  expect((await explained(shelf, "1")).credited).toEqual([1]);
  expect((await explained(shelf, "2")).credited).toEqual([1]);
  await done(shelf, "link", "1,2", "--clear");
  expect((await explained(shelf, "2")).credited).toEqual([1, 4, 14]);
});

test("a decision survives a full sync, a removed release and a removed album", async () => {
  const shelf = await smallShelf(everyCase);
  await done(shelf, "link", "6", "--add", "a7");
  await shelf.resync(everyCase);
  expect((await explained(shelf, "6")).decision).toEqual(byUser);
  const albums = everyCase.albums.filter(({ plays }) => plays !== 58);
  await shelf.resync({ ...everyCase, albums });
  const { stdout } = await done(shelf, "explain", "6");
  expect(stdout).toContain("NOTHING TO CREDIT");
  expect(stdout).toContain(
    "Not in your plays now: Godspeed You! Black Emperor · Lift Your Skinny Fists Like Antennas",
  );
  expect((await done(shelf, "links")).stdout).toContain("(not in your plays now)");
  const records = everyCase.records.filter(({ release }) => release !== 3001);
  await shelf.resync({ ...everyCase, records });
  expect((await done(shelf, "links")).stdout).toContain("r3001");
  await shelf.resync(everyCase);
  const again = await runCliJson(["explain", "r3001", "--json"], { home: shelf.home, now });
  expect(again).toMatchObject({
    decision: byUser,
    credited: [{ album_name: "Lift Your Skinny Fists Like Antennas", rule: "user" }],
  });
});

test("during a sync a decision is saved, and applied by the next reading command", async () => {
  const shelf = await smallShelf(everyCase);
  const lock = lockSync(shelf.path);
  const { code, stdout } = await runCli(["link", "9", "--add", "a16"], { home: shelf.home, now });
  expect(code).toBe(0);
  expect(stdout.replaceAll("\n", " ")).toContain("A sync is running: this takes effect when it ends.");
  expect((await explained(shelf, "9")).credited).toEqual([]);
  lock.release();
  expect((await explained(shelf, "9")).credited).toEqual([16]);
});

test("--json prints the explanation as it is now", async () => {
  const shelf = await smallShelf(everyCase);
  const answer = await runCliJson(["link", "6", "--add", "a7", "--json"], { home: shelf.home, now });
  expect(answer).toEqual(await runCliJson(["explain", "6", "--json"], { home: shelf.home, now }));
});

test.for<[string, ...string[]]>([
  ["no record given"],
  ["no decision given", "3"],
  ["--only can't be combined", "3", "--only", "a1", "--add", "a2"],
  ["--none can't be combined", "3", "--none", "--clear"],
  ["no album a99 in your plays", "3", "--add", "a99"],
  ['"blue" is ambiguous: 3 albums on the shelf fit', "blue", "--none"],
  ["--this-copy needs one copy: #1, #2", "nevermind", "--none", "--this-copy"],
])("%s", async ([message, ...argv]) => {
  const shelf = await smallShelf(everyCase);
  const { code, stdout, stderr } = await runCli(["link", ...argv], { home: shelf.home, now });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  const database = openDatabase(shelf.path, { mode: "read" });
  expect(database?.prepare("SELECT count(*) FROM decision").pluck().get()).toBe(0);
  database?.close();
});
