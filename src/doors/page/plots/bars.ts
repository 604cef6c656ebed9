// Rows of bars on one scale: pairs to compare, or stacks that add up.
import { markup, text, type Markup } from "../../../output/markup.ts";
import { type D3, short } from "./figure.ts";

interface BarRow {
  readonly name: string;
  readonly bars: readonly { readonly tone: string; readonly amount: number }[];
}

interface Rows {
  readonly rows: readonly BarRow[];
  /** stacked: one after the other in a row. paired: one below the other. */
  readonly how: "stacked" | "paired";
  /** The label of a tick. */
  readonly tick: (amount: number) => string;
}

const nameShare = 13;
const axisHeight = 22;

/** Positions are percentages, so that text keeps its size on a telephone. */
export function barRows(d3: D3, { rows, how, tick }: Rows): Markup {
  const most = rows.reduce((highest, { bars }) => Math.max(highest, lengthOf(bars, how)), 0);
  const x = d3
    .scaleLinear()
    .domain([0, most === 0 ? 1 : most])
    .nice(4)
    .range([nameShare, 98]);
  const barHeight = how === "paired" ? 8 : 15;
  const rowHeight = how === "paired" ? 2 * barHeight + 8 : barHeight + 7;
  const height = rows.length * rowHeight;
  const ticks = x.ticks(4).map((amount, at) => {
    const place = short(x(amount));
    const tone = at % 2 === 1 ? markup`tick minor` : markup`tick`;
    return markup`<g class="${tone}"
      ><line x1="${place}%" x2="${place}%" y1="0" y2="${height}" /><text x="${place}%" y="${height + 16}"
        >${text(tick(amount))}</text
      ></g
    >`;
  });
  const lines = rows.map(({ name, bars }, at) => {
    const top = at * rowHeight + 2;
    let from = 0;
    const drawn = bars.map(({ tone, amount }, number) => {
      const start = how === "stacked" ? from : 0;
      from += amount;
      const place = how === "stacked" ? top : top + number * (barHeight + 1);
      const width = short(x(start + amount) - x(start));
      return markup`<rect
        class="${text(tone)}"
        x="${short(x(start))}%"
        y="${place}"
        width="${width}%"
        height="${barHeight}"
      />`;
    });
    return markup`<text class="name" x="0" y="${top + rowHeight / 2 + 1}">${text(name)}</text
      >${drawn}`;
  });
  return markup`<svg
    class="wide"
    width="100%"
    height="${height + axisHeight}"
    aria-hidden="true"
    focusable="false"
  >
    ${ticks}${lines}
  </svg>`;
}

function lengthOf(bars: BarRow["bars"], how: Rows["how"]): number {
  return bars.reduce(
    (length, { amount }) => (how === "stacked" ? length + amount : Math.max(length, amount)),
    0,
  );
}
