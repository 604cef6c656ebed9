import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

function makeDirectory(name: string): { readonly path: string; remove(this: void): void } {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** An empty directory, removed when the running test is over. Only inside a test. */
export function createTempDirectory(name = "rewind"): string {
  const { path, remove } = makeDirectory(name);
  onTestFinished(remove);
  return path;
}

/** An empty directory for all tests of a file or a group, removed after them. Only outside a test. */
export function createSharedDirectory(name = "rewind"): string {
  const { path, remove } = makeDirectory(name);
  afterAll(remove);
  return path;
}
