// Random text through everything that writes it: node test/trials/text.mjs [trials] [first seed]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const [trials = "100000", seed = "1000"] = process.argv.slice(2);
const root = fileURLToPath(new URL("../..", import.meta.url));
const started = Date.now();
const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--config",
    "test/vitest.config.ts",
    "test/gate/random-text.test.ts",
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, REWIND_TRIALS: trials, REWIND_SEED: seed } },
);
console.log(
  `${trials} trials from seed ${seed}: ${((Date.now() - started) / 1000).toFixed(0)} s, exit ${status}`,
);
process.exitCode = status ?? 1;
