// JSON documents of a sync: an event while it runs, and its summary.
import { isoTime } from "../model/times.ts";
import type { EventDocument, SummaryDocument } from "../queries/documents/sync-documents.ts";
import type { SyncEvent, SyncSummary } from "./walks/step-run.ts";

export function summaryDocument(summary: SyncSummary): SummaryDocument {
  return {
    started_at: isoTime(summary.startedAt),
    finished_at: isoTime(summary.finishedAt),
    complete: summary.complete,
    steps: summary.steps.map((step) => ({
      name: step.name,
      requests: step.requests,
      rows: step.rows,
      added: step.added,
      updated: step.updated,
      removed: step.removed,
      seconds: Math.round(step.seconds * 1000) / 1000,
      status: step.status,
    })),
    notes: [...summary.notes, ...summary.failures.map((failure) => failure.message)],
  };
}

/** One line of rewind sync --events. */
export function eventDocument({
  kind,
  step,
  rows,
  rowsExpected,
  pages,
  pagesExpected,
  result,
}: SyncEvent): EventDocument {
  return {
    event: kind,
    step,
    rows,
    rows_expected: rowsExpected,
    pages,
    pages_expected: pagesExpected,
    status: result?.status ?? null,
  };
}
