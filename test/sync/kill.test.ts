// kill -9 at any moment: the cache is whole at once, and the next sync ends where an undisturbed one does.
import { join } from "node:path";
import { expect, test } from "vitest";
import { pickInteger, pickItem, createSeededRandom } from "../support/random.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { createSyncFixture, startMs } from "./fixture.ts";
import { runAndKill } from "./run-and-kill.ts";
import { type Snapshot, findFileFaults, readSnapshot, buildExpectedSnapshot } from "./snapshot.ts";
import { openCache } from "../support/filled-cache.ts";
import { getRoundCount } from "../support/sampling.ts";

const kills = getRoundCount("REWIND_KILLS", { few: 2, whole: 3 });
const seed = Number(process.env["REWIND_KILL_SEED"] ?? 1);

const patience = { timeout: 180_000 + kills * 10_000 };

function readState(path: string): { found: Snapshot; faults: unknown[]; leftovers: unknown[] } {
  const database = openCache(path);
  const countRows = (table: string): unknown =>
    database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  const looked = {
    found: readSnapshot(database),
    faults: findFileFaults(database),
    leftovers: ["checkpoint", "staged_record", "staged_want", "staged_album", "staged_scrobble"].filter(
      (table) => countRows(table) !== 0,
    ),
  };
  database.close();
  return looked;
}

/** Each part of an answer must be that of before or that of after, never something in between. */
function findMixedParts(found: Snapshot, before: Snapshot, after: Snapshot): string[] {
  const parts = ["records", "wants", "albums", "scrobbles"] as const;
  return parts.filter(
    (part) =>
      JSON.stringify(found[part]) !== JSON.stringify(before[part]) &&
      JSON.stringify(found[part]) !== JSON.stringify(after[part]),
  );
}

test(`leaves the old or the new lists after ${kills} kills`, patience, async () => {
  const random = createSeededRandom(seed);
  const fixture = await createSyncFixture({ records: 220, wants: 110, albums: 1_100, plays: 2_500, seed });
  await fixture.sync();
  const after = readSnapshot(fixture.database);
  const emptyPath = join(createTempDirectory("rewind-kill"), "rewind.db");
  const before = readState(emptyPath).found;
  const problems: unknown[] = [];
  const endings: string[] = [];

  /** Kills syncs of one cache until one ends by itself; returns how many were killed. */
  async function killUntilDone(most: number): Promise<number> {
    const path = join(createTempDirectory("rewind-kill"), "rewind.db");
    for (let killed = 0; ;) {
      const moment = { requests: pickInteger(random, 1, 24), ms: pickInteger(random, 0, 60) };
      const ending = await runAndKill(fixture, path, startMs + killed * 1000, killed < most ? moment : null);
      const { found, faults, leftovers } = readState(path);
      problems.push(...faults, ...findMixedParts(found, before, after).map((part) => ({ moment, part })));
      if (!ending.killed) {
        endings.push(JSON.stringify(found) === JSON.stringify(after) ? "as undisturbed" : "different");
        problems.push(...leftovers);
        return killed;
      }
      killed += 1;
    }
  }

  for (let left = kills; left > 0;) left -= Math.max(1, await killUntilDone(left));
  expect(problems).toEqual([]);
  expect(new Set(endings)).toEqual(new Set(["as undisturbed"]));
});

test("a sync that is killed again and again ends with the current lists", patience, async () => {
  const random = createSeededRandom(seed + 77);
  const fixture = await createSyncFixture({
    records: 220,
    wants: 110,
    albums: 300,
    plays: 2_500,
    seed: seed + 1,
  });
  const { records, wants } = fixture.discogs.shelf;
  const { plays } = fixture.lastfm.listener;
  const path = join(createTempDirectory("rewind-kill"), "rewind.db");
  const problems: unknown[] = [];
  let nowMs = startMs;
  for (let kill = 0; kill < kills; kill += 1) {
    await runAndKill(fixture, path, nowMs, {
      requests: pickInteger(random, 3, 20),
      ms: pickInteger(random, 0, 30),
    });
    problems.push(...readState(path).faults);
    nowMs += 60_000;
    const like = pickItem(random, records.rows);
    const change = pickInteger(random, 1, 4);
    if (change === 1) {
      records.add({ ...like, instanceId: 90_000_000 + kill, dateAdded: "2025-11-01T10:00:00-07:00" });
    }
    if (change === 2) records.remove((row) => row === like);
    if (change === 3) wants.remove((row) => row === pickItem(random, wants.rows));
    plays.add({ ...pickItem(random, plays.rows), uts: nowMs / 1000 - pickInteger(random, 0, 10 * 86_400) });
  }
  await runAndKill(fixture, path, nowMs, null);
  // Rows read before the kill may have gone since: an ordinary sync notices.
  await runAndKill(fixture, path, nowMs + 60_000, null);
  const { found, faults, leftovers } = readState(path);
  expect([...problems, ...faults, ...leftovers]).toEqual([]);
  expect(found).toMatchObject(buildExpectedSnapshot(fixture.discogs, fixture.lastfm));
});
