// What a sync is doing that was started from here, for the doors that programs come in by.
import type { SyncRunDocument } from "../documents/syncs.ts";
import type { StepName } from "../../model/steps.ts";
import { isoSeconds } from "../records/contract.ts";

type RunDocument = NonNullable<SyncRunDocument["run"]>;
export type SyncScope = RunDocument["scope"];

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
  readonly outcome: RunDocument["status"];
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

export type { SyncRunDocument };

export function document(run: SyncRun | null, isSyncing: boolean): SyncRunDocument {
  return {
    syncing: isSyncing,
    run: run && {
      scope: run.scope,
      status: run.outcome,
      started_at: isoSeconds(run.startedUts),
      finished_at: isoSeconds(run.finishedUts),
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
