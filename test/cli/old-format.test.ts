// A cache of a development version: one error, the user's decisions in a file, and a command that imports them.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { migrate } from "../../src/store/open-cache.ts";
import { applicationId, currentFormat, firstFormat } from "../../src/store/file/schema.ts";
import { cacheIn, openCache } from "../support/filled-cache.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

/** The tables that hold what the user decided, as each of these formats had them. */
const decisions = `
  CREATE TABLE decision (release_id INTEGER NOT NULL, instance_id INTEGER NOT NULL, mode TEXT NOT NULL,
    decided_uts INTEGER NOT NULL, PRIMARY KEY (release_id, instance_id)) STRICT, WITHOUT ROWID;
  CREATE TABLE decision_album (release_id INTEGER NOT NULL, instance_id INTEGER NOT NULL, artist TEXT NOT NULL,
    title TEXT NOT NULL, verdict TEXT NOT NULL, PRIMARY KEY (release_id, instance_id, artist, title)) STRICT, WITHOUT ROWID;
  CREATE TABLE alias (name TEXT PRIMARY KEY, same_as TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO decision VALUES (11, 0, 'adjust', 1700000000);
  INSERT INTO decision_album VALUES (11, 0, 'Can', 'Tago Mago', 'add');
  INSERT INTO alias VALUES ('CAN', 'Can');`;
const memory = `
  CREATE TABLE hidden_album (artist TEXT NOT NULL, title TEXT NOT NULL, hidden_uts INTEGER NOT NULL,
    PRIMARY KEY (artist, title)) STRICT, WITHOUT ROWID;
  CREATE TABLE review_note (release_id INTEGER NOT NULL, subject TEXT NOT NULL, verdict TEXT NOT NULL,
    noted_uts INTEGER NOT NULL, PRIMARY KEY (release_id, subject)) STRICT, WITHOUT ROWID;
  INSERT INTO hidden_album VALUES ('Neu!', 'Neu!', 1700000000);
  INSERT INTO review_note VALUES (11, '[]', 'skipped', 1700000000);`;
const plays = `
  CREATE TABLE noted_play (uuid TEXT PRIMARY KEY, release_id INTEGER NOT NULL, instance_id INTEGER,
    start_uts INTEGER NOT NULL, last_uts INTEGER NOT NULL, from_uts INTEGER NOT NULL, to_uts INTEGER NOT NULL,
    precision TEXT NOT NULL, source TEXT NOT NULL, note TEXT NOT NULL, noted_uts INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE noted_track (uuid TEXT NOT NULL, place INTEGER NOT NULL, position TEXT NOT NULL, artist TEXT NOT NULL,
    title TEXT NOT NULL, album TEXT NOT NULL, album_artist TEXT NOT NULL, duration_seconds INTEGER NOT NULL,
    is_guessed INTEGER NOT NULL, uts INTEGER, is_given INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT,
    PRIMARY KEY (uuid, place)) STRICT, WITHOUT ROWID;
  CREATE TABLE snooze (artist TEXT NOT NULL, title TEXT NOT NULL, until_uts INTEGER, snoozed_uts INTEGER NOT NULL,
    PRIMARY KEY (artist, title)) STRICT, WITHOUT ROWID;
  INSERT INTO noted_play VALUES ('5b0ba1f4-3a8e-4d35-9d3c-0d4d7c6f2a11', 11, NULL, 1700000000, 1700000900, 1700000000,
    1700001800, 'time', 'user', 'loud', 1700002000);
  INSERT INTO noted_track VALUES ('5b0ba1f4-3a8e-4d35-9d3c-0d4d7c6f2a11', 0, 'A1', 'Can', 'Paperhouse', 'Tago Mago',
    'Can', 449, 0, 1700000000, 1, 'sent', NULL);
  INSERT INTO snooze VALUES ('Faust', 'Faust IV', NULL, 1700000000);`;

/** A home with a cache of a development version. */
function oldHome(format: number, tables: string): string {
  const home = tempDirectory("rewind-old");
  const path = cacheIn(home);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, "", { mode: 0o600 });
  const database = new Sqlite(path);
  database.exec(`CREATE TABLE record (id INTEGER PRIMARY KEY) STRICT; ${tables}`);
  database.pragma(`application_id = ${applicationId}`);
  database.pragma(`user_version = ${format}`);
  database.close();
  return home;
}

const filesBeside = (path: string): string[] => readdirSync(dirname(path)).toSorted();

describe.each([
  { format: 2, tables: decisions, imported: /decisions 1, aliases 1/ },
  { format: 23, tables: decisions + memory + plays, imported: /plays 1/ },
])("a cache of format $format", ({ format, tables, imported }) => {
  test("is refused and unchanged, and its decisions can be imported into a new cache", async () => {
    const home = oldHome(format, tables);
    const path = cacheIn(home);
    const before = readFileSync(path);
    const saved = join(dirname(path), "rewind.decisions.json");
    for (const line of [["xref"], ["alias", "Can", "CAN"], ["links", "export"]]) {
      const { code, stdout, stderr } = await runCli(line, { home });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toBe(
        `rewind: the cache ${path} was made by a development version of rewind (format ${format}), which this one can't read\n` +
          "It was not changed; your decisions were saved. Move it away, then make a new cache that has them:\n" +
          `rewind links import ${saved} && rewind sync\n`,
      );
    }
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(filesBeside(path)).toEqual(["rewind.db", "rewind.decisions.json"]);
    expect(statSync(saved).mode & 0o777).toBe(0o600);

    const other = tempDirectory("rewind-new");
    const { code, stdout } = await runCli(["links", "import", saved], { home: other });
    expect(code).toBe(0);
    expect(stdout).toMatch(imported);
    const exported = await runCli(["links", "export"], { home: other });
    expect(exported.stdout).toBe(readFileSync(saved, "utf8"));
  });
});

test("no existing file is overwritten", async () => {
  const home = oldHome(23, decisions);
  const path = cacheIn(home);
  const taken = join(dirname(path), "rewind.decisions.json");
  writeFileSync(taken, "something else", { mode: 0o600 });
  const { stderr } = await runCli(["xref"], { home });
  expect(stderr).toContain(`rewind links import ${join(dirname(path), "rewind.decisions.2.json")} &&`);
  expect(readFileSync(taken, "utf8")).toBe("something else");
});

test("without decisions nothing is saved", async () => {
  const home = oldHome(1, "");
  const { code, stderr } = await runCli(["xref"], { home });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /It holds no decisions of yours and was not changed\. Move it away, then run: rewind sync\n$/,
  );
  expect(filesBeside(cacheIn(home))).toEqual(["rewind.db"]);
});

test("doctor names the format and what to do", async () => {
  const home = oldHome(23, decisions);
  const { stdout } = await runCli(["doctor", "--offline"], { home });
  expect(stdout).toMatch(/cache +\S+ was made by a development version of rewind \(format 23\)/);
});

test("a migration of a later release runs once, after the decisions were saved", () => {
  const path = join(tempDirectory(), "rewind.db");
  const database = openCache(path);
  expect(currentFormat).toBeGreaterThanOrEqual(firstFormat);
  database.exec("INSERT INTO alias VALUES ('CAN', 'Can')");
  const added = ["ALTER TABLE alias ADD COLUMN since_uts INTEGER"];
  migrate(database, added);
  migrate(database, added);
  expect(database.pragma("user_version", { simple: true })).toBe(firstFormat + 1);
  expect(database.prepare("SELECT * FROM alias").raw().all()).toEqual([["CAN", "Can", null]]);
  expect(filesBeside(path)).toContain("rewind.decisions.json");
  database.close();
});
