// A damaged cache is kept under another name, and what the user decided is carried into a new one.
import { existsSync } from "node:fs";
import { parse, join } from "node:path";
import { replaceFile } from "../host/replace-file.ts";
import { damageOf } from "./damage.ts";
import { connectReadonly, transact, type Database } from "./file/database.ts";
import { openDatabase } from "./open.ts";
import { copyRows, userTables } from "./saved-decisions.ts";

export interface SetAside {
  /** What the damaged cache is called now. */
  readonly path: string;
  /** Rows of what the user said that were carried over. */
  readonly salvaged: number;
  /** Tables that couldn't be read to their end. */
  readonly lost: readonly string[];
}

/** Leaves an empty cache with the user's decisions in place of the damaged one, which is never deleted. */
export function setAside(path: string, day: string): SetAside {
  const aside = freeName(path, day);
  for (const companion of ["", "-wal", "-shm"]) {
    if (existsSync(path + companion)) replaceFile(path + companion, aside + companion);
  }
  const fresh = openDatabase(path, { mode: "write" });
  if (fresh === undefined) return { path: aside, salvaged: 0, lost: userTables };
  try {
    const carried = carryOver(aside, fresh);
    if (damageOf(path) === null) return { path: aside, ...carried };
    // What was read is no decision of anybody.
    const tables = [...userTables, "tombstone", "artist", "sqlite_sequence"];
    transact(fresh, () => fresh.exec(tables.map((table) => `DELETE FROM ${table};`).join(" ")));
    return { path: aside, salvaged: 0, lost: userTables };
  } finally {
    fresh.close();
  }
}

/** rewind.damaged-2026-03-14.db, then …-2.db */
function freeName(path: string, day: string): string {
  const { dir, name, ext } = parse(path);
  for (let at = 1; ; at += 1) {
    const aside = join(dir, `${name}.damaged-${day}${at === 1 ? "" : `-${at}`}${ext}`);
    if (!existsSync(aside)) return aside;
  }
}

function carryOver(from: string, into: Database): Pick<SetAside, "salvaged" | "lost"> {
  let damaged: Database;
  try {
    damaged = connectReadonly(from);
  } catch {
    return { salvaged: 0, lost: userTables };
  }
  try {
    const copied = userTables.map((table) => ({ table, rows: copyRows(damaged, into, table) }));
    keepRecordIds(damaged, into);
    // Programs know artists by their numbers.
    copyRows(damaged, into, "artist");
    return {
      salvaged: copied.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
      lost: copied.filter(({ rows }) => rows === null).map(({ table }) => table),
    };
  } finally {
    damaged.close();
  }
}

/** As if all records had left the shelf: those that the next sync brings have their old ids, and no other has one. */
function keepRecordIds(from: Database, into: Database): void {
  const copy = into.prepare(
    "INSERT OR IGNORE INTO tombstone (instance_id, record_id, removed_uts) VALUES (?, ?, 0)",
  );
  const raise = into.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('record', ?)");
  try {
    transact(into, () => {
      let highest = 0;
      for (const [instanceId, id] of recordIds(from)) {
        if (!isId(instanceId) || !isId(id)) continue;
        copy.run(instanceId, id);
        highest = Math.max(highest, id);
      }
      if (highest > 0) raise.run(highest);
    });
  } catch {
    // Not readable any more: the records get new ids.
  }
}

function recordIds(database: Database): IterableIterator<[unknown, unknown]> {
  return database
    .prepare<[], [unknown, unknown]>(
      "SELECT instance_id, id FROM record UNION ALL SELECT instance_id, record_id FROM tombstone",
    )
    .raw()
    .iterate();
}

function isId(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
