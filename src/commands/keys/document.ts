// Keys as JSON: the key itself only where it is made.
import { isoSeconds } from "../../queries/records/contract.ts";
import type { Keys } from "../../queries/documents/document.ts";
import type { ApiKey, KeyKind } from "../../doors/http/api-keys.ts";

interface ListedKey {
  readonly id: number;
  readonly name: string;
  readonly kind: KeyKind;
  readonly created_at: string | null;
  readonly last_used_at: string | null;
}

interface KeyListDocument {
  readonly keys: readonly ListedKey[];
}

export const listKeys: Keys<KeyListDocument> = {
  keys: {
    meaning: "those that open the server",
    each: {
      id: "its number",
      name: "what it is for",
      kind: "live or admin",
      created_at: "in UTC",
      last_used_at: "in UTC, to the minute; null for never",
    },
  },
};

export function keyListDocument(keys: readonly ApiKey[]): KeyListDocument {
  return { keys: keys.map(listedKey) };
}

function listedKey({ id, name, kind, createdUts, lastUsedUts }: ApiKey): ListedKey {
  return {
    id,
    name,
    kind,
    created_at: isoSeconds(createdUts),
    last_used_at: lastUsedUts === null ? null : isoSeconds(lastUsedUts),
  };
}

interface NewKeyDocument {
  readonly id: number;
  readonly name: string;
  readonly kind: KeyKind;
  readonly key: string;
}

export const newKeys: Keys<NewKeyDocument> = {
  id: "its number",
  name: "what it is for",
  kind: "live or admin",
  key: "the key itself, shown this once",
};

export function newKeyDocument({ id, name, kind }: ApiKey, token: string): NewKeyDocument {
  return { id, name, kind, key: token };
}

interface RevokedDocument {
  readonly revoked: ListedKey;
}

export const revokedKeys: Keys<RevokedDocument> = {
  revoked: {
    meaning: "the key that was revoked",
    keys: {
      id: "its number",
      name: "what it was for",
      kind: "live or admin",
      created_at: "in UTC",
      last_used_at: "in UTC; null for never",
    },
  },
};

export function revokedDocument(key: ApiKey): RevokedDocument {
  return { revoked: listedKey(key) };
}
