// better-sqlite3 as it was installed: compiled code that fits one version of Node and not another.
import { createRequire } from "node:module";
import { CacheError } from "../errors.ts";

const reinstall = [
  "Where rewind is installed (-g if global): npm rebuild better-sqlite3 --allow-scripts=better-sqlite3",
  "pnpm: pnpm approve-builds · Yarn: yarn rebuild better-sqlite3, Yarn 1: yarn install --force",
].join("\n");

/** The error of a binary that isn't there, was made for another Node, or for another system; null for others. */
export function explainMissingBinary(error: unknown): CacheError | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? error.code : undefined;
  if (code !== "ERR_DLOPEN_FAILED" && !error.message.startsWith("Could not locate the bindings file")) {
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
      "Where rewind is installed, run: npm install --no-save better-sqlite3@12.11.1\nOr use Node 22.14 or newer.",
    );
  }
}

function installedVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)("better-sqlite3/package.json");
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}

function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split(".").map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
