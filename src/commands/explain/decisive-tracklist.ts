// The tracklist of a record whose match it would settle: asked for where a person looks at that very record.
import type { Context } from "../../context.ts";
import { CacheError, isFailure } from "../../model/errors.ts";
import { printable } from "../../output/escape.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { isTracklistWanted } from "../../store/shelf/tracklists.ts";
import { tracklistOf } from "../shared/listing/tracklist.ts";

/** Nobody waits longer for a question: it is asked once, out of what the rate limit has to spare. */
const call = { attempts: 1, spare: true };

/** Whatever keeps it from that, the cache answers. In a pipe nothing is asked: a script gets what the last sync knew. */
export async function settleByTracklist(
  context: Context,
  database: Database,
  releaseId: number,
): Promise<void> {
  const mayAsk = context.screen.isTerminal && context.services === undefined && !database.readonly;
  if (!mayAsk || !isTracklistWanted(database, releaseId)) return;
  try {
    const tracks = await tracklistOf(context, database, releaseId, call);
    if (tracks === null) return;
    const [{ isSyncing }, { rematch }] = await Promise.all([
      import("../../store/file/lock.ts"),
      import("../../sync/matching/rematch.ts"),
    ]);
    // A sync weighs it when it is done.
    if (isSyncing(database.name)) return;
    transact(database, () => rematch(database, [releaseId]));
    context.note(printable("rewind: fetched its tracklist from Discogs, which this match hangs on"));
  } catch (error) {
    if (!isFailure(error) || error instanceof CacheError) throw error;
    if (context.options.verbose === true)
      context.note(printable(`rewind: its tracklist was not fetched: ${error.message}`));
  }
}
