// Old caches open with all that they hold; before their tables change, the user's decisions are copied beside them.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { parseDecisionDocument } from "../../src/queries/decisions/decision-document.ts";
import { applicationId, openDatabase } from "../../src/store/database.ts";
import { writeAlias } from "../../src/store/decision-book.ts";
import { copyDecisions } from "../../src/store/decision-copies.ts";
import { decisionDocument } from "../../src/store/decision-document.ts";
import { migrations } from "../../src/store/schema.ts";
import { tempDirectory } from "../support/temp.ts";

/** The first format that knew decisions. */
const firstWithDecisions = 2;

/** A cache as an earlier version left it: two records, one of them decided on, and a walk under way. */
function oldCache(format: number, { decisions = 1 } = {}): string {
  const path = join(tempDirectory("rewind-old"), "rewind.db");
  const database = new Sqlite(path);
  for (const { sql } of migrations.slice(0, format)) database.exec(sql);
  database.pragma(`application_id = ${applicationId}`);
  database.pragma(`user_version = ${format}`);
  database.exec(`
    INSERT INTO release (id, title, genres, styles, artist, kind, form) VALUES (11, 'Tago Mago', '[]', '[]', 'Can', 'album', 'LP');
    INSERT INTO record (id, instance_id, release_id, rating) VALUES (17, 501, 11, 4), (23, 502, 11, 0);
    INSERT INTO walk (step, started_uts, state) VALUES ('history', 1700000000, '{}')`);
  if (format >= firstWithDecisions) decide(database, decisions);
  database.close();
  return path;
}

function decide(database: Sqlite.Database, count: number): void {
  for (let n = 0; n < count; n += 1) {
    database.exec(`
      INSERT INTO decision VALUES (11, ${501 + n}, 'adjust', 1700000000);
      INSERT INTO decision_album VALUES (11, ${501 + n}, 'Can', 'Tago Mago', 'add')`);
  }
  if (count > 0) database.exec("INSERT OR REPLACE INTO alias VALUES ('CAN', 'Can')");
}

const copiesBeside = (path: string): string[] =>
  readdirSync(dirname(path))
    .filter((name) => name.includes("decisions"))
    .toSorted();

describe.each(migrations.slice(0, -1).map(({ name }, at) => [at + 1, name] as const))(
  "a cache of format %i (%s)",
  (format) => {
    test("opens, with its ids and decisions", () => {
      const path = oldCache(format);
      const database = openDatabase(path, { mode: "read" });
      expect(database?.pragma("user_version", { simple: true })).toBe(migrations.length);
      expect(database?.prepare("SELECT id, instance_id, rating FROM record ORDER BY id").raw().all()).toEqual(
        [
          [17, 501, 4],
          [23, 502, 0],
        ],
      );
      expect(database?.prepare("SELECT count(*) FROM decision").pluck().get()).toBe(
        format >= firstWithDecisions ? 1 : 0,
      );
      expect(database?.pragma("foreign_key_check")).toEqual([]);
      database?.close();
    });

    test.runIf(format >= firstWithDecisions)("its decisions are copied first, for their owner alone", () => {
      const path = oldCache(format);
      const database = openDatabase(path, { mode: "write" });
      if (!database) throw new Error("no cache");
      const copy = join(dirname(path), "rewind.decisions.json");
      expect(JSON.parse(readFileSync(copy, "utf8"))).toEqual(decisionDocument(database));
      expect(parseDecisionDocument(readFileSync(copy, "utf8"))).toMatchObject({
        decisions: [{ releaseId: 11, instanceId: 501, add: [{ artist: "Can", title: "Tago Mago" }] }],
        aliases: [{ name: "CAN", sameAs: "Can" }],
      });
      expect(statSync(copy).mode & 0o777).toBe(0o600);
      database.close();
      openDatabase(path, { mode: "write" })?.close();
      expect(copiesBeside(path)).toEqual(["rewind.decisions.json"]);
    });
  },
);

test("of the copies the newest three are kept, and an equal one is none", () => {
  const path = oldCache(migrations.length - 1, { decisions: 0 });
  const database = openDatabase(path, { mode: "write" });
  if (!database) throw new Error("no cache");
  expect(copiesBeside(path)).toEqual([]);
  for (let n = 1; n <= 5; n += 1) {
    writeAlias(database, `Name ${n}`, "Can");
    copyDecisions(database);
    copyDecisions(database);
  }
  database.close();
  const newestFirst = ["rewind.decisions.json", "rewind.decisions.2.json", "rewind.decisions.3.json"];
  expect(copiesBeside(path)).toEqual(newestFirst.toSorted());
  const aliases = newestFirst.map(
    (name) => parseDecisionDocument(readFileSync(join(dirname(path), name), "utf8")).aliases.length,
  );
  expect(aliases).toEqual([5, 4, 3]);
});

test("the error of a damaged cache names the copy", () => {
  const path = oldCache(migrations.length - 1);
  openDatabase(path, { mode: "write" })?.close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, 100, 4096);
  writeFileSync(path, bytes);
  let hint = "";
  try {
    openDatabase(path, { mode: "read" });
  } catch (error) {
    hint = (error as { hint: string }).hint;
  }
  expect(hint).toContain(`rewind links import ${join(dirname(path), "rewind.decisions.json")}`);
});
