import type { Database } from "./database.ts";

/** A fact about the cache as a whole; undefined when it was never noted. */
export function readFact(database: Database, name: string): string | undefined {
  return database.prepare("SELECT value FROM fact WHERE name = ?").pluck().get(name) as string | undefined;
}

export function writeFact(database: Database, name: string, value: string): void {
  database
    .prepare(
      "INSERT INTO fact (name, value) VALUES (?, ?) " +
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
    )
    .run(name, value);
}
