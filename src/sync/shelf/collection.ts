// The collection: a look at its head first; a walk over all of it where the head can't tell, or one is due.
import { daySeconds } from "../../model/local-days.ts";
import type { CollectionRecord } from "../../model/model.ts";
import type { Page } from "../../sources/services/asked-service.ts";
import {
  isUnchanged,
  noChanges,
  type Changes,
  type PublicationDetail,
  readPublication,
  writePublication,
  requireStaged,
  dropWalk,
  newWalkId,
  nextWalkUts,
  readWalk,
  writeWalk,
  type Staged,
  type Walk,
} from "../../store/file/listings.ts";
import { fieldNamed, findField } from "../../store/shelf/custom-fields.ts";
import {
  compareRecords,
  countRecords,
  hasRecordsSince,
  missingRecords,
  publishRecords,
  stageRecords,
  writeShelfNames,
} from "../../store/shelf/records.ts";
import { headOf, headSize, isWholeCollection, onlyGrew, type Head } from "./collection-head.ts";
import { readDespiteEmpty, refuseEmpty } from "../walks/empty-listing.ts";
import { isMatchOutdated, rematch } from "../matching/rematch.ts";
import { isDoubted, judgeRemovals } from "../walks/removals.ts";
import type { Progress, Run, StepOutcome } from "../walks/run.ts";
import { readFieldNames, readShelfNames } from "./shelf-names.ts";
import { freshWalk, newWalk, stagedListing } from "../walks/staged-walk.ts";
import { asListed, freshRound, walk, type RoundState, type WalkResult } from "../walks/walk.ts";

interface CollectionState extends RoundState {
  /** The head before the first request of the round. */
  readonly before: Head;
}

function isWalkDue(run: Run, walkedUts: number, rows: number): boolean {
  const nowUts = run.nowUts();
  return (
    run.full ||
    nowUts < walkedUts ||
    nowUts > nextWalkUts(walkedUts, rows, { isWrittenTo: run.playedField !== null })
  );
}

/** What stands in a field that was made since the last walk is seen by a walk alone. */
async function isFieldNew(run: Run, username: string): Promise<boolean> {
  const { database, playedField } = run;
  if (playedField === null || findField(database, playedField) !== undefined) return false;
  const fields = await readFieldNames(run, username);
  return fields !== null && fieldNamed(fields, playedField) !== undefined;
}

export async function syncCollection(run: Run, username: string, progress: Progress): Promise<StepOutcome> {
  const { database } = run;
  const startedUts = run.nowUts();
  const page = await readHead(run, username);
  const published = readPublication(database, "collection");
  const staged = readWalk<CollectionState>(database, "collection");
  const isWalkNeeded =
    published === undefined ||
    isDoubted(published.detail, published.walkedUts) ||
    isWalkDue(run, published.walkedUts, countRecords(database)) ||
    (await isFieldNew(run, username));
  if (published && !staged && !isWalkNeeded) {
    const seen = compareRecords(database, page.rows);
    const grown = page.total - (published.detail.total ?? 0);
    if (seen.unknown === grown && seen.unknown < headSize) {
      progress(page.rows.length, page.total, 1, 1);
      const { short } = published.detail;
      const changes = publish(run, {
        startedUts,
        walkedUts: published.walkedUts,
        detail: {
          total: page.total,
          ...(short ? { short: { ...short, listed: short.listed + seen.unknown } } : {}),
        },
        write: () => (seen.unknown + seen.edited > 0 ? publishHead(run, page) : noChanges),
      });
      return { changes, rows: countRecords(database) };
    }
  }
  return walkCollection(run, username, page, progress);
}

async function readHead(run: Run, username: string): Promise<Page<CollectionRecord>> {
  const cached = countRecords(run.database);
  const page = await readDespiteEmpty(
    () => asListed(() => run.services.collection.collectionPage(username, 1, "newest-first", run.call)),
    () => cached > 0 || readPublication(run.database, "collection") === undefined,
  );
  if (page.total === 0 && cached > 0 && !run.full)
    throw refuseEmpty(`the ${run.services.collection.name} collection`, cached);
  return page;
}

function publishHead(run: Run, page: Page<CollectionRecord>): Changes {
  const walkId = newWalkId();
  stageRecords(run.database, page.rows, walkId, 1);
  return publishRecords(run.database, { walkId, since: 1 }, { isWhole: false, nowUts: run.nowUts() });
}

