// One run of sync: what all of its steps share, how a step becomes a result, and what is reported.
import { CacheError, InterruptedError, RewindError } from "../../model/errors.ts";
import { Throttled, Unreachable } from "../../sources/transport/service-errors.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { Services } from "../../sources/services/service-clients.ts";
import {
  type Changes,
  countStaged,
  dropWalk,
  isUnchanged,
  noChanges,
  readPublication,
  StagingLost,
} from "../../store/file/listings.ts";
import type { Database } from "../../store/file/database.ts";
import { explainStoreFailure } from "../../store/file/cache-errors.ts";
import { type AskedSide, isListing, type StepName, stepOf } from "../../model/steps.ts";
import type { MatchCounts } from "../../store/plays/record-matches.ts";

export type StepStatus =
  | "done"
  | "unchanged"
  | "skipped"
  /** The listening history is hidden by its owner. */
  | "hidden"
  /** The wantlist is private. */
  | "private"
  /** The listing lists fewer rows than it counts. */
  | "short"
  /** A service that nothing else depends on can't be asked. */
  | "away"
  /** Too much was missing from the listing to be removed on its word alone. */
  | "held"
  | "failed"
  | "interrupted";

export interface StepResult {
  readonly name: StepName;
  readonly requests: number;
  /** Rows in the cache for that step now. */
  readonly rows: number;
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly seconds: number;
  readonly status: StepStatus;
  readonly note: string | null;
}

export interface SyncEvent {
  readonly kind: "started" | "progress" | "finished";
  readonly step: StepName;
  readonly rows: number;
  /** null while unknown. */
  readonly rowsExpected: number | null;
  readonly pages: number;
  readonly pagesExpected: number | null;
  /** What the pages that are still to come take at least, in milliseconds: by the service's limits. */
  readonly soonestMs: number;
  /** With "finished" only. */
  readonly result: StepResult | null;
}

export interface SyncSummary {
  /** Unix seconds. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly complete: boolean;
  readonly steps: readonly StepResult[];
  readonly notes: readonly string[];
  /** worstError() of them decides the exit code. */
  readonly failures: readonly RewindError[];
  readonly match: MatchCounts | null;
}

export interface Run {
  readonly database: Database;
  readonly services: Services;
  /** Read everything again, whatever the cache says. */
  readonly full: boolean;
  /** What is no longer listed is gone, however much that is: the user says so. */
  readonly acceptsRemovals: boolean;
  /** The custom field of the collection with days of plays, by name or id; null: none. */
  readonly playedField: string | null;
  readonly call: CallOptions;
  readonly signal: AbortSignal;
  nowUts(): number;
  nowMs(): number;
  /** All that a sync writes, it writes so: in one transaction, while the cache is still its own. */
  write<Result>(work: () => Result): Result;
  emit(event: SyncEvent): void;
  readonly results: StepResult[];
  readonly notes: string[];
  readonly failures: RewindError[];
}

/** What a step says while it runs. */
export interface Progress {
  /** Rows and pages so far, of how many. */
  (rows: number, rowsExpected: number | null, pages: number, pagesExpected: number | null): void;
}

export interface StepOutcome {
  /** Left out: "done", or "unchanged" where nothing changed. */
  readonly status?: StepStatus;
  readonly changes?: Changes;
  readonly rows: number;
  readonly note?: string | null;
  /** What went wrong, though the step came to its end. */
  readonly failure?: RewindError | null;
}

export interface Step {
  readonly name: StepName;
  /** Requests that were sent for this step before it began. */
  readonly requestsBefore?: number;
  countRows(): number;
  work(progress: Progress): Promise<StepOutcome>;
}

/** Whether later steps of the same service are worth trying. */
export type StepVerdict = "go on" | "stop";

/** Runs a step; failures become a part of the report. Only what is a bug of this program is thrown. */
export async function runStep(run: Run, step: Step): Promise<StepVerdict> {
  const startedMs = run.nowMs();
  const { asks } = stepOf(step.name);
  const requestsAtStart = requestsOf(run, asks) - (step.requestsBefore ?? 0);
  const last = {
    rows: 0,
    rowsExpected: null as number | null,
    pages: 0,
    pagesExpected: null as number | null,
  };
  const emit = (kind: SyncEvent["kind"], result: StepResult | null): void => {
    const toCome = Math.max(0, (last.pagesExpected ?? 0) - last.pages);
    const soonestMs = asks === null || toCome === 0 ? 0 : run.services[asks].soonestMs(toCome);
    run.emit({ kind, step: step.name, ...last, soonestMs, result });
  };
  emit("started", null);

  const progress: Progress = (rows, rowsExpected, pages, pagesExpected) => {
    Object.assign(last, { rows, rowsExpected, pages, pagesExpected });
    emit("progress", null);
  };

  const finish = (outcome: StepOutcome): void => {
    const changes = outcome.changes ?? noChanges;
    const result: StepResult = {
      name: step.name,
      requests: requestsOf(run, asks) - requestsAtStart,
      rows: outcome.rows,
      ...changes,
      seconds: Math.max(0, run.nowMs() - startedMs) / 1000,
      status: outcome.status ?? (isUnchanged(changes) ? "unchanged" : "done"),
      note: outcome.note ?? null,
    };
    run.results.push(result);
    if (outcome.failure) run.failures.push(outcome.failure);
    if (result.note !== null) run.notes.push(result.note);
    last.rows = result.rows;
    emit("finished", result);
  };

  try {
    finish(await step.work(progress));
    return "go on";
  } catch (error) {
    const failure = explainStoreFailure(error, run.database.name);
    if (run.signal.aborted) {
      finish({ status: "interrupted", rows: keptRows(run, step) });
      return "stop";
    }
    if (!(failure instanceof RewindError)) throw failure;
    // Nothing to go on from: the next sync begins anew.
    if (failure instanceof StagingLost) run.write(() => dropWalk(run.database, failure.step));
    // A full disk stops both sides, and is told once.
    if (!run.failures.some(({ message }) => message === failure.message)) run.failures.push(failure);
    finish({ status: "failed", rows: keptRows(run, step) });
    return isHopeless(failure) ? "stop" : "go on";
  }
}

/** What came of a first reading is kept, though nothing of it is published yet. */
function keptRows({ database }: Run, step: Step): number {
  const { name } = step;
  const rows = step.countRows();
  if (rows > 0 || !isListing(name) || readPublication(database, name) !== undefined) return rows;
  return countStaged(database, name);
}

/** Whether the next step would only fail in the same way: no network, no patience with us, no disk. */
function isHopeless(failure: RewindError): boolean {
  const isDisk = failure instanceof CacheError && failure.cause !== undefined;
  return isDisk || failure instanceof Unreachable || failure instanceof Throttled;
}

/** Notes a step that this run leaves out: "skipped" as it was asked, "failed" where its service did before. */
export function skipStep(run: Run, name: StepName, rows: number, status: "skipped" | "failed"): void {
  run.results.push({
    name,
    requests: 0,
    rows,
    ...noChanges,
    seconds: 0,
    status: run.signal.aborted ? "interrupted" : status,
    note: null,
  });
}

export function requestsOf(run: Pick<Run, "services">, asked: AskedSide): number {
  return asked === null ? 0 : run.services[asked].requests;
}

/** What interrupted the run, as an error. */
export function interruption(signal: AbortSignal): RewindError {
  return signal.reason instanceof RewindError ? signal.reason : new InterruptedError("SIGINT");
}
