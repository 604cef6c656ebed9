// One file in the place of another, whole or not at all.
import { renameSync } from "node:fs";

export interface Renaming {
  readonly platform?: NodeJS.Platform;
  readonly rename?: (from: string, to: string) => void;
  readonly pause?: (ms: number) => void;
}

/** How long Windows is given for what has the file open: virus scanners, backups and search are done with it soon. */
const pausesMs = [10, 20, 40, 80, 160, 320, 640] as const;

/**
 * Windows renames nothing that another program has open: there it is tried again for a second.
 * Throws the system's error.
 */
export function replaceFile(
  from: string,
  to: string,
  { platform = process.platform, rename = renameSync, pause = pauseHere }: Renaming = {},
): void {
  for (const pauseMs of platform === "win32" ? pausesMs : []) {
    try {
      return rename(from, to);
    } catch (error) {
      if (!isHeldOpen(error)) throw error;
      pause(pauseMs);
    }
  }
  rename(from, to);
}

function isHeldOpen(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(?:EPERM|EACCES|EBUSY)$/.test(String(error.code));
}

/** Nothing else of ours goes on meanwhile: a file is written whole before anything may read it. */
function pauseHere(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
