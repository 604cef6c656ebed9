// What a sync is doing that was started from here, for the doors that programs come in by.
import type { StepName } from "../../model/steps.ts";
import { isoSeconds } from "../records/contract.ts";
import type { Keys } from "../documents/document.ts";

/** As the hosted service calls the two sides. */
export const syncScopes = ["all", "collecting", "listening"] as const;
export type SyncScope = (typeof syncScopes)[number];

export const syncOutcomes = ["running", "completed", "failed", "interrupted"] as const;

export interface SyncStepRun {
  readonly name: StepName;
  readonly rows: number;
  /** null while unknown. */
  readonly rowsExpected: number | null;
  readonly pages: number;
  readonly pagesExpected: number | null;
  /** null while it runs. */
  readonly status: string | null;
}

export interface SyncRun {
  readonly scope: SyncScope;
  readonly outcome: (typeof syncOutcomes)[number];
  readonly startedUts: number;
  readonly finishedUts: number | null;
  readonly steps: readonly SyncStepRun[];
  /** Rows that were added, updated or removed. */
  readonly changes: number;
  /** Why it failed, without any secret. */
  readonly failure: string | null;
  /** It never began: another one was at work. */
  readonly wasBusy: boolean;
}

export interface SyncRequest {
  readonly scope: SyncScope;
  /** Read everything again. */
  readonly full?: boolean;
  /** false: leave the listening history out. */
  readonly history?: boolean;
}

/** Syncs that are started from here, one at a time. */
export interface SyncDesk {
  /** The one that runs, else the one before. */
  last(): SyncRun | null;
  /** The last one that has ended, of those that asked this side. */
  lastOf(side: Exclude<SyncScope, "all">): SyncRun | null;
  /** Whether a sync of this cache runs now, wherever it was started. */
  isSyncing(): boolean;
  /** undefined: one is running. Else resolves at its end. */
  start(request: SyncRequest): Promise<SyncRun> | undefined;
  /** As it stands, and again whenever something happens, until none that was started here is running. */
  watch(): AsyncGenerator<SyncRun | null>;
}

interface SyncRunDocument {
  readonly syncing: boolean;
  readonly run: {
    readonly scope: SyncScope;
    readonly status: SyncRun["outcome"];
    readonly started_at: string | null;
    readonly finished_at: string | null;
    readonly steps: readonly {
      readonly name: StepName;
      readonly status: string;
      readonly rows: number;
      readonly rows_expected: number | null;
      readonly pages: number;
      readonly pages_expected: number | null;
    }[];
    readonly error: string | null;
  } | null;
}

export type { SyncRunDocument };

export const keys: Keys<SyncRunDocument> = {
  syncing: "whether a sync of this cache runs now, wherever it was started",
  run: {
    meaning: "the last sync that was started from here; null before the first",
    keys: {
      scope: "which sides it asks",
      status: "running, completed, failed or interrupted",
      started_at: "in UTC",
      finished_at: "in UTC; null while it runs",
      steps: {
        meaning: "in the order in which they began",
        each: {
          name: "collection, wantlist, albums, history, match and the like",
          status: "running, or how it ended, as in the summary of rewind sync --json",
          rows: "read so far; once it is finished, in the cache",
          rows_expected: "of how many; null while that is not known",
          pages: "read so far",
          pages_expected: "of how many; null while that is not known",
        },
      },
      error: "why it failed, and what to do; null where it did not",
    },
  },
};

export function document(run: SyncRun | null, isSyncing: boolean): SyncRunDocument {
  return {
    syncing: isSyncing,
    run: run && {
      scope: run.scope,
      status: run.outcome,
      started_at: isoSeconds(run.startedUts),
      finished_at: run.finishedUts === null ? null : isoSeconds(run.finishedUts),
      steps: run.steps.map(({ name, rows, rowsExpected, pages, pagesExpected, status }) => ({
        name,
        status: status ?? "running",
        rows,
        rows_expected: rowsExpected,
        pages,
        pages_expected: pagesExpected,
      })),
      error: run.failure,
    },
  };
}
