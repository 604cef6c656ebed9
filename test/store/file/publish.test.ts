// Publishing: what is written, and above all what isn't.
import { expect, test } from "vitest";
import type { Album, CollectionRecord, Release } from "../../../src/model/model.ts";
import { publishAlbums, toStagedAlbum } from "../../../src/store/shelf/stored-albums.ts";
import type { Database } from "../../../src/store/file/database.ts";
import {
  publishRecords,
  publishWants,
  toStagedRecord,
  toStagedWant,
} from "../../../src/store/shelf/stored-records.ts";
import { deleteCheckpoint, stageRows } from "../../../src/store/file/listings.ts";
import { generateRecords, generateTitles } from "../../support/generated-data.ts";
import { createTestCache } from "../../support/filled-cache.ts";

/** How many rows a publication wrote, staging aside. */
function countWrittenRows(database: Database, publish: () => unknown): number {
  const readTotalChanges = (): number => database.prepare("SELECT total_changes()").pluck().get() as number;
  const before = readTotalChanges();
  publish();
  return readTotalChanges() - before;
}

function publishCollection(database: Database, rows: readonly CollectionRecord[]) {
  deleteCheckpoint(database, "collection");
  stageRows(database, "collection", rows.map(toStagedRecord), { checkpointId, round: 1 });
  return publishRecords(database, { checkpointId, since: 1 }, { isWhole: true });
}

const sampleRecords = generateRecords(generateTitles(80), 120);
const checkpointId = 7;
const isWhole = { isWhole: true };
const nothing = { added: 0, updated: 0, removed: 0 };

test("writes nothing if the same collection is published again", () => {
  const database = createTestCache();
  expect(publishCollection(database, sampleRecords)).toEqual({ added: 120, updated: 0, removed: 0 });
  deleteCheckpoint(database, "collection");
  stageRows(database, "collection", sampleRecords.map(toStagedRecord), { checkpointId, round: 1 });
  expect(
    countWrittenRows(database, () => publishRecords(database, { checkpointId, since: 1 }, { isWhole: true })),
  ).toBe(0);
});

test("a release that changed updates all its copies and replaces its lists", () => {
  const database = createTestCache();
  const first = sampleRecords[0];
  if (!first) throw new Error("an empty shelf");
  const copies = [first, { ...first, instanceId: first.instanceId + 1 }];
  publishCollection(database, copies);
  const release: Release = { ...first.release, title: "Another Title", artists: [], labels: [] };
  expect(
    publishCollection(
      database,
      copies.map((row) => ({ ...row, release })),
    ),
  ).toEqual({ added: 0, updated: 2, removed: 0 });
  expect(database.prepare("SELECT count(*) FROM release_artist").pluck().get()).toBe(0);
  expect(database.prepare("SELECT title FROM release").pluck().all()).toEqual(["Another Title"]);
});

test("keeps a release until it leaves both lists", () => {
  const database = createTestCache();
  const first = sampleRecords[0];
  if (!first) throw new Error("an empty shelf");
  const want = {
    release: { ...first.release, title: "As the wantlist has it" },
    rating: 0,
    dateAdded: null,
    notes: "",
  };
  const publishWantlist = (wants: readonly (typeof want)[]) => {
    deleteCheckpoint(database, "wantlist");
    stageRows(database, "wantlist", wants.map(toStagedWant), { checkpointId, round: 1 });
    return publishWants(database, { checkpointId, since: 1 }, isWhole);
  };
  const readTitles = () => database.prepare("SELECT title FROM release").pluck().all();
  publishCollection(database, [first]);
  expect(publishWantlist([want])).toEqual({ added: 1, updated: 0, removed: 0 });
  expect(publishWantlist([want])).toEqual(nothing);
  expect(readTitles()).toEqual([first.release.title]);
  publishCollection(database, []);
  expect(publishWantlist([want])).toEqual({ added: 0, updated: 1, removed: 0 });
  expect(readTitles()).toEqual(["As the wantlist has it"]);
  expect(publishWantlist([])).toEqual({ added: 0, updated: 0, removed: 1 });
  expect(readTitles()).toEqual([]);
});

const albums: Album[] = Array.from({ length: 20 }, (_, n) => ({
  artist: `A${n}`,
  title: `T${n}`,
  playCount: n + 1,
  mbid: null,
  url: null,
}));

test("keeps album ids, and the larger of two counts in one round", () => {
  const database = createTestCache();
  const stageAlbums = (rows: readonly Album[], round: number): void =>
    stageRows(database, "albums", rows.map(toStagedAlbum), { checkpointId, round });
  stageAlbums(albums, 1);
  stageAlbums([{ ...albums[3], playCount: 2 } as Album], 1);
  expect(publishAlbums(database, { checkpointId, since: 1 }, isWhole)).toEqual({
    added: 20,
    updated: 0,
    removed: 0,
  });
  const plays = "SELECT play_count FROM album WHERE title = 'T3'";
  expect(database.prepare(plays).pluck().get()).toBe(4);
  const id = database.prepare("SELECT id FROM album WHERE title = 'T3'").pluck().get();
  const next = albums.slice(1).map((row, at) => (at === 2 ? { ...row, playCount: 1 } : row));
  stageAlbums(next, 2);
  expect(publishAlbums(database, { checkpointId, since: 2 }, isWhole)).toEqual({
    added: 0,
    updated: 1,
    removed: 1,
  });
  expect(database.prepare("SELECT id, play_count FROM album WHERE title = 'T3'").raw().get()).toEqual([
    id,
    1,
  ]);
});
