// The sections about the shelf: decades, purchases.
import type { HistoryContents, ReportContents } from "../parts/contents.ts";
import { d3, figure, legendOf, short } from "../plots/figure.ts";
import type { Section } from "./section.ts";
import { priceText } from "../../../model/price.ts";
import { localDay, localDayInWords } from "../../../output/dates.ts";
import { markup, type Markup, nothing, text } from "../../../output/markup.ts";
import { counted, percent, thousands } from "../../../output/number-text.ts";
import type { Part } from "../../../queries/figures/breakdown.ts";
import type { ValueOnDay } from "../../../queries/figures/money.ts";
import { type FirstPlay, firstPlays } from "../../../queries/time/first-plays.ts";

/** One sentence with its figures. */
export function glance({ stats, gaps }: ReportContents): Markup {
  const { shelf, albums, plays, scrobbles, spun, firstScrobbleUts, span } = stats;
  const all = plays.owned + plays.notOwned + (plays.noAlbumTag ?? 0);
  const playedText = markup`${strong(thousands(shelf.scrobbled))}
  ${text(span === null ? "have been played" : "were played in this time")}`;
  const since =
    scrobbles === null || scrobbles === 0
      ? nothing
      : markup` ${strong(thousands(scrobbles))}
        ${text(`${scrobbles === 1 ? "play" : "plays"}${firstScrobbleUts === null ? "" : ` since ${localDayInWords(firstScrobbleUts)}`}`)},
        ${strong(percent(plays.owned, all))} of them on this shelf.`;
  const figures: readonly (readonly [string, string, string])[] = [
    [percent(shelf.scrobbled, shelf.records), "played", `of ${counted(shelf.records, "record")}`],
    [thousands(albums), "albums", "copies and editions counted once"],
    ...(spun === null ? [] : [[thousands(spun), "spun", "half the album in one sitting"] as const]),
    [thousands(plays.owned), "plays at home", "on records of this shelf"],
    [thousands(plays.notOwned), "plays away", "on albums that are not on it"],
    [thousands(gaps.total), "gaps", "albums much played and not owned"],
  ];
  return markup`<p class="sentence">
      ${strong(thousands(shelf.records))} ${text(shelf.records === 1 ? "record" : "records")}:
      ${playedText}.${since}
    </p>
    <dl class="figures">
      ${figures.map(
        ([value, name, note]) =>
          markup`<div>
            <dt>${text(name)}</dt>
            <dd><strong>${text(value)}</strong><small>${text(note)}</small></dd>
          </div>`,
      )}
    </dl> `;
}

function strong(value: string): Markup {
  return markup`<strong>${text(value)}</strong>`;
}

export function decadesSection({ pressed, original, stats }: ReportContents): Section {
  const knownCount = d3.sum(original, ({ value, records }) => (value === null ? 0 : records));
  const plots = [
    decadePlot(pressed, { id: "pressed", title: "By the decade of the pressing" }),
    ...(knownCount === 0
      ? []
      : [decadePlot(original, { id: "original", title: "By the decade of the album's first release" })]),
  ];
  return {
    id: "decades",
    short: "Decades",
    title: "Decades owned, decades played",
    lead:
      knownCount === 0
        ? "The years of the first releases are not known yet. To find them: rewind sync --musicbrainz"
        : `A record of 1977 that was pressed again in 2016 counts in the 2010s on the left and in the 1970s on the right. The first year is known for ${thousands(knownCount)} of ${counted(stats.shelf.records, "record")}.`,
    body: markup`<div class="pair">${plots}</div>`,
  };
}

function decadePlot(
  parts: readonly Part[],
  { id, title }: { readonly id: string; readonly title: string },
): Markup {
  const records = d3.sum(parts, (part) => part.records);
  const plays = d3.sum(parts, (part) => part.plays);
  const rows = parts.map((part) => ({
    name: part.value ?? "no year",
    bars: [
      { tone: "owned", amount: share(part.records, records) },
      { tone: "played", amount: share(part.plays, plays) },
    ],
  }));
  const most = d3.greatest(parts, (part) => part.plays) ?? none;
  return figure({
    id,
    title,
    units: "Percent of all records, percent of all plays on them",
    words: `${rows.length} decades, two bars each. Most played: ${most.value ?? "no year"}, ${percent(most.plays, plays)} of the plays on ${percent(most.records, records)} of the records.`,
    legend: legendOf([
      { tone: "owned", name: "records" },
      { tone: "played", name: "plays" },
    ]),
    drawing: barRows({ rows, how: "paired", tick: (amount) => `${amount}%` }),
    table: {
      header: ["Decade", "Records", "Played", "Plays"],
      rows: parts.map((part) => [part.value ?? "no year", part.records, part.scrobbled, part.plays]),
    },
  });
}

