// The report at the end of a sync, as it comes together.
import { CacheError, InterruptedError, RewindError } from "../model/errors.ts";
import { isSynced, steps, type AskedSide, type SyncedSide, syncedSides } from "../model/sync-steps.ts";
import { countMatches } from "../store/plays/record-matches.ts";
import {
  isSideIncluded,
  getNowUts,
  type ServiceOutcome,
  type StepResult,
  type SyncOptions,
  type SyncSummary,
} from "./sync-options.ts";

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

/** Notes the first failure of a service. An error that several steps report is reported once. */
export function addFailure(
  { failures, missing }: SyncReport,
  side: AskedSide,
  error: RewindError,
  status: ServiceOutcome["status"] = "failed",
): void {
  if (!failures.some(({ message }) => message === error.message)) failures.push(error);
  if (isSynced(side) && !(error instanceof CacheError) && !missing.has(side))
    missing.set(side, { status, error });
}

export function createInterruptionError(signal: AbortSignal): RewindError {
  return signal.reason instanceof RewindError ? signal.reason : new InterruptedError("SIGINT");
}

export function summarise(options: SyncOptions, report: SyncReport, startedAt: number): SyncSummary {
  const { database, signal } = options;
  const { results, notes, failures } = report;
  if (signal.aborted && !failures.some((failure) => failure.exitCode >= 130)) {
    failures.push(createInterruptionError(signal));
  }
  return {
    startedAt,
    finishedAt: getNowUts(options),
    complete: failures.length === 0,
    steps: steps.flatMap((step) => results.filter(({ name }) => name === step.name)),
    notices: notes,
    failures,
    services: buildServiceOutcomes(options, report),
    match: countMatches(database),
  };
}

function buildServiceOutcomes(options: SyncOptions, { missing }: SyncReport): ServiceOutcome[] {
  return syncedSides.flatMap((side): ServiceOutcome[] => {
    const service = options.services[side];
    if (service === null || (side === "listening" && options.accounts.listening === null)) return [];
    const { id, name } = service;
    const isRead = isSideIncluded(options, side) && (side !== "listens" || options.history);
    const status = isRead ? "done" : "skipped";
    return [{ side, service: { id, name }, status, error: null, ...missing.get(side) }];
  });
}
