// A sync that was started by this process, as HTTP and MCP report it.
import type { SyncRunDocument } from "../documents/sync-documents.ts";
import { isoSeconds } from "../records/contract.ts";

type RunDocument = NonNullable<SyncRunDocument["run"]>;
export type SyncScope = RunDocument["scope"];

export interface SyncRun {
  readonly scope: SyncScope;
  readonly outcome: RunDocument["status"];
  readonly startedUts: number;
  readonly finishedUts: number | null;
  readonly steps: RunDocument["steps"];
  /** Rows added, updated or removed. */
  readonly changes: number;
  /** Why it failed, without secrets. */
  readonly failure: string | null;
  /** It did not start, because another sync was running. */
  readonly wasBusy: boolean;
}

export interface SyncRequest {
  readonly scope: SyncScope;
  /** Reads everything again. */
  readonly full?: boolean;
  /** false: leaves the listening history out. */
  readonly history?: boolean;
}

/** Starts syncs, one at a time. */
export interface SyncDesk {
  /** The running sync, or else the last one. */
  last(): SyncRun | null;
  /** The last finished sync that covered this side. */
  lastOf(side: Exclude<SyncScope, "all">): SyncRun | null;
  /** Returns true if any process is syncing this cache. */
  isSyncing(): boolean;
  /** Returns undefined if a sync is running. Otherwise resolves when the new sync ends. */
  start(request: SyncRequest): Promise<SyncRun> | undefined;
  /** Yields the current state, and again after every change, until no sync of this process is running. */
  watch(): AsyncGenerator<SyncRun | null>;
}

export function document(syncs: SyncDesk): SyncRunDocument {
  const run = syncs.last();
  return {
    syncing: syncs.isSyncing(),
    run: run && {
      scope: run.scope,
      status: run.outcome,
      started_at: isoSeconds(run.startedUts),
      finished_at: isoSeconds(run.finishedUts),
      steps: run.steps,
      error: run.failure,
    },
  };
}
