// The plays that clients send to `rewind serve`. Nothing can bring them back, as with those of a file.
import type { SourceName, SourcePlay } from "../../model/listening-sources.ts";
import type { Database } from "../file/database.ts";
import { createPlayAdder, ensureSourceId, markSourceRead } from "./source-plays.ts";

const clientSource: SourceName = { name: "direct", kind: "client" };

/**
 * Adds the plays that are not stored yet. A client that got no answer sends a play again: it has the same second, names and
 * client. Run it inside a transaction.
 */
export function addSubmittedPlays(database: Database, plays: readonly SourcePlay[], nowUts: number): void {
  const sourceId = ensureSourceId(database, clientSource);
  const add = createPlayAdder(database, sourceId);
  const find = database
    .prepare<unknown[], 1>(
      `SELECT 1 FROM source_play JOIN source_track ON source_track.id = source_track_id
       WHERE source_play.source_id = ? AND uts = ? AND (artist, title, album, client) = (?, ?, ?, ?)`,
    )
    .pluck();
  for (const play of plays) {
    const { startUts, artist, title, album, client = "" } = play;
    if (find.get(sourceId, startUts, artist, title, album, client) === undefined) add(play);
  }
  markSourceRead(database, clientSource, nowUts);
}
