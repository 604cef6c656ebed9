// What happened to the shelf within a span: records heard for the first time, and those that came back.
import type { Database } from "../store/database.ts";
import type { KeyedName } from "./album-key.ts";
import { spanCondition, type Span } from "./filters/span.ts";
import { recordSpins } from "./play-counts.ts";
import { playsOf, recordSource, spinsOf, withThese } from "./record-source.ts";
import { groupedByAlbum } from "./same-album.ts";

/** A span with a beginning and an end. */
export interface ClosedSpan extends Span {
  readonly fromUts: number;
  readonly toUts: number;
}

/** An album on the shelf, by the first of its copies. */
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

type Row = RecapRecord & KeyedName;

/** So long without a spin is years. */
const longAway = 2 * 365 * 24 * 60 * 60;

const columns = `record.id AS id, release.artist AS artist, release.title AS title, release.edition_key AS editionKey,
  release.form AS form, record.added_uts AS addedUts`;

/** Heard within the span and never before, scrobbled or noted; the most played first. */
export function firstTimes(database: Database, span: ClosedSpan): RecapRecord[] {
  const scope = { during: span };
  const source = recordSource(scope);
  const rows = database
    .prepare<unknown[], Row>(
      `${withThese(source.definitions)}
       SELECT ${columns}, ${playsOf(scope)} AS plays, ${spinsOf(scope)} AS spins, NULL AS lastSpinUts
       FROM ${source.tables}
       WHERE heard.record_id IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM credit JOIN track USING (album_id) JOIN scrobble ON scrobble.track_id = track.id
           WHERE credit.record_id = match.record_id AND scrobble.uts < ?)
         AND NOT EXISTS (SELECT 1 FROM noted_play
           WHERE noted_play.release_id = record.release_id AND noted_play.last_uts < ?)
       ORDER BY plays DESC, record.id`,
    )
    .all(...source.parameters, span.fromUts, span.fromUts);
  return albumsOf(database, rows);
}

/** Spun within the span, and before that not for two years or more; the longest away first. */
export function comebacks(database: Database, span: ClosedSpan): RecapRecord[] {
  const scope = { during: span };
  const source = recordSource(scope);
  const within = spanCondition("started_uts", span);
  const rows = database
    .prepare<unknown[], Row>(
      `${withThese([
        ...source.definitions,
        `back (record_id, first_uts) AS MATERIALIZED (SELECT record_id, min(started_uts)
           FROM (${recordSpins}) WHERE ${within.sql} GROUP BY record_id)`,
        `before (record_id, last_uts) AS MATERIALIZED (SELECT record_id, max(started_uts)
           FROM (${recordSpins}) WHERE started_uts < ? GROUP BY record_id)`,
      ])}
       SELECT ${columns}, ${playsOf(scope)} AS plays, ${spinsOf(scope)} AS spins, before.last_uts AS lastSpinUts
       FROM ${source.tables} JOIN back ON back.record_id = match.record_id
         JOIN before ON before.record_id = match.record_id
       WHERE back.first_uts - before.last_uts >= ? ORDER BY before.last_uts, record.id`,
    )
    .all(...source.parameters, ...within.parameters, span.fromUts, longAway);
  return albumsOf(database, rows);
}

function albumsOf(database: Database, rows: readonly Row[]): RecapRecord[] {
  return groupedByAlbum(database, rows, (row): RecapRecord => row).flatMap(([first]) => first ?? []);
}
