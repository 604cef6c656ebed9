// The summary of a sync for programs (rewind sync --json).
import type { SummaryDocument } from "../queries/documents/syncs.ts";
import type { SyncSummary } from "./walks/report.ts";

export function document(summary: SyncSummary): SummaryDocument {
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

function isoTime(uts: number): string {
  return new Date(uts * 1000).toISOString().replace(".000Z", "Z");
}
