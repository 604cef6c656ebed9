// The raw plays of listening sources beside the cache's own service. A change marks its quarters; mergeSources then merges
// those again.
import type { SourceName, SourcePlay } from "../../model/listening-sources.ts";
import type { Database } from "../file/database.ts";
import { execute, rawSql, queryValue } from "../file/sql.ts";
import { deleteCheckpoint } from "../file/listings.ts";
import { daySeconds, toQuarter } from "../../model/times.ts";

/**
 * Returns a function that adds the plays of one import, in batches of any size and order. Equal plays within the import
 * are true repeats; plays of an earlier import are not added twice. It returns how many were new. Run it
 * inside a transaction.
 */
export function createSourceImporter(
  database: Database,
  source: SourceName,
): (plays: Iterable<SourcePlay>) => number {
  const sourceId = ensureSourceId(database, source);
  const getTrackId = createTrackIdFinder(database, sourceId);
  const repeats = new Map<number, number>();
  const insert = database.prepare(`
    INSERT OR IGNORE INTO source_play (source_id, uts, source_track_id, occurrence, precision_seconds)
    VALUES (?, ?, ?, ?, ?)`);
  const mark = database.prepare(markDueSql);
  return (plays) => {
    const quarters = new Set<number>();
    let addedCount = 0;
    for (const play of plays) {
      const trackId = getTrackId(play);
      const key = play.startUts * 2 ** 20 + (trackId % 2 ** 20);
      const occurrence = (repeats.get(key) ?? 0) + 1;
      repeats.set(key, occurrence);
      const { changes } = insert.run(sourceId, play.startUts, trackId, occurrence, play.precisionSeconds);
      if (changes > 0) quarters.add(toQuarter(play.startUts));
      addedCount += changes;
    }
    for (const quarter of quarters) mark.run(sourceId, quarter);
    return addedCount;
  };
}

/** Returns a function that adds a play that is not stored yet: an equal one is a repeat. Run it inside a transaction. */
export function createPlayAdder(database: Database, sourceId: number): (play: SourcePlay) => void {
  const getTrackId = createTrackIdFinder(database, sourceId);
  const insert = database.prepare(`
    INSERT INTO source_play (source_id, uts, source_track_id, occurrence, precision_seconds)
    SELECT $sourceId, $uts, $trackId, coalesce(max(occurrence), 0) + 1, $precision
    FROM source_play WHERE (source_id, uts, source_track_id) = ($sourceId, $uts, $trackId)`);
  const mark = database.prepare(markDueSql);
  let markedQuarter: number | undefined;
  return (play) => {
    const { startUts: uts, precisionSeconds: precision } = play;
    insert.run({ sourceId, uts, trackId: getTrackId(play), precision });
    const quarter = toQuarter(uts);
    if (quarter !== markedQuarter) mark.run(sourceId, quarter);
    markedQuarter = quarter;
  };
}

const markDueSql = `
  INSERT INTO merge_quarter (source_id, quarter, is_due) VALUES (?, ?, 1)
  ON CONFLICT DO UPDATE SET is_due = 1 WHERE is_due = 0`;

/** Call it once a read is complete, even if it brought nothing. */
export function markSourceRead(database: Database, source: SourceName, nowUts: number): void {
  execute(database)`UPDATE source SET read_uts = ${nowUts} WHERE id = ${ensureSourceId(database, source)}`;
}

/** Removes single plays, by the source's own key. Returns how many they were. */
export function deleteSourcePlays(
  database: Database,
  source: SourceName,
  plays: Iterable<{ readonly startUts: number; readonly sourceKey: string }>,
): number {
  const sourceId = ensureSourceId(database, source);
  const remove = database.prepare(`
    DELETE FROM source_play WHERE source_id = ? AND uts = ?
      AND source_track_id IN (SELECT id FROM source_track WHERE source_id = source_play.source_id AND source_key = ?)`);
  const mark = database.prepare("UPDATE merge_quarter SET is_due = 1 WHERE source_id = ? AND quarter = ?");
  let removedCount = 0;
  for (const { startUts, sourceKey } of plays) {
    const { changes } = remove.run(sourceId, startUts, sourceKey);
    if (changes > 0) mark.run(sourceId, toQuarter(startUts));
    removedCount += changes;
  }
  return removedCount;
}

