// The checkpoint of a walk that is under way. It is written together with the rows that it speaks of.
import type { Database } from "./database.ts";
import type { ListingName } from "./publications.ts";

export interface Walk<State> {
  readonly startedUts: number;
  readonly state: State;
}

const stagingTables: Readonly<Record<ListingName, string>> = {
  collection: "staged_record",
  wantlist: "staged_want",
  albums: "staged_album",
  history: "staged_scrobble",
};

export function readWalk<State>(database: Database, step: ListingName): Walk<State> | undefined {
  const row = database.prepare("SELECT started_uts, state FROM walk WHERE step = ?").get(step) as
    | { started_uts: number; state: string }
    | undefined;
  return row && { startedUts: row.started_uts, state: JSON.parse(row.state) as State };
}

export function writeWalk<State>(database: Database, step: ListingName, walk: Walk<State>): void {
  database
    .prepare("INSERT OR REPLACE INTO walk (step, started_uts, state) VALUES (?, ?, ?)")
    .run(step, walk.startedUts, JSON.stringify(walk.state));
}

/** Forgets a walk and what it staged. */
export function dropWalk(database: Database, step: ListingName): void {
  database.exec(`DELETE FROM ${stagingTables[step]}`);
  database.prepare("DELETE FROM walk WHERE step = ?").run(step);
}
