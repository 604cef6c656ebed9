// Reads the listens of ListenBrainz: all of them once, then from two weeks before the latest on. The service has no list
// of what came late or was deleted. Its count betrays both, and then all are read again, at most once a day.
import { OtherAccount } from "../../model/errors.ts";
import { daySeconds } from "../../model/times.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { ListenPage, ListenService } from "../../sources/services/listening-service.ts";
import { readAccounts, saveAccount } from "../../store/file/cache-facts.ts";
import {
  countPublished,
  isUnchanged,
  type Publication,
  readPublication,
  readCheckpoint,
  requireStaged,
  type Checkpoint,
  savePublication,
  saveCheckpoint,
} from "../../store/file/listings.ts";
import { countInStates } from "../../store/decisions/logged-plays.ts";
import { markSourceRead, deleteSourcePlays } from "../../store/plays/source-plays.ts";
import {
  countListensUntil,
  listenSource,
  publishStagedListens,
  readUnlistedListens,
  stageListens,
} from "../../store/plays/staged-listens.ts";
import { mergeSources } from "../merging/merge-sources.ts";
import { closeCheckpoint, createEmptyListingError } from "../paging/publish-listing.ts";
import type { ListingRun, Progress, StepOutcome, StepRun } from "../paging/step.ts";
import { openCheckpoint, refuseEndless } from "../paging/read-pages.ts";
import { walkListens } from "./walk-listens.ts";

/** Apps submit plays up to two weeks late. */
const lateSeconds = 14 * daySeconds;
const maxResumeSeconds = 30 * daySeconds;
/** All listens are read again after a week, or after a day if the service counts others than are stored. */
const fullReadSeconds = 7 * daySeconds;
const uncertainReadSeconds = daySeconds;

const listName = "the list of ListenBrainz listens";

export interface ListenAccount extends Omit<ListenPage, "listens"> {
  readonly count: number;
}

interface ListenRun extends ListingRun {
  readonly service: ListenService;
  readonly account: ListenAccount;
}

export async function syncListens(run: ListenRun, progress: Progress): Promise<StepOutcome> {
  const { database, account } = run;
  const storedCount = countPublished(database, "listens");
  const last = storedCount === 0 ? undefined : readPublication(database, "listens");
  if (account.latestUts === 0 && account.count === 0) {
    if (storedCount === 0) return touchListens(run, undefined);
    if (!run.full) throw createEmptyListingError(listName, storedCount);
  }
  if (last === undefined || run.full || isFullReadDue(run, last)) {
    return readListens(run, null, progress);
  }
  const { total, latestUts = 0, isDue = false } = last.detail;
  const isSame = account.count === total && account.latestUts === latestUts;
  const queuedCount = countInStates(database, "listenbrainz", ["queued"]);
  const isComplete = (storedCount === account.count || isDue) && queuedCount === 0;
  if (isSame && isComplete) return touchListens(run, last);
  const afterUts = Math.max(account.oldestUts - 1, Math.min(latestUts, run.nowUts()) - lateSeconds);
  const recent = await readListens(run, afterUts, progress);
  const now = readPublication(database, "listens");
  if (now === undefined || !isFullReadDue(run, now)) return recent;
  return readListens(run, null, progress);
}

/** `username` null: the owner of the token. */
export async function readListenAccount(
  call: CallOptions,
  service: ListenService,
  username: string | null,
): Promise<ListenAccount> {
  const name = username ?? (await service.writer?.fetchOwner(call)) ?? "";
  const [page, count] = await Promise.all([
    service.fetchNewestListens(name, 1, call),
    service.fetchListenCount(name, call),
  ]);
  return { ...page, count };
}

/** Throws AccountError if the cache has listens of another user. */
export function claimListens(run: StepRun, username: string): void {
  const { database } = run;
  const storedCount = countPublished(database, "listens");
  const owner = readAccounts(database)[listenSource.name];
  if (storedCount > 0 && owner !== undefined && owner.toLowerCase() !== username.toLowerCase()) {
    throw new OtherAccount(
      `this cache has the plays of ${owner} on ListenBrainz, not those of ${username}`,
      "Run: rewind sources remove listenbrainz        Or use another cache: rewind sync --db PATH",
    );
  }
  if (owner !== username) run.write(() => saveAccount(database, listenSource.name, username));
}

function isFullReadDue(run: StepRun, { fullReadUts, detail }: Publication): boolean {
  const checkpoint = readCheckpoint<ListenReadState>(run.database, "listens");
  if (checkpoint !== undefined && checkpoint.state.afterUts === null) return true;
  // An age below zero comes from a clock that ran ahead.
  const age = run.nowUts() - fullReadUts;
  return age < 0 || age >= (detail.isDue === true ? uncertainReadSeconds : fullReadSeconds);
}

