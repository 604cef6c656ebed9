// A disk that is full at any point of a sync or an import: the cache stays whole, and nothing is half published.
import { expect, test } from "vitest";
import { importDecisions } from "../../src/actions/import-decisions.ts";
import { commitDecision, refreshMatches } from "../../src/actions/apply-decision.ts";
import { buildExportDocument, parseExportDocument } from "../../src/store/decisions/decision-document.ts";
import { generateServiceData } from "../support/generated-data.ts";
import { createSyncFixture, type SyncFixture } from "./fixture.ts";
import { findFileFaults, readSnapshot, buildExpectedSnapshot, type Snapshot } from "./snapshot.ts";
import { sampleItems } from "../support/sampling.ts";

/** Lets the cache grow by this many pages; null: without a limit. */
function allowPages({ database }: SyncFixture, more: number | null): void {
  const pages = database.pragma("page_count", { simple: true }) as number;
  database.pragma(`max_page_count = ${more === null ? 1_000_000 : pages + more}`);
}

function addRows({ discogs, lastfm }: SyncFixture): void {
  const more = generateServiceData({ records: 130, wants: 110, albums: 200, plays: 700, seed: 2 });
  for (const row of more.discogs.shelf.records.rows) {
    discogs.shelf.records.add({ ...row, instanceId: row.instanceId + 1_000_000 });
  }
  for (const row of more.discogs.shelf.wants.rows) {
    discogs.shelf.wants.add({ ...row, release: { ...row.release, id: row.release.id + 1_000_000 } });
  }
  for (const play of more.lastfm.listener.plays.rows) if (play.uts > 0) lastfm.listener.plays.add(play);
}

const listings = [
  ["records"],
  ["wants"],
  ["albums"],
  ["scrobbles"],
] as const satisfies readonly (readonly (keyof Snapshot)[])[];

test.each(sampleItems("full disk", [0, 10, 60, 130, 400], 2))(
  "leaves each listing old or new with room for %i more pages, and completes it in the next sync",
  async (more) => {
    const fixture = await createSyncFixture({ records: 130, wants: 20, albums: 200, plays: 400 });
    await fixture.sync();
    const before = readSnapshot(fixture.database);
    addRows(fixture);
    const after = buildExpectedSnapshot(fixture.discogs, fixture.lastfm);
    fixture.clock.nowMs += 60_000;
    allowPages(fixture, more);
    const summary = await fixture.sync({ full: true }).catch((error: unknown) => ({ failures: [error] }));
    for (const failure of summary.failures) {
      expect(failure).toMatchObject({
        exitCode: 1,
        message: expect.stringMatching(/disk is full/) as string,
      });
    }
    const found = readSnapshot(fixture.database);
    for (const [name] of listings) {
      const expected = summary.failures.length === 0 ? [after[name]] : [before[name], after[name]];
      expect(expected).toContainEqual(found[name]);
    }
    expect(findFileFaults(fixture.database)).toEqual([]);
    allowPages(fixture, null);
    fixture.clock.nowMs += 60_000;
    expect(await fixture.sync({ full: true })).toMatchObject({ complete: true });
    expect(readSnapshot(fixture.database)).toMatchObject(after);
  },
);

test("an import into a full disk changes nothing, and says so", async () => {
  const fixture = await createSyncFixture({ records: 50, wants: 0, albums: 50, plays: 60 });
  await fixture.sync();
  const before = buildExportDocument(fixture.database);
  const decided_at = "2026-03-14T12:00:00Z";
  const decisions = Array.from({ length: 600 }, (_, at) => ({
    release_id: at + 1,
    instance_id: null,
    mode: "only",
    add: [{ artist: `Artist ${at}`, album: `Title ${at}` }],
    not: [],
    decided_at,
  }));
  const read = parseExportDocument(JSON.stringify({ version: 2, decisions, aliases: [] }));
  const importDocument = (): unknown =>
    commitDecision(fixture.database, () => importDecisions(fixture.database, read));
  allowPages(fixture, 5);
  expect(importDocument).toThrow(/the disk is full/);
  expect(buildExportDocument(fixture.database)).toEqual(before);
  expect(findFileFaults(fixture.database)).toEqual([]);
  allowPages(fixture, null);
  importDocument();
  expect(buildExportDocument(fixture.database)["decisions"]).toHaveLength(600);
});

test("if the matches can't follow decisions on a full disk, the decisions are kept, and the error says so", async () => {
  const fixture = await createSyncFixture({ records: 50, wants: 0, albums: 50, plays: 60 });
  await fixture.sync();
  const add = fixture.database.prepare("SELECT artist, title AS album FROM album").all();
  const decisions = fixture.discogs.shelf.records.rows.map(({ release }) => ({
    release_id: release.id,
    instance_id: null,
    mode: "only",
    add,
    not: [],
    decided_at: "2026-03-14T12:00:00Z",
  }));
  const read = parseExportDocument(JSON.stringify({ version: 2, decisions, aliases: [] }));
  commitDecision(fixture.database, () => importDecisions(fixture.database, read));
  allowPages(fixture, 0);
  await expect(refreshMatches(fixture.database)).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/^your decisions are saved, .* the disk is full/),
  });
  expect(buildExportDocument(fixture.database)["decisions"]).not.toEqual([]);
  allowPages(fixture, null);
  expect(await refreshMatches(fixture.database)).not.toBe("later");
  expect(findFileFaults(fixture.database)).toEqual([]);
});
