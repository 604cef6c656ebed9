// Reads a listing page by page while it may change, until one round of pages is known to be whole.
import { CacheError, ServiceError } from "../errors.ts";
import type { Page } from "../sources/services.ts";

/** What of a walk is kept with the staged rows, so that a killed one goes on. */
export interface RoundState {
  /** Counts the attempts to read the whole listing, from 1. */
  readonly round: number;
  /** Pages read in this round. */
  readonly pages: readonly number[];
  /** The least and the most rows that the listing claimed to have while the round was read. */
  readonly leastTotal: number | null;
  readonly mostTotal: number | null;
}

export const firstRound: RoundState = { round: 1, pages: [], leastTotal: null, mostTotal: null };

export interface Listing<Row> {
  /** For messages: "collection". */
  readonly name: string;
  readonly rowsPerPage: number;
  read(page: number): Promise<Page<Row>>;
  /** Keeps the rows of a page together with the state to go on from. */
  stage(page: Page<Row>, state: RoundState): void;
  /** Keeps the state alone, when a new round begins. */
  save(state: RoundState): void;
  countSeen(round: number): number;
  agreesWithRoundBefore(round: number): boolean;
  /**
   * How many rows the listing has, if nothing says that it changed while the round was read; else null.
   * Without it, the pages' own totals must agree.
   */
  settle?(state: RoundState): Promise<number | null>;
  onPage?(read: number, expected: number, total: number): void;
}

export interface WalkResult {
  readonly round: number;
  /** Rows that the listing claims to have. */
  readonly total: number;
  /** Rows claimed but never listed; the walk was taken since two rounds agreed. */
  readonly missing: number;
}

/** How many calls are under way; the transport paces them. */
const parallelCalls = 4;
const mostRounds = 6;
const shortPageReads = 3;

/** Walks until a round is whole, or two in a row are the same. Throws CacheError when neither comes about. */
export async function walk<Row>(listing: Listing<Row>, from: RoundState = firstRound): Promise<WalkResult> {
  let state = from;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a round follows from the one before
    state = await readRound(listing, state);
    // oxlint-disable-next-line no-await-in-loop
    const total = listing.settle ? await listing.settle(state) : steadyTotal(state);
    const seen = listing.countSeen(state.round);
    if (total !== null && seen === total) return { round: state.round, total, missing: 0 };
    if (state.round > 1 && listing.agreesWithRoundBefore(state.round)) {
      const claimed = total ?? state.mostTotal ?? seen;
      return { round: state.round, total: claimed, missing: claimed - seen };
    }
    if (state.round >= mostRounds) {
      throw new CacheError(
        `the ${listing.name} keeps changing: ${mostRounds} readings of it, no two alike`,
        "The cache is as it was before. Try again when nothing is being edited: rewind sync",
      );
    }
    state = { ...firstRound, round: state.round + 1 };
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
  let expected = from.mostTotal === null ? 1 : pagesFor(from.mostTotal);
  let failure: { readonly error: unknown } | null = null;

  const take = async (number: number): Promise<void> => {
    const page = await readWhole(listing, number);
    done.add(number);
    // Past the end the listing tells nothing of itself, but that it shrank.
    const total = page.page > page.pages ? Math.min(page.total, state.leastTotal ?? page.total) : page.total;
    state = {
      round: state.round,
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
        // oxlint-disable-next-line no-await-in-loop -- one page after another, in several lanes
        await take(number);
      } catch (error) {
        failure ??= { error };
      }
    }
  };

  // The first answer says how many pages there are.
  const first = nextPage(started);
  if (state.mostTotal === null && first !== null) {
    started.add(first);
    await take(first);
  }
  do {
    // oxlint-disable-next-line no-await-in-loop -- a listing that grew meanwhile has further pages
    await Promise.all(Array.from({ length: parallelCalls }, work));
    if (failure) throw (failure as { readonly error: unknown }).error;
  } while (nextPage(started) !== null);
  return state;
}

/** A page with fewer rows than it must have is read again; one that stays so is taken for what it is. */
async function readWhole<Row>(listing: Listing<Row>, number: number): Promise<Page<Row>> {
  let page: Page<Row> | undefined;
  for (let tries = 0; tries < shortPageReads; tries += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a try after a try
    page = await listing.read(number);
    const due = Math.min(listing.rowsPerPage, page.total - (number - 1) * listing.rowsPerPage);
    if (page.rows.length >= due) return page;
  }
  if (!page) throw new ServiceError(`the ${listing.name} can't be read`);
  return page;
}
