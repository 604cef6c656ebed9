// Upright columns, one for each part of a day, a week or a month, with the plays of each.
import { pluralize } from "../../../output/format-numbers.ts";
import { markup, escapeMarkup, type Markup } from "../../../output/markup.ts";
import { d3, renderFigure, roundLength } from "./figure.ts";

interface PlotColumn {
  readonly name: string;
  /** Below the column; "" for none. */
  readonly label: string;
  readonly plays: number;
}

interface ColumnPlotData {
  readonly id: string;
  readonly title: string;
  readonly units: string;
  /** The header of the names in the table. */
  readonly unit: string;
  readonly columns: readonly PlotColumn[];
}

const height = 120;
const axisHeight = 20;
/** The part of its place that a column fills. */
const columnShare = 0.8;

/** Positions are percentages, so that text keeps its size on a telephone. */
export function renderColumnPlot({ id, title, units, unit, columns }: ColumnPlotData): Markup {
  const y = d3
    .scaleLinear()
    .domain([0, d3.max(columns, ({ plays }) => plays) || 1])
    .range([0, height]);
  const place = 100 / columns.length;
  const drawing = columns.map(({ name, label, plays }, at) => {
    const size = plays === 0 ? 0 : Math.max(1, roundLength(y(plays)));
    const x = roundLength(place * (at + (1 - columnShare) / 2));
    const text = `${name}: ${pluralize(plays, "play")}`;
    return markup`<rect class="played" x="${x}%" y="${height - size}" width="${roundLength(place * columnShare)}%" height="${size}"><title>${escapeMarkup(text)}</title></rect
      ><text x="${roundLength(place * (at + 0.5))}%" y="${height + 16}">${escapeMarkup(label)}</text>`;
  });
  const most = d3.greatest(columns, ({ plays }) => plays);
  return renderFigure({
    id,
    title,
    units,
    description: `${columns.length} columns. Most: ${most?.name ?? ""}, ${pluralize(most?.plays ?? 0, "play")}.`,
    drawing: markup`<svg class="wide" width="100%" height="${height + axisHeight}" aria-hidden="true" focusable="false"
      ><line x1="0" x2="100%" y1="${height}" y2="${height}"/>${drawing}</svg>`,
    table: { header: [unit, "Plays"], rows: columns.map(({ name, plays }) => [name, plays]) },
  });
}
