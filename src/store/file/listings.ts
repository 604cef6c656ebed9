// The state of each listing: its last publication, the unfinished read, and the rows of its rounds.
import { daySeconds } from "../../model/times.ts";
import { CacheError, ServiceError } from "../../model/errors.ts";
import type { ListingName } from "../../model/sync-steps.ts";
import type { Database } from "./database.ts";
import { execute, iterateRows, rawSql, queryRows, sql, queryValue, type Sql } from "./sql.ts";
import { createHash, randomInt } from "node:crypto";

/** The facts that a step stores with a publication. */
export interface PublicationDetail {
  /** How many rows the service counted; more than are cached if it counts rows that it does not list. */
  readonly total?: number;
  /** Set if the listing listed another number of rows than it counted. */
  readonly short?: ShortListing;
  /** Rows that were no longer listed, but too many to be removed without a witness. */
  readonly held?: HeldRemoval;
  /** The latest second with a listen, as ListenBrainz says. */
  readonly latestUts?: number;
  /** The user's plays and albums, as the listening service counted them. */
  readonly playCount?: number;
  readonly albumCount?: number | null;
  /** The listing must be read whole again, whatever the counts say. */
  readonly isDue?: boolean;
  /** The listening history is hidden by its owner, so no last play is known. */
  readonly hidden?: boolean;
  readonly isPrivate?: boolean;
}

/** A listing that lists another number of rows than it counts. */
export interface ShortListing {
  readonly listed: number;
  /** Since when the difference has been the same. */
  readonly sinceUts: number;
  /** Rows of the cache that the listing did not list. */
  readonly missing: number;
}

interface HeldRemoval {
  readonly rows: number;
  /** Equal for the same rows. */
  readonly digest: string;
  readonly sinceUts: number;
}

export interface Publication {
  /** When its read began. */
  readonly startedUts: number;
  /** When it was last known to be up to date. */
  readonly publishedUts: number;
  /** When the whole listing was last read. */
  readonly fullReadUts: number;
  readonly detail: PublicationDetail;
}

export type Publications = ReadonlyMap<ListingName, Publication>;

export function readStoredPublications(database: Database): Publications {
  const rows = queryRows<Omit<Publication, "detail"> & { step: ListingName; detail: string }>(database)`
    SELECT step, started_uts AS startedUts, published_uts AS publishedUts, full_read_uts AS fullReadUts, detail
    FROM publication`;
  return new Map(
    rows.map(({ step, detail, ...times }) => [
      step,
      { ...times, detail: JSON.parse(detail) as PublicationDetail },
    ]),
  );
}

export function readPublication(database: Database, step: ListingName): Publication | undefined {
  return readStoredPublications(database).get(step);
}

const maxDailyReadRows = 1000;

/**
 * When to read a whole collection again, because only that shows edits, moved folders and old removals. A small
 * collection is read daily, a large one weekly, or daily if the user writes plays into one of its fields.
 */
export function computeNextReadUts(
  fullReadUts: number,
  rows: number,
  { isWrittenTo }: { readonly isWrittenTo: boolean },
): number {
  return fullReadUts + (isWrittenTo || rows <= maxDailyReadRows ? daySeconds : 7 * daySeconds);
}

/** Changes some facts of a listing's publication, if it has one. */
export function amendPublication(
  database: Database,
  step: ListingName,
  { detail, ...times }: Partial<Publication>,
): void {
  const publication = readPublication(database, step);
  if (publication === undefined) return;
  const amended = { ...publication, ...times, detail: { ...publication.detail, ...detail } };
  savePublication(database, step, amended);
}

export function savePublication(database: Database, step: ListingName, publication: Publication): void {
  const { startedUts, publishedUts, fullReadUts, detail } = publication;
  execute(database)`
    INSERT OR REPLACE INTO publication (step, started_uts, published_uts, full_read_uts, detail)
    VALUES (${step}, ${startedUts}, ${publishedUts}, ${fullReadUts}, ${JSON.stringify(detail)})`;
}

/** How many rows a publication wrote. */
export interface Changes {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
}

export const noChanges: Changes = { added: 0, updated: 0, removed: 0 };

export function isUnchanged(changes: Changes): boolean {
  return changes.added === 0 && changes.updated === 0 && changes.removed === 0;
}

