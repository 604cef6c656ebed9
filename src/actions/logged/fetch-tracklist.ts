// The tracklist of a release, from the cache or from Discogs.
import type { ActionAccess } from "../action-access.ts";
import { AccountError } from "../../model/errors.ts";
import type { ListedTrack } from "../../model/model.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import { transact } from "../../store/file/database.ts";
import { saveTracklist, createTracklistReader } from "../../store/shelf/tracklists.ts";

/**
 * Fetches an unknown tracklist and stores it. Returns null if the release no longer exists. Throws the service's
 * errors.
 */
export async function fetchTracklist(
  { database, nowUts, connect, interruptible }: Omit<ActionAccess, "settings">,
  releaseId: number,
  call: CallOptions = {},
): Promise<readonly ListedTrack[] | null> {
  const cachedTracks = createTracklistReader(database)(releaseId);
  if (cachedTracks !== undefined) return cachedTracks;
  const { services } = await connect().catch((error: unknown) => {
    if (!(error instanceof AccountError)) throw error;
    throw new AccountError(`the tracklist must be fetched from Discogs, but ${error.message}`, error.hint);
  });
  const tracks = await services.collection.fetchTracklist(releaseId, { ...call, signal: interruptible() });
  transact(database, () => saveTracklist(database, releaseId, tracks ?? "gone", nowUts));
  return tracks;
}
