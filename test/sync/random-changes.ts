// The changes that people make to their lists while these are read, and the plays that may be counted afterwards.
import type { CollectionRecord } from "../../src/model/model.ts";
import type { Database } from "../../src/store/file/database.ts";
import type { Listing } from "../support/editable-list.ts";
import { pickInteger, pickItem } from "../support/random.ts";
import type { Play } from "../support/service-data.ts";

/** Something that a person does to a shelf. */
export function changeRandomly(records: Listing<CollectionRecord>, random: () => number): void {
  const victim = pickItem(random, records.rows);
  const nextId = Math.max(...records.rows.map((row) => row.instanceId)) + pickInteger(random, 1, 50);
  const otherDate = pickItem(random, records.rows).dateAdded;
  switch (pickInteger(random, 1, 6)) {
    case 1:
      records.add({ ...victim, instanceId: nextId, dateAdded: "2025-10-01T10:00:00-07:00" });
      break;
    case 2:
      records.remove((row) => row === victim);
      break;
    case 3: // re-dated
      records.change(
        (row) => row === victim,
        (row) => ({ ...row, dateAdded: otherDate }),
      );
      break;
    case 4: // re-rated
      records.change(
        (row) => row === victim,
        (row) => ({ ...row, rating: pickInteger(random, 0, 5) }),
      );
      break;
    case 5: // swapped between two requests: the total doesn't move
      records.remove((row) => row === victim);
      records.add({ ...victim, instanceId: nextId, dateAdded: "2025-10-01T11:00:00-07:00" });
      break;
    default: // swapped for one with an old date
      records.remove((row) => row === victim);
      records.add({ ...victim, instanceId: nextId, dateAdded: otherDate });
  }
}

const toPlayKey = (play: Play): string => JSON.stringify([play.uts, play.artist, play.track, play.album]);

export function countPlays(rows: readonly Play[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(toPlayKey(row), (counts.get(toPlayKey(row)) ?? 0) + 1);
  return counts;
}

export function buildPlayLike(random: () => number, like: Play, uts: number): Play {
  return { ...like, track: `New ${pickInteger(random, 1, 1e9)}`, uts };
}

/** How often the cache has each play, as countPlays() names it. */
export function countScrobbles(database: Database): Map<string, number> {
  const cached = new Map<string, number>();
  for (const row of database
    .prepare(
      "SELECT uts, artist, name, album, count(*) FROM scrobble JOIN track ON id = track_id GROUP BY uts, track_id",
    )
    .raw()
    .all() as [number, string, string, string, number][]) {
    const name = JSON.stringify(row.slice(0, 4));
    cached.set(name, (cached.get(name) ?? 0) + row[4]);
  }
  return cached;
}