/** The checkpoint of an unfinished read. It is written in the same transaction as the rows that it covers. */
export interface Checkpoint<State> {
  /** Marks the rows that the read staged: only these are published with it. */
  readonly id: number;
  readonly startedUts: number;
  readonly state: State;
}

/** The rows that a read staged; if it reads in rounds, those of round `since` or later. */
export interface StagedRows {
  readonly checkpointId: number;
  readonly since?: number;
}

/**
 * The tables of a listing: one of published rows, and one of an unfinished read's rows. `own` selects the published rows
 * that belong to the listing; the others are derived from further sources.
 */
export const listingTables = {
  collection: { published: "record", own: "true", staged: "staged_record", key: "instance_id" },
  wantlist: { published: "want", own: "true", staged: "staged_want", key: "release_id" },
  albums: {
    published: "album",
    own: "chart_count IS NOT NULL",
    staged: "staged_album",
    key: "artist, title",
  },
  listens: {
    published: "source_play",
    own: "source_id = (SELECT id FROM source WHERE name = 'listenbrainz')",
    staged: "staged_listen",
    key: "start_uts, msid",
  },
  history: {
    published: "scrobble",
    own: "source_id = 1",
    staged: "staged_scrobble",
    key: "uts, track_id, occurrence",
  },
} as const satisfies Readonly<
  Record<ListingName, Readonly<Record<"published" | "own" | "staged" | "key", string>>>
>;

/** Listings that are read in rounds of pages. The others are read by time. */
export type PagedListing = Exclude<ListingName, "history" | "listens">;

export function createCheckpointId(): number {
  return randomInt(1, 2 ** 47);
}

export function readCheckpoint<State>(database: Database, step: ListingName): Checkpoint<State> | undefined {
  const [row] = queryRows<Checkpoint<string>>(database)`
    SELECT id, started_uts AS startedUts, state FROM checkpoint WHERE step = ${step}`;
  return row && { ...row, state: JSON.parse(row.state) as State };
}

export function saveCheckpoint<State>(
  database: Database,
  step: ListingName,
  checkpoint: Checkpoint<State>,
): void {
  execute(database)`INSERT OR REPLACE INTO checkpoint (step, id, started_uts, state)
    VALUES (${step}, ${checkpoint.id}, ${checkpoint.startedUts}, ${JSON.stringify(checkpoint.state)})`;
}

/** The columns of a staged row by name, without those of its read. */
export type StagedColumns = Readonly<Record<string, unknown>>;

/** An album that moves from one page to the next is listed twice in a round: the later count is the larger. */
const largerCountSql = `iif(checkpoint_id = excluded.checkpoint_id AND last_round = excluded.last_round,
  max(play_count, excluded.play_count), excluded.play_count)`;

/** Stages rows that a round of a read listed. A row that was listed before is replaced. */
export function stageRows(
  database: Database,
  step: PagedListing,
  rows: readonly StagedColumns[],
  { checkpointId, round }: { readonly checkpointId: number; readonly round: number },
): void {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const updates = columns.map(
    (name) => `${name} = ${name === "play_count" ? largerCountSql : `excluded.${name}`}`,
  );
  const stage = database.prepare(`
    INSERT INTO ${listingTables[step].staged} (${columns.join(", ")}, checkpoint_id, last_round, previous_round)
    VALUES (${columns.map((name) => `@${name}`).join(", ")}, @checkpointId, @round, 0)
    ON CONFLICT DO UPDATE SET ${updates.join(", ")}, last_round = excluded.last_round, checkpoint_id = excluded.checkpoint_id,
      previous_round = iif(checkpoint_id <> excluded.checkpoint_id, 0,
        iif(last_round < excluded.last_round, last_round, previous_round))`);
  for (const row of rows) stage.run({ ...row, checkpointId, round });
}

/** Deletes a read and what it staged. */
export function deleteCheckpoint(database: Database, step: ListingName): void {
  database.exec(`DELETE FROM ${listingTables[step].staged}`);
  execute(database)`DELETE FROM checkpoint WHERE step = ${step}`;
}

/** The staged rows are not those that were read, so none may be published. */
export class StagingLost extends CacheError {
  readonly step: ListingName;

