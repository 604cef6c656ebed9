// Artists by the plays of their tracks, in any spelling.
import type { Database } from "../../store/file/database.ts";
import { rowsOf } from "../conditions/sql.ts";
import type { Span } from "../conditions/span.ts";
import { artistShelves, shelfArtistKey, shelvedArtistKeys } from "../figures/ownership.ts";
import { countHeardTracks, heardTrackTable } from "../figures/play-counts.ts";
import {
  groupsOf,
  lastOf,
  mostPlayedOf,
  noFigures,
  sumOfPlays,
  type HeardMost,
  type PlayedMost,
} from "../figures/played-most.ts";

export interface PlayedArtist extends PlayedMost {
  readonly spellings: readonly string[];
}

/** Does not read the shelf, so nobody counts as owned. */
export function playedArtists(database: Database, span: Span | null): PlayedArtist[] {
  const all = rowsOf<{ artist: string; plays: number; lastPlayedUts: number | null }>(database)`
    WITH ${heardTrackTable(span)}
    SELECT artist, sum(plays) AS plays, max(last_uts) AS lastPlayedUts
    FROM heard_track JOIN track ON track.id = track_id GROUP BY artist`;
  return groupsOf(all, ({ artist }) => shelfArtistKey(artist)).map((spellings) => ({
    artist: mostPlayedOf(spellings, ({ artist }) => artist),
    ...noFigures,
    albumIds: [],
    plays: sumOfPlays(spellings),
    lastPlayedUts: lastOf(spellings),
    spellings: spellings.map(({ artist }) => artist),
  }));
}

/** Marks the artists on a sleeve of the shelf as owned. */
export function withOwnership(database: Database, artists: readonly PlayedArtist[]): PlayedArtist[] {
  const shelved = shelvedArtistKeys(database);
  return artists.map((row) => ({ ...row, isOwned: shelved.has(shelfArtistKey(row.artist)) }));
}

/** Adds their records and their tracks. */
export function withTracksOfArtists<Row extends PlayedArtist>(
  database: Database,
  span: Span | null,
  rows: readonly Row[],
): (Row & HeardMost)[] {
  const spellings = rows.map((row) => row.spellings);
  const trackCounts = countHeardTracks(database, "artist", span, spellings);
  const shelfOf = artistShelves(
    database,
    rows.map(({ artist }) => artist),
  );
  return rows.map((row, at) => ({
    ...row,
    ownedRecords: shelfOf(row.artist).records,
    tracks: trackCounts[at] ?? 0,
  }));
}
