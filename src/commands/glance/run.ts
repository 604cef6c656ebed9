import type { Context } from "../../context.ts";
import { CacheError, NotReadyError } from "../../model/errors.ts";
import { daySeconds } from "../../model/times.ts";
import { describeDataEnd } from "../../output/describe-sources.ts";
import { formatAge, formatDay, formatLongDay } from "../../output/format-dates.ts";
import { pluralize, formatPercent, formatNumber } from "../../output/format-numbers.ts";
import { joinParts, renderLineEnds, wrapSentence } from "../../output/paragraph.ts";
import { createDrawingView, present } from "../../output/present.ts";
import { joinLines, toPrintable, safe, type SafeText } from "../../output/safe-text.ts";
import { loadColours, type TerminalStyle, toTerminalText } from "../../output/terminal.ts";
import { cutEnd, measureWidth, padEnd } from "../../output/width.ts";
import { buildGlanceDocument, queryGlance, type GlanceResult } from "../../queries/shelf/glance.ts";
import { findDataEnd } from "../../queries/shelf/sources.ts";
import { listMissingCollectionSettings } from "../../settings/connection.ts";
import { saveVisit, type Visit } from "../../store/file/cache-facts.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { isSyncing } from "../../store/file/file-lock.ts";
import { isListeningConfigured, openMatchedCache } from "../shared/access/matched-cache.ts";
import type { CommandDeclaration, Invocation } from "../shared/command-declaration.ts";
import { explainPickBriefly, explainPickInFull, formatYears } from "../shared/listing/format-times.ts";

export const declaration: CommandDeclaration = {
  name: "glance",
  json: async () => [
    { schema: (await import("../../queries/documents/statistics-documents.ts")).glanceSchema },
  ],
  examples: [["rewind", "show what you play, what is new, and a record for tonight"]],
  load: async () => runGlance,
};

async function runGlance(context: Context, { form }: Invocation): Promise<void> {
  const style = { screen: context.screen, colours: await loadColours(context.screen) };
  // The glance explains how to start before the first sync.
  const answers = await openMatchedCache(context, { notifies: false, needsCollection: false }).catch(
    (error: unknown) => {
      if (error instanceof NotReadyError && form.as === "table") return error;
      throw error;
    },
  );
  const isConnected = listMissingCollectionSettings(context.settings()).length === 0;
  if (answers instanceof NotReadyError) {
    return context.write(joinLines(renderFirstSteps(answers.message, isConnected, style)));
  }
  const { database, hasCollection } = answers;
  const nowUts = Math.floor(context.clock.now() / 1000);
  const answer = queryGlance(database, nowUts);
  rememberVisit(database, answer.visit);
  const state = {
    nowUts,
    isSyncRunning: isSyncing(context.cachePath),
    dataEnd: describeDataEnd(findDataEnd(database, nowUts)),
    isListeningConfigured: isListeningConfigured(context.settings()),
    hasCollection,
    isConnected,
  };
  await present(context, form, {
    document: () => buildGlanceDocument(answer, ({ album }) => explainPickInFull(album, nowUts)),
    table: () => createDrawingView((each) => renderGlance(answer, state, each)),
  });
}

/** If a sync holds the cache longer than this, the next visit is compared with an earlier one. */
const memoryTimeoutMs = 500;

function rememberVisit(database: Database, visit: Visit): void {
  try {
    database.pragma(`busy_timeout = ${memoryTimeoutMs}`);
    transact(database, () => saveVisit(database, visit));
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
  }
}

interface GlanceState {
  readonly nowUts: number;
  readonly isSyncRunning: boolean;
  /** "" if a play of the last month is known. */
  readonly dataEnd: string;
  readonly isListeningConfigured: boolean;
  /** false: there are plays, and the records were never synced. */
  readonly hasCollection: boolean;
  /** The collection's account is set. */
  readonly isConnected: boolean;
}

