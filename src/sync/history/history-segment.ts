// Reads the newest part of a segment, so that each of its seconds is complete.
import { ServiceError } from "../../model/errors.ts";
import type { Scrobble } from "../../model/model.ts";
import type { ListeningService, ListeningUser } from "../../sources/services/listening-service.ts";
import type { Page } from "../../sources/services/remote-service.ts";
import { readPublication } from "../../store/file/listings.ts";
import { hasScrobblesBetween } from "../../store/plays/scrobbles.ts";
import { readAgainIfEmpty } from "../paging/publish-listing.ts";
import type { PageSize } from "../paging/page-size.ts";
import type { ListingRun } from "../paging/step.ts";

/** The input of the listening service's steps. */
export interface ListeningRun extends ListingRun {
  readonly service: ListeningService;
  readonly user: ListeningUser;
}

export interface SegmentResult {
  /** Newest first. Every second above `oldestUts` is complete, and with `isWhole` all seconds are. */
  readonly rows: readonly Scrobble[];
  /** Scrobbles with an impossible time, listed between others. They are stored without a date. */
  readonly misdated: readonly Scrobble[];
  readonly isWhole: boolean;
  readonly oldestUts: number;
  /** How many scrobbles of the segment the service counts. */
  readonly total: number;
  /** Scrobbles that the service counts but does not list. */
  readonly missing: number;
}

export function readNewest(run: ListeningRun, segment: Segment, size: PageSize): Promise<SegmentResult> {
  return size.read((limit) => readSegment(run, segment, limit, size));
}

type ReadPage = (page: number) => Promise<Page<Scrobble>>;

async function readSegment(
  run: ListeningRun,
  { fromUts, toUts }: Segment,
  limit: number,
  size: PageSize,
): Promise<SegmentResult> {
  // One second more at each end: it is not documented whether the ends belong to the window.
  const window = {
    ...(fromUts === null ? {} : { fromUts: Math.max(0, fromUts - 1) }),
    ...(toUts === null ? {} : { toUts: toUts + 1 }),
    limit,
  };
  const call = { ...run.call, ...size.attempts };
  const readPage: ReadPage = (page) =>
    size.acceptIfSmallest(run.service.fetchScrobblePage(run.user.name, { ...window, page }, call));
  const first = await readAgainIfEmpty(
    () => readPage(1),
    () => canHoldScrobbles(run, fromUts, toUts),
  );
  const { total } = first;
  const { rows, misdated } = divideDated(first.rows);
  const isOnePage = isLast(first, limit);
  if (first.rows.length === 0 && !isOnePage) {
    throw new ServiceError(
      `${run.service.name} counts ${total} scrobbles in the listening history but lists none`,
      "Try again later: rewind sync continues where it stopped.",
    );
  }
  const answer: SegmentResult = {
    rows,
    misdated,
    isWhole: isOnePage,
    oldestUts: computeOldestUts(rows),
    total,
    missing: countMissing(first, limit),
  };
  const isStuck = !isOnePage && toUts !== null && answer.oldestUts >= toUts;
  const isOneSecond = !isOnePage && rows.every((row) => row.uts === answer.oldestUts);
  return isStuck || isOneSecond
    ? readByPage(run, readPage, limit, toUts ?? answer.oldestUts, answer)
    : answer;
}

/** Returns true if the segment may hold scrobbles: it did before, or the history was never read whole. */
function canHoldScrobbles(run: ListeningRun, fromUts: number | null, toUts: number | null): boolean {
  const publication = readPublication(run.database, "history");
  if (publication === undefined || publication.fullReadUts === 0) return true;
  return hasScrobblesBetween(run.database, fromUts, toUts);
}

/** A second has more scrobbles than a page. Only page numbers lead past it, checked by the total. */
async function readByPage(
  run: ListeningRun,
  readPage: ReadPage,
  limit: number,
  crowdedUts: number,
  { total }: SegmentResult,
): Promise<SegmentResult> {
  const rows: Scrobble[] = [];
  let missing = 0;
  for (let number = 1; ; number += 1) {
    const page = await readPage(number);
    if (page.total !== total) {
      throw new ServiceError(
        `${run.service.name} lists the scrobbles of one second differently each time`,
        "Try again later: rewind sync continues where it stopped.",
      );
    }
    for (const row of page.rows) rows.push(row);
    missing += countMissing(page, limit);
    const divided = divideDated(rows);
    const oldestUts = computeOldestUts(divided.rows);
    const isWhole = isLast(page, limit);
    if (isWhole || oldestUts < crowdedUts) return { ...divided, isWhole, oldestUts, total, missing };
  }
}

function isLast({ page, total }: Page<unknown>, limit: number): boolean {
  return page * limit >= total;
}

/** How many rows are missing from a page, by the total. */
function countMissing(page: Page<unknown>, limit: number): number {
  return Math.max(0, Math.min(limit, page.total - (page.page - 1) * limit) - page.rows.length);
}

/** Undated scrobbles come last. One that is listed before dated ones had an impossible time. */
function divideDated(rows: readonly Scrobble[]): Pick<SegmentResult, "rows" | "misdated"> {
  const lastDated = rows.findLastIndex((row) => row.uts > 0);
  const isMisdated = (row: Scrobble, at: number): boolean => row.uts === 0 && at < lastDated;
  const misdated = rows.filter(isMisdated);
  return {
    rows: misdated.length === 0 ? rows : rows.filter((row, at) => !isMisdated(row, at)),
    misdated,
  };
}

function computeOldestUts(rows: readonly Scrobble[]): number {
  return rows.reduce((least, row) => Math.min(least, row.uts), Number.POSITIVE_INFINITY);
}

// A segment: a range of time whose scrobbles are still to be read, from its newest second to its oldest.

export interface Segment {
  /** The first second of the segment. null: from the beginning, with scrobbles that have no date. */
  readonly fromUts: number | null;
  /** The last second of the segment. null: no end. */
  readonly toUts: number | null;
  /** How many scrobbles the segment has; null if unknown. */
  readonly remaining: number | null;
}

/** A shorter segment is not worth dividing. */
const minSegmentSeconds = 7200;

/**
 * Divides a segment into two with about the same number of scrobbles, assuming an even spread. The newest page is being
 * read already and stays in the newer part. Returns undefined if dividing is not worth a request.
 */
export function divide(
  { fromUts, toUts, remaining }: Segment,
  { pageRows, firstUts, nowUts }: Readonly<Record<"pageRows" | "firstUts" | "nowUts", number>>,
): { readonly newer: Segment; readonly older: Segment } | undefined {
  if (remaining === null || remaining <= pageRows * 5) return undefined;
  const topUts = toUts ?? nowUts;
  const bottomUts = fromUts ?? Math.min(firstUts, topUts - minSegmentSeconds);
  const openTopUts = topUts - (topUts - bottomUts) * (pageRows / remaining);
  if (openTopUts - bottomUts < minSegmentSeconds) return undefined;
  const middleUts = Math.floor((bottomUts + openTopUts) / 2);
  const half = Math.round((remaining - pageRows) / 2);
  return {
    newer: { fromUts: middleUts + 1, toUts, remaining: remaining - half },
    older: { fromUts, toUts: middleUts, remaining: half },
  };
}
