// Caches in which every text that came from outside is hostile, or every number at an end of its range. What columns
// there are, SQLite's own schema says, so that a new table or column enters by itself.
import { readFileSync, rmSync } from "node:fs";
import type { Database } from "../../src/store/file/database.ts";
import { getPlayingNowPath, savePlayingNow } from "../../src/host/playing-now-file.ts";
import { saveAlias } from "../../src/store/decisions/user-decisions.ts";
import { rematch } from "../../src/sync/matching/rematch.ts";
import { getHomeCachePath, openCache, writeCacheFile } from "../support/filled-cache.ts";
import { runCli } from "../support/run-cli.ts";
import {
  allMatchCases,
  nowUts,
  createSmallCollection,
  type BriefRecord,
} from "../support/small-collection.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { longHostileText, makeHostile, makeHostileUrl } from "./hostile-text.ts";

/** Words of our own, which no service and no user chooses. */
const ownColumns = new Set([
  "account.service",
  "album_match.rule",
  "fact.name",
  "fact.value",
  "former_match.type",
  "match.rule",
  "merge_quarter.clock",
  "publication.detail",
  "publication.step",
  "record.digest",
  "release.digest",
  "release.kind",
  "checkpoint.state",
  "checkpoint.step",
]);

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  /** A closed set, where the table has one. */
  readonly allowed: readonly string[];
}

type Change = (database: Database) => void;

/** Caches by what was done to them. */
const cachedFiles = new Map<Change, Buffer>();

/** Works only inside a test. */
export async function hostileHome() {
  const hostile = await createHomeWith(poisonDatabase);
  const [{ artist, title }] = allMatchCases.records as [BriefRecord];
  savePlayingNow(getPlayingNowPath(getHomeCachePath(hostile.home)), {
    artist: makeHostile(artist),
    title: longHostileText,
    album: makeHostile(title),
    lengthSeconds: 86_400,
    startedUts: nowUts,
    client: longHostileText,
  });
  return hostile;
}

/** Numbers and times at their least, or at their most. Only inside a test. */
export function createExtremeHome(end: "least" | "most") {
  return createHomeWith(end === "least" ? setSmallestNumbers : setLargestNumbers);
}

async function createHomeWith(change: Change) {
  const bytes = cachedFiles.get(change) ?? (await makeCache(change));
  cachedFiles.set(change, bytes);
  const home = createTempDirectory("rewind-gate");
  /** Throws away what a command wrote into the cache. */
  const restoreCache = (): void => {
    for (const tail of ["-wal", "-shm"]) rmSync(getHomeCachePath(home) + tail, { force: true });
    writeCacheFile(getHomeCachePath(home), bytes);
  };
  restoreCache();
  return { home, renew: restoreCache };
}

async function makeCache(change: Change): Promise<Buffer> {
  const { home, path } = await createSmallCollection(allMatchCases);
  const now = nowUts * 1000;
  for (const argv of [
    ["link", "4", "--add", "a3"],
    ["link", "12", "--none"],
    ["gaps", "hide", "a2"],
    ["pick", "--seed", "1"],
    ["pick"],
  ]) {
    const { code, stderr } = await runCli(argv, { home, now });
    if (code !== 0) throw new Error(`rewind ${argv.join(" ")}: ${stderr}`);
  }
  const database = openCache(path);
  saveAlias(database, "Some Name", "Another Name");
  fillEmptyTables(database);
  change(database);
  // The next command would merge the plays again, and so replace what was changed.
  database.exec("UPDATE merge_quarter SET is_due = 0");
  // Derived from the names, and worked out again from those of now.
  database.exec("UPDATE album SET words = NULL; UPDATE release SET words = NULL");
  rematch(database);
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
  return readFileSync(path);
}

function listTables(database: Database): string[] {
  return database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all();
}

function readColumns(database: Database, table: string): Column[] {
  const sql = String(database.prepare("SELECT sql FROM sqlite_schema WHERE name = ?").pluck().get(table));
  return database
    .prepare<[string], { name: string; type: string; notnull: number; pk: number }>(
      'SELECT name, type, "notnull", pk FROM pragma_table_info(?)',
    )
    .all(table)
    .map(({ name, type, notnull, pk }) => {
      const set = new RegExp(`\\b${name} IN \\(([^)]*)\\)`).exec(sql)?.[1] ?? "";
      const allowed = [...set.matchAll(/'([^']*)'/g)].map(([, word = ""]) => word);
      return { table, name, type, isNullable: notnull === 0 && pk === 0, allowed };
    });
}

