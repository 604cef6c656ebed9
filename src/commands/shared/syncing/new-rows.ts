// Says in words how many new rows a sync brought.
import { isListing } from "../../../model/steps.ts";
import { counted } from "../../../output/number-text.ts";
import { valueOf } from "../../../store/file/sql.ts";
import type { Database } from "../../../store/file/database.ts";
import { readPublication } from "../../../store/file/listings.ts";
import type { SyncSummary } from "../../../sync/whole-sync.ts";

/** Plays of all sources, each counted once. */
export function countPlays(database: Database): number {
  return valueOf(database, 0)`SELECT count(*) FROM scrobble`;
}

/** "3 records, 122 plays"; "" if there is nothing new. */
export function formatNew(database: Database, { steps }: SyncSummary, playsBefore: number): string {
  const addedBy = (name: string): number => steps.find((step) => step.name === name)?.added ?? 0;
  return countsText([
    [addedBy("collection"), "record"],
    [addedBy("wantlist"), "want"],
    [countPlays(database) - playsBefore, "play"],
  ]);
}

/** The rows that an interrupted first sync has read, published or not: "120 records, 400 plays"; "" after a first sync. */
export function formatSoFar(database: Database, { steps }: SyncSummary): string {
  const isFirst = steps.some(
    ({ name, status }) =>
      status === "interrupted" && isListing(name) && readPublication(database, name) === undefined,
  );
  if (!isFirst) return "";
  const rowsOf = (name: string): number => steps.find((step) => step.name === name)?.rows ?? 0;
  return countsText([
    [rowsOf("collection"), "record"],
    [rowsOf("wantlist"), "want"],
    [rowsOf("history") + rowsOf("listens"), "play"],
  ]);
}

function countsText(counts: readonly (readonly [count: number, noun: string])[]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => counted(count, noun))
    .join(", ");
}
