// The input and the results that the steps of a sync have in common.
import type { RewindError } from "../../model/errors.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { Database } from "../../store/file/database.ts";
import type { Changes } from "../../store/file/listings.ts";

/** The input of every step. Each step adds what it alone needs, such as its service, its account and its options. */
export interface StepRun {
  readonly database: Database;
  readonly signal: AbortSignal;
  readonly call: CallOptions;
  nowUts(): number;
  /** Every write of a sync runs through this, in one transaction. */
  write<Result>(work: () => Result): Result;
}

/** The input of a step that reads a listing. */
export interface ListingRun extends StepRun {
  /** Read everything again, whatever the cache says. */
  readonly full: boolean;
  /** The user confirmed that rows which are no longer listed are gone. */
  readonly acceptsRemovals: boolean;
}

/** Reports the rows and pages so far, and how many are expected. Without pages, each row is a request of its own. */
export type Progress = (rows: number, rowsExpected: number, pages?: number, pagesExpected?: number) => void;

/** Adds a note to the summary of the sync. */
export type AddNote = (note: string) => void;

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

export interface StepOutcome {
  /** Default: "done", or "unchanged" if nothing changed. */
  readonly status?: StepStatus;
  /** Default: none for a listing; for other steps the rows that were added. */
  readonly changes?: Changes;
  readonly note?: string | null;
  /** A failure, although the step finished. */
  readonly failure?: RewindError | null;
}
