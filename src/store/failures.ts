import { CacheError } from "../errors.ts";

const causes: Readonly<Record<string, (path: string) => [string, string]>> = {
  SQLITE_NOTADB: (path) => [
    `${path} is not a cache of rewind: it is no SQLite file`,
    "It was left as it is. Move it away, or use another cache with --db PATH.",
  ],
  SQLITE_CORRUPT: (path) => [
    `the cache ${path} is damaged`,
    "It was left as it is. Move it away and run: rewind sync\nDecisions of yours come back with: rewind links import FILE",
  ],
  SQLITE_CANTOPEN: (path) => [
    `the cache ${path} can't be opened`,
    "Check that the directory exists and that you may read and write it, or use --db PATH.",
  ],
  SQLITE_READONLY: (path) => [
    `the cache ${path} is read-only`,
    "Make the file and its directory writable, or use another cache with --db PATH.",
  ],
  SQLITE_PERM: (path) => [`no permission to use the cache ${path}`, "Check who owns it, or use --db PATH."],
  SQLITE_FULL: (path) => [
    `the disk is full (writing ${path})`,
    "The cache is as it was before. Make room, then run: rewind sync",
  ],
  SQLITE_IOERR: (path) => [
    `the disk failed while using ${path}`,
    "The cache is as it was before. Check the disk and its free space, then try again.",
  ],
  SQLITE_BUSY: (path) => [
    `the cache ${path} is in use by another program`,
    "Try again when it has finished.",
  ],
  SQLITE_LOCKED: (path) => [
    `the cache ${path} is in use by another program`,
    "Try again when it has finished.",
  ],
};

/** SQLite's error as one that says what to do; anything else is returned as it is. */
export function explainStoreFailure(error: unknown, path: string): unknown {
  if (isBinaryMissing(error)) {
    return new CacheError(
      "better-sqlite3 has no binary for this Node: it was installed without its install script, or for another Node",
      "Where rewind is installed, run: npm rebuild better-sqlite3   (npm 12: with --allow-scripts=better-sqlite3)",
      { cause: error },
    );
  }
  const code = sqliteCode(error);
  if (code === undefined) return error;
  // Extended codes (SQLITE_IOERR_WRITE) share the explanation of their family.
  const known = Object.keys(causes).find((name) => code === name || code.startsWith(`${name}_`));
  const cause = known === undefined ? undefined : causes[known];
  if (cause === undefined) return error;
  const [message, hint] = cause(path);
  return new CacheError(message, hint, { cause: error });
}

/** Not there at all, made for another version of Node, or for another system. */
function isBinaryMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : undefined;
  return code === "ERR_DLOPEN_FAILED" || error.message.startsWith("Could not locate the bindings file");
}

function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return error.code.startsWith("SQLITE_") ? error.code : undefined;
}
