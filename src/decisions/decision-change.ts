// Changes a decision by what the user says next.
import type { AlbumName, Decision } from "../store/decisions/user-decisions.ts";

export interface DecisionChange {
  readonly only?: readonly AlbumName[];
  readonly none?: boolean;
  readonly add?: readonly AlbumName[];
  readonly not?: readonly AlbumName[];
}

/** The last word about an album counts; other albums stay as they are. */
export function changedDecision(before: Decision | undefined, change: DecisionChange): Decision {
  const { none, only, add = [], not = [] } = change;
  if (none === true) return { mode: "none", add: [], not: [] };
  if (only !== undefined) return { mode: "only", add: only, not: [] };
  const start: Decision = before ?? { mode: "adjust", add: [], not: [] };
  const albums = [...without(start.add, [...add, ...not]), ...without(add, not)];
  // The matcher's credits no longer count, so only added albums matter.
  if (start.mode !== "adjust") {
    return albums.length === 0 ? { mode: "none", add: [], not: [] } : { mode: "only", add: albums, not: [] };
  }
  return { mode: "adjust", add: albums, not: [...without(start.not, [...add, ...not]), ...not] };
}

function without(names: readonly AlbumName[], others: readonly AlbumName[]): AlbumName[] {
  const otherKeys = new Set(others.map(nameKey));
  return names.filter((name) => !otherKeys.has(nameKey(name)));
}

function nameKey({ artist, title }: AlbumName): string {
  return `${artist}\u0000${title}`;
}
