// The listens of ListenBrainz, staged page by page and published when all are read. Second and msid identify a
// listen. All functions run inside the caller's transaction.
import type { Listen, SourceName, SourcePlay } from "../../model/listening-sources.ts";
import type { Changes } from "../file/listings.ts";
import type { Database } from "../file/database.ts";
import { rawSql, queryRows, queryValue } from "../file/sql.ts";
import { deleteSourcePlays, createSourceImporter } from "./source-plays.ts";

export const listenSource: SourceName = { name: "listenbrainz", kind: "service" };

/** Returns how many listens were not staged before. */
export function stageListens(database: Database, listens: readonly Listen[], checkpointId: number): number {
  const stage = database.prepare(
    "INSERT OR IGNORE INTO staged_listen (start_uts, msid, play, checkpoint_id) VALUES (?, ?, ?, ?)",
  );
  let newCount = 0;
  for (const { msid, play } of listens) {
    newCount += stage.run(play.startUts, msid, JSON.stringify(play), checkpointId).changes;
  }
  return newCount;
}

/** A stored play and its track, by the second and msid of a listen. */
const storedPlays = `(SELECT p.uts, t.source_key, t.recording_mbid, t.release_group_mbid, t.artist_mbids
  FROM source_play AS p JOIN source_track AS t ON t.id = p.source_track_id
  WHERE p.source_id = (SELECT id FROM source WHERE name = '${listenSource.name}'))`;

const isStored = `EXISTS (SELECT 1 FROM ${storedPlays} AS stored WHERE stored.uts = start_uts AND stored.source_key = msid)`;

interface StoredKey {
  readonly startUts: number;
  readonly sourceKey: string;
}

/** Stored plays that start after a second and were not listed. null: of all times. */
export function readUnlistedListens(database: Database, afterUts: number | null): StoredKey[] {
  return queryRows<StoredKey>(database)`
    SELECT uts AS startUts, source_key AS sourceKey FROM ${rawSql(storedPlays)} AS stored
    WHERE uts > ${afterUts ?? Number.MIN_SAFE_INTEGER}
      AND NOT EXISTS (SELECT 1 FROM staged_listen WHERE start_uts = uts AND msid = source_key)`;
}

const batchSize = 1_000;

/** Adds the staged listens that are new, and replaces those that were mapped to other MBIDs since. */
export function publishStagedListens(database: Database): Pick<Changes, "added" | "updated"> {
  const remapped = queryRows<StoredKey>(database)`
    SELECT uts AS startUts, source_key AS sourceKey FROM ${rawSql(storedPlays)} AS stored
      JOIN staged_listen ON start_uts = uts AND msid = source_key
    WHERE recording_mbid <> coalesce(play ->> 'recordingMbid', '')
      OR release_group_mbid <> coalesce(play ->> 'releaseGroupMbid', '')
      OR artist_mbids <> coalesce(play ->> 'artistMbids', '')`;
  const updated = deleteSourcePlays(database, listenSource, remapped);
  const add = createSourceImporter(database, listenSource);
  const nextRows = database.prepare<
    [number, string],
    { readonly startUts: number; readonly msid: string; readonly play: string }
  >(
    `SELECT start_uts AS startUts, msid, play FROM staged_listen
     WHERE (start_uts, msid) > (?, ?) AND NOT ${isStored} ORDER BY start_uts, msid LIMIT ${batchSize}`,
  );
  let addedCount = 0;
  for (let last = { startUts: Number.MIN_SAFE_INTEGER, msid: "" }; ;) {
    const rows = nextRows.all(last.startUts, last.msid);
    const final = rows.at(-1);
    if (final === undefined) return { added: addedCount - updated, updated };
    addedCount += add(rows.map(({ play }) => JSON.parse(play) as SourcePlay));
    last = final;
  }
}

/** Listens that began at a second or before it; null: none. */
export function countListensUntil(database: Database, uts: number | null): number {
  return queryValue(database, 0)`
    SELECT count(*) FROM source_play WHERE source_id = (SELECT id FROM source WHERE name = ${listenSource.name})
      AND uts <= ${uts ?? Number.MIN_SAFE_INTEGER}`;
}
