// What a sync reports at its end, as it comes together.
import { CacheError, type RewindError } from "../model/errors.ts";
import { isSynced, type AskedSide, type SyncedSide } from "../model/steps.ts";
import type { ServiceOutcome, StepResult } from "./sync-options.ts";

export interface SyncReport {
  readonly results: StepResult[];
  readonly notes: string[];
  readonly failures: RewindError[];
  /** Why a service is missing, by side. */
  readonly missing: Map<SyncedSide, Pick<ServiceOutcome, "status" | "error">>;
}

export function createReport(): SyncReport {
  return { results: [], notes: [], failures: [], missing: new Map() };
}

/** Notes the first failure of a service. An error that several steps report is noted once. */
export function noteFailure(
  { failures, missing }: SyncReport,
  side: AskedSide,
  error: RewindError,
  status: ServiceOutcome["status"] = "failed",
): void {
  if (!failures.some(({ message }) => message === error.message)) failures.push(error);
  if (isSynced(side) && !(error instanceof CacheError) && !missing.has(side))
    missing.set(side, { status, error });
}
