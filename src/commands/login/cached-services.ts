// The services that syncs ask, as the settings and the cache have them.
import type { Context } from "../../context.ts";
import { RewindError } from "../../model/errors.ts";
import type { PlayTarget } from "../../model/play-targets.ts";
import { querySources } from "../../queries/shelf/sources.ts";
import { lastfmFacts, listenbrainzFacts } from "../../sources/services/service-facts.ts";
import { deleteRefusal, deleteStopped, readStoppedUts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";

export type HistorySource = PlayTarget | "files";

/** The order in which login asks for them. */
export const historyServices = [listenbrainzFacts, lastfmFacts] as const;

/** Returns null also for a cache that can't be read: the commands that need it report the reason. */
export async function openReadableCache(context: Context): Promise<Database | null> {
  try {
    return await context.openCache();
  } catch (error) {
    if (error instanceof RewindError) return null;
    throw error;
  }
}

/** Returns the places that rewind has plays from: connected services that are not stopped, and files. */
export async function readSourcesInUse(context: Context): Promise<ReadonlySet<HistorySource>> {
  const database = await openReadableCache(context);
  const places = new Set<HistorySource>();
  for (const { id } of historyServices) {
    const isStopped = database !== null && readStoppedUts(database, id) !== null;
    if (isConnected(context, id) && !isStopped) places.add(id);
  }
  if (database !== null && querySources(database).sources.some(({ kind }) => kind === "file")) {
    places.add("files");
  }
  return places;
}

function isConnected(context: Context, service: PlayTarget): boolean {
  const read = context.settings();
  if (service === "lastfm") return read("lastfm_api_key") !== null && read("lastfm_username") !== null;
  return read("listenbrainz_username") !== null || read("listenbrainz_token") !== null;
}

/** Ends the refusals of services that accepted the account, resumes the stopped ones, and returns their names. */
export async function resumeServices(context: Context, ids: readonly string[]): Promise<string[]> {
  const database = await openReadableCache(context);
  if (database === null) return [];
  const stopped = historyServices.filter(
    ({ id }) => ids.includes(id) && readStoppedUts(database, id) !== null,
  );
  for (const id of ids) deleteRefusal(database, id);
  for (const { id } of stopped) deleteStopped(database, id);
  return stopped.map(({ name }) => name);
}
