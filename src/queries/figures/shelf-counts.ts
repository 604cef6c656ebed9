// The number of records and albums, and how many of them are played.
import type { MatchType } from "../../model/model.ts";
import type { Database } from "../../store/file/database.ts";
import { groupedByAlbum, type KeyedRecord } from "./same-album.ts";
import { recordSpins } from "./play-counts.ts";
import { isHeard, playsOf, recordSource, withThese } from "./record-source.ts";
import { spanCondition, type Span } from "../conditions/span.ts";

export interface ShelfTotals {
  readonly records: number;
  /** Records with at least one play, scrobbled or logged. */
  readonly scrobbled: number;
  /** Those of them that have logged plays only. */
  readonly notedOnly: number;
  readonly neverArtistKnown: number;
  readonly neverArtistUnknown: number;
  readonly matchTypes: Readonly<Record<MatchType, number>>;
}

/** span null: all time, the same totals as the cross-reference. */
export function shelfTotals(database: Database, span: Span | null): ShelfTotals {
  const scope = span === null ? {} : { during: span };
  const source = recordSource(scope);
  const rows = database
    .prepare<unknown[], { type: MatchType; records: number; scrobbled: number; notedOnly: number }>(
      `${withThese(source.definitions)}
       SELECT match.type AS type, count(*) AS records, sum(${isHeard(scope)}) AS scrobbled,
         sum(${isHeard(scope)} AND ${playsOf(scope)} = 0) AS notedOnly
       FROM ${source.tables} GROUP BY match.type`,
    )
    .all(...source.parameters);
  const matchTypes = { exact: 0, fuzzy: 0, artist_only: 0, none: 0 };
  for (const row of rows) matchTypes[row.type] = row.records;
  const records = rows.reduce((sum, row) => sum + row.records, 0);
  const scrobbled = rows.reduce((sum, row) => sum + row.scrobbled, 0);
  const unknown = rows.find(({ type }) => type === "none");
  const neverArtistUnknown = unknown === undefined ? 0 : unknown.records - unknown.scrobbled;
  return {
    records,
    scrobbled,
    notedOnly: rows.reduce((sum, row) => sum + row.notedOnly, 0),
    neverArtistKnown: records - scrobbled - neverArtistUnknown,
    neverArtistUnknown,
    matchTypes,
  };
}

/** The number of records with at least one spin. */
export function countSpunRecords(database: Database, span: Span | null): number {
  const within = span === null ? null : spanCondition("started_uts", span);
  const count = database
    .prepare<unknown[], number>(
      within === null
        ? "SELECT count(*) FROM match WHERE spins > 0"
        : `SELECT count(DISTINCT record_id) FROM (${recordSpins}) WHERE ${within.sql}`,
    )
    .pluck()
    .get(...(within?.parameters ?? []));
  return count ?? 0;
}

/** The number of albums on the shelf, editions and copies counted once. */
export function countOwnedAlbums(database: Database): number {
  const records = database
    .prepare<[], KeyedRecord>(
      `SELECT release.artist AS artist, release.title AS title, release.edition_key AS editionKey,
         release.kind AS kind
       FROM record JOIN release ON release.id = record.release_id`,
    )
    .iterate();
  return groupedByAlbum(database, records).length;
}
