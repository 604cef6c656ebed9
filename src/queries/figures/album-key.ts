// Which rows are the same album: by the keys that were kept when they were matched, where those are of today's rules.
import { editionKey } from "../../match/titles/title.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import type { Database } from "../../store/file/database.ts";
import { hasNameKeys } from "../../store/shelf/derived-columns.ts";

export interface KeyedName {
  readonly artist: string;
  readonly title: string;
  /** As it is kept; null for what came since. */
  readonly editionKey: string | null;
}

/** A function that tells the key of a row of release or album. */
export function editionKeyReader(database: Database): (row: KeyedName) => string {
  const isKept = hasNameKeys(database, rulesVersion);
  return (row) => (isKept ? row.editionKey : null) ?? editionKey(row.artist, row.title);
}

/** The key of a row as an SQL expression; it is worked out only where none of today's rules is kept. Never NULL. */
export interface EditionKeyExpressions {
  readonly ofRelease: string;
  readonly ofAlbum: string;
  readonly ofHiddenAlbum: string;
}

export function editionKeyExpressions(database: Database): EditionKeyExpressions {
  database.function("edition_key_of", { deterministic: true }, (artist: unknown, title: unknown) =>
    editionKey(String(artist), String(title)),
  );
  const isKept = hasNameKeys(database, rulesVersion);
  const keyOf = (table: string): string =>
    isKept ? `coalesce(${table}.edition_key, ${madeKey(table)})` : madeKey(table);
  return { ofRelease: keyOf("release"), ofAlbum: keyOf("album"), ofHiddenAlbum: madeKey("hidden_album") };
}

function madeKey(table: string): string {
  return `edition_key_of(${table}.artist, ${table}.title)`;
}
