import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { sampleItems } from "../support/sampling.ts";
import { listCommandLines } from "../support/declarations.ts";
import { listDamages } from "../support/file-damage.ts";
import { runDamaged } from "../support/damaged-run.ts";
import { getHomeCachePath, withHomeCache } from "../support/filled-cache.ts";
import { pickItem, createSeededRandom } from "../support/random.ts";
import { requireError, runCli } from "../support/run-cli.ts";
import { sampleHome, createSampleSync } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

/** REWIND_DAMAGES=all tries every line over every damage, which takes an hour. */
const isExhaustive = process.env["REWIND_DAMAGES"] === "all";

test("no command prints a stack trace for a damaged cache", { timeout: 3_600_000 }, async () => {
  const random = createSeededRandom(Number(process.env["REWIND_SEED"] ?? 11));
  const sound = getHomeCachePath(await sampleHome());
  const home = createTempDirectory("rewind-damaged");
  // The demo has a cache of its own.
  const lines = (await listCommandLines()).filter(([name]) => name !== "demo");
  const damages = listDamages(sound);
  const faults: string[] = [];
  for (const argv of isExhaustive ? lines : sampleItems("damaged", lines, 45)) {
    for (const damage of isExhaustive ? damages : [pickItem(random, damages)]) {
      rmSync(dirname(getHomeCachePath(home)), { recursive: true, force: true });
      const fault = await runDamaged(sound, home, { damage, argv, random, tty: random() < 0.5 });
      if (fault !== null) faults.push(`${damage.name}: rewind ${argv.join(" ")}\n${fault}`);
    }
  }
  expect(faults).toEqual([]);
});

async function createDamagedHome(sql: string): Promise<string> {
  const home = await sampleHome();
  withHomeCache(home, (database) => void database.exec(sql));
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
  const home = await createDamagedHome(sql);
  const stderr = requireError(await runCli(argv, { home }), 1);
  expect(stderr).toMatch(/^rewind: the cache .* is damaged/);
  expect(stderr).toMatch(what);
  const remedy = "To repair it: rewind doctor --fix        Or move it away and run: rewind sync\n";
  expect(stderr).toMatch(new RegExp(`${remedy}$`));
  const kept = join(dirname(getHomeCachePath(home)), "rewind.decisions.json");
  writeFileSync(kept, "{}");
  const restore = `To restore your decisions: rewind links import ${kept}
`;
  expect((await runCli(argv, { home })).stderr).toContain(remedy + restore);
});

test("a cache with tables but no format is damaged and not written to", async () => {
  const home = await createDamagedHome("PRAGMA user_version = 0");
  for (const argv of [["xref"], ["status"], ["sync"]]) {
    const { code, stderr } = await runCli(argv, { home, ...createSampleSync() });
    expect({ code, argv }).toEqual({ code: 1, argv });
    expect(stderr).toMatch(/is damaged: /);
  }
  expect((await runCli(["doctor", "--offline"], { home })).stdout).toMatch(/is damaged: /);
  const database = new Sqlite(getHomeCachePath(home), { readonly: true });
  expect(database.pragma("user_version", { simple: true })).toBe(0);
  database.close();
});