async function walkCollection(
  run: Run,
  username: string,
  page: Page<CollectionRecord>,
  progress: Progress,
): Promise<StepOutcome> {
  const { database } = run;
  const names = await readShelfNames(run, username);
  const head = headOf(page);
  const { id: walkId, startedUts, state } = beginWalk(run, head);
  let before = state.before;
  let walked: WalkResult = { since: state.round, total: page.total, rows: page.total };

  if (isWholeCollection(head)) {
    progress(page.rows.length, page.total, 1, 1);
    run.write(() => stageRecords(database, page.rows, walkId, walked.since));
  } else {
    const listing = stagedListing<CollectionRecord, CollectionState>(
      run,
      "collection",
      { id: walkId, startedUts },
      {
        name: "collection",
        rowsPerPage: 100,
        expectedRows: page.total,
        read: (number) => run.services.collection.collectionPage(username, number, "oldest-first", run.call),
        stageRows: (rows, id, round) => stageRecords(database, rows, id, round),
        stateOf: (next) => ({ ...next, before }),
        settle: async (next) => {
          const afterPage = await readHead(run, username);
          const after = headOf(afterPage);
          const isSteady =
            onlyGrew(before, after) && !hasStrangers(run, { walkId, since: next.round }, before, after);
          // What is on top now is newer than what the pages said.
          if (isSteady) run.write(() => stageRecords(database, afterPage.rows, walkId, next.round));
          before = after;
          return isSteady ? after.total : null;
        },
      },
      progress,
    );
    walked = await walk(listing, state);
  }
  const staged = { walkId, since: walked.since };
  const { removes, detail, ...told } = await judgeRemovals(run, {
    rowsName: "records in the collection",
    service: run.services.collection,
    ...walked,
    cached: countRecords(database),
    missing: missingRecords(database, staged),
    before: readPublication(database, "collection")?.detail,
    witness: () => isSizeBorneOut(run, username, walked.rows),
  });
  const changes = publish(run, {
    startedUts,
    walkedUts: startedUts,
    detail: { total: walked.total, ...detail },
    staged: { ...staged, rows: walked.rows },
    write: () => {
      writeShelfNames(database, names.folders, names.fields);
      return publishRecords(database, staged, { isWhole: removes, nowUts: run.nowUts() });
    },
  });
  return { changes, rows: countRecords(database), ...told };
}

/** Whether folder 0 and the user's profile both count what was listed. */
async function isSizeBorneOut(run: Run, username: string, rows: number): Promise<boolean> {
  const { collection } = run.services;
  const [folders, profile] = await Promise.all([
    collection.folders(username, run.call),
    collection.profile(username, run.call),
  ]);
  return folders.find(({ id }) => id === 0)?.count === rows && profile.collectionCount === rows;
}

/** A staged walk goes on where the collection only grew since; else its rows are read again in a new round. */
function beginWalk(run: Run, head: Head): Walk<CollectionState> {
  const staged = freshWalk<CollectionState>(run, "collection", daySeconds);
  if (staged) {
    const isUsable = onlyGrew(staged.state.before, head) && !isWholeCollection(head);
    if (isUsable) return staged;
    const state = { ...freshRound(staged.state.round + 1), before: head };
    return { id: staged.id, startedUts: run.nowUts(), state };
  }
  const walked = newWalk(run, "collection");
  const begun = { ...walked, state: { ...walked.state, before: head } };
  run.write(() => writeWalk(run.database, "collection", begun));
  return begun;
}

/**
 * Instance ids only rise. One above all that were on top before the walk, and that isn't on top itself, was
 * added meanwhile and re-dated: something else may have been removed at the same moment, hiding a third record.
 */
function hasStrangers(run: Run, staged: Staged, before: Head, after: Head): boolean {
  const above = Math.max(0, ...before.instanceIds);
  return hasRecordsSince(run.database, staged, above, [...before.instanceIds, ...after.instanceIds]);
}

interface PublishOptions {
  readonly startedUts: number;
  readonly walkedUts: number;
  readonly detail: PublicationDetail;
  /** What the walk read, to be found staged. */
  readonly staged?: Staged & { readonly rows: number };
  readonly write: () => Changes;
}

function publish(run: Run, { startedUts, walkedUts, detail, staged, write }: PublishOptions): Changes {
  const { database } = run;
  return run.write(() => {
    if (staged) requireStaged(database, "collection", staged);
    const changes = write();
    dropWalk(database, "collection");
    writePublication(database, "collection", { startedUts, publishedUts: run.nowUts(), walkedUts, detail });
    if (!isUnchanged(changes) || isMatchOutdated(database)) rematch(database);
    return changes;
  });
}
