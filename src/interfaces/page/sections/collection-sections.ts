// The sections about the shelf: decades, purchases.
import type { AlmanacContents, HistoryContents } from "../parts/report-contents.ts";
import { d3, renderFigure, renderLegend, roundLength } from "../plots/figure.ts";
import { renderFigures, renderStrong, type Section } from "./section.ts";
import { formatPrice } from "../../../model/price.ts";
import { formatDay, formatLongDay } from "../../../output/format-dates.ts";
import { markup, type Markup, emptyMarkup, escapeMarkup } from "../../../output/markup.ts";
import { pluralize, formatPercent, formatNumber } from "../../../output/format-numbers.ts";
import type { Part } from "../../../queries/statistics/stats-by-dimension.ts";
import type { ValueOnDay } from "../../../queries/statistics/money.ts";
import { type FirstPlay, firstPlays } from "../../../queries/time/first-plays.ts";

/** One sentence with its figures. */
export function renderGlance({ stats, gaps }: AlmanacContents): Markup {
  const { shelf, albums, plays, scrobbles, spun, firstScrobbleUts } = stats;
  const all = plays.owned + plays.notOwned + (plays.noAlbumTag ?? 0);
  const since =
    scrobbles === null || scrobbles === 0
      ? emptyMarkup
      : markup` ${renderStrong(formatNumber(scrobbles))}
        ${escapeMarkup(`${scrobbles === 1 ? "play" : "plays"}${firstScrobbleUts === null ? "" : ` since ${formatLongDay(firstScrobbleUts)}`}`)},
        ${renderStrong(formatPercent(plays.owned, all))} of them on this shelf.`;
  return markup`<p class="sentence">
      ${renderStrong(formatNumber(shelf.records))} ${escapeMarkup(shelf.records === 1 ? "record" : "records")}:
      ${renderStrong(formatNumber(shelf.scrobbled))} have been played.${since}
    </p>
    ${renderFigures([
      {
        value: formatPercent(shelf.scrobbled, shelf.records),
        name: "played",
        note: `of ${pluralize(shelf.records, "record")}`,
      },
      { value: formatNumber(albums), name: "albums", note: "copies and editions counted once" },
      ...(spun === null
        ? []
        : [{ value: formatNumber(spun), name: "spun", note: "half the album in one sitting" }]),
      { value: formatNumber(plays.owned), name: "plays at home", note: "on records of this shelf" },
      { value: formatNumber(plays.notOwned), name: "plays away", note: "on albums that are not on it" },
      { value: formatNumber(gaps.total), name: "gaps", note: "albums much played and not owned" },
    ])}`;
}

export function buildDecadesSection({ pressed, original, stats }: AlmanacContents): Section {
  const knownCount = d3.sum(original, ({ value, records }) => (value === null ? 0 : records));
  const plots = [
    pressed.every(({ value }) => value === null)
      ? markup`<p class="note">No record has the year of its pressing.</p>`
      : renderDecadePlot(pressed, { id: "pressed", title: "By the decade of the pressing" }),
    ...(knownCount === 0
      ? []
      : [
          renderDecadePlot(original, { id: "original", title: "By the decade of the album's first release" }),
        ]),
  ];
  return {
    id: "decades",
    navTitle: "Decades",
    title: "Decades owned, decades played",
    lead:
      knownCount === 0
        ? "The years of the first releases are not known yet. To find them: rewind sync --musicbrainz"
        : `A record of 1977 that was pressed again in 2016 counts in the 2010s on the left and in the 1970s on the right. The first year is known for ${formatNumber(knownCount)} of ${pluralize(stats.shelf.records, "record")}.`,
    body: markup`<div class="pair">${plots}</div>`,
  };
}

function renderDecadePlot(
  parts: readonly Part[],
  { id, title }: { readonly id: string; readonly title: string },
): Markup {
  const records = d3.sum(parts, (part) => part.records);
  const plays = d3.sum(parts, (part) => part.plays);
  const rows = parts.map((part) => ({
    name: part.value ?? "no year",
    bars: [
      { tone: "owned", amount: computePercent(part.records, records) },
      { tone: "played", amount: computePercent(part.plays, plays) },
    ],
  }));
  const most = d3.greatest(parts, (part) => part.plays) ?? emptyPart;
  return renderFigure({
    id,
    title,
    units: "Percent of all records, percent of all plays on them",
    description: `${rows.length} decades, two bars each. Most played: ${most.value ?? "no year"}, ${formatPercent(most.plays, plays)} of the plays on ${formatPercent(most.records, records)} of the records.`,
    legend: renderLegend([
      { tone: "owned", name: "records" },
      { tone: "played", name: "plays" },
    ]),
    drawing: renderBars({ rows, layout: "paired", formatTick: (amount) => `${amount}%` }),
    table: {
      header: ["Decade", "Records", "Played", "Plays"],
      rows: parts.map((part) => [part.value ?? "no year", part.records, part.scrobbled, part.plays]),
    },
  });
}

const emptyPart: Part = { value: null, records: 0, scrobbled: 0, plays: 0 };

const firstPlayLabels: Readonly<Record<FirstPlay, string>> = {
  before: "played before it was bought",
  month: "within a month",
  year: "within a year",
  later: "later",
  never: "not yet",
};

