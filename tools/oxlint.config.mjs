import { buildLayerRules } from "./layer-rules.mjs";

const streams = "Write through the context, whose streams src/host/process.ts opens.";

/** The parts of the tree with rules of their own, by paths from the root. */
export const overrides = [
  ...buildLayerRules(),
  {
    files: ["src/**"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        ...["stdout", "stderr"].map((property) => ({ object: "process", property, message: streams })),
      ],
    },
  },
  {
    // Except benchmarks and stress tests, which are run by hand, and the files that provide real time and chance.
    files: ["test/**"],
    excludeFiles: ["benchmarks", "eval", "stress"]
      .map((folder) => `test/${folder}/**`)
      .concat(
        "test/support/real-time.ts",
        "test/support/virtual-clock.ts",
        "test/support/fixed-process.mjs",
        "test/support/short-waits.mjs",
      ),
    rules: {
      "no-restricted-globals": [
        "error",
        ...["setTimeout", "setInterval", "setImmediate", "performance"].map((name) => ({
          name,
          message: "Tests do not depend on real time: wait for an event, or use createVirtualClock().",
        })),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Use a moment of the test's own." },
        { object: "Math", property: "random", message: "Use createSeededRandom()." },
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
];

/** The linter resolves paths from the folder of this file. */
const fromAnyFolder = (path) => `**/${path}`;

export default {
  plugins: ["typescript", "import", "unicorn", "node", "promise", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["**/dist"],
  rules: {
    // execute(database)`DELETE …`
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
  overrides: overrides.map(({ files, excludeFiles = [], rules }) => ({
    files: files.map(fromAnyFolder),
    excludeFiles: excludeFiles.map(fromAnyFolder),
    rules,
  })),
};
