import { arrows } from "./lint/arrows.mjs";

const streams = "Write through the context, whose streams src/host/process.ts opens.";

export default {
  plugins: ["typescript", "import", "unicorn", "node", "promise", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["dist", "dist-modules"],
  rules: {
    "no-console": "error",
    // change(database)`DELETE …`
    "no-unused-expressions": ["error", { allowTaggedTemplates: true }],
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/first": "error",
    "import/no-duplicates": ["error", { "prefer-inline": true }],
    "typescript/no-import-type-side-effects": "error",
    "unicorn/prefer-node-protocol": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-unsafe-type-assertion": "off",
  },
  overrides: [
    ...arrows(),
    {
      files: ["src/**"],
      rules: {
        "no-restricted-properties": [
          "error",
          ...["stdout", "stderr"].map((property) => ({ object: "process", property, message: streams })),
        ],
      },
    },
    { files: ["test/**"], rules: { "no-console": "off", "typescript/no-unsafe-type-assertion": "off" } },
    {
      // Measurements and long trials, which are run by hand, and the doors to real time and chance.
      files: ["test/**"],
      excludeFiles: ["bench", "eval", "trials"]
        .map((folder) => `test/${folder}/**`)
        .concat(
          "test/support/real-time.ts",
          "test/support/clock.ts",
          "test/support/fixed-process.mjs",
          "test/support/short-waits.mjs",
        ),
      rules: {
        "no-restricted-globals": [
          "error",
          ...["setTimeout", "setInterval", "setImmediate", "performance"].map((name) => ({
            name,
            message: "Tests do not depend on real time: wait for an event, or use virtualClock().",
          })),
        ],
        "no-restricted-properties": [
          "error",
          { object: "Date", property: "now", message: "Use a moment of the test's own." },
          { object: "Math", property: "random", message: "Use seeded()." },
          ...["waitFor", "waitUntil"].map((property) => ({
            object: "vi",
            property,
            message: "Wait for an event.",
          })),
          { object: "expect", property: "poll", message: "Wait for an event." },
        ],
        "no-restricted-imports": [
          "error",
          { paths: [{ name: "node:timers/promises", message: "Use test/support/real-time.ts." }] },
        ],
      },
    },
  ],
};
