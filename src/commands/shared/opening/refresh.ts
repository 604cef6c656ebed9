// Syncs before an answer, for --refresh. If that fails, the answer comes from the last sync.
import type { Context } from "../../../context.ts";
import { InterruptedError, NotReadyError, RewindError } from "../../../model/errors.ts";
import { age } from "../../../output/dates.ts";
import { safe } from "../../../output/escape.ts";
import { requireBothSides, secondsSinceSync } from "../../../queries/figures/readiness.ts";
import { secondsOf } from "../../../settings/all-settings.ts";
import type { Call } from "../declaration.ts";
import { openNotice } from "./notice.ts";

/** Throws only if there is nothing to answer from, or if the user interrupts. */
export async function refreshFirst(context: Context, { runCommand }: Call): Promise<void> {
  const maxAge = context.settings()("refresh");
  const ageSeconds = await cacheAge(context);
  // The first sync takes long, so it shows its progress.
  if (ageSeconds === null) return runCommand(["sync"], {});
  if (maxAge !== null && ageSeconds <= (secondsOf(maxAge) ?? 0)) return;
  const notice = openNotice(context, safe`Refreshing`);
  try {
    await runCommand(["sync", "--quiet"], {});
  } catch (error) {
    if (!(error instanceof RewindError) || error instanceof InterruptedError) throw error;
    notice.close();
    context.note(
      `rewind: not refreshed, this answer uses data from ${age(ageSeconds)} ago: ${error.message}`,
    );
  } finally {
    notice.close();
  }
}

/** In seconds. null: there is nothing to answer from. */
async function cacheAge(context: Context): Promise<number | null> {
  try {
    const database = await context.store();
    requireBothSides(database);
    return secondsSinceSync(database, context.clock.now());
  } catch (error) {
    if (error instanceof NotReadyError) return null;
    throw error;
  }
}
