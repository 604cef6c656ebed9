/** How many rows of a listing a publication wrote. */
export interface Changes {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
}

export const noChanges: Changes = { added: 0, updated: 0, removed: 0 };

export function isUnchanged(changes: Changes): boolean {
  return changes.added === 0 && changes.updated === 0 && changes.removed === 0;
}
