// Reads the shelf for the recogniser.
import type { ArtistCredit } from "../../model/model.ts";
import { playableTracks } from "../../model/playable-tracks.ts";
import type { Database } from "../../store/file/database.ts";
import { tracklistReader } from "../../store/shelf/tracklists.ts";
import type { ShelvedTracklist } from "./shelf-tracks.ts";

/** The releases on the shelf with a tracklist, and lengths of tracks that other services know. */
export function shelvedTracklists(database: Database): ShelvedTracklist[] {
  const listOf = tracklistReader(database);
  const seconds = new Map(
    database
      .prepare<[], [string, number]>(
        `SELECT json_array(release_id, position, title), seconds FROM track_length WHERE seconds IS NOT NULL`,
      )
      .raw()
      .all(),
  );
  return database
    .prepare<[], Omit<ShelvedTracklist, "artists" | "tracks"> & { readonly artists: string }>(
      `SELECT release.id AS id, artist, title,
         (SELECT iif(count(*) = 1, max(instance_id), NULL) FROM record WHERE release_id = release.id) AS instanceId,
         (SELECT json_group_array(json_object('id', artist_id, 'name', name, 'anv', anv, 'join', join_word)) FROM (
            SELECT * FROM release_artist WHERE release_id = release.id ORDER BY position)) AS artists
       FROM release JOIN tracklist ON tracklist.release_id = release.id AND tracklist.state = 'known'
       WHERE release.id IN (SELECT release_id FROM record) ORDER BY release.id`,
    )
    .all()
    .map((row) => ({
      ...row,
      artists: JSON.parse(row.artists) as ArtistCredit[],
      tracks: playableTracks(listOf(row.id) ?? []).map((track) => ({
        ...track,
        durationSeconds:
          track.durationSeconds ?? seconds.get(JSON.stringify([row.id, track.position, track.title])) ?? null,
      })),
    }));
}
