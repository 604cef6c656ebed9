// One run of sync: the state that its steps share, and how each step is run and reported.
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
  | "hidden"
  | "private"
  /** The listing lists fewer rows than it counts. */
  | "short"
  /** An optional service did not answer. */
  | "away"
  /** Too many rows were missing to be removed without a witness. */
  | "held"
  | "failed"
  | "interrupted";

export interface StepResult {
  readonly name: StepName;
  readonly requests: number;
  /** Rows in the cache after the step. */
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
  /** The least time that the remaining pages take by the service's limits, in milliseconds. */
  readonly soonestMs: number;
  /** Only with "finished". */
  readonly result: StepResult | null;
}

export interface SyncSummary {
  /** Unix seconds. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly complete: boolean;
  readonly steps: readonly StepResult[];
  readonly notes: readonly string[];
  /** worstError() of these decides the exit code. */
  readonly failures: readonly RewindError[];
  readonly match: MatchCounts | null;
}

export interface Run {
  readonly database: Database;
  readonly services: Services;
  /** Read everything again, whatever the cache says. */
  readonly full: boolean;
  /** The user confirmed that rows which are no longer listed are gone. */
  readonly acceptsRemovals: boolean;
  /** The custom field with days of plays, by name or id; null: none. */
  readonly playedField: string | null;
  /** The custom field with prices, by name or id; null: none. */
  readonly priceField: string | null;
  /** Fetch the collection's value, if today's is not known. */
  readonly collectionValue: boolean;
  readonly call: CallOptions;
  readonly signal: AbortSignal;
  nowUts(): number;
  nowMs(): number;
  /** Every write of a sync runs through this, in one transaction. */
  write<Result>(work: () => Result): Result;
  emit(event: SyncEvent): void;
  readonly results: StepResult[];
  readonly notes: string[];
  readonly failures: RewindError[];
}

export interface Progress {
  /** Reports the rows and pages so far, and how many are expected. */
  (rows: number, rowsExpected: number | null, pages: number, pagesExpected: number | null): void;
}

export interface StepOutcome {
  /** Default: "done", or "unchanged" if nothing changed. */
  readonly status?: StepStatus;
  readonly changes?: Changes;
  readonly rows: number;
  readonly note?: string | null;
  /** What failed, although the step finished. */
  readonly failure?: RewindError | null;
}

export interface Step {
  readonly name: StepName;
  /** Requests that were sent for this step before it began. */
  readonly requestsBefore?: number;
  countRows(): number;
  work(progress: Progress): Promise<StepOutcome>;
}

/** True if to try later steps of the same service. */
export type StepVerdict = "go on" | "stop";

/** Runs a step and reports its failures. Throws only bugs of this program. */
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
    const soonestMs = asks === null || toCome === 0 ? 0 : (run.services[asks]?.soonestMs(toCome) ?? 0);
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
    // The next sync must begin again.
    if (failure instanceof StagingLost) run.write(() => dropWalk(run.database, failure.step));
    // A full disk stops both sides but is reported once.
    if (!run.failures.some(({ message }) => message === failure.message)) run.failures.push(failure);
    finish({ status: "failed", rows: keptRows(run, step) });
    return isHopeless(failure) ? "stop" : "go on";
  }
}

/** Rows of a first reading are counted before they are published. */
function keptRows({ database }: Run, step: Step): number {
  const { name } = step;
  const rows = step.countRows();
  if (rows > 0 || !isListing(name) || readPublication(database, name) !== undefined) return rows;
  return countStaged(database, name);
}

/** Returns true if the next step would fail in the same way: no network, throttled, no disk. */
function isHopeless(failure: RewindError): boolean {
  const isDisk = failure instanceof CacheError && failure.cause !== undefined;
  return isDisk || failure instanceof Unreachable || failure instanceof Throttled;
}

/** Reports a step that this run leaves out: "skipped" by request, "failed" because its service failed. */
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
  return asked === null ? 0 : (run.services[asked]?.requests ?? 0);
}

/** The interruption as an error. */
export function interruption(signal: AbortSignal): RewindError {
  return signal.reason instanceof RewindError ? signal.reason : new InterruptedError("SIGINT");
}
