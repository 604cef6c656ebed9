// Routes that change something: syncs, which clients can wait for or follow, logged plays and API keys.
import { isKeyName, keyNameRule, maxKeyNameLength, type ApiKey } from "../api-keys.ts";
import { Problem } from "../problem.ts";
import { actionRoute, type Route, type ActionInput } from "../route.ts";
import { processLines } from "../../../actions/recognised/recognised-lines.ts";
import { InvalidValueError, pathInteger } from "../../../queries/parameters/parameter.ts";
import { recognisedListSchema, recognitionSchema } from "../../../queries/documents/decision-documents.ts";
import * as s from "../../../queries/documents/json-schema.ts";
import { syncRunSchema } from "../../../queries/documents/sync-documents.ts";
import {
  buildSyncRunDocument,
  type SyncManager,
  type SyncRequest,
} from "../../../queries/shelf/sync-manager.ts";

const syncRunningMessage = "a sync of this cache is running";

const failures = {
  409: syncRunningMessage,
  500: "the sync failed: the message says why",
  503: "the sync was interrupted because the server stops",
} as const;

const syncCompletedSchema = s.object({
  status: s.word(["completed"]),
  items_synced: s.count("rows added, changed or removed"),
  timestamp: s.instant(),
});

/** Throws Problem if the sync fails. */
async function runSync(syncs: SyncManager, request: SyncRequest) {
  const run = await syncs.start(request);
  if (run === undefined || run.wasBusy) throw new Problem(409, syncRunningMessage);
  if (run.status === "interrupted") {
    throw new Problem(503, "the sync was interrupted; the next one continues from what it fetched");
  }
  if (run.error !== null) throw new Problem(500, `the sync failed: ${run.error}`);
  return { status: "completed" as const, items_synced: run.changes, timestamp: run.finished_at };
}

/** The types of listening sync in the hosted API, for data that rewind fetches. */
const listeningTypes: ReadonlyMap<unknown, Omit<SyncRequest, "scope">> = new Map([
  ["scrobbles", {}],
  ["top_lists", { history: false }],
  ["stats", { history: false }],
  ["full", { full: true }],
  ["backfill", { full: true }],
]);

export const syncRoutes: readonly Route[] = [
  actionRoute("post", "/v1/sync", {
    status: 202,
    summary: "Start a sync of both sides",
    details: "Answers at once. To follow the sync: GET /v1/sync.",
    schema: syncRunSchema,
    failures: { 409: syncRunningMessage },
    act(_, { syncs }) {
      if (syncs.start({ scope: "all" }) === undefined) throw new Problem(409, syncRunningMessage);
      return buildSyncRunDocument(syncs);
    },
  }),
  actionRoute("get", "/v1/sync", {
    access: "key",
    summary: "The last sync that this server started",
    details:
      "With Accept: text/event-stream, the document comes as an event named sync, now and after each change, until the sync ends.",
    schema: syncRunSchema,
    async *events({ syncs }) {
      for await (const _ of syncs.watch()) yield buildSyncRunDocument(syncs);
    },
    act: (_, { syncs }) => buildSyncRunDocument(syncs),
  }),
  actionRoute("post", "/v1/admin/sync/collecting", {
    summary: "Sync the collection and the wantlist, and answer at the end",
    schema: syncCompletedSchema,
    failures,
    act: (_, { syncs }) => runSync(syncs, { scope: "collecting" }),
  }),
  actionRoute("post", "/v1/admin/sync/listening", {
    summary: "Sync the listening side, and answer at the end",
    details:
      "type scrobbles fetches what is new, top_lists or stats only the play counts, full or backfill everything again. Tags, biographies and similar artists are not fetched.",
    body: {
      type: "object",
      properties: { type: { ...s.word([...listeningTypes.keys()].map(String)), default: "scrobbles" } },
    },
    schema: syncCompletedSchema,
    failures,
    act(_, { syncs }, { body: { type = "scrobbles" } }) {
      const parts = listeningTypes.get(type);
      if (parts === undefined)
        throw new InvalidValueError("type", `one of: ${[...listeningTypes.keys()].join(", ")}`);
      return runSync(syncs, { scope: "listening", ...parts });
    },
  }),
];

export const logRecognisedRoute = actionRoute("post", "/v1/played", {
  access: "write",
  summary: "Log tracks that a recogniser heard",
  details:
    "Send one JSON object, or one a line. rewind finds the record and the side, and adds the track to the logged play. A track that is sent twice counts once.",
  body: recognitionSchema,
  takesLines: true,
  schema: recognisedListSchema,
  failures: {
    409: "the cache was not synced yet",
    503: "another program is writing to the cache: send the tracks again after Retry-After seconds",
  },
  act: async (_, { write, nowUts }, { lines }) => ({
    data: await write((database) => processLines(database, lines, nowUts)),
  }),
});

/** The names that the hosted API uses. */
const keyScopes = ["read", "write", "admin"] as const;

const scopeFields = {
  name: s.text(),
  scope: s.word(keyScopes),
  key_prefix: s.text(),
  key_hint: s.text(),
};

function buildKeyDocument({ id, name, kind, hint, created_at, last_used_at }: ApiKey) {
  return {
    id,
    name,
    scope: kind === "live" ? ("read" as const) : kind,
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

function parseNewKey({ body: { name = "", scope = "read" } }: ActionInput): Pick<ApiKey, "name" | "kind"> {
  if (!isKeyName(name)) throw new InvalidValueError("name", keyNameRule);
  const keyScope = keyScopes.find((each) => each === scope);
  if (keyScope === undefined) throw new InvalidValueError("scope", `one of: ${keyScopes.join(", ")}`);
  return { name, kind: keyScope === "read" ? "live" : keyScope };
}

export const keyRoutes: readonly Route[] = [
  actionRoute("get", "/v1/admin/keys", {
    summary: "The list of keys, without the secrets",
    details: "Revoked keys are not listed. Requests are not counted and keys do not expire: null.",
    schema: s.object({
      data: s.rows({
        id: s.count(),
        ...scopeFields,
        rate_limit_rpm: s.nothing(),
        last_used_at: s.orNull(s.instant()),
        ...s.nulls("request_count", "expires_at"),
        is_active: s.flag(),
        created_at: s.instant(),
      }),
    }),
    act: (_, { keys }) => ({ data: keys.list().map(buildKeyDocument) }),
  }),
  actionRoute("post", "/v1/admin/keys", {
    status: 201,
    summary: "Make a key; it is shown once",
    body: {
      type: "object",
      properties: {
        name: { type: "string", maxLength: maxKeyNameLength },
        scope: { type: "string", enum: keyScopes, default: "read" },
      },
    },
    schema: s.object({
      id: s.count(),
      key: s.text(),
      ...scopeFields,
      created_at: s.instant(),
      message: s.text(),
    }),
    act(_, { keys, nowUts }, request) {
      const { key: made, token } = keys.create({ ...parseNewKey(request), nowUts });
      const { id, name, scope, key_prefix, key_hint, created_at } = buildKeyDocument(made);
      const message = "Save this key now: it is not shown again.";
      return { id, key: token, name, scope, key_prefix, key_hint, created_at, message };
    },
  }),
  actionRoute("delete", "/v1/admin/keys/{id}", {
    summary: "Revoke a key: its next request is refused",
    parameters: { id: pathInteger("the number of the key", { min: 1 }) },
    schema: s.object({ message: s.text(), id: s.count() }),
    failures: { 404: "no key has that number" },
    act({ id }, { keys }) {
      if (!keys.revoke(id)) throw new Problem(404, "no key has that number");
      return { message: "Revoked.", id };
    },
  }),
];
