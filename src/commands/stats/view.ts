// The screen of rewind stats.
import { type TerminalStyle, type Terminal, toTerminalText } from "../../output/terminal.ts";
import { renderSparkline, pluralize, formatPercent, formatNumber } from "../../output/format-numbers.ts";
import { formatPrice } from "../../model/price.ts";
import { formatAge, formatLongDay, formatMonth } from "../../output/format-dates.ts";
import type { SafeText } from "../../output/safe-text.ts";
import {
  renderCommands,
  renderLineEnds,
  renderFooter,
  joinParts,
  flowParts,
  joinBlocks,
} from "../../output/paragraph.ts";
import { renderShares, type ShareLine } from "./run-stats-by.ts";
import { renderGrid, type GridColumn } from "../../output/grid.ts";
import { measureWidth } from "../../output/width.ts";
import { renderSummary } from "../shared/listing/collection-summary.ts";
import { type Part, dimensionNames, dimensions } from "../../queries/statistics/stats-by-dimension.ts";
import type { StatsResult } from "../../queries/shelf/stats.ts";
import { describeMergedSources, describeStopped } from "../../output/describe-sources.ts";
import { describeMissingHistory } from "../shared/listing/list-notices.ts";
import { formatPeriod } from "../../output/format-period.ts";

const kindNames = new Map<string, readonly [label: string, remark: string]>([
  ["album", ["Albums", ""]],
  ["single", ["Singles", "services file them under albums"]],
  ["compilation", ["Compilations", "under each track's artist"]],
  ["ep", ["EPs", ""]],
  ["box", ["Box sets", "under the albums inside"]],
  ["other", ["Other", ""]],
]);

/** Dimensions that this screen leaves out. */
const hiddenDimensions = dimensionNames.filter((name) => dimensions[name].isInOverview !== true);

export function renderStats(
  answer: StatsResult,
  { screen, colours, nowMs }: TerminalStyle & { readonly nowMs: number },
): SafeText[] {
  return joinBlocks([
    renderStatsHead(answer, screen, nowMs),
    renderSummary(answer.shelf, answer.span !== null, screen),
    renderTotals(answer, screen),
    paintHeading(renderParts("By kind", answer.byKind.map(toKindLine), screen), colours),
    paintHeading(renderParts("By pressing", answer.byDecade.map(toDecadeLine), screen), colours),
    paintHeading(renderPlaysByOwnership(answer, screen), colours),
    renderMonths(answer, screen),
    renderCollectionValue(answer, screen),
    renderFooter(
      [
        [describeMissing(answer)],
        [describeUnmatchedSongs(answer)],
        [answer.sources === null ? "" : (describeMergedSources(answer.sources) ?? "")],
        [describeStopped(answer.sources?.sources ?? [])],
        [`More: --by ${hiddenDimensions.join(" | ")}`, "--during 2025"],
      ],
      screen,
    ).map(colours.dim),
  ]);
}

function paintHeading(
  [heading, ...lines]: readonly SafeText[],
  { bold }: TerminalStyle["colours"],
): SafeText[] {
  return heading === undefined ? [] : [bold(heading), ...lines];
}

function describeUnmatchedSongs({ strayPlays }: StatsResult): string {
  if (strayPlays === null || strayPlays === 0) return "";
  const plays = pluralize(strayPlays, "play");
  return `Not counted: ${plays} without an album tag, of songs that only one of your records has: rewind sql "SELECT id, artist, title, stray_plays FROM records WHERE stray_plays > 0"`;
}

/** Says which figures are missing, or that the service's own counts differ. */
function describeMissing(answer: StatsResult): string {
  const { history, playsFrom, span, plays, scrobbles } = answer;
  if (history !== "complete") return describeMissingHistory("No album tag, plays a month", answer);
  const chart = plays.owned + plays.notOwned + (plays.noAlbumTag ?? 0);
  const difference = Math.abs(chart - (scrobbles ?? 0));
  return span !== null || difference === 0
    ? ""
    : `${playsFrom}'s album chart and listening history differ by ${pluralize(difference, "play")}`;
}

function renderStatsHead(
  { shelf, albums, scrobbles, firstScrobbleUts, span, syncedUts }: StatsResult,
  screen: Terminal,
  nowMs: number,
): SafeText[] {
  const since = firstScrobbleUts === null ? "" : `since ${formatLongDay(firstScrobbleUts)}`;
  const time = span === null ? since : `from ${formatPeriod(span, nowMs)}`;
  const plays = scrobbles === null ? "" : joinParts([pluralize(scrobbles, "play"), time], " ");
  const synced = `synced ${formatAge(syncedUts, Math.floor(nowMs / 1000))} ago`;
  return renderLineEnds(
    `${pluralize(shelf.records, "record")} of ${pluralize(albums, "album")}`,
    joinParts([plays, synced]),
    screen,
  );
}

const remarkGap = "   ";

type TotalRow = readonly [label: string, count: number, remark: string];