const none: Part = { value: null, records: 0, scrobbled: 0, plays: 0 };

const delays: Readonly<Record<FirstPlay, string>> = {
  before: "played before it was bought",
  month: "within a month",
  year: "within a year",
  later: "later",
  never: "not yet",
};

export function boughtSection({ bought }: HistoryContents): Section {
  const rows = bought.map(({ year, counts }) => ({
    name: String(year),
    bars: firstPlays.map((name) => ({ tone: `b-${name}`, amount: counts[name] })),
  }));
  const total = d3.sum(bought, ({ records }) => records);
  const of = (name: FirstPlay): number => d3.sum(bought, ({ counts }) => counts[name]);
  return {
    id: "bought",
    short: "Bought",
    title: "Bought, and then?",
    lead: `Of ${counted(total, "record")} with a date, ${thousands(of("before"))} were known from listening, and ${thousands(of("never"))} still wait for their first play.`,
    body: figure({
      id: "first-plays",
      title: "When purchases were first played",
      units: "Records, by the year in which they came to the collection",
      words: `${rows.length} years. ${firstPlays.map((name) => `${delays[name]}: ${percent(of(name), total)}`).join("; ")}.`,
      legend: legendOf(firstPlays.map((name) => ({ tone: `b-${name}`, name: delays[name] }))),
      drawing: barRows({ rows, how: "stacked", tick: (amount) => thousands(amount) }),
      table: {
        header: ["Year", "Records", ...firstPlays.map((name) => delays[name])],
        rows: bought.map(({ year, records, counts }) => [
          String(year),
          records,
          ...firstPlays.map((name) => counts[name]),
        ]),
      },
    }),
  };
}

function share(amount: number, whole: number): number {
  return whole === 0 ? 0 : (100 * amount) / whole;
}

const mostMonths = 36;

/** `values`: at least one, oldest first, all in one currency. */
export function valueSection(values: readonly ValueOnDay[]): Section {
  const months = new Map(values.map((value) => [localDay(value.fetchedUts).slice(0, 7), value]));
  const rows = [...months].slice(-mostMonths);
  const last = values.at(-1);
  const lead =
    last === undefined
      ? ""
      : `Discogs estimated it at ${amountText(last.medianCents, last)} on ${localDayInWords(last.fetchedUts)}.`;
  return {
    id: "value",
    short: "Value",
    title: "What it is worth",
    lead,
    body: figure({
      id: "values",
      title: "The value of the collection",
      units: "Discogs' median estimate, the last of each month",
      words: `${rows.length} months. ${lead}`,
      drawing: barRows({
        rows: rows.map(([name, { medianCents }]) => ({
          name,
          bars: [{ tone: "played", amount: medianCents / 100 }],
        })),
        how: "stacked",
        tick: (amount) => thousands(amount),
      }),
      table: {
        header: ["Month", "Minimum", "Median", "Maximum"],
        rows: rows.map(([name, value]) => [
          name,
          amountText(value.minimumCents, value),
          amountText(value.medianCents, value),
          amountText(value.maximumCents, value),
        ]),
      },
    }),
  };
}

function amountText(cents: number, { currency }: ValueOnDay): string {
  return priceText({ cents, currency });
}

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
function barRows({ rows, how, tick }: Rows): Markup {
  const amounts = rows.map(({ bars }) => bars.map(({ amount }) => amount));
  const most = d3.max(amounts, (row) => (how === "stacked" ? d3.sum(row) : d3.max(row)));
  const x = d3
    .scaleLinear()
    .domain([0, most || 1])
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
    const rectangles = bars.map(({ tone, amount }, number) => {
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
