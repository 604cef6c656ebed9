// Songs that were heard without an album tag, or under an album that counts for no record: which release has them. Their
// plays are a figure of their own, and never a part of any other.
import type { Database } from "../file/database.ts";

export interface UncreditedTrack {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
}

const isUncredited = "(track.album_id IS NULL OR track.album_id NOT IN (SELECT album_id FROM credit))";

export function uncreditedTracks(database: Database): IterableIterator<UncreditedTrack> {
  return database
    .prepare<[], UncreditedTrack>(
      `SELECT id, artist, name AS title FROM track WHERE ${isUncredited} ORDER BY id`,
    )
    .iterate();
}

/** Runs inside the caller's transaction. */
export function writeStraySongs(
  database: Database,
  songs: readonly (readonly [trackId: number, releaseId: number])[],
): void {
  database.exec("DELETE FROM stray_song");
  database
    .prepare(
      "INSERT INTO stray_song (track_id, release_id) SELECT value ->> 0, value ->> 1 FROM json_each(?)",
    )
    .run(JSON.stringify(songs));
}

/** Differs as soon as another release may have a song, or another song may be without its album. */
export function straySongsDigest(database: Database): string {
  return database
    .prepare(
      `SELECT
         (SELECT count(*) || ' ' || coalesce(max(id), 0) || ' ' || coalesce(sum(id * 31 % 8191 * (coalesce(album_id, 0) % 131071)), 0)
          FROM track) || ' ' ||
         (SELECT count(*) || ' ' || coalesce(sum(release_id), 0) || ' ' || coalesce(sum(asked_uts), 0)
          FROM tracklist WHERE state = 'known') || ' ' ||
         (SELECT count(*) || ' ' || coalesce(sum(record_id * 31 % 8191 * (album_id % 131071)), 0) FROM credit) || ' ' ||
         (SELECT count(*) || ' ' || coalesce(sum(id * (release_id % 131071)), 0) FROM record)`,
    )
    .pluck()
    .get() as string;
}

/** Plays of such songs of the release that is selected from, as an SQL expression: a figure beside its plays. */
export const strayPlaysOfRelease = `(SELECT count(*) FROM stray_song JOIN track ON track.id = stray_song.track_id
  JOIN scrobble ON scrobble.track_id = track.id WHERE stray_song.release_id = release.id AND ${isUncredited})`;

/** How many plays there are of such songs: of a release, or of all on the shelf. */
export function countStrayPlays(database: Database, releaseId: number | "all"): number {
  const only = releaseId === "all" ? "" : "AND stray_song.release_id = ?";
  return database
    .prepare<unknown[], number>(
      `SELECT count(*) FROM stray_song JOIN track ON track.id = stray_song.track_id
       JOIN scrobble ON scrobble.track_id = track.id
       WHERE stray_song.release_id IN (SELECT release_id FROM record) AND ${isUncredited} ${only}`,
    )
    .pluck()
    .get(...(releaseId === "all" ? [] : [releaseId])) as number;
}
