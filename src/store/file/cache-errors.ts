import { CacheError, DamagedCache } from "../../model/errors.ts";
import { decisionCopies } from "../../host/paths.ts";

type Explain = (path: string) => [message: string, hint: string];

/** The message and the hint for each SQLite code. Extended codes (SQLITE_IOERR_WRITE) use the row of their family. */
const sqliteFailures = new Map<string, Explain>(
  Object.entries({
    SQLITE_NOTADB: (path) => [
      `${path} is not a rewind cache: it is not a SQLite file`,
      "It was not changed. Move it away, or use another cache with --db PATH.",
    ],
    SQLITE_CANTOPEN: (path) => [
      `the cache ${path} can't be opened`,
      "Check that the directory exists and is readable and writable, or use --db PATH.",
    ],
    SQLITE_READONLY: (path) => [
      `the cache ${path} is read-only`,
      "Make the file and its directory writable, or use another cache with --db PATH.",
    ],
    SQLITE_PERM: (path) => [`no permission to use the cache ${path}`, "Check who owns it, or use --db PATH."],
    SQLITE_FULL: (path) => [
      `the disk is full (writing ${path})`,
      "The cache is unchanged. Free some space, then run: rewind sync",
    ],
    SQLITE_IOERR: (path) => [
      `the disk failed while using ${path}`,
      "The cache is unchanged. Check the disk and its free space, then try again.",
    ],
    SQLITE_NOMEM: (path) => [
      `not enough memory to use the cache ${path}`,
      "Close other programs, or ask for less at a time.",
    ],
    SQLITE_BUSY: inUse,
    SQLITE_LOCKED: inUse,
  }),
);

function inUse(path: string): [string, string] {
  return [`the cache ${path} is in use by another program`, "Try again when it has finished."];
}

/** The same for system errors while the file is opened. */
const fileFailures = new Map<string, Explain>(
  Object.entries({
    EACCES: notAllowed,
    EPERM: notAllowed,
    EROFS: notAllowed,
    ENOSPC: (path) => [`the disk is full (writing ${path})`, "Free some space, then try again."],
    EISDIR: (path) => [`the cache ${path} is a directory`, "Name a file in it: --db PATH"],
    ENOTDIR: inTheWay,
    EEXIST: inTheWay,
  }),
);

function notAllowed(path: string): [string, string] {
  return [
    `no permission to use the cache ${path}`,
    "Check who owns it, or use another cache with --db PATH.",
  ];
}

function inTheWay(path: string): [string, string] {
  return [
    `the cache ${path} can't be created: part of its path is a file`,
    "Choose another place with --db PATH.",
  ];
}

/** The error for a cache with content that rewind never wrote. */
export function damagedCache(path: string, what: string, options?: ErrorOptions): DamagedCache {
  const [copy] = decisionCopies(path);
  const file = copy === undefined ? "FILE" : shellQuoted(copy);
  return new DamagedCache(
    `the cache ${path} is damaged${what === "" ? "" : `: ${what}`}`,
    `It was not changed. Move it away and run: rewind sync\nTo restore your decisions: rewind links import ${file}`,
    options,
  );
}

export function shellQuoted(path: string): string {
  return /^[\w./~@%+:,-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** Codes of a wrong statement: a bug, or a damaged schema. damage.ts finds out which. */
const ofTheStatement = /^SQLITE_(?:ERROR|CONSTRAINT|MISMATCH|MISUSE|RANGE|TOOBIG)(?:_|$)/;

/** Turns SQLite's error into one with a hint; returns any other error unchanged. */
export function explainStoreFailure(error: unknown, path: string): unknown {
  const missing = explainMissingBinary(error);
  if (missing !== null) return missing;
  const code = sqliteCode(error);
  if (code === undefined || ofTheStatement.test(code)) return error;
  if (/^SQLITE_CORRUPT(?:_|$)/.test(code)) return damagedCache(path, "", { cause: error });
  const failureName = [...sqliteFailures.keys()].find((name) => code === name || code.startsWith(`${name}_`));
  const [message, hint] = sqliteFailures.get(failureName ?? "")?.(path) ?? [
    `the cache ${path} can't be used: ${error instanceof Error ? error.message : code}`,
    "Try again, or use another cache with --db PATH.",
  ];
  return new CacheError(message, hint, { cause: error });
}

/** Turns a system error into one with a hint; returns any other error unchanged. */
export function explainFileFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const texts = fileFailures.get(String(error.code))?.(path);
  return texts === undefined ? error : new CacheError(...texts, { cause: error });
}

function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return error.code.startsWith("SQLITE_") ? error.code : undefined;
}

const reinstall = [
  "Where rewind is installed (-g if global): npm rebuild better-sqlite3 --allow-scripts=better-sqlite3",
  "pnpm: pnpm approve-builds · Yarn: yarn rebuild better-sqlite3, Yarn 1: yarn install --force",
].join("\n");

/**
 * Returns the error for a missing SQLite binary, or one made for another Node or system; null for any other error.
 */
export function explainMissingBinary(error: unknown): CacheError | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? error.code : undefined;
  const isMissing = code === "MODULE_NOT_FOUND" && error.message.includes("better_sqlite3.node");
  if (
    code !== "ERR_DLOPEN_FAILED" &&
    !isMissing &&
    !error.message.startsWith("Could not locate the bindings file")
  ) {
    return null;
  }
  return new CacheError(
    "better-sqlite3 has no binary for this Node: its install script did not run, or for another Node",
    reinstall,
    { cause: error },
  );
}
