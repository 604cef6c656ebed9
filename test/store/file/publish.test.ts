// Publishing: what is written, and above all what isn't.
import { expect, test } from "vitest";
import type { Album, CollectionRecord, Release } from "../../../src/model/model.ts";
import { publishAlbums, stagedAlbum } from "../../../src/store/shelf/stored-albums.ts";
import type { Database } from "../../../src/store/file/database.ts";
import {
  publishRecords,
  publishWants,
  stagedRecord,
  stagedWant,
} from "../../../src/store/shelf/stored-records.ts";
import { dropWalk, stageRows } from "../../../src/store/file/listings.ts";
import { inventRecords, inventTitles } from "../../support/generate.ts";
import { newCache } from "../../support/filled-cache.ts";

/** How many rows a publication wrote, staging aside. */
function written(database: Database, publish: () => unknown): number {
  const count = (): number => database.prepare("SELECT total_changes()").pluck().get() as number;
  const before = count();
  publish();
  return count() - before;
}

function publishAll(database: Database, rows: readonly CollectionRecord[]) {
  dropWalk(database, "collection");
  stageRows(database, "collection", rows.map(stagedRecord), { walkId, round: 1 });
  return publishRecords(database, { walkId, since: 1 }, { isWhole: true });
}

const shelf = inventRecords(inventTitles(80), 120);
const walkId = 7;
const isWhole = { isWhole: true };
const nothing = { added: 0, updated: 0, removed: 0 };

test("the same shelf a second time writes nothing", () => {
  const database = newCache();
  expect(publishAll(database, shelf)).toEqual({ added: 120, updated: 0, removed: 0 });
  dropWalk(database, "collection");
  stageRows(database, "collection", shelf.map(stagedRecord), { walkId, round: 1 });
  expect(written(database, () => publishRecords(database, { walkId, since: 1 }, { isWhole: true }))).toBe(0);
});

test("a release that changed updates all its copies and replaces its lists", () => {
  const database = newCache();
  const first = shelf[0];
  if (!first) throw new Error("an empty shelf");
  const copies = [first, { ...first, instanceId: first.instanceId + 1 }];
  publishAll(database, copies);
  const release: Release = { ...first.release, title: "Another Title", artists: [], labels: [] };
  expect(
    publishAll(
      database,
      copies.map((row) => ({ ...row, release })),
    ),
  ).toEqual({ added: 0, updated: 2, removed: 0 });
  expect(database.prepare("SELECT count(*) FROM release_artist").pluck().get()).toBe(0);
  expect(database.prepare("SELECT title FROM release").pluck().all()).toEqual(["Another Title"]);
});

test("the shelf describes a release on both lists, which goes when it leaves both", () => {
  const database = newCache();
  const first = shelf[0];
  if (!first) throw new Error("an empty shelf");
  const want = {
    release: { ...first.release, title: "As the wantlist has it" },
    rating: 0,
    dateAdded: null,
    notes: "",
  };
  const publishWanted = (wants: readonly (typeof want)[]) => {
    dropWalk(database, "wantlist");
    stageRows(database, "wantlist", wants.map(stagedWant), { walkId, round: 1 });
    return publishWants(database, { walkId, since: 1 }, isWhole);
  };
  const titles = () => database.prepare("SELECT title FROM release").pluck().all();
  publishAll(database, [first]);
  expect(publishWanted([want])).toEqual({ added: 1, updated: 0, removed: 0 });
  expect(publishWanted([want])).toEqual(nothing);
  expect(titles()).toEqual([first.release.title]);
  publishAll(database, []);
  expect(publishWanted([want])).toEqual({ added: 0, updated: 1, removed: 0 });
  expect(titles()).toEqual(["As the wantlist has it"]);
  expect(publishWanted([])).toEqual({ added: 0, updated: 0, removed: 1 });
  expect(titles()).toEqual([]);
});

const albums: Album[] = Array.from({ length: 20 }, (_, n) => ({
  artist: `A${n}`,
  title: `T${n}`,
  playCount: n + 1,
  mbid: null,
  url: null,
}));

test("albums keep their ids, and of two counts in one round the larger", () => {
  const database = newCache();
  const stageChart = (rows: readonly Album[], round: number): void =>
    stageRows(database, "albums", rows.map(stagedAlbum), { walkId, round });
  stageChart(albums, 1);
  stageChart([{ ...albums[3], playCount: 2 } as Album], 1);
  expect(publishAlbums(database, { walkId, since: 1 }, isWhole)).toEqual({
    added: 20,
    updated: 0,
    removed: 0,
  });
  const plays = "SELECT play_count FROM album WHERE title = 'T3'";
  expect(database.prepare(plays).pluck().get()).toBe(4);
  const id = database.prepare("SELECT id FROM album WHERE title = 'T3'").pluck().get();
  const next = albums.slice(1).map((row, at) => (at === 2 ? { ...row, playCount: 1 } : row));
  stageChart(next, 2);
  expect(publishAlbums(database, { walkId, since: 2 }, isWhole)).toEqual({
    added: 0,
    updated: 1,
    removed: 1,
  });
  expect(database.prepare("SELECT id, play_count FROM album WHERE title = 'T3'").raw().get()).toEqual([
    id,
    1,
  ]);
});
