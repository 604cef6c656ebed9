// Records that were heard for the first time within a span, and records that came back after years.
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { within, type Span } from "../conditions/span.ts";
import { plain, rowsOf, sql, type Sql } from "../conditions/sql.ts";
import { recordSpins } from "../figures/play-counts.ts";
import { groupedByAlbum, keyColumns, type KeyedRecord } from "../figures/same-album.ts";

/** A span with a start and an end. */
export interface ClosedSpan extends Span {
  readonly fromUts: number;
  readonly toUts: number;
}

/** An album on the shelf. The first of its copies stands for all. */
export interface RecapRecord {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly addedUts: number | null;
  /** Within the span. */
  readonly plays: number;
  readonly spins: number | null;
  /** Before the span; null: never. */
  readonly lastSpinUts: number | null;
}

/** This long without a spin counts as years. */
const longAway = 2 * 365 * daySeconds;

/** Played for the first time within the span, scrobbled or logged. The most played first. */
export function firstTimes(database: Database, span: ClosedSpan): RecapRecord[] {
  const { fromUts } = span;
  const records = sql`
    SELECT id, NULL AS last_spin_uts FROM (
      SELECT record_id AS id FROM credit WHERE album_id IN (
        SELECT album_id FROM track WHERE album_id IS NOT NULL
          AND id IN (SELECT track_id FROM scrobble WHERE ${within(plain("uts"), span)}))
      UNION SELECT record.id FROM noted_play JOIN record USING (release_id)
      WHERE ${within(plain("last_uts"), span)}) AS heard
    WHERE NOT EXISTS (SELECT 1 FROM credit JOIN track USING (album_id) JOIN scrobble ON scrobble.track_id = track.id
        WHERE credit.record_id = heard.id AND scrobble.uts < ${fromUts})
      AND NOT EXISTS (SELECT 1 FROM record JOIN noted_play USING (release_id)
        WHERE record.id = heard.id AND noted_play.last_uts < ${fromUts})`;
  return albumsOf(database, span, { records, order: plain("plays DESC, id") });
}

/** Spun within the span after two years or more without a spin. The longest pause first. */
export function comebacks(database: Database, span: ClosedSpan): RecapRecord[] {
  const records = sql`
    SELECT record_id AS id, max(started_uts) FILTER (WHERE started_uts < ${span.fromUts}) AS last_spin_uts
    FROM (${recordSpins}) GROUP BY record_id
    HAVING min(started_uts) FILTER (WHERE ${within(plain("started_uts"), span)}) - last_spin_uts >= ${longAway}`;
  return albumsOf(database, span, { records, order: plain("lastSpinUts, id") });
}

/** Adds the plays within the span to the few records found, and leaves the first copy of each album. */
function albumsOf(
  database: Database,
  span: ClosedSpan,
  { records, order }: { readonly records: Sql; readonly order: Sql },
): RecapRecord[] {
  const spun = within(plain("started_uts"), span);
  const rows = rowsOf<RecapRecord & KeyedRecord>(
    database,
    sql`WITH found AS MATERIALIZED (${records})
        SELECT record.id AS id, ${keyColumns}, release.form AS form, record.added_uts AS addedUts,
          found.last_spin_uts AS lastSpinUts,
          (SELECT count(*) FROM credit JOIN track USING (album_id) JOIN scrobble ON scrobble.track_id = track.id
           WHERE credit.record_id = record.id AND ${within(plain("uts"), span)}) AS plays,
          iif(match.spins IS NULL, NULL,
            (SELECT count(*) FROM credit JOIN spin USING (album_id)
             WHERE credit.record_id = record.id AND ${spun}) +
            (SELECT count(*) FROM noted_spin WHERE noted_spin.record_id = record.id AND ${spun})) AS spins
        FROM found JOIN record ON record.id = found.id
          JOIN release ON release.id = record.release_id JOIN match ON match.record_id = record.id
        ORDER BY ${order}`,
  );
  return groupedByAlbum(database, rows).map(([first]) => first);
}
