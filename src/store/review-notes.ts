// What was skipped or waved through in a review.
import type { Database } from "./database.ts";

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
