// Spins: sittings in which at least half of an album was heard. They are computed from the scrobbles, again whenever
// these or the known track counts change.
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../file/database.ts";
import { arePlaysPartial } from "./merged-plays.ts";
import { type RefreshScope, selectAlbums } from "./refresh-scope.ts";

/** A longer pause begins a new sitting. */
const maxPauseSeconds = 60 * 60;
/**
 * A spin needs at least `minSpinTracks` different tracks if the tracklist is unknown, and never more than `maxSpinTracks`.
 */
const minSpinTracks = 3;
const maxSpinTracks = 6;

/**
 * The number of tracks by album, if a tracklist is known. The largest credited record counts, so that a single does
 * not stand for the album. A box does not count, because it holds several albums.
 */
const albumTrackCounts = `
  SELECT album_match.album_id, max(tracklist.tracks)
  FROM tracklist JOIN record USING (release_id) JOIN release ON release.id = tracklist.release_id
  JOIN album_match ON album_match.record_id = record.id
  WHERE tracklist.tracks > 0 AND release.kind <> 'box' GROUP BY album_match.album_id`;

const isInOtherGroup = "album.group_id IS NOT album_spin.group_id";

/** The groups of albums whose spins were measured in another group, or by another track count than the one known now. */
const outdatedGroups = `
  SELECT album.group_id FROM listed JOIN album ON album.id = album_id LEFT JOIN album_spin USING (album_id)
    WHERE album_spin.track_count IS NOT listed.tracks
  UNION SELECT album.group_id FROM album_spin JOIN album ON album.id = album_id
    WHERE track_count IS NOT NULL AND album_id NOT IN (SELECT album_id FROM listed)
  UNION SELECT album.group_id FROM album_spin JOIN album ON album.id = album_id WHERE ${isInOtherGroup}
  UNION SELECT album_spin.group_id FROM album_spin JOIN album ON album.id = album_id WHERE ${isInOtherGroup}`;

/**
 * The number of tracks that a spin needs: half of the record's. If more tracks were heard than the record has (a
 * single), or if the list is unknown, at least `minSpinTracks`. NULL if too few tracks are known.
 */
const requiredTracks = `
  CASE
    WHEN heard.tracks BETWEEN 1 AND listed.tracks THEN min(${maxSpinTracks}, (listed.tracks + 1) / 2)
    WHEN heard.tracks >= ${minSpinTracks}
      THEN min(${maxSpinTracks}, max(${minSpinTracks}, (coalesce(listed.tracks, heard.tracks) + 1) / 2)) END`;

/**
 * The names of one album share its sittings, because sources and streaming services change between them. A sitting belongs
 * to the name that it began with and needs as many tracks as that one, so that a long edition does not raise the bar for
 * the plain album. Plays without a date, or of which only the day is known, belong to no sitting.
 */
const albumSpins = `
  WITH known AS (SELECT album_id, group_id, asked FROM measured WHERE asked IS NOT NULL),
  song AS MATERIALIZED (SELECT * FROM known CROSS JOIN heard_song USING (album_id, group_id)),
  play AS (
    SELECT album_id, group_id, asked, track_id, song, uts,
      coalesce(uts - lag(uts) OVER (PARTITION BY group_id ORDER BY uts, track_id) > ${maxPauseSeconds}, true) AS is_first
    FROM song CROSS JOIN scrobble USING (track_id) WHERE uts > 0 AND precision_seconds < ${daySeconds}),
  sitting AS (
    SELECT *, count(*) FILTER (WHERE is_first)
      OVER (PARTITION BY group_id ORDER BY uts, track_id ROWS UNBOUNDED PRECEDING) AS sitting
    FROM play)
  SELECT max(album_id) FILTER (WHERE is_first), min(uts), max(uts)
  FROM sitting GROUP BY group_id, sitting HAVING count(DISTINCT song) >= max(asked) FILTER (WHERE is_first)`;

/** Computes spins again. Runs inside the caller's transaction. */
export function refreshSpins(database: Database, scope: RefreshScope = "all"): void {
  if (arePlaysPartial(database)) database.exec("DELETE FROM spin; DELETE FROM album_spin");
  computeSpins(database, `SELECT group_id FROM album WHERE ${selectAlbums(scope, "id").sql}`);
}

/**
 * Computes the spins again of albums in another group, or with another track count, than before. Runs inside the caller's
 * transaction.
 */
export function refreshOutdatedSpins(database: Database): void {
  computeSpins(database, outdatedGroups);
}

