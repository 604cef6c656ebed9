// Which noted plays are spins: by the rule that sittings of the history are measured by, so that it comes to the same
// whether a player told of them or the user.
import type { Database } from "./database.ts";
import { leastTracks, longestPauseSeconds, mostTracks } from "./spins.ts";

/**
 * What was noted of a release with no longer pause between is one sitting; a day alone is one by itself. It is a spin
 * where half of the release was on, or where it isn't told what of it.
 */
const notedSittings = `
  session AS (
    SELECT uuid, release_id, precision, start_uts, from_uts, to_uts,
      iif(precision = 'time', start_uts - max(last_uts) OVER (PARTITION BY release_id, precision
        ORDER BY start_uts, uuid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), NULL) AS pause
    FROM noted_play),
  placed AS (
    SELECT *, count(*) FILTER (WHERE pause IS NULL OR pause > ${longestPauseSeconds})
      OVER (PARTITION BY release_id, precision ORDER BY start_uts, uuid ROWS UNBOUNDED PRECEDING) AS sitting
    FROM session),
  noted_sitting AS MATERIALIZED (
    SELECT release_id, min(placed.uuid) AS uuid, min(start_uts) AS started_uts, min(from_uts) AS from_uts,
      max(to_uts) AS to_uts, max(noted_track.uuid IS NULL) AS is_whole, count(DISTINCT lower(title)) AS tracks
    FROM placed LEFT JOIN noted_track ON noted_track.uuid = placed.uuid GROUP BY release_id, precision, sitting)`;

const isSpin = `(is_whole = 1 OR noted_sitting.tracks >=
  coalesce(min(${mostTracks}, (nullif(tracklist.tracks, 0) + 1) / 2), ${leastTracks}))`;

/** A sitting of the history that overlaps a noted one of the record is the same, and no second spin. */
export function refreshNotedSpins(database: Database): void {
  database.exec(`
    DELETE FROM noted_spin;
    INSERT INTO noted_spin (record_id, uuid, started_uts)
    WITH ${notedSittings}
    SELECT record.id, noted_sitting.uuid, noted_sitting.started_uts FROM noted_sitting JOIN record USING (release_id)
      LEFT JOIN tracklist USING (release_id)
    WHERE ${isSpin} AND NOT EXISTS (
      SELECT 1 FROM credit JOIN spin USING (album_id) WHERE credit.record_id = record.id
        AND spin.started_uts < noted_sitting.to_uts
        AND coalesce(spin.ended_uts, spin.started_uts) >= noted_sitting.from_uts)`);
}
