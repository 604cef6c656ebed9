import { defineConfig } from "vitest/config";

/** Where .ci/run wants the counts. */
const report = process.env["REWIND_TEST_REPORT"];

export default defineConfig({
  test: {
    dir: "test",
    // Decides nothing but when a test that hangs is given up: a process in it is given up before, and says what it
    // has written until then (processLimitMs).
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // One for each core: of two, one would idle otherwise.
    maxWorkers: "100%",
    ...(report === undefined ? {} : { reporters: ["default", "json"], outputFile: { json: report } }),
  },
});
