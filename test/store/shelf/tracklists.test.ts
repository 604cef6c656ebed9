import { join } from "node:path";
import { expect, test } from "vitest";
import type { ListedTrack } from "../../../src/model/model.ts";
import type { Database } from "../../../src/store/file/database.ts";
import {
  countAnswered,
  countTracklists,
  keepTracklist,
  noteTracklist,
  tracklistReader,
  wantedTracklists,
  writeWantedTracklists,
} from "../../../src/store/shelf/tracklists.ts";
import { tempDirectory } from "../../support/temp.ts";
import { openCache } from "../../support/filled-cache.ts";

function emptyCache(): Database {
  const database = openCache(join(tempDirectory("rewind-lists"), "rewind.db"));
  return database;
}

function put(database: Database, releaseId: number, addedUts: number): void {
  database
    .prepare(
      "INSERT INTO release (id, title, genres, styles, artist, kind, form) VALUES (?, 'T', '[]', '[]', 'A', 'album', 'LP')",
    )
    .run(releaseId);
  database
    .prepare("INSERT INTO record (instance_id, release_id, rating, added_uts) VALUES (?, ?, 0, ?)")
    .run(releaseId * 10, releaseId, addedUts);
}

const track = (title: string, parts: readonly ListedTrack[] = []): ListedTrack => ({
  kind: parts.length > 0 ? "index" : "track",
  position: "A1",
  title,
  durationSeconds: parts.length > 0 ? null : 95,
  artists: [
    { id: 4, name: "Ann (2)", anv: "Annie", join: "&" },
    { id: null, name: "Bob", anv: "", join: "" },
  ],
  parts,
});

test("a tracklist is read as stored, and replaces the one before", () => {
  const database = emptyCache();
  keepTracklist(database, 7, [track("Older")], 100);
  const list = [track("First"), { ...track("Suite", [track("Part"), track("Other part")]) }, track("Last")];
  keepTracklist(database, 7, list, 200);
  keepTracklist(database, 8, [], 200);
  const read = tracklistReader(database);
  expect(read(7)).toEqual(list);
  expect(read(8)).toEqual([]);
  expect(read(9)).toBeUndefined();
  expect(countTracklists(database)).toBe(2);
  database.close();
});

test("wants the newest records first, each once, without the answered ones", () => {
  const database = emptyCache();
  for (const id of [1, 2, 3, 4, 5]) put(database, id, id * 100);
  database.exec("INSERT INTO record (instance_id, release_id, rating, added_uts) VALUES (1000, 1, 0, 9000)");
  const day = 86_400;
  writeWantedTracklists(database, { looked: "all", open: [1, 2, 3, 4, 5, 99] });
  keepTracklist(database, 2, [], day);
  noteTracklist(database, 3, "gone", day);
  noteTracklist(database, 4, "unreadable", day);
  // 99 is on no shelf.
  expect(wantedTracklists(database, 1.5 * day, "doubtful")).toEqual([1, 5]);
  // An unreadable answer is tried again later.
  expect(wantedTracklists(database, 3 * day, "doubtful")).toEqual([1, 5, 4]);
  writeWantedTracklists(database, { looked: "all", open: [2, 3, 4, 5] });
  expect(wantedTracklists(database, 1.5 * day, "doubtful")).toEqual([5]);
  writeWantedTracklists(database, { looked: [1], open: [1] });
  expect(wantedTracklists(database, 1.5 * day, "doubtful")).toEqual([1, 5]);
  writeWantedTracklists(database, { looked: [1], open: [] });
  expect(wantedTracklists(database, 1.5 * day, "doubtful")).toEqual([5]);
  // Of the whole shelf those first that would settle a match.
  put(database, 6, 5_000);
  writeWantedTracklists(database, { looked: [1], open: [1] });
  expect(wantedTracklists(database, 1.5 * day, "shelf")).toEqual([1, 5, 6]);
  expect(countAnswered(database)).toBe(2);
  expect(tracklistReader(database)(2)).toEqual([]);
  database.close();
});
