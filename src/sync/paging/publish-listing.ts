// Rows that a listing no longer has. They are removed if that is proven, and kept if a fault of the service would
// look the same.
import { CacheError, RewindError, ServiceError } from "../../model/errors.ts";
import type { Service } from "../../model/model.ts";
import type { ListingName } from "../../model/sync-steps.ts";
import type { Page } from "../../sources/services/remote-service.ts";
import {
  type MissingRows,
  type PublicationDetail,
  type ShortListing,
  countPublished,
  type Publication,
  type PagedListing,
  deleteCheckpoint,
  savePublication,
  type StagedRows,
  type Changes,
  readMissingRows,
  readPublication,
  requireStaged,
} from "../../store/file/listings.ts";
import type { ListingRun, StepOutcome, StepRun } from "./step.ts";
import type { ListingResult } from "./read-pages.ts";

/** More missing rows than this, or this share, need a second witness. */
const maxUnconfirmedRows = 20;
const maxUnconfirmedShare = 0.02;

/** Rows that are still missing after this time are gone: no fault lasts longer. */
const maxMissingSeconds = 6 * 3600;

interface ListingCounts {
  /** "records in the collection" */
  readonly rowsName: string;
  readonly service: Service;
  /** How many rows the listing counts, and how many it listed. */
  readonly total: number;
  readonly rows: number;
  /** How many rows the cache has, and which of them were not listed. */
  readonly cached: number;
  readonly missing: MissingRows;
  readonly before: PublicationDetail | undefined;
  /** Asks another endpoint for the number of rows. Returns whether it agrees with the listing. */
  witness(): Promise<boolean>;
}

interface RemovalVerdict {
  readonly removes: boolean;
  readonly detail: Pick<PublicationDetail, "short" | "held">;
  readonly outcome: StepOutcome;
}

const proven: RemovalVerdict = { removes: true, detail: {}, outcome: {} };

export async function judgeRemovals(run: ListingRun, reading: ListingCounts): Promise<RemovalVerdict> {
  const { total, rows, cached, missing, before } = reading;
  if (rows !== total) return { ...describeShortListing(run, reading), removes: run.acceptsRemovals };
  const isHandful = missing.count <= Math.max(maxUnconfirmedRows, cached * maxUnconfirmedShare);
  if (run.acceptsRemovals || isHandful || (await isTotalConfirmed(run, reading))) return proven;
  const last = before?.held;
  const sinceUts = computeSinceUts(run, last, last?.digest === missing.digest);
  if (run.nowUts() - sinceUts >= maxMissingSeconds) return proven;
  const failure = new CacheError(
    `${missing.count} of ${cached} ${reading.rowsName} are no longer listed, but kept: other counts disagree`,
    "A sync six hours from now decides. If you know that they are gone: rewind sync --full --accept-removals",
  );
  const held = { rows: missing.count, digest: missing.digest, sinceUts };
  return { removes: false, detail: { held }, outcome: { status: "held", failure } };
}

/** How to publish a finished read. */
interface PublishOptions extends Pick<ListingCounts, "rowsName" | "service" | "witness"> {
  /** Stored with the publication, beside the total. */
  readonly detail?: PublicationDetail;
  /** Writes the staged rows. Runs in the transaction that counted them. */
  readonly publish: (stagedRows: StagedRows, removal: { readonly isWhole: boolean }) => Changes;
  /** Updates what depends on the rows, in the same transaction. */
  readonly refresh: (changes: Changes) => void;
}

export async function publishListing(
  run: ListingRun,
  step: PagedListing,
  { checkpointId, startedUts, since, total, rows }: ListingResult,
  { detail, publish, refresh, ...reading }: PublishOptions,
): Promise<StepOutcome> {
  const { database } = run;
  const stagedRows = { checkpointId, since };
  const verdict = await judgeRemovals(run, {
    ...reading,
    total,
    rows,
    cached: countPublished(database, step),
    missing: readMissingRows(database, step, stagedRows),
    before: readPublication(database, step)?.detail,
  });
  const changes = run.write(() => {
    requireStaged(database, step, stagedRows, rows);
    const rowChanges = publish(stagedRows, { isWhole: verdict.removes });
    const facts = { total, ...detail, ...verdict.detail };
    closeCheckpoint(run, step, { startedUts, fullReadUts: startedUts, detail: facts });
    refresh(rowChanges);
    return rowChanges;
  });
  return { changes, ...verdict.outcome };
}

/** Ends a read and stores its publication. Runs inside the caller's transaction. */
export function closeCheckpoint(
  run: StepRun,
  step: ListingName,
  publication: Omit<Publication, "publishedUts">,
): void {
  deleteCheckpoint(run.database, step);
  savePublication(run.database, step, { ...publication, publishedUts: run.nowUts() });
}

/** Returns true if the next sync must read the listing whole, to learn if it has recovered. */
export function isListingUncertain(detail: PublicationDetail, fullReadUts: number): boolean {
  if (detail.held !== undefined) return true;
  const { short } = detail;
  if (short === undefined) return false;
  // If the difference stays the same for hours and nothing is missing, this listing counts that way.
  return short.missing > 0 || fullReadUts - short.sinceUts < maxMissingSeconds;
}

/** Describes a listing that lists another number of rows than it counts. It proves no removal. */
function describeShortListing(
  run: ListingRun,
  { rowsName, service, total, rows, missing, before }: ListingCounts,
): Omit<RemovalVerdict, "removes"> {
  const isKept = missing.count > 0 && !run.acceptsRemovals;
  const last = before?.short;
  const short: ShortListing = {
    listed: rows,
    sinceUts: computeSinceUts(
      run,
      last,
      last !== undefined && (before?.total ?? 0) - last.listed === total - rows,
    ),
    missing: isKept ? missing.count : 0,
  };
  const counts = `${service.name} counts ${total} ${rowsName} but lists ${rows}`;
  const failure = new ServiceError(
    `${counts}: cached rows that were not listed were kept (${missing.count})`,
    "Try again later: rewind sync. If you know that they are gone: rewind sync --full --accept-removals",
  );
  return {
    detail: { short },
    outcome: {
      ...(rows < total ? { status: "short" } : {}),
      note: rows < total && missing.count === 0 ? `${counts}, twice in a row.` : null,
      failure: isKept ? failure : null,
    },
  };
}

/** A time in the future comes from a clock that ran ahead. */
function computeSinceUts(
  run: StepRun,
  before: { readonly sinceUts: number } | undefined,
  isSame: boolean,
): number {
  return isSame ? Math.min(before?.sinceUts ?? Infinity, run.nowUts()) : run.nowUts();
}

/** A witness that fails does not confirm anything. */
async function isTotalConfirmed(run: StepRun, reading: ListingCounts): Promise<boolean> {
  try {
    return await reading.witness();
  } catch (error) {
    if (!(error instanceof RewindError) || run.signal.aborted) throw error;
    return false;
  }
}

// An empty listing may be a fault. If rows are known, it is not believed at once.

/** Reads again if the listing is empty and should not be. Returns the last answer. */
export async function readAgainIfEmpty<Row>(
  read: () => Promise<Page<Row>>,
  isSurprising: () => boolean,
): Promise<Page<Row>> {
  const page = await read();
  return page.total === 0 && isSurprising() ? read() : page;
}

/** The error for a listing that is suddenly empty. Only the user can confirm it. */
export function createEmptyListingError(what: string, cached: number): ServiceError {
  return new ServiceError(
    `${what} came back empty, but ${cached} are cached: they were kept`,
    "Try again later: rewind sync. If it really is empty: rewind sync --full",
  );
}
