import { UsageError } from "../../errors.ts";
import type { Context } from "../../context.ts";
import { coloursFor } from "../../output/colour.ts";
import { age } from "../../output/dates.ts";
import { linesText } from "../../output/escape.ts";
import { jsonText } from "../../output/json.ts";
import { thousands } from "../../output/numbers.ts";
import { statsLines, type StatsView } from "./screen.ts";
import { breakDown, type Part } from "../../queries/breakdown.ts";
import type { Dimension } from "../../queries/dimension.ts";
import { isoSeconds } from "../../queries/contract.ts";
import { playsByMonth } from "../../queries/plays-by-month.ts";
import { historyState, requireHistory, syncedUts, type HistoryState } from "../../queries/readiness.ts";
import { parseSpan, type Span } from "../../queries/filters/span.ts";
import {
  countOwnedAlbums,
  countSpunRecords,
  historyTotals,
  playDestinations,
  shelfTotals,
} from "../../queries/stats.ts";
import { openAnswers, secondsSinceSync, type Answers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";
import { spanInWords, spanJson } from "../shared/span-text.ts";
import { partsJson, runBreakdown } from "./breakdown.ts";

export async function runStats(context: Context, call: Call): Promise<void> {
  const { by, during } = call.options as { by?: Dimension; during?: string };
  const span =
    during === undefined ? null : parseSpan("--during", during, Math.floor(context.clock.now() / 1000));
  if (by === undefined) refuseListingOptions(call);
  const answers = await openAnswers(context);
  if (span !== null) requireHistory(answers.published, "Plays within a span");
  if (by !== undefined) return runBreakdown(context, call, { answers, by, span });
  if (call.options["json"] === true || call.options["as"] === "json") {
    const text = jsonText(statsJson(answers, span), { indent: context.screen.isTerminal });
    return context.write(text);
  }
  const { screen } = context;
  const shown = screen.isTerminal ? screen : { ...screen, width: 100 };
  const colours = await coloursFor(screen);
  const lines = statsLines(viewOf(context, answers, span), { screen: shown, colours });
  await context.write(linesText(lines));
}

function refuseListingOptions({ options }: Call): void {
  const { as, all, limit, page } = options as { as?: string; all?: true; limit?: number; page?: number };
  if (as !== undefined && as !== "table" && as !== "json") {
    throw new UsageError(`--as ${as} needs --by`, "Try: rewind stats --by genre --as csv");
  }
  if (all !== undefined || limit !== undefined || page !== undefined) {
    throw new UsageError("--page, --limit and --all need --by", "Help: rewind stats --help");
  }
}

interface Findings {
  readonly history: HistoryState;
  readonly byKind: readonly Part[];
  readonly byDecade: readonly Part[];
  readonly months: ReturnType<typeof playsByMonth>;
}

function findingsOf({ database, published }: Answers, span: Span | null): Findings {
  const history = historyState(published);
  return {
    history,
    byKind: breakDown(database, "kind", span),
    byDecade: breakDown(database, "decade", span),
    // What was played since the last sync is not known: its month is not whole.
    months:
      history === "complete" && span === null
        ? playsByMonth(database, published.get("history")?.publishedUts ?? syncedUts(published))
        : [],
  };
}

/** Plays by Last.fm's own account, for caches without the history. */
function playCountOf({ published }: Answers): number | null {
  const count = published.get("albums")?.detail["playCount"];
  return typeof count === "number" ? count : null;
}

function viewOf(context: Context, answers: Answers, span: Span | null): StatsView {
  const { database } = answers;
  const { history, byKind, byDecade, months } = findingsOf(answers, span);
  const totals = historyTotals(database, span);
  const destinations = playDestinations(database, { span, history });
  const isComplete = history === "complete";
  const counted = destinations.owned + destinations.notOwned + (destinations.noAlbumTag ?? 0);
  return {
    ...shelfTotals(database, span),
    ...destinations,
    albums: countOwnedAlbums(database),
    spun: isComplete ? countSpunRecords(database, span) : null,
    byKind,
    byDecade,
    scrobbles: isComplete ? totals.scrobbles : playCountOf(answers),
    sinceUts: isComplete ? totals.sinceUts : null,
    months,
    age: age(secondsSinceSync(context, answers.published)),
    span: span === null ? null : spanInWords(span, context.clock.now()),
    notes: [
      history === "hidden"
        ? "No album tag, plays a month: unknown, the listening history is hidden on Last.fm"
        : "",
      history === "incomplete"
        ? "No album tag, plays a month: not known yet, run rewind sync for the history"
        : "",
      isComplete && span === null && counted !== totals.scrobbles
        ? `Last.fm's album chart and listening history differ by ${thousands(Math.abs(counted - totals.scrobbles))} plays`
        : "",
    ].filter((note) => note !== ""),
  };
}

function statsJson(answers: Answers, span: Span | null): Record<string, unknown> {
  const { database, published } = answers;
  const { history, byKind, byDecade, months } = findingsOf(answers, span);
  const shelf = shelfTotals(database, span);
  const totals = historyTotals(database, span);
  const { owned, notOwned, noAlbumTag } = playDestinations(database, { span, history });
  const isComplete = history === "complete";
  return {
    records: shelf.records,
    albums: countOwnedAlbums(database),
    scrobbled: shelf.scrobbled,
    spun: isComplete ? countSpunRecords(database, span) : null,
    never_artist_known: shelf.neverArtistKnown,
    never_artist_unknown: shelf.neverArtistUnknown,
    match_types: shelf.matchTypes,
    by_kind: partsJson("kind", byKind),
    by_decade: partsJson("decade", byDecade),
    plays: { owned, not_owned: notOwned, no_album_tag: noAlbumTag },
    scrobbles: isComplete ? totals.scrobbles : playCountOf(answers),
    unlinked_scrobbles: isComplete ? totals.unlinked : null,
    first_scrobble: isComplete && totals.sinceUts !== null ? isoSeconds(totals.sinceUts) : null,
    plays_by_month:
      months.length === 0
        ? null
        : months.map(({ year, month, plays }) => ({
            month: `${year}-${String(month).padStart(2, "0")}`,
            plays,
          })),
    during: spanJson(span),
    synced_at: isoSeconds(syncedUts(published)),
    history,
  };
}
