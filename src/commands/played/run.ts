import type { Context } from "../../context.ts";
import { UsageError } from "../../errors.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { sentence } from "../../output/paragraph.ts";
import { chosenTracks, isWhole, type TrackChoice } from "../../queries/noted/chosen-tracks.ts";
import {
  document,
  lastBefore,
  noteNamed,
  notePlay,
  releaseOfRecord,
  shownSession,
  undoDocument,
  undoNote,
  type NotedRelease,
} from "../../queries/noted/note.ts";
import { sessionOf } from "../../queries/noted/session.ts";
import { playableTracks, type PlayableTrack } from "../../playable-tracks.ts";
import type { Database } from "../../store/database.ts";
import { readNotedPlay } from "../../store/noted-plays.ts";
import { tracklistReader } from "../../store/tracklists.ts";
import { openAnswers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";
import { oneOrChosen } from "../shared/chosen-hit.ts";
import { tracklistOf } from "../shared/tracklist.ts";
import { listNoted } from "./list.ts";
import { momentOf } from "./moment.ts";
import { requireTogether } from "./options.ts";
import { leftText, offerToSend, requireAllowed, say, sendWaiting, wishOf } from "./scrobble.ts";
import { notedText, trackLines, undoneText } from "./screen.ts";

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
  readonly json?: true;
}

const longestNote = 1000;

export async function runPlayed(context: Context, call: Call): Promise<void> {
  const options = call.options as PlayedOptions;
  requireTogether(call);
  if (options.list === true) return listNoted(context, call);
  if (options.undo !== undefined) return undo(context, options);
  if (options.send !== undefined) return send(context, options);
  return note(context, call, options);
}

async function note(context: Context, { arguments: [given] }: Call, options: PlayedOptions): Promise<void> {
  const words = Array.isArray(given) ? given.map(String) : [];
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
  const { database } = await openAnswers(context);
  const { hit, by } = await oneOrChosen(context, database, words);
  const [copy] = hit;
  const release = releaseOfRecord(database, copy.id);
  if (release === undefined) throw new UsageError(`no record ${copy.id}`, "To see the numbers: rewind xref");
  const all = await tracksOf(context, database, {
    release,
    isNeeded: !isWhole(choice) || wish === "asked",
  });
  const play = sessionOf({
    uuid: crypto.randomUUID(),
    release,
    // Words and releases name any of several copies.
    instanceId: by === "record" || hit.length === 1 ? copy.instanceId : null,
    all,
    played: chosenTracks(all, choice),
    moment,
    note: text,
    nowUts,
  });
  requirePressed(release, play.startUts);
  const before = lastBefore(database, copy.id);
  const isDry = options.dryRun === true;
  if (!isDry) notePlay(database, play);
  const shown = { ...shownSession(database, play), recordId: copy.id };
  const offer = async (canAsk: boolean): Promise<void> => {
    if (wish === null || isDry) return;
    if (play.tracks.length === 0) return say(context, "Not sent to Last.fm: its tracks are not known.");
    const isSure = wish === "always" || options.yes === true;
    await offerToSend(context, database, play, { isSure, canAsk });
  };
  if (options.json === true) {
    await offer(false);
    const told = readNotedPlay(database, play.uuid) ?? play;
    return writeJson(context, document({ ...shown, play: told }, { isDry }));
  }
  const { screen } = context;
  const lines = [
    ...(isDry ? trackLines(play, screen) : []),
    ...sentence(notedText(shown, { hit, choice, before, nowUts, isDry }), screen),
  ];
  await context.write(linesText(lines));
  await offer(context.canAsk);
}

async function send(context: Context, { send: entry, yes }: PlayedOptions): Promise<void> {
  if (context.services !== undefined) wishOf(context, true, "end");
  requireAllowed(context);
  const { database } = await openAnswers(context);
  if (typeof entry !== "string") return sendWaiting(context, database);
  const play = noteNamed(database, entry);
  if (play.tracks.every(({ uts }) => uts === null)) {
    throw new UsageError(
      play.precision === "day"
        ? "of this play the day alone is known"
        : "the tracks of this play are not known",
      "Take it back and note it anew: rewind played --undo, then with --scrobble (and --at)",
    );
  }
  await offerToSend(context, database, play, {
    isSure: yes === true,
    canAsk: context.canAsk,
  });
}

function choiceOf({ side = [], disc = [], tracks = [] }: PlayedOptions): TrackChoice {
  return {
    sides: listed(side),
    discs: listed(disc).map((text) => {
      if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
      throw new UsageError(
        `--disc takes the number of a disc, not ${JSON.stringify(text.slice(0, 40))}`,
        "For example: --disc 2",
      );
    }),
    tracks: listed(tracks),
  };
}

function listed(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

function noteText(text = ""): string {
  if (text.length <= longestNote) return text;
  throw new UsageError(
    `--note takes at most ${longestNote} letters, not ${text.length}`,
    "Give a shorter one.",
  );
}

/** What the cache knows of it; asked for only where a part of it is wanted. Empty where nothing is known. */
async function tracksOf(
  context: Context,
  database: Database,
  { release, isNeeded }: { readonly release: NotedRelease; readonly isNeeded: boolean },
): Promise<PlayableTrack[]> {
  if (!isNeeded) return playableTracks(tracklistReader(database)(release.id) ?? []);
  const tracks = playableTracks((await tracklistOf(context, database, release.id)) ?? []);
  if (tracks.length > 0) return tracks;
  throw new UsageError(
    `Discogs lists no tracks of ${release.artist} · ${release.title}`,
    "Note the whole record, without --side, --disc and --tracks.",
  );
}

/** Nobody played a pressing before it was made. */
function requirePressed({ artist, title, year }: NotedRelease, uts: number): void {
  const played = new Date(uts * 1000).getFullYear();
  if (year === null || played >= year) return;
  throw new UsageError(
    `this pressing of ${artist} · ${title} is of ${year}: it was not played in ${played}`,
    "Was it another copy? Give its number: rewind xref --copies",
  );
}

async function undo(context: Context, { undo: entry, json }: PlayedOptions): Promise<void> {
  const { database } = await openAnswers(context);
  const shown = undoNote(database, typeof entry === "string" ? entry : null);
  const left = leftText(database, shown.play);
  if (left !== null) say(context, left);
  if (json === true) return writeJson(context, undoDocument(shown));
  await context.write(linesText(sentence(undoneText(shown), context.screen)));
}
