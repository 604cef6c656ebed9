// The summary of a sync for programs (rewind sync --json).
import { isoTime } from "../model/local-days.ts";
import type { Keys } from "../queries/documents/document.ts";
import type { StepResult, SyncSummary } from "./walks/report.ts";

export interface SummaryDocument {
  readonly started_at: string;
  readonly finished_at: string;
  readonly complete: boolean;
  readonly steps: readonly Omit<StepResult, "note">[];
  readonly notes: readonly string[];
}

export const keys: Keys<SummaryDocument> = {
  started_at: "in UTC",
  finished_at: "in UTC",
  complete: "whether everything that was to be done is done",
  steps: {
    meaning: "in the order in which they began",
    each: {
      name: "collection, wantlist, albums, history, match and the like",
      requests: "that were made",
      rows: "in the cache now",
      added: "rows that are new",
      updated: "rows that changed",
      removed: "rows that are gone",
      seconds: "that it took",
      status: {
        meaning: "how it ended",
        note: "done, unchanged, skipped, hidden, private, short, held, away, failed, interrupted",
      },
    },
  },
  notes: "sentences on what a person should know, and what failed",
};

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
