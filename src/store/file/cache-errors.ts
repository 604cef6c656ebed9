import { CacheError, DamagedCache } from "../../model/errors.ts";
import { decisionCopies } from "../../host/paths.ts";

type Explain = (path: string) => [message: string, hint: string];

/** The message and the hint for each code of SQLite, extended codes (SQLITE_IOERR_WRITE) included, or of the system. */
const explanations: readonly (readonly [codes: RegExp, explain: Explain])[] = [
  [
    /^SQLITE_NOTADB/,
    (path) => [
      `${path} is not a rewind cache: it is not a SQLite file`,
      "It was not changed. Move it away, or use another cache with --db PATH.",
    ],
  ],
  [
    /^SQLITE_CANTOPEN/,
    (path) => [
      `the cache ${path} can't be opened`,
      "Check that the directory exists and is readable and writable, or use --db PATH.",
    ],
  ],
  [
    /^SQLITE_READONLY/,
    (path) => [
      `the cache ${path} is read-only`,
      "Make the file and its directory writable, or use another cache with --db PATH.",
    ],
  ],
  [
    /^(?:SQLITE_PERM|EACCES|EPERM|EROFS)/,
    (path) => [
      `no permission to use the cache ${path}`,
      "Check who owns it, or use another cache with --db PATH.",
    ],
  ],
  [
    /^(?:SQLITE_FULL|ENOSPC)/,
    (path) => [
      `the disk is full (writing ${path})`,
      "The cache is unchanged. Free some space, then run: rewind sync",
    ],
  ],
  [
    /^SQLITE_IOERR/,
    (path) => [
      `the disk failed while using ${path}`,
      "The cache is unchanged. Check the disk and its free space, then try again.",
    ],
  ],
  [
    /^SQLITE_(?:BUSY|LOCKED)/,
    (path) => [`the cache ${path} is in use by another program`, "Try again when it has finished."],
  ],
  [/^EISDIR/, (path) => [`the cache ${path} is a directory`, "Name a file in it: --db PATH"]],
  [
    /^(?:ENOTDIR|EEXIST)/,
    (path) => [
      `the cache ${path} can't be created: part of its path is a file`,
      "Choose another place with --db PATH.",
    ],
  ],
];

function explanationOf(code: string, path: string): ReturnType<Explain> | undefined {
  return explanations.find(([codes]) => codes.test(code))?.[1](path);
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
  const code = codeOf(error);
  if (!code.startsWith("SQLITE_") || ofTheStatement.test(code)) return error;
  if (code.startsWith("SQLITE_CORRUPT")) return damagedCache(path, "", { cause: error });
  const [message, hint] = explanationOf(code, path) ?? [
    `the cache ${path} can't be used: ${(error as Error).message}`,
    "Try again, or use another cache with --db PATH.",
  ];
  return new CacheError(message, hint, { cause: error });
}

/** Turns a system error into one with a hint; returns any other error unchanged. */
export function explainFileFailure(error: unknown, path: string): unknown {
  const texts = explanationOf(codeOf(error), path);
  return texts === undefined ? error : new CacheError(...texts, { cause: error });
}

/** "" if the error has no code. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Returns the error for a missing SQLite binary, or one made for another Node or system; null for any other error. */
export function explainMissingBinary(error: unknown): CacheError | null {
  const isMissing =
    error instanceof Error &&
    (codeOf(error) === "ERR_DLOPEN_FAILED" || /better_sqlite3\.node|the bindings file/.test(error.message));
  if (!isMissing) return null;
  return new CacheError(
    "better-sqlite3 has no binary for this Node: its install script did not run, or for another Node",
    "Where rewind is installed (-g if global): npm rebuild better-sqlite3 --allow-scripts=better-sqlite3\n" +
      "pnpm: pnpm approve-builds · Yarn: yarn rebuild better-sqlite3, Yarn 1: yarn install --force",
    { cause: error },
  );
}
