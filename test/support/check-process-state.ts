// Test files share a process: what one does to it is undone when it ends, or it fails.
import { readdirSync } from "node:fs";
import { afterAll, vi } from "vitest";

const before = readProcessState();

function readProcessState(): string {
  const env = Object.entries(process.env).toSorted(([a], [b]) => (a < b ? -1 : 1));
  // Files of other processes run beside this one: what is new in the tree may be theirs.
  const tree = readdirSync(process.cwd());
  return JSON.stringify({ env, directory: process.cwd(), tree, umask: process.umask() });
}

afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  const after = readProcessState();
  if (after !== before) throw new Error(`the process was left changed\n  ${before}\n  ${after}`);
});
