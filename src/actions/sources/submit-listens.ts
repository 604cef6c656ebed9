// Stores the plays that clients send to rewind, and merges them with those of the other sources. Both are apart, because
// a client waits for the first only.
import type { SourcePlay } from "../../model/listening-sources.ts";
import { type Database, transact } from "../../store/file/database.ts";
import { addSubmittedPlays } from "../../store/plays/submitted-plays.ts";
import { mergeSources } from "../../sync/merging/merge-sources.ts";

/** Stores all of them or none. */
export function storeSubmittedPlays(database: Database, plays: readonly SourcePlay[], nowUts: number): void {
  transact(database, () => addSubmittedPlays(database, plays, nowUts));
}

/** Puts the plays that were stored since the last time on the shelf. */
export function mergeSubmittedPlays(database: Database): void {
  transact(database, () => mergeSources(database));
}
