// Every command line over every kind of damage, with a seed: REWIND_SEED (1), REWIND_LINES lines for each (all).
//   npx vitest run --config test/trials/vitest.config.ts damage
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { everyCommandLine } from "../support/declarations.ts";
import { everyDamage } from "../support/damage.ts";
import { runDamaged, sampleNowMs } from "../support/damaged-run.ts";
import { cacheIn } from "../support/filled-cache.ts";
import { pick, seeded } from "../support/random.ts";
import { sampleHome } from "../support/sample-home.ts";
import { tempDirectory } from "../support/temp.ts";

test("no damage gives a stack trace", { timeout: 3_600_000 }, async () => {
  const seed = Number(process.env["REWIND_SEED"] ?? 1);
  const random = seeded(seed);
  const sound = cacheIn(await sampleHome(sampleNowMs));
  const home = tempDirectory("rewind-damaged");
  const lines = await everyCommandLine();
  const perDamage = Number(process.env["REWIND_LINES"] ?? lines.length);
  const faults = new Map<string, string>();
  let runs = 0;
  for (const damage of everyDamage(sound)) {
    const chosen =
      perDamage >= lines.length ? lines : Array.from({ length: perDamage }, () => pick(random, lines));
    for (const argv of chosen) {
      rmSync(dirname(cacheIn(home)), { recursive: true, force: true });
      const tty = random() < 0.5;
      const fault = await runDamaged(sound, home, { damage, argv, random, tty });
      runs += 1;
      if (fault !== null) {
        const where = /\n {4}at .*\n/.exec(fault)?.[0].trim() ?? fault;
        if (!faults.has(where)) faults.set(where, `${damage.name}: rewind ${argv.join(" ")}\n${fault}`);
      }
    }
  }
  console.log(`seed ${seed}: ${runs} runs, ${faults.size} different faults`);
  expect([...faults.values()]).toEqual([]);
});
