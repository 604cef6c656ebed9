import { defineConfig } from "vitest/config";

/** Long trials, run by hand: npx vitest run --config test/trials/vitest.config.ts [name] */
export default defineConfig({ test: { dir: "test/trials", include: ["**/*.trial.ts"] } });
