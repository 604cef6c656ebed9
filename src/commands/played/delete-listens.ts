// Deletes the listens of a logged play on ListenBrainz (rewind played --undo).
import type { Context } from "../../context.ts";
import { AccountError } from "../../model/errors.ts";
import type { Listen } from "../../model/listening-sources.ts";
import { counted } from "../../output/number-text.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import { wasSubmitted, type NotedPlay, type NotedTrack } from "../../store/decisions/noted-plays.ts";

/** A page that certainly holds all tracks of a play, and what else was heard meanwhile. */
const pageRows = 1_000;

/**
 * Returns what became of them. Throws if ListenBrainz cannot be asked, so that the play stays and can be undone later.
 */
export async function deleteListens(
  context: Context,
  database: Database,
  { tracks, startUts }: NotedPlay,
): Promise<string> {
  const { services, accounts } = await context.connect();
  const call = { signal: context.interruptible() };
  const { listens } = services;
  const writing = listens?.writing ?? null;
  if (listens === null || writing === null) {
    throw new AccountError(
      "this play was sent to ListenBrainz, and rewind has no token to delete it there",
      "The play was kept. Set LISTENBRAINZ_TOKEN, then run again: rewind played --undo",
    );
  }
  const username = accounts.listens ?? readAccounts(database)["listenbrainz"] ?? (await writing.owner(call));
  const sentTracks = tracks.filter(wasSubmitted);
  const { listens: storedListens } = await listens.listensAfter(username, startUts - 1, pageRows, call);
  let deleted = 0;
  for (const track of sentTracks) {
    const listen = storedListens.find((stored) => isListenOf(stored, track));
    if (listen === undefined) continue;
    await writing.deleteListen(listen, call);
    deleted += 1;
  }
  const missing = sentTracks.length - deleted;
  const page = `https://listenbrainz.org/user/${encodeURIComponent(username)}/?min_ts=${startUts - 1}`;
  return [
    deleted === 0
      ? ""
      : `Deleted on ListenBrainz: ${counted(deleted, "track")}. It lists them until the next full hour.`,
    missing === 0
      ? ""
      : `Not found on ListenBrainz: ${counted(missing, "track")}. If they appear later, delete them there: ${page}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function isListenOf({ listenedUts, play }: Listen, { uts, artist, title }: NotedTrack): boolean {
  return (
    listenedUts === uts &&
    play.artist.toLowerCase() === artist.toLowerCase() &&
    play.title.toLowerCase() === title.toLowerCase()
  );
}
