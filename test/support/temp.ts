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

/** A home of its own: the environment that keeps every file of the program inside `home`. */
export function tempHome(): { readonly home: string; readonly env: Record<string, string> } {
  const home = tempDirectory("rewind-home");
  return {
    home,
    env: {
      HOME: home,
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_DATA_HOME: join(home, "data"),
      XDG_CACHE_HOME: join(home, "cache"),
    },
  };
}
