import { distance } from "fastest-levenshtein";

export { distance };

/** Edits between two texts, a swap of two neighbours counting as one; `limit + 1` when there are more than `limit`. */
export function editsWithin(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  const edits = distance(one, other);
  if (edits === 2 && one.length === other.length && isSwap(one, other)) return 1;
  return Math.min(edits, limit + 1);
}

function isSwap(one: string, other: string): boolean {
  let at = 0;
  while (one[at] === other[at]) at++;
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}
