// A stream graph: the plays of each part over time, stacked.
import { shortMonthNames } from "../../../output/format-dates.ts";
import { pluralize, formatPercent, formatNumber } from "../../../output/format-numbers.ts";
import { markup, emptyMarkup, escapeMarkup, type Markup } from "../../../output/markup.ts";
import { d3, renderFigure, renderLegend, roundLength } from "./figure.ts";
import { estimateTextWidth } from "./text-width.ts";

interface StreamPlotData {
  /** Two or more. */
  readonly periods: readonly string[];
  /** The largest first. Each has one number per period. */
  readonly streams: readonly { readonly name: string; readonly plays: readonly number[] }[];
  readonly unit: string;
  readonly units: string;
}

const height = 300;
const axisHeight = 24;
const labelSize = 13;
const minLabelHeight = 18;
/** The width of the plot in pixels on a telephone, and on the narrowest other screen. */
const plotWidths = { telephone: 320, other: 560 };

/** Widths are percentages, so that text keeps its size on a telephone. */
export function renderStreamPlot({ periods, streams, unit, units }: StreamPlotData): Markup {
  const series = d3
    .stack<undefined, number, number>()
    .keys(streams.map((_, at) => at))
    .value((_, key, at) => streams[key]?.plays[at] ?? 0)
    .order(d3.stackOrderInsideOut)
    .offset(d3.stackOffsetWiggle)(periods.map(() => undefined) as never);
  const ends = series.flatMap((layer) => layer.flatMap(([from, to]) => [from, to]));
  const [low = 0, high = 1] = d3.extent([0, 1, ...ends]);
  const y = d3.scaleLinear().domain([low, high]).range([height, 0]);
  const x = d3
    .scaleLinear()
    .domain([0, periods.length - 1])
    .range([0, 1000]);
  const area = d3
    .area<readonly [number, number]>()
    .x((_, at) => roundLength(x(at)))
    .y0(([from]) => roundLength(y(from)))
    .y1(([, to]) => roundLength(y(to)))
    .curve(d3.curveMonotoneX);
  const paths = series.map(
    (layer) =>
      markup`<path
        class="s${layer.key}"
        d="${escapeMarkup(area(layer.map(([from, to]): [number, number] => [from, to])) ?? "")}"
      />`,
  );
  const sums = streams.map(({ plays }) => d3.sum(plays));
  const total = d3.sum(sums);
  const labels = series.map((layer) => {
    const { name = "" } = streams[layer.key] ?? {};
    if ((sums[layer.key] ?? 0) < total / 12) return emptyMarkup;
    const band = layer.map(([from, to]) => ({ top: y(to), bottom: y(from) }));
    const place = findLabelPlace(band, name, plotWidths.telephone);
    const { at, middle } = place ?? findLabelPlace(band, name, plotWidths.other) ?? {};
    if (at === undefined || middle === undefined) return emptyMarkup;
    const tone = place === undefined ? markup`on minor` : markup`on`;
    return markup`<text class="${tone}" x="${roundLength(x(at) / 10)}%" y="${roundLength(middle + 4)}">${escapeMarkup(name)}</text>`;
  });
  return renderFigure({
    id: "stream",
    title: "Genres over time",
    units,
    description: `From ${periods[0] ?? ""} to ${periods.at(-1) ?? ""}. ${streams
      .slice(0, 5)
      .map(({ name, plays }, at) => {
        const peak = d3.maxIndex(plays);
        const most = `${periods[peak] ?? ""} (${pluralize(plays[peak] ?? 0, "play")})`;
        return `${name} ${formatPercent(sums[at] ?? 0, total)}, most in ${most}`;
      })
      .join("; ")}.`,
    legend: renderLegend(
      streams.map(({ name }, at) => ({ tone: `s${at}`, name: `${name} ${formatNumber(sums[at] ?? 0)}` })),
    ),
    drawing: markup`<svg
      class="wide"
      width="100%"
      height="${height + axisHeight}"
      aria-hidden="true"
      focusable="false"
    >
      ${renderTimeGrid(periods)}<svg
        width="100%"
        height="${height}"
        viewBox="0 0 1000 ${height}"
        preserveAspectRatio="none"
      >
        ${paths}</svg
      >${labels}
    </svg>`,
    table: {
      header: [unit, ...streams.map(({ name }) => name)],
      rows: periods.map((period, at) => [period, ...streams.map(({ plays }) => plays[at] ?? 0)]),
    },
  });
}

interface BandEdges {
  readonly top: number;
  readonly bottom: number;
}

/**
 * The period where the name fits into the band with the most room, and the middle of that room. The curve between two
 * periods never leaves their range, so the name touches no edge. Undefined if the band is too narrow everywhere.
 */
function findLabelPlace(
  band: readonly BandEdges[],
  name: string,
  plotWidth: number,
): { readonly at: number; readonly middle: number } | undefined {
  const reach = (estimateTextWidth(name, labelSize) / 2 / plotWidth) * (band.length - 1);
  const places = band.flatMap((_, at) => {
    if (at < reach || at > band.length - 1 - reach) return [];
    const covered = band.slice(Math.floor(at - reach), Math.ceil(at + reach) + 1);
    const top = d3.max(covered, (edges) => edges.top) ?? 0;
    const bottom = d3.min(covered, (edges) => edges.bottom) ?? 0;
    return bottom - top < minLabelHeight ? [] : [{ at, middle: (top + bottom) / 2, height: bottom - top }];
  });
  return d3.greatest(places, ({ height: room }) => room);
}

/** The share of the plot's width, in percent, that a label needs on both sides of its middle. */
const maxLabelReach = 5;

/** A line at the start of each year, and the year below it. A single year or two have their months. */
function renderTimeGrid(periods: readonly string[]): Markup[] {
  const hasMonths = periods.length <= 24 && periods.every((period) => /^\d{4}-\d{2}$/.test(period));
  const starts = periods.flatMap((period, at) => {
    const [year = "", month = ""] = period.split("-");
    const isNewYear = year !== periods[at - 1]?.slice(0, 4);
    if (isNewYear) return [{ name: year, at }];
    return hasMonths ? [{ name: shortMonthNames[Number(month) - 1] ?? "", at }] : [];
  });
  const step = Math.max(1, Math.ceil(starts.length / 12));
  return starts.map(({ name, at }, number) => {
    const x = roundLength((100 * at) / (periods.length - 1));
    const next = starts[number + 1];
    const isCrowded = next !== undefined && (100 * (next.at - at)) / periods.length < 3;
    if (number % step !== 0 || isCrowded) return emptyMarkup;
    const tone = number % (step * 2) === 0 ? emptyMarkup : markup` class="minor"`;
    const side = x < maxLabelReach ? "first" : x > 100 - maxLabelReach ? "last" : "";
    return markup`<g${tone}><line x1="${x}%" x2="${x}%" y1="0" y2="${height + 6}"/><text class="${escapeMarkup(side)}" x="${x}%" y="${height + 20}">${escapeMarkup(name)}</text></g>`;
  });
}
