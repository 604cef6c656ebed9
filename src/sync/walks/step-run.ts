// One run of sync: the state that its steps share, and how each step is run and reported.
import { CacheError, InterruptedError, RewindError } from "../../model/errors.ts";
import type { PlayTarget } from "../../model/model.ts";
import { Throttled, Unreachable } from "../../sources/transport/service-errors.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { Services } from "../../sources/services/service-clients.ts";
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
import { transact, type Database } from "../../store/file/database.ts";
import { explainStoreFailure } from "../../store/file/cache-errors.ts";
import {
  type AskedSide,
  isListing,
  type ListingName,
  type StepName,
  stepOf,
  type SyncedSide,
} from "../../model/steps.ts";
import { countSent } from "../../store/decisions/noted-plays.ts";
import type { MatchCounts } from "../../store/plays/record-matches.ts";
import { countMasters } from "../../store/shelf/derived-columns.ts";
import { countKnownToMusicBrainz } from "../../store/shelf/musicbrainz-answers.ts";
import { countCovers, type PictureSource } from "../../store/shelf/stored-pictures.ts";
import { countTracklists } from "../../store/shelf/tracklists.ts";

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

interface AskedAccounts {
  /** null: the owner of the token. */
  readonly collection: string | null;
  /** null: not connected. */
  readonly listening: string | null;
  /** null: the owner of the token. */
  readonly listens?: string | null;
}

export interface CoverOptions {
  /** The hosts to ask. */
  readonly sources: readonly PictureSource[];
  /** Where pictures are stored, if their host allows it. */
  readonly directory: string;
  /** True if the user asked with --covers. false: the setting asks in every sync. */
  readonly isRequested: boolean;
}

interface SyncChoices {
  /** The user confirmed that rows which are no longer listed are gone. */
  readonly acceptsRemovals: boolean;
  /** Send the logged plays that wait. */
  readonly scrobbles: boolean;
  /** true: what a recogniser heard is sent without asking. */
  readonly scrobblesHeard: boolean;
  /** The services that get them. */
  readonly scrobbleTo: readonly PlayTarget[];
  /** The custom field with days of plays, by name or id; null: none. */
  readonly playedField: string | null;
  /** The custom field with prices, by name or id; null: none. */
  readonly priceField: string | null;
  /** Fetch the collection's value once a day. Only its owner can see it. */
  readonly collectionValue: boolean;
  /** Ask MusicBrainz about the releases on the shelf. */
  readonly musicbrainz: boolean;
  /** Ask the collection's service for original years that MusicBrainz does not know. */
  readonly masters: boolean;
  /** Ask the collection's service for the tracklist of every release on the shelf. */
  readonly tracklists: boolean;
  /** Fetch covers; null: none. */
  readonly covers: CoverOptions | null;
}

const usualChoices: SyncChoices = {
  acceptsRemovals: false,
  scrobbles: false,
  scrobblesHeard: false,
  scrobbleTo: ["lastfm", "listenbrainz"],
  playedField: null,
  priceField: null,
  collectionValue: false,
  musicbrainz: false,
  masters: false,
  tracklists: false,
  covers: null,
};

interface SyncBasis {
  readonly database: Database;
  readonly services: Services;
  readonly accounts: AskedAccounts;
  /** Read everything again, whatever the cache says. */
  readonly full: boolean;
  readonly only: SyncedSide | null;
  /** false: skip the listening history. */
  readonly history: boolean;
  readonly signal: AbortSignal;
}

export interface SyncOptions extends SyncBasis, Partial<SyncChoices> {
  readonly clock: { now(): number };
  readonly onEvent?: (event: SyncEvent) => void;
}

export interface Run extends SyncBasis, SyncChoices {
  readonly call: CallOptions;
  nowUts(): number;
  nowMs(): number;
  /** Every write of a sync runs through this, in one transaction. */
  write<Result>(work: () => Result): Result;
  emit(event: SyncEvent): void;
  readonly results: StepResult[];
  readonly notes: string[];
  readonly failures: RewindError[];
  /** Requests that no step has counted yet, such as those that verify an account. */
  readonly uncounted: Map<AskedSide, number>;
}

export function makeRun({ clock, onEvent, ...options }: SyncOptions): Run {
  return {
    ...usualChoices,
    ...options,
    write: (work) => transact(options.database, work),
    call: { signal: options.signal },
    nowMs: () => clock.now(),
    nowUts: () => Math.floor(clock.now() / 1000),
    emit: (event) => onEvent?.(event),
    results: [],
    notes: [],
    failures: [],
    uncounted: new Map(),
  };
}

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

type StepWork = (progress: Progress) => Promise<StepOutcome>;

type RowCounter = (database: Database) => number;

function rowsOf(listing: ListingName): RowCounter {
  return (database) => countPublished(database, listing);
}

/** Counts the rows of each step in the cache. */
const rowCounters: Readonly<Record<StepName, RowCounter>> = {
  collection: rowsOf("collection"),
  wantlist: rowsOf("wantlist"),
  albums: rowsOf("albums"),
  history: rowsOf("history"),
  listens: rowsOf("listens"),
  sending: (database) => countSent(database, "lastfm"),
  submitting: (database) => countSent(database, "listenbrainz"),
  musicbrainz: countKnownToMusicBrainz,
  masters: countMasters,
  match: (database) => database.prepare("SELECT count(*) FROM match").pluck().get() as number,
  tracklists: countTracklists,
  covers: countCovers,
};

/** True if to try later steps of the same service. */
export type StepVerdict = "go on" | "stop";

/** Runs a step and reports its failures. Throws only bugs of this program. */
export async function runStep(run: Run, name: StepName, work: StepWork): Promise<StepVerdict> {
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
    const added = isListing(name) ? 0 : Math.max(0, rows - rowsAtStart);
    finish({ changes: { ...noChanges, added }, ...outcome }, rows);
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

export function requestsOf(run: Pick<Run, "services">, asked: AskedSide): number {
  return asked === null ? 0 : (run.services[asked]?.usage.requests ?? 0);
}

/** The interruption as an error. */
export function interruption(signal: AbortSignal): RewindError {
  return signal.reason instanceof RewindError ? signal.reason : new InterruptedError("SIGINT");
}
