import type { Context } from "../../context.ts";
import { quotedName } from "../../model/names.ts";
import { InterruptedError, UsageError } from "../../model/errors.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { sentence } from "../../output/paragraph.ts";
import { chosenTracks, isWhole } from "../../decisions/noted/played-tracks.ts";
import {
  document,
  lastBefore,
  noteNamed,
  notePlay,
  overlappingNote,
  releaseOfRecord,
  shownSession,
  undoDocument,
  playToUndo,
  undoNote,
  type NotedRelease,
} from "../../decisions/noted/log-play.ts";
import { sessionOf } from "../../decisions/noted/play-session.ts";
import { readNotedPlay, wasSubmitted } from "../../store/decisions/noted-plays.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call } from "../shared/declaration.ts";
import { startConversation } from "../shared/terminal/conversation.ts";
import { sureRecord } from "../shared/choosing/sure-choice.ts";
import { momentOf, requireTogether } from "./played-options.ts";
import { leftText, offerToSend, requireAllowed, sendWaiting, targetsOf, wishOf } from "./send-plays.ts";
import { alreadyLoggedText, listLogged, loggedText, trackLines, undoneText } from "./screen.ts";
import { choiceOf, isSendable, measured, tracksOf } from "./track-options.ts";

interface PlayedOptions {
  readonly on?: string;
  readonly at?: string;
  readonly side?: readonly string[];
  readonly disc?: readonly string[];
  readonly tracks?: readonly string[];
  readonly note?: string;
  readonly dryRun?: true;
  readonly list?: true;
  readonly undo?: true | string;
  readonly scrobble?: true;
  readonly send?: true | string;
  readonly yes?: true;
  readonly again?: true;
  readonly from?: string;
  readonly pending?: true | string;
  readonly json?: true;
}

const longestNote = 1000;

export async function runPlayed(context: Context, call: Call): Promise<void> {
  const options = call.options as PlayedOptions;
  requireTogether(call);
  if (options.list === true) return listLogged(context, call);
  if (options.undo !== undefined) return undo(context, options);
  if (options.send !== undefined) return send(context, options);
  if (options.from !== undefined) {
    return (await import("./heard-tracks.ts")).logFrom(context, options.from);
  }
  if (options.pending !== undefined) {
    const [words] = call.arguments;
    return (await import("./pending-list.ts")).settlePending(context, {
      entry: options.pending,
      words: Array.isArray(words) ? words.map(String) : [],
      asJson: options.json === true,
    });
  }
  return note(context, call, options);
}

