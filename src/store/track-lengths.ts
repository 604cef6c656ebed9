// Lengths of tracks where the list of their release has none: what other services said, and that they said nothing.
import type { Database } from "./database.ts";

/** What nobody knew may have been entered since. */
const unknownAgainSeconds = 90 * 86_400;

/** A track as it is printed on its release. */
export interface PrintedTrack {
  readonly position: string;
  readonly title: string;
}

/** A function that tells what is kept of a track: its seconds; null where nobody knew; undefined where nobody was asked. */
export function trackLengthReader(
  database: Database,
  releaseId: number,
  nowUts: number,
): (track: PrintedTrack) => number | null | undefined {
  const find = database
    .prepare<[number, string, string, number], number | null>(
      `SELECT seconds FROM track_length WHERE release_id = ? AND position = ? AND title = ?
         AND (seconds IS NOT NULL OR asked_uts > ?)`,
    )
    .pluck();
  return ({ position, title }) => find.get(releaseId, position, title, nowUts - unknownAgainSeconds);
}

/** Runs inside the caller's transaction. */
export function keepTrackLengths(
  database: Database,
  releaseId: number,
  lengths: readonly (PrintedTrack & { readonly seconds: number | null })[],
  nowUts: number,
): void {
  const write = database.prepare("INSERT OR REPLACE INTO track_length VALUES (?, ?, ?, ?, ?)");
  for (const { position, title, seconds } of lengths) write.run(releaseId, position, title, seconds, nowUts);
}
