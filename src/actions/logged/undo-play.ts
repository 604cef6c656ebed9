// Deletes a logged play, and its listens on ListenBrainz.
import type { ActionAccess } from "../action-access.ts";
import { playToUndo, shownSession, type ShownSession } from "./logged-plays.ts";
import { AccountError } from "../../model/errors.ts";
import type { Listen } from "../../model/listening-sources.ts";
import { playTargets, type PlayTarget } from "../../model/play-targets.ts";
import { counted } from "../../output/number-text.ts";
import { listeningServiceOf } from "../../sources/service-lookup.ts";
import {
  deleteNotedPlays,
  wasSubmitted,
  type NotedPlay,
  type NotedTrack,
} from "../../store/decisions/noted-plays.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import { transact } from "../../store/file/database.ts";

export interface UndoResult {
  readonly kind: "undone";
  readonly session: ShownSession;
  /** Sentences that say what became of the tracks that were sent. */
  readonly remarks: readonly string[];
}

/** `entry`: the start of its UUID; null: the newest. Throws UsageError, and ListenBrainz' error if it can't be asked. */
export async function undoPlay(access: ActionAccess, entry: string | null): Promise<UndoResult> {
  const { database } = access;
  const play = playToUndo(database, entry);
  const remarks: string[] = [];
  // First at the services, ListenBrainz before Last.fm: if one can't be reached, the play can be undone again.
  for (const target of playTargets.toReversed()) {
    const tracks = play.tracks.filter((track) => wasSubmitted(track, target));
    if (tracks.length > 0) remarks.push(await undoAt[target](access, { ...play, tracks }));
  }
  const session = shownSession(database, play);
  transact(database, () => deleteNotedPlays(database, [play]));
  return { kind: "undone", session, remarks };
}

/** Each takes the tracks that the service may have, and returns a sentence that says what becomes of them. */
const undoAt: Readonly<
  Record<PlayTarget, (access: ActionAccess, play: NotedPlay) => string | Promise<string>>
> = {
  lastfm: describeLastfm,
  listenbrainz: deleteSent,
};

/** Without permission to delete at ListenBrainz, what was sent stays there. */
async function deleteSent(access: ActionAccess, play: NotedPlay): Promise<string> {
  try {
    return await deleteListens(access, play);
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    const count = counted(play.tracks.length, "track");
    const page = formatPage(readAccounts(access.database)["listenbrainz"], play);
    return `${count} stay on ListenBrainz (${error.message}). To delete them there: ${page}`;
  }
}

function formatPage(username: string | undefined, { startUts }: NotedPlay): string {
  return username === undefined
    ? "https://listenbrainz.org/my/listens"
    : `https://listenbrainz.org/user/${encodeURIComponent(username)}/?min_ts=${startUts - 1}`;
}

/** A page that certainly holds all tracks of a play, and what else was heard meanwhile. */
const pageRows = 1_000;

/** Returns what became of them. Throws if ListenBrainz cannot be asked, so that the play can be undone later. */
async function deleteListens(access: ActionAccess, play: NotedPlay): Promise<string> {
  const { tracks, startUts } = play;
  const { services, accounts } = await access.connect();
  const call = { signal: access.interruptible() };
  const { listens } = services;
  const writing = listens?.writing ?? null;
  if (listens === null || writing === null) {
    throw new AccountError("rewind has no token", "Run: rewind login --scrobble");
  }
  const username =
    accounts.listens ?? readAccounts(access.database)["listenbrainz"] ?? (await writing.owner(call));
  const page = await listens.listensAfter(username, startUts - 1, pageRows, call);
  let deleted = 0;
  for (const track of tracks) {
    const listen = page.listens.find((each) => isListenOf(each, track));
    if (listen === undefined) continue;
    await writing.deleteListen(listen, call);
    deleted += 1;
  }
  const done = `Deleted on ListenBrainz: ${counted(deleted, "track")}. It lists them until the next full hour.`;
  const missing = tracks.length - deleted;
  if (missing === 0) return done;
  return `${done} Not found: ${counted(missing, "track")}. If they appear later, delete them there: ${formatPage(username, play)}`;
}

function isListenOf({ listenedUts, play }: Listen, { uts, artist, title }: NotedTrack): boolean {
  return (
    listenedUts === uts &&
    play.artist.toLowerCase() === artist.toLowerCase() &&
    play.title.toLowerCase() === title.toLowerCase()
  );
}

/** Says what Last.fm may still have of the play. */
function describeLastfm({ database }: ActionAccess, { tracks, startUts }: NotedPlay): string {
  const accounts = readAccounts(database);
  const { id, traits } = listeningServiceOf(accounts);
  const page = traits.pageOfDay(accounts[id], new Date(startUts * 1000).toISOString().slice(0, 10));
  return `Sent to Last.fm, where only you can delete plays: ${counted(tracks.length, "track")}. See ${page}`;
}
