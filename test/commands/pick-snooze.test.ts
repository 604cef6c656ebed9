import { beforeEach, expect, test } from "vitest";
import { fillCache, record } from "../support/filled-cache.ts";
import { runCli, runCliJson, type CliResult } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const now = Date.UTC(2024, 1, 29, 12);
const records = [
  record({ artist: "Can", title: "Tago Mago" }),
  record({ artist: "Can", title: "Tago Mago (Remastered)" }),
  record({ artist: "Neu!", title: "Neu! 75" }),
];

let home: string;

beforeEach(async () => {
  home = tempDirectory();
  await fillCache(home, { records, plays: [], nowMs: now });
});

const rewind = (...argv: readonly string[]): Promise<CliResult> => runCli(argv, { home, now });

interface PickDocument {
  readonly data: readonly { readonly collection: { readonly title: string } }[];
  readonly summary: { readonly albums: number };
}

async function drawn(atMs = now): Promise<string[]> {
  const options = { home, now: atMs };
  const { data } = (await runCliJson(["pick", "-n", "9", "--seed", "1", "--json"], options)) as PickDocument;
  return data.map(({ collection }) => collection.title).toSorted();
}

const everything = ["Neu! 75", "Tago Mago"];

test("an album is snoozed in all its editions, for twelve months", async () => {
  expect(await drawn()).toEqual(everything);
  const { stdout } = await rewind("pick", "--snooze", "2");
  expect(stdout).toBe(
    "Can · Tago Mago (Remastered) will not be drawn until 28 Feb 2025. Undo: rewind pick --unsnooze 2\n",
  );
  expect(await drawn()).toEqual(["Neu! 75"]);
  expect(await drawn(Date.UTC(2025, 1, 27, 23))).toEqual(["Neu! 75"]);
  expect(await drawn(Date.UTC(2025, 1, 28, 1))).toEqual(everything);
});

test.each([
  ["1d", "1 Mar 2024"],
  ["2w", "14 Mar 2024"],
  ["12mo", "28 Feb 2025"],
  ["6mo", "29 Aug 2024"],
  ["4y", "29 Feb 2028"],
])("--for %s is until %s", async (time, day) => {
  expect((await rewind("pick", "--snooze", "3", "--for", time)).stdout).toContain(`until ${day}.`);
});

test("--not holds until it is undone by any edition", async () => {
  await rewind("pick", "--not", "1");
  expect(await drawn(Date.UTC(2034, 0, 1))).toEqual(["Neu! 75"]);
  expect((await rewind("pick", "--unsnooze", "2")).stdout).toBe(
    "Can · Tago Mago (Remastered) can be drawn again.\n",
  );
  expect(await drawn()).toEqual(everything);
  expect((await rewind("pick", "--unsnooze", "2")).stdout).toContain("was not snoozed");
});

test("--snoozed lists the albums, and the last decision about an album wins", async () => {
  await rewind("pick", "--not", "1");
  await rewind("pick", "--snooze", "2", "--for", "1y");
  await rewind("pick", "--not", "3");
  const lines = (await rewind("pick", "--snoozed")).stdout.trim().split("\n");
  expect(lines.map((line) => line.trim().replace(/\s{2,}/g, " | "))).toEqual([
    "1 | Can | Tago Mago (Remastered) | 2025-02-28 | 2024-02-29",
    "3 | Neu! | Neu! 75 | undone | 2024-02-29",
  ]);
  expect(await runCliJson(["pick", "--snoozed", "--json"], { home, now })).toMatchObject({
    snoozes: [
      { record_id: 1, until: "2025-02-28T00:00:00Z" },
      { record_id: 3, until: null },
    ],
  });
  const nothing = await runCli(["pick"], { home, now, tty: true });
  expect(nothing.stdout).toContain("All 2 albums that fit are snoozed.");
});

test.each([
  [["pick", "--for", "6mo"], "--for needs --snooze"],
  [["pick", "--snooze", "1", "--for", "soon"], "--for takes a time"],
  [["pick", "--snooze", "no such record"], "no record has"],
  [["pick", "--snooze", "1", "--not", "1"], "--not"],
])("%j is refused", async (argv, message) => {
  const { code, stderr } = await rewind(...argv);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
