// Ways in which a cache comes to harm: bytes on the disk, the schema, what stands in the columns.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { pickInteger } from "./random.ts";

/** A whole number from 0 up to, but not including, `end`. */
const pickBelow = (random: () => number, end: number): number => pickInteger(random, 0, Math.ceil(end) - 1);

export interface Damage {
  readonly name: string;
  readonly apply: (path: string, random: () => number) => void;
}

function createByteDamage(
  name: string,
  change: (bytes: Buffer, random: () => number) => Buffer | void,
): Damage {
  return {
    name,
    apply: (path, random) => {
      const bytes = readFileSync(path);
      writeFileSync(path, change(bytes, random) ?? bytes);
    },
  };
}

const byteFlips = [1, 8, 64, 512].map((count) =>
  createByteDamage(`${count} bytes changed`, (bytes, random) => {
    for (let at = 0; at < count; at += 1) bytes[pickBelow(random, bytes.length)] = pickBelow(random, 256);
  }),
);

const pageSize = 4096;

const bytesDamage: readonly Damage[] = [
  ...byteFlips,
  createByteDamage("a byte of the header changed", (bytes, random) => {
    bytes[pickBelow(random, 100)] = pickBelow(random, 256);
  }),
  ...[0x00, 0xff].map((fill) =>
    createByteDamage(`a page of ${fill}`, (bytes, random) => {
      const from = pickBelow(random, bytes.length / pageSize) * pageSize;
      bytes.fill(fill, from, from + pageSize);
    }),
  ),
  createByteDamage("two pages exchanged", (bytes, random) => {
    const [one, other] = [0, 0].map(() => (1 + pickBelow(random, bytes.length / pageSize - 1)) * pageSize);
    const held = Buffer.from(bytes.subarray(one, (one ?? 0) + pageSize));
    bytes.copy(bytes, one, other, (other ?? 0) + pageSize);
    held.copy(bytes, other);
  }),
  createByteDamage("cut off", (bytes, random) => bytes.subarray(0, 1 + pickBelow(random, bytes.length - 1))),
  createByteDamage("cut off at a page", (bytes, random) =>
    bytes.subarray(0, (1 + pickBelow(random, bytes.length / pageSize - 1)) * pageSize),
  ),
  createByteDamage("rubbish behind the end", (bytes, random) =>
    Buffer.concat([bytes, Buffer.alloc(1 + pickBelow(random, 9000), pickBelow(random, 256))]),
  ),
  {
    name: "a write-ahead log of rubbish",
    apply: (path, random) => {
      writeFileSync(`${path}-wal`, Buffer.alloc(1 + pickBelow(random, 9000), pickBelow(random, 256)));
    },
  },
];

function changeDatabase(path: string, change: (database: Sqlite.Database) => void): void {
  const database = new Sqlite(path);
  try {
    database.pragma("foreign_keys = OFF");
    database.pragma("ignore_check_constraints = ON");
    change(database);
    database.pragma("journal_mode = DELETE");
  } finally {
    database.close();
    for (const companion of ["-wal", "-shm"]) rmSync(path + companion, { force: true });
  }
}

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** Damage to each part of the schema and each column of a cache: read from the cache, so that new ones are in. */
export function listDamages(path: string): readonly Damage[] {
  const database = new Sqlite(path, { readonly: true });
  const objects = database
    .prepare<[], { type: string; name: string }>(
      "SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY name",
    )
    .all();
  const columns = database
    .prepare<[], Column>(
      `SELECT o.name AS "table", c.name AS "column", c.type AS type FROM sqlite_schema AS o, pragma_table_xinfo(o.name) AS c
       WHERE o.type = 'table' AND o.name NOT LIKE 'sqlite%' ORDER BY 1, 2`,
    )
    .all();
  database.close();
  return [
    ...bytesDamage,
    ...objects.map(({ type, name }) => ({
      name: `no ${type} ${name}`,
      apply: (file: string) => changeDatabase(file, (open) => open.exec(`DROP ${type} "${name}"`)),
    })),
    ...[0, 23].map((version) => ({
      name: `format ${version}`,
      apply: (file: string) => changeDatabase(file, (open) => open.pragma(`user_version = ${version}`)),
    })),
    ...columns.flatMap(({ table, column, type }) =>
      getWrongValues(type).map((value) => createColumnDamage(table, column, value)),
    ),
    ...columns.map(({ table, column }) => ({
      name: `no column ${table}.${column}`,
      apply: (file: string) =>
        changeDatabase(file, (open) => {
          // Renames the column, since one of a key can't be dropped.
          open.pragma("legacy_alter_table = ON");
          open.exec(`ALTER TABLE "${table}" RENAME COLUMN "${column}" TO lost_${column}`);
        }),
    })),
  ];
}

function getWrongValues(type: string): readonly string[] {
  return type === "TEXT" ? [`'{"'`, "''"] : ["-1"];
}

function createColumnDamage(table: string, column: string, value: string): Damage {
  return {
    name: `${table}.${column} = ${value}`,
    apply: (file) =>
      changeDatabase(file, (open) => {
        // OR REPLACE: where the column is a key, one row is left.
        open.exec(`UPDATE OR REPLACE "${table}" SET "${column}" = ${value}`);
      }),
  };
}
