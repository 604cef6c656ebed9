// Rows of the cache that a listing no longer has: how many, and which, in a few letters.
import { createHash } from "node:crypto";

export interface MissingRows {
  readonly count: number;
  /** Equal for the same rows. */
  readonly digest: string;
}

export const noMissingRows: MissingRows = { count: 0, digest: "" };

/** `keys`: what tells the rows apart, always in the same order. */
export function missingRows(keys: Iterable<unknown>): MissingRows {
  let count = 0;
  const hash = createHash("sha256");
  for (const key of keys) {
    count += 1;
    hash.update(`${JSON.stringify(key)}\n`);
  }
  return count === 0 ? noMissingRows : { count, digest: hash.digest("base64url").slice(0, 22) };
}