/** Records by how much of them was played, below the summary. */
function renderTotals({ shelf, spun, span }: StatsResult, screen: Terminal): SafeText[] {
  const never = span === null ? "Never" : "Not";
  // --never is about all time, so in a span it would list fewer records than are counted here.
  const buildHint = (options: string): string => (span === null ? `rewind xref --never ${options}` : "");
  const spin: TotalRow[] = spun === null ? [] : [["With a spin", spun, "half an album in one sitting"]];
  const logged: TotalRow[] =
    shelf.loggedOnly === 0 ? [] : [["Only logged", shelf.loggedOnly, "rewind played list"]];
  const totals: TotalRow[] = [
    ...spin,
    ...logged,
    [`${never}, artist known`, shelf.neverArtistKnown, buildHint("--match artist")],
    [`${never}, artist unknown`, shelf.neverArtistUnknown, buildHint("--match none")],
  ];
  const columns: GridColumn[] = [
    { align: "left", width: 23 },
    { align: "right", width: 8 },
    { align: "right", width: 7 },
    { align: "left" },
  ];
  const room = screen.width - columns.reduce((sum, { width = 0 }) => sum + width, 0) - remarkGap.length;
  const lines = totals.map(([label, count, remark]) => {
    const text = toTerminalText(remark, screen);
    return { label, count, remark: measureWidth(text) <= room ? text : "", command: remark };
  });
  const rows = lines.map(({ label, count, remark }) => [
    label,
    formatNumber(count),
    formatPercent(count, shelf.records),
    remarkGap + remark,
  ]);
  const cut = lines.filter(({ remark, command }) => remark === "" && command.startsWith("rewind "));
  const table = renderGrid({ rows: [[], ...rows], columns }, screen).filter((line) => line !== "");
  return [...table, ...renderCommands(cut, screen)];
}

function renderParts(heading: string, lines: readonly ShareLine[], screen: Terminal): SafeText[] {
  if (lines.length === 0) return [];
  const group = {
    heading,
    names: ["records", "played", "share"],
    lines,
    labelWidth: 15,
    figureWidths: [7, 11],
  };
  return renderShares(group, screen, renderGridRows);
}

function toKindLine(part: Part): ShareLine {
  const line = toDecadeLine(part);
  const [label, remark] = kindNames.get(line.label) ?? [line.label, ""];
  return { ...line, label, remark };
}

function toDecadeLine({ value, records, scrobbled }: Part): ShareLine {
  return { label: value ?? "unknown", figures: [records, scrobbled], part: scrobbled, whole: records };
}

function renderPlaysByOwnership({ plays: to }: StatsResult, screen: Terminal): SafeText[] {
  const whole = to.owned + to.notOwned + (to.noAlbumTag ?? 0);
  const buildLine = (label: string, plays: number): ShareLine => ({
    label,
    figures: [plays],
    part: plays,
    whole,
  });
  const lines = [
    buildLine("records you own", to.owned),
    buildLine("albums you do not own", to.notOwned),
    ...(to.noAlbumTag === null ? [] : [buildLine("no album tag", to.noAlbumTag)]),
  ];
  const group = { heading: "Where your plays go", names: [], lines, labelWidth: 24, figureWidths: [9] };
  return renderShares(group, screen, renderGridRows);
}

const renderGridRows: Parameters<typeof renderShares>[2] = (rows, columns, screen) =>
  renderGrid({ rows, columns }, screen);

function renderMonths({ months }: StatsResult, screen: Terminal): SafeText[] {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined || !months.some(({ plays }) => plays > 0)) return [];
  const plays = months.map((month) => month.plays);
  const half = plays.length / 2;
  return flowParts(
    [
      `Plays a month, ${formatMonth(first.fromUts)} to ${formatMonth(last.fromUts)}`,
      `${renderSparkline(plays, screen)}   ${formatSum(plays.slice(0, half))} in year 1, ${formatSum(plays.slice(half))} in year 2`,
    ],
    screen,
    "   ",
  );
}

function formatSum(plays: readonly number[]): string {
  return formatNumber(plays.reduce((total, each) => total + each, 0));
}

/** The estimate of the last sync, and its course. */
function renderCollectionValue({ values }: StatsResult, screen: Terminal): SafeText[] {
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) return [];
  const formatCents = (cents: number): string => formatPrice({ cents, currency: last.currency });
  const medians = values.slice(-24).map(({ medianCents }) => medianCents);
  // Measured from the lowest value, since a course measured from zero looks flat.
  const [least = 0] = medians.toSorted((a, b) => a - b);
  const heights = medians.map((cents) => cents - least + 1);
  return flowParts(
    [
      `Worth ${formatCents(last.medianCents)} at Discogs' median on ${formatLongDay(last.fetchedUts)}`,
      `${formatCents(last.minimumCents)} to ${formatCents(last.maximumCents)}`,
      ...(first === last
        ? []
        : [
            `${renderSparkline(heights, screen)}   ${formatCents(first.medianCents)} on ${formatLongDay(first.fetchedUts)}`,
          ]),
    ],
    screen,
    "   ",
  );
}
