// Artists by the plays of their tracks, in any spelling.
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import { rowsOf } from "../../store/file/sql.ts";
import type { Span } from "../conditions/span.ts";
import { shelfArtistKey } from "../figures/ownership.ts";
import { heardTrackTable } from "../figures/play-counts.ts";
import { groupsOf, lastOf, mostPlayedOf, sumOfPlays, type PlayedMost } from "../figures/played-most.ts";

/** Does not read the shelf, so nobody counts as owned. Leaves out names that stand for no artist, such as Various. */
export function playedArtists(database: Database, span: Span | null): PlayedMost[] {
  return playedArtistNames(database, span).filter(({ artist }) => !isPlaceholderArtist(artist));
}

export function playedArtistNames(database: Database, span: Span | null): PlayedMost[] {
  const all = rowsOf<{ artist: string; plays: number; lastPlayedUts: number | null }>(database)`
    WITH ${heardTrackTable(span)}
    SELECT artist, sum(plays) AS plays, max(last_uts) AS lastPlayedUts
    FROM heard_track JOIN track ON track.id = track_id GROUP BY artist`;
  return groupsOf(all, ({ artist }) => shelfArtistKey(artist)).map((spellings) => ({
    artist: mostPlayedOf(spellings, ({ artist }) => artist),
    title: "",
    titles: [],
    albumIds: [],
    members: spellings.map(({ artist }) => artist),
    plays: sumOfPlays(spellings),
    lastPlayedUts: lastOf(spellings),
    tracks: null,
    spins: null,
    isOwned: false,
    isWanted: false,
  }));
}
