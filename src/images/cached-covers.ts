// The files of covers that may be stored. Any of them, and the directory, may disappear at any time.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** One file per picture, named by a hash of its address. */
function getCachedCoverPath(directory: string, address: string): string {
  return join(directory, createHash("sha256").update(address).digest("hex").slice(0, 40));
}

/** Returns null if the picture is not stored. */
export function readCachedCover(directory: string, address: string): Buffer | null {
  try {
    return readFileSync(getCachedCoverPath(directory, address));
  } catch {
    return null;
  }
}

export function isCoverCached(directory: string, address: string): boolean {
  return existsSync(getCachedCoverPath(directory, address));
}

/** Recognises a type by its first bytes, because the Content-Type of a server proves nothing. */
export function detectImageType(bytes: Buffer): "jpeg" | "png" | null {
  if (bytes.toString("hex", 0, 3) === "ffd8ff") return "jpeg";
  return bytes.toString("hex", 0, 8) === "89504e470d0a1a0a" ? "png" : null;
}

/** The limit for all pictures together. */
const maxStoreBytes = 500 * 1024 * 1024;

/** Makes room by deleting the oldest pictures. */
export function openImageStore(directory: string, maxBytes = maxStoreBytes) {
  const files = readFileSizes(directory);
  let total = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);

  const deleteCover = (name: string): void => {
    removeFile(join(directory, name));
    total -= files.get(name) ?? 0;
    files.delete(name);
  };

  return {
    /** Returns false if there is no room or no directory. Nothing depends on it. */
    keep: (address: string, bytes: Buffer): boolean => {
      const path = getCachedCoverPath(directory, address);
      const name = path.slice(directory.length + 1);
      if (bytes.length > maxBytes) return false;
      const unfinished = `${path}.${process.pid}`;
      try {
        if (files.has(name)) deleteCover(name);
        for (const [oldest] of files) {
          if (total + bytes.length <= maxBytes) break;
          deleteCover(oldest);
        }
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        writeFileSync(unfinished, bytes, { mode: 0o600 });
        renameSync(unfinished, path);
      } catch {
        removeFile(unfinished);
        return false;
      }
      files.set(name, bytes.length);
      total += bytes.length;
      return true;
    },
  };
}

function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The directory is gone.
  }
}

/** Sizes by name, the oldest first. Deletes what a killed sync left unfinished. */
function readFileSizes(directory: string): Map<string, number> {
  const pictures = listFileNames(directory).flatMap((name) => {
    const path = join(directory, name);
    if (/^[\da-f]{40}\.\d+$/.test(name)) removeFile(path);
    const stats = statSync(path, { throwIfNoEntry: false });
    return /^[\da-f]{40}$/.test(name) && stats?.isFile() === true ? [{ name, stats }] : [];
  });
  const byAge = pictures.toSorted((one, other) => one.stats.mtimeMs - other.stats.mtimeMs);
  return new Map(byAge.map(({ name, stats }) => [name, stats.size]));
}

function listFileNames(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
