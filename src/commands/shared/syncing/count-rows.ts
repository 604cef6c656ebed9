// Says in words how many new rows a sync brought.
import { isListing } from "../../../model/sync-steps.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import { queryValue } from "../../../store/file/sql.ts";
import type { Database } from "../../../store/file/database.ts";
import { readPublication } from "../../../store/file/listings.ts";
import type { SyncSummary } from "../../../sync/whole-sync.ts";

/** Plays of all sources, each counted once. */
export function countPlays(database: Database): number {
  return queryValue(database, 0)`SELECT count(*) FROM scrobble`;
}

/** "3 records, 122 plays"; "" if there is nothing new. */
export function formatNew(database: Database, { steps }: SyncSummary, playsBefore: number): string {
  const getAdded = (name: string): number => steps.find((step) => step.name === name)?.added ?? 0;
  return formatCounts([
    [getAdded("collection"), "record"],
    [getAdded("wantlist"), "want"],
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
  const getRows = (name: string): number => steps.find((step) => step.name === name)?.rows ?? 0;
  return formatCounts([
    [getRows("collection"), "record"],
    [getRows("wantlist"), "want"],
    [getRows("history") + getRows("listens"), "play"],
  ]);
}

function formatCounts(counts: readonly (readonly [count: number, noun: string])[]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => pluralize(count, noun))
    .join(", ");
}
