// Reads a listing page by page while it may change, until one round of pages is known to be whole.
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
import type { Progress, Run } from "./step-run.ts";

/** What of a walk is kept with the staged rows, so that a killed one goes on. */
export interface RoundState {
  /** Counts the attempts to read the whole listing, from 1. */
  readonly round: number;
  /** The first round whose rows count: nothing is known to have changed since. */
  readonly since: number;
  /** How many rows the listing had in the rounds from `since` on; null before the first of them is over. */
  readonly steadyTotal: number | null;
  /** Pages read in this round. */
  readonly pages: readonly number[];
  /** The least and the most rows that the listing claimed to have while the round was read. */
  readonly leastTotal: number | null;
  readonly mostTotal: number | null;
}

/** A round of which nothing is read yet, and which nothing before it counts for. */
export function freshRound(round: number): RoundState {
  return { round, since: round, steadyTotal: null, pages: [], leastTotal: null, mostTotal: null };
}

export interface Listing<Row> {
  /** For messages: "collection". */
  readonly name: string;
  readonly rowsPerPage: number;
  /** How many rows there are, if that is known before the first page. */
  readonly expectedRows?: number;
  read(page: number): Promise<Page<Row>>;
  /** Keeps the rows of a page together with the state to go on from. */
  stage(page: Page<Row>, state: RoundState): void;
  /** Keeps the state alone, when a new round begins. */
  save(state: RoundState): void;
  /** Different rows that were listed in a round or after it. */
  countSeen(since: number): number;
  agreesWithRoundBefore(round: number): boolean;
  /**
   * How many rows the listing has, if nothing says that it changed while the round was read; else null.
   * Without it, the pages' own totals must agree.
   */
  settle?(state: RoundState): Promise<number | null>;
  /** Whether one round is not enough to believe what was read. */
  isDoubtful?(state: RoundState): boolean;
  onPage?(read: number, expected: number, total: number): void;
}

export interface WalkResult {
  /** The rows of this round and of those after it are the listing. */
  readonly since: number;
  /** Rows that the listing claims to have. */
  readonly total: number;
  /** Different rows that it listed. Where it claims another number, the walk was taken since two rounds agreed. */
  readonly rows: number;
}

/** How many calls are under way; the transport paces them. */
const parallelCalls = 4;
/** Rounds that may pass without one that can be believed, or one that brings rows; and the most of all. */
const mostIdleRounds = 6;
const mostRounds = 20;

/**
 * Walks until the rows are as many as the listing says that it has, or two rounds in a row list the same.
 * Rows of equal rank may be listed in another order at each request and slip from page to page: while the listing
 * holds still, what one round missed another finds. Two rounds alike are no evidence that nothing is missing, only a
 * reason to stop. Throws CacheError when it never holds still.
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
      // More rows than there are: some were removed since they were listed.
      if (listing.countSeen(since) > total) since = round;
      const isDoubtful = since === round && (listing.isDoubtful?.(state) ?? false);
      if (!isDoubtful && listing.countSeen(since) === total) return { since, total, rows: total };
    }
    if (round > 1 && listing.agreesWithRoundBefore(round)) {
      const seen = listing.countSeen(round);
      return { since: round, total: total ?? state.mostTotal ?? seen, rows: seen };
    }
    const seen = total === null ? 0 : listing.countSeen(since);
    idleRounds = seen > most ? 1 : idleRounds + 1;
    if (idleRounds >= mostIdleRounds || round >= mostRounds) {
      throw new CacheError(
        `the ${listing.name} keeps changing: ${round} reads, no two alike`,
        "The cache is unchanged. Try again when nothing is being edited: rewind sync",
      );
    }
    most = Math.max(most, seen);
    state = { ...freshRound(round + 1), ...(total === null ? {} : { since, steadyTotal: total }) };
    listing.save(state);
  }
}

function steadyTotal(state: RoundState): number | null {
  return state.leastTotal === state.mostTotal ? state.mostTotal : null;
}

async function readRound<Row>(listing: Listing<Row>, from: RoundState): Promise<RoundState> {
  let state = from;
  const done = new Set(from.pages);
  const pagesFor = (total: number): number => Math.max(1, Math.ceil(total / listing.rowsPerPage));
  const expectedRows = from.mostTotal ?? listing.expectedRows ?? null;
  let expected = expectedRows === null ? 1 : pagesFor(expectedRows);
  let failure: { readonly error: unknown } | null = null;

  const take = async (number: number): Promise<void> => {
    const page = await asListed(() => listing.read(number));
    done.add(number);
    // Past the end the listing tells nothing of itself, but that it shrank.
    const total = page.page > page.pages ? Math.min(page.total, state.leastTotal ?? page.total) : page.total;
    state = {
      ...state,
      pages: [...done],
      leastTotal: Math.min(state.leastTotal ?? total, total),
      mostTotal: Math.max(state.mostTotal ?? total, total),
    };
    expected = Math.max(1, pagesFor(page.total), ...done);
    listing.stage(page, state);
    listing.onPage?.(done.size, Math.max(expected, done.size), page.total);
  };

  const nextPage = (started: ReadonlySet<number>): number | null => {
    for (let number = 1; number <= expected; number += 1) if (!started.has(number)) return number;
    return null;
  };

  const started = new Set(done);
  const work = async (): Promise<void> => {
    for (;;) {
      const number = failure ? null : nextPage(started);
      if (number === null) return;
      started.add(number);
      try {
        await take(number);
      } catch (error) {
        failure ??= { error };
      }
    }
  };

  // Where nothing is known, the first answer says how many pages there are.
  const first = nextPage(started);
  if (expectedRows === null && first !== null) {
    started.add(first);
    await take(first);
  }
  do {
    await Promise.all(Array.from({ length: parallelCalls }, work));
    if (failure) throw (failure as { readonly error: unknown }).error;
  } while (nextPage(started) !== null);
  return state;
}

/** A page that never holds the rows it must is taken for what it is: the count of the whole will tell. */
export async function asListed<Row>(read: () => Promise<Page<Row>>): Promise<Page<Row>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ShortPage) return error.page as Page<Row>;
    throw error;
  }
}

// What the walks of the collection, the wantlist and the album chart have in common: rows are staged in rounds, each
// page together with the state to go on from, and a walk that was interrupted goes on while it is fresh.

interface StagedListing<Row, State extends RoundState> extends Pick<
  Listing<Row>,
  "name" | "rowsPerPage" | "expectedRows" | "read" | "settle" | "isDoubtful"
> {
  readonly stageRows: (rows: readonly Row[], walkId: number, round: number) => void;
  /** What is kept beside the rounds. */
  readonly stateOf: (next: RoundState) => State;
}

/** A listing whose pages are staged under the walk's number. */
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
    onPage: (read, expected, rows) => progress(Math.min(read * rowsPerPage, rows), rows, read, expected),
  };
}

/** The walk that an earlier sync left, unless it is older than that. */
export function freshWalk<State>(
  run: Run,
  step: PagedListing,
  longestSeconds: number,
): Walk<State> | undefined {
  const staged = readWalk<State>(run.database, step);
  const age = staged ? run.nowUts() - staged.startedUts : Number.POSITIVE_INFINITY;
  return age >= 0 && age <= longestSeconds ? staged : undefined;
}

/** A walk with nothing read; what another one staged is forgotten. */
export function newWalk(run: Run, step: PagedListing): Walk<RoundState> {
  run.write(() => dropWalk(run.database, step));
  return { id: newWalkId(), startedUts: run.nowUts(), state: freshRound(1) };
}
