// The sections about time: days, genres, the most played albums of each year.
import { counted, thousands } from "../../../output/number-text.ts";
import { dimensions } from "../../../queries/figures/breakdown.ts";
import type { HistoryContents } from "../parts/contents.ts";
import { markup, text, type Markup } from "../../../output/markup.ts";
import { listOf, outsideAddress, type Section } from "./section.ts";
import { type D3, figure, legendOf, type NumberTable } from "../plots/figure.ts";
import { streamPlot } from "../plots/stream-plot.ts";
import { localDay } from "../../../output/dates.ts";
import type { PeriodOfPlays } from "../../../queries/figures/periods.ts";

export function daysSection(d3: D3, { days }: HistoryContents): Section {
  return {
    id: "days",
    short: "Days",
    title: "Day by day",
    lead: `${counted(
      days.reduce((sum, { plays }) => sum + plays, 0),
      "play",
    )} on ${counted(days.length, "day")}, each a square. Plays a day:`,
    body: markup`${calendarLegend(d3, days)}
      <div class="years">${calendars(d3, days)}</div>`,
  };
}

const mostStreams = 8;

export function streamSection(
  d3: D3,
  { stream: { question, periods, parts, isCountedTwice } }: HistoryContents,
): Section {
  const playedParts = parts.filter(({ plays }) => plays > 0);
  const mainParts = playedParts.slice(0, mostStreams);
  const others = playedParts.slice(mostStreams);
  const streams = [
    ...mainParts.map(({ value, byPeriod }) => ({
      name: value ?? dimensions[question.by].none,
      plays: byPeriod,
    })),
    ...(others.length === 0
      ? []
      : [
          {
            name: counted(others.length, "other"),
            plays: periods.map((_, at) => others.reduce((sum, { byPeriod }) => sum + (byPeriod[at] ?? 0), 0)),
          },
        ]),
  ];
  const twice = isCountedTwice ? "; a record with two genres counts in both" : "";
  return {
    id: "genres",
    short: "Genres",
    title: "How the genres flow",
    lead: "What was played from this shelf. The wider a band, the more of it.",
    body: streamPlot(d3, {
      periods: periods.map(({ name }) => name),
      streams,
      unit: question.over === "year" ? "Year" : question.over === "quarter" ? "Quarter" : "Month",
      units: `Plays a ${question.over} on records you own, by the record's genre${twice}`,
    }),
  };
}

export function yearsSection({ years }: HistoryContents): Section {
  const columns = years.map(({ year, albums, plays }) => {
    const list = listOf(
      albums.map(({ title, artist, plays: ofAlbum, records, isOwned, isWanted, album }) => ({
        title: title ?? "",
        artist,
        figure: thousands(ofAlbum),
        note: isOwned
          ? [...new Set(records.map(({ form }) => form || "owned"))].join(", ") || "owned"
          : "not owned",
        isStarred: isWanted,
        address: outsideAddress(album?.url ?? null),
      })),
      `of ${counted(plays, "play")} with an album`,
    );
    return markup`<article>
      <h3>${text(year)}</h3>
      ${list}
    </article> `;
  });
  return {
    id: "years",
    short: "Years",
    title: "The albums of each year",
    lead: "By plays, owned or not.",
    body: markup`<div class="columns">${columns}</div>`,
  };
}

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const levelCount = 4;

interface YearCalendar {
  readonly year: number;
  readonly days: readonly PeriodOfPlays[];
}

/** Newest first. All years share one scale. */
function calendars(d3: D3, days: readonly PeriodOfPlays[]): Markup[] {
  const years = new Map<number, PeriodOfPlays[]>();
  for (const day of days) {
    const year = new Date(day.fromUts * 1000).getFullYear();
    years.set(year, [...(years.get(year) ?? []), day]);
  }
  const levels = levelsOf(d3, days);
  return [...years]
    .toSorted(([a], [b]) => b - a)
    .map(([year, ofYear]) => calendar(d3, { year, days: ofYear }, levels));
}

