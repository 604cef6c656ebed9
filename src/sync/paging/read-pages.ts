// Reads a listing page by page while it may change, until a round of pages is known to be complete. Rows are staged in
// rounds, each page with the checkpoint, and an interrupted read continues while it is fresh.
import { CacheError } from "../../model/errors.ts";
import type { Page } from "../../sources/services/remote-service.ts";
import type { ListingName } from "../../model/sync-steps.ts";
import {
  isSameAsPreviousRound,
  countStaged,
  deleteCheckpoint,
  EndlessListing,
  readMissingRows,
  createCheckpointId,
  type PagedListing,
  readCheckpoint,
  type StagedColumns,
  stageRows,
  type Checkpoint,
  saveCheckpoint,
} from "../../store/file/listings.ts";
import type { Progress, StepRun } from "./step.ts";

/** The checkpoint of a read, stored with the staged rows so that a killed sync can continue. */
export interface RoundState {
  /** The number of the current round, from 1. A round reads the whole listing. */
  readonly round: number;
  /** The first round whose rows count. As far as known, the listing has not changed since. */
  readonly since: number;
  /** The number of rows in the rounds from `since` on; null until the first of them ends. */
  readonly steadyTotal: number | null;
  readonly pages: readonly number[];
  /** The smallest and the largest total that the listing reported during the round. */
  readonly minTotal: number | null;
  readonly maxTotal: number | null;
}

/** A round without any page, which no earlier round counts for. */
export function createRound(round: number): RoundState {
  return { round, since: round, steadyTotal: null, pages: [], minTotal: null, maxTotal: null };
}

export interface Listing<Row, State extends RoundState> {
  readonly step: PagedListing;
  /** The name in messages: "collection". */
  readonly name: string;
  readonly rowsPerPage: number;
  /** The number of rows, if it is known before the first page. */
  readonly expectedRows?: number;
  read(page: number): Promise<Page<Row>>;
  readonly toColumns: (row: Row) => StagedColumns;
  /**
   * Decides after a round how many rows the listing has; null if it changed. Default: the totals of all pages must agree,
   * and no cached row may be missing from a single round of several pages.
   */
  confirmTotal?(state: State): Promise<{ readonly total: number | null; readonly state: State }>;
}

export interface ListingResult {
  readonly checkpointId: number;
  readonly startedUts: number;
  /** The rows of this round and later ones are the listing. */
  readonly since: number;
  /** The number of rows that the listing counts. */
  readonly total: number;
  /** The number of different rows that it listed. It differs from `total` if two rounds agreed on it. */
  readonly rows: number;
}

const maxRounds = 6;

/**
 * Reads rounds until the listing lists as many rows as it counts, or until two rounds in a row list the same rows.
 * Rows of equal rank may come in another order with each request and slip from page to page. While the listing does
 * not change, one round finds what another missed. Two equal rounds do not prove that nothing is missing; they are
 * only a reason to stop. Throws CacheError if the listing never stops changing.
 */
export async function readPages<Row, State extends RoundState>(
  run: StepRun,
  { id: checkpointId, startedUts, state: from }: Checkpoint<State>,
  listing: Listing<Row, State>,
  progress: Progress,
): Promise<ListingResult> {
  const { database } = run;
  const { step } = listing;
  const save = (next: State): void =>
    saveCheckpoint(database, step, { id: checkpointId, startedUts, state: next });
  const countRowsSince = (since: number): number => countStaged(database, step, { checkpointId, since });
  const stage = (page: Page<Row>, next: State): void =>
    run.write(() => {
      stageRows(database, step, page.rows.map(listing.toColumns), { checkpointId, round: next.round });
      save(next);
    });
  let state = from;
  for (;;) {
    state = await readRound(listing, state, stage, progress);
    let total = state.minTotal === state.maxTotal ? state.maxTotal : null;
    if (listing.confirmTotal) ({ total, state } = await listing.confirmTotal(state));
    const { round } = state;
    let { since } = state;
    if (total !== null) {
      if (state.steadyTotal !== null && state.steadyTotal !== total) since = round;
      // More rows than the listing has: some were removed after they were listed.
      if (countRowsSince(since) > total) since = round;
      // A row that is removed and another that is added between two pages keep the total, but may hide a third.
      const isUncertain =
        !listing.confirmTotal &&
        since === round &&
        state.pages.length > 1 &&
        readMissingRows(database, step, { checkpointId, since }).count > 0;
      if (!isUncertain && countRowsSince(since) === total) {
        return { checkpointId, startedUts, since, total, rows: total };
      }
    }
    if (round > 1 && isSameAsPreviousRound(database, step, checkpointId, round)) {
      const rows = countRowsSince(round);
      return { checkpointId, startedUts, since: round, total: total ?? state.maxTotal ?? rows, rows };
    }
    if (round >= maxRounds) {
      run.write(() => deleteCheckpoint(database, step));
      throw new CacheError(
        `the ${listing.name} keeps changing: ${round} readings gave different lists`,
        "The cache is unchanged. Try again when nothing is being edited: rewind sync",
      );
    }
    state = {
      ...state,
      ...createRound(round + 1),
      ...(total === null ? {} : { since, steadyTotal: total }),
    };
    run.write(() => save(state));
  }
}

