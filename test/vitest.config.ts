import { defineConfig } from "vitest/config";

/** Where .ci/run wants the counts. */
const report = process.env["REWIND_TEST_REPORT"];

export default defineConfig({
  test: {
    dir: "test",
    // Processes and sockets on a busy machine; what hangs is found all the same.
    testTimeout: 30_000,
    ...(report === undefined ? {} : { reporters: ["default", "json"], outputFile: { json: report } }),
  },
});
