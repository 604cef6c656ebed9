// The checkpoint of a walk that is under way. It is written together with the rows that it speaks of.
import { randomInt } from "node:crypto";
import { CacheError } from "../errors.ts";
import type { Database } from "./database.ts";
import type { ListingName } from "./publications.ts";

export interface Walk<State> {
  /** What it stages bears this number: nothing else is published with it. */
  readonly id: number;
  readonly startedUts: number;
  readonly state: State;
}

/** The rows that a walk staged in a round or after it. */
export interface Staged {
  readonly walkId: number;
  readonly since: number;
}

const stagingTables: Readonly<Record<ListingName, string>> = {
  collection: "staged_record",
  wantlist: "staged_want",
  albums: "staged_album",
  history: "staged_scrobble",
};

export function newWalkId(): number {
  return randomInt(1, 2 ** 47);
}

export function readWalk<State>(database: Database, step: ListingName): Walk<State> | undefined {
  const row = database.prepare("SELECT id, started_uts, state FROM walk WHERE step = ?").get(step) as
    | { id: number; started_uts: number; state: string }
    | undefined;
  return row && { id: row.id, startedUts: row.started_uts, state: JSON.parse(row.state) as State };
}

export function writeWalk<State>(database: Database, step: ListingName, walk: Walk<State>): void {
  database
    .prepare("INSERT OR REPLACE INTO walk (step, id, started_uts, state) VALUES (?, ?, ?, ?)")
    .run(step, walk.id, walk.startedUts, JSON.stringify(walk.state));
}

/** Whether the walk that is under way is this one. */
export function isWalkOf(database: Database, step: ListingName, id: number): boolean {
  return database.prepare("SELECT 1 FROM walk WHERE step = ? AND id = ?").get(step, id) !== undefined;
}

/** Forgets a walk and what it staged. */
export function dropWalk(database: Database, step: ListingName): void {
  database.exec(`DELETE FROM ${stagingTables[step]}`);
  database.prepare("DELETE FROM walk WHERE step = ?").run(step);
}

/** What is staged is not what was read: nothing of it may be published. */
export class StagingLost extends CacheError {
  readonly step: ListingName;

  constructor(step: ListingName, read: number, staged: number) {
    super(
      `of the ${step}, ${read} rows were read and ${staged} are staged: none was published`,
      "The cache is as it was before. Run again: rewind sync",
    );
    this.step = step;
  }
}
