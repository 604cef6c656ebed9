import { defineConfig } from "vitest/config";

/** Long trials, run by hand: npx vitest run --config test/stress/vitest.config.ts [name] */
export default defineConfig({ test: { dir: "test/stress", include: ["**/*.trial.ts"] } });
