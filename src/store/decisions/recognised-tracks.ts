// The tracks of the shelf that a recogniser heard.
import type { Database } from "../file/database.ts";

type RecognisedState = "logged" | "pending" | "alone" | "dropped";

export interface RecognisedTrack {
  readonly uts: number;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly source: string;
}

export interface RecognisedRow extends RecognisedTrack {
  readonly id: number;
  readonly state: RecognisedState;
  readonly isSettled: 0 | 1;
  readonly side: string | null;
  readonly releaseId: number | null;
  readonly position: string | null;
  readonly chosenRelease: number | null;
}

const columns = `id, at_uts AS uts, artist, title, album, source, state, is_settled AS isSettled, side,
  release_id AS releaseId, position, chosen_release AS chosenRelease`;

/** Adds a track unless it was added before. */
export function addRecognised(database: Database, track: RecognisedTrack): void {
  database
    .prepare<[RecognisedTrack]>(
      `INSERT INTO recognised_track (at_uts, artist, title, album, source, state, is_settled)
       VALUES (@uts, @artist, @title, @album, @source, 'alone', 0) ON CONFLICT (at_uts, artist, title) DO NOTHING`,
    )
    .run(track);
}

export function readRecognised(
  database: Database,
  { uts, artist, title }: RecognisedTrack,
): RecognisedRow | undefined {
  return database
    .prepare<[number, string, string], RecognisedRow>(
      `SELECT ${columns} FROM recognised_track WHERE at_uts = ? AND artist = ? AND title = ?`,
    )
    .get(uts, artist, title);
}

/** The tracks that later ones may still explain otherwise. Those of a play that was deleted are dropped. */
export function openRecognised(database: Database): RecognisedRow[] {
  database.exec(
    `UPDATE recognised_track SET state = 'dropped', is_settled = 1
     WHERE state = 'logged' AND is_settled = 0 AND side NOT IN (SELECT uuid FROM noted_play)`,
  );
  return database
    .prepare<[], RecognisedRow>(
      `SELECT ${columns} FROM recognised_track WHERE is_settled = 0 ORDER BY at_uts, id`,
    )
    .all();
}

/** The tracks that wait for the user, the oldest first. */
export function pendingRecognised(database: Database): RecognisedRow[] {
  return database
    .prepare<[], RecognisedRow>(
      `SELECT ${columns} FROM recognised_track WHERE state IN ('pending', 'alone') ORDER BY at_uts, id`,
    )
    .all();
}

export type RecognisedVerdict = Pick<
  RecognisedRow,
  "id" | "state" | "isSettled" | "side" | "releaseId" | "position"
>;

export function writeVerdicts(database: Database, verdicts: Iterable<RecognisedVerdict>): void {
  const write = database.prepare<[RecognisedVerdict]>(
    `UPDATE recognised_track SET (state, is_settled, side, release_id, position) =
       (@state, @isSettled, @side, @releaseId, @position) WHERE id = @id`,
  );
  for (const verdict of verdicts) write.run(verdict);
}

/** Tracks of a logged play that a recogniser heard no longer change it. */
export function settleRecognised(database: Database, uuid: string): void {
  database.prepare("UPDATE recognised_track SET is_settled = 1 WHERE side = ?").run(uuid);
}

/** The user's choice. null: the tracks belong to no record. */
export function chooseRelease(database: Database, side: string, releaseId: number | null): void {
  database
    .prepare(
      releaseId === null
        ? "UPDATE recognised_track SET state = 'dropped', is_settled = 1, side = NULL WHERE side = @side"
        : "UPDATE recognised_track SET chosen_release = @releaseId, is_settled = 0 WHERE side = @side",
    )
    .run(releaseId === null ? { side } : { side, releaseId });
}

/** When the last track of a play was heard; null if no recogniser heard it. */
export function lastHeard(database: Database, uuid: string): number | null {
  return database
    .prepare<[string], number | null>("SELECT max(at_uts) FROM recognised_track WHERE side = ?")
    .pluck()
    .get(uuid) as number | null;
}
