import { fetchFromServices, readReported } from "../../../actions/fetch-playing-now.ts";
import type { Context } from "../../../context.ts";
import { nothingPlaying, type PlayingReport } from "../../../model/playing-now.ts";
import { createActionAccess } from "./action-access.ts";
import { openCacheIfAny } from "./matched-cache.ts";

/** A page may ask every second. The services are asked less often. */
const maxAgeMs = 5_000;

/** Returns a function that tells a server what is playing. `stopped` ends a request to a service. */
export function createPlayingReader(context: Context, stopped: AbortSignal): () => Promise<PlayingReport> {
  let last: { readonly askedMs: number; readonly report: Promise<PlayingReport> } | null = null;

  /** Reads the settings and the cache again, which may have changed since the server started. */
  const askServices = async (): Promise<PlayingReport> => {
    let report = nothingPlaying;
    await context.within({}, async (inner) => {
      const database = await openCacheIfAny(inner);
      if (database === null) return;
      const { failures, playing, source, unanswered } = await fetchFromServices({
        ...createActionAccess(inner, database),
        interruptible: () => stopped,
      });
      for (const { message } of failures) context.note(`rewind: ${message}`);
      report = { playing, source, unanswered };
    });
    return report;
  };

  return async () => {
    const reported = readReported(context.cachePath, Math.floor(context.clock.now() / 1000));
    if (reported !== null) return reported;
    const nowMs = context.clock.elapsedMs();
    if (last === null || nowMs - last.askedMs >= maxAgeMs) {
      last = { askedMs: nowMs, report: askServices() };
    }
    return last.report;
  };
}
