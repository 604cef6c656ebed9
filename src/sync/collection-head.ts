// The newest hundred records of a collection: what two looks at them say of the whole.
import type { CollectionRecord } from "../model.ts";
import type { Page } from "../sources/services.ts";

export interface Head {
  /** Records in the whole collection. */
  readonly total: number;
  /** Instance ids, newest first. */
  readonly instanceIds: readonly number[];
}

export const headSize = 100;

export function headOf(page: Page<CollectionRecord>): Head {
  return { total: page.total, instanceIds: page.rows.map((row) => row.instanceId) };
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
  const known = new Set(before.instanceIds);
  const unknown = after.instanceIds.filter((id) => !known.has(id)).length;
  return unknown === after.total - before.total && unknown < headSize;
}
