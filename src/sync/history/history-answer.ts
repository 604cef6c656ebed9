// Reads the newest part of a stretch of time, so that what it holds of each second is whole.
import { ServiceError } from "../../model/errors.ts";
import type { Scrobble } from "../../model/model.ts";
import { ShortPage } from "../../sources/transport/service-errors.ts";
import type { HistoryPage } from "../../sources/services/listening-service.ts";
import { readPublication } from "../../store/file/listings.ts";
import { hasScrobblesBetween } from "../../store/plays/scrobbles.ts";
import { readDespiteEmpty } from "../walks/removals.ts";
import type { PageSize } from "../walks/page-size.ts";
import type { Run } from "../walks/step-run.ts";

export interface HistoryAnswer {
  /** Newest first; everything of every second above `oldestUts`, and of the others if `isWhole`. */
  readonly rows: readonly Scrobble[];
  /** Scrobbles whose time is not to be believed, listed among those of the stretch: undated in the cache. */
  readonly misdated: readonly Scrobble[];
  /** Whether this is all that the stretch holds. */
  readonly isWhole: boolean;
  readonly oldestUts: number;
  /** How many scrobbles the stretch holds, as the service counts; null where it doesn't. */
  readonly total: number | null;
  /** Scrobbles that the service counts and doesn't list. */
  readonly missing: number;
}

const readsOfMovingSecond = 5;

export async function readNewest(
  run: Run,
  username: string,
  segment: Segment,
  size: PageSize,
): Promise<HistoryAnswer> {
  for (;;) {
    const limit = size.rows;
    try {
      const answer = await readWith(run, username, segment, limit, size);
      size.succeeded();
      return answer;
    } catch (error) {
      if (!size.failed(error, limit)) throw error;
    }
  }
}

type ReadPage = (page: number) => Promise<HistoryPage>;

async function readWith(
  run: Run,
  username: string,
  { fromUts, toUts }: Segment,
  limit: number,
  size: PageSize,
): Promise<HistoryAnswer> {
  // A second more at each end: whether the ends belong to the window isn't documented.
  const window = {
    ...(fromUts === null ? {} : { fromUts: Math.max(0, fromUts - 1) }),
    ...(toUts === null ? {} : { toUts: toUts + 1 }),
    limit,
  };
  const readPage: ReadPage = async (page) => {
    try {
      const call = { ...run.call, ...size.attempts };
      return await run.services.listening.scrobblesPage(username, { ...window, page }, call);
    } catch (error) {
      // Smaller pages first; the smallest is taken as it is.
      if (error instanceof ShortPage && size.isSmallest) return error.page as HistoryPage;
      throw error;
    }
  };
  const first = await readDespiteEmpty(
    () => readPage(1),
    () => mayHoldScrobbles(run, fromUts, toUts),
  );
  const { total } = first;
  const { rows, misdated } = divideDated(first.rows);
  const isOnePage = isLast(first, limit);
  if (first.rows.length === 0 && !isOnePage) {
    throw new ServiceError(
      `${run.services.listening.name} counts ${total} scrobbles in the listening history but lists none`,
      "Try again later: rewind sync continues where it stopped.",
    );
  }
  const answer: HistoryAnswer = {
    rows,
    misdated,
    isWhole: isOnePage,
    oldestUts: oldest(rows),
    total,
    missing: missingOf(first, limit),
  };
  const isStuck = !isOnePage && toUts !== null && answer.oldestUts >= toUts;
  const isOneSecond = !isOnePage && rows.every((row) => row.uts === answer.oldestUts);
  return isStuck || isOneSecond
    ? readThrough(run, readPage, limit, toUts ?? answer.oldestUts, answer)
    : answer;
}

/** What was listed there before may be there still; of a history that was never read whole nothing is known. */
function mayHoldScrobbles(run: Run, fromUts: number | null, toUts: number | null): boolean {
  const published = readPublication(run.database, "history");
  if (published === undefined || published.walkedUts === 0) return true;
  return hasScrobblesBetween(run.database, fromUts, toUts);
}

