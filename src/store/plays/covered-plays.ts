import type { Database } from "../file/database.ts";

/**
 * Whether a play of Spotify's account data is one of its extended history, which has all plays of its time: the account data
 * has only their end and how long they were heard, so that it dates a paused play too late.
 */
export const isCovered = `
  source_id IS (SELECT id FROM source WHERE name = 'spotify-account')
  AND EXISTS (SELECT 1 FROM source_play AS one JOIN source ON source.id = one.source_id AND name = 'spotify'
              WHERE one.uts > source_play.uts - 86400 AND one.uts <= source_play.uts)
  AND EXISTS (SELECT 1 FROM source_play AS one JOIN source ON source.id = one.source_id AND name = 'spotify'
              WHERE one.uts >= source_play.uts AND one.uts < source_play.uts + 86400)`;

/** Plays that a better file of the same service has are no part of merging. */
export function unlinkCovered(database: Database): void {
  database.exec(`
    UPDATE source_play SET play_uts = NULL, play_track_id = NULL, play_occurrence = NULL
    WHERE source_id = (SELECT id FROM source WHERE name = 'spotify-account')
      AND play_uts IS NOT NULL AND ${isCovered}`);
}
