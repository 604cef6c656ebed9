// Keys as JSON: the key itself only where it is made.
import type {
  KeyListDocument,
  ListedKey,
  NewKeyDocument,
  RevokedDocument,
} from "../../queries/documents/installation.ts";
import { isoSeconds } from "../../queries/records/contract.ts";
import type { ApiKey } from "../../doors/http/api-keys.ts";

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

export function newKeyDocument({ id, name, kind }: ApiKey, token: string): NewKeyDocument {
  return { id, name, kind, key: token };
}

export function revokedDocument(key: ApiKey): RevokedDocument {
  return { revoked: listedKey(key) };
}