  constructor(step: ListingName, read: number, stagedCount: number) {
    super(
      `${read} rows of the ${step} were read, but ${stagedCount} were staged: nothing was published`,
      "The cache is unchanged. Run again: rewind sync",
    );
    this.step = step;
  }
}

/** A listing goes on far past its own count, so what was staged is no data. */
export class EndlessListing extends ServiceError {
  readonly step: ListingName;

  /** `what`: "the collection". */
  constructor(
    step: ListingName,
    what: string,
    { counted, listed }: { readonly counted: number; readonly listed: number },
  ) {
    super(
      `${what} does not end: it counts ${counted} rows, but has at least ${listed}`,
      "What the cache has of it is unchanged. Try again later: rewind sync",
    );
    this.step = step;
  }
}

/** Throws StagingLost unless the read is still the current one and as many rows are staged as it read. */
export function requireStaged(
  database: Database,
  step: ListingName,
  stagedRows: StagedRows,
  rows: number,
): void {
  const isCurrent = readCheckpoint(database, step)?.id === stagedRows.checkpointId;
  const stagedCount = isCurrent ? countStaged(database, step, stagedRows) : 0;
  if (stagedCount !== rows) throw new StagingLost(step, rows, stagedCount);
}

/** The condition for the staged rows. */
export function buildStagedSql({ checkpointId, since }: StagedRows): Sql {
  const isOfCheckpoint = sql`checkpoint_id = ${checkpointId}`;
  return since === undefined ? isOfCheckpoint : sql`last_round >= ${since} AND ${isOfCheckpoint}`;
}

/** The condition for published rows that a read did not list. */
export function buildNotListedSql(step: PagedListing, stagedRows: StagedRows): Sql {
  const { own, staged, key } = listingTables[step];
  return sql`${rawSql(`${own} AND (${key}) NOT IN (SELECT ${key} FROM ${staged}`)} WHERE ${buildStagedSql(stagedRows)})`;
}

export function readMissingRows(database: Database, step: PagedListing, stagedRows: StagedRows): MissingRows {
  const { published, key } = listingTables[step];
  return summariseRows(iterateRows(database)`
    SELECT ${rawSql(`${key} FROM ${published}`)} WHERE ${buildNotListedSql(step, stagedRows)} ORDER BY ${rawSql(key)}`);
}

/** Returns how many rows it removed. */
export function deleteMissingRows(database: Database, step: PagedListing, stagedRows: StagedRows): number {
  const { published } = listingTables[step];
  return execute(database)`DELETE FROM ${rawSql(published)} WHERE ${buildNotListedSql(step, stagedRows)}`;
}

export function countPublished(database: Database, step: ListingName): number {
  const { published, own } = listingTables[step];
  return queryValue(database, 0)`SELECT count(*) FROM ${rawSql(`${published} WHERE ${own}`)}`;
}

/** Counts the staged rows of a listing, or only those of one read. */
export function countStaged(database: Database, step: ListingName, stagedRows?: StagedRows): number {
  const condition = stagedRows === undefined ? rawSql("true") : buildStagedSql(stagedRows);
  return queryValue(
    database,
    0,
  )`SELECT count(*) FROM ${rawSql(listingTables[step].staged)} WHERE ${condition}`;
}

/** Returns true if a read listed exactly the same rows in a round as in the round before. */
export function isSameAsPreviousRound(
  database: Database,
  step: PagedListing,
  checkpointId: number,
  round: number,
): boolean {
  const oddRows = queryValue(database, 0)`
    SELECT count(*) FROM ${rawSql(listingTables[step].staged)} WHERE checkpoint_id = ${checkpointId}
      AND ((last_round = ${round} AND previous_round <> ${round - 1}) OR last_round = ${round - 1})`;
  return oddRows === 0;
}

// Rows of the cache that a listing no longer has: their number and a short digest.

export interface MissingRows {
  readonly count: number;
  /** Equal for the same rows. */
  readonly digest: string;
}

/** `keys` must come in a fixed order. */
export function summariseRows(keys: Iterable<unknown>): MissingRows {
  let count = 0;
  const hash = createHash("sha256");
  for (const key of keys) {
    count += 1;
    hash.update(`${JSON.stringify(key)}\n`);
  }
  return { count, digest: hash.digest("base64url").slice(0, 22) };
}
