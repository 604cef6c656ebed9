// A home directory whose cache holds the demo's sample.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { memoryServices } from "../../src/demo/memory-services.ts";
import { sampleAccounts, sampleListings } from "../../src/demo/demo-sample.ts";
import { cacheIn } from "./filled-cache.ts";
import { noon, runCli } from "./run-cli.ts";
import { tempDirectory } from "./temp.ts";

/** The cache of the sample, by the moment of its sync: synced once a test file. */
const synced = new Map<number, Buffer>();

/** The sample's plays end a day before nowMs, when it is synced. Only inside a test. */
export async function sampleHome(nowMs = noon): Promise<string> {
  const home = tempDirectory("rewind-home");
  const path = cacheIn(home);
  const bytes = synced.get(nowMs);
  if (bytes !== undefined) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, bytes, { mode: 0o600 });
    return home;
  }
  const services = memoryServices(sampleListings(nowMs));
  const options = { home, services, accounts: sampleAccounts, now: nowMs };
  const { code, stderr } = await runCli(["sync"], options);
  if (code !== 0) throw new Error(stderr);
  synced.set(nowMs, readFileSync(path));
  return home;
}
