// A home directory whose cache holds the demo's sample.
import { importSample } from "../../src/demo/import-sample.ts";
import { createMemoryServices } from "../../src/demo/memory-services.ts";
import { sampleAccounts, buildSampleListings } from "../../src/demo/demo-sample.ts";
import { getHomeCachePath, copyOrMakeCache, openCache } from "./filled-cache.ts";
import { noon, runCli } from "./run-cli.ts";
import { createTempDirectory } from "./temp-directories.ts";

/** The services and accounts of the sample, for a sync. */
export const createSampleSync = (nowMs = noon) => ({
  services: createMemoryServices(buildSampleListings(nowMs)),
  accounts: sampleAccounts,
});

/** The sample's plays end a day before nowMs, when it is synced. Only inside a test. */
export async function sampleHome(nowMs = noon): Promise<string> {
  const home = createTempDirectory("rewind-home");
  await copyOrMakeCache(getHomeCachePath(home), `sample ${nowMs}`, async () => {
    const database = openCache(getHomeCachePath(home));
    importSample(database, buildSampleListings(nowMs), nowMs);
    database.close();
    const { code, stderr } = await runCli(["sync"], { home, ...createSampleSync(nowMs), now: nowMs });
    if (code !== 0) throw new Error(stderr);
  });
  return home;
}
