// What a person knows a copy by: where it stands, which pressing it is, and which other copies there are.
import type { Database } from "../store/database.ts";

export interface RecordDetails {
  readonly folder: string | null;
  readonly label: string | null;
  readonly addedUts: number | null;
  /** Sittings with half of a credited album, all credited albums together; null where that is not known. */
  readonly spins: number | null;
}

export function recordDetails(database: Database, recordId: number): RecordDetails {
  const row = database
    .prepare<[number], RecordDetails>(
      `SELECT (SELECT name FROM folder WHERE id = record.folder_id) AS folder,
         (SELECT name FROM release_label WHERE release_id = record.release_id ORDER BY position LIMIT 1) AS label,
         record.added_uts AS addedUts,
         (SELECT sum(spins) FROM credit JOIN album_spin USING (album_id) WHERE record_id = record.id) AS spins
       FROM record WHERE record.id = ?`,
    )
    .get(recordId);
  return row ?? { folder: null, label: null, addedUts: null, spins: null };
}

/** Whether all these records were answered alike: the same type, the same albums. */
export function areMatchedAlike(database: Database, recordIds: readonly number[]): boolean {
  const answers = new Set(
    recordIds.map((id) =>
      database
        .prepare<[number], string>(
          `SELECT type || (SELECT json_group_array(album_id) FROM (
             SELECT album_id FROM credit WHERE credit.record_id = match.record_id ORDER BY album_id))
           FROM match WHERE record_id = ?`,
        )
        .pluck()
        .get(id),
    ),
  );
  return answers.size <= 1;
}

/** Several at once, since most of them are shown. */
export function lastPlayed(
  database: Database,
  albumIds: readonly number[],
): ReadonlyMap<number, number | null> {
  const find = database
    .prepare<[number], number | null>("SELECT last_played_uts FROM album WHERE id = ?")
    .pluck();
  return new Map(albumIds.map((id) => [id, find.get(id) ?? null]));
}
