// The bytes of covers that may be kept, beside what is kept of them for good. Any of them may be gone at any moment.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of its own for each picture, whatever its address is made of. */
export function keptPicturePath(directory: string, address: string): string {
  return join(directory, createHash("sha256").update(address).digest("hex").slice(0, 40));
}

/** null where it isn't kept, or no longer. */
export function keptPicture(directory: string, address: string): Buffer | null {
  try {
    return readFileSync(keptPicturePath(directory, address));
  } catch {
    return null;
  }
}
