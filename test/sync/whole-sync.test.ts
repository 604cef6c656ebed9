import { expect, test } from "vitest";
import type { SyncSummary } from "../../src/sync/whole-sync.ts";
import { createSyncFixture } from "./fixture.ts";
import { findFileFaults, readSnapshot, buildExpectedSnapshot } from "./snapshot.ts";

const countRequests = (summary: SyncSummary): Record<string, number> =>
  Object.fromEntries(summary.steps.map((step) => [step.name, step.requests]));

test("a first sync reads every listing once", async () => {
  const fixture = await createSyncFixture({ records: 350, wants: 120, albums: 1500, plays: 3500 });
  const summary = await fixture.sync();
  expect(summary).toMatchObject({ complete: true, failures: [], notices: [] });
  expect(readSnapshot(fixture.database)).toMatchObject(
    buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
  );
  expect(findFileFaults(fixture.database)).toEqual([]);
  // identity, head, folders, fields, four pages, head again; two pages of wants
  // user, one page of albums; four windows of a thousand, each a second short; what a tracklist would settle
  expect(countRequests(summary)).toEqual({
    collection: 9,
    wantlist: 2,
    albums: 2,
    history: 4,
    match: 0,
    tracklists: 14,
  });
  expect(summary.match).not.toBeNull();
  const readPageCount = (name: string): number => Number(fixture.database.pragma(name, { simple: true }));
  expect(
    readPageCount("freelist_count") / readPageCount("page_count"),
    "pages that only the sync needed",
  ).toBeLessThan(0.1);
});

// The first sync of a day also asks for the collection's value: test/commands/collection-value.test.ts.
test("a second sync with nothing new takes five requests and changes nothing", async () => {
  const fixture = await createSyncFixture({ records: 150, wants: 80, plays: 1500 });
  // Nothing was played for a while.
  fixture.lastfm.listener.plays.set(
    fixture.lastfm.listener.plays.rows.map((play) => ({ ...play, uts: Math.max(0, play.uts - 12 * 86_400) })),
  );
  await fixture.sync();
  const before = readSnapshot(fixture.database);
  const changes = fixture.database.pragma("data_version", { simple: true });
  fixture.clock.nowMs += 3_600_000;
  const summary = await fixture.sync();
  expect(countRequests(summary)).toEqual({ collection: 2, wantlist: 1, albums: 1, history: 1, match: 0 });
  expect(summary.steps.map((step) => step.status)).toEqual([
    "unchanged",
    "unchanged",
    "unchanged",
    "unchanged",
    "done",
  ]);
  expect(readSnapshot(fixture.database)).toEqual(before);
  expect(fixture.database.pragma("data_version", { simple: true })).toBe(changes);
});
