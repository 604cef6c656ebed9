// A sync in a process of its own, to be killed. Prints its summary, if it gets there.
import { connectServices } from "../../dist-modules/sources/connect.js";
import { collectionServices, listeningServices } from "../../dist-modules/sources/all-services.js";
import { openDatabase } from "../../dist-modules/store/open-cache.js";
import { sync } from "../../dist-modules/sync/whole-sync.js";

const { token, apiKey, user, discogsUrl, lastfmUrl, path, nowMs } = JSON.parse(process.argv[2]);
const services = await connectServices({
  settings: {
    collection: { service: collectionServices[0], secret: token, url: discogsUrl },
    listening: { service: listeningServices[0], secret: apiKey, url: lastfmUrl },
  },
  version: "0.0.0",
  env: {},
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  random: () => 0.5,
});
const database = openDatabase(path, { mode: "write" });
const summary = await sync({
  database,
  services,
  accounts: { collection: null, listening: user },
  full: false,
  only: null,
  history: true,
  clock: { now: () => nowMs },
  signal: new AbortController().signal,
});
process.stdout.write(JSON.stringify(summary));
database.close();
await services.close();
