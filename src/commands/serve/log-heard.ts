// Logs the tracks that a recogniser sends to the server. Another process may be writing to the cache for seconds: a track
// waits for its end, and nobody else does.
import { processLines } from "../../actions/recognised/recognised-lines.ts";
import { Problem } from "../../interfaces/http/problem.ts";
import { NotReadyError } from "../../model/errors.ts";
import type { RecognisedResult } from "../../queries/documents/decision-documents.ts";
import { defineFunctions } from "../../queries/conditions/sql-functions.ts";
import { requireReady } from "../../queries/statistics/readiness.ts";
import { isBusy, transact } from "../../store/file/database.ts";
import { openDatabase } from "../../store/open-cache.ts";
import type { Context } from "../../context.ts";

const maxWaitMs = 30_000;
const retryDelayMs = 100;

/** Throws Problem 503 if the cache stays in use, or if the server stops meanwhile. */
export async function logHeardTracks(
  { cachePath, clock }: Pick<Context, "cachePath" | "clock">,
  lines: readonly string[],
  stopped: AbortSignal,
): Promise<RecognisedResult[]> {
  const startMs = clock.elapsedMs();
  for (;;) {
    const answers = tryToLog(cachePath, lines, Math.floor(clock.now() / 1000));
    if (answers !== null) return answers;
    if (stopped.aborted || clock.elapsedMs() - startMs > maxWaitMs) {
      throw new Problem(503, "the cache is in use by another program: send the tracks again later", {
        "Retry-After": "10",
      });
    }
    await clock.sleep(retryDelayMs);
  }
}

/** Returns null if another process is writing to the cache. */
function tryToLog(path: string, lines: readonly string[], nowUts: number): RecognisedResult[] | null {
  const database = openDatabase(path, { mode: "read" });
  if (database === undefined) throw new NotReadyError("nothing is synced yet", "Run: rewind sync");
  try {
    defineFunctions(database);
    requireReady(database);
    database.pragma("busy_timeout = 0");
    return transact(database, () => processLines(database, lines, nowUts));
  } catch (error) {
    if (error instanceof Error && isBusy(error.cause)) return null;
    throw error;
  } finally {
    database.close();
  }
}
