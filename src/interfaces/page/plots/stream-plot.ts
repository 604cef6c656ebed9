// A stream graph: the plays of each part over time, stacked.
import { pluralize, formatPercent, formatNumber } from "../../../output/format-numbers.ts";
import { markup, emptyMarkup, escapeMarkup, type Markup } from "../../../output/markup.ts";
import { d3, renderFigure, renderLegend, roundLength } from "./figure.ts";

interface StreamPlotData {
  readonly periods: readonly string[];
  /** The largest first. Each has one number per period. */
  readonly streams: readonly { readonly name: string; readonly plays: readonly number[] }[];
  readonly unit: string;
  readonly units: string;
}

const height = 300;
const axisHeight = 24;
/** The narrowest band that has its name inside. */
const minLabelWidth = 22;

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
    .domain([0, Math.max(1, periods.length - 1)])
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
    const widths = layer.map(([from, to]) => y(from) - y(to));
    const at = findWidestPosition(widths, Math.ceil((periods.length * name.length) / 150));
    const [from, to] = layer[at] ?? [0, 0];
    if ((widths[at] ?? 0) < minLabelWidth || (sums[layer.key] ?? 0) < total / 12) return emptyMarkup;
    const middle = roundLength((y(from) + y(to)) / 2 + 4);
    return markup`<text class="on" x="${roundLength(x(at) / 10)}%" y="${middle}">${escapeMarkup(name)}</text>`;
  });
  return renderFigure({
    id: "stream",
    title: "Genres over the years",
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
      ${renderYearGrid(periods)}<svg
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

/** The position whose narrowest neighbour is widest, where a name fits. */
function findWidestPosition(widths: readonly number[], reach: number): number {
  return d3.maxIndex(widths, (_, at) =>
    at < reach || at >= widths.length - reach ? 0 : d3.min(widths.slice(at - reach, at + reach + 1)),
  );
}

/** A line at the start of each year, and the year below it. */
function renderYearGrid(periods: readonly string[]): Markup[] {
  const years = periods.flatMap((period, at) =>
    period.slice(0, 4) === periods[at - 1]?.slice(0, 4) ? [] : [{ year: period.slice(0, 4), at }],
  );
  const step = Math.max(1, Math.ceil(years.length / 12));
  return years.map(({ year, at }, number) => {
    const x = roundLength((100 * at) / Math.max(1, periods.length - 1));
    const next = years[number + 1];
    const isCrowded = next !== undefined && (100 * (next.at - at)) / periods.length < 3;
    const isShown = number % step === 0 && x < 97 && !isCrowded;
    const tone = number % (step * 2) === 0 ? emptyMarkup : markup` class="minor"`;
    return isShown
      ? markup`<g${tone}><line x1="${x}%" x2="${x}%" y1="0" y2="${height + 6}"/><text${x < 2 ? markup` class="first"` : emptyMarkup} x="${x}%" y="${height + 20}">${escapeMarkup(year)}</text></g>`
      : emptyMarkup;
  });
}
