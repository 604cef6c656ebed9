// Deletes a logged play, and its listens on ListenBrainz.
import type { ActionAccess } from "../action-access.ts";
import { requirePlayToUndo, attachRelease, type PlayWithRelease } from "./logged-plays.ts";
import { AccountError, ServiceError } from "../../model/errors.ts";
import type { Listen } from "../../model/listening-sources.ts";
import { playTargets, type PlayTarget } from "../../model/play-targets.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { getListeningService } from "../../sources/service-lookup.ts";
import { UnexpectedRefusal } from "../../sources/transport/service-errors.ts";
import {
  deleteLoggedPlays,
  isSubmitted,
  type LoggedPlay,
  type LoggedTrack,
} from "../../store/decisions/logged-plays.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { deleteSourcePlays } from "../../store/plays/source-plays.ts";
import { listenSource } from "../../store/plays/staged-listens.ts";
import { mergeSources } from "../../sync/merging/merge-sources.ts";

export interface UndoResult {
  readonly kind: "undone";
  readonly session: PlayWithRelease;
  /** Sentences that say what became of the tracks that were sent. */
  readonly remarks: readonly string[];
}

/** `entry`: the start of its UUID; null: the newest. Throws UsageError, and ListenBrainz' error if it can't be asked. */
export async function undoPlay(access: ActionAccess, entry: string | null): Promise<UndoResult> {
  const { database } = access;
  const play = requirePlayToUndo(database, entry);
  const remarks: string[] = [];
  // First at the services, ListenBrainz before Last.fm: if one can't be reached, the play can be undone again.
  for (const target of playTargets.toReversed()) {
    const tracks = play.tracks.filter((track) => isSubmitted(track, target));
    if (tracks.length > 0) remarks.push(await undoAt[target](access, { ...play, tracks }));
  }
  const session = attachRelease(database, play);
  transact(database, () => deleteLoggedPlays(database, [play]));
  return { kind: "undone", session, remarks };
}

/** Each takes the tracks that the service may have, and returns a sentence that says what becomes of them. */
const undoAt: Readonly<
  Record<PlayTarget, (access: ActionAccess, play: LoggedPlay) => string | Promise<string>>
> = {
  lastfm: describeLastfm,
  listenbrainz: deleteSent,
};

const keptHint = "The play is still logged. To delete it later: rewind played undo ENTRY";

/** Leaves what was sent, and says so, if the server does not permit deleting it, or has no such call. */
async function deleteSent(access: ActionAccess, play: LoggedPlay): Promise<string> {
  try {
    return await deleteListens(access, play);
  } catch (error) {
    if (!(error instanceof AccountError || error instanceof UnexpectedRefusal)) {
      throw error instanceof ServiceError ? error.withHint(keptHint) : error;
    }
    const count = pluralize(play.tracks.length, "track");
    const page = buildListensUrl(readAccounts(access.database)["listenbrainz"], play);
    return `${count} stay on ListenBrainz (${error.message}). To delete them there: ${page}`;
  }
}

function buildListensUrl(username: string | undefined, { startUts }: LoggedPlay): string {
  return username === undefined
    ? "https://listenbrainz.org/my/listens"
    : `https://listenbrainz.org/user/${encodeURIComponent(username)}/?min_ts=${startUts - 1}`;
}

/** A page that certainly holds all tracks of a play, and what else was heard meanwhile. */
const pageRows = 1_000;

/** Returns what became of them. Throws if ListenBrainz cannot be asked, so that the play can be undone later. */
async function deleteListens(access: ActionAccess, play: LoggedPlay): Promise<string> {
  const { tracks, startUts } = play;
  const { services, accounts } = await access.connect();
  const call = { signal: access.interruptible() };
  const { listens } = services;
  const writing = listens?.writer ?? null;
  if (listens === null || writing === null) {
    throw new AccountError("rewind has no token", "Run: rewind login --scrobble");
  }
  const username =
    accounts.listens ?? readAccounts(access.database)["listenbrainz"] ?? (await writing.fetchOwner(call));
  const page = await listens.fetchListensAfter(username, startUts - 1, pageRows, call);
  const deleted: Listen[] = [];
  for (const track of tracks) {
    const listen = page.listens.find((each) => matchesTrack(each, track));
    if (listen === undefined) continue;
    await writing.deleteListen(listen, call);
    deleted.push(listen);
  }
  deleteSyncedPlays(access.database, deleted);
  const done = `Deleted on ListenBrainz: ${pluralize(deleted.length, "track")}. It lists them until the next full hour.`;
  const missing = tracks.length - deleted.length;
  if (missing === 0) return done;
  return `${done} Not found: ${pluralize(missing, "track")}. If they appear later, delete them there: ${buildListensUrl(username, play)}`;
}

/** A sync may have read the listens since they were sent. Left in the cache, they would count, and be sent again. */
function deleteSyncedPlays(database: Database, listens: readonly Listen[]): void {
  const keys = listens.map(({ msid, play }) => ({ startUts: play.startUts, sourceKey: msid }));
  transact(database, () => {
    deleteSourcePlays(database, listenSource, keys);
    mergeSources(database);
  });
}

function matchesTrack({ listenedUts, play }: Listen, { uts, artist, title }: LoggedTrack): boolean {
  return (
    listenedUts === uts &&
    play.artist.toLowerCase() === artist.toLowerCase() &&
    play.title.toLowerCase() === title.toLowerCase()
  );
}

/** Says what Last.fm may still have of the play. */
function describeLastfm({ database }: ActionAccess, { tracks, startUts }: LoggedPlay): string {
  const accounts = readAccounts(database);
  const { id, traits } = getListeningService(accounts);
  const page = traits.pageOfDay(accounts[id], new Date(startUts * 1000).toISOString().slice(0, 10));
  return `Sent to Last.fm, where only you can delete plays: ${pluralize(tracks.length, "track")}. See ${page}`;
}
