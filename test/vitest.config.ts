import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The file where .ci/run wants the counts. */
const report = process.env["REWIND_TEST_REPORT"];

const here = fileURLToPath(new URL(".", import.meta.url));
const files = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => path.replaceAll("\\", "/"));
const listFilesWith = (pattern: RegExp): string[] =>
  files.filter((path) => pattern.test(readFileSync(join(here, path), "utf8")));
/** Files that replace a module, each in its own process. */
const mocking = listFilesWith(/\bvi\.mock\(/);
/** Files that start the built program, a browser or another process. */
const spawning = listFilesWith(
  /from "(?:node:child_process|playwright-core|.*\/(?:run-process|run-and-kill|failing-services|typed-shell|mcp-client)\.ts)"/,
).filter((path) => !mocking.includes(path));
const otherFiles = files.filter((path) => !mocking.includes(path) && !spawning.includes(path));
/** Files that run whole commands or syncs in this process. */
const running = listFilesWith(/\/run-cli\.ts"/);
const commands = otherFiles.filter(
  (path) => /^(?:cli|commands|demo|smoke|sync)\//.test(path) || running.includes(path),
);
const units = otherFiles.filter((path) => !commands.includes(path));

export default defineConfig({
  test: {
    dir: "test",
    // Decides nothing but when a test that hangs is given up: a process in it is given up before, and says what it
    // has written until then (processLimitMs).
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // One for each core: of two, one would idle otherwise.
    maxWorkers: "100%",
    // Days are local; tests of other zones set their own.
    env: { TZ: "UTC" },
    setupFiles: [join(here, "support/check-process-state.ts")],
    projects: [
      // A process for each file would load the whole program two hundred times.
      // `npm run test:fast` runs the units alone.
      { extends: true, test: { name: "units", isolate: false, include: units } },
      { extends: true, test: { name: "commands", isolate: false, include: commands } },
      { extends: true, test: { name: "processes", isolate: false, include: spawning } },
      { extends: true, test: { name: "mocks", include: mocking } },
    ],
    ...(report === undefined ? {} : { reporters: ["default", "json"], outputFile: { json: report } }),
  },
});