function touchListens(run: ListenRun, last: Publication | undefined): StepOutcome {
  const {
    database,
    account: { count, latestUts },
  } = run;
  const nowUts = run.nowUts();
  run.write(() => {
    const first = { startedUts: nowUts, fullReadUts: nowUts, detail: { total: count, latestUts } };
    savePublication(database, "listens", { ...(last ?? first), publishedUts: nowUts });
    markSourceRead(database, listenSource, nowUts);
  });
  return { status: "unchanged" };
}

/** Reads the listens after a second, null: all, and publishes them in one transaction. */
async function readListens(
  run: ListenRun,
  afterUts: number | null,
  progress: Progress,
): Promise<StepOutcome> {
  const { database, account } = run;
  const { count } = account;
  // A search that begins before the first listen may end too early.
  const first = { afterUts, cursorUts: afterUts ?? account.oldestUts - 1, listed: 0, pages: 0 };
  const checkpoint = openCheckpoint<ListenReadState>(
    run,
    "listens",
    first,
    maxResumeSeconds,
    (state) => afterUts === null && state.afterUts === null,
  );
  const knownCount = countListensUntil(database, afterUts);
  const end = await readListenPages(run, knownCount, checkpoint, progress);
  return run.write(() => {
    requireStaged(database, "listens", { checkpointId: checkpoint.id }, end.state.listed);
    const unlisted = readUnlistedListens(database, afterUts);
    const additions = publishStagedListens(database);
    // Unlisted plays are gone if the rest makes up the service's count; else a fault may have hidden them.
    const isProven = end.isWhole && countPublished(database, "listens") - unlisted.length >= count;
    const isRemoved = isProven || run.acceptsRemovals;
    const removedCount = isRemoved ? deleteSourcePlays(database, listenSource, unlisted) : 0;
    const changes = { ...additions, removed: removedCount };
    const rows = countPublished(database, "listens");
    // The service caches its count for minutes: it need not know what was just added.
    const isDue = rows < count || rows - changes.added > count;
    closeCheckpoint(run, "listens", {
      startedUts: checkpoint.startedUts,
      fullReadUts:
        afterUts === null ? checkpoint.startedUts : (readPublication(database, "listens")?.fullReadUts ?? 0),
      detail: { total: count, latestUts: end.latestUts, ...(isDue ? { isDue } : {}) },
    });
    markSourceRead(database, listenSource, run.nowUts());
    if (!isUnchanged(changes)) mergeSources(database);
    return { changes, note: isDue ? describeCountMismatch(count, rows) : null };
  });
}

function describeCountMismatch(count: number, rows: number): string {
  const again = "A sync a day later reads all of them again; rewind sync --full does so now.";
  const [counted, read] = [count, rows].map((each) => each.toLocaleString("en"));
  return `ListenBrainz counts ${counted} plays, and rewind has read ${read}. ${again}`;
}

// Each page is staged with the second from which to continue.

interface ListenReadState {
  /** Listens after this second are read; null: all. */
  readonly afterUts: number | null;
  /** The next page has the oldest listens after this second. */
  readonly cursorUts: number;
  /** Listens that were staged so far. */
  readonly listed: number;
  readonly pages: number;
}

/** `knownCount`: the stored listens before the read. */
async function readListenPages(
  run: ListenRun,
  knownCount: number,
  checkpoint: Checkpoint<ListenReadState>,
  progress: Progress,
) {
  const { database, service, call, account } = run;
  const { username, count } = account;
  let { state } = checkpoint;
  const end = await walkListens({
    service,
    username,
    call,
    afterUts: state.cursorUts,
    takePage: (listens, getNextCursor, pageRows) => {
      const newListens = run.write(() => {
        const staged = stageListens(database, listens, checkpoint.id);
        state = {
          ...state,
          cursorUts: getNextCursor(staged),
          listed: state.listed + staged,
          pages: state.pages + 1,
        };
        saveCheckpoint(database, "listens", { ...checkpoint, state });
        return staged;
      });
      const listed = knownCount + state.listed;
      refuseEndless("listens", listName, { counted: count, listed });
      const toCome = Math.max(0, count - knownCount - state.listed);
      progress(state.listed, state.listed + toCome, state.pages, state.pages + Math.ceil(toCome / pageRows));
      return newListens;
    },
  });
  return { state, ...end };
}
