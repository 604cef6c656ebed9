// The tracklist of a release: from the cache, else asked for once and kept for good.
import type { Context } from "../../../context.ts";
import type { ListedTrack } from "../../../model/model.ts";
import type { CallOptions } from "../../../sources/services/remote-service.ts";
import { transact, type Database } from "../../../store/file/database.ts";
import { keepTracklist, noteNoTracklist, tracklistReader } from "../../../store/shelf/tracklists.ts";

/** null: there is no such release any more. Throws what asking for it throws. */
export async function tracklistOf(
  context: Context,
  database: Database,
  releaseId: number,
  call: CallOptions = {},
): Promise<readonly ListedTrack[] | null> {
  const known = tracklistReader(database)(releaseId);
  if (known !== undefined) return known;
  const { services } = await context.connect();
  const tracks = await services.collection.tracklist(releaseId, {
    ...call,
    signal: context.interruptible(),
  });
  const nowUts = Math.floor(context.clock.now() / 1000);
  transact(database, () =>
    tracks === null
      ? noteNoTracklist(database, releaseId, "gone", nowUts)
      : keepTracklist(database, releaseId, tracks, nowUts),
  );
  return tracks;
}