/** A row in each table that has none; first in those that it refers to. */
function fillEmptyTables(database: Database): void {
  const fillTable = (table: string): void => {
    if (database.prepare(`SELECT 1 FROM ${table}`).get() !== undefined) return;
    const keys = new Map(
      database
        .prepare<[string], { from: string; table: string; to: string }>(
          'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)',
        )
        .all(table)
        .map((key) => [key.from, key]),
    );
    for (const key of keys.values()) fillTable(key.table);
    const columns = readColumns(database, table);
    const values = columns.map((column) => {
      const key = keys.get(column.name);
      if (key !== undefined)
        return database.prepare(`SELECT ${key.to} FROM ${key.table} LIMIT 1`).pluck().get();
      if (column.allowed.length > 0) return column.allowed[0];
      if (column.type !== "TEXT") return 1;
      return ownColumns.has(`${table}.${column.name}`)
        ? "{}"
        : isJsonColumn(column)
          ? '["Something"]'
          : "Something";
    });
    const names = columns.map(({ name }) => name).join(", ");
    database
      .prepare(`INSERT INTO ${table} (${names}) VALUES (${columns.map(() => "?").join(", ")})`)
      .run(values);
  };
  for (const table of listTables(database)) fillTable(table);
  database.exec(
    `INSERT OR REPLACE INTO former_match SELECT record_id, 'exact', 1, '[["Some Artist", "Some Album"]]', 3 FROM match LIMIT 3`,
  );
}

/** Columns whose text is JSON, where there is no row to tell. */
function isJsonColumn({ table, name }: Column): boolean {
  return table === "staged_record" || table === "staged_want"
    ? name === "release" || name === "field_values"
    : table === "former_match" && name === "albums";
}

function poisonDatabase(database: Database): void {
  database.function("poison", (text: unknown) => poisonValue(text));
  database.function("poison_url", (text: unknown) => makeHostileUrl(String(text)));
  const spared = new Set<string>();
  // Keys are poisoned too, and what refers to them in the same way.
  database.pragma("foreign_keys = OFF");
  for (const { table, name, allowed } of listTables(database)
    .flatMap((each) => readColumns(database, each))
    .filter(({ type }) => type === "TEXT")) {
    const column = `${table}.${name}`;
    if (ownColumns.has(column) || allowed.length > 0) {
      spared.add(column);
      continue;
    }
    const value = /(^|_)url$/.test(name) ? `poison_url(${name})` : `poison(${name})`;
    database.exec(`UPDATE ${table} SET ${name} = ${value} WHERE ${name} IS NOT NULL`);
  }
  database.pragma("foreign_keys = ON");
  if (database.prepare("PRAGMA foreign_key_check").get() !== undefined) throw new Error("a key lost its row");
  for (const column of ownColumns) {
    if (!spared.has(column)) throw new Error(`there is no column ${column}: take it out of the list`);
  }
}

function poisonValue(value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (!/^[[{]/.test(value)) return makeHostile(value);
  try {
    return JSON.stringify(poisonJson(JSON.parse(value)));
  } catch {
    return makeHostile(value);
  }
}

function poisonJson(value: unknown): unknown {
  if (typeof value === "string") return makeHostile(value);
  if (Array.isArray(value)) return value.map(poisonJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, poisonJson(each)]));
}

/** The last second that a service can name: what is later is unknown by then. */
const maxUts = nowUts + 86_400;

const setSmallestNumbers = (database: Database): void =>
  setExtremeNumbers(database, { uts: 0, count: 0, share: 0 });
const setLargestNumbers = (database: Database): void =>
  setExtremeNumbers(database, { uts: maxUts, count: Number.MAX_SAFE_INTEGER, share: 1 });

interface ExtremeValues {
  readonly uts: number;
  readonly count: number;
  readonly share: number;
}

/** All but keys, places in a list, and what the table itself holds to a range. */
function setExtremeNumbers(database: Database, { uts, count, share }: ExtremeValues): void {
  for (const table of listTables(database)) {
    const keys = new Set(
      database
        .prepare<[{ table: string }], string>(
          'SELECT name FROM pragma_table_info(@table) WHERE pk > 0 UNION SELECT "from" FROM pragma_foreign_key_list(@table)',
        )
        .pluck()
        .all({ table }),
    );
    for (const { name, type } of readColumns(database, table)) {
      if (type === "TEXT") continue;
      if (keys.has(name) || /(?:^|_)(?:id|position|seen|before)$/.test(name)) continue;
      const value = name.endsWith("uts") ? uts : type === "REAL" ? share : count;
      try {
        database.exec(`UPDATE ${table} SET ${name} = ${value} WHERE ${name} IS NOT NULL`);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.includes("CHECK constraint failed")) throw error;
      }
    }
  }
}
