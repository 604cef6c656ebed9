// A home directory whose cache holds the demo's sample.
import { memoryServices } from "../../src/demo/memory-services.ts";
import { sampleAccounts, sampleListings } from "../../src/demo/sample.ts";
import { runCli } from "./run-cli.ts";
import { tempDirectory } from "./temp.ts";

/** The moment of its sync. */
export const sampleNowMs = Date.UTC(2026, 2, 14, 12);

/** Only inside a test. */
export async function sampleHome(): Promise<string> {
  const home = tempDirectory("rewind-home");
  const services = memoryServices(sampleListings(sampleNowMs));
  const options = { home, services, accounts: sampleAccounts, now: sampleNowMs };
  const { code, stderr } = await runCli(["sync"], options);
  if (code !== 0) throw new Error(stderr);
  return home;
}
