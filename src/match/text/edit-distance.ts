import { distance } from "fastest-levenshtein";

export { distance };

/** No name is longer. The library's work grows with the square of the length. */
const maxNameLength = 1_000;

/** Edits between two texts, with a swap of neighbours as one edit; `limit + 1` if there are more than `limit`. */
export function countEdits(one: string, other: string, limit: number): number {
  if (one.length > maxNameLength || Math.abs(one.length - other.length) > limit) return limit + 1;
  const edits = Math.min(distance(one, other), limit + 1);
  return edits === 2 && one.length === other.length && isSwap(one, other) ? 1 : edits;
}

/** Returns true if two texts of one length differ in two neighbours that changed places. */
function isSwap(one: string, other: string): boolean {
  let at = 0;
  while (one[at] === other[at]) at++;
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}
