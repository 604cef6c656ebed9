// The head of a collection: its newest hundred records. Two heads show whether the rest may have changed.
import type { CollectionRecord } from "../../model/model.ts";
import type { Page } from "../../sources/services/remote-service.ts";

export interface Head {
  readonly total: number;
  readonly instanceIds: readonly number[];
  /** The oldest date in the head, and the ids with this date. */
  readonly lastDate: string | null;
  readonly lastIds: readonly number[];
}

export const headSize = 100;

export function headOf(page: Page<CollectionRecord>): Head {
  const lastDate = page.rows.at(-1)?.dateAdded ?? null;
  return {
    total: page.total,
    instanceIds: page.rows.map((row) => row.instanceId),
    lastDate,
    lastIds: page.rows.filter((row) => row.dateAdded === lastDate).map((row) => row.instanceId),
  };
}

/** Returns true if the head is the whole collection. */
export function isWholeCollection({ total, instanceIds }: Head): boolean {
  return total <= headSize && new Set(instanceIds).size === total;
}

/**
 * Whether records were only added on top between two heads. If a record was removed, or moved into or out of the
 * head, the number of new ids differs from the growth of the total.
 */
export function onlyGrew(before: Head, after: Head): boolean {
  // If several records have the oldest date, their order may change.
  const isSameCut = before.lastDate === after.lastDate;
  const known = new Set([...before.instanceIds, ...(isSameCut ? after.lastIds : [])]);
  const unknown = after.instanceIds.filter((id) => !known.has(id)).length;
  return unknown === after.total - before.total && unknown < headSize;
}