interface Levels {
  readonly of: (plays: number) => number;
  /** The fewest plays of each level. */
  readonly least: readonly number[];
}

/** Quantiles of the days with plays, so that one long party does not make the year pale. */
function levelsOf(d3: D3, days: readonly PeriodOfPlays[]): Levels {
  const scale = d3
    .scaleQuantile()
    .domain(days.map(({ plays }) => plays))
    .range(Array.from({ length: levelCount }, (_, at) => at + 1));
  const least = [1, ...scale.quantiles().map(Math.ceil)];
  return { of: (plays) => least.reduce((level, from, at) => (plays >= from ? at + 1 : level), 1), least };
}

function calendarLegend(d3: D3, days: readonly PeriodOfPlays[]): Markup {
  const { least } = levelsOf(d3, days);
  const ranges = least.flatMap((from, at) => {
    const next = least[at + 1];
    if (next === undefined) return [{ tone: `h${at + 1}`, name: `${thousands(from)} and more` }];
    const last = next - 1;
    return last < from
      ? []
      : [{ tone: `h${at + 1}`, name: last === from ? String(from) : `${from}–${last}` }];
  });
  return legendOf([{ tone: "h0", name: "none" }, ...ranges]);
}

const cell = 0.86;

function calendar(d3: D3, { year, days }: YearCalendar, levels: Levels): Markup {
  const first = new Date(year, 0, 1);
  const byDay = new Map(days.map((day) => [dayNumber(d3, year, day), day.plays]));
  const paths = Array.from({ length: levelCount + 1 }, () => "");
  const all = d3.timeDay.range(first, new Date(year + 1, 0, 1));
  all.forEach((date, at) => {
    const plays = byDay.get(at) ?? 0;
    const level = plays === 0 ? 0 : levels.of(plays);
    const [week, weekday] = [d3.timeMonday.count(d3.timeMonday.floor(first), date), (date.getDay() + 6) % 7];
    paths[level] += `M${week} ${weekday}h${cell}v${cell}h-${cell}z`;
  });
  const total = days.reduce((sum, { plays }) => sum + plays, 0);
  const busiest = days.reduce((most, day) => (day.plays > most.plays ? day : most), days[0] ?? none);
  const months = monthNames.map((name, month) => {
    const week = d3.timeMonday.count(d3.timeMonday.floor(first), new Date(year, month, 7));
    return markup`<text x="${week}" y="-0.7">${text(name)}</text>`;
  });
  return figure({
    id: `days-${year}`,
    title: String(year),
    units: `${counted(total, "play")} on ${counted(days.length, "day")}`,
    words: `Plays on each day, a column a week. ${counted(total, "play")} on ${counted(days.length, "day")}; most on ${localDay(busiest.fromUts)}: ${thousands(busiest.plays)}.`,
    drawing: markup`<svg viewBox="0 -2.2 53.9 9.2" aria-hidden="true" focusable="false">
      ${months}${paths.map((path, level) => markup`<path class="h${level}" d="${text(path)}" />`)}
    </svg>`,
    table: calendarTable(year, byDay, all),
  });
}

const none: PeriodOfPlays = { name: "", fromUts: 0, toUts: 0, plays: 0 };

function dayNumber({ timeDay }: D3, year: number, { fromUts }: PeriodOfPlays): number {
  return timeDay.count(new Date(year, 0, 1), new Date(fromUts * 1000));
}

/** One row per month, one column per day. */
function calendarTable(year: number, byDay: ReadonlyMap<number, number>, all: readonly Date[]): NumberTable {
  const rows = monthNames.map((name, month): NumberTable["rows"][number] => {
    const plays = Array.from<number | string>({ length: 31 }).fill("");
    all.forEach((date, at) => {
      if (date.getMonth() === month) plays[date.getDate() - 1] = byDay.get(at) ?? 0;
    });
    return [`${name} ${year}`, ...plays];
  });
  return { header: ["Month", ...Array.from({ length: 31 }, (_, at) => String(at + 1))], rows };
}
