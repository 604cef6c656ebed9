import { beforeEach, expect, test } from "vitest";
import type { PickDocument } from "../../src/queries/documents/album-documents.ts";
import { buildRecord } from "../support/filled-cache.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";
import type { CliResult } from "../support/run-cli.ts";

const now = Date.UTC(2024, 1, 29, 12);
const records = [
  buildRecord({ artist: "Can", title: "Tago Mago" }),
  buildRecord({ artist: "Can", title: "Tago Mago (Remastered)" }),
  buildRecord({ artist: "Neu!", title: "Neu! 75" }),
];

let home: string;

beforeEach(async () => {
  home = await createFilledHome({ records, nowMs: now });
});

const runPick = (...argv: readonly string[]): Promise<CliResult> =>
  createCommandRunner("pick", home, { now }).run(argv);

async function readDrawn(atMs = now): Promise<string> {
  const { json } = createCommandRunner<PickDocument>("pick", home, { now: atMs });
  const { data } = await json("-n", "9", "--seed", "1");
  return data
    .map(({ collection }) => collection.title)
    .toSorted()
    .join(", ");
}

const allTitles = "Neu! 75, Tago Mago";

test("snoozes all editions of an album for twelve months", async () => {
  expect(await readDrawn()).toBe(allTitles);
  const { stdout } = await runPick("--snooze", "2");
  expect(stdout).toBe(
    "Can · Tago Mago (Remastered) will not be drawn until 28 Feb 2025. Undo: rewind pick --unsnooze 2\n",
  );
  expect(await readDrawn()).toBe("Neu! 75");
  expect(await readDrawn(Date.UTC(2025, 1, 27, 23))).toBe("Neu! 75");
  expect(await readDrawn(Date.UTC(2025, 1, 28, 1))).toBe(allTitles);
});

test.each([
  ["1d", "1 Mar 2024"],
  ["2w", "14 Mar 2024"],
  ["12mo", "28 Feb 2025"],
  ["6mo", "29 Aug 2024"],
  ["4y", "29 Feb 2028"],
])("--for %s snoozes until %s", async (time, day) => {
  expect((await runPick("--snooze", "3", "--for", time)).stdout).toContain(`until ${day}.`);
});

test("--not excludes an album until --unsnooze names any of its editions", async () => {
  await runPick("--not", "1");
  expect(await readDrawn(Date.UTC(2034, 0, 1))).toBe("Neu! 75");
  const { stdout } = await runPick("--unsnooze", "2");
  expect(stdout).toBe("Can · Tago Mago (Remastered) can be drawn again.\n");
  expect(await readDrawn()).toBe(allTitles);
  expect((await runPick("--unsnooze", "3")).stdout).toBe("Neu! · Neu! 75 was not snoozed.\n");
  await runPick("--not", "1");
  expect((await runPick("--unsnooze", "1,3")).stdout).toBe(
    "Can · Tago Mago can be drawn again. Neu! · Neu! 75 was not snoozed.\n",
  );
});

test("--snoozed lists the albums, and the last decision about an album wins", async () => {
  await runPick("--not", "1");
  await runPick("--snooze", "2", "--for", "1y");
  await runPick("--not", "3");
  const lines = (await runPick("--snoozed")).stdout.trim().split("\n");
  expect(lines.map((line) => line.trim().replace(/\s{2,}/g, " | "))).toEqual([
    "1 | Can | Tago Mago (Remastered) | 2025-02-28 | 2024-02-29",
    "3 | Neu! | Neu! 75 | you undo it | 2024-02-29",
  ]);
  const csv = await runPick("--snoozed", "--as", "csv", "--columns", "title");
  expect(csv.stdout).toBe("title\r\nTago Mago (Remastered)\r\nNeu! 75\r\n");
  const { json, screen } = createCommandRunner("pick", home, { now });
  expect(await json("--snoozed")).toMatchObject({
    snoozes: [
      { record_id: 1, until: "2025-02-28T00:00:00Z" },
      { record_id: 3, until: null },
    ],
  });
  expect(await screen()).toContain("All 2 albums that fit are snoozed.");
});

test.each([
  ["--for 6mo", "--for needs --snooze"],
  ["--snooze 1 --not 1", "--not"],
])("rewind pick %s is refused", async (line, message) => {
  const { code, stderr } = await runPick(...line.split(" "));
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
