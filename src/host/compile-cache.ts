// Compiled code for the next start. Anybody who can write there can run code as us. It is therefore in a private directory,
// not in Node's default place, the shared temporary directory.
import { lstatSync, mkdirSync, realpathSync, type Stats } from "node:fs";
import module from "node:module";
import { basename, dirname, join } from "node:path";
import type { Host } from "./host.ts";
import { getCompileCachePath } from "./paths.ts";

export interface ProcessFacts extends Pick<Host, "env" | "platform"> {
  /** The effective user; absent on Windows. */
  readonly geteuid?: () => number;
}

/** Does nothing if Node has no such cache (before 22.8) or no directory is private enough. */
export function enableCompileCache(host: ProcessFacts): void {
  const { enableCompileCache: enable } = module as {
    readonly enableCompileCache?: (directory: string) => unknown;
  };
  if (enable === undefined) return;
  const directory = ensurePrivateDirectory(getCompileCachePath(host.env, host.platform), host);
  if (directory !== null) enable(directory);
}

/** The directory, made where missing; null unless it is ours and nobody else can put anything in its place or into it. */
export function ensurePrivateDirectory(path: string, { platform, geteuid }: ProcessFacts): string | null {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const parent = realpathSync(dirname(path));
    const directory = join(parent, basename(path));
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // Windows' access lists protect a user's profile.
    if (platform === "win32" || geteuid === undefined) return directory;
    const uid = geteuid();
    if (!listAncestors(parent).every((place) => isProtected(lstatSync(place), uid))) return null;
    const stats = lstatSync(directory);
    return stats.isDirectory() && stats.uid === uid && (stats.mode & 0o077) === 0 ? directory : null;
  } catch {
    return null;
  }
}

function listAncestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...listAncestors(parent)];
}

/** Returns true if only we and root can rename or replace our files in the directory. */
function isProtected(stats: Stats, uid: number): boolean {
  const isSticky = (stats.mode & 0o1000) !== 0;
  return (stats.uid === uid || stats.uid === 0) && (isSticky || (stats.mode & 0o022) === 0);
}
