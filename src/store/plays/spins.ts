// Sittings in which at least half of an album was heard, worked out from the scrobbles whenever those change, and wherever
// it becomes known how many tracks the record has.
import { playableTracks } from "../../model/playable-tracks.ts";
import type { Database } from "../file/database.ts";
import { readPublication } from "../file/listings.ts";
import { tracklistReader } from "../shelf/tracklists.ts";

/** A longer pause begins a new sitting. */
const longestPauseSeconds = 60 * 60;
/** How many different tracks a sitting needs at least where the list isn't known, and how many are never asked for more. */
const leastTracks = 3;
const mostTracks = 6;

/**
 * How many tracks the record has, by album, where its list is known. The largest record that is credited with it counts, so
 * that no single stands for the album; but not a box, whose albums are inside.
 */
const listedOfAlbums = `
  listed AS MATERIALIZED (
    SELECT credit.album_id AS album_id, max(tracklist.tracks) AS tracks
    FROM tracklist JOIN record USING (release_id) JOIN release ON release.id = tracklist.release_id
    JOIN credit ON credit.record_id = record.id
    WHERE tracklist.tracks > 0 AND release.kind <> 'box' GROUP BY credit.album_id)`;

const allAlbums = "SELECT DISTINCT album_id FROM track WHERE album_id IS NOT NULL";

/** Albums whose sittings were measured by another list than is known now. */
const albumsListedAnew = `
  SELECT album_id FROM listed LEFT JOIN album_spin USING (album_id) WHERE album_spin.listed IS NOT listed.tracks
  UNION SELECT album_id FROM album_spin WHERE listed IS NOT NULL AND album_id NOT IN (SELECT album_id FROM listed)`;

/**
 * How many tracks are asked of a sitting: half of the record's. Of an album from which more was heard than the record has
 * (a single, a plain pressing), or whose list isn't known, a few are asked at least; NULL where not even those are known.
 */
const asked = `
  CASE
    WHEN heard.tracks BETWEEN 1 AND listed.tracks THEN min(${mostTracks}, (listed.tracks + 1) / 2)
    WHEN heard.tracks >= ${leastTracks}
      THEN min(${mostTracks}, max(${leastTracks}, (coalesce(listed.tracks, heard.tracks) + 1) / 2)) END`;

/**
 * One row of the chart by itself: a long edition must not raise the bar for the plain album. Its tracks are
 * told apart by name, whoever is credited on them. Scrobbles without a date are part of no sitting.
 */
const spinsOfAlbums = `
  WITH known AS MATERIALIZED (SELECT value ->> 0 AS album_id, value ->> 1 AS asked FROM json_each(?)),
  song AS MATERIALIZED (
    SELECT id AS track_id, album_id, min(id) OVER (PARTITION BY album_id, lower(name)) AS song
    FROM known CROSS JOIN track USING (album_id)),
  play AS (
    SELECT album_id, song, uts, uts - lag(uts) OVER (PARTITION BY album_id ORDER BY uts) AS pause
    FROM song CROSS JOIN scrobble USING (track_id) WHERE uts > 0),
  sitting AS (
    SELECT album_id, song, uts, count(*) FILTER (WHERE pause > ${longestPauseSeconds})
      OVER (PARTITION BY album_id ORDER BY uts ROWS UNBOUNDED PRECEDING) AS sitting
    FROM play)
  SELECT album_id, min(uts) AS started_uts, count(DISTINCT song) AS tracks, max(uts) AS ended_uts
  FROM sitting JOIN known USING (album_id) GROUP BY album_id, sitting HAVING count(DISTINCT song) >= known.asked`;

/** Works all of them out anew. Runs inside the caller's transaction. */
export function refreshSpins(database: Database): void {
  clearSpins(database);
  workOut(database, allAlbums);
}

/** Works out those anew that another list measures than did. Runs inside the caller's transaction. */
export function adjustSpins(database: Database): void {
  if (readPublication(database, "history")?.detail.hidden === true) return;
  workOut(database, albumsListedAnew);
}

type AskedOfAlbum = [albumId: number, asked: number | null, listed: number | null];

function workOut(database: Database, albums: string): void {
  countListed(database);
  const measured = database
    .prepare<[], AskedOfAlbum>(
      `WITH ${listedOfAlbums}, concerned AS MATERIALIZED (${albums}),
       heard AS MATERIALIZED (
         SELECT album_id, count(DISTINCT lower(track.name)) AS tracks
         FROM concerned LEFT JOIN track USING (album_id) GROUP BY album_id)
       SELECT album_id, ${asked}, listed.tracks FROM heard LEFT JOIN listed USING (album_id)`,
    )
    .raw()
    .all();
  if (measured.length === 0) return;
  const all = JSON.stringify(measured);
  for (const table of ["spin", "album_spin"]) {
    database
      .prepare(`DELETE FROM ${table} WHERE album_id IN (SELECT value ->> 0 FROM json_each(?))`)
      .run(all);
  }
  const told = JSON.stringify(measured.filter(([, tracks]) => tracks !== null));
  database.prepare(`INSERT INTO spin (album_id, started_uts, tracks, ended_uts) ${spinsOfAlbums}`).run(told);
  database
    .prepare(
      `INSERT INTO album_spin (album_id, spins, last_spin_uts, listed)
       SELECT told.value ->> 0, count(spin.album_id), max(spin.started_uts), told.value ->> 2
       FROM json_each(?) AS told LEFT JOIN spin ON spin.album_id = told.value ->> 0 GROUP BY told.key`,
    )
    .run(told);
}

/** How many tracks each list has that was not counted yet. */
function countListed(database: Database): void {
  const uncounted = database
    .prepare("SELECT release_id FROM tracklist WHERE state = 'known' AND tracks IS NULL")
    .pluck()
    .all() as number[];
  if (uncounted.length === 0) return;
  const listOf = tracklistReader(database);
  const write = database.prepare("UPDATE tracklist SET tracks = ? WHERE release_id = ?");
  for (const releaseId of uncounted) write.run(playableTracks(listOf(releaseId) ?? []).length, releaseId);
}

/** Where the history is hidden, nothing is known of any sitting. */
export function clearSpins(database: Database): void {
  database.exec("DELETE FROM spin; DELETE FROM album_spin");
}

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
        AND spin.ended_uts >= noted_sitting.from_uts)`);
}
