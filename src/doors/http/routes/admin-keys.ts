// API keys over HTTP, with an admin key.
import { isoSeconds } from "../../../queries/records/contract.ts";
import {
  keyScopes,
  servedKeysSchema,
  servedNewKeySchema,
  servedRevocationSchema,
  type ServedKey,
  type ServedNewKey,
} from "../../../queries/documents/installation-documents.ts";
import type { ApiKey, KeyKind } from "../api-keys.ts";
import { partWhole } from "../../parameters/parameter.ts";
import { badValue } from "../date-parameters.ts";
import { Problem } from "../problem.ts";
import { action, type Sent } from "../route.ts";

type Scope = (typeof keyScopes)[number];

const kindOf: Readonly<Record<Scope, KeyKind>> = { read: "live", write: "write", admin: "admin" };

function keyDocument({ id, name, kind, hint, createdUts, lastUsedUts }: ApiKey): ServedKey {
  return {
    id,
    name,
    scope: scopeOf(kind),
    key_prefix: prefixOf(kind),
    key_hint: hint,
    rate_limit_rpm: null,
    last_used_at: isoSeconds(lastUsedUts),
    request_count: null,
    expires_at: null,
    is_active: true,
    created_at: isoSeconds(createdUts),
  };
}

function scopeOf(kind: KeyKind): Scope {
  return kind === "live" ? "read" : kind;
}

function prefixOf(kind: KeyKind): string {
  return `rw_${kind}_`;
}

const ofKeys = { access: "admin" } as const;

const listKeys = action({
  ...ofKeys,
  method: "get",
  path: "/v1/admin/keys",
  summary: "The list of keys, without the secrets",
  details: "Revoked keys are not listed. Requests are not counted and keys do not expire: null.",
  parameters: {},
  schema: servedKeysSchema,
  act: (_, { keys }) => ({ data: keys.list().map(keyDocument) }),
});

const longestKeyName = 100;

const createKey = action({
  ...ofKeys,
  method: "post",
  path: "/v1/admin/keys",
  status: 201,
  summary: "Make a key; it is shown once",
  parameters: {},
  body: {
    type: "object",
    properties: {
      name: { type: "string", maxLength: longestKeyName },
      scope: { type: "string", enum: keyScopes, default: "read" },
    },
  },
  schema: servedNewKeySchema,
  act(_, { keys, nowUts }, sent): ServedNewKey {
    const { name, scope } = newKeyOf(sent);
    const { key, token } = keys.create({ name, kind: kindOf[scope], nowUts });
    return {
      id: key.id,
      key: token,
      name,
      scope,
      key_prefix: prefixOf(key.kind),
      key_hint: key.hint,
      created_at: isoSeconds(nowUts),
      message: "Save this key now: it is not shown again.",
    };
  },
});

function newKeyOf({ body: { name = "", scope = "read" } }: Sent): {
  readonly name: string;
  readonly scope: Scope;
} {
  if (typeof name !== "string" || name.length > longestKeyName || /\p{Cc}/u.test(name)) {
    throw badValue("name", `a text of at most ${longestKeyName} letters`);
  }
  const found = keyScopes.find((each) => each === scope);
  if (found === undefined) throw badValue("scope", `one of: ${keyScopes.join(", ")}`);
  return { name: name.trim(), scope: found };
}

const revokeKey = action({
  ...ofKeys,
  method: "delete",
  path: "/v1/admin/keys/{id}",
  summary: "Revoke a key: its next request is refused",
  parameters: { id: partWhole("the number of the key", { least: 1 }) },
  schema: servedRevocationSchema,
  failures: { 404: "no key has that number" },
  act({ id }, { keys }) {
    if (keys.revoke(id) === undefined) throw new Problem(404, "no key has that number");
    return { message: "Revoked.", id };
  },
});

export const keyRoutes = [listKeys, createKey, revokeKey];