interface GlanceLine {
  readonly label: string;
  readonly text: string;
  /** Tells more about the line. */
  readonly command: string;
  readonly isWarning?: boolean;
}

/** Returns at most ten lines, even for a narrow screen. */
function renderGlance(answer: GlanceResult, state: GlanceState, style: TerminalStyle): SafeText[] {
  const lines = [
    state.hasCollection ? describeCollection(answer) : describeMissingCollection(state),
    ...(state.hasCollection ? [] : describeAllPlays(answer)),
    ...describeNews(answer),
    answer.hasPlays ? describeWeek(answer, state) : describeNoPlays(state),
    ...describeThisDay(answer),
    ...describePick(answer, state),
    ...describeReview(answer),
    ...(state.hasCollection ? [describeSync(answer, state)] : []),
  ];
  return lines.map((line) => renderGlanceLine(line, style));
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

function describeCollection({ records, scrobbled, atMonthStart }: GlanceResult): GlanceLine {
  const share = formatPercent(scrobbled, records);
  const before = atMonthStart === null ? share : formatPercent(atMonthStart.scrobbled, atMonthStart.records);
  const points = (parseFloat(share) - parseFloat(before)).toFixed(1);
  const moved = share === before ? "" : `, ${points.startsWith("-") ? "" : "+"}${points} this month`;
  const text = `${formatNumber(scrobbled)} of ${pluralize(records, "record")} played (${share}${moved})`;
  return { label: "Shelf", text, command: "rewind stats" };
}

function describeMissingCollection({ isConnected }: GlanceState): GlanceLine {
  const command = isConnected ? "rewind sync" : "rewind login";
  return { label: "Shelf", text: "your records are not known yet", command };
}

function describeAllPlays({ visit, history, sources }: GlanceResult): GlanceLine[] {
  const readCount = sources.reduce((sum, { plays }) => sum + plays, 0);
  const text =
    history === "complete" ? pluralize(visit.plays, "play") : `${pluralize(readCount, "play")} so far`;
  return [{ label: "Plays", text, command: "rewind top" }];
}

function describeNews({ news }: GlanceResult): GlanceLine[] {
  if (news === null || news.records + news.plays + news.wants === 0) return [];
  const counts = [
    news.records === 0 ? "" : pluralize(news.records, "record"),
    news.plays === 0 ? "" : pluralize(news.plays, "play"),
    news.wants === 0 ? "" : pluralize(news.wants, "want"),
  ];
  const text = `${joinParts(counts, ", ")} since ${formatLongDay(news.sinceUts)}`;
  const command = news.plays > 0 ? "rewind recent" : "rewind xref --sort added";
  return [{ label: "New", text, command }];
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
): GlanceLine {
  const unknown = (text: string): GlanceLine => ({
    label: "Last week",
    text: joinParts([text, dataEnd]),
    command: "rewind sources",
  });
  if (history === "hidden") return unknown(`unknown, the listening history is hidden on ${playsFrom}`);
  if (history === "incomplete") return unknown("not known yet, the listening history is still to come");
  const since = describeLastKnownPlay(sources);
  if (since !== null && (week === null || week.plays === 0)) {
    // `dataEnd` says it as well.
    return unknown(dataEnd === "" ? `not known, ${since}` : "not known");
  }
  if (week === null) {
    return unknown(
      dataEnd === "" ? `not known, last synced ${formatAge(syncedUts, nowUts)} ago` : "not known",
    );
  }
  const counts = joinParts(
    [pluralize(week.plays, "play"), week.albums === 0 ? "" : pluralize(week.albums, "album")],
    ", ",
  );
  const text = week.plays === 0 ? "no plays" : joinParts([counts, describeMost(week), dataEnd]);
  return { label: "Last week", text, command: "rewind recap" };
}

/** "most: D'Angelo, Voodoo (14)" */
function describeMost({ most }: NonNullable<GlanceResult["week"]>): string {
  return most === null ? "" : `most: ${most.artist}, ${most.title} (${formatNumber(most.plays)})`;
}

function describeNoPlays(state: GlanceState): GlanceLine {
  const [text, command] = state.isListeningConfigured
    ? ["none are known yet; your listening service has them", "rewind sync"]
    : ["none are known yet; connect a service, or import a file", "rewind login"];
  return { label: "Plays", text, command };
}

/** Three lines at most. */
function describeThisDay({ onThisDay: { plays, added } }: GlanceResult): GlanceLine[] {
  const [first, ...others] = added;
  const more = others.length === 0 ? "" : `${formatNumber(others.length)} more`;
  const lines = [
    ...plays.map(({ day, ...counts }) => ({
      text: joinParts([
        `${formatYear(day.fromUts)}: ${pluralize(counts.plays, "play")}`,
        describeMost(counts),
      ]),
      command: `rewind recap ${formatDay(day.fromUts)}`,
    })),
    ...(first === undefined
      ? []
      : [
          {
            text: joinParts([
              `came in ${formatYear(first.addedUts)}: #${first.id} ${first.artist}, ${first.title.trim()}`,
              more,
            ]),
            command: `rewind explain ${first.id}`,
          },
        ]),
  ];
  return lines.map((line, at) => ({ label: at === 0 ? "On this day" : "", ...line }));
}

function formatYear(uts: number): string {
  return String(new Date(uts * 1000).getFullYear());
}

function describePick({ pick }: GlanceResult, { nowUts }: GlanceState): GlanceLine[] {
  if (pick === null) return [];
  const { recordId, formOfCopies } = pick;
  const facts = [formOfCopies, formatYears(pick), explainPickBriefly(pick.album, nowUts)];
  const name = `#${recordId} ${pick.artist}, ${pick.title.trim()}`;
  return [
    { label: "Tonight", text: name, command: `rewind played ${recordId}` },
    { label: "", text: joinParts(facts, ", "), command: "rewind pick" },
  ];
}

function describeReview({ toReview }: GlanceResult): GlanceLine[] {
  if (toReview === 0) return [];
  return [{ label: "To review", text: pluralize(toReview, "match", "matches"), command: "rewind review" }];
}

/** Names one service at most that refuses the account. */
function describeSync(
  { syncedUts, history, sources }: GlanceResult,
  { nowUts, isSyncRunning }: GlanceState,
): GlanceLine {
  const ago = `${formatAge(syncedUts, nowUts)} ago`;
  const line = { label: "Synced", isWarning: nowUts - syncedUts > daySeconds };
  const refused = sources.find(({ refusal, stoppedUts }) => refusal !== null && stoppedUts === null);
  if (isSyncRunning) return { ...line, text: `${ago}, a sync is running`, command: "rewind status" };
  if (refused !== undefined) {
    const text = `${ago}, refused by ${refused.title}; to continue without it:`;
    return { ...line, text, command: `rewind sources stop ${refused.name}`, isWarning: true };
  }
  const text = history === "incomplete" ? `${ago}, not complete` : ago;
  return { ...line, text, command: "rewind sync" };
}

const labelWidth = 13;
/** A command is left out if it leaves less room for the text. */
const minTextWidth = 30;

function renderGlanceLine({ label, text, command, isWarning }: GlanceLine, style: TerminalStyle): SafeText {
  const { screen, colours } = style;
  const width = Math.max(1, screen.width - labelWidth);
  const textWidth = width - measureWidth(toTerminalText(command, screen)) - 2;
  const isCommandShown = textWidth >= minTextWidth;
  const cut = cutEnd(
    toTerminalText(text, screen),
    isCommandShown ? textWidth : width,
    toTerminalText("…", screen),
  );
  const [line = safe``] = renderLineEnds(
    cut,
    isCommandShown ? command : "",
    { ...screen, width },
    {
      left: isWarning === true ? colours.yellow : (shown) => shown,
      right: colours.dim,
    },
  );
  return safe`${colours.dim(padEnd(toPrintable(label), labelWidth))}${line}`;
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
