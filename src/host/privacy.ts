// The settings hold secrets and the cache a person's listening, so other users may read neither.
import { chmodSync, lstatSync, statSync, type Stats } from "node:fs";
import { dirname } from "node:path";

export interface PrivateFile {
  readonly path: string;
  /** The user chose the place, so rewind changes no mode there. */
  readonly isUserChosen: boolean;
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

/** Does not change anything, unlike makePrivate. null: the file is private, missing or not a regular one. */
export function findExposure(
  { path, isUserChosen }: PrivateFile,
  { platform, uid = process.geteuid?.() }: ProcessFacts,
): {
  readonly kind: "closable" | "link" | "another user's";
  readonly access: "read" | "write";
} | null {
  // Windows has access lists, and those of a profile let only its user in.
  if (platform === "win32" || uid === undefined) return null;
  const file = readStats(path);
  const access = isUserChosen ? getAccessByMode(file) : getForeignAccess(path);
  if (file?.isFile() !== true || access === null) return null;
  if (file.uid !== uid) return { kind: "another user's", access };
  return { kind: isLinked(path) ? "link" : "closable", access };
}

/** Makes a file of ours and its directory private. Returns null if the file was private before or is missing. */
export function makePrivate(file: PrivateFile, host: ProcessFacts): Exposure | null {
  const exposure = findExposure(file, host);
  if (exposure === null) return null;
  const { path, isUserChosen } = file;
  const { kind, access } = exposure;
  const verb = access === "write" ? "changed" : "read";
  if (!isUserChosen && kind === "another user's") {
    const outcome = access === "write" ? "unsafe" : "exposed";
    return { outcome, text: `belongs to another user and can be ${verb} by others` };
  }
  if (kind === "link") {
    const text = `is a link to a file that can be ${verb} by others; replace the link with a file of your own`;
    return { outcome: "exposed", text };
  }
  if (isUserChosen) {
    const text = `can be ${verb} by others; to keep it to yourself: chmod 600 ${path}`;
    return { outcome: "exposed", text };
  }
  restrictAccess(dirname(path), 0o700, host.uid);
  restrictAccess(path, 0o600, host.uid);
  return findExposure(file, host) === null
    ? { outcome: "mended", text: `could be ${verb} by others; now only you can (0600)` }
    : { outcome: "exposed", text: `can be ${verb} by others, and chmod has no effect there` };
}

/** True for a symbolic link, and for a file with a second name: its mode belongs to another place, too. */
function isLinked(path: string): boolean {
  const stats = lstatSync(path);
  return !stats.isFile() || stats.nlink > 1;
}

/** Whoever may write in a directory may replace our file in it, unless the sticky bit forbids that. */
function getForeignAccess(path: string): "read" | "write" | null {
  const directory = readStats(dirname(path));
  const isShared = directory !== null && (directory.mode & 0o022) !== 0 && (directory.mode & 0o1000) === 0;
  return isShared ? "write" : getAccessByMode(readStats(path));
}

function getAccessByMode(file: Stats | null): "read" | "write" | null {
  if (file === null || (file.mode & 0o077) === 0) return null;
  return (file.mode & 0o022) === 0 ? "read" : "write";
}

/** Returns null if the file is missing or can't be examined: whoever opens it reports why. */
function readStats(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

/**
 * Sets the mode of a file or directory of ours. Links and devices stay as they are. Does nothing if the disk has no
 * modes or is read-only.
 */
export function restrictAccess(path: string, mode: 0o600 | 0o700, uid = process.geteuid?.()): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const isExpected = mode === 0o700 ? stats?.isDirectory() : stats?.isFile() === true && stats.nlink === 1;
  if (isExpected !== true || (uid !== undefined && stats?.uid !== uid)) return;
  try {
    chmodSync(path, mode);
  } catch {
    // makePrivate looks at the mode again and reports what stayed open.
  }
}
