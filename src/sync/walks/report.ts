// What a sync tells: while it runs, by events; at its end, by a summary.
import type { RewindError } from "../../model/errors.ts";
import type { StepName } from "../../model/steps.ts";
import type { MatchCounts } from "../../store/plays/matches.ts";

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