async function readRound<Row, State extends RoundState>(
  listing: Listing<Row, State>,
  from: State,
  stage: (page: Page<Row>, state: State) => void,
  progress: Progress,
): Promise<State> {
  let state = from;
  const donePages = new Set(from.pages);
  const startedPages = new Set(from.pages);
  const computePageCount = (total: number): number => Math.max(1, Math.ceil(total / listing.rowsPerPage));
  const knownRows = from.maxTotal ?? listing.expectedRows ?? null;
  let expectedPages = knownRows === null ? 1 : computePageCount(knownRows);

  const findNextPage = (): number | null => {
    for (let number = 1; number <= expectedPages; number += 1) if (!startedPages.has(number)) return number;
    return null;
  };

  const readRemainingPages = async (isOver: () => boolean): Promise<void> => {
    for (let number = findNextPage(); number !== null && !isOver(); number = findNextPage()) {
      startedPages.add(number);
      const page = await listing.read(number);
      donePages.add(number);
      // A page past the end shows only that the listing shrank.
      const total = page.page > page.pages ? Math.min(page.total, state.minTotal ?? page.total) : page.total;
      state = {
        ...state,
        pages: [...donePages],
        minTotal: Math.min(state.minTotal ?? total, total),
        maxTotal: Math.max(state.maxTotal ?? total, total),
      };
      expectedPages = Math.max(computePageCount(page.total), ...donePages);
      stage(page, state);
      // A total that grows with each page would never be reached.
      refuseEndless(listing.step, `the ${listing.name}`, {
        counted: state.minTotal ?? 0,
        listed: page.total,
      });
      const rows = Math.min(donePages.size * listing.rowsPerPage, page.total);
      progress(rows, page.total, donePages.size, expectedPages);
    }
  };

  // The first answer says how many pages there are.
  if (knownRows === null) await readRemainingPages(() => donePages.size > 0);
  await runConcurrently(readRemainingPages);
  return state;
}

/**
 * Continues the read of an earlier sync, unless it is too old or not usable. Otherwise deletes what it staged, and begins
 * a read with the state `first`.
 */
export function openCheckpoint<State>(
  run: StepRun,
  step: ListingName,
  first: State,
  maxAgeSeconds: number,
  isUsable: (state: State) => boolean = () => true,
): Checkpoint<State> {
  const checkpoint = readCheckpoint<State>(run.database, step);
  const age = checkpoint ? run.nowUts() - checkpoint.startedUts : Number.POSITIVE_INFINITY;
  if (checkpoint && age >= 0 && age <= maxAgeSeconds && isUsable(checkpoint.state)) return checkpoint;
  const begun = { id: createCheckpointId(), startedUts: run.nowUts(), state: first };
  run.write(() => {
    deleteCheckpoint(run.database, step);
    saveCheckpoint(run.database, step, begun);
  });
  return begun;
}

/** A listing may have this many rows more than it counts, or this share: a service's count may be some minutes old. */
const maxExcessRows = 1000;
const maxExcessShare = 0.1;

/** Throws EndlessListing if a listing goes on far past its count. `what`: "the collection". */
export function refuseEndless(
  step: ListingName,
  what: string,
  { counted, listed }: { readonly counted: number; readonly listed: number },
): void {
  if (listed - counted <= Math.max(maxExcessRows, counted * maxExcessShare)) return;
  throw new EndlessListing(step, what, { counted, listed });
}

/** Calls in flight; the transport paces them. */
const maxConcurrency = 4;

/** Does the same work in lanes at once. Once one fails, `isOver` tells the others to stop. Throws an error of them. */
export async function runConcurrently(work: (isOver: () => boolean) => Promise<void>): Promise<void> {
  let hasFailed = false;
  const runLane = (): Promise<void> =>
    work(() => hasFailed).catch((error: unknown) => {
      hasFailed = true;
      throw error;
    });
  const ends = await Promise.allSettled(Array.from({ length: maxConcurrency }, runLane));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
