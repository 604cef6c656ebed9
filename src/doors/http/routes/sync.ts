// Syncs over HTTP, with an admin key. Clients can wait for the end of a sync or follow it.
import { document, type SyncDesk, type SyncRequest, type SyncRun } from "../../../queries/shelf/sync-run.ts";
import { isoSeconds } from "../../../queries/records/contract.ts";
import {
  type SyncRunDocument,
  syncCompletedSchema,
  syncRunSchema,
  type CompletedDocument,
} from "../../../queries/documents/sync-documents.ts";
import { word } from "../../../queries/documents/json-schema.ts";
import { badValue } from "../date-parameters.ts";
import { Problem } from "../problem.ts";
import { action } from "../route.ts";

const ofSyncs = { access: "admin", parameters: {} } as const;

const isRunning = "a sync of this cache is running";

function stateOf(syncs: SyncDesk): SyncRunDocument {
  return document(syncs.last(), syncs.isSyncing());
}

const startSync = action({
  ...ofSyncs,
  method: "post",
  path: "/v1/sync",
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

const followSync = action({
  ...ofSyncs,
  method: "get",
  path: "/v1/sync",
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

/** Throws Problem if the sync fails. */
async function finishedSync(syncs: SyncDesk, request: SyncRequest): Promise<SyncRun> {
  const run = await syncs.start(request);
  if (run === undefined || run.wasBusy) throw new Problem(409, isRunning);
  if (run.outcome === "interrupted") {
    throw new Problem(503, "the sync was interrupted; the next one continues from what it fetched");
  }
  if (run.failure !== null) throw new Problem(500, `the sync failed: ${run.failure}`);
  return run;
}

const failures = {
  409: isRunning,
  500: "the sync failed: the message says why",
  503: "the sync was interrupted because the server stops",
} as const;

async function completed(syncs: SyncDesk, request: SyncRequest): Promise<CompletedDocument> {
  const { changes, finishedUts } = await finishedSync(syncs, request);
  return { status: "completed", items_synced: changes, timestamp: isoSeconds(finishedUts ?? 0) };
}

const syncCollecting = action({
  ...ofSyncs,
  method: "post",
  path: "/v1/admin/sync/collecting",
  summary: "Sync the collection and the wantlist, and answer at the end",
  schema: syncCompletedSchema,
  failures,
  act: (_, { syncs }) => completed(syncs, { scope: "collecting" }),
});

/** The types of listening sync in the hosted API, for data that rewind fetches. */
const listeningTypes: ReadonlyMap<unknown, Omit<SyncRequest, "scope">> = new Map([
  ["scrobbles", {}],
  ["top_lists", { history: false }],
  ["stats", { history: false }],
  ["full", { full: true }],
  ["backfill", { full: true }],
]);

const syncListening = action({
  ...ofSyncs,
  method: "post",
  path: "/v1/admin/sync/listening",
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
    return completed(syncs, { scope: "listening", ...parts });
  },
});

export const syncRoutes = [startSync, followSync, syncCollecting, syncListening];
