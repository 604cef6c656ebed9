// What people do to their lists while these are read, and the plays that may be counted afterwards.
import type { CollectionRecord } from "../../src/model/model.ts";
import type { Database } from "../../src/store/file/database.ts";
import type { Listing } from "../support/listing.ts";
import { between, pick } from "../support/random.ts";
import type { Play } from "../support/world.ts";

/** Something that a person does to a shelf. */
export function meddle(records: Listing<CollectionRecord>, random: () => number): void {
  const victim = pick(random, records.rows);
  const nextId = Math.max(...records.rows.map((row) => row.instanceId)) + between(random, 1, 50);
  const otherDate = pick(random, records.rows).dateAdded;
  switch (between(random, 1, 6)) {
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
        (row) => ({ ...row, rating: between(random, 0, 5) }),
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

const key = (play: Play): string => JSON.stringify([play.uts, play.artist, play.track, play.album]);

export function countPlays(rows: readonly Play[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
}

export function newPlay(random: () => number, like: Play, uts: number): Play {
  return { ...like, track: `New ${between(random, 1, 1e9)}`, uts };
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
