// Artists by the plays of their tracks, in any spelling.
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import { queryRows } from "../../store/file/sql.ts";
import type { Period } from "../conditions/period.ts";
import { toArtistKey } from "../statistics/ownership.ts";
import { buildHeardTrackSql } from "../statistics/play-counts.ts";
import { groupIntoLists } from "../../model/grouping.ts";
import {
  getLastPlayedUts,
  getMostPlayedName,
  sumPlays,
  type PlayedItem,
} from "../statistics/played-items.ts";

/** Does not read the shelf, so nobody counts as owned. Leaves out names that stand for no artist, such as Various. */
export function readPlayedArtists(database: Database, span: Period | null): PlayedItem[] {
  return readPlayedArtistNames(database, span).filter(({ artist }) => !isPlaceholderArtist(artist));
}

export function readPlayedArtistNames(database: Database, span: Period | null): PlayedItem[] {
  const all = queryRows<{ artist: string; plays: number; lastPlayedUts: number | null }>(database)`
    WITH ${buildHeardTrackSql(span)}
    SELECT artist, sum(plays) AS plays, max(last_uts) AS lastPlayedUts
    FROM heard_track JOIN track ON track.id = track_id GROUP BY artist`;
  return groupIntoLists(all, ({ artist }) => toArtistKey(artist)).map((spellings) => ({
    artist: getMostPlayedName(spellings, ({ artist }) => artist),
    title: "",
    titles: [],
    albumIds: [],
    members: spellings.map(({ artist }) => artist),
    plays: sumPlays(spellings),
    lastPlayedUts: getLastPlayedUts(spellings),
    tracks: null,
    spins: null,
    isOwned: false,
    isWanted: false,
  }));
}
