// What is remembered of the questions, by names and releases, since ids belong to one cache.
import type { AlbumName } from "./decisions.ts";
import type { Database } from "../file/database.ts";

/** Albums that the user doesn't want to see among the gaps. */
export function hiddenAlbums(database: Database): AlbumName[] {
  return database
    .prepare<[], AlbumName>("SELECT artist, title FROM hidden_album ORDER BY artist, title")
    .all();
}

export function hideAlbum(database: Database, { artist, title }: AlbumName, nowUts: number): void {
  database.prepare("INSERT OR IGNORE INTO hidden_album VALUES (?, ?, ?)").run(artist, title, nowUts);
}

export function unhideAlbum(database: Database, { artist, title }: AlbumName): void {
  database.prepare("DELETE FROM hidden_album WHERE artist = ? AND title = ?").run(artist, title);
}

export interface Snooze extends AlbumName {
  /** null: until it is undone. */
  readonly untilUts: number | null;
  readonly snoozedUts: number;
}

/** Albums that shall not be proposed, the newest word first; those whose time is over included. */
export function listSnoozes(database: Database): Snooze[] {
  return database
    .prepare<[], Snooze>(
      `SELECT artist, title, until_uts AS untilUts, snoozed_uts AS snoozedUts FROM snooze
       ORDER BY snoozed_uts DESC, artist, title`,
    )
    .all();
}

/** The snoozes that have not ended. */
export function activeSnoozes(database: Database, nowUts: number): Snooze[] {
  return listSnoozes(database).filter(({ untilUts }) => untilUts === null || untilUts > nowUts);
}

export function writeSnooze(database: Database, snooze: Snooze): void {
  database
    .prepare("INSERT OR REPLACE INTO snooze VALUES (@artist, @title, @untilUts, @snoozedUts)")
    .run(snooze);
}

export function deleteSnooze(database: Database, { artist, title }: AlbumName): void {
  database.prepare("DELETE FROM snooze WHERE artist = ? AND title = ?").run(artist, title);
}

/** What was proposed for listening, so that it doesn't come again too soon. */
export function proposedSince(database: Database, fromUts: number): AlbumName[] {
  return database
    .prepare<[number], AlbumName>("SELECT artist, title FROM proposal WHERE proposed_uts >= ?")
    .all(fromUts);
}

/** Notes what was proposed now, and forgets what was before `fromUts`. Runs inside the caller's transaction. */
export function rememberProposals(
  database: Database,
  albums: readonly AlbumName[],
  { nowUts, fromUts }: { readonly nowUts: number; readonly fromUts: number },
): void {
  database.prepare("DELETE FROM proposal WHERE proposed_uts < ?").run(fromUts);
  const write = database.prepare("INSERT OR REPLACE INTO proposal VALUES (?, ?, ?)");
  for (const { artist, title } of albums) write.run(artist, title, nowUts);
}

/** What became of a question that a review asked. */
export type ReviewVerdict = "skipped" | "dismissed";

export interface ReviewNote {
  readonly releaseId: number;
  /** The albums in question: with others the question is a new one. */
  readonly subject: string;
}

export function readReviewNotes(database: Database): (note: ReviewNote) => ReviewVerdict | undefined {
  const rows = database
    .prepare<[], ReviewNote & { verdict: ReviewVerdict }>(
      "SELECT release_id AS releaseId, subject, verdict FROM review_note",
    )
    .all();
  const verdicts = new Map(rows.map((row) => [`${row.releaseId}/${row.subject}`, row.verdict]));
  return ({ releaseId, subject }) => verdicts.get(`${releaseId}/${subject}`);
}

export function writeReviewNote(
  database: Database,
  { releaseId, subject }: ReviewNote,
  verdict: ReviewVerdict,
  notedUts: number,
): void {
  database
    .prepare(
      "INSERT OR REPLACE INTO review_note (release_id, subject, verdict, noted_uts) VALUES (?, ?, ?, ?)",
    )
    .run(releaseId, subject, verdict, notedUts);
}

export function deleteReviewNote(database: Database, { releaseId, subject }: ReviewNote): void {
  database.prepare("DELETE FROM review_note WHERE release_id = ? AND subject = ?").run(releaseId, subject);
}
