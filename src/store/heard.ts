// The tracks that were heard from each album, as the matching asks for them.
import type { Database } from "./database.ts";

export interface HeardTrack {
  readonly title: string;
  readonly artists: readonly string[];
}

/** Asks for one album at a time: of most nothing is ever asked. */
export function heardTracks(database: Database): (albumId: number) => readonly HeardTrack[] {
  const find = database.prepare<[number], { title: string; artist: string }>(
    "SELECT name AS title, artist FROM track WHERE album_id = ? ORDER BY id",
  );
  return (albumId) => find.all(albumId).map(({ title, artist }) => ({ title, artists: [artist] }));
}

/** Differs as soon as another track is known, or one belongs to another album. Plays of known tracks change nothing. */
export function heardDigest(database: Database): string {
  return database
    .prepare(
      `SELECT count(*) || ' ' || coalesce(max(id), 0) || ' ' || coalesce(sum(id * 31 % 8191 * (album_id % 131071)), 0)
       FROM track WHERE album_id IS NOT NULL`,
    )
    .pluck()
    .get() as string;
}
