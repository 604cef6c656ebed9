import type { Context } from "../../context.ts";
import { NotReadyError } from "../../model/errors.ts";
import { daySeconds } from "../../model/times.ts";
import { age, localDay, localDayInWords } from "../../output/dates.ts";
import { linesText, printable, safe, type SafeText } from "../../output/escape.ts";
import { coloursFor, type TerminalStyle, screenText } from "../../output/screen.ts";
import { lastWeek } from "../../queries/conditions/span.ts";
import { ask, type GlanceAnswer } from "../../queries/shelf/glance.ts";
import { findDataEnd } from "../../queries/shelf/sources.ts";
import { dataEndText } from "../../output/source-text.ts";
import { missingSettings } from "../../settings/connection.ts";
import { isSyncing } from "../../store/file/file-lock.ts";
import { isListeningSet, openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import { joinParts, sentence, sideBySide } from "../../output/paragraph.ts";
import { counted, percent, thousands } from "../../output/number-text.ts";
import { cutEnd, padEnd } from "../../output/width.ts";
import { whyInShort, yearsInWords } from "../shared/listing/times-in-words.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "glance",
  examples: [["rewind", "show what you play, a record for tonight and doubtful matches"]],
  load: async () => runGlance,
};

async function runGlance(context: Context): Promise<void> {
  const { screen } = context;
  const style = { screen, colours: await coloursFor(screen) };
  // Before the first sync the glance explains how to start.
  const answers = await openMatchedAnswers(context, { notifies: false }).catch((error: unknown) => {
    if (error instanceof NotReadyError) return error;
    throw error;
  });
  if (answers instanceof NotReadyError) {
    const isConnected = missingSettings(context.settings()).length === 0;
    return context.write(linesText(beginningLines(answers.message, isConnected, style)));
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const answer = ask(answers.database, {
    week: lastWeek(nowUts),
    // The same record all day, however often the user looks.
    seed: Number(localDay(nowUts).replaceAll("-", "")),
    nowUts,
  });
  const dataEnd = dataEndText(findDataEnd(answers.database, nowUts));
  const state = {
    nowUts,
    isSyncRunning: isSyncing(context.cachePath),
    dataEnd,
    noPlaysParts: [
      "none are known yet",
      isListeningSet(context.settings())
        ? "rewind sync asks your listening service for them"
        : "rewind login or rewind import FILE brings some",
    ],
  };
  await context.write(linesText(glanceLines(answer, state, style)));
}

// The lines of the glance: at most ten, even on a narrow screen. Long lines are cut.

interface State {
  readonly nowUts: number;
  readonly isSyncRunning: boolean;
  /** "" if a play of the last month is known. */
  readonly dataEnd: string;
  /** Says how to bring plays. */
  readonly noPlaysParts: readonly string[];
}

const labelWidth = 11;

function glanceLines(answer: GlanceAnswer, state: State, style: TerminalStyle): SafeText[] {
  const { colours, screen } = style;
  const staleness = state.nowUts - answer.syncedUts > daySeconds ? colours.yellow : (text: SafeText) => text;
  return [
    ...block("Shelf", shelfParts(answer), style).slice(0, 1),
    ...(answer.hasPlays
      ? block("Last week", [...weekParts(answer, state), state.dataEnd], style).slice(0, 2)
      : block("Plays", state.noPlaysParts, style).slice(0, 2)),
    ...block("Tonight", pickParts(answer, state), style).slice(0, 2),
    ...block("To settle", doubtParts(answer), style).slice(0, 1),
    ...block("Synced", syncParts(answer, state), style).slice(0, 1).map(staleness),
    ...refusedParts(answer)
      .flatMap((parts) => block("Refused", parts, style).slice(0, 1))
      .map(colours.yellow),
    safe``,
    ...sideBySide(["rewind xref", "rewind stats", "rewind gaps", "rewind pick", "rewind --help"], screen)
      .slice(0, 2)
      .map((line) => colours.dim(cutEnd(line, screen.width))),
  ];
}

/** The hints before the first sync. `missing` says what the cache lacks. */
function beginningLines(missing: string, isConnected: boolean, { screen }: TerminalStyle): SafeText[] {
  const steps = isConnected ? stepsOnceConnected : firstSteps;
  const head = `${missing.charAt(0).toUpperCase()}${missing.slice(1)}. ${isConnected ? "Your accounts are connected. Next:" : "First steps:"}`;
  return [
    ...sentence(head, screen),
    ...steps.map((line) => cutEnd(printable(line), Math.max(screen.width, 1))),
  ];
}

function shelfParts({ records, scrobbled }: GlanceAnswer): string[] {
  const never = records - scrobbled;
  return [
    `${thousands(scrobbled)} of ${counted(records, "record")} played (${percent(scrobbled, records)})`,
    never === 0 ? "" : `never ${thousands(never)}`,
  ];
}

/** "plays until 30 Nov 2026" if no source brings newer ones by itself; null: some does. */
function unknownSince(sources: GlanceAnswer["sources"]): string | null {
  const isRead = ({ kind, stoppedUts, refusal }: (typeof sources)[number]): boolean =>
    kind === "service" && stoppedUts === null && refusal === null;
  if (sources.some(isRead)) return null;
  const lastUts = sources.reduce((last, source) => Math.max(last, source.lastUts ?? 0), 0);
  return lastUts === 0 ? null : `plays until ${localDayInWords(lastUts)}`;
}

function weekParts(
  { history, playsFrom, week, syncedUts, sources }: GlanceAnswer,
  { nowUts, dataEnd }: State,
): string[] {
  if (history === "hidden") return [`unknown, the listening history is hidden on ${playsFrom}`];
  if (history === "incomplete") return ["not known yet, the listening history is still to come"];
  const since = unknownSince(sources);
  if (since !== null && (week === null || week.plays === 0)) {
    // `dataEnd` says it as well.
    return [dataEnd === "" ? `not known, ${since}` : "not known"];
  }
  if (week === null) return [`not known, last synced ${age(nowUts - syncedUts)} ago`];
  const { plays, albums, most } = week;
  if (plays === 0) return ["no plays"];
  return [
    albums === 0 ? counted(plays, "play") : `${counted(plays, "play")}, ${counted(albums, "album")}`,
    most === null ? "" : `most: ${most.artist}, ${most.title} (${thousands(most.plays)})`,
  ];
}

function pickParts({ pick }: GlanceAnswer, { nowUts }: State): string[] {
  if (pick === null) return [];
  const { recordId, formOfCopies } = pick;
  const facts = [formOfCopies, yearsInWords(pick), whyInShort(pick.album, nowUts)];
  return [`#${recordId} ${pick.artist}, ${pick.title.trim()}`, joinParts(facts, ", ")];
}

function doubtParts({ doubts }: GlanceAnswer): string[] {
  return doubts === 0 ? [] : [`${counted(doubts, "doubtful match", "doubtful matches")}: rewind review`];
}

function syncParts({ syncedUts, history }: GlanceAnswer, { nowUts, isSyncRunning }: State): string[] {
  const ago = `${age(nowUts - syncedUts)} ago`;
  if (isSyncRunning) return [`${ago}, a sync is running`];
  return [`${ago}, ${history === "incomplete" ? "to continue" : "to update"}: rewind sync`];
}

/** At most one source. */
function refusedParts({ sources }: GlanceAnswer): string[][] {
  const refused = sources.find(({ refusal, stoppedUts }) => refusal !== null && stoppedUts === null);
  return refused === undefined
    ? []
    : [[`by ${refused.title}; to continue without it: rewind sources stop ${refused.name}`]];
}

/** Parts behind a label, side by side if they fit, else one a line and cut. Returns nothing without parts. */
function block(label: string, parts: readonly string[], { screen, colours }: TerminalStyle): SafeText[] {
  const width = Math.max(1, screen.width - labelWidth);
  const cut = parts.map((part) => cutEnd(screenText(part, screen), width, screenText("…", screen)));
  return sideBySide(cut, { ...screen, width }).map(
    (line, at) => safe`${colours.dim(padEnd(printable(at === 0 ? label : ""), labelWidth))}${line}`,
  );
}

const firstQuestion = [
  "  rewind xref --never --kind album --sort artist-plays",
  "                 records you never played, favourite artists first",
];
const firstSteps = [
  "  rewind demo    try it, no account needed",
  "  rewind login   connect Discogs and your listening history, then sync",
  ...firstQuestion,
];
const stepsOnceConnected = ["  rewind sync    fetch your records and your plays", ...firstQuestion];
