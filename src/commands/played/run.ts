import type { Context } from "../../context.ts";
import {
  contractSession,
  lastBefore,
  noteNamed,
  overlappingNote,
  shownSession,
} from "../../actions/logged/logged-plays.ts";
import {
  chosenTracks,
  isWhole,
  sessionOf,
  type NotedRelease,
  type TrackChoice,
} from "../../actions/logged/play-session.ts";
import { isFailure, UsageError } from "../../model/errors.ts";
import { playableTracks, type PlayableTrack } from "../../model/playable-tracks.ts";
import { quotedName } from "../../model/names.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { sentence } from "../../output/paragraph.ts";
import type { NoteDocument } from "../../queries/documents/decision-documents.ts";
import { readNotedPlay, writeNotedPlays } from "../../store/decisions/noted-plays.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { tracklistReader } from "../../store/shelf/tracklists.ts";
import { sureRecord } from "../shared/choosing/sure-choice.ts";
import type { Call } from "../shared/declaration.ts";
import { tracklistOf } from "../shared/listing/fetched-tracklist.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import { converse } from "../shared/terminal/conversation.ts";
import { logFrom, settlePending } from "./heard-tracks.ts";
import { choiceOf, momentOf, requireTogether, type PlayedOptions } from "./played-options.ts";
import { alreadyLoggedText, listLogged, loggedText, trackLines } from "./screen.ts";
import { offerToSend, requireAllowed, sendWaiting, targetsOf, wishOf } from "./send-plays.ts";
import { undoPlay } from "./undo-play.ts";

export async function runPlayed(context: Context, call: Call): Promise<void> {
  const options = call.options as PlayedOptions;
  requireTogether(call);
  if (options.list === true) return listLogged(context, call);
  if (options.undo !== undefined) return undoPlay(context, options.undo, call.asJson);
  if (options.send !== undefined) return send(context, options.send, options.yes === true);
  if (options.from !== undefined) return logFrom(context, options.from);
  if (options.pending !== undefined) return settlePending(context, options.pending, call);
  return note(context, call, options);
}

const longestNote = 1000;

