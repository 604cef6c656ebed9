// Syncs the collection. It reads the head first, and reads the whole collection if the head can't tell what changed
// or a full read is due.
import {
  findByNameOrId,
  findField,
  saveCollectionNames,
  refreshPrices,
} from "../../store/shelf/custom-fields.ts";
import { daySeconds } from "../../model/times.ts";
import type { CollectionRecord } from "../../model/model.ts";
import type { Page } from "../../sources/services/remote-service.ts";
import type { CollectionService } from "../../sources/services/service-clients.ts";
import {
  type Changes,
  countPublished,
  type StagedRows,
  type Checkpoint,
  isUnchanged,
  createCheckpointId,
  computeNextReadUts,
  readPublication,
  readCheckpoint,
  stageRows,
} from "../../store/file/listings.ts";
import {
  countUnknown,
  hasUnknownRecordsAbove,
  publishRecords,
  toStagedRecord,
} from "../../store/shelf/stored-records.ts";
import { fetchValue, fetchCustomFields, fetchCollectionNames } from "./owner-details.ts";
import {
  isListingUncertain,
  readAgainIfEmpty,
  createEmptyListingError,
  publishListing,
  closeCheckpoint,
} from "../paging/publish-listing.ts";
import { isMatchOutdated, rematch } from "../matching/rematch.ts";
import { acceptShortPage } from "../paging/page-size.ts";
import type { AddNote, ListingRun, Progress, StepOutcome } from "../paging/step.ts";
import {
  openCheckpoint,
  createRound,
  type Listing,
  readPages,
  type RoundState,
} from "../paging/read-pages.ts";

export interface CollectionRun extends ListingRun {
  readonly service: CollectionService;
  readonly username: string;
  /** The custom field with days of plays, by name or id; null: none. */
  readonly playedField: string | null;
  /** The custom field with prices, by name or id; null: none. */
  readonly priceField: string | null;
  /** Fetch the collection's value once a day. Only its owner can see it. */
  readonly fetchesValue: boolean;
  readonly note: AddNote;
}

interface CollectionState extends RoundState {
  /** The head before the first request of the round. */
  readonly before: Head;
}

function isFullReadDue(run: CollectionRun, fullReadUts: number, rows: number): boolean {
  const nowUts = run.nowUts();
  return (
    run.full ||
    nowUts < fullReadUts ||
    nowUts > computeNextReadUts(fullReadUts, rows, { isWrittenTo: run.playedField !== null })
  );
}

/** Returns true for a new field, because only a full read has its values. */
async function isFieldNew(run: CollectionRun): Promise<boolean> {
  const names = [run.playedField, run.priceField].flatMap((name) => name ?? []);
  const unknown = names.filter((name) => findField(run.database, name) === undefined);
  if (unknown.length === 0) return false;
  const fields = (await fetchCustomFields(run)) ?? [];
  return unknown.some((name) => findByNameOrId(fields, name) !== undefined);
}

export async function syncCollection(run: CollectionRun, progress: Progress): Promise<StepOutcome> {
  const outcome = await readCollection(run, progress);
  if (run.fetchesValue) await fetchValue(run);
  return outcome;
}

async function readCollection(run: CollectionRun, progress: Progress): Promise<StepOutcome> {
  const { database } = run;
  const startedUts = run.nowUts();
  const page = await readHead(run);
  const lastPublication = readPublication(database, "collection");
  const checkpoint = readCheckpoint<CollectionState>(database, "collection");
  const isFullReadNeeded =
    lastPublication === undefined ||
    isListingUncertain(lastPublication.detail, lastPublication.fullReadUts) ||
    isFullReadDue(run, lastPublication.fullReadUts, countPublished(database, "collection")) ||
    (await isFieldNew(run));
  if (lastPublication && !checkpoint && !isFullReadNeeded) {
    const newCount = countUnknown(database, page.rows);
    const grown = page.total - (lastPublication.detail.total ?? 0);
    if (newCount === grown && newCount < headSize) {
      progress(page.rows.length, page.total, 1, 1);
      const { short } = lastPublication.detail;
      const publication = {
        startedUts,
        fullReadUts: lastPublication.fullReadUts,
        detail: {
          total: page.total,
          ...(short ? { short: { ...short, listed: short.listed + newCount } } : {}),
        },
      };
      const changes = run.write(() => {
        const headChanges = publishHead(run, page);
        closeCheckpoint(run, "collection", publication);
        refreshCollection(run, headChanges);
        return headChanges;
      });
      return { changes };
    }
  }
  return readWholeCollection(run, page, progress);
}

async function readHead(run: CollectionRun): Promise<Page<CollectionRecord>> {
  const cached = countPublished(run.database, "collection");
  const page = await readAgainIfEmpty(
    () => acceptShortPage(run.service.fetchCollectionPage(run.username, 1, "newest-first", run.call)),
    () => cached > 0 || readPublication(run.database, "collection") === undefined,
  );
  if (page.total === 0 && cached > 0 && !run.full)
    throw createEmptyListingError(`the ${run.service.name} collection`, cached);
  return page;
}

