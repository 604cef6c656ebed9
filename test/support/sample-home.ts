// A home directory whose cache holds the demo's sample.
import { importSample } from "../../src/demo/import-sample.ts";
import { memoryServices } from "../../src/demo/memory-services.ts";
import { sampleAccounts, sampleListings } from "../../src/demo/demo-sample.ts";
import { cacheIn, makeOnce, openCache } from "./filled-cache.ts";
import { noon, runCli } from "./run-cli.ts";
import { tempDirectory } from "./temp.ts";

/** The services and accounts of the sample, for a sync. */
export const sampleSync = (nowMs = noon) => ({
  services: memoryServices(sampleListings(nowMs)),
  accounts: sampleAccounts,
});

/** The sample's plays end a day before nowMs, when it is synced. Only inside a test. */
export async function sampleHome(nowMs = noon): Promise<string> {
  const home = tempDirectory("rewind-home");
  await makeOnce(cacheIn(home), `sample ${nowMs}`, async () => {
    const database = openCache(cacheIn(home));
    importSample(database, sampleListings(nowMs), nowMs);
    database.close();
    const { code, stderr } = await runCli(["sync"], { home, ...sampleSync(nowMs), now: nowMs });
    if (code !== 0) throw new Error(stderr);
  });
  return home;
}
