// Which rows are the same album: by the keys that were kept when they were matched, where those are of today's rules.
import { editionKey } from "../match/text/edition-key.ts";
import { rulesVersion } from "../match/rules-version.ts";
import type { Database } from "../store/database.ts";
import { hasEditionKeys } from "../store/edition-keys.ts";

export interface KeyedName {
  readonly artist: string;
  readonly title: string;
  /** As it is kept; null for what came since. */
  readonly editionKey: string | null;
}

/** A function that tells the key of a row of release or album. */
export function editionKeyReader(database: Database): (row: KeyedName) => string {
  const isKept = hasEditionKeys(database, rulesVersion);
  return (row) => (isKept ? row.editionKey : null) ?? editionKey(row.artist, row.title);
}

/** The keys of some rows of release or album. */
export function editionKeysOf(database: Database, table: "release" | "album", where: string): Set<string> {
  const isKept = hasEditionKeys(database, rulesVersion);
  const kept = isKept
    ? database
        .prepare<[], string>(
          `SELECT DISTINCT edition_key FROM ${table} WHERE (${where}) AND edition_key IS NOT NULL`,
        )
        .pluck()
        .all()
    : [];
  const keys = new Set(kept);
  const others = database
    .prepare<[], [string, string]>(
      `SELECT DISTINCT artist, title FROM ${table} WHERE (${where}) ${isKept ? "AND edition_key IS NULL" : ""}`,
    )
    .raw();
  for (const [artist, title] of others.iterate()) keys.add(editionKey(artist, title));
  return keys;
}
