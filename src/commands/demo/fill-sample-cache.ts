// Brings the sample into a cache: its file, then the real sync.
import type { Context, ProgramHost } from "../../context.ts";
import type { SampleListings } from "../../demo/demo-sample.ts";
import { importSample } from "../../demo/import-sample.ts";
import { openDatabase } from "../../store/open-cache.ts";
import { runSync } from "../shared/syncing/run-sync.ts";

/** `host` leads to the cache at `path` and to the sample's services. */
export async function fillSampleCache(
  context: Context,
  host: Partial<ProgramHost>,
  path: string,
  listings: SampleListings,
): Promise<void> {
  const database = openDatabase(path, { mode: "write" });
  importSample(database, listings, context.clock.now());
  database.close();
  await context.within({ host, options: { quiet: true, verbose: false } }, (inner) =>
    runSync(inner, { tracklists: true }),
  );
}
