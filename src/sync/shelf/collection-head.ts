// The newest hundred records of a collection: what two looks at them say of the whole.
import type { CollectionRecord } from "../../model/model.ts";
import type { Page } from "../../sources/services/remote-service.ts";

export interface Head {
  /** Records in the whole collection. */
  readonly total: number;
  /** Instance ids, newest first. */
  readonly instanceIds: readonly number[];
  /** The oldest date here, and the ids that share it. */
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

/** Whether the head is the whole collection, read in one answer. */
export function isWholeCollection({ total, instanceIds }: Head): boolean {
  return total <= headSize && new Set(instanceIds).size === total;
}

/**
 * Whether nothing happened between two looks but records added on top. A record removed, or one re-dated into or
 * out of the head, makes the number of new ids differ from the growth of the total.
 */
export function onlyGrew(before: Head, after: Head): boolean {
  // Where the cut goes through records of one date, which of them stand before it may vary.
  const isSameCut = before.lastDate === after.lastDate;
  const known = new Set([...before.instanceIds, ...(isSameCut ? after.lastIds : [])]);
  const unknown = after.instanceIds.filter((id) => !known.has(id)).length;
  return unknown === after.total - before.total && unknown < headSize;
}
