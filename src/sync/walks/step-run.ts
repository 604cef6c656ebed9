// Runs a step of a sync and reports it.
import { CacheError, InterruptedError, RewindError } from "../../model/errors.ts";
import { Throttled, Unreachable } from "../../sources/transport/service-errors.ts";
import {
  type Changes,
  countPublished,
  countStaged,
  dropWalk,
  isUnchanged,
  noChanges,
  readPublication,
  StagingLost,
} from "../../store/file/listings.ts";
import type { Database } from "../../store/file/database.ts";
import { explainStoreFailure } from "../../store/file/cache-errors.ts";
import { type AskedSide, isListing, type ListingName, type StepName, stepOf } from "../../model/steps.ts";
import { countInStates } from "../../store/decisions/noted-plays.ts";
import { countMasters } from "../../store/shelf/derived-columns.ts";
import { countKnownToMusicBrainz } from "../../store/shelf/musicbrainz-answers.ts";
import { countCovers } from "../../store/shelf/stored-pictures.ts";
import { countTracklists } from "../../store/shelf/tracklists.ts";
import type { Run, StepResult, StepStatus, SyncEvent } from "./sync-run.ts";

export interface Progress {
  /** Reports the rows and pages so far, and how many are expected. */
  (rows: number, rowsExpected: number | null, pages: number, pagesExpected: number | null): void;
}

export interface StepOutcome {
  /** Default: "done", or "unchanged" if nothing changed. */
  readonly status?: StepStatus;
  /** Default: none for a listing; for other steps the rows that were added. */
  readonly changes?: Changes;
  readonly note?: string | null;
  /** What failed, although the step finished. */
  readonly failure?: RewindError | null;
}

type RowCounter = (database: Database) => number;

function rowsOf(listing: ListingName): RowCounter {
  return (database) => countPublished(database, listing);
}

const rowCounters: Readonly<Record<StepName, RowCounter>> = {
  collection: rowsOf("collection"),
  wantlist: rowsOf("wantlist"),
  albums: rowsOf("albums"),
  history: rowsOf("history"),
  listens: rowsOf("listens"),
  sending: (database) => countInStates(database, "lastfm", ["sent"]),
  submitting: (database) => countInStates(database, "listenbrainz", ["sent"]),
  musicbrainz: countKnownToMusicBrainz,
  masters: countMasters,
  match: (database) => database.prepare("SELECT count(*) FROM match").pluck().get() as number,
  tracklists: countTracklists,
  covers: countCovers,
};

/** Runs a step and reports its failures. Returns whether to try later steps. Throws only bugs of this program. */
export async function runStep(
  run: Run,
  name: StepName,
  work: (progress: Progress) => Promise<StepOutcome>,
): Promise<"go on" | "stop"> {
  const { database } = run;
  const startedMs = run.nowMs();
  const { asks } = stepOf(name);
  const requestsAtStart = requestsOf(run, asks) - (run.uncounted.get(asks) ?? 0);
  run.uncounted.delete(asks);
  const rowsAtStart = rowCounters[name](database);
  const last = {
    rows: 0,
    rowsExpected: null as number | null,
    pages: 0,
    pagesExpected: null as number | null,
  };
  const emit = (kind: SyncEvent["kind"], result: StepResult | null): void => {
    const toCome = Math.max(0, (last.pagesExpected ?? 0) - last.pages);
    const soonestMs = asks === null || toCome === 0 ? 0 : (run.services[asks]?.usage.soonestMs(toCome) ?? 0);
    run.emit({ kind, step: name, ...last, soonestMs, result });
  };
  emit("started", null);

  const progress: Progress = (rows, rowsExpected, pages, pagesExpected) => {
    Object.assign(last, { rows, rowsExpected, pages, pagesExpected });
    emit("progress", null);
  };

  const finish = ({ changes = noChanges, ...outcome }: StepOutcome, rows: number): void => {
    const result: StepResult = {
      name,
      requests: requestsOf(run, asks) - requestsAtStart,
      rows,
      ...changes,
      seconds: Math.max(0, run.nowMs() - startedMs) / 1000,
      status: outcome.status ?? (isUnchanged(changes) ? "unchanged" : "done"),
      note: outcome.note ?? null,
    };
    run.results.push(result);
    if (outcome.failure) run.failures.push(outcome.failure);
    if (result.note !== null) run.notes.push(result.note);
    last.rows = rows;
    emit("finished", result);
  };

  try {
    const outcome = await work(progress);
    const rows = rowCounters[name](database);
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
    if (failure instanceof StagingLost) run.write(() => dropWalk(database, failure.step));
    // A full disk stops both sides but is reported once.
    if (!run.failures.some(({ message }) => message === failure.message)) run.failures.push(failure);
    finish({ status: "failed" }, keptRows(run, name));
    return isHopeless(failure) ? "stop" : "go on";
  }
}

/** Rows of a first reading are counted before they are published. */
function keptRows({ database }: Run, name: StepName): number {
  const rows = rowCounters[name](database);
  if (rows > 0 || !isListing(name) || readPublication(database, name) !== undefined) return rows;
  return countStaged(database, name);
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
    rows: rowCounters[name](run.database),
    ...noChanges,
    seconds: 0,
    status: run.signal.aborted ? "interrupted" : status,
    note: null,
  });
}

export function requestsOf(run: Pick<Run, "services">, side: AskedSide): number {
  return side === null ? 0 : (run.services[side]?.usage.requests ?? 0);
}

export function interruption(signal: AbortSignal): RewindError {
  return signal.reason instanceof RewindError ? signal.reason : new InterruptedError("SIGINT");
}
