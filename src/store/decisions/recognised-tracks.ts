// The tracks of the shelf that a recogniser heard.
import type { Database } from "../file/database.ts";
import { execute, rawSql, queryRows, sql, queryValue, type Sql } from "../file/sql.ts";

type RecognisedState = "logged" | "pending" | "alone" | "dropped";

export interface RecognisedTrack {
  readonly uts: number;
  readonly artist: string;
  readonly title: string;
}

export interface RecognisedRow extends RecognisedTrack {
  readonly id: number;
  readonly state: RecognisedState;
  readonly isFinal: 0 | 1;
  readonly side: string | null;
  readonly releaseId: number | null;
  readonly position: string | null;
  readonly chosenRelease: number | null;
}

function readTracksWhere(database: Database, condition: Sql): RecognisedRow[] {
  return queryRows<RecognisedRow>(database)`
    SELECT id, at_uts AS uts, artist, title, state, is_final AS isFinal, side, release_id AS releaseId,
      position, chosen_release AS chosenRelease
    FROM recognised_track WHERE ${condition} ORDER BY at_uts, id`;
}

/** Adds a track unless it was added before. */
export function addRecognised(database: Database, { uts, artist, title }: RecognisedTrack): void {
  execute(database)`
    INSERT INTO recognised_track (at_uts, artist, title, state, is_final)
    VALUES (${uts}, ${artist}, ${title}, 'alone', 0)
    ON CONFLICT (at_uts, artist, title) DO NOTHING`;
}

export function readRecognised(
  database: Database,
  { uts, artist, title }: RecognisedTrack,
): RecognisedRow | undefined {
  return readTracksWhere(database, sql`(at_uts, artist, title) = (${uts}, ${artist}, ${title})`)[0];
}

/** The tracks that later ones may still explain otherwise. Those of a play that was deleted are dropped. */
export function readOpenRecognised(database: Database): RecognisedRow[] {
  database.exec(
    `UPDATE recognised_track SET state = 'dropped', is_final = 1
     WHERE state = 'logged' AND is_final = 0 AND side NOT IN (SELECT uuid FROM logged_play)`,
  );
  return readTracksWhere(database, rawSql("is_final = 0"));
}

/** The tracks that wait for the user, the oldest first. */
export function readPendingRecognised(database: Database): RecognisedRow[] {
  return readTracksWhere(database, rawSql("state IN ('pending', 'alone')"));
}

export type RecognisedVerdict = Pick<
  RecognisedRow,
  "id" | "state" | "isFinal" | "side" | "releaseId" | "position"
>;

export function saveVerdicts(database: Database, verdicts: Iterable<RecognisedVerdict>): void {
  const write = database.prepare<[RecognisedVerdict]>(
    `UPDATE recognised_track SET (state, is_final, side, release_id, position) =
       (@state, @isFinal, @side, @releaseId, @position) WHERE id = @id`,
  );
  for (const verdict of verdicts) write.run(verdict);
}

/** Tracks of a logged play that a recogniser heard no longer change it. */
export function markRecognisedFinal(database: Database, uuid: string): void {
  execute(database)`UPDATE recognised_track SET is_final = 1 WHERE side = ${uuid}`;
}

/** The user's choice. null: the tracks belong to no record. */
export function saveChosenRelease(database: Database, side: string, releaseId: number | null): void {
  const verdict =
    releaseId === null
      ? rawSql("state = 'dropped', is_final = 1, side = NULL")
      : sql`chosen_release = ${releaseId}, is_final = 0`;
  execute(database)`UPDATE recognised_track SET ${verdict} WHERE side = ${side}`;
}

/** When the last track of a play was heard; null if no recogniser heard it. */
export function readLastHeard(database: Database, uuid: string): number | null {
  return queryValue(database, null)`SELECT max(at_uts) FROM recognised_track WHERE side = ${uuid}`;
}
