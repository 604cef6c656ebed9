/** What a hash begins with; Fowler, Noll and Vo's, of letters by their codes. */
export const emptyHash = 2166136261;

/** A hash that goes on by one letter. */
export function hashWith(hash: number, code: number): number {
  return Math.imul(hash ^ code, 16777619);
}
