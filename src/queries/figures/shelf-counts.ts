// The number of records and albums, and how many of them are played.
import type { MatchType } from "../../model/model.ts";
import type { Database } from "../../store/file/database.ts";
import { eachRow, plain, rowsOf, sql, valueOf } from "../conditions/sql.ts";
import { within, type Span } from "../conditions/span.ts";
import { recordSpins } from "./play-counts.ts";
import { isHeard, playsOf, recordSource, withThese } from "./record-source.ts";
import { groupedByAlbum, keyColumns, type KeyedRecord } from "./same-album.ts";

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
  const { definitions, tables } = recordSource(scope);
  const rows = rowsOf<{ type: MatchType; records: number; scrobbled: number; notedOnly: number }>(
    database,
    sql`${withThese(definitions)}
        SELECT match.type AS type, count(*) AS records, sum(${isHeard(scope)}) AS scrobbled,
          sum(${isHeard(scope)} AND ${playsOf(scope)} = 0) AS notedOnly
        FROM ${tables} GROUP BY match.type`,
  );
  const matchTypes = { exact: 0, fuzzy: 0, artist_only: 0, none: 0 };
  for (const row of rows) matchTypes[row.type] = row.records;
  const sum = (of: "records" | "scrobbled" | "notedOnly"): number =>
    rows.reduce((total, row) => total + row[of], 0);
  const unknown = rows.find(({ type }) => type === "none");
  const neverArtistUnknown = unknown === undefined ? 0 : unknown.records - unknown.scrobbled;
  return {
    records: sum("records"),
    scrobbled: sum("scrobbled"),
    notedOnly: sum("notedOnly"),
    neverArtistKnown: sum("records") - sum("scrobbled") - neverArtistUnknown,
    neverArtistUnknown,
    matchTypes,
  };
}

/** The number of records with at least one spin. */
export function countSpunRecords(database: Database, span: Span | null): number {
  const query =
    span === null
      ? plain("SELECT count(*) FROM match WHERE spins > 0")
      : sql`SELECT count(DISTINCT record_id) FROM (${recordSpins}) WHERE ${within(plain("started_uts"), span)}`;
  return valueOf(database, query, 0);
}

/** The number of albums on the shelf, editions and copies counted once. */
export function countOwnedAlbums(database: Database): number {
  const records = eachRow<KeyedRecord>(
    database,
    sql`SELECT ${keyColumns} FROM record JOIN release ON release.id = record.release_id`,
  );
  return groupedByAlbum(database, records).length;
}
