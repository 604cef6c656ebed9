import { chmodSync } from "node:fs";
import { expect, test } from "vitest";
import { lockSync } from "../../src/store/file/file-lock.ts";
import { matchRulesFact } from "../../src/store/file/cache-facts.ts";
import { createCommandRunner } from "../support/command-runner.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import {
  allMatchCases,
  nowUts,
  createSmallCollection,
  type SmallCollection,
} from "../support/small-collection.ts";
import { withHomeCache } from "../support/filled-cache.ts";

const now = nowUts * 1000 + 7_200_000;

/** A cache with matches by older rules: Gong was not found, and Nevermind had only one edition. */
async function createOutdatedCache(): Promise<SmallCollection> {
  const shelf = await createSmallCollection(allMatchCases);
  withHomeCache(shelf.home, (database) => {
    database.prepare("UPDATE fact SET value = '0' WHERE name = ?").run(matchRulesFact);
    database.exec(`
      DELETE FROM album_match WHERE record_id = 5 OR (record_id = 1 AND album_id <> 1);
      UPDATE match SET type = 'artist_only', confidence = 0.5, rule = 'artist', album_id = NULL, play_count = 0
      WHERE record_id = 5;
      UPDATE match SET play_count = 214 WHERE record_id = 1;
      UPDATE match SET confidence = 0.7 WHERE record_id = 17;
      UPDATE album_match SET confidence = 0.7 WHERE record_id = 17`);
  });
  return shelf;
}

const runXref = ({ home }: SmallCollection): Promise<CliResult> =>
  runCli(["xref", "gong", "--json"], { home, now });
const found = '"match_type":"exact"';
const notFound = '"match_type":"artist_only"';

test("rematches after new rules at the first reading command, with one notice", async () => {
  const shelf = await createOutdatedCache();
  const first = await runXref(shelf);
  expect(first.stdout).toContain(found);
  expect(first.stderr).toBe(
    "rewind: matched again with the rules of this version: 2 records changed: rewind review --changed\n",
  );
  expect(await runXref(shelf)).toMatchObject({ stdout: first.stdout, stderr: "" });
});

test("review --changed names what changed: what it was, what it is", async () => {
  const shelf = await createOutdatedCache();
  await runXref(shelf);
  const { run, json } = createCommandRunner("review", shelf.home, { now });
  const [exact, artist] = [{ match_type: "exact" }, { match_type: "artist_only", match_confidence: 0.5 }];
  expect(await json("--changed")).toMatchObject({
    changed: [
      {
        record_id: 1,
        before: { ...exact, albums: [{ album_name: "Nevermind" }], play_count: 214 },
        now: { ...exact, albums: [{}, {}, {}], play_count: 304 },
      },
      {
        record_id: 5,
        before: { ...artist, albums: [], play_count: 0 },
        now: { ...exact, albums: [{ artist_name: "Gong", album_name: "You" }], play_count: 40 },
      },
    ],
  });
  expect((await run(["--changed"])).stdout).toMatchInlineSnapshot(`
    "1  Nirvana  Nevermind  214 Nevermind  304 Nevermind +2
    5  Gong     You        artist         40 You
    "
  `);
});

test("during a sync no reading command rematches", async () => {
  const shelf = await createOutdatedCache();
  const lock = lockSync(shelf.path);
  expect(await runXref(shelf)).toMatchObject({ code: 0, stderr: "" });
  expect((await runXref(shelf)).stdout).toContain(notFound);
  lock.release();
  expect((await runXref(shelf)).stdout).toContain(found);
});

test.skipIf(process.getuid?.() === 0)("a read-only cache answers with its old matches", async () => {
  const shelf = await createOutdatedCache();
  chmodSync(shelf.path, 0o400);
  const { code, stdout } = await runXref(shelf);
  expect(code).toBe(0);
  expect(stdout).toContain(notFound);
});
