// Logs the tracks that a recogniser sends to the server. Another process may be writing to the cache for seconds: a track
// waits for its end, and nobody else does.
import { answerLines } from "../../actions/recognised/recognised-lines.ts";
import { Problem } from "../../doors/http/problem.ts";
import { NotReadyError } from "../../model/errors.ts";
import type { RecognisedAnswer } from "../../queries/documents/decision-documents.ts";
import { defineFunctions } from "../../queries/conditions/sql-functions.ts";
import { requireReady } from "../../queries/figures/readiness.ts";
import { isBusy, transact } from "../../store/file/database.ts";
import { openDatabase } from "../../store/open-cache.ts";
import type { Context } from "../../context.ts";

const maxWaitMs = 30_000;
const pauseMs = 100;

/** Throws Problem 503 if the cache stays in use, or if the server stops meanwhile. */
export async function logHeard(
  { cachePath, clock }: Pick<Context, "cachePath" | "clock">,
  lines: readonly string[],
  stopped: AbortSignal,
): Promise<RecognisedAnswer[]> {
  const startMs = clock.elapsedMs();
  for (;;) {
    const answers = tryToLog(cachePath, lines, Math.floor(clock.now() / 1000));
    if (answers !== null) return answers;
    if (stopped.aborted || clock.elapsedMs() - startMs > maxWaitMs) {
      throw new Problem(503, "the cache is in use by another program: send the tracks again later", {
        "Retry-After": "10",
      });
    }
    await clock.sleep(pauseMs);
  }
}

/** Returns null if another process is writing to the cache. */
function tryToLog(path: string, lines: readonly string[], nowUts: number): RecognisedAnswer[] | null {
  const database = openDatabase(path, { mode: "read" });
  if (database === undefined) throw new NotReadyError("nothing is synced yet", "Run: rewind sync");
  try {
    defineFunctions(database);
    requireReady(database);
    database.pragma("busy_timeout = 0");
    return transact(database, () => answerLines(database, lines, nowUts));
  } catch (error) {
    if (error instanceof Error && isBusy(error.cause)) return null;
    throw error;
  } finally {
    database.close();
  }
}