/** Removes all plays of a source. Run mergeSources afterwards, in the same transaction. */
export function deleteSource(database: Database, name: string): void {
  const sourceId = queryValue(database, 0)`SELECT id FROM source WHERE name = ${name} AND id > 1`;
  execute(database)`DELETE FROM source_play WHERE source_id = ${sourceId}`;
  execute(database)`UPDATE merge_quarter SET is_due = 1, plays = 0 WHERE source_id = ${sourceId}`;
  execute(database)`DELETE FROM source_track WHERE source_id = ${sourceId}`;
  execute(database)`DELETE FROM source WHERE id = ${sourceId}`;
  if (name !== "listenbrainz") return;
  // The next sync reads all listens again, of any account.
  deleteCheckpoint(database, "listens");
  database.exec(
    "DELETE FROM publication WHERE step = 'listens'; DELETE FROM account WHERE service = 'listenbrainz'",
  );
}

/** The plays as they were imported. Everything else about sources follows from them. */
export const sourceTables = ["source", "source_track", "source_play"] as const;

/** toQuarter(uts) in SQL. */
export const quarterSql = rawSql(
  "strftime('%Y', uts, 'unixepoch') * 4 + (strftime('%m', uts, 'unixepoch') - 1) / 3",
);

/** Has every play merged again. */
export function markAllDue(database: Database): void {
  execute(database)`
    INSERT OR REPLACE INTO merge_quarter (source_id, quarter, is_due)
    SELECT DISTINCT source_id, ${quarterSql}, 1 FROM source_play`;
  database.exec("UPDATE source_play SET (play_uts, play_track_id, play_occurrence) = (NULL, NULL, NULL)");
}

export function ensureSourceId(database: Database, { name, kind }: SourceName): number {
  execute(database)`INSERT OR IGNORE INTO source (name, kind) VALUES (${name}, ${kind})`;
  return queryValue(database, 0)`SELECT id FROM source WHERE name = ${name}`;
}

/** Everything that tells a track from another one. */
export const trackColumns = `source_id, artist, title, album, album_artist, duration_seconds, recording_mbid, release_mbid,
  release_group_mbid, origin, is_end_stamped, has_own_album, source_key, client, artist_mbids, tags`;

function encodeList(values: readonly string[] = []): string {
  return values.length === 0 ? "" : JSON.stringify(values);
}

function createTrackIdFinder(database: Database, sourceId: number): (play: SourcePlay) => number {
  const places = `(${trackColumns.replaceAll(/\w+/g, "?")})`;
  const insert = database.prepare(`INSERT INTO source_track (${trackColumns}) VALUES ${places}`);
  const find = database
    .prepare<unknown[], number>(`SELECT id FROM source_track WHERE (${trackColumns}) = ${places}`)
    .pluck();
  return (play) => {
    const values = [
      sourceId,
      play.artist,
      play.title,
      play.album,
      play.albumArtist ?? "",
      play.durationSeconds ?? 0,
      play.recordingMbid ?? "",
      play.releaseMbid ?? "",
      play.releaseGroupMbid ?? "",
      play.origin ?? "",
      Number(play.isEndStamped),
      Number(play.hasOwnAlbum),
      play.sourceKey ?? "",
      play.client ?? "",
      encodeList(play.artistMbids),
      encodeList(play.tags),
    ];
    return find.get(...values) ?? Number(insert.run(...values).lastInsertRowid);
  };
}

/** Account data is covered by plays of the extended history that are at most this long before and after it. */
export const coveringSeconds = daySeconds;

export const isOfAccount = "source_id IS (SELECT id FROM source WHERE name = 'spotify-account')";

/**
 * True for a play of Spotify's account data if its extended history has all plays of that time. The account data has only
 * the end of a play and how long it was heard, so it dates a paused play too late.
 */
export const isCovered = `
  ${isOfAccount}
  AND EXISTS (SELECT 1 FROM source_play AS one JOIN source ON source.id = one.source_id AND name = 'spotify'
              WHERE one.uts > source_play.uts - ${coveringSeconds} AND one.uts <= source_play.uts)
  AND EXISTS (SELECT 1 FROM source_play AS one JOIN source ON source.id = one.source_id AND name = 'spotify'
              WHERE one.uts >= source_play.uts AND one.uts < source_play.uts + ${coveringSeconds})`;

/** Plays that a better file of the same service has are no part of merging. */
export function unlinkCovered(database: Database): void {
  database.exec(`
    UPDATE source_play SET play_uts = NULL, play_track_id = NULL, play_occurrence = NULL
    WHERE play_uts IS NOT NULL AND ${isCovered}`);
}
