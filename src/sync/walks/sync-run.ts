// One run of sync: its options, and the state that its steps share.
import { CacheError, type RewindError } from "../../model/errors.ts";
import type { PlayTarget, Service } from "../../model/model.ts";
import { steps, type AskedSide, type StepName, type SyncedSide } from "../../model/steps.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { ListeningServices, Services } from "../../sources/services/service-clients.ts";
import { transact, type Database } from "../../store/file/database.ts";
import type { Changes } from "../../store/file/listings.ts";
import type { MatchCounts } from "../../store/plays/record-matches.ts";
import type { PictureSource } from "../../store/shelf/stored-pictures.ts";

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

export interface StepResult extends Changes {
  readonly name: StepName;
  readonly requests: number;
  /** Rows in the cache after the step. */
  readonly rows: number;
  readonly seconds: number;
  readonly status: StepStatus;
}

export interface SyncEvent {
  readonly kind: "started" | "progress" | "finished";
  readonly step: StepName;
  readonly rows: number;
  readonly rowsExpected: number | null;
  readonly pages: number;
  readonly pagesExpected: number | null;
  /** The least time that the remaining pages take by the service's limits, in milliseconds. */
  readonly soonestMs: number;
  /** Only with "finished". */
  readonly result: StepResult | null;
}

/**
 * What came of a connected service. refused: it did not accept the account. waiting: it refused it before, and was not
 * asked again. failed: it did not answer, or the cache belongs to another account. skipped: --only left it out.
 */
export interface ServiceOutcome {
  readonly side: SyncedSide;
  readonly service: Service;
  readonly status: "done" | "refused" | "waiting" | "failed" | "skipped";
  /** Why it is missing; null if it is not. */
  readonly error: RewindError | null;
}

export interface SyncSummary {
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly complete: boolean;
  readonly steps: readonly StepResult[];
  readonly notes: readonly string[];
  /** worstError() of these decides the exit code. */
  readonly failures: readonly RewindError[];
  /** The connected services that are synced. */
  readonly services: readonly ServiceOutcome[];
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
  readonly sources: readonly PictureSource[];
  /** The directory for pictures whose host allows storing them. */
  readonly directory: string;
  /** True if the user asked with --covers. false: the setting asks in every sync. */
  readonly isRequested: boolean;
}

export interface SyncOptions {
  readonly database: Database;
  readonly services: Services;
  readonly accounts: AskedAccounts;
  /** Read everything again, whatever the cache says. */
  readonly full: boolean;
  /** plays: every listening service. */
  readonly only: SyncedSide | "plays" | null;
  /** false: skip the listening history. */
  readonly history: boolean;
  readonly signal: AbortSignal;
  /** The user confirmed that rows which are no longer listed are gone. */
  readonly acceptsRemovals: boolean;
  readonly scrobbles: boolean;
  /** true: what a recogniser heard is sent without asking. */
  readonly scrobblesHeard: boolean;
  readonly scrobbleTo: readonly PlayTarget[];
  /** The custom field with days of plays, by name or id; null: none. */
  readonly playedField: string | null;
  /** The custom field with prices, by name or id; null: none. */
  readonly priceField: string | null;
  /** Fetch the collection's value once a day. Only its owner can see it. */
  readonly collectionValue: boolean;
  readonly musicbrainz: boolean;
  /** Ask the collection's service for original years that MusicBrainz does not know. */
  readonly masters: boolean;
  /** Ask the collection's service for the tracklist of every release on the shelf. */
  readonly tracklists: boolean;
  readonly covers: CoverOptions | null;
  /** false: a service that refused the account is asked again only once a day. */
  readonly asksRefused?: boolean;
  /** A fingerprint for each service id. It changes with the settings of the account. */
  readonly fingerprints?: Readonly<Record<string, string>>;
  readonly clock: { now(): number };
  readonly onEvent?: (event: SyncEvent) => void;
}

/** Returns true if `only` does not leave the side out. */
export function isAsked({ only }: Pick<SyncOptions, "only">, side: SyncedSide): boolean {
  return only === null || only === side || (only === "plays" && side !== "collection");
}

export interface Run extends Omit<SyncOptions, "clock" | "onEvent"> {
  readonly call: CallOptions;
  nowUts(): number;
  nowMs(): number;
  /** Every write of a sync runs through this, in one transaction. */
  write<Result>(work: () => Result): Result;
  emit(event: SyncEvent): void;
  readonly results: StepResult[];
  readonly notes: string[];
  readonly failures: RewindError[];
  /** Why a service is missing, by side. */
  readonly missing: Map<SyncedSide, Pick<ServiceOutcome, "status" | "error">>;
  /** Requests to each service that a step has counted, or that were sent before the run. */
  readonly counted: Map<AskedSide, number>;
}

/** A run that asks a listening service. */
export interface ListeningRun extends Run {
  readonly services: ListeningServices;
}

/** Notes the first failure of a service. An error that several steps report is noted once. */
export function noteFailure(
  run: Run,
  side: AskedSide,
  error: RewindError,
  status: ServiceOutcome["status"] = "failed",
): void {
  if (!run.failures.some(({ message }) => message === error.message)) run.failures.push(error);
  const isSynced = side === "collection" || side === "listening" || side === "listens";
  if (isSynced && !(error instanceof CacheError) && !run.missing.has(side)) {
    run.missing.set(side, { status, error });
  }
}

export function requestsOf({ services }: Pick<SyncOptions, "services">, side: AskedSide): number {
  return side === null ? 0 : (services[side]?.usage.requests ?? 0);
}

export function makeRun({ clock, onEvent, ...options }: SyncOptions): Run {
  return {
    ...options,
    write: (work) => transact(options.database, work),
    call: { signal: options.signal },
    nowMs: () => clock.now(),
    nowUts: () => Math.floor(clock.now() / 1000),
    emit: (event) => onEvent?.(event),
    results: [],
    notes: [],
    failures: [],
    missing: new Map(),
    counted: new Map(steps.map(({ asks }) => [asks, requestsOf(options, asks)])),
  };
}
