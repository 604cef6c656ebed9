// Sends what is noted, in a process of its own, to be killed.
import { connectServices } from "../../../dist-modules/sources/connect.js";
import { collectionServices, listeningServices } from "../../../dist-modules/sources/all-services.js";
import { openDatabase } from "../../../dist-modules/store/open-cache.js";
import { sendNoted } from "../../../dist-modules/sync/plays/sending.js";

const { apiKey, signing, user, url, path } = JSON.parse(process.argv[2]);
let elapsedMs = 0;
const services = await connectServices({
  settings: {
    collection: { service: collectionServices[0], secret: "" },
    listening: { service: listeningServices[0], secret: apiKey, signing },
    urls: { lastfm: url },
  },
  version: "0.0.0",
  env: {},
  clock: { elapsedMs: () => elapsedMs, sleep: async (ms) => void (elapsedMs += ms) },
  random: () => 0.5,
});
const database = openDatabase(path, { mode: "write" });
try {
  await sendNoted({
    database,
    target: "lastfm",
    service: services.listening.scrobbling,
    username: user,
    isHistoryRead: false,
    call: {},
  });
} catch (error) {
  process.stdout.write(error.message);
  process.exitCode = 3;
} finally {
  database.close();
  await services.close();
}
