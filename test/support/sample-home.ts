// A home directory whose cache holds the demo's sample.
import { memoryServices } from "../../src/demo/memory-services.ts";
import { sampleAccounts, sampleListings } from "../../src/demo/sample.ts";
import { runCli } from "./run-cli.ts";
import { tempDirectory } from "./temp.ts";

/** The sample's plays end a day before nowMs, when it is synced. Only inside a test. */
export async function sampleHome(nowMs = Date.UTC(2026, 2, 14, 12)): Promise<string> {
  const home = tempDirectory("rewind-home");
  const services = memoryServices(sampleListings(nowMs));
  const options = { home, services, accounts: sampleAccounts, now: nowMs };
  const { code, stderr } = await runCli(["sync"], options);
  if (code !== 0) throw new Error(stderr);
  return home;
}
