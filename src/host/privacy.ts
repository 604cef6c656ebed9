// The settings hold secrets, the cache a person's listening: both are for their owner alone.
import { chmodSync, statSync, type Stats } from "node:fs";
import { dirname } from "node:path";

export interface PrivateFile {
  readonly path: string;
  /** The user chose the place, so nothing is changed there: what is wrong is only told. */
  readonly isNamed: boolean;
}

/** What others could do with a file, and what came of it. The text goes on where the file's name ends. */
export interface Exposure {
  /** "unsafe": not ours, and others may have written what it says. */
  readonly outcome: "mended" | "exposed" | "unsafe";
  readonly text: string;
}

interface ProcessFacts {
  readonly platform: NodeJS.Platform;
  /** The effective user; undefined on Windows. */
  readonly uid?: number | undefined;
}

/** What keepPrivate would find, and nothing is changed. null: nothing is wrong, or no file is there. */
export function exposureOf(
  { path, isNamed }: PrivateFile,
  { platform, uid = process.geteuid?.() }: ProcessFacts,
): "closable" | "another user's" | null {
  if (platform === "win32" || uid === undefined) return null;
  const file = look(path);
  if (file === null || (isNamed ? accessByMode(file) : accessOfOthers(path)) === null) return null;
  return file.uid === uid ? "closable" : "another user's";
}

/** Closes a file of ours that others can read or write, and its directory. null: nothing was wrong, or no file is there. */
export function keepPrivate({ path, isNamed }: PrivateFile, host: ProcessFacts): Exposure | null {
  const { platform, uid = process.geteuid?.() } = host;
  // Windows has access lists, and those of a profile let its user in alone.
  if (platform === "win32" || uid === undefined) return null;
  const file = look(path);
  const access = isNamed ? accessByMode(file) : accessOfOthers(path);
  if (file === null || access === null) return null;
  const verb = access === "write" ? "changed" : "read";
  if (isNamed) {
    return {
      outcome: "exposed",
      text: `can be ${verb} by others; to keep it to yourself: chmod 600 ${path}`,
    };
  }
  if (file.uid !== uid) {
    const outcome = access === "write" ? "unsafe" : "exposed";
    return { outcome, text: `belongs to another user and can be ${verb} by others` };
  }
  close(path, uid);
  if (accessOfOthers(path) === null) {
    return { outcome: "mended", text: `could be ${verb} by others; now only you can (0600)` };
  }
  return { outcome: "exposed", text: `can be ${verb} by others, and chmod has no effect there` };
}

/** Who may write in a directory may put another file in place of ours, but where the sticky bit forbids it. */
function accessOfOthers(path: string): "read" | "write" | null {
  const directory = look(dirname(path));
  const isShared = directory !== null && (directory.mode & 0o022) !== 0 && (directory.mode & 0o1000) === 0;
  return isShared ? "write" : accessByMode(look(path));
}

function accessByMode(file: Stats | null): "read" | "write" | null {
  if (file === null || (file.mode & 0o077) === 0) return null;
  return (file.mode & 0o022) === 0 ? "read" : "write";
}

/** null also where it can't be seen: whoever opens it says why. */
function look(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

/** Some file systems keep no modes: whether it took is seen afterwards. */
function close(path: string, uid: number): void {
  const targets: readonly (readonly [string, number])[] = [
    [dirname(path), 0o700],
    [path, 0o600],
  ];
  for (const [target, mode] of targets) {
    if (look(target)?.uid !== uid) continue;
    try {
      chmodSync(target, mode);
    } catch {
      // Read-only, or a disk without modes.
    }
  }
}