/** More scrobbles share a second than a page holds: only page numbers lead past it, checked by the count. */
async function readThrough(
  run: Run,
  readPage: ReadPage,
  limit: number,
  crowdedUts: number,
  first: HistoryAnswer,
): Promise<HistoryAnswer> {
  for (let tries = 0; tries < readsOfMovingSecond; tries += 1) {
    const rows: Scrobble[] = [];
    let missing = 0;
    let total: number | null | undefined;
    let isSteady = true;
    let isWhole = false;
    for (let number = 1; isSteady && !isWhole; number += 1) {
      const page = await readPage(number);
      isSteady = total === undefined || total === page.total;
      total = page.total;
      for (const row of page.rows) rows.push(row);
      missing += missingOf(page, limit);
      isWhole = isLast(page, limit);
      if (!isWhole && oldest(divideDated(rows).rows) < crowdedUts) break;
    }
    if (isSteady) {
      const divided = divideDated(rows);
      const oldestUts = oldest(divided.rows);
      return { ...divided, isWhole, oldestUts, total: total ?? first.total, missing };
    }
  }
  throw new ServiceError(
    `${run.services.listening.name}: a second with many scrobbles reads differently each time`,
    "Try again later: rewind sync continues where it stopped.",
  );
}

/** Whether there is nothing behind a page. */
function isLast({ page, rows, total }: HistoryPage, limit: number): boolean {
  return total === null ? rows.length < limit : page * limit >= total;
}

/** How many rows a page has less than it must have, by its own count. */
function missingOf(page: HistoryPage, limit: number): number {
  if (page.total === null) return 0;
  return Math.max(0, Math.min(limit, page.total - (page.page - 1) * limit) - page.rows.length);
}

/** Undated scrobbles come last. One that is listed before dated ones had a time that was not to be believed. */
function divideDated(listed: readonly Scrobble[]): Pick<HistoryAnswer, "rows" | "misdated"> {
  const lastDated = listed.findLastIndex((row) => row.uts > 0);
  const isMisdated = (row: Scrobble, at: number): boolean => row.uts === 0 && at < lastDated;
  const misdated = listed.filter(isMisdated);
  return {
    rows: misdated.length === 0 ? listed : listed.filter((row, at) => !isMisdated(row, at)),
    misdated,
  };
}

function oldest(rows: readonly Scrobble[]): number {
  return rows.reduce((least, row) => Math.min(least, row.uts), Number.POSITIVE_INFINITY);
}

// A stretch of time whose scrobbles are still to be read, from its newest second down to its oldest.

export interface Segment {
  /** First second that belongs to it; null: from the beginning, undated scrobbles included. */
  readonly fromUts: number | null;
  /** Last second that belongs to it; null: whatever is newest. */
  readonly toUts: number | null;
  /** Scrobbles in it, as far as known. */
  readonly remaining: number | null;
}

/** A stretch shorter than this is not worth dividing. */
const shortestSeconds = 7200;

/**
 * Divides a segment in two of about the same number of scrobbles, taking them as evenly spread. Of the newest,
 * `underWay` are being read already and stay with the newer part. undefined where that isn't worth a request.
 */
export function divide(
  segment: Segment,
  {
    underWay,
    pageRows,
    firstUts,
    nowUts,
  }: {
    readonly underWay: number;
    readonly pageRows: number;
    /** Where the service's own time begins. */
    readonly firstUts: number;
    readonly nowUts: number;
  },
): { readonly newer: Segment; readonly older: Segment } | undefined {
  const { remaining } = segment;
  if (remaining === null || remaining - underWay <= pageRows * 4) return undefined;
  const topUts = segment.toUts ?? nowUts;
  const bottomUts = segment.fromUts ?? Math.min(firstUts, topUts - shortestSeconds);
  const openTopUts = topUts - (topUts - bottomUts) * (underWay / remaining);
  if (openTopUts - bottomUts < shortestSeconds) return undefined;
  const middleUts = Math.floor((bottomUts + openTopUts) / 2);
  const half = Math.round((remaining - underWay) / 2);
  return {
    newer: { fromUts: middleUts + 1, toUts: segment.toUts, remaining: remaining - half },
    older: { fromUts: segment.fromUts, toUts: middleUts, remaining: half },
  };
}
