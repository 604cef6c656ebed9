// Sittings in which at least half of an album was heard, worked out from the scrobbles whenever those change.
import type { Database } from "./database.ts";

/** A longer pause begins a new sitting. */
const longestPauseSeconds = 60 * 60;
/** How many different tracks a sitting needs at least, and how many are never asked for more. */
const leastTracks = 3;
const mostTracks = 6;

/**
 * One row of the chart by itself: a long edition must not raise the bar for the plain album. Its tracks are
 * told apart by name, whoever is credited on them. Scrobbles without a date are part of no sitting.
 */
const spinsOfAlbums = `
  WITH song AS MATERIALIZED (
    SELECT id AS track_id, album_id, min(id) OVER (PARTITION BY album_id, lower(name)) AS song
    FROM track WHERE album_id IS NOT NULL),
  known AS MATERIALIZED (
    SELECT album_id, count(DISTINCT song) AS tracks FROM song GROUP BY album_id HAVING tracks >= ${leastTracks}),
  play AS (
    SELECT album_id, song, uts, uts - lag(uts) OVER (PARTITION BY album_id ORDER BY uts) AS pause
    FROM known CROSS JOIN song USING (album_id) CROSS JOIN scrobble USING (track_id) WHERE uts > 0),
  heard AS (
    SELECT album_id, song, uts, count(*) FILTER (WHERE pause > ${longestPauseSeconds})
      OVER (PARTITION BY album_id ORDER BY uts ROWS UNBOUNDED PRECEDING) AS sitting
    FROM play)
  SELECT album_id, min(uts) AS started_uts, count(DISTINCT song) AS tracks, max(uts) AS ended_uts
  FROM heard JOIN known USING (album_id) GROUP BY album_id, sitting
  HAVING count(DISTINCT song) >= min(${mostTracks}, max(${leastTracks}, (known.tracks + 1) / 2))`;

/** Runs inside the caller's transaction. */
export function refreshSpins(database: Database): void {
  clearSpins(database);
  database.exec(`
    INSERT INTO spin (album_id, started_uts, tracks, ended_uts) ${spinsOfAlbums};
    INSERT INTO album_spin (album_id, spins, last_spin_uts)
    SELECT known.album_id, count(spin.album_id), max(spin.started_uts)
    FROM (SELECT album_id FROM track WHERE album_id IS NOT NULL
          GROUP BY album_id HAVING count(DISTINCT lower(name)) >= ${leastTracks}) AS known
    LEFT JOIN spin USING (album_id) GROUP BY known.album_id`);
}

/** Where the history is hidden, nothing is known of any sitting. */
export function clearSpins(database: Database): void {
  database.exec("DELETE FROM spin; DELETE FROM album_spin");
}
