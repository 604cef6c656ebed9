import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty directory, removed when the running test is over. Only inside a test. */
export function tempDirectory(name = "rewind"): string {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  });
  return path;
}
