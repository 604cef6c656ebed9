// Artists by the plays of their tracks, however their names are spelled.
import { foldArtist } from "../match/text/artist-name.ts";
import { trackKey } from "../match/text/track-title.ts";
import type { Database } from "../store/database.ts";
import { spanCondition, type Span } from "./filters/span.ts";
import { heardTrackTable } from "./heard-tracks.ts";
import { artistShelves, shelvedArtists } from "./ownership.ts";
import {
  grouped,
  lastOf,
  mostPlayedOf,
  remembered,
  sumOfPlays,
  type HeardMost,
  type PlayedMost,
} from "./played-most.ts";

interface Spelling {
  readonly artist: string;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
}

export interface PlayedArtist extends PlayedMost {
  readonly spellings: readonly string[];
}

export function playedArtists(database: Database, span: Span | null): PlayedArtist[] {
  const keyOf = remembered(foldArtist);
  const isShelved = shelvedArtists(database, keyOf);
  return artistsByPlays(database, span, keyOf).map((artist) => ({
    ...artist,
    isOwned: isShelved(artist.artist),
  }));
}

/** Without a look at the shelf: nobody counts as owned. */
export function artistsByPlays(
  database: Database,
  span: Span | null,
  keyOf: (name: string) => string = foldArtist,
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

/** With their records and their tracks. */
export function withTracksOfArtists<Row extends PlayedArtist>(
  database: Database,
  span: Span | null,
  rows: readonly Row[],
): (Row & HeardMost)[] {
  const within = span === null ? { sql: "true", parameters: [] } : spanCondition("uts", span);
  const heard = database
    .prepare<unknown[], [artist: string, name: string]>(
      `SELECT artist, name FROM json_each(?) AS wanted JOIN track ON track.artist = wanted.value
       WHERE EXISTS (SELECT 1 FROM scrobble WHERE track_id = track.id AND ${within.sql})`,
    )
    .raw();
  const names = new Map<string, Set<string>>();
  const spellings = JSON.stringify(rows.flatMap((row) => row.spellings));
  for (const [artist, name] of heard.iterate(spellings, ...within.parameters)) {
    const known = names.get(artist);
    if (known === undefined) names.set(artist, new Set([trackKey(name)]));
    else known.add(trackKey(name));
  }
  const shelfOf = artistShelves(
    database,
    rows.map(({ artist }) => artist),
  );
  return rows.map((row) => ({
    ...row,
    ownedRecords: shelfOf(row.artist).records,
    tracks: new Set(row.spellings.flatMap((artist) => [...(names.get(artist) ?? [])])).size,
  }));
}