function publishHead(run: CollectionRun, page: Page<CollectionRecord>): Changes {
  const checkpointId = createCheckpointId();
  stageRows(run.database, "collection", page.rows.map(toStagedRecord), { checkpointId, round: 1 });
  return publishRecords(run.database, { checkpointId, since: 1 }, { isWhole: false });
}

async function readWholeCollection(
  run: CollectionRun,
  page: Page<CollectionRecord>,
  progress: Progress,
): Promise<StepOutcome> {
  const { database } = run;
  const names = await fetchCollectionNames(run);
  const begun = openCollectionCheckpoint(run, toHead(page));
  const checkpointId = begun.id;
  const listing: Listing<CollectionRecord, CollectionState> = {
    step: "collection",
    name: "collection",
    rowsPerPage: 100,
    expectedRows: page.total,
    read: (number) =>
      acceptShortPage(run.service.fetchCollectionPage(run.username, number, "oldest-first", run.call)),
    toColumns: toStagedRecord,
    confirmTotal: async (next) => {
      const afterPage = await readHead(run);
      const after = toHead(afterPage);
      const isSteady =
        hasOnlyGrown(next.before, after) &&
        !hasUnseenRecords(run, { checkpointId, since: next.round }, next.before, after);
      // The head is newer than the pages.
      if (isSteady) {
        run.write(() => {
          const rows = afterPage.rows.map(toStagedRecord);
          stageRows(database, "collection", rows, { checkpointId, round: next.round });
        });
      }
      return { total: isSteady ? after.total : null, state: { ...next, before: after } };
    },
  };
  const result = await readPages(run, begun, listing, progress);
  return publishListing(run, "collection", result, {
    rowsName: "records in the collection",
    service: run.service,
    witness: () => isSizeConfirmed(run, result.rows),
    publish: (stagedRows, { isWhole }) => {
      saveCollectionNames(database, names.folders, names.fields);
      return publishRecords(database, stagedRows, { isWhole });
    },
    refresh: (changes) => refreshCollection(run, changes),
  });
}

/** Returns true if folder 0 and the user's profile both count this many records. */
async function isSizeConfirmed(run: CollectionRun, rows: number): Promise<boolean> {
  const { service, username } = run;
  const [folders, profile] = await Promise.all([
    service.fetchFolders(username, run.call),
    service.fetchProfile(username, run.call),
  ]);
  return folders.find(({ id }) => id === 0)?.count === rows && profile.collectionCount === rows;
}

/** Continues a staged read if the collection only grew since; otherwise reads it again in a new round. */
function openCollectionCheckpoint(run: CollectionRun, head: Head): Checkpoint<CollectionState> {
  const begun = openCheckpoint(run, "collection", { ...createRound(1), before: head }, daySeconds);
  if (hasOnlyGrown(begun.state.before, head)) return begun;
  const state = { ...createRound(begun.state.round + 1), before: head };
  return { id: begun.id, startedUts: run.nowUts(), state };
}

/**
 * Instance ids only rise. A higher id than all in the head before the read, which is not in the head now, was added
 * and then re-dated. A removal at the same time may hide a third record.
 */
function hasUnseenRecords(run: CollectionRun, stagedRows: StagedRows, before: Head, after: Head): boolean {
  const above = Math.max(0, ...before.instanceIds);
  return hasUnknownRecordsAbove(run.database, stagedRows, above, [
    ...before.instanceIds,
    ...after.instanceIds,
  ]);
}

function refreshCollection(run: CollectionRun, changes: Changes): void {
  refreshPrices(run.database, run.priceField);
  if (!isUnchanged(changes) || isMatchOutdated(run.database)) rematch(run.database);
}

// The head: the newest hundred records. Two heads show whether the rest may have changed.

interface Head {
  readonly total: number;
  readonly instanceIds: readonly number[];
  /** The oldest date in the head, and the ids with this date. */
  readonly lastDate: string | null;
  readonly lastIds: readonly number[];
}

const headSize = 100;

function toHead(page: Page<CollectionRecord>): Head {
  const lastDate = page.rows.at(-1)?.dateAdded ?? null;
  return {
    total: page.total,
    instanceIds: page.rows.map((row) => row.instanceId),
    lastDate,
    lastIds: page.rows.filter((row) => row.dateAdded === lastDate).map((row) => row.instanceId),
  };
}

/** Returns true if records were only added on top: the head has as many new ids as the total grew. */
function hasOnlyGrown(before: Head, after: Head): boolean {
  // If several records have the oldest date, their order may change.
  const isSameCut = before.lastDate === after.lastDate;
  const knownIds = new Set([...before.instanceIds, ...(isSameCut ? after.lastIds : [])]);
  const unknown = after.instanceIds.filter((id) => !knownIds.has(id)).length;
  return unknown === after.total - before.total && unknown < headSize;
}
