// The shelf at a glance: how much of it is played, and where the plays go.
import type { MatchType } from "../model.ts";
import type { Database } from "../store/database.ts";
import { editionKeysOf } from "./album-key.ts";
import { heardTable, playedTable } from "./play-counts.ts";
import type { HistoryState } from "./readiness.ts";
import { spanCondition, type Span } from "./filters/span.ts";

export interface ShelfTotals {
  readonly records: number;
  /** With at least one play. */
  readonly scrobbled: number;
  readonly neverArtistKnown: number;
  readonly neverArtistUnknown: number;
  readonly matchTypes: Readonly<Record<MatchType, number>>;
}

/** span null: of all time; then the totals are those of the cross-reference. */
export function shelfTotals(database: Database, span: Span | null): ShelfTotals {
  const played = playedTable(span);
  const rows = database
    .prepare<unknown[], { type: MatchType; records: number; scrobbled: number }>(
      `WITH ${played.sql}, ${heardTable}
       SELECT match.type AS type, count(*) AS records, count(heard.record_id) AS scrobbled
       FROM match LEFT JOIN heard ON heard.record_id = match.record_id GROUP BY match.type`,
    )
    .all(...played.parameters);
  const matchTypes = { exact: 0, fuzzy: 0, artist_only: 0, none: 0 };
  for (const row of rows) matchTypes[row.type] = row.records;
  const records = rows.reduce((sum, row) => sum + row.records, 0);
  const scrobbled = rows.reduce((sum, row) => sum + row.scrobbled, 0);
  const neverArtistUnknown = matchTypes.none;
  return {
    records,
    scrobbled,
    neverArtistKnown: records - scrobbled - neverArtistUnknown,
    neverArtistUnknown,
    matchTypes,
  };
}

/** How many records were heard by half in one sitting. */
export function countSpunRecords(database: Database, span: Span | null): number {
  const within = span === null ? { sql: "true", parameters: [] } : spanCondition("spin.started_uts", span);
  const count = database
    .prepare<unknown[], number>(
      `SELECT count(DISTINCT credit.record_id) FROM credit JOIN spin ON spin.album_id = credit.album_id
       WHERE ${within.sql}`,
    )
    .pluck()
    .get(...within.parameters);
  return count ?? 0;
}

/** How many albums the records are, editions and copies counted once. */
export function countOwnedAlbums(database: Database): number {
  return editionKeysOf(database, "release", "id IN (SELECT release_id FROM record)").size;
}

export interface Destinations {
  /** Plays on albums that some record is credited with, each album once. */
  readonly owned: number;
  readonly notOwned: number;
  /** Plays without an album tag; null where the history that would tell is not there. */
  readonly noAlbumTag: number | null;
}

/**
 * Where the plays go. Of all time: what the chart counts, and beside it the scrobbles without an album tag.
 * Of a span: its scrobbles, each in one of the three.
 */
export function playDestinations(
  database: Database,
  { span, history }: { readonly span: Span | null; readonly history: HistoryState },
): Destinations {
  const within = spanCondition("scrobble.uts", span ?? { fromUts: null, toUts: null });
  if (span !== null) {
    const row = database
      .prepare<unknown[], Destinations>(
        `SELECT coalesce(sum(owned), 0) AS owned, coalesce(sum(NOT owned AND tagged), 0) AS notOwned,
           coalesce(sum(NOT tagged), 0) AS noAlbumTag
         FROM (SELECT track.album <> '' AS tagged,
             track.album <> '' AND track.album_id IS NOT NULL AND track.album_id IN (SELECT album_id FROM credit) AS owned
           FROM scrobble JOIN track ON track.id = scrobble.track_id WHERE ${within.sql})`,
      )
      .get(...within.parameters);
    return row ?? { owned: 0, notOwned: 0, noAlbumTag: 0 };
  }
  const chart = database
    .prepare<[], { owned: number; notOwned: number }>(
      `SELECT coalesce(sum(play_count) FILTER (WHERE owned), 0) AS owned,
         coalesce(sum(play_count) FILTER (WHERE NOT owned), 0) AS notOwned
       FROM (SELECT play_count, id IN (SELECT album_id FROM credit) AS owned FROM album)`,
    )
    .get();
  return {
    owned: chart?.owned ?? 0,
    notOwned: chart?.notOwned ?? 0,
    noAlbumTag: history === "complete" ? countWhere(database, "track.album = ''") : null,
  };
}

export interface HistoryTotals {
  readonly scrobbles: number;
  /** Their album tag names no album of the chart. */
  readonly unlinked: number;
  /** The first dated one. */
  readonly sinceUts: number | null;
}

/** Of what the cache has of the listening history. */
export function historyTotals(database: Database, span: Span | null): HistoryTotals {
  const within = span === null ? { sql: "true", parameters: [] } : spanCondition("scrobble.uts", span);
  const row = database
    .prepare<unknown[], HistoryTotals>(
      `SELECT count(*) AS scrobbles, coalesce(sum(track.album <> '' AND track.album_id IS NULL), 0) AS unlinked,
         min(iif(scrobble.uts > 0, scrobble.uts, NULL)) AS sinceUts
       FROM scrobble JOIN track ON track.id = scrobble.track_id WHERE ${within.sql}`,
    )
    .get(...within.parameters);
  return row ?? { scrobbles: 0, unlinked: 0, sinceUts: null };
}

function countWhere(database: Database, condition: string): number {
  const count = database
    .prepare<[], number>(
      `SELECT count(*) FROM scrobble JOIN track ON track.id = scrobble.track_id WHERE ${condition}`,
    )
    .pluck()
    .get();
  return count ?? 0;
}
