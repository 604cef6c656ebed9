import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { sampled } from "../support/sample.ts";
import { everyCommandLine } from "../support/declarations.ts";
import { everyDamage } from "../support/damage.ts";
import { runDamaged } from "../support/damaged-run.ts";
import { cacheIn, inCache } from "../support/filled-cache.ts";
import { pick, seeded } from "../support/random.ts";
import { errorOf, runCli } from "../support/run-cli.ts";
import { sampleHome, sampleSync } from "../support/sample-home.ts";
import { tempDirectory } from "../support/temp.ts";

/** REWIND_DAMAGES=all tries every line over every damage, which takes an hour. */
const isEvery = process.env["REWIND_DAMAGES"] === "all";

test("no command prints a stack trace for a damaged cache", { timeout: 3_600_000 }, async () => {
  const random = seeded(Number(process.env["REWIND_SEED"] ?? 11));
  const sound = cacheIn(await sampleHome());
  const home = tempDirectory("rewind-damaged");
  const lines = await everyCommandLine();
  const damages = everyDamage(sound);
  const faults: string[] = [];
  for (const argv of isEvery ? lines : sampled("damaged", lines, 45)) {
    for (const damage of isEvery ? damages : [pick(random, damages)]) {
      rmSync(dirname(cacheIn(home)), { recursive: true, force: true });
      const fault = await runDamaged(sound, home, { damage, argv, random, tty: random() < 0.5 });
      if (fault !== null) faults.push(`${damage.name}: rewind ${argv.join(" ")}\n${fault}`);
    }
  }
  expect(faults).toEqual([]);
});

async function damagedHome(sql: string): Promise<string> {
  const home = await sampleHome();
  inCache(home, (database) => void database.exec(sql));
  return home;
}

test.each([
  ["a missing table", "DROP TABLE alias", ["alias", "list"], /table alias is missing/],
  [
    "a missing column",
    "ALTER TABLE match DROP COLUMN last_spin_uts",
    ["dusty"],
    /match\.last_spin_uts is missing/,
  ],
  [
    "no JSON where JSON belongs",
    "UPDATE publication SET detail = '{'",
    ["xref"],
    /publication\.detail holds a value that rewind never writes/,
  ],
])("%s is reported as damage, with what to do and the saved decisions", async (_, sql, argv, what) => {
  const home = await damagedHome(sql);
  const stderr = errorOf(await runCli(argv, { home }), 1);
  expect(stderr).toMatch(/^rewind: the cache .* is damaged/);
  expect(stderr).toMatch(what);
  const remedy = "To repair it: rewind doctor --fix        Or move it away and run: rewind sync\n";
  expect(stderr).toMatch(new RegExp(`${remedy}$`));
  const kept = join(dirname(cacheIn(home)), "rewind.decisions.json");
  writeFileSync(kept, "{}");
  const restore = `To restore your decisions: rewind links import ${kept}
`;
  expect((await runCli(argv, { home })).stderr).toContain(remedy + restore);
});

test("a cache with tables but no format is damaged and not written to", async () => {
  const home = await damagedHome("PRAGMA user_version = 0");
  for (const argv of [["xref"], ["status"], ["sync"]]) {
    const { code, stderr } = await runCli(argv, { home, ...sampleSync() });
    expect({ code, argv }).toEqual({ code: 1, argv });
    expect(stderr).toMatch(/is damaged: /);
  }
  expect((await runCli(["doctor", "--offline"], { home })).stdout).toMatch(/is damaged: /);
  const database = new Sqlite(cacheIn(home), { readonly: true });
  expect(database.pragma("user_version", { simple: true })).toBe(0);
  database.close();
});
