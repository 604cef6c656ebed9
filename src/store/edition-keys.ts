// The keys that tell the editions of one album, kept beside the names that they are worked out from.
import type { Database } from "./database.ts";
import { readFact, writeFact } from "./facts.ts";

const versionFact = "edition keys";

const tables = ["release", "album"] as const;
const chunk = 1000;

interface NamedAlbum {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
}

/** Whether the keys in the cache were made by these rules. Rows that came since have none: null. */
export function hasEditionKeys(database: Database, rulesVersion: number): boolean {
  return readFact(database, versionFact) === String(rulesVersion);
}

/** Gives each release and album without a key its own; all of them one where the rules changed. */
export function writeEditionKeys(
  database: Database,
  rulesVersion: number,
  keyOf: (artist: string, title: string) => string,
): void {
  const isCurrent = hasEditionKeys(database, rulesVersion);
  for (const table of tables) {
    if (!isCurrent) database.exec(`UPDATE ${table} SET edition_key = NULL WHERE edition_key IS NOT NULL`);
    const next = database.prepare<[number], NamedAlbum>(
      `SELECT id, artist, title FROM ${table} WHERE edition_key IS NULL AND id > ? ORDER BY id LIMIT ${chunk}`,
    );
    const write = database.prepare(`UPDATE ${table} SET edition_key = ? WHERE id = ?`);
    for (let after = Number.MIN_SAFE_INTEGER; ;) {
      const rows = next.all(after);
      for (const { id, artist, title } of rows) write.run(keyOf(artist, title), id);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
  }
  writeFact(database, versionFact, String(rulesVersion));
}
