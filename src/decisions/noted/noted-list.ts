// The logged plays, newest first: all of them, or those of filtered records.
import type { NotedDocument } from "../../queries/documents/decision-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { listNotedPlays } from "../../store/decisions/noted-plays.ts";
import { contractPagination, pageOf, type Paging } from "../../queries/documents/paging.ts";
import { plain, valuesOf } from "../../queries/conditions/sql.ts";
import { fromRecords, type RecordFilter } from "../../queries/filters/record-filter.ts";
import { inSpans, type Span } from "../../queries/conditions/span.ts";
import { contractSession, shownSession, type ShownSession } from "./log-play.ts";

export interface NotedQuestion {
  /** A filter of records. With any condition, plays of records that left the collection are left out. */
  readonly filter: RecordFilter;
  /** When they were played; null: at any time. */
  readonly span: Span | null;
  /** null: no paging. */
  readonly paging: Paging | null;
}

export interface NotedAnswer {
  readonly question: NotedQuestion;
  readonly rows: readonly ShownSession[];
  /** On all pages. */
  readonly total: number;
}

export function ask(database: Database, question: NotedQuestion): NotedAnswer {
  const { filter, span, paging } = question;
  const releases = Object.keys(filter).length === 0 ? null : releasesOf(database, filter);
  const plays = listNotedPlays(database)
    .filter(
      ({ releaseId, startUts }) =>
        (releases === null || releases.has(releaseId)) && (span === null || inSpans(startUts, [span])),
    )
    .toReversed();
  const rows = pageOf(plays, paging).map((play) => shownSession(database, play));
  return { question, rows, total: plays.length };
}

function releasesOf(database: Database, filter: RecordFilter): ReadonlySet<number> {
  return new Set(valuesOf(database, fromRecords(database, filter, plain("DISTINCT record.release_id"))));
}

export function document({ question, rows, total }: NotedAnswer): NotedDocument {
  return { data: rows.map(contractSession), pagination: contractPagination(question.paging, total) };
}
