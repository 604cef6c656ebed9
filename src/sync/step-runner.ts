// Runs the steps of a sync, and reports each.
import { CacheError, RewindError } from "../model/errors.ts";
import { isListing, type AskedSide, type StepName, getStep, steps } from "../model/sync-steps.ts";
import { Throttled, Unreachable } from "../sources/transport/service-errors.ts";
import { explainStoreFailure } from "../store/file/cache-errors.ts";
import { transact } from "../store/file/database.ts";
import {
  countStaged,
  deleteCheckpoint,
  EndlessListing,
  isUnchanged,
  noChanges,
  readPublication,
  StagingLost,
} from "../store/file/listings.ts";
import { stepTable, type StepRuns } from "./step-table.ts";
import type { StepResult, SyncEvent, SyncOptions } from "./sync-options.ts";
import { addFailure, type SyncReport } from "./sync-report.ts";
import type { Progress, StepOutcome } from "./paging/step.ts";

export interface StepRunner {
  /**
   * Runs a step and reports its failures. It counts all requests to its service that no step has counted before, but for
   * the last `laterRequests`. Returns whether to try later steps. Throws only bugs of this program.
   */
  run<Name extends StepName>(
    name: Name,
    stepRun: StepRuns[Name],
    laterRequests?: number,
  ): Promise<"go on" | "stop">;
  /** Reports a step that this sync leaves out: "skipped" by request, "failed" because its service failed. */
  skip(name: StepName, status: "skipped" | "failed"): void;
}

export function createStepRunner(options: SyncOptions, report: SyncReport): StepRunner {
  const { database, services, signal, clock, onEvent } = options;
  /** Requests to each service that a step has counted, or that were sent before this sync. */
  const counted = new Map(steps.map(({ asks }) => [asks, countRequests(options, asks)]));
  const countRows = (name: StepName): number => stepTable[name].countRows(database);

  /** Rows of a first reading are counted before they are published. */
  const countKept = (name: StepName): number => {
    const rows = countRows(name);
    if (rows > 0 || !isListing(name) || readPublication(database, name) !== undefined) return rows;
    return countStaged(database, name);
  };

  return {
    async run(name, stepRun, laterRequests = 0) {
      const startedMs = clock.now();
      const { asks } = getStep(name);
      /** null: a listing, which counts its changes itself. */
      const rowsBefore = isListing(name) ? null : countRows(name);
      let last: Pick<SyncEvent, "rows" | "rowsExpected" | "pages" | "pagesExpected"> = {
        rows: 0,
        rowsExpected: null,
        pages: 0,
        pagesExpected: null,
      };
      const emit = (kind: SyncEvent["kind"], result: StepResult | null): void => {
        const toCome = Math.max(0, (last.pagesExpected ?? 0) - last.pages);
        const soonestMs = asks === null || toCome === 0 ? 0 : (services[asks]?.usage.soonestMs(toCome) ?? 0);
        onEvent?.({ kind, step: name, ...last, soonestMs, result });
      };
      emit("started", null);

      const progress: Progress = (rows, rowsExpected, pages = rows, pagesExpected = rowsExpected) => {
        last = { rows, rowsExpected, pages, pagesExpected };
        emit("progress", null);
      };

      const finish = ({ changes = noChanges, ...outcome }: StepOutcome, rows: number): void => {
        const countedBefore = counted.get(asks) ?? 0;
        const requests = countRequests(options, asks) - countedBefore - laterRequests;
        counted.set(asks, countedBefore + requests);
        const result: StepResult = {
          name,
          requests,
          rows,
          ...changes,
          seconds: Math.max(0, clock.now() - startedMs) / 1000,
          status: outcome.status ?? (isUnchanged(changes) ? "unchanged" : "done"),
        };
        report.results.push(result);
        if (outcome.failure) report.failures.push(outcome.failure);
        if (outcome.note) report.notes.push(outcome.note);
        last = { ...last, rows };
        emit("finished", result);
      };

      try {
        const outcome = await stepTable[name].work(stepRun, progress);
        const rows = countRows(name);
        const added = rowsBefore === null ? 0 : Math.max(0, rows - rowsBefore);
        finish({ changes: { ...noChanges, added }, ...outcome }, rows);
        return "go on";
      } catch (error) {
        const failure = explainStoreFailure(error, database.name);
        if (signal.aborted) {
          finish({ status: "interrupted" }, countKept(name));
          return "stop";
        }
        if (!(failure instanceof RewindError)) throw failure;
        // The next sync must begin again.
        const isVoid = failure instanceof StagingLost || failure instanceof EndlessListing;
        if (isVoid) transact(database, () => deleteCheckpoint(database, failure.step));
        // A full disk stops all sides but is reported once.
        addFailure(report, asks, failure);
        finish({ status: "failed" }, countKept(name));
        return isHopeless(failure) ? "stop" : "go on";
      }
    },
    skip(name, status) {
      report.results.push({
        name,
        requests: 0,
        rows: countRows(name),
        ...noChanges,
        seconds: 0,
        status: signal.aborted ? "interrupted" : status,
      });
    },
  };
}

export function countRequests({ services }: Pick<SyncOptions, "services">, side: AskedSide): number {
  return side === null ? 0 : (services[side]?.usage.requests ?? 0);
}

/** Returns true if the next step would fail in the same way: no network, throttled, no disk. */
function isHopeless(failure: RewindError): boolean {
  const isDisk = failure instanceof CacheError && failure.cause !== undefined;
  return isDisk || failure instanceof Unreachable || failure instanceof Throttled;
}
