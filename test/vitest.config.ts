import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Where .ci/run wants the counts. */
const report = process.env["REWIND_TEST_REPORT"];

const here = fileURLToPath(new URL(".", import.meta.url));
const files = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => path.replaceAll("\\", "/"));
/** Files that replace a module, each in its own process. */
const replacing = files.filter((path) => /\bvi\.mock\(/.test(readFileSync(join(here, path), "utf8")));
const others = files.filter((path) => !replacing.includes(path));

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
    setupFiles: [join(here, "support/own-environment.ts")],
    projects: [
      // A process for each file would load the whole program two hundred times.
      { extends: true, test: { name: "together", isolate: false, include: others } },
      { extends: true, test: { name: "alone", include: replacing } },
    ],
    ...(report === undefined ? {} : { reporters: ["default", "json"], outputFile: { json: report } }),
  },
});
