// Records that were heard for the first time within a span, and records that came back after years.
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { spanCondition, type Span } from "../conditions/span.ts";
import { recordSpins } from "../figures/play-counts.ts";
import { groupedByAlbum, type KeyedRecord } from "../figures/same-album.ts";

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

type Row = RecapRecord & KeyedRecord;

/** This long without a spin counts as years. */
const longAway = 2 * 365 * daySeconds;

interface Candidate {
  readonly recordId: number;
  /** Before the span; null: never. */
  readonly lastSpinUts: number | null;
}

/** First played within the span, scrobbled or logged. The most played first. */
export function firstTimes(database: Database, span: ClosedSpan): RecapRecord[] {
  const heard = spanCondition("uts", span);
  const noted = spanCondition("last_uts", span);
  const found = database
    .prepare<unknown[], Candidate>(
      `WITH heard_track (id) AS MATERIALIZED (SELECT DISTINCT track_id FROM scrobble WHERE ${heard.sql}),
         heard_record (id) AS MATERIALIZED (
           SELECT record_id FROM credit WHERE album_id IN (
             SELECT album_id FROM track WHERE id IN heard_track AND album_id IS NOT NULL)
           UNION SELECT record.id FROM noted_play JOIN record USING (release_id) WHERE ${noted.sql})
       SELECT id AS recordId, NULL AS lastSpinUts FROM heard_record
       WHERE NOT EXISTS (SELECT 1 FROM credit JOIN track USING (album_id) JOIN scrobble ON scrobble.track_id = track.id
           WHERE credit.record_id = heard_record.id AND scrobble.uts < ?)
         AND NOT EXISTS (SELECT 1 FROM record JOIN noted_play USING (release_id)
           WHERE record.id = heard_record.id AND noted_play.last_uts < ?)`,
    )
    .all(...heard.parameters, ...noted.parameters, span.fromUts, span.fromUts);
  const rows = inDetail(database, span, found).toSorted((a, b) => b.plays - a.plays || a.id - b.id);
  return albumsOf(database, rows);
}

/** Spun within the span after two years or more without a spin. The longest pause first. */
export function comebacks(database: Database, span: ClosedSpan): RecapRecord[] {
  const within = spanCondition("started_uts", span);
  const found = database
    .prepare<unknown[], Candidate>(
      `SELECT record_id AS recordId, max(started_uts) FILTER (WHERE started_uts < ?) AS lastSpinUts
       FROM (${recordSpins}) GROUP BY record_id
       HAVING min(started_uts) FILTER (WHERE ${within.sql}) - lastSpinUts >= ?`,
    )
    .all(span.fromUts, ...within.parameters, longAway);
  const rows = inDetail(database, span, found).toSorted(
    (a, b) => (a.lastSpinUts ?? 0) - (b.lastSpinUts ?? 0) || a.id - b.id,
  );
  return albumsOf(database, rows);
}

/** Adds the plays within the span. Only run for the few records found. */
function inDetail(database: Database, span: ClosedSpan, found: readonly Candidate[]): Row[] {
  const heard = spanCondition("uts", span);
  const spun = spanCondition("started_uts", span);
  return database
    .prepare<unknown[], Row>(
      `SELECT record.id AS id, release.artist AS artist, release.title AS title, release.edition_key AS editionKey,
         release.kind AS kind, release.form AS form, record.added_uts AS addedUts, wanted.value ->> 1 AS lastSpinUts,
         (SELECT count(*) FROM credit JOIN track USING (album_id) JOIN scrobble ON scrobble.track_id = track.id
          WHERE credit.record_id = record.id AND ${heard.sql}) AS plays,
         iif(match.spins IS NULL, NULL,
           (SELECT count(*) FROM credit JOIN spin USING (album_id)
            WHERE credit.record_id = record.id AND ${spun.sql}) +
           (SELECT count(*) FROM noted_spin WHERE noted_spin.record_id = record.id AND ${spun.sql})) AS spins
       FROM json_each(?) AS wanted JOIN record ON record.id = wanted.value ->> 0
         JOIN release ON release.id = record.release_id JOIN match ON match.record_id = record.id`,
    )
    .all(
      ...heard.parameters,
      ...spun.parameters,
      ...spun.parameters,
      JSON.stringify(found.map(({ recordId, lastSpinUts }) => [recordId, lastSpinUts])),
    );
}

function albumsOf(database: Database, rows: readonly Row[]): RecapRecord[] {
  return groupedByAlbum(database, rows).map(([first]) => first);
}
