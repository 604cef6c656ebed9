// Records on the shelf that a period was about: the most played, the first heard, the ones that woke, the purchases.
import type { Database } from "../../store/file/database.ts";
import { rawSql, sql, queryRows, type Sql } from "../../store/file/sql.ts";
import { buildPeriodSql, type ClosedPeriod } from "../conditions/period.ts";
import {
  buildFirstPlayedSql,
  buildRecordSource,
  buildWithSql,
  recordSpinsSql,
} from "../statistics/play-counts.ts";
import { groupByAlbum, keyColumns, type KeyedRecord } from "../statistics/same-album.ts";

/** An album on the shelf. The first of its copies stands for all. */
export interface RecapRecord {
  readonly id: number;
  readonly releaseId: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly addedUts: number | null;
  /** The plays within the span. */
  readonly plays: number;
  readonly spins: number | null;
  /** The last spin before the span; null: never. */
  readonly lastSpinUts: number | null;
  /** The first spin within the span, of a record that is back after years; otherwise null. */
  readonly comebackUts: number | null;
}

/** Played for the first time within the span, scrobbled or logged. The most played first. */
export function findFirstTimeRecords(database: Database, span: ClosedPeriod): RecapRecord[] {
  const records = sql`SELECT id, NULL AS last_spin_uts, NULL AS comeback_uts FROM (${buildFirstPlayedSql(span)})`;
  return readRecapAlbums(database, span, { records, order: rawSql("plays DESC, id") });
}

/** Spun within the span after two calendar years or more without a spin. The longest pause first. */
export function findComebacks(database: Database, span: ClosedPeriod): RecapRecord[] {
  const records = sql`
    SELECT record_id AS id, max(started_uts) FILTER (WHERE started_uts < ${span.fromUts}) AS last_spin_uts,
      min(started_uts) FILTER (WHERE ${buildPeriodSql(rawSql("started_uts"), span)}) AS comeback_uts
    FROM (${recordSpinsSql}) GROUP BY record_id
    HAVING comeback_uts >= unixepoch(last_spin_uts, 'unixepoch', '+2 years')`;
  return readRecapAlbums(database, span, {
    records,
    order: rawSql("comebackUts - lastSpinUts DESC, id"),
  });
}

/** Adds the plays within the span to the few records found, and leaves the first copy of each album. */
function readRecapAlbums(
  database: Database,
  span: ClosedPeriod,
  { records, order }: { readonly records: Sql; readonly order: Sql },
): RecapRecord[] {
  const { definitions, tables, plays, spins } = buildRecordSource({ during: span });
  const rows = queryRows<RecapRecord & KeyedRecord>(database)`
    ${buildWithSql([...definitions, sql`found AS MATERIALIZED (${records})`])}
    SELECT record.id AS id, record.release_id AS releaseId, ${keyColumns}, release.form AS form, record.added_uts AS addedUts,
      found.last_spin_uts AS lastSpinUts, found.comeback_uts AS comebackUts, ${plays} AS plays, ${spins} AS spins
    FROM ${tables} JOIN found ON found.id = match.record_id ORDER BY ${order}`;
  return groupByAlbum(rows).map(([first]) => first);
}

/** The most played record within the span; null if none was played. */
export function findMostPlayedRecord(database: Database, span: ClosedPeriod): RecapRecord | null {
  const records = sql`SELECT record_id AS id, NULL AS last_spin_uts, NULL AS comeback_uts FROM heard`;
  const [most = null] = readRecapAlbums(database, span, {
    records,
    order: rawSql("plays DESC, spins DESC, id"),
  });
  return most;
}

/** The record added within the span that was played most since it came, with those plays; null if none was. */
export function findMostPlayedPurchase(database: Database, span: ClosedPeriod): RecapRecord | null {
  const [best] = queryRows<{ id: number; plays: number }>(database)`
    SELECT id, (SELECT count(*) FROM album_match JOIN track USING (album_id) JOIN scrobble ON scrobble.track_id = track.id
        WHERE album_match.record_id = record.id AND scrobble.uts >= added_uts
          AND ${buildPeriodSql(rawSql("scrobble.uts"), span)}) AS plays
    FROM record WHERE ${buildPeriodSql(rawSql("added_uts"), span)} ORDER BY plays DESC, id LIMIT 1`;
  if (best === undefined || best.plays === 0) return null;
  const records = sql`SELECT ${best.id} AS id, NULL AS last_spin_uts, NULL AS comeback_uts`;
  const [record] = readRecapAlbums(database, span, { records, order: rawSql("id") });
  return record === undefined ? null : { ...record, plays: best.plays };
}
