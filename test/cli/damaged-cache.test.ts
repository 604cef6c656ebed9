import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { memoryServices } from "../../src/demo/memory-services.ts";
import { sampleAccounts, sampleListings } from "../../src/demo/demo-sample.ts";
import { sampled } from "../support/sample.ts";
import { everyCommandLine } from "../support/declarations.ts";
import { everyDamage } from "../support/damage.ts";
import { runDamaged, sampleNowMs } from "../support/damaged-run.ts";
import { cacheIn } from "../support/filled-cache.ts";
import { pick, seeded } from "../support/random.ts";
import { runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { tempDirectory } from "../support/temp.ts";

// All of it: test/trials/damage.trial.ts.
test("no command prints a stack trace for a damaged cache", { timeout: 120_000 }, async () => {
  const random = seeded(11);
  const sound = cacheIn(await sampleHome(sampleNowMs));
  const home = tempDirectory("rewind-damaged");
  const lines = await everyCommandLine();
  const damages = everyDamage(sound);
  const faults: string[] = [];
  for (const argv of sampled("damaged", lines, 45)) {
    const damage = pick(random, damages);
    rmSync(dirname(cacheIn(home)), { recursive: true, force: true });
    const fault = await runDamaged(sound, home, { damage, argv, random, tty: random() < 0.5 });
    if (fault !== null) faults.push(`${damage.name}: rewind ${argv.join(" ")}\n${fault}`);
  }
  expect(faults).toEqual([]);
});

async function damagedHome(change: (database: Sqlite.Database) => void): Promise<string> {
  const home = await sampleHome(sampleNowMs);
  const database = new Sqlite(cacheIn(home));
  database.pragma("foreign_keys = OFF");
  change(database);
  database.close();
  return home;
}

test.each<[string, (database: Sqlite.Database) => void, string[], RegExp]>([
  ["a missing table", (open) => open.exec("DROP TABLE alias"), ["alias", "list"], /table alias is missing/],
  [
    "a missing column",
    (open) => open.exec("ALTER TABLE match DROP COLUMN last_spin_uts"),
    ["dusty"],
    /match\.last_spin_uts is missing/,
  ],
  [
    "no JSON where JSON belongs",
    (open) => open.exec("UPDATE publication SET detail = '{'"),
    ["xref"],
    /publication\.detail holds a value that rewind never writes/,
  ],
])("%s is reported as damage, with what to do", async (_, change, argv, what) => {
  const { code, stderr } = await runCli(argv, { home: await damagedHome(change), now: sampleNowMs });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^rewind: the cache .* is damaged/);
  expect(stderr).toMatch(what);
  expect(stderr).toMatch(
    /Move it away and run: rewind sync\nTo restore your decisions: rewind links import FILE\n$/,
  );
});

test("a damaged cache's error names the saved decisions", async () => {
  const home = await damagedHome((open) => open.exec("DROP TABLE match"));
  const kept = join(dirname(cacheIn(home)), "rewind.decisions.json");
  writeFileSync(kept, "{}");
  const { stderr } = await runCli(["xref"], { home });
  expect(stderr).toContain(`rewind links import ${kept}\n`);
});

test("a cache with tables but no format is damaged and not written to", async () => {
  const home = await damagedHome((open) => open.pragma("user_version = 0"));
  for (const argv of [["xref"], ["status"], ["sync"]]) {
    const { code, stderr } = await runCli(argv, {
      home,
      services: memoryServices(sampleListings(sampleNowMs)),
      accounts: sampleAccounts,
    });
    expect({ code, argv }).toEqual({ code: 1, argv });
    expect(stderr).toMatch(/is damaged: /);
  }
  expect((await runCli(["doctor", "--offline"], { home })).stdout).toMatch(/is damaged: /);
  const database = new Sqlite(cacheIn(home), { readonly: true });
  expect(database.pragma("user_version", { simple: true })).toBe(0);
  database.close();
});
