// What a sync tells programs: its summary (rewind sync --json), and its events, one a line (rewind sync --events).
import { isoTime } from "../model/times.ts";
import type { Keys } from "../queries/documents/document.ts";
import type { StepResult, StepStatus, SyncEvent, SyncSummary } from "./walks/run.ts";
import type { StepName } from "../model/steps.ts";

export interface SummaryDocument {
  readonly started_at: string;
  readonly finished_at: string;
  readonly complete: boolean;
  readonly steps: readonly Omit<StepResult, "note">[];
  readonly notes: readonly string[];
}

export const summaryKeys: Keys<SummaryDocument> = {
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

export interface EventDocument {
  readonly event: SyncEvent["kind"];
  readonly step: StepName;
  readonly rows: number;
  readonly rows_expected: number | null;
  readonly pages: number;
  readonly pages_expected: number | null;
  readonly status: StepStatus | null;
}

export const eventKeys: Keys<EventDocument> = {
  event: { meaning: "what happened to the step", note: "started, progress, finished" },
  step: "collection, wantlist, albums, history, match and the like",
  rows: "read so far; once it is finished, in the cache",
  rows_expected: "of how many; null while that is not known",
  pages: "read so far",
  pages_expected: "of how many; null while that is not known",
  status: "how it ended, as in the summary, which is the last line; null until then",
};

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
