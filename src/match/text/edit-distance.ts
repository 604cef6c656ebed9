import { distance } from "fastest-levenshtein";

export { distance };

/** Edits between two texts, with a swap of neighbours as one edit; `limit + 1` if there are more than `limit`. */
export function editsWithin(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  const edits =
    one.length > shortName ? editsInBand(one, other, limit) : Math.min(distance(one, other), limit + 1);
  if (edits === 2 && one.length === other.length && isSwap(one, other)) return 1;
  return edits;
}

/** The library takes quadratic time and is faster up to this length. */
const shortName = 200;

/** Computes edits only near the diagonal, in linear time. */
function editsInBand(one: string, other: string, limit: number): number {
  const far = limit + 1;
  const width = 2 * limit + 1;
  // row[at]: edits from the first `from` letters of one to the first `from + at - limit` of the other.
  let row = Array.from({ length: width }, (_, at) => (at < limit ? far : at - limit));
  for (let from = 1; from <= one.length; from += 1) {
    const next = Array.from({ length: width }, () => far);
    let least = far;
    for (let at = 0; at < width; at += 1) {
      const to = from + at - limit;
      if (to < 0 || to > other.length) continue;
      const diagonal = (row[at] ?? far) + (to > 0 && one[from - 1] === other[to - 1] ? 0 : 1);
      const edits = Math.min(
        to === 0 ? from : diagonal,
        (row[at + 1] ?? far) + 1,
        (at === 0 ? far : (next[at - 1] ?? far)) + 1,
        far,
      );
      next[at] = edits;
      least = Math.min(least, edits);
    }
    if (least === far) return far;
    row = next;
  }
  return row[other.length - one.length + limit] ?? far;
}

/** Returns true if two texts of one length differ in two neighbours that changed places. */
export function isSwap(one: string, other: string): boolean {
  let at = 0;
  while (one[at] === other[at]) at++;
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}
