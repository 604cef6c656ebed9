// Runs a step of a sync and reports it.
import { CacheError, InterruptedError, RewindError } from "../../model/errors.ts";
import { Throttled, Unreachable } from "../../sources/transport/service-errors.ts";
import {
  type Changes,
  countPublished,
  countStaged,
  dropWalk,
  EndlessListing,
  isUnchanged,
  noChanges,
  readPublication,
  StagingLost,
} from "../../store/file/listings.ts";
import type { Database } from "../../store/file/database.ts";
import { explainStoreFailure } from "../../store/file/cache-errors.ts";
import { isListing, type ListingName, type StepName, stepOf } from "../../model/steps.ts";
import { countInStates } from "../../store/decisions/noted-plays.ts";
import { countMasters } from "../../store/shelf/derived-columns.ts";
import { countKnownToMusicBrainz } from "../../store/shelf/musicbrainz-answers.ts";
import { countCovers } from "../../store/shelf/stored-pictures.ts";
import { countTracklists } from "../../store/shelf/tracklists.ts";
import {
  noteFailure,
  requestsOf,
  type Run,
  type StepResult,
  type StepStatus,
  type SyncEvent,
} from "./sync-run.ts";

/** Reports the rows and pages so far, and how many are expected. Without pages, each row is a request of its own. */
export type Progress = (rows: number, rowsExpected: number, pages?: number, pagesExpected?: number) => void;

export interface StepOutcome {
  /** Default: "done", or "unchanged" if nothing changed. */
  readonly status?: StepStatus;
  /** Default: none for a listing; for other steps the rows that were added. */
  readonly changes?: Changes;
  readonly note?: string | null;
  /** A failure, although the step finished. */
  readonly failure?: RewindError | null;
}

/** Rows of the steps that read no listing. */
const rowCounters: Readonly<Record<Exclude<StepName, ListingName>, (database: Database) => number>> = {
  sending: (database) => countInStates(database, "lastfm", ["sent"]),
  submitting: (database) => countInStates(database, "listenbrainz", ["sent"]),
  musicbrainz: countKnownToMusicBrainz,
  masters: countMasters,
  match: (database) => database.prepare("SELECT count(*) FROM match").pluck().get() as number,
  tracklists: countTracklists,
  covers: countCovers,
};

function countRows({ database }: Run, name: StepName): number {
  return isListing(name) ? countPublished(database, name) : rowCounters[name](database);
}

/**
 * Runs a step and reports its failures. It counts all requests to its service that no step has counted before, but for
 * the last `laterRequests`. Returns whether to try later steps. Throws only bugs of this program.
 */
export async function runStep(
  run: Run,
  name: StepName,
  work: (progress: Progress) => Promise<StepOutcome>,
  laterRequests = 0,
): Promise<"go on" | "stop"> {
  const { database } = run;
  const startedMs = run.nowMs();
  const { asks } = stepOf(name);
  const rowsAtStart = countRows(run, name);
  let last: Pick<SyncEvent, "rows" | "rowsExpected" | "pages" | "pagesExpected"> = {
    rows: 0,
    rowsExpected: null,
    pages: 0,
    pagesExpected: null,
  };
  const emit = (kind: SyncEvent["kind"], result: StepResult | null): void => {
    const toCome = Math.max(0, (last.pagesExpected ?? 0) - last.pages);
    const soonestMs = asks === null || toCome === 0 ? 0 : (run.services[asks]?.usage.soonestMs(toCome) ?? 0);
    run.emit({ kind, step: name, ...last, soonestMs, result });
  };
  emit("started", null);

  const progress: Progress = (rows, rowsExpected, pages = rows, pagesExpected = rowsExpected) => {
    last = { rows, rowsExpected, pages, pagesExpected };
    emit("progress", null);
  };

  const finish = ({ changes = noChanges, ...outcome }: StepOutcome, rows: number): void => {
    const countedBefore = run.counted.get(asks) ?? 0;
    const requests = requestsOf(run, asks) - countedBefore - laterRequests;
    run.counted.set(asks, countedBefore + requests);
    const result: StepResult = {
      name,
      requests,
      rows,
      ...changes,
      seconds: Math.max(0, run.nowMs() - startedMs) / 1000,
      status: outcome.status ?? (isUnchanged(changes) ? "unchanged" : "done"),
    };
    run.results.push(result);
    if (outcome.failure) run.failures.push(outcome.failure);
    if (outcome.note) run.notes.push(outcome.note);
    last = { ...last, rows };
    emit("finished", result);
  };

  try {
    const outcome = await work(progress);
    const rows = countRows(run, name);
    const addedRows = isListing(name) ? 0 : Math.max(0, rows - rowsAtStart);
    finish({ changes: { ...noChanges, added: addedRows }, ...outcome }, rows);
    return "go on";
  } catch (error) {
    const failure = explainStoreFailure(error, database.name);
    if (run.signal.aborted) {
      finish({ status: "interrupted" }, keptRows(run, name));
      return "stop";
    }
    if (!(failure instanceof RewindError)) throw failure;
    // The next sync must begin again.
    const isVoid = failure instanceof StagingLost || failure instanceof EndlessListing;
    if (isVoid) run.write(() => dropWalk(database, failure.step));
    // A full disk stops all sides but is reported once.
    noteFailure(run, asks, failure);
    finish({ status: "failed" }, keptRows(run, name));
    return isHopeless(failure) ? "stop" : "go on";
  }
}

/** Rows of a first reading are counted before they are published. */
function keptRows(run: Run, name: StepName): number {
  const rows = countRows(run, name);
  if (rows > 0 || !isListing(name) || readPublication(run.database, name) !== undefined) return rows;
  return countStaged(run.database, name);
}

/** Returns true if the next step would fail in the same way: no network, throttled, no disk. */
function isHopeless(failure: RewindError): boolean {
  const isDisk = failure instanceof CacheError && failure.cause !== undefined;
  return isDisk || failure instanceof Unreachable || failure instanceof Throttled;
}

/** Reports a step that this run leaves out: "skipped" by request, "failed" because its service failed. */
export function skipStep(run: Run, name: StepName, status: "skipped" | "failed"): void {
  run.results.push({
    name,
    requests: 0,
    rows: countRows(run, name),
    ...noChanges,
    seconds: 0,
    status: run.signal.aborted ? "interrupted" : status,
  });
}

export function interruption(signal: AbortSignal): RewindError {
  return signal.reason instanceof RewindError ? signal.reason : new InterruptedError("SIGINT");
}
