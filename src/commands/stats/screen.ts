// The screen of rewind stats.
import { type TerminalStyle, type Screen, screenText } from "../../output/screen.ts";
import { sparkline, counted, percent, thousands } from "../../output/number-text.ts";
import { priceText } from "../../model/price.ts";
import { age, localDayInWords, monthInWords } from "../../output/dates.ts";
import type { SafeText } from "../../output/escape.ts";
import {
  commandsBelow,
  ends,
  footerLines,
  joinParts,
  sideBySide,
  spacedBlocks,
} from "../../output/paragraph.ts";
import { shareLines, type ShareLine } from "./breakdown-table.ts";
import { gridLines, type GridColumn } from "../../output/grid.ts";
import { widthOf } from "../../output/width.ts";
import { summaryLines } from "../shared/listing/shelf-summary.ts";
import { type Part, dimensionNames, dimensions } from "../../queries/figures/breakdown.ts";
import type { StatsAnswer } from "../../queries/shelf/stats.ts";
import { joinedText, stoppedText } from "../../output/source-text.ts";
import { historyNote } from "../shared/listing/list-notes.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";

const kindNames = new Map<string, readonly [label: string, remark: string]>([
  ["album", ["Albums", ""]],
  ["single", ["Singles", "services file them under albums"]],
  ["compilation", ["Compilations", "under each track's artist"]],
  ["ep", ["EPs", ""]],
  ["box", ["Box sets", "under the albums inside"]],
  ["other", ["Other", ""]],
]);

/** Dimensions that this screen leaves out. */
const notShown = dimensionNames.filter((name) => dimensions[name].isInOverview !== true);

export function statsLines(
  answer: StatsAnswer,
  { screen, colours, nowMs }: TerminalStyle & { readonly nowMs: number },
): SafeText[] {
  return spacedBlocks([
    headLines(answer, screen, nowMs),
    summaryLines(answer.shelf, answer.span !== null, screen),
    totalLines(answer, screen),
    boldHeading(partLines("By kind", answer.byKind.map(kindLine), screen), colours),
    boldHeading(partLines("By pressing", answer.byDecade.map(decadeLine), screen), colours),
    boldHeading(destinationLines(answer, screen), colours),
    monthLines(answer, screen),
    valueLines(answer, screen),
    footerLines(
      [
        [missingNote(answer)],
        [strayNote(answer)],
        [answer.sources === null ? "" : (joinedText(answer.sources) ?? "")],
        [stoppedText(answer.sources?.sources ?? [])],
        [`More: --by ${notShown.join(" | ")}`, "--during 2025"],
      ],
      screen,
    ).map(colours.dim),
  ]);
}

function boldHeading(
  [heading, ...lines]: readonly SafeText[],
  { bold }: TerminalStyle["colours"],
): SafeText[] {
  return heading === undefined ? [] : [bold(heading), ...lines];
}

function strayNote({ strayPlays }: StatsAnswer): string {
  if (strayPlays === null || strayPlays === 0) return "";
  const plays = counted(strayPlays, "play");
  return `Not counted: ${plays} without an album tag, of songs that only one of your records has: rewind explain`;
}

/** Says which figures are missing, or that the service's own counts differ. */
function missingNote(answer: StatsAnswer): string {
  const { history, playsFrom, span, plays, scrobbles } = answer;
  if (history !== "complete") return historyNote("No album tag, plays a month", answer);
  const chart = plays.owned + plays.notOwned + (plays.noAlbumTag ?? 0);
  const difference = Math.abs(chart - (scrobbles ?? 0));
  return span !== null || difference === 0
    ? ""
    : `${playsFrom}'s album chart and listening history differ by ${thousands(difference)} plays`;
}

function headLines(
  { shelf, albums, scrobbles, firstScrobbleUts, span, syncedUts }: StatsAnswer,
  screen: Screen,
  nowMs: number,
): SafeText[] {
  const since = firstScrobbleUts === null ? "" : `since ${localDayInWords(firstScrobbleUts)}`;
  const time = span === null ? since : `from ${spanInWords(span, nowMs)}`;
  const plays = scrobbles === null ? "" : joinParts([counted(scrobbles, "play"), time], " ");
  const synced = `synced ${age(Math.floor(nowMs / 1000) - syncedUts)} ago`;
  return ends(
    `${counted(shelf.records, "record")} of ${counted(albums, "album")}`,
    joinParts([plays, synced]),
    screen,
  );
}

const remarkGap = "   ";

type TotalRow = readonly [label: string, count: number, remark: string];

