// Reads the newest part of a stretch of time, so that what it holds of each second is whole.
import { ServiceError } from "../errors.ts";
import type { Scrobble } from "../model.ts";
import type { Page } from "../sources/services.ts";
import type { PageSize } from "./page-size.ts";
import type { Run } from "./run.ts";
import type { Segment } from "./segment.ts";

export interface HistoryAnswer {
  /** Newest first; everything of every second above `oldestUts`, and of the others if `isWhole`. */
  readonly rows: readonly Scrobble[];
  /** Whether this is all that the stretch holds. */
  readonly isWhole: boolean;
  readonly oldestUts: number;
  /** How many scrobbles the stretch holds, as Last.fm counts. */
  readonly total: number;
  /** Scrobbles that Last.fm counts and doesn't list. */
  readonly missing: number;
}

const readsOfShortAnswer = 3;
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
      // oxlint-disable-next-line no-await-in-loop -- smaller pages after bigger ones failed
      const answer = await readWith(run, username, segment, limit, size);
      size.succeeded();
      return answer;
    } catch (error) {
      if (!size.failed(error, limit)) throw error;
    }
  }
}

type ReadPage = (page: number) => Promise<Page<Scrobble>>;

async function readWith(
  run: Run,
  username: string,
  { fromUts, toUts }: Segment,
  limit: number,
  size: PageSize,
): Promise<HistoryAnswer> {
  const readPage: ReadPage = (page) =>
    run.services.lastfm.scrobblesPage(
      username,
      {
        // A second more at each end: whether the ends belong to the window isn't documented.
        ...(fromUts === null ? {} : { fromUts: Math.max(0, fromUts - 1) }),
        ...(toUts === null ? {} : { toUts: toUts + 1 }),
        page,
        limit,
      },
      { ...run.call, ...size.attempts },
    );
  const first = await readSettled(readPage, 1, limit);
  const { total, rows } = first.page;
  const isOnePage = total <= limit;
  if (rows.length === 0 && !isOnePage) {
    throw new ServiceError(
      `Last.fm: the listening history counts ${total} scrobbles and lists none`,
      "Try again later: rewind sync goes on from where it stopped.",
    );
  }
  const answer: HistoryAnswer = {
    rows,
    isWhole: isOnePage,
    oldestUts: oldest(rows),
    total,
    missing: first.missing,
  };
  const isStuck = !isOnePage && toUts !== null && answer.oldestUts >= toUts;
  const isOneSecond = !isOnePage && rows.every((row) => row.uts === answer.oldestUts);
  return isStuck || isOneSecond ? readThrough(readPage, limit, toUts ?? answer.oldestUts, answer) : answer;
}

/** More scrobbles share a second than a page holds: only page numbers lead past it, checked by the count. */
async function readThrough(
  readPage: ReadPage,
  limit: number,
  crowdedUts: number,
  first: HistoryAnswer,
): Promise<HistoryAnswer> {
  for (let tries = 0; tries < readsOfMovingSecond; tries += 1) {
    const rows: Scrobble[] = [];
    let missing = 0;
    let total: number | null = null;
    let isSteady = true;
    let isWhole = false;
    for (let number = 1; isSteady && !isWhole; number += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each page tells whether another is needed
      const read = await readSettled(readPage, number, limit);
      isSteady = total === null || total === read.page.total;
      total = read.page.total;
      rows.push(...read.page.rows);
      missing += read.missing;
      isWhole = number * limit >= total;
      if (!isWhole && oldest(rows) < crowdedUts) break;
    }
    if (isSteady) return { rows, isWhole, oldestUts: oldest(rows), total: total ?? first.total, missing };
  }
  throw new ServiceError(
    "Last.fm: a crowded second of the listening history keeps changing",
    "Try again later: rewind sync goes on from where it stopped.",
  );
}

/** An answer with fewer rows than it must have is read again, and taken when it stays so. */
async function readSettled(
  readPage: ReadPage,
  number: number,
  limit: number,
): Promise<{ readonly page: Page<Scrobble>; readonly missing: number }> {
  let alike = 0;
  let before: Page<Scrobble> | undefined;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a try after a try
    const page = await readPage(number);
    const missing = Math.max(0, Math.min(limit, page.total - (number - 1) * limit) - page.rows.length);
    if (missing === 0) return { page, missing };
    alike = before?.total === page.total && before.rows.length === page.rows.length ? alike + 1 : 1;
    if (alike >= readsOfShortAnswer) return { page, missing };
    before = page;
  }
}

function oldest(rows: readonly Scrobble[]): number {
  return rows.reduce((least, row) => Math.min(least, row.uts), Number.POSITIVE_INFINITY);
}