/** `heard_song (track_id, album_id, group_id, song)`: equal songs are one, whatever their artist, and so are their remasters. */
const heardSongs = `
  INSERT INTO heard_song
    WITH named AS (
      SELECT track.id AS id, album_id, group_id, song, min(track.id) OVER (PARTITION BY group_id, lower(name)) AS named
      FROM concerned JOIN track USING (album_id))
    SELECT id, album_id, group_id, min(named) OVER (PARTITION BY group_id, coalesce(song, 'name ' || named)) FROM named`;

/** If the history is hidden, no spins are known. */
function computeSpins(database: Database, groups: string): void {
  if (arePlaysPartial(database)) return;
  database.exec(`
    CREATE TEMP TABLE listed (album_id INTEGER PRIMARY KEY, tracks INTEGER);
    INSERT INTO listed ${albumTrackCounts};
    CREATE TEMP TABLE concerned AS SELECT id AS album_id, group_id FROM album WHERE group_id IN (${groups});
    CREATE TEMP TABLE heard_song (track_id INTEGER PRIMARY KEY, album_id INTEGER, group_id INTEGER, song INTEGER);
    ${heardSongs};
    CREATE TEMP TABLE measured (album_id INTEGER PRIMARY KEY, group_id INTEGER, asked INTEGER, track_count INTEGER);
    INSERT INTO measured
      WITH heard AS MATERIALIZED (
        SELECT album_id, concerned.group_id AS group_id, count(DISTINCT song) AS tracks
        FROM concerned LEFT JOIN heard_song USING (album_id) GROUP BY album_id),
      single AS (
        SELECT album_id, group_id, ${requiredTracks} AS asked, listed.tracks AS track_count
        FROM heard LEFT JOIN listed USING (album_id))
      SELECT album_id, group_id, coalesce(asked, min(asked) OVER (PARTITION BY group_id)), track_count FROM single;
    DELETE FROM spin WHERE album_id IN (SELECT album_id FROM measured);
    DELETE FROM album_spin WHERE album_id IN (SELECT album_id FROM measured);
    INSERT INTO spin (album_id, started_uts, ended_uts) ${albumSpins};
    INSERT INTO album_spin (album_id, group_id, spins, last_spin_uts, track_count)
      SELECT measured.album_id, measured.group_id, count(spin.album_id), max(spin.started_uts), measured.track_count
      FROM measured LEFT JOIN spin ON spin.album_id = measured.album_id
      WHERE measured.asked IS NOT NULL GROUP BY measured.album_id;
    DROP TABLE measured; DROP TABLE heard_song; DROP TABLE concerned; DROP TABLE listed`);
}

/**
 * Logged plays of a release without a long pause between them are one sitting; a play with only a day is one by
 * itself. A sitting is a spin if half of the release was played, or if its tracks are unknown.
 */
const loggedSessions = `
  session AS (
    SELECT uuid, release_id, precision, start_uts, from_uts, to_uts,
      iif(precision = 'time', start_uts - max(last_uts) OVER (PARTITION BY release_id, precision
        ORDER BY start_uts, uuid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), NULL) AS pause
    FROM logged_play),
  placed AS (
    SELECT *, count(*) FILTER (WHERE pause IS NULL OR pause > ${maxPauseSeconds})
      OVER (PARTITION BY release_id, precision ORDER BY start_uts, uuid ROWS UNBOUNDED PRECEDING) AS sitting
    FROM session),
  logged_sitting AS MATERIALIZED (
    SELECT release_id, min(placed.uuid) AS uuid, min(start_uts) AS started_uts, min(from_uts) AS from_uts,
      max(to_uts) AS to_uts, max(logged_track.uuid IS NULL) AS is_whole, count(DISTINCT lower(title)) AS tracks
    FROM placed LEFT JOIN logged_track ON logged_track.uuid = placed.uuid GROUP BY release_id, precision, sitting)`;

const isSpin = `(is_whole = 1 OR logged_sitting.tracks >=
  coalesce(min(${maxSpinTracks}, (nullif(tracklist.tracks, 0) + 1) / 2), ${minSpinTracks}))`;

/** A logged sitting that overlaps a spin of the history is the same spin. */
export function refreshLoggedSpins(database: Database): void {
  database.exec(`
    DELETE FROM logged_spin;
    INSERT INTO logged_spin (record_id, uuid, started_uts)
    WITH ${loggedSessions}
    SELECT record.id, logged_sitting.uuid, logged_sitting.started_uts FROM logged_sitting JOIN record USING (release_id)
      LEFT JOIN tracklist USING (release_id)
    WHERE ${isSpin} AND NOT EXISTS (
      SELECT 1 FROM album_match JOIN spin USING (album_id) WHERE album_match.record_id = record.id
        AND spin.started_uts < logged_sitting.to_uts
        AND spin.ended_uts >= logged_sitting.from_uts)`);
}
