// Runs an action that a client asks the server for. Another process may be writing to the cache for seconds: the action
// waits for its end, and nobody else does.
import { Problem } from "../../interfaces/http/problem.ts";
import { NotReadyError } from "../../model/errors.ts";
import { defineFunctions } from "../../queries/conditions/sql-functions.ts";
import { requireReady } from "../../queries/statistics/readiness.ts";
import { isBusy, transact, type Database } from "../../store/file/database.ts";
import { openDatabase } from "../../store/open-cache.ts";
import type { Context } from "../../context.ts";

const maxWaitMs = 30_000;
const retryDelayMs = 100;

/** Throws Problem 503 if the cache stays in use, or if the server stops meanwhile. */
export async function writeCache<Result extends object>(
  { cachePath, clock }: Pick<Context, "cachePath" | "clock">,
  act: (database: Database) => Result,
  stopped: AbortSignal,
): Promise<Result> {
  const startMs = clock.elapsedMs();
  for (;;) {
    const result = tryToWrite(cachePath, act);
    if (result !== null) return result;
    if (stopped.aborted || clock.elapsedMs() - startMs > maxWaitMs) {
      throw new Problem(503, "the cache is in use by another program: send the request again later", {
        "Retry-After": "10",
      });
    }
    await clock.sleep(retryDelayMs);
  }
}

/** Returns null if another process is writing to the cache. */
function tryToWrite<Result extends object>(path: string, act: (database: Database) => Result): Result | null {
  const database = openDatabase(path, { mode: "read" });
  if (database === undefined) throw new NotReadyError("nothing is synced yet", "Run: rewind sync");
  try {
    defineFunctions(database);
    requireReady(database);
    database.pragma("busy_timeout = 0");
    return transact(database, () => act(database));
  } catch (error) {
    if (error instanceof Error && isBusy(error.cause)) return null;
    throw error;
  } finally {
    database.close();
  }
}
