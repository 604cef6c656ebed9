// Old caches open with all that they hold; before their tables change, the user's decisions are copied beside them.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { parseDecisionDocument } from "../../src/queries/decisions/decision-document.ts";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open.ts";
import { writeAlias } from "../../src/store/decision-book.ts";
import { copyDecisions } from "../../src/store/decision-copies.ts";
import { decisionDocument } from "../../src/store/decision-document.ts";
import { formerMigrations } from "../../src/store/former-formats.ts";
import { applicationId, baseFormat, baseTables, currentFormat, migrations } from "../../src/store/schema.ts";
import { tempDirectory } from "../support/temp.ts";

/** The first format that knew decisions. */
const firstWithDecisions = 2;

/** A cache as an earlier version left it: two records, one of them decided on, and a walk under way. */
function oldCache(format: number, { decisions = 1 } = {}): string {
  const path = join(tempDirectory("rewind-old"), "rewind.db");
  const database = new Sqlite(path);
  const sinceBase = format - baseFormat;
  const making =
    sinceBase < 0 ? formerMigrations.slice(0, format) : [baseTables, ...migrations.slice(0, sinceBase)];
  for (const sql of making) database.exec(sql);
  database.pragma(`application_id = ${applicationId}`);
  database.pragma(`user_version = ${format}`);
  database.exec(`
    INSERT INTO release (id, title, genres, styles, artist, kind, form) VALUES (11, 'Tago Mago', '[]', '[]', 'Can', 'album', 'LP');
    INSERT INTO record (id, instance_id, release_id, rating) VALUES (17, 501, 11, 4), (23, 502, 11, 0);
    INSERT INTO record (id, instance_id, release_id, rating) VALUES (40, 503, 11, 0);
    DELETE FROM record WHERE id = 40;
    INSERT INTO album (artist, title, play_count) VALUES ('Can', 'Tago Mago', 7);
    INSERT INTO match (record_id, type, confidence, rule, decided_by, artist_name, album_id, play_count)
      VALUES (17, 'exact', 1, 'title', 'matcher', 'Can', 1, 7);
    INSERT INTO credit VALUES (17, 1, 'title', 1);
    INSERT INTO account VALUES ('discogs', 'CrateDigger');
    INSERT INTO publication VALUES ('collection', 1700000000, 1700000000, 1700000000, '{}');
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

/** Each part of a schema, without layout and notes. */
function schemaOf(database: Database): unknown {
  const parts = database
    .prepare<[], [string, string]>("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    .raw()
    .all();
  return parts.map(([name, sql]) => [name, sql.replace(/--[^\n]*/g, "").replace(/\s+/g, "")]);
}

const copiesBeside = (path: string): string[] =>
  readdirSync(dirname(path))
    .filter((name) => name.includes("decisions"))
    .toSorted();

describe.each(Array.from({ length: currentFormat - 1 }, (_, at) => at + 1))(
  "a cache of format %i",
  (format) => {
    test("opens, with its ids and decisions", () => {
      const path = oldCache(format);
      const database = openDatabase(path, { mode: "read" });
      expect(database?.pragma("user_version", { simple: true })).toBe(currentFormat);
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

    test("has the tables of a new one, and all its rows", () => {
      const database = openDatabase(oldCache(format), { mode: "write" });
      const fresh = openDatabase(join(tempDirectory(), "rewind.db"), { mode: "write" });
      if (!database || !fresh) throw new Error("no cache");
      expect(schemaOf(database)).toEqual(schemaOf(fresh));
      const kept = ["match", "credit", "account", "publication", "walk"].map((table) => [
        table,
        database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
      ]);
      expect(kept.filter(([, rows]) => rows !== 1)).toEqual([]);
      expect(database.pragma("foreign_keys", { simple: true })).toBe(1);
      expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
      database.exec(`
        INSERT INTO record (instance_id, release_id, rating) VALUES (504, 11, 0);
        INSERT INTO account VALUES ('listenbrainz', 'NightOwl');
        DELETE FROM album`);
      expect(database.prepare("SELECT max(id) FROM record").pluck().get(), "an id of before").toBe(41);
      expect(database.prepare("SELECT album_id FROM match").pluck().get()).toBeNull();
      expect(database.prepare("SELECT count(*) FROM credit").pluck().get()).toBe(0);
      database.close();
      fresh.close();
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

test("the spins of a record are what they were before they were kept beside its plays", () => {
  const path = oldCache(baseFormat);
  const before = new Sqlite(path);
  before.exec("INSERT INTO album_spin VALUES (1, 3, 1700000000)");
  before.close();
  const database = openDatabase(path, { mode: "read" });
  expect(database?.prepare("SELECT spins, last_spin_uts FROM match").raw().all()).toEqual([[3, 1700000000]]);
  database?.close();
});

test("of the copies the newest three are kept, and an equal one is none", () => {
  const path = oldCache(formerMigrations.length, { decisions: 0 });
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
  const path = oldCache(formerMigrations.length);
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
