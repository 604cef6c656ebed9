// Routes that change something: syncs, which clients can wait for or follow, logged plays and API keys.
import type { ApiKey } from "../api-keys.ts";
import { badValue } from "../parameters.ts";
import { Problem } from "../problem.ts";
import { action, type Sent } from "../route.ts";
import { partWhole } from "../../parameters/parameter.ts";
import { recognisedListSchema, recognitionSchema } from "../../../queries/documents/decision-documents.ts";
import {
  keyScopes,
  servedKeysSchema,
  servedNewKeySchema,
  servedRevocationSchema,
  type ServedKey,
  type ServedNewKey,
} from "../../../queries/documents/installation-documents.ts";
import { word } from "../../../queries/documents/json-schema.ts";
import {
  type SyncRunDocument,
  syncCompletedSchema,
  syncRunSchema,
  type CompletedDocument,
} from "../../../queries/documents/sync-documents.ts";
import { isoSeconds } from "../../../queries/records/contract.ts";
import { document, type SyncDesk, type SyncRequest } from "../../../queries/shelf/sync-desk.ts";

const isRunning = "a sync of this cache is running";

function stateOf(syncs: SyncDesk): SyncRunDocument {
  return document(syncs.last(), syncs.isSyncing());
}

const startSync = action("post", "/v1/sync", {
  status: 202,
  summary: "Start a sync of both sides",
  details: "Answers at once. To follow the sync: GET /v1/sync.",
  schema: syncRunSchema,
  failures: { 409: isRunning },
  act(_, { syncs }) {
    if (syncs.start({ scope: "all" }) === undefined) throw new Problem(409, isRunning);
    return stateOf(syncs);
  },
});

const followSync = action("get", "/v1/sync", {
  summary: "The last sync that this server started",
  details:
    "With Accept: text/event-stream, the document comes as an event named sync, now and after each change, until the sync ends.",
  schema: syncRunSchema,
  events: {
    name: "sync",
    async *documents({ syncs }) {
      for await (const _ of syncs.watch()) yield stateOf(syncs);
    },
  },
  act: (_, { syncs }) => stateOf(syncs),
});

const failures = {
  409: isRunning,
  500: "the sync failed: the message says why",
  503: "the sync was interrupted because the server stops",
} as const;

/** Throws Problem if the sync fails. */
async function completeSync(syncs: SyncDesk, request: SyncRequest): Promise<CompletedDocument> {
  const run = await syncs.start(request);
  if (run === undefined || run.wasBusy) throw new Problem(409, isRunning);
  if (run.outcome === "interrupted") {
    throw new Problem(503, "the sync was interrupted; the next one continues from what it fetched");
  }
  if (run.failure !== null) throw new Problem(500, `the sync failed: ${run.failure}`);
  return { status: "completed", items_synced: run.changes, timestamp: isoSeconds(run.finishedUts) };
}

const syncCollecting = action("post", "/v1/admin/sync/collecting", {
  summary: "Sync the collection and the wantlist, and answer at the end",
  schema: syncCompletedSchema,
  failures,
  act: (_, { syncs }) => completeSync(syncs, { scope: "collecting" }),
});

/** The types of listening sync in the hosted API, for data that rewind fetches. */
const listeningTypes: ReadonlyMap<unknown, Omit<SyncRequest, "scope">> = new Map([
  ["scrobbles", {}],
  ["top_lists", { history: false }],
  ["stats", { history: false }],
  ["full", { full: true }],
  ["backfill", { full: true }],
]);

const syncListening = action("post", "/v1/admin/sync/listening", {
  summary: "Sync the listening side, and answer at the end",
  details:
    "type scrobbles fetches what is new, top_lists or stats only the play counts, full or backfill everything again. Tags, biographies and similar artists are not fetched.",
  body: {
    type: "object",
    properties: { type: { ...word([...listeningTypes.keys()].map(String)), default: "scrobbles" } },
  },
  schema: syncCompletedSchema,
  failures,
  act(_, { syncs }, { body: { type = "scrobbles" } }) {
    const parts = listeningTypes.get(type);
    if (parts === undefined) throw badValue("type", `one of: ${[...listeningTypes.keys()].join(", ")}`);
    return completeSync(syncs, { scope: "listening", ...parts });
  },
});

export const syncRoutes = [startSync, followSync, syncCollecting, syncListening];

export const logHeard = action("post", "/v1/played", {
  access: "write",
  summary: "Log tracks that a recogniser heard",
  details:
    "Send one JSON object, or one a line. rewind finds the record and the side, and adds the track to the logged play. A track that is sent twice counts once.",
  body: recognitionSchema,
  takesLines: true,
  schema: recognisedListSchema,
  failures: { 409: "the cache was not synced yet" },
  act: (_, { logRecognised }, { lines }) => logRecognised(lines),
});

type Scope = (typeof keyScopes)[number];

function keyDocument({ id, name, kind, hint, created_at, last_used_at }: ApiKey): ServedKey {
  return {
    id,
    name,
    scope: kind === "live" ? "read" : kind,
    key_prefix: `rw_${kind}_`,
    key_hint: hint,
    rate_limit_rpm: null,
    last_used_at,
    request_count: null,
    expires_at: null,
    is_active: true,
    created_at,
  };
}

const listKeys = action("get", "/v1/admin/keys", {
  summary: "The list of keys, without the secrets",
  details: "Revoked keys are not listed. Requests are not counted and keys do not expire: null.",
  schema: servedKeysSchema,
  act: (_, { keys }) => ({ data: keys.list().map(keyDocument) }),
});

const longestKeyName = 100;

const createKey = action("post", "/v1/admin/keys", {
  status: 201,
  summary: "Make a key; it is shown once",
  body: {
    type: "object",
    properties: {
      name: { type: "string", maxLength: longestKeyName },
      scope: { type: "string", enum: keyScopes, default: "read" },
    },
  },
  schema: servedNewKeySchema,
  act(_, { keys, nowUts }, request): ServedNewKey {
    const { name, scope } = newKeyOf(request);
    const kind = scope === "read" ? "live" : scope;
    const { key, token } = keys.create({ name, kind, nowUts });
    return {
      id: key.id,
      key: token,
      name,
      scope,
      key_prefix: `rw_${kind}_`,
      key_hint: key.hint,
      created_at: key.created_at,
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
  const keyScope = keyScopes.find((each) => each === scope);
  if (keyScope === undefined) throw badValue("scope", `one of: ${keyScopes.join(", ")}`);
  return { name: name.trim(), scope: keyScope };
}

const revokeKey = action("delete", "/v1/admin/keys/{id}", {
  summary: "Revoke a key: its next request is refused",
  parameters: { id: partWhole("the number of the key", { least: 1 }) },
  schema: servedRevocationSchema,
  failures: { 404: "no key has that number" },
  act({ id }, { keys }) {
    if (!keys.revoke(id)) throw new Problem(404, "no key has that number");
    return { message: "Revoked.", id };
  },
});

export const keyRoutes = [listKeys, createKey, revokeKey];
