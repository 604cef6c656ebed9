// A cache of a development version: one error, the user's decisions in a file, and a command that imports them.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { writeNotedPlays } from "../../src/store/decisions/noted-plays.ts";
import type { Database } from "../../src/store/file/database.ts";
import { migrate } from "../../src/store/open-cache.ts";
import { currentFormat, firstFormat } from "../../src/store/file/schema.ts";
import { cacheIn, inCache, newCache } from "../support/filled-cache.ts";
import { notedPlay, notedTrack } from "../support/noted.ts";
import { errorOf, runCli } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

function decide(database: Database): void {
  database.exec(`
    INSERT INTO decision VALUES (11, 0, 'adjust', 1700000000);
    INSERT INTO decision_album VALUES (11, 0, 'Can', 'Tago Mago', 'add');
    INSERT INTO alias VALUES ('CAN', 'Can');
    INSERT INTO hidden_album VALUES ('Neu!', 'Neu!', 1700000000);
    INSERT INTO review_note VALUES (11, '[]', 'skipped', 1700000000);
    INSERT INTO snooze VALUES ('Faust', 'Faust IV', NULL, 1700000000)`);
  writeNotedPlays(database, [
    notedPlay({ releaseId: 11, from: "2024-05-01T20:00:00Z", tracks: [notedTrack()] }),
  ]);
}

/** A home with a cache of a development version, whose tables are not quite those of now. */
function oldHome(work: (database: Database) => void): string {
  const home = tempDirectory("rewind-old");
  inCache(home, (database) => {
    work(database);
    database.exec(`
      DROP TABLE recognised_track;
      ALTER TABLE noted_track DROP COLUMN is_inferred;
      ALTER TABLE noted_track ADD COLUMN is_given INTEGER;
      PRAGMA user_version = 23;
      PRAGMA journal_mode = DELETE`);
  });
  return home;
}

const filesBeside = (path: string): string[] => readdirSync(dirname(path)).toSorted();

test("a cache of a development version is refused and unchanged, and a new cache can import its decisions", async () => {
  const home = oldHome(decide);
  const path = cacheIn(home);
  const before = readFileSync(path);
  const saved = join(dirname(path), "rewind.decisions.json");
  for (const line of [["xref"], ["alias", "Can", "CAN"], ["links", "export"]]) {
    expect(errorOf(await runCli(line, { home }), 1)).toBe(
      `rewind: the cache ${path} was made by a development version of rewind (format 23), which this one can't read\n` +
        "It was not changed; your decisions were saved. Move it away, then make a new cache that has them:\n" +
        `rewind links import ${saved} && rewind sync\n`,
    );
  }
  const { stdout: examined } = await runCli(["doctor", "--offline"], { home });
  expect(examined).toMatch(/cache +\S+ was made by a development version of rewind \(format 23\)/);
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(filesBeside(path)).toEqual(["rewind.db", "rewind.decisions.json"]);
  expect(statSync(saved).mode & 0o777).toBe(0o600);

  const other = tempDirectory("rewind-new");
  const { code, stdout } = await runCli(["links", "import", saved], { home: other });
  expect(code).toBe(0);
  expect(stdout).toMatch(/decisions 1, aliases 1, plays 1/);
  const exported = await runCli(["links", "export"], { home: other });
  expect(exported.stdout).toBe(readFileSync(saved, "utf8"));
});

test("no existing file is overwritten", async () => {
  const home = oldHome(decide);
  const path = cacheIn(home);
  const taken = join(dirname(path), "rewind.decisions.json");
  writeFileSync(taken, "something else", { mode: 0o600 });
  const { stderr } = await runCli(["xref"], { home });
  expect(stderr).toContain(`rewind links import ${join(dirname(path), "rewind.decisions.2.json")} &&`);
  expect(readFileSync(taken, "utf8")).toBe("something else");
});

test("without decisions nothing is saved", async () => {
  const home = oldHome(() => {});
  expect(errorOf(await runCli(["xref"], { home }), 1)).toMatch(
    /It holds no decisions of yours and was not changed\. Move it away, then run: rewind sync\n$/,
  );
  expect(filesBeside(cacheIn(home))).toEqual(["rewind.db"]);
});

test("a migration of a later release runs once, after the decisions were saved", () => {
  const database = newCache();
  expect(currentFormat).toBeGreaterThanOrEqual(firstFormat);
  database.exec("INSERT INTO alias VALUES ('CAN', 'Can')");
  const added = ["ALTER TABLE alias ADD COLUMN since_uts INTEGER"];
  migrate(database, added);
  migrate(database, added);
  expect(database.pragma("user_version", { simple: true })).toBe(firstFormat + 1);
  expect(database.prepare("SELECT * FROM alias").raw().all()).toEqual([["CAN", "Can", null]]);
  expect(filesBeside(database.name)).toContain("rewind.decisions.json");
});
