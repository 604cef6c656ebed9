// The artists that were heard for the first time within a period, and those that stayed.
import { groupByKey } from "../../model/grouping.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { queryRows } from "../../store/file/sql.ts";
import { isInPeriods, type ClosedPeriod } from "../conditions/period.ts";
import { sortByPlays, type PlayedItem } from "../statistics/played-items.ts";
import { toArtistKey } from "../statistics/ownership.ts";

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
  const spellings = queryRows<{ artist: string; firstUts: number; lastUts: number }>(database)`
    SELECT artist, min(first_uts) AS firstUts, max(last_uts) AS lastUts FROM (
      SELECT artist, (SELECT min(uts) FROM scrobble WHERE track_id = track.id AND uts > 0) AS first_uts,
        (SELECT max(uts) FROM scrobble WHERE track_id = track.id AND uts > 0) AS last_uts FROM track)
    WHERE first_uts IS NOT NULL GROUP BY artist`;
  const byArtist = groupByKey(spellings, ({ artist }) => toArtistKey(artist));
  return sortByPlays(artists).flatMap(({ artist, plays }) => {
    const names = byArtist.get(toArtistKey(artist)) ?? [];
    const firstUts = names.reduce((first, name) => Math.min(first, name.firstUts), Infinity);
    const lastUts = names.reduce((last, name) => Math.max(last, name.lastUts), 0);
    if (!isInPeriods(firstUts, [period])) return [];
    return { artist, plays, firstUts, hasStayed: lastUts - firstUts >= minStaySeconds };
  });
}