export function buildBoughtSection({ bought }: HistoryContents): Section {
  const rows = bought.map(({ year, counts }) => ({
    name: String(year),
    bars: firstPlays.map((name) => ({ tone: `b-${name}`, amount: counts[name] })),
  }));
  const total = d3.sum(bought, ({ records }) => records);
  const sumRecords = (name: FirstPlay): number => d3.sum(bought, ({ counts }) => counts[name]);
  return {
    id: "bought",
    navTitle: "Bought",
    title: "Bought, and then?",
    lead: `Of ${pluralize(total, "record")} with a date, ${formatNumber(sumRecords("before"))} were known from listening, and ${formatNumber(sumRecords("never"))} still wait for their first play.`,
    body: renderFigure({
      id: "first-plays",
      title: "When purchases were first played",
      units: "Records, by the year in which they came to the collection",
      description: `${rows.length} years. ${firstPlays.map((name) => `${firstPlayLabels[name]}: ${formatPercent(sumRecords(name), total)}`).join("; ")}.`,
      legend: renderLegend(firstPlays.map((name) => ({ tone: `b-${name}`, name: firstPlayLabels[name] }))),
      drawing: renderBars({ rows, layout: "stacked", formatTick: (amount) => formatNumber(amount) }),
      table: {
        header: ["Year", "Records", ...firstPlays.map((name) => firstPlayLabels[name])],
        rows: bought.map(({ year, records, counts }) => [
          String(year),
          records,
          ...firstPlays.map((name) => counts[name]),
        ]),
      },
    }),
  };
}

function computePercent(amount: number, whole: number): number {
  return whole === 0 ? 0 : (100 * amount) / whole;
}

const maxMonths = 36;

/** `values`: at least one, oldest first, all in one currency. */
export function buildValueSection(values: readonly ValueOnDay[]): Section {
  const months = new Map(values.map((value) => [formatDay(value.fetchedUts).slice(0, 7), value]));
  const rows = [...months].slice(-maxMonths);
  const last = values.at(-1);
  const lead =
    last === undefined
      ? ""
      : `Discogs estimated it at ${formatAmount(last.medianCents, last)} on ${formatLongDay(last.fetchedUts)}.`;
  return {
    id: "value",
    navTitle: "Value",
    title: "What it is worth",
    lead,
    body: renderFigure({
      id: "values",
      title: "The value of the collection",
      units: "Discogs' median estimate, the last of each month",
      description: `${rows.length} months. ${lead}`,
      drawing: renderBars({
        rows: rows.map(([name, { medianCents }]) => ({
          name,
          bars: [{ tone: "played", amount: medianCents / 100 }],
        })),
        layout: "stacked",
        formatTick: (amount) => formatNumber(amount),
      }),
      table: {
        header: ["Month", "Minimum", "Median", "Maximum"],
        rows: rows.map(([name, value]) => [
          name,
          formatAmount(value.minimumCents, value),
          formatAmount(value.medianCents, value),
          formatAmount(value.maximumCents, value),
        ]),
      },
    }),
  };
}

function formatAmount(cents: number, { currency }: ValueOnDay): string {
  return formatPrice({ cents, currency });
}

interface BarRow {
  readonly name: string;
  readonly bars: readonly { readonly tone: string; readonly amount: number }[];
}

interface BarChart {
  readonly rows: readonly BarRow[];
  /** stacked: one after the other in a row. paired: one below the other. */
  readonly layout: "stacked" | "paired";
  /** The label of a tick. */
  readonly formatTick: (amount: number) => string;
}

const nameWidthPercent = 13;
const axisHeight = 22;

/** Positions are percentages, so that text keeps its size on a telephone. */
function renderBars({ rows, layout, formatTick }: BarChart): Markup {
  const amounts = rows.map(({ bars }) => bars.map(({ amount }) => amount));
  const most = d3.max(amounts, (row) => (layout === "stacked" ? d3.sum(row) : d3.max(row)));
  const x = d3
    .scaleLinear()
    .domain([0, most || 1])
    .nice(4)
    .range([nameWidthPercent, 98]);
  const barHeight = layout === "paired" ? 8 : 15;
  const rowHeight = layout === "paired" ? 2 * barHeight + 8 : barHeight + 7;
  const height = rows.length * rowHeight;
  const ticks = x.ticks(4).map((amount, at) => {
    const place = roundLength(x(amount));
    const tone = at % 2 === 1 ? markup`tick minor` : markup`tick`;
    const side = place > 94 ? markup` class="last"` : emptyMarkup;
    return markup`<g class="${tone}"
      ><line x1="${place}%" x2="${place}%" y1="0" y2="${height}" /><text${side} x="${place}%" y="${height + 16}"
        >${escapeMarkup(formatTick(amount))}</text
      ></g
    >`;
  });
  const lines = rows.map(({ name, bars }, at) => {
    const top = at * rowHeight + 2;
    let from = 0;
    const rectangles = bars.map(({ tone, amount }, number) => {
      const start = layout === "stacked" ? from : 0;
      from += amount;
      const place = layout === "stacked" ? top : top + number * (barHeight + 1);
      const width = roundLength(x(start + amount) - x(start));
      return markup`<rect
        class="${escapeMarkup(tone)}"
        x="${roundLength(x(start))}%"
        y="${place}"
        width="${width}%"
        height="${barHeight}"
      />`;
    });
    return markup`<text class="name" x="0" y="${top + rowHeight / 2 + 1}">${escapeMarkup(name)}</text
      >${rectangles}`;
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
