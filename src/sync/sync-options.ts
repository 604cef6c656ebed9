// The input of a sync, and its reports.
import type { RewindError } from "../model/errors.ts";
import type { Service } from "../model/model.ts";
import type { PlayTarget } from "../model/play-targets.ts";
import type { StepName, SyncedSide } from "../model/sync-steps.ts";
import type { Services } from "../sources/services/service-clients.ts";
import type { Database } from "../store/file/database.ts";
import type { Changes } from "../store/file/listings.ts";
import type { MatchCounts } from "../store/plays/record-matches.ts";
import type { CoverOptions } from "./lookups/cover-lookups.ts";
import type { StepStatus } from "./paging/step.ts";

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
  /** The result of a step that "finished"; otherwise null. */
  readonly result: StepResult | null;
}

/**
 * The result of a connected service. refused: it did not accept the account. waiting: it refused it before, and was not
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
  readonly notices: readonly string[];
  /** findWorstError() of these decides the exit code. */
  readonly failures: readonly RewindError[];
  /** The connected services that are synced. */
  readonly services: readonly ServiceOutcome[];
  readonly match: MatchCounts | null;
}

interface RequestedAccounts {
  /** null: the owner of the token. */
  readonly collection: string | null;
  /** null: not connected. */
  readonly listening: string | null;
  /** null: the owner of the token. */
  readonly listens?: string | null;
}

export interface SyncOptions {
  readonly database: Database;
  readonly services: Services;
  readonly accounts: RequestedAccounts;
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
export function isSideIncluded({ only }: Pick<SyncOptions, "only">, side: SyncedSide): boolean {
  return only === null || only === side || (only === "plays" && side !== "collection");
}

export function getNowUts({ clock }: SyncOptions): number {
  return Math.floor(clock.now() / 1000);
}
