// Tracks as they were scrobbled, each with its plays: of all time or of a span.
import type { Database } from "../store/database.ts";
import { spanCondition, type Span } from "./filters/span.ts";

export interface HeardTrack {
  readonly artist: string;
  readonly name: string;
  /** null: played without an album tag, or under one that the chart has not. */
  readonly albumId: number | null;
  readonly plays: number;
  /** null: none of them is dated. */
  readonly lastPlayedUts: number | null;
}

/** A row for each way in which a track was scrobbled; some are the same song. */
export function heardTracks(database: Database, span: Span | null): IterableIterator<HeardTrack> {
  const within = span === null ? { sql: "true", parameters: [] } : spanCondition("scrobble.uts", span);
  return database
    .prepare<unknown[], HeardTrack>(
      `SELECT track.artist AS artist, track.name AS name, track.album_id AS albumId, heard.plays AS plays,
         nullif(heard.last_uts, 0) AS lastPlayedUts
       FROM (SELECT track_id, count(*) AS plays, max(uts) AS last_uts FROM scrobble WHERE ${within.sql}
             GROUP BY track_id) AS heard
       JOIN track ON track.id = heard.track_id ORDER BY plays DESC, track.id`,
    )
    .iterate(...within.parameters);
}

/** The later one; what is not known is before all others. */
export function laterOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
