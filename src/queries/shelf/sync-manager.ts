// A sync that was started by this process, as HTTP and MCP report it.
import type { SyncRunDocument } from "../documents/sync-documents.ts";

type RunDocument = NonNullable<SyncRunDocument["run"]>;
export type SyncScope = RunDocument["scope"];

/** The error contains no secrets. */
export interface SyncRun extends RunDocument {
  /** Rows added, updated or removed. */
  readonly changes: number;
  /** True if it did not start, because another sync was running. */
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
export interface SyncManager {
  /** The running sync, or else the last one. */
  getLastRun(): SyncRun | null;
  /** The last finished sync that covered this side. */
  getLastRunFor(side: Exclude<SyncScope, "all">): SyncRun | null;
  /** Returns true if any process is syncing this cache. */
  isSyncing(): boolean;
  /** Returns undefined if a sync is running. Otherwise resolves when the new sync ends. */
  start(request: SyncRequest): Promise<SyncRun> | undefined;
  /** Yields the current state, and again after every change, until no sync of this process is running. */
  watch(): AsyncGenerator<SyncRun | null>;
}

export function buildSyncRunDocument(syncs: SyncManager): SyncRunDocument {
  const [syncing, run] = [syncs.isSyncing(), syncs.getLastRun()];
  if (run === null) return { syncing, run };
  const { changes: _, wasBusy: __, ...shown } = run;
  return { syncing, run: shown };
}
