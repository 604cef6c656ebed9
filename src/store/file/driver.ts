// better-sqlite3 as it was installed: compiled code that fits one version of Node and not another.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CacheError } from "../../model/errors.ts";

const installed = createRequire(import.meta.url);

/** The one that package.json pins: the program comes with a copy of what of it is no compiled code. */
const pinnedVersion = "12.11.1";

/** Whether what was installed is something else, by somebody's own will. */
export function isOtherDriver(): boolean {
  return installedVersion() !== pinnedVersion;
}

/** The library as it was installed. */
export function installedDriver(): unknown {
  return installed("better-sqlite3");
}

/** The compiled code, where npm puts it: the library would look for it in a dozen places, with two more libraries. */
export function compiledDriver(): string {
  const directory = dirname(installed.resolve("better-sqlite3/package.json"));
  return join(directory, "build", "Release", "better_sqlite3.node");
}

const reinstall = [
  "Where rewind is installed (-g if global): npm rebuild better-sqlite3 --allow-scripts=better-sqlite3",
  "pnpm: pnpm approve-builds · Yarn: yarn rebuild better-sqlite3, Yarn 1: yarn install --force",
].join("\n");

/** The error of a binary that isn't there, was made for another Node, or for another system; null for others. */
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

/** Version 13 ends an older Node by a memory fault, without a word: it must not even be loaded there. */
export function checkDriver(node = process.versions.node, driver = installedVersion): void {
  if (isBefore(node, [22, 14]) && !isBefore(driver(), [13, 0])) {
    throw new CacheError(
      `better-sqlite3 ${driver()} crashes Node ${node}`,
      `Where rewind is installed, run: npm install --no-save better-sqlite3@${pinnedVersion}\nOr use Node 22.14 or newer.`,
    );
  }
}

function installedVersion(): string {
  const manifest: unknown = installed("better-sqlite3/package.json");
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}

function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split(".").map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
