// Two syncs of one cache, whatever names it goes by: one works, and what it publishes is whole.
import { EventEmitter, once } from "node:events";
import { linkSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/open-cache.ts";
import type { RewindError } from "../../src/model/errors.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { createSyncFixture } from "./fixture.ts";
import { startSync } from "./run-and-kill.ts";
import { findFileFaults, readSnapshot, buildExpectedSnapshot } from "./snapshot.ts";
import { openCache } from "../support/filled-cache.ts";
import { isFullRun } from "../support/sampling.ts";

const roundCount = Number(process.env["REWIND_TWO_SYNCS"] ?? 1);

const toError = (error: unknown): unknown => error;

/** Each gives the cache a second name, and returns the path for the second sync. */
const ways: Readonly<Record<string, (path: string) => string>> = {
  "the same name": (path) => path,
  "a symbolic link": (path) => {
    const link = join(createTempDirectory("rewind-link"), "other.db");
    symlinkSync(path, link);
    return link;
  },
  "a linked directory": (path) => {
    const link = join(createTempDirectory("rewind-link"), "data");
    symlinkSync(dirname(path), link);
    return join(link, "rewind.db");
  },
  "a hard link": (path) => {
    const link = join(dirname(path), "other.db");
    linkSync(path, link);
    return link;
  },
};

const trials = (isFullRun ? Object.keys(ways) : ["a symbolic link"]).flatMap((way) =>
  Array.from({ length: roundCount }, (_, round) => [way, round]),
);

/** More requests at once than the lanes of one sync: a second sync is running. */
const maxConcurrentRequests = 8;

test.each(trials as [string, number][])(
  "lets only one of two syncs succeed under %s, round %i",
  { timeout: 60_000 },
  async (way, round) => {
    const fixture = await createSyncFixture({
      records: 220,
      wants: 110,
      albums: 200,
      plays: 1_500,
      seed: round + 1,
    });
    const path = join(createTempDirectory("rewind-two"), "rewind.db");
    openDatabase(path, { mode: "write" })?.close();
    const stage = new EventEmitter();
    const isOver = once(stage, "over");
    let second: ReturnType<typeof startSync>["ended"] | undefined;
    let seen = 0;
    let held = 0;
    // The first sync is held in its midst until the second has come and gone.
    const waitForSecondSync = async (): Promise<void> => {
      seen += 1;
      if (seen < 6 + (round % 20)) return;
      second ??= startSync(fixture, ways[way]?.(path) ?? path).ended.finally(() => stage.emit("over"));
      held += 1;
      if (held > maxConcurrentRequests) stage.emit("over");
      await isOver;
    };
    fixture.discogsServer.behaviour.onRequest = waitForSecondSync;
    fixture.lastfmServer.behaviour.onRequest = waitForSecondSync;
    const first = await startSync(fixture, path).ended;
    const other = await second;
    const endings = [first, other].toSorted((a, b) => Number(a?.code) - Number(b?.code));
    expect(endings.map((ending) => ending?.code)).toEqual([0, 1]);
    expect(endings[1]?.stderr).toMatch(/another sync of this cache|hard links/);
    const database = openCache(path);
    expect(readSnapshot(database)).toMatchObject(buildExpectedSnapshot(fixture.discogs, fixture.lastfm));
    expect(findFileFaults(database)).toEqual([]);
    database.close();
  },
);

test("lost staged rows are not published; the next sync begins again", async () => {
  const fixture = await createSyncFixture({ records: 20, wants: 0, albums: 300, plays: 4_500 });
  let isDone = false;
  fixture.lastfmServer.behaviour.onRequest = () => {
    if (isDone) return;
    const other = openDatabase(fixture.path, { mode: "write" });
    const { changes } = other?.prepare("DELETE FROM staged_scrobble WHERE uts % 2 = 0").run() ?? {
      changes: 0,
    };
    isDone = changes > 0;
    other?.close();
  };
  const { failures } = await fixture.sync({ only: "listening" });
  expect(isDone).toBe(true);
  expect(failures.map(({ exitCode, message }) => [exitCode, message])).toEqual([
    [1, expect.stringMatching(/^4500 rows of the history were read, but \d+ were staged/)],
  ]);
  expect(fixture.database.prepare("SELECT count(*) FROM scrobble").pluck().get()).toBe(0);
  expect(await fixture.sync()).toMatchObject({ complete: true });
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
});

test("does not publish rows of another checkpoint", async () => {
  const fixture = await createSyncFixture({ records: 420, wants: 5, albums: 30, plays: 50 });
  fixture.discogsServer.behaviour.onRequest = (_, { path, query }) => {
    if (!path.endsWith("/releases") || query["page"] !== "3") return;
    const other = openDatabase(fixture.path, { mode: "write" });
    other?.exec("UPDATE staged_record SET checkpoint_id = 1, last_round = 99");
    other?.close();
  };
  const summary = await fixture.sync({ only: "collection" });
  expect(summary.failures).toEqual([]);
  expect(fixture.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(420);
});

test("a second sync in this process is refused", async () => {
  const fixture = await createSyncFixture(
    { records: 60, wants: 5, plays: 500 },
    { discogs: { latencyMs: 50 } },
  );
  const first = fixture.sync();
  const { exitCode, message } = (await fixture.sync().catch(toError)) as RewindError;
  expect([exitCode, message]).toEqual([1, expect.stringContaining(`process ${process.pid}`)]);
  expect(await first).toMatchObject({ complete: true });
  expect(await fixture.sync()).toMatchObject({ complete: true });
});
