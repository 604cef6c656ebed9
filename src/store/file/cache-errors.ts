import { CacheError, getErrorCode, DamagedCache } from "../../model/errors.ts";
import { quoteForShell } from "../../model/names.ts";
import { listDecisionCopies } from "../../host/paths.ts";

/** Explains codes of the system and of SQLite, extended ones (SQLITE_IOERR_WRITE) included. FILE stands for the cache. */
const explanations: readonly (readonly [codes: RegExp, message: string, hint: string])[] = [
  [
    /^SQLITE_NOTADB/,
    "FILE is not a rewind cache: it is not a SQLite file",
    "It was not changed. Move it away, or use another cache with --db PATH.",
  ],
  [
    /^(?:SQLITE_CANTOPEN|SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|EROFS)/,
    "the cache FILE can't be read or written",
    "Make the file and its directory yours and writable, or use another cache with --db PATH.",
  ],
  [
    /^(?:SQLITE_FULL|ENOSPC)/,
    "the disk is full (writing FILE)",
    "The cache is unchanged. Free some space, then run: rewind sync",
  ],
  [
    /^SQLITE_IOERR/,
    "the disk failed while using FILE",
    "The cache is unchanged. Check the disk and its free space, then try again.",
  ],
  [
    /^SQLITE_(?:BUSY|LOCKED)/,
    "the cache FILE is in use by another program",
    "Try again when it has finished.",
  ],
  [
    /^(?:EISDIR|ENOTDIR|EEXIST)/,
    "the cache FILE can't be used: it is a directory, or part of its path is a file",
    "Choose another place with --db PATH.",
  ],
];

/** Returns undefined if the error has no code that a user can do something about. */
export function findExplanation(error: unknown, path: string): CacheError | undefined {
  const row = explanations.find(([codes]) => codes.test(getErrorCode(error)));
  if (row === undefined) return undefined;
  const [, message, hint] = row;
  return new CacheError(
    message.replace("FILE", () => path),
    hint,
    { cause: error },
  );
}

/** The error for a cache with content that rewind never wrote. */
export function createDamageError(path: string, what: string, options?: ErrorOptions): DamagedCache {
  const [copy] = listDecisionCopies(path);
  const restore =
    copy === undefined ? "" : `\nTo restore your decisions: rewind links import ${quoteForShell(copy)}`;
  return new DamagedCache(
    `the cache ${path} is damaged${what === "" ? "" : `: ${what}`}`,
    `It was not changed. To repair it: rewind doctor --fix        Or move it away and run: rewind sync${restore}`,
    options,
  );
}

/** Codes of a wrong statement: a bug, or a damaged schema. damage.ts finds out which. */
const statementErrorCode = /^SQLITE_(?:ERROR|CONSTRAINT|MISMATCH|MISUSE|RANGE|TOOBIG)(?:_|$)/;

/** Turns SQLite's error into one with a hint; returns any other error unchanged. */
export function explainStoreFailure(error: unknown, path: string): unknown {
  const missing = explainMissingBinary(error);
  if (missing !== null) return missing;
  const code = getErrorCode(error);
  if (!code.startsWith("SQLITE_") || statementErrorCode.test(code)) return error;
  if (code.startsWith("SQLITE_CORRUPT")) return createDamageError(path, "", { cause: error });
  return (
    findExplanation(error, path) ??
    new CacheError(
      `the cache ${path} can't be used: ${(error as Error).message}`,
      "Try again, or use another cache with --db PATH.",
      { cause: error },
    )
  );
}

/** Returns the error for a missing SQLite binary, or one made for another Node or system; null for any other error. */
export function explainMissingBinary(error: unknown): CacheError | null {
  const isMissing =
    error instanceof Error &&
    (getErrorCode(error) === "ERR_DLOPEN_FAILED" ||
      /better_sqlite3\.node|the bindings file/.test(error.message));
  if (!isMissing) return null;
  return new CacheError(
    "better-sqlite3 has no binary for this Node: its install script did not run, or ran for another version",
    "Where rewind is installed (-g if global): npm rebuild better-sqlite3 --allow-scripts=better-sqlite3\n" +
      "pnpm: pnpm approve-builds · Yarn: yarn rebuild better-sqlite3, Yarn 1: yarn install --force",
    { cause: error },
  );
}