async function note(context: Context, { words, asJson }: Call, options: PlayedOptions): Promise<void> {
  if (words.length === 0) {
    throw new UsageError(
      "no record given",
      "Give its number, a release like r6872464, or words: rewind played hejira",
    );
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const moment = momentOf(options, nowUts);
  const choice = choiceOf(options);
  const { note: remark = "" } = options;
  if (remark.length > longestNote) {
    throw new UsageError(
      `--note takes at most ${longestNote} characters, not ${remark.length}`,
      "Give a shorter note.",
    );
  }
  const { database } = await openMatchedAnswers(context);
  const wish = wishOf(context, database, { isAsked: options.scrobble === true, moment: moment.kind });
  const { hit, by } = await sureRecord(context, database, words, { isOnePressing: true, asJson });
  const [copy] = hit;
  const release = { ...copy, id: copy.releaseId };
  const isDry = options.dryRun === true;
  const isSure = wish === "always" || options.yes === true;
  const canAsk = !asJson && context.canAsk;
  const list = await tracksOf(context, database, release, {
    isNeeded: !isWhole(choice) || wish === "asked",
    isUseful: wish === "always" && !isDry,
  });
  const isToBeSent = wish !== null && !isDry && (isSure || canAsk);
  const all = isToBeSent ? await measured(context, database, release, { list, choice }) : list;
  const play = sessionOf({
    uuid: crypto.randomUUID(),
    release,
    // Only a record number tells which of several copies it was.
    instanceId: by === "record" || hit.length === 1 ? copy.instanceId : null,
    all,
    playedTracks: chosenTracks(all, choice),
    moment,
    note: remark,
    nowUts,
  });
  if (copy.year !== null && new Date(play.startUts * 1000).getFullYear() < copy.year) {
    throw new UsageError(
      `this pressing of ${quotedName(copy)} is from ${copy.year}`,
      "If you played another copy, give its number. To see the numbers: rewind xref --copies",
    );
  }
  const before = lastBefore(database, copy.id);
  const other = isDry || options.again === true ? undefined : overlappingNote(database, play);
  if (other !== undefined && !(await isMeantAgain(context, alreadyLoggedText(hit, other), canAsk))) {
    return context.note(nothingLogged);
  }
  if (!isDry) transact(database, () => writeNotedPlays(database, [play]));
  const session = { ...shownSession(database, play), recordId: copy.id };
  if (!asJson) {
    const { screen } = context;
    const text = loggedText(session, { hit, choice, before, nowUts, isDry });
    const tracks = isDry ? trackLines(play, screen, targetsOf(context, database)) : [];
    await context.write(linesText([...tracks, ...sentence(text, screen)]));
  }
  if (wish !== null && !isDry) {
    if (play.tracks.length > 0) await offerToSend(context, database, play, { isSure, canAsk });
    else context.note("Not sent: the tracks of this record are not known.");
  }
  if (!asJson) return;
  // Sending changes what is stored about the tracks.
  const storedPlay = readNotedPlay(database, play.uuid) ?? play;
  const noted = contractSession({ ...session, play: storedPlay });
  return writeJson(context, { noted, dry_run: isDry } satisfies NoteDocument);
}

const nothingLogged = "Nothing was logged.";

async function isMeantAgain(context: Context, problem: string, canAsk: boolean): Promise<boolean> {
  if (canAsk) {
    const question = `${problem}. Log it again?`;
    return converse(
      context,
      () => nothingLogged,
      (conversation) => conversation.confirm(question, false),
    );
  }
  throw new UsageError(
    problem,
    "If you played it again, add --again. To list logged plays: rewind played --list",
  );
}

async function send(context: Context, entry: string | true, isSure: boolean): Promise<void> {
  requireAllowed(context);
  const { database } = await openMatchedAnswers(context);
  if (entry === true) return sendWaiting(context, database);
  const play = noteNamed(database, entry);
  if (play.tracks.every(({ uts }) => uts === null)) {
    throw new UsageError(
      "this logged play has no tracks with times, which a scrobble needs",
      "Delete it with rewind played --undo, then log it again with --scrobble (and --at)",
    );
  }
  await offerToSend(context, database, play, { isSure, canAsk: context.canAsk });
}

// The tracks that were played and their lengths: from the cache, or fetched if the command needs them.

/**
 * Returns no tracks if they are not known. Fetches them if they are useful; throws if they are needed and Discogs can't
 * be asked or has none.
 */
async function tracksOf(
  context: Context,
  database: Database,
  release: NotedRelease,
  { isNeeded, isUseful }: { readonly isNeeded: boolean; readonly isUseful: boolean },
): Promise<PlayableTrack[]> {
  const cachedTracks = playableTracks(tracklistReader(database)(release.id) ?? []);
  if (cachedTracks.length > 0 || !(isNeeded || isUseful)) return cachedTracks;
  try {
    const tracks = playableTracks((await tracklistOf(context, database, release.id)) ?? []);
    if (tracks.length > 0 || !isNeeded) return tracks;
  } catch (error) {
    if (isNeeded || !isFailure(error)) throw error;
    context.note(`The tracklist could not be fetched: ${error.message}`);
    return [];
  }
  throw new UsageError(
    `Discogs lists no tracks for ${quotedName(release)}`,
    "Log the whole record, without --side, --disc and --tracks.",
  );
}

/** The tracklist, with lengths from other services for the played tracks that Discogs gives no length for. */
async function measured(
  context: Context,
  database: Database,
  release: NotedRelease,
  { list, choice }: { readonly list: readonly PlayableTrack[]; readonly choice: TrackChoice },
): Promise<readonly PlayableTrack[]> {
  const playedTracks = chosenTracks(list, choice);
  if (playedTracks.every(({ durationSeconds }) => durationSeconds !== null)) return list;
  const [{ services, choices }, { withLengths }] = await Promise.all([
    context.connect(),
    import("../../sync/lookups/track-lengths.ts"),
  ]);
  const sources = {
    database,
    services,
    asksMusicBrainz: choices.musicbrainz === true,
    release,
    call: { signal: context.interruptible() },
    nowMs: () => context.clock.now(),
  };
  return withLengths(sources, list, playedTracks);
}
