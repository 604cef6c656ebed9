// Reads a listing page by page while it may change, until a round of pages is known to be complete.
import { CacheError } from "../../model/errors.ts";
import { ShortPage } from "../../sources/transport/service-errors.ts";
import type { Page } from "../../sources/services/remote-service.ts";
import {
  agreesWithRoundBefore,
  countSeen,
  dropWalk,
  newWalkId,
  type PagedListing,
  readWalk,
  type Walk,
  writeWalk,
} from "../../store/file/listings.ts";
import type { Progress } from "./step-run.ts";
import type { Run } from "./sync-run.ts";

/** The checkpoint of a walk, stored with the staged rows so that a killed sync can continue. */
export interface RoundState {
  /** The number of the current round, from 1. A round reads the whole listing. */
  readonly round: number;
  /** The first round whose rows count: the listing has not changed since, as far as known. */
  readonly since: number;
  /** The number of rows in the rounds from `since` on; null until the first of them ends. */
  readonly steadyTotal: number | null;
  readonly pages: readonly number[];
  /** The smallest and the largest total that the listing reported during the round. */
  readonly leastTotal: number | null;
  readonly mostTotal: number | null;
}

/** A round without any page, which no earlier round counts for. */
export function freshRound(round: number): RoundState {
  return { round, since: round, steadyTotal: null, pages: [], leastTotal: null, mostTotal: null };
}

export interface Listing<Row> {
  /** For messages: "collection". */
  readonly name: string;
  readonly rowsPerPage: number;
  /** The number of rows, if it is known before the first page. */
  readonly expectedRows?: number;
  read(page: number): Promise<Page<Row>>;
  /** Stores the rows of a page together with the checkpoint. */
  stage(page: Page<Row>, state: RoundState): void;
  /** Stores the checkpoint alone, when a new round begins. */
  save(state: RoundState): void;
  /** Different rows that were listed in round `since` or later. */
  countSeen(since: number): number;
  agreesWithRoundBefore(round: number): boolean;
  /** The number of rows; null if the listing changed. Default: the totals of all pages must agree. */
  settle?(state: RoundState): Promise<number | null>;
  /** True if one round is not enough. */
  isDoubtful?(state: RoundState): boolean;
  onPage?(read: number, expectedPages: number, total: number): void;
}

export interface WalkResult {
  /** The rows of this round and later ones are the listing. */
  readonly since: number;
  /** The number of rows that the listing counts. */
  readonly total: number;
  /** The number of different rows that it listed. It differs from `total` if two rounds agreed on it. */
  readonly rows: number;
}

/** Calls in flight; the transport paces them. */
const parallelCalls = 4;
/** The most rounds in a row without new rows, and the most rounds in all. */
const mostIdleRounds = 6;
const mostRounds = 20;

/**
 * Reads rounds until the listing lists as many rows as it counts, or until two rounds in a row list the same rows.
 * Rows of equal rank may come in another order with each request and slip from page to page. While the listing does
 * not change, one round finds what another missed. Two equal rounds do not prove that nothing is missing; they are
 * only a reason to stop. Throws CacheError if the listing never stops changing.
 */
export async function walk<Row>(
  listing: Listing<Row>,
  from: RoundState = freshRound(1),
): Promise<WalkResult> {
  let state = from;
  let most = 0;
  let idleRounds = 0;
  for (;;) {
    state = await readRound(listing, state);
    const total = listing.settle ? await listing.settle(state) : steadyTotal(state);
    const { round } = state;
    let { since } = state;
    if (total !== null) {
      if (state.steadyTotal !== null && state.steadyTotal !== total) since = round;
      // More rows than the listing has: some were removed after they were listed.
      if (listing.countSeen(since) > total) since = round;
      const isDoubtful = since === round && (listing.isDoubtful?.(state) ?? false);
      if (!isDoubtful && listing.countSeen(since) === total) return { since, total, rows: total };
    }
    if (round > 1 && listing.agreesWithRoundBefore(round)) {
      const seenRows = listing.countSeen(round);
      return { since: round, total: total ?? state.mostTotal ?? seenRows, rows: seenRows };
    }
    const seenRows = total === null ? 0 : listing.countSeen(since);
    idleRounds = seenRows > most ? 1 : idleRounds + 1;
    if (idleRounds >= mostIdleRounds || round >= mostRounds) {
      throw new CacheError(
        `the ${listing.name} keeps changing: ${round} readings gave different lists`,
        "The cache is unchanged. Try again when nothing is being edited: rewind sync",
      );
    }
    most = Math.max(most, seenRows);
    state = { ...freshRound(round + 1), ...(total === null ? {} : { since, steadyTotal: total }) };
    listing.save(state);
  }
}

