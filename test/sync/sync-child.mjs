// A sync in a process of its own, to be killed.
import { connectServices } from "../../src/sources/connect.ts";
import { collectionServices, listeningServices } from "../../src/sources/all-services.ts";
import { sampleChoices } from "../../src/settings/connection.ts";
import { openDatabase } from "../../src/store/open-cache.ts";
import { sync } from "../../src/sync/whole-sync.ts";

const { settings, accounts, only, path, nowMs } = JSON.parse(process.argv[2]);
let elapsedMs = 0;
const services = await connectServices({
  settings: {
    collection: { service: collectionServices[0], ...settings.collection },
    listening: { service: listeningServices[0], ...settings.listening },
    listens: settings.listens,
    urls: {
      discogs: settings.collection.url,
      lastfm: settings.listening.url,
      listenbrainz: settings.listens?.url,
    },
  },
  version: "0.0.0",
  env: {},
  clock: { elapsedMs: () => elapsedMs, sleep: async (ms) => void (elapsedMs += ms) },
  wallMs: () => nowMs,
  random: () => 0.5,
});
const database = openDatabase(path, { mode: "write" });
const { complete } = await sync({
  ...sampleChoices,
  covers: null,
  database,
  services,
  accounts,
  full: false,
  only,
  history: true,
  clock: { now: () => nowMs },
  signal: new AbortController().signal,
});
process.exitCode = complete ? 0 : 3;
database.close();
await services.close();
