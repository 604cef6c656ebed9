import type { Context } from "../../context.ts";
import { NotReadyError } from "../../model/errors.ts";
import { daySeconds } from "../../model/times.ts";
import { formatAge, formatDay, formatLongDay } from "../../output/format-dates.ts";
import { joinLines, toPrintable, safe, type SafeText } from "../../output/safe-text.ts";
import { loadColours, type TerminalStyle, toTerminalText } from "../../output/terminal.ts";
import { getLastWeek } from "../../queries/conditions/period.ts";
import { queryGlance, type GlanceResult } from "../../queries/shelf/glance.ts";
import { findDataEnd } from "../../queries/shelf/sources.ts";
import { describeDataEnd } from "../../output/describe-sources.ts";
import { listMissingCollectionSettings } from "../../settings/connection.ts";
import { isSyncing } from "../../store/file/file-lock.ts";
import { isListeningConfigured, openMatchedCache } from "../shared/access/matched-cache.ts";
import { joinParts, wrapSentence, flowParts } from "../../output/paragraph.ts";
import { pluralize, formatPercent, formatNumber } from "../../output/format-numbers.ts";
import { cutEnd, padEnd } from "../../output/width.ts";
import { explainPickBriefly, formatYears } from "../shared/listing/format-times.ts";
import type { CommandDeclaration } from "../shared/command-declaration.ts";

export const declaration: CommandDeclaration = {
  name: "glance",
  examples: [["rewind", "show what you play, a record for tonight and matches to review"]],
  load: async () => runGlance,
};

