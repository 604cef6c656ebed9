// Plays of each album: of all time from the chart, of a span from the scrobbles.
import type { Condition } from "./filters/record-filter.ts";
import { spanCondition, type Span } from "./filters/span.ts";

/**
 * A common table expression `played (album_id, plays)`, with a row for each album that has plays.
 * span null: of all time.
 */
export function playedTable(span: Span | null): Condition {
  if (span === null) {
    return {
      sql: "played (album_id, plays) AS (SELECT id, play_count FROM album WHERE play_count > 0)",
      parameters: [],
    };
  }
  const within = spanCondition("scrobble.uts", span);
  return {
    sql: `played (album_id, plays) AS MATERIALIZED (
      SELECT track.album_id, count(*) FROM scrobble JOIN track ON track.id = scrobble.track_id
      WHERE ${within.sql} AND track.album_id IS NOT NULL GROUP BY track.album_id)`,
    parameters: within.parameters,
  };
}

/** Needs `played`: `heard (record_id, plays)`, with a row for each record of which something was played. */
export const heardTable = `heard (record_id, plays) AS MATERIALIZED (
  SELECT credit.record_id, sum(played.plays) FROM credit JOIN played ON played.album_id = credit.album_id
  GROUP BY credit.record_id)`;