function steadyTotal(state: RoundState): number | null {
  return state.leastTotal === state.mostTotal ? state.mostTotal : null;
}

async function readRound<Row>(listing: Listing<Row>, from: RoundState): Promise<RoundState> {
  let state = from;
  const donePages = new Set(from.pages);
  const pagesFor = (total: number): number => Math.max(1, Math.ceil(total / listing.rowsPerPage));
  const expectedRows = from.mostTotal ?? listing.expectedRows ?? null;
  let expectedPages = expectedRows === null ? 1 : pagesFor(expectedRows);
  let failure: { readonly error: unknown } | null = null;

  const take = async (number: number): Promise<void> => {
    const page = await asListed(() => listing.read(number));
    donePages.add(number);
    // A page past the end shows only that the listing shrank.
    const total = page.page > page.pages ? Math.min(page.total, state.leastTotal ?? page.total) : page.total;
    state = {
      ...state,
      pages: [...donePages],
      leastTotal: Math.min(state.leastTotal ?? total, total),
      mostTotal: Math.max(state.mostTotal ?? total, total),
    };
    expectedPages = Math.max(1, pagesFor(page.total), ...donePages);
    listing.stage(page, state);
    listing.onPage?.(donePages.size, Math.max(expectedPages, donePages.size), page.total);
  };

  const nextPage = (startedPages: ReadonlySet<number>): number | null => {
    for (let number = 1; number <= expectedPages; number += 1) if (!startedPages.has(number)) return number;
    return null;
  };

  const startedPages = new Set(donePages);
  const work = async (): Promise<void> => {
    for (;;) {
      const number = failure ? null : nextPage(startedPages);
      if (number === null) return;
      startedPages.add(number);
      try {
        await take(number);
      } catch (error) {
        failure ??= { error };
      }
    }
  };

  // The first answer says how many pages there are.
  const first = nextPage(startedPages);
  if (expectedRows === null && first !== null) {
    startedPages.add(first);
    await take(first);
  }
  do {
    await Promise.all(Array.from({ length: parallelCalls }, work));
    if (failure) throw (failure as { readonly error: unknown }).error;
  } while (nextPage(startedPages) !== null);
  return state;
}

/** Accepts a page that is short every time: the total will show what is missing. */
export async function asListed<Row>(read: () => Promise<Page<Row>>): Promise<Page<Row>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ShortPage) return error.page as Page<Row>;
    throw error;
  }
}

// The walks of the collection, the wantlist and the album chart: rows are staged in rounds, each page with the
// checkpoint, and an interrupted walk continues while it is fresh.

interface StagedListing<Row, State extends RoundState> extends Pick<
  Listing<Row>,
  "name" | "rowsPerPage" | "expectedRows" | "read" | "settle" | "isDoubtful"
> {
  readonly stageRows: (rows: readonly Row[], walkId: number, round: number) => void;
  /** Adds the listing's own part to the checkpoint. */
  readonly stateOf: (next: RoundState) => State;
}

/** A listing that stages its pages under the walk's id. */
export function stagedListing<Row, State extends RoundState>(
  run: Run,
  step: PagedListing,
  { id, startedUts }: Pick<Walk<unknown>, "id" | "startedUts">,
  { stageRows, stateOf, ...listing }: StagedListing<Row, State>,
  progress: Progress,
): Listing<Row> {
  const { database } = run;
  const { rowsPerPage } = listing;
  const save = (next: RoundState): void =>
    writeWalk<State>(database, step, { id, startedUts, state: stateOf(next) });
  return {
    ...listing,
    stage: ({ rows }, next) =>
      run.write(() => {
        stageRows(rows, id, next.round);
        save(next);
      }),
    save: (next) => run.write(() => save(next)),
    countSeen: (since) => countSeen(database, step, { walkId: id, since }),
    agreesWithRoundBefore: (round) => agreesWithRoundBefore(database, step, id, round),
    onPage: (read, expectedPages, rows) =>
      progress(Math.min(read * rowsPerPage, rows), rows, read, expectedPages),
  };
}

/** The walk of an earlier sync, unless it is too old. */
export function freshWalk<State>(
  run: Run,
  step: PagedListing,
  longestSeconds: number,
): Walk<State> | undefined {
  const stagedWalk = readWalk<State>(run.database, step);
  const age = stagedWalk ? run.nowUts() - stagedWalk.startedUts : Number.POSITIVE_INFINITY;
  return age >= 0 && age <= longestSeconds ? stagedWalk : undefined;
}

/** A new walk; deletes what another one staged. */
export function newWalk(run: Run, step: PagedListing): Walk<RoundState> {
  run.write(() => dropWalk(run.database, step));
  return { id: newWalkId(), startedUts: run.nowUts(), state: freshRound(1) };
}
