// A cache of a development version: one error, the user's decisions in a file, and a command that imports them.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { migrate } from "../../src/store/open-cache.ts";
import { currentFormat, migrations } from "../../src/store/file/schema.ts";
import { getHomeCachePath, createTestCache } from "../support/filled-cache.ts";
import { createOldCache } from "../support/old-cache.ts";
import { requireError, runCli } from "../support/run-cli.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

/** A home with a cache of a development version. */
function createOldHome(options?: { readonly hasDecisions: boolean }): string {
  const home = createTempDirectory("rewind-old");
  createOldCache(getHomeCachePath(home), 35, options);
  return home;
}

const listSiblingFiles = (path: string): string[] => readdirSync(dirname(path)).toSorted();

test("a cache of a development version is refused and unchanged, and a new cache can import its decisions", async () => {
  const home = createOldHome();
  const path = getHomeCachePath(home);
  const before = readFileSync(path);
  const saved = join(dirname(path), "rewind.decisions.json");
  for (const line of [["xref"], ["alias", "Can", "CAN"], ["links", "export"]]) {
    expect(requireError(await runCli(line, { home }), 1)).toBe(
      `rewind: the cache ${path} was made by a development version of rewind (format 35), which this one can't read\n` +
        "It was not changed; your decisions were saved. Move it away, then make a new cache that has them:\n" +
        `rewind links import ${saved} && rewind sync\n`,
    );
  }
  const { stdout: examined } = await runCli(["doctor", "--offline"], { home });
  expect(examined).toMatch(/cache +\S+ was made by a development version of rewind \(format 35\)/);
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(listSiblingFiles(path)).toEqual(["rewind.db", "rewind.decisions.json"]);
  expect(statSync(saved).mode & 0o777).toBe(0o600);

  const other = createTempDirectory("rewind-new");
  const { code, stdout } = await runCli(["links", "import", saved], { home: other });
  expect(code).toBe(0);
  expect(stdout).toMatch(/decisions 1, aliases 1, plays 1/);
  const exported = await runCli(["links", "export"], { home: other });
  expect(exported.stdout).toBe(readFileSync(saved, "utf8"));
});

test("no existing file is overwritten", async () => {
  const home = createOldHome();
  const path = getHomeCachePath(home);
  const taken = join(dirname(path), "rewind.decisions.json");
  writeFileSync(taken, "something else", { mode: 0o600 });
  const { stderr } = await runCli(["xref"], { home });
  expect(stderr).toContain(`rewind links import ${join(dirname(path), "rewind.decisions.2.json")} &&`);
  expect(readFileSync(taken, "utf8")).toBe("something else");
});

test("saves no file if there are no decisions", async () => {
  const home = createOldHome({ hasDecisions: false });
  expect(requireError(await runCli(["xref"], { home }), 1)).toMatch(
    /It holds no decisions of yours and was not changed\. Move it away, then run: rewind sync\n$/,
  );
  expect(listSiblingFiles(getHomeCachePath(home))).toEqual(["rewind.db"]);
});

test("a migration of a later release runs once, after the decisions were saved", () => {
  const database = createTestCache();
  database.exec("INSERT INTO alias VALUES ('CAN', 'Can')");
  const added = [...migrations, "ALTER TABLE alias ADD COLUMN since_uts INTEGER"];
  migrate(database, added);
  migrate(database, added);
  expect(database.pragma("user_version", { simple: true })).toBe(currentFormat + 1);
  expect(database.prepare("SELECT * FROM alias").raw().all()).toEqual([["CAN", "Can", null]]);
  expect(listSiblingFiles(database.name)).toContain("rewind.decisions.json");
});
