// The last plays, each with your records of its album.
import type { RecentDocument } from "../documents/play-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { readPublications } from "../../store/file/listings.ts";
import { contractSpan, isoSeconds } from "../records/contract.ts";
import type { Span } from "../conditions/span.ts";
import { findPlays, type PlayRow } from "./listed-plays.ts";
import { mapped } from "../documents/lazy-rows.ts";
import { contractPagination, type Paging } from "../documents/paging.ts";
import { requireHistory } from "../figures/readiness.ts";
import { copiesOf, shelvedCopies, type ShelvedCopy } from "../top/top-records.ts";

export interface RecentQuestion {
  /** null: all time. */
  readonly span: Span | null;
  /** Each word must be within the name of the artist, the track or the album. */
  readonly words: readonly string[];
  /** null: everything. */
  readonly paging: Paging | null;
}

export interface RecentRow extends PlayRow {
  /** Copies on the shelf, in any pressing. */
  readonly records: readonly ShelvedCopy[];
}

export interface RecentAnswer {
  readonly question: RecentQuestion;
  /** Plays on all pages. */
  readonly total: number;
  /** Newest first, read lazily. */
  readonly rows: Iterable<RecentRow>;
}

/** Leaves out plays without a date. Throws NotReadyError without a complete listening history. */
export function ask(database: Database, question: RecentQuestion): RecentAnswer {
  requireHistory(database, readPublications(database), "Last plays");
  const { rows, total, albumIds } = findPlays(database, question, question.paging);
  const ids = albumIds();
  const copiesOn = shelvedCopies(database, ids);
  const records = new Map(ids.map((id) => [id, copiesOf(copiesOn(id))]));
  return {
    question,
    total,
    rows: mapped(rows, (row) => ({
      ...row,
      records: row.albumId === null ? [] : (records.get(row.albumId) ?? []),
    })),
  };
}

export function document({ question, rows, total }: RecentAnswer): RecentDocument {
  return {
    data: mapped(rows, ({ uts, artist, track, albumId, album, records }) => ({
      played_at: isoSeconds(uts),
      artist_name: artist,
      track_name: track,
      album_id: albumId,
      album_name: album === "" ? null : album,
      record_ids: records.map(({ id }) => id),
      forms: [...new Set(records.map(({ form }) => form))],
    })),
    during: contractSpan(question.span),
    pagination: contractPagination(question.paging, total),
  };
}