async function note(
  context: Context,
  { arguments: [argument] }: Call,
  options: PlayedOptions,
): Promise<void> {
  const words = Array.isArray(argument) ? argument.map(String) : [];
  if (words.length === 0) {
    throw new UsageError(
      "no record given",
      "Give its number, a release like r6872464, or words: rewind played hejira",
    );
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const moment = momentOf(options, nowUts);
  const choice = choiceOf(options);
  const text = noteText(options.note);
  const wish = wishOf(context, options.scrobble === true, moment.kind);
  const { database } = await openMatchedAnswers(context);
  const { hit, by } = await sureRecord(context, database, words, {
    isOnePressing: true,
    asJson: options.json === true,
  });
  const [copy] = hit;
  const release = releaseOfRecord(database, copy.id);
  if (release === undefined) throw new UsageError(`no record ${copy.id}`, "To see the numbers: rewind xref");
  const isDry = options.dryRun === true;
  const isSure = wish === "always" || options.yes === true;
  const canAsk = options.json !== true && context.canAsk;
  const list = await tracksOf(context, database, {
    release,
    isNeeded: !isWhole(choice) || wish === "asked",
    isUseful: wish === "always" && !isDry,
  });
  const isToBeSent =
    wish !== null && !isDry && (isSure || canAsk) && isSendable(moment, nowUts, targetsOf(context));
  const all = isToBeSent ? await measured(context, database, { release, list, choice }) : list;
  const play = sessionOf({
    uuid: crypto.randomUUID(),
    release,
    // Only a record number tells which of several copies it was.
    instanceId: by === "record" || hit.length === 1 ? copy.instanceId : null,
    all,
    playedTracks: chosenTracks(all, choice),
    moment,
    note: text,
    nowUts,
  });
  requirePressed(release, play.startUts);
  const before = lastBefore(database, copy.id);
  const other = isDry || options.again === true ? undefined : overlappingNote(database, play);
  if (other !== undefined && !(await isMeantAgain(context, alreadyLoggedText(hit, other, nowUts), canAsk))) {
    return context.note(nothingLogged);
  }
  if (!isDry) notePlay(database, play);
  const session = { ...shownSession(database, play), recordId: copy.id };
  const offer = async (): Promise<void> => {
    if (wish === null || isDry) return;
    if (play.tracks.length === 0) return context.note("Not sent: the tracks of this record are not known.");
    await offerToSend(context, database, play, { isSure, canAsk });
  };
  if (options.json === true) {
    await offer();
    // Sending changes what is stored about the tracks.
    const storedPlay = readNotedPlay(database, play.uuid) ?? play;
    return writeJson(context, document({ ...session, play: storedPlay }, { isDry }));
  }
  const { screen } = context;
  const lines = [
    ...(isDry ? trackLines(play, screen) : []),
    ...sentence(loggedText(session, { hit, choice, before, nowUts, isDry }), screen),
  ];
  await context.write(linesText(lines));
  await offer();
}

const nothingLogged = "Nothing was logged.";

async function isMeantAgain(context: Context, problem: string, canAsk: boolean): Promise<boolean> {
  if (!canAsk) {
    throw new UsageError(
      problem,
      "If you played it again, add --again. To list logged plays: rewind played --list",
    );
  }
  const conversation = await startConversation(context);
  try {
    return await conversation.confirm(`${problem}. Log it again?`, false);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw error.withHint(nothingLogged);
  } finally {
    conversation.close();
  }
}

async function send(context: Context, { send: entry, yes }: PlayedOptions): Promise<void> {
  if (context.services !== undefined) wishOf(context, true, "end");
  requireAllowed(context);
  const { database } = await openMatchedAnswers(context);
  if (typeof entry !== "string") return sendWaiting(context, database);
  const play = noteNamed(database, entry);
  if (play.tracks.every(({ uts }) => uts === null)) {
    throw new UsageError(
      play.precision === "day"
        ? "this logged play has no time, which a scrobble needs"
        : "the tracks of this logged play are not known",
      "Delete it with rewind played --undo, then log it again with --scrobble (and --at)",
    );
  }
  await offerToSend(context, database, play, {
    isSure: yes === true,
    canAsk: context.canAsk,
  });
}

function noteText(text = ""): string {
  if (text.length <= longestNote) return text;
  throw new UsageError(
    `--note takes at most ${longestNote} characters, not ${text.length}`,
    "Give a shorter note.",
  );
}

/** Throws UsageError for a play before the pressing was made. */
function requirePressed({ artist, title, year }: NotedRelease, uts: number): void {
  const playedYear = new Date(uts * 1000).getFullYear();
  if (year === null || playedYear >= year) return;
  throw new UsageError(
    `this pressing of ${quotedName({ artist, title })} is from ${year}, so you can't have played it in ${playedYear}`,
    "If it was another copy, give its number. To see the numbers: rewind xref --copies",
  );
}

async function undo(context: Context, { undo: entry, json }: PlayedOptions): Promise<void> {
  const { database } = await openMatchedAnswers(context);
  const play = playToUndo(database, typeof entry === "string" ? entry : null);
  // First at the service: if that fails, the play can be undone again.
  if (play.tracks.some(wasSubmitted)) {
    const { deleteListens } = await import("./delete-listens.ts");
    context.note(await deleteListens(context, database, play));
  }
  const session = undoNote(database, play);
  const remainder = leftText(database, play);
  if (remainder !== null) context.note(remainder);
  if (json === true) return writeJson(context, undoDocument(session));
  await context.write(linesText(sentence(undoneText(session), context.screen)));
}
