// Ways in which a cache comes to harm: bytes on the disk, the schema, what stands in the columns.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { between } from "./random.ts";

/** A whole number from 0 up to, but not including, `end`. */
const below = (random: () => number, end: number): number => between(random, 0, Math.ceil(end) - 1);

export interface Damage {
  readonly name: string;
  readonly apply: (path: string, random: () => number) => void;
}

function ofBytes(name: string, change: (bytes: Buffer, random: () => number) => Buffer | void): Damage {
  return {
    name,
    apply: (path, random) => {
      const bytes = readFileSync(path);
      writeFileSync(path, change(bytes, random) ?? bytes);
    },
  };
}

const flips = [1, 8, 64, 512].map((count) =>
  ofBytes(`${count} bytes changed`, (bytes, random) => {
    for (let at = 0; at < count; at += 1) bytes[below(random, bytes.length)] = below(random, 256);
  }),
);

const pageSize = 4096;

const bytesDamage: readonly Damage[] = [
  ...flips,
  ofBytes("a byte of the header changed", (bytes, random) => {
    bytes[below(random, 100)] = below(random, 256);
  }),
  ...[0x00, 0xff].map((fill) =>
    ofBytes(`a page of ${fill}`, (bytes, random) => {
      const from = below(random, bytes.length / pageSize) * pageSize;
      bytes.fill(fill, from, from + pageSize);
    }),
  ),
  ofBytes("two pages exchanged", (bytes, random) => {
    const [one, other] = [0, 0].map(() => (1 + below(random, bytes.length / pageSize - 1)) * pageSize);
    const held = Buffer.from(bytes.subarray(one, (one ?? 0) + pageSize));
    bytes.copy(bytes, one, other, (other ?? 0) + pageSize);
    held.copy(bytes, other);
  }),
  ofBytes("cut off", (bytes, random) => bytes.subarray(0, 1 + below(random, bytes.length - 1))),
  ofBytes("cut off at a page", (bytes, random) =>
    bytes.subarray(0, (1 + below(random, bytes.length / pageSize - 1)) * pageSize),
  ),
  ofBytes("rubbish behind the end", (bytes, random) =>
    Buffer.concat([bytes, Buffer.alloc(1 + below(random, 9000), below(random, 256))]),
  ),
  {
    name: "a write-ahead log of rubbish",
    apply: (path, random) => {
      writeFileSync(`${path}-wal`, Buffer.alloc(1 + below(random, 9000), below(random, 256)));
    },
  },
];

function inSql(path: string, change: (database: Sqlite.Database) => void): void {
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
export function everyDamage(path: string): readonly Damage[] {
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
      apply: (file: string) => inSql(file, (open) => open.exec(`DROP ${type} "${name}"`)),
    })),
    ...[0, 23].map((version) => ({
      name: `format ${version}`,
      apply: (file: string) => inSql(file, (open) => open.pragma(`user_version = ${version}`)),
    })),
    ...columns.flatMap(({ table, column, type }) =>
      valuesFor(type).map((value) => inColumn(table, column, value)),
    ),
    ...columns.map(({ table, column }) => ({
      name: `no column ${table}.${column}`,
      apply: (file: string) =>
        inSql(file, (open) => {
          // Under another name: a column of a key can't be dropped.
          open.pragma("legacy_alter_table = ON");
          open.exec(`ALTER TABLE "${table}" RENAME COLUMN "${column}" TO lost_${column}`);
        }),
    })),
  ];
}

function valuesFor(type: string): readonly string[] {
  return type === "TEXT" ? [`'{"'`, "''"] : ["-1"];
}

function inColumn(table: string, column: string, value: string): Damage {
  return {
    name: `${table}.${column} = ${value}`,
    apply: (file) =>
      inSql(file, (open) => {
        // OR REPLACE: where the column is a key, one row is left.
        open.exec(`UPDATE OR REPLACE "${table}" SET "${column}" = ${value}`);
      }),
  };
}