async function runGlance(context: Context): Promise<void> {
  const { screen } = context;
  const style = { screen, colours: await loadColours(screen) };
  // The glance explains how to start before the first sync.
  const answers = await openMatchedCache(context, { notifies: false }).catch((error: unknown) => {
    if (error instanceof NotReadyError) return error;
    throw error;
  });
  if (answers instanceof NotReadyError) {
    const isConnected = listMissingCollectionSettings(context.settings()).length === 0;
    return context.write(joinLines(renderFirstSteps(answers.message, isConnected, style)));
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const answer = queryGlance(answers.database, {
    week: getLastWeek(nowUts),
    // The same record all day, however often the user looks.
    seed: Number(formatDay(nowUts).replaceAll("-", "")),
    nowUts,
  });
  const dataEnd = describeDataEnd(findDataEnd(answers.database, nowUts));
  const state = {
    nowUts,
    isSyncRunning: isSyncing(context.cachePath),
    dataEnd,
    noPlaysParts: [
      "none are known yet",
      isListeningConfigured(context.settings())
        ? "rewind sync asks your listening service for them"
        : "rewind login or rewind import FILE brings some",
    ],
  };
  await context.write(joinLines(renderGlance(answer, state, style)));
}

// The lines of the glance: at most ten, even on a narrow screen. Long lines are cut.

interface GlanceState {
  readonly nowUts: number;
  readonly isSyncRunning: boolean;
  /** "" if a play of the last month is known. */
  readonly dataEnd: string;
  /** Says how to bring plays. */
  readonly noPlaysParts: readonly string[];
}

const labelWidth = 11;

function renderGlance(answer: GlanceResult, state: GlanceState, style: TerminalStyle): SafeText[] {
  const { colours, screen } = style;
  const staleness = state.nowUts - answer.syncedUts > daySeconds ? colours.yellow : (text: SafeText) => text;
  return [
    ...renderBlock("Shelf", describeCollection(answer), style).slice(0, 1),
    ...(answer.hasPlays
      ? renderBlock("Last week", [...describeWeek(answer, state), state.dataEnd], style).slice(0, 2)
      : renderBlock("Plays", state.noPlaysParts, style).slice(0, 2)),
    ...renderBlock("Tonight", describePick(answer, state), style).slice(0, 2),
    ...renderBlock("To review", describeReview(answer), style).slice(0, 1),
    ...renderBlock("Synced", describeSync(answer, state), style).slice(0, 1).map(staleness),
    ...describeRefusal(answer)
      .flatMap((parts) => renderBlock("Refused", parts, style).slice(0, 1))
      .map(colours.yellow),
    safe``,
    ...flowParts(["rewind xref", "rewind stats", "rewind gaps", "rewind pick", "rewind --help"], screen)
      .slice(0, 2)
      .map((line) => colours.dim(cutEnd(line, screen.width))),
  ];
}

/** The hints before the first sync. `missing` says what the cache lacks. */
function renderFirstSteps(missing: string, isConnected: boolean, { screen }: TerminalStyle): SafeText[] {
  const steps = isConnected ? connectedStepHints : firstStepHints;
  const head = `${missing.charAt(0).toUpperCase()}${missing.slice(1)}. ${isConnected ? "Your accounts are connected. Next:" : "First steps:"}`;
  return [
    ...wrapSentence(head, screen),
    ...steps.map((line) => cutEnd(toPrintable(line), Math.max(screen.width, 1))),
  ];
}

function describeCollection({ records, scrobbled }: GlanceResult): string[] {
  const never = records - scrobbled;
  return [
    `${formatNumber(scrobbled)} of ${pluralize(records, "record")} played (${formatPercent(scrobbled, records)})`,
    never === 0 ? "" : `never ${formatNumber(never)}`,
  ];
}

/** "plays until 30 Nov 2026" if no source brings newer ones by itself; null: some does. */
function describeLastKnownPlay(sources: GlanceResult["sources"]): string | null {
  const isBeingRead = ({ kind, stoppedUts, refusal }: (typeof sources)[number]): boolean =>
    kind !== "file" && stoppedUts === null && refusal === null;
  if (sources.some(isBeingRead)) return null;
  const lastUts = sources.reduce((last, source) => Math.max(last, source.lastUts ?? 0), 0);
  return lastUts === 0 ? null : `plays until ${formatLongDay(lastUts)}`;
}

function describeWeek(
  { history, playsFrom, week, syncedUts, sources }: GlanceResult,
  { nowUts, dataEnd }: GlanceState,
): string[] {
  if (history === "hidden") return [`unknown, the listening history is hidden on ${playsFrom}`];
  if (history === "incomplete") return ["not known yet, the listening history is still to come"];
  const since = describeLastKnownPlay(sources);
  if (since !== null && (week === null || week.plays === 0)) {
    // `dataEnd` says it as well.
    return [dataEnd === "" ? `not known, ${since}` : "not known"];
  }
  if (week === null) return [`not known, last synced ${formatAge(syncedUts, nowUts)} ago`];
  const { plays, albums, most } = week;
  if (plays === 0) return ["no plays"];
  return [
    albums === 0 ? pluralize(plays, "play") : `${pluralize(plays, "play")}, ${pluralize(albums, "album")}`,
    most === null ? "" : `most: ${most.artist}, ${most.title} (${formatNumber(most.plays)})`,
  ];
}

function describePick({ pick }: GlanceResult, { nowUts }: GlanceState): string[] {
  if (pick === null) return [];
  const { recordId, formOfCopies } = pick;
  const facts = [formOfCopies, formatYears(pick), explainPickBriefly(pick.album, nowUts)];
  return [`#${recordId} ${pick.artist}, ${pick.title.trim()}`, joinParts(facts, ", ")];
}

function describeReview({ toReview }: GlanceResult): string[] {
  return toReview === 0 ? [] : [`${pluralize(toReview, "match", "matches")}: rewind review`];
}

function describeSync(
  { syncedUts, history }: GlanceResult,
  { nowUts, isSyncRunning }: GlanceState,
): string[] {
  const ago = `${formatAge(syncedUts, nowUts)} ago`;
  if (isSyncRunning) return [`${ago}, a sync is running`];
  return [`${ago}, ${history === "incomplete" ? "to continue" : "to update"}: rewind sync`];
}

/** Names one source at most. */
function describeRefusal({ sources }: GlanceResult): string[][] {
  const refused = sources.find(({ refusal, stoppedUts }) => refusal !== null && stoppedUts === null);
  return refused === undefined
    ? []
    : [[`by ${refused.title}; to continue without it: rewind sources stop ${refused.name}`]];
}

/** Parts behind a label, side by side if they fit, else one a line and cut. Returns nothing without parts. */
function renderBlock(
  label: string,
  parts: readonly string[],
  { screen, colours }: TerminalStyle,
): SafeText[] {
  const width = Math.max(1, screen.width - labelWidth);
  const cut = parts.map((part) => cutEnd(toTerminalText(part, screen), width, toTerminalText("…", screen)));
  return flowParts(cut, { ...screen, width }).map(
    (line, at) => safe`${colours.dim(padEnd(toPrintable(at === 0 ? label : ""), labelWidth))}${line}`,
  );
}

const firstQueryHint = [
  "  rewind xref --never --kind album --sort artist-plays",
  "                 records you never played, favourite artists first",
];
const firstStepHints = [
  "  rewind demo    try it, no account needed",
  "  rewind login   connect Discogs and your listening history, then sync",
  ...firstQueryHint,
];
const connectedStepHints = ["  rewind sync    fetch your records and your plays", ...firstQueryHint];
