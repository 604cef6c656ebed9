import { arrows } from "./lint/arrows.mjs";

export default {
  plugins: ["typescript", "import", "unicorn", "node", "promise", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["dist", "dist-modules"],
  rules: {
    "no-console": "error",
    "import/no-cycle": "error",
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
    { files: ["test/**"], rules: { "no-console": "off", "typescript/no-unsafe-type-assertion": "off" } },
  ],
};
