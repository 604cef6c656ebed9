// Artists by the plays of their tracks, in any spelling.
import type { Database } from "../../store/file/database.ts";
import type { Span } from "../conditions/span.ts";
import { countHeardTracks, heardTrackTable } from "../figures/play-counts.ts";
import { artistShelves, shelfArtistKey, shelvedArtists } from "../figures/ownership.ts";
import {
  grouped,
  lastOf,
  mostPlayedOf,
  remembered,
  sumOfPlays,
  type HeardMost,
  type PlayedMost,
} from "../figures/played-most.ts";

interface Spelling {
  readonly artist: string;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
}

export interface PlayedArtist extends PlayedMost {
  readonly spellings: readonly string[];
}

export function playedArtists(database: Database, span: Span | null): PlayedArtist[] {
  const keyOf = remembered(shelfArtistKey);
  const isShelved = shelvedArtists(database, keyOf);
  return artistsByPlays(database, span, keyOf).map((artist) => ({
    ...artist,
    isOwned: isShelved(artist.artist),
  }));
}

/** Does not read the shelf, so nobody counts as owned. */
export function artistsByPlays(
  database: Database,
  span: Span | null,
  keyOf: (name: string) => string = shelfArtistKey,
): PlayedArtist[] {
  const heard = heardTrackTable(span);
  const spellings = database
    .prepare<unknown[], Spelling>(
      `WITH ${heard.sql}
       SELECT artist, sum(plays) AS plays, max(last_uts) AS lastPlayedUts
       FROM heard_track JOIN track ON track.id = track_id GROUP BY artist`,
    )
    .all(...heard.parameters);
  return grouped(spellings, ({ artist }) => keyOf(artist)).map((same) => ({
    artist: mostPlayedOf(same, ({ artist }) => artist),
    title: null,
    albumIds: [],
    plays: sumOfPlays(same),
    lastPlayedUts: lastOf(same),
    spins: null,
    song: null,
    isOwned: false,
    ownedRecords: 0,
    isWanted: false,
    spellings: same.map(({ artist }) => artist),
  }));
}

/** Adds their records and their tracks. */
export function withTracksOfArtists<Row extends PlayedArtist>(
  database: Database,
  span: Span | null,
  rows: readonly Row[],
): (Row & HeardMost)[] {
  const heard = countHeardTracks(
    database,
    "artist",
    span,
    rows.map(({ spellings }) => spellings),
  );
  const shelfOf = artistShelves(
    database,
    rows.map(({ artist }) => artist),
  );
  return rows.map((row, at) => ({
    ...row,
    ownedRecords: shelfOf(row.artist).records,
    tracks: heard[at] ?? 0,
  }));
}
