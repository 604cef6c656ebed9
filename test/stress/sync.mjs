// Kills, two syncs of one cache, and removal storms: node test/stress/sync.mjs [kills] [rounds of two syncs] [storms]
// Build first: npm run build
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const [kills = "200", twoSyncs = "20", storms = "200"] = process.argv.slice(2);
const root = fileURLToPath(new URL("../..", import.meta.url));
const trials = [
  { name: "kill", setting: "REWIND_KILLS", count: kills },
  { name: "two-syncs", setting: "REWIND_TWO_SYNCS", count: twoSyncs },
  { name: "removal-storms", setting: "REWIND_STORMS", count: storms },
];
for (const { name, setting, count } of trials) {
  const started = Date.now();
  const { status } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--config",
      "test/vitest.config.ts",
      `test/sync/${name}.test.ts`,
    ],
    { cwd: root, stdio: "inherit", env: { ...process.env, [setting]: count } },
  );
  console.log(`${name}: ${count}, ${((Date.now() - started) / 1000).toFixed(0)} s, exit ${status}`);
}
