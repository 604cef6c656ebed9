// Rows that a listing no longer has. They are removed if that is proven, and kept if a fault of the service would
// look the same.
import { CacheError, RewindError, ServiceError } from "../../model/errors.ts";
import type { Service } from "../../model/model.ts";
import {
  type MissingRows,
  type HeldRemoval,
  type PublicationDetail,
  type ShortListing,
  countPublished,
  type Publication,
  type PagedListing,
  dropWalk,
  writePublication,
  type Walk,
  type Staged,
  type Changes,
  missingFrom,
  readPublication,
  requireStaged,
} from "../../store/file/listings.ts";
import type { StepOutcome } from "./step-run.ts";
import type { StepStatus, Run } from "./sync-run.ts";
import type { WalkResult } from "./walk.ts";

/** More missing rows than this, or this share, need a second witness. */
const mostUnwitnessed = 20;
const mostUnwitnessedShare = 0.02;

/** Rows that are still missing after this time are gone: no fault lasts longer. */
const patienceSeconds = 6 * 3600;

export interface Reading {
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

export interface RemovalVerdict {
  readonly removes: boolean;
  readonly detail: Pick<PublicationDetail, "short" | "held">;
  readonly status?: StepStatus;
  readonly note: string | null;
  readonly failure: RewindError | null;
}

const proven: RemovalVerdict = { removes: true, detail: {}, note: null, failure: null };

export async function judgeRemovals(run: Run, reading: Reading): Promise<RemovalVerdict> {
  const { total, rows, cached, missing } = reading;
  if (run.acceptsRemovals)
    return { ...proven, ...(rows === total ? {} : shortness(run, reading)), removes: true };
  if (rows !== total) return { ...shortness(run, reading), removes: false };
  if (missing.count <= Math.max(mostUnwitnessed, cached * mostUnwitnessedShare)) return proven;
  if (await isWitnessed(run, reading)) return proven;
  const heldRemoval = heldSince(run, reading);
  if (run.nowUts() - heldRemoval.sinceUts >= patienceSeconds) return proven;
  return {
    removes: false,
    detail: { held: heldRemoval },
    status: "held",
    note: null,
    failure: new CacheError(
      `${missing.count} of ${cached} ${reading.rowsName} are no longer listed: kept, since other counts disagree`,
      "A sync six hours from now settles it.\nIf you know that they are gone: rewind sync --full --accept-removals",
    ),
  };
}

/** How to publish a finished walk. */
interface Publishing {
  readonly walk: Pick<Walk<unknown>, "id" | "startedUts">;
  readonly result: WalkResult;
  readonly rowsName: string;
  readonly service: Service;
  readonly witness: () => Promise<boolean>;
  /** Stored with the publication, beside the total. */
  readonly detail?: PublicationDetail;
  /** Writes the staged rows and calls closeWalk(). Runs in the transaction that counted them. */
  readonly publish: (stagedRows: Staged, verdict: { isWhole: boolean; publication: ClosedWalk }) => Changes;
}

export async function publishWalk(
  run: Run,
  step: PagedListing,
  { walk, result, rowsName, service, witness, detail, publish }: Publishing,
): Promise<StepOutcome> {
  const { database } = run;
  const stagedRows = { walkId: walk.id, since: result.since };
  const {
    removes,
    detail: doubts,
    ...verdict
  } = await judgeRemovals(run, {
    rowsName,
    service,
    total: result.total,
    rows: result.rows,
    cached: countPublished(database, step),
    missing: missingFrom(database, step, stagedRows),
    before: readPublication(database, step)?.detail,
    witness,
  });
  const { startedUts } = walk;
  const changes = run.write(() => {
    requireStaged(database, step, { ...stagedRows, rows: result.rows });
    const publication = {
      startedUts,
      walkedUts: startedUts,
      detail: { total: result.total, ...detail, ...doubts },
    };
    return publish(stagedRows, { isWhole: removes, publication });
  });
  return { changes, ...verdict };
}

export type ClosedWalk = Omit<Publication, "publishedUts">;

/** Ends a walk and stores its publication. Runs inside the caller's transaction. */
export function closeWalk(run: Run, step: PagedListing, publication: ClosedWalk): void {
  dropWalk(run.database, step);
  writePublication(run.database, step, { ...publication, publishedUts: run.nowUts() });
}

/** Returns true if the next sync must read the listing whole, to learn if it has recovered. */
export function isDoubted(detail: PublicationDetail, walkedUts: number): boolean {
  if (detail.held !== undefined) return true;
  const { short } = detail;
  if (short === undefined) return false;
  // If the difference stays the same for hours and nothing is missing, this listing counts that way.
  return short.missing > 0 || walkedUts - short.sinceUts < patienceSeconds;
}

/** Describes a listing that lists another number of rows than it counts. It proves no removal. */
function shortness(
  run: Run,
  { rowsName, service, total, rows, missing, before }: Reading,
): Omit<RemovalVerdict, "removes"> {
  const short: ShortListing = {
    listed: rows,
    sinceUts: shortSince(run, total - rows, before),
    missing: run.acceptsRemovals ? 0 : missing.count,
  };
  const isShort = rows < total;
  const counts = `${service.name} counts ${total} ${rowsName} but lists ${rows}`;
  const keptText =
    missing.count === 1
      ? "1 cached row was not listed and was kept"
      : `${missing.count} cached rows were not listed and were kept`;
  return {
    detail: { short },
    ...(isShort ? { status: "short" as const } : {}),
    note: isShort && missing.count === 0 ? `${counts}, twice in a row.` : null,
    failure:
      missing.count === 0 || run.acceptsRemovals
        ? null
        : new ServiceError(
            `${counts}: ${keptText}`,
            "Try again later: rewind sync. If you know that they are gone: rewind sync --full --accept-removals",
          ),
  };
}

function shortSince(run: Run, off: number, before: PublicationDetail | undefined): number {
  const { short, total } = before ?? {};
  const nowUts = run.nowUts();
  return short !== undefined && total !== undefined && total - short.listed === off
    ? Math.min(short.sinceUts, nowUts)
    : nowUts;
}

function heldSince(run: Run, { missing, before }: Reading): HeldRemoval {
  const nowUts = run.nowUts();
  const lastRemoval = before?.held;
  const sinceUts = lastRemoval?.digest === missing.digest ? Math.min(lastRemoval.sinceUts, nowUts) : nowUts;
  return { rows: missing.count, digest: missing.digest, sinceUts };
}

/** A witness that fails does not confirm anything. */
async function isWitnessed(run: Run, reading: Reading): Promise<boolean> {
  try {
    return await reading.witness();
  } catch (error) {
    if (!(error instanceof RewindError) || run.signal.aborted) throw error;
    return false;
  }
}

// An empty listing may be a fault. If rows are known, it is not believed at once.

interface Listed {
  readonly rows: readonly unknown[];
  /** null: the listing does not count. */
  readonly total: number | null;
}

/** Reads again if the listing is empty and should not be. Returns the last answer. */
export async function readDespiteEmpty<Read extends Listed>(
  read: () => Promise<Read>,
  isSurprising: () => boolean,
): Promise<Read> {
  const page = await read();
  const isEmpty = page.total === null ? page.rows.length === 0 : page.total === 0;
  return isEmpty && isSurprising() ? read() : page;
}

/** The error for a listing that is suddenly empty. Only the user can confirm it. */
export function refuseEmpty(what: string, cached: number): ServiceError {
  return new ServiceError(
    `${what} came back empty, but ${cached} are cached: they were kept`,
    "Try again later: rewind sync. If it really is empty: rewind sync --full",
  );
}
