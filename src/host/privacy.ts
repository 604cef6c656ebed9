// The settings hold secrets and the cache a person's listening, so other users may read neither.
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  realpathSync,
  statSync,
  type Stats,
} from "node:fs";
import { dirname } from "node:path";

export interface PrivateFile {
  readonly path: string;
  /** The user chose the place, so rewind changes no mode there. */
  readonly isNamed: boolean;
}

/** The access of others to a file, and its outcome. The text continues a sentence that begins with the path. */
export interface Exposure {
  /** "unsafe": the file is not ours, and others may have written its content. */
  readonly outcome: "mended" | "exposed" | "unsafe";
  readonly text: string;
}

interface ProcessFacts {
  readonly platform: NodeJS.Platform;
  /** The effective user; undefined on Windows. */
  readonly uid?: number | undefined;
}

/** Does not change anything, unlike keepPrivate. null: the file is private or missing. */
export function exposureOf(
  { path, isNamed }: PrivateFile,
  { platform, uid = process.geteuid?.() }: ProcessFacts,
): "closable" | "link or device" | "another user's" | null {
  if (platform === "win32" || uid === undefined) return null;
  const file = statsOf(path);
  if (file === null || (isNamed ? accessByMode(file) : accessOfOthers(path)) === null) return null;
  if (file.uid !== uid) return "another user's";
  return isRegular(path) ? "closable" : "link or device";
}

/** Makes a file of ours and its directory private. Returns null if the file was private before or is missing. */
export function keepPrivate({ path, isNamed }: PrivateFile, host: ProcessFacts): Exposure | null {
  const { platform, uid = process.geteuid?.() } = host;
  // Windows has access lists, and those of a profile let only its user in.
  if (platform === "win32" || uid === undefined) return null;
  const file = statsOf(path);
  const access = isNamed ? accessByMode(file) : accessOfOthers(path);
  if (file === null || access === null) return null;
  const verb = access === "write" ? "changed" : "read";
  if (!isNamed && file.uid !== uid) {
    const outcome = access === "write" ? "unsafe" : "exposed";
    return { outcome, text: `belongs to another user and can be ${verb} by others` };
  }
  if (isNamed || !isRegular(path)) {
    return {
      outcome: "exposed",
      text: `can be ${verb} by others; to keep it to yourself: chmod 600 ${isNamed ? path : realpathSync(path)}`,
    };
  }
  closeToOthers(dirname(path), 0o700, uid);
  closeToOthers(path, 0o600, uid);
  if (accessOfOthers(path) === null) {
    return { outcome: "mended", text: `could be ${verb} by others; now only you can (0600)` };
  }
  return { outcome: "exposed", text: `can be ${verb} by others, and chmod has no effect there` };
}

/** Whoever may write in a directory may replace our file in it, unless the sticky bit forbids that. */
function accessOfOthers(path: string): "read" | "write" | null {
  const directory = statsOf(dirname(path));
  const isShared = directory !== null && (directory.mode & 0o022) !== 0 && (directory.mode & 0o1000) === 0;
  return isShared ? "write" : accessByMode(statsOf(path));
}

function accessByMode(file: Stats | null): "read" | "write" | null {
  if (file === null || (file.mode & 0o077) === 0) return null;
  return (file.mode & 0o022) === 0 ? "read" : "write";
}

/** Also null if the file can't be examined: whoever opens it reports why. */
function statsOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function isRegular(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Sets the mode of a file or directory of ours. A link is not followed, and devices stay as they are, so that no system
 * file can be put in its place. Does nothing if the disk has no modes or is read-only.
 */
export function closeToOthers(path: string, mode: 0o600 | 0o700, uid = process.geteuid?.()): void {
  // Windows has neither of these flags.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
  try {
    const file = openSync(path, (O_RDONLY ?? 0) | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stats = fstatSync(file);
      const isExpected = mode === 0o700 ? stats.isDirectory() : stats.isFile();
      if (isExpected && (uid === undefined || stats.uid === uid)) fchmodSync(file, mode);
    } finally {
      closeSync(file);
    }
  } catch {
    // keepPrivate looks at the mode again and reports what stayed open.
  }
}
