// Syncs listens in a process of its own, to be killed. The other services answer from memory.
import { connectServices } from "../../../dist-modules/sources/connect.js";
import { collectionServices, listeningServices } from "../../../dist-modules/sources/all-services.js";
import { memoryServices } from "../../../dist-modules/demo/memory-services.js";
import { openDatabase } from "../../../dist-modules/store/open-cache.js";
import { sync } from "../../../dist-modules/sync/whole-sync.js";

const { token, username, url, path, nowMs } = JSON.parse(process.argv[2]);
const connected = await connectServices({
  settings: {
    collection: { service: collectionServices[0], secret: "" },
    listening: { service: listeningServices[0], secret: "" },
    listens: { secret: token, url },
  },
  version: "0.0.0",
  env: {},
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  wallMs: () => nowMs,
  random: () => 0.5,
});
const none = { records: [], wants: [], folders: [], customFields: [], albums: [], scrobbles: [] };
const database = openDatabase(path, { mode: "write" });
const summary = await sync({
  database,
  services: {
    ...memoryServices({ discogsUser: "digger", lastfmUser: "owl", ...none }),
    listens: connected.listens,
  },
  accounts: { collection: null, listening: "owl", listens: username },
  full: false,
  only: null,
  history: true,
  clock: { now: () => nowMs },
  signal: new AbortController().signal,
});
process.exitCode = summary.complete ? 0 : 3;
database.close();
await connected.close();
