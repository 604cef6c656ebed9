// The artists that were heard for the first time within a period, and those that stayed.
import { groupByKey } from "../../model/grouping.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { listSql, queryRows, queryValues } from "../../store/file/sql.ts";
import { isInPeriods, type ClosedPeriod } from "../conditions/period.ts";
import { sortByPlays, type PlayedItem } from "../statistics/played-items.ts";
import { createArtistKeyMaker } from "../statistics/artist-collections.ts";

export interface Discovery {
  readonly artist: string;
  /** The plays within the period. */
  readonly plays: number;
  readonly firstUts: number;
  /** Played again a month after the first play, or later. */
  readonly hasStayed: boolean;
}

const minStaySeconds = 30 * daySeconds;

/** `artists`: those that were played within the period. The most played first. */
export function findDiscoveries(
  database: Database,
  period: ClosedPeriod,
  artists: readonly PlayedItem[],
): Discovery[] {
  const names = artists.flatMap(({ members }) => members.map(String));
  const knownNames = new Set(queryValues<string>(database)`
    SELECT name FROM artist WHERE name IN ${listSql(names)} AND EXISTS (
      SELECT 1 FROM track JOIN scrobble ON scrobble.track_id = track.id
      WHERE track.artist = artist.name AND uts > 0 AND uts < ${period.fromUts})`);
  const candidates = artists.filter(({ members }) => !members.some((name) => knownNames.has(String(name))));
  const times = readTimesByArtist(
    database,
    candidates.map(({ artist }) => artist),
  );
  return sortByPlays(candidates).flatMap(({ artist, plays }) => {
    const { firstUts, lastUts } = times(artist);
    if (!isInPeriods(firstUts, [period])) return [];
    return { artist, plays, firstUts, hasStayed: lastUts - firstUts >= minStaySeconds };
  });
}

/** Returns a function that gives the first and the last play of an artist, under any spelling. */
function readTimesByArtist(database: Database, artists: readonly string[]) {
  const toKey = createArtistKeyMaker(database);
  const keys = new Set(artists.map(toKey));
  const spellings =
    keys.size === 0
      ? []
      : queryValues<string>(database)`SELECT name FROM artist`.filter((name) => keys.has(toKey(name)));
  const rows = queryRows<{ artist: string; firstUts: number; lastUts: number }>(database)`
    SELECT artist, min(uts) AS firstUts, max(uts) AS lastUts
    FROM track JOIN scrobble ON scrobble.track_id = track.id
    WHERE artist IN ${listSql(spellings)} AND uts > 0 GROUP BY artist`;
  const byArtist = groupByKey(rows, ({ artist }) => toKey(artist));
  return (artist: string) => {
    const some = byArtist.get(toKey(artist)) ?? [];
    return {
      firstUts: some.reduce((first, row) => Math.min(first, row.firstUts), Infinity),
      lastUts: some.reduce((last, row) => Math.max(last, row.lastUts), 0),
    };
  };
}
