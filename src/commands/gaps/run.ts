import type { Context } from "../../context.ts";
import { coloursFor, type Colours } from "../../output/colour.ts";
import { localDay } from "../../output/dates.ts";
import { linesText, lineText, safe } from "../../output/escape.ts";
import { footerLines } from "../../output/footer.ts";
import { gapColumns, type GapLine } from "./screen.ts";
import { jsonText } from "../../output/json.ts";
import { writeListing } from "../../output/listing.ts";
import { plainLayout, tableLines } from "../../output/table.ts";
import { needsOf } from "../../queries/filters/record-filter.ts";
import { readAlbumFilter } from "../../queries/filters/read-filter.ts";
import { findGaps, withShelves, type GapQuestion, type ShelvedGap } from "../../queries/gaps.ts";
import { gapOrders, type GapSort } from "../../queries/gap-order.ts";
import {
  historyState,
  requireHistory,
  type HistoryFact,
  type HistoryState,
} from "../../queries/readiness.ts";
import { parseSpan } from "../../queries/filters/span.ts";
import { openAnswers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";
import { emptyText, gapsFooter, type GapsAnswer } from "./footer.ts";
import { gapFields, gapsJson } from "./fields.ts";
import { readListingOptions } from "../shared/listing-options.ts";

export async function runGaps(context: Context, call: Call): Promise<void> {
  const { as, safeCsv, paging } = readListingOptions(call.options, context.screen);
  const { needs, questionFor } = readQuestion(context, call);
  const { database, published } = await openAnswers(context);
  requireHistory(published, ...needs);
  const history = historyState(published);
  const question = questionFor(history);
  const found = findGaps(database, question);
  const page =
    paging === null
      ? found.gaps
      : found.gaps.slice((paging.page - 1) * paging.limit, paging.page * paging.limit);
  const rows = withShelves(database, page);
  if (as === "json") {
    const document = gapsJson(rows, found, paging);
    return context.write(jsonText(document, { indent: context.screen.isTerminal }));
  }
  if (as !== "table") return writeListing(context, gapFields, rows, { as, safeCsv });
  const answer: GapsAnswer = { question, found, rows, paging, history, nowMs: context.clock.now() };
  return context.screen.isTerminal ? writeTable(context, answer) : writePlain(context, answer);
}

interface ReadQuestion {
  /** Some questions only a complete listening history can answer. */
  readonly needs: readonly (HistoryFact | undefined)[];
  readonly questionFor: (history: HistoryState) => GapQuestion;
}

/** Everything that was typed is checked before the cache is opened. */
function readQuestion(context: Context, { arguments: [words], options }: Call): ReadQuestion {
  const nowUts = Math.floor(context.clock.now() / 1000);
  const filter = readAlbumFilter(options, words, nowUts);
  const { sort = "plays", reverse, hidden } = options as { sort?: GapSort; reverse?: true; hidden?: true };
  const recentFromUts = parseSpan("12 months", "1y", nowUts).fromUts;
  const { during = null, ...others } = filter;
  return {
    needs: [...needsOf(filter), gapOrders[sort].needs],
    questionFor: (history) => ({
      ...(hidden === true ? {} : usualRanges(history)),
      ...others,
      during,
      hidden: hidden === true,
      sort,
      reverse: reverse === true,
      recentFromUts: history === "complete" ? recentFromUts : null,
    }),
  };
}

/** Fewer plays, or plays of fewer tracks: a song on a playlist, not an album that one would buy. */
function usualRanges(history: HistoryState): Pick<GapQuestion, "plays" | "tracks"> {
  const plays = [{ least: 10, most: null }];
  return history === "complete" ? { plays, tracks: [{ least: 4, most: null }] } : { plays };
}

function lineOf(row: ShelvedGap): GapLine {
  return {
    ...row,
    editions: row.editions.length,
    last: row.lastPlayedUts === null ? "" : localDay(row.lastPlayedUts),
    owned: row.shelf.records,
    hasBox: row.shelf.boxId !== null,
  };
}

async function writePlain(context: Context, { rows, history }: GapsAnswer): Promise<void> {
  const colours = await coloursFor({ colourLevel: 0 });
  const columns = gapColumns({ colours, screen: context.screen, withHistory: history === "complete" });
  const layout = plainLayout(columns, context.screen);
  const lines = rows.map(lineOf);
  for (const line of lines) layout.measure(line);
  for (const line of lines) await context.write(linesText([layout.line(line)]));
}

async function writeTable(context: Context, answer: GapsAnswer): Promise<void> {
  const { screen } = context;
  const { rows, history } = answer;
  if (rows.length === 0) return context.write(lineText(emptyText(answer)));
  const colours: Colours = await coloursFor(screen);
  const columns = gapColumns({ colours, screen, withHistory: history === "complete" });
  const table = tableLines(columns, rows.map(lineOf), screen);
  const footer = footerLines(gapsFooter(answer), screen).map(colours.dim);
  await context.write(linesText([...table, safe``, ...footer]));
}