/** Records by how much of them was played, below the summary. */
function totalLines({ shelf, spun, span }: StatsAnswer, screen: Screen): SafeText[] {
  const never = span === null ? "Never" : "Not";
  // --never is about all time, so in a span it would list fewer records than are counted here.
  const hint = (options: string): string => (span === null ? `rewind xref --never ${options}` : "");
  const spin: TotalRow[] = spun === null ? [] : [["With a spin", spun, "half an album in one sitting"]];
  const logged: TotalRow[] =
    shelf.notedOnly === 0 ? [] : [["Only logged", shelf.notedOnly, "rewind played --list"]];
  const totals: TotalRow[] = [
    ...spin,
    ...logged,
    [`${never}, artist known`, shelf.neverArtistKnown, hint("--sort artist-plays")],
    [`${never}, artist unknown`, shelf.neverArtistUnknown, hint("--match none")],
  ];
  const columns: GridColumn[] = [
    { align: "left", width: 23 },
    { align: "right", width: 8 },
    { align: "right", width: 7 },
    { align: "left" },
  ];
  const room = screen.width - columns.reduce((sum, { width = 0 }) => sum + width, 0) - remarkGap.length;
  const lines = totals.map(([label, count, remark]) => {
    const text = screenText(remark, screen);
    return { label, count, remark: widthOf(text) <= room ? text : "", command: remark };
  });
  const rows = lines.map(({ label, count, remark }) => [
    label,
    thousands(count),
    percent(count, shelf.records),
    remarkGap + remark,
  ]);
  const cut = lines.filter(({ remark, command }) => remark === "" && command.startsWith("rewind "));
  const table = gridLines({ rows: [[], ...rows], columns }, screen).filter((line) => line !== "");
  return [...table, ...commandsBelow(cut, screen)];
}

function partLines(heading: string, lines: readonly ShareLine[], screen: Screen): SafeText[] {
  if (lines.length === 0) return [];
  const group = {
    heading,
    names: ["records", "played", "share"],
    lines,
    labelWidth: 15,
    figureWidths: [7, 11],
  };
  return shareLines(group, screen, drawGrid);
}

function kindLine(part: Part): ShareLine {
  const line = decadeLine(part);
  const [label, remark] = kindNames.get(line.label) ?? [line.label, ""];
  return { ...line, label, remark };
}

function decadeLine({ value, records, scrobbled }: Part): ShareLine {
  return { label: value ?? "unknown", figures: [records, scrobbled], part: scrobbled, whole: records };
}

function destinationLines({ plays: to }: StatsAnswer, screen: Screen): SafeText[] {
  const whole = to.owned + to.notOwned + (to.noAlbumTag ?? 0);
  const lineOf = (label: string, plays: number): ShareLine => ({
    label,
    figures: [plays],
    part: plays,
    whole,
  });
  const lines = [
    lineOf("records you own", to.owned),
    lineOf("albums you do not own", to.notOwned),
    ...(to.noAlbumTag === null ? [] : [lineOf("no album tag", to.noAlbumTag)]),
  ];
  const group = { heading: "Where your plays go", names: [], lines, labelWidth: 24, figureWidths: [9] };
  return shareLines(group, screen, drawGrid);
}

const drawGrid: Parameters<typeof shareLines>[2] = (rows, columns, screen) =>
  gridLines({ rows, columns }, screen);

function monthLines({ months }: StatsAnswer, screen: Screen): SafeText[] {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined || !months.some(({ plays }) => plays > 0)) return [];
  const plays = months.map((month) => month.plays);
  const half = plays.length / 2;
  return sideBySide(
    [
      `Plays a month, ${monthInWords(first.fromUts)} to ${monthInWords(last.fromUts)}`,
      `${sparkline(plays, screen)}   ${sumText(plays.slice(0, half))}, then ${sumText(plays.slice(half))} a year`,
    ],
    screen,
    "   ",
  );
}

function sumText(plays: readonly number[]): string {
  return thousands(plays.reduce((total, each) => total + each, 0));
}

/** The estimate of the last sync, and its course. */
function valueLines({ values }: StatsAnswer, screen: Screen): SafeText[] {
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) return [];
  const priced = (cents: number): string => priceText({ cents, currency: last.currency });
  const medians = values.slice(-24).map(({ medianCents }) => medianCents);
  // Measured from the lowest value, since a course measured from zero looks flat.
  const [least = 0] = medians.toSorted((a, b) => a - b);
  const heights = medians.map((cents) => cents - least + 1);
  return sideBySide(
    [
      `Worth ${priced(last.medianCents)} at Discogs' median on ${localDayInWords(last.fetchedUts)}`,
      `${priced(last.minimumCents)} to ${priced(last.maximumCents)}`,
      ...(first === last
        ? []
        : [
            `${sparkline(heights, screen)}   ${priced(first.medianCents)} on ${localDayInWords(first.fetchedUts)}`,
          ]),
    ],
    screen,
    "   ",
  );
}
