// The sections about time: days, genres, the most played albums of each year.
import { pluralize, formatNumber } from "../../../output/format-numbers.ts";
import { dimensions } from "../../../queries/statistics/stats-by-dimension.ts";
import type { HistoryContents } from "../parts/report-contents.ts";
import { markup, emptyMarkup, escapeMarkup, type Markup } from "../../../output/markup.ts";
import { renderList, toExternalUrl, type Section } from "./section.ts";
import { d3, renderFigure, renderLegend, type NumberTable } from "../plots/figure.ts";
import { renderStreamPlot } from "../plots/stream-plot.ts";
import { formatDay, formatLongDay, shortMonthNames } from "../../../output/format-dates.ts";
import type { ClosedPeriod } from "../../../queries/conditions/period.ts";
import { computeDayStartAt } from "../../../model/times.ts";
import { splitIntoPeriods, type PeriodPlays } from "../../../queries/statistics/calendar-periods.ts";
import { renderColumnPlot } from "../plots/column-plot.ts";

export function buildDaysSection({ days }: HistoryContents, nowUts: number): Section {
  return {
    id: "days",
    navTitle: "Days",
    title: "Day by day",
    lead: `${describePlays(days)}, each a square. Plays a day:`,
    body: renderCalendars(days, { fromUts: 0, toUts: nowUts + 1 }),
  };
}

/** A longer period has a square for each day, a shorter one a column. */
const maxColumnDays = 62;

/** `days`: those with plays. */
export function renderDays(days: readonly PeriodPlays[], period: ClosedPeriod, nowUts: number): Markup {
  const all = splitIntoPeriods(
    "day",
    { ...period, toUts: Math.min(period.toUts, nowUts + 1) },
    maxColumnDays + 1,
  );
  if (all.length > maxColumnDays) return renderCalendars(days, period);
  if (all.length < 2) return emptyMarkup;
  const playsByDay = new Map(days.map(({ fromUts, plays }) => [computeDayStartAt(fromUts), plays]));
  const step = all.length > 14 ? 7 : 1;
  return renderColumnPlot({
    id: "each-day",
    title: "Plays each day",
    units: describePlays(days),
    unit: "Day",
    columns: all.map(({ fromUts }, at) => ({
      name: formatLongDay(fromUts),
      label: at % step === 0 ? String(new Date(fromUts * 1000).getDate()) : "",
      plays: playsByDay.get(fromUts) ?? 0,
    })),
  });
}

/** Days outside the period have no square. */
function renderCalendars(days: readonly PeriodPlays[], period: ClosedPeriod): Markup {
  const least = computeLevelThresholds(days);
  const years = d3.group(days, (day) => new Date(day.fromUts * 1000).getFullYear());
  const calendars = [...years]
    .toReversed()
    .map(([year, ofYear]) => renderCalendar(year, ofYear, { least, period }));
  return markup`${renderCalendarLegend(least, days)}
      <div class="years">${calendars}</div>`;
}

/** "12 plays on 3 days" */
function describePlays(days: readonly PeriodPlays[]): string {
  const plays = d3.sum(days, (day) => day.plays);
  return `${pluralize(plays, "play")} on ${pluralize(days.length, "day")}`;
}

const maxStreams = 8;

export function buildStreamSection({
  stream: { question, periods, rows, isCountedTwice },
}: Pick<HistoryContents, "stream">): Section {
  const playedParts = rows.filter(({ plays }) => plays > 0);
  const frame = { id: "genres", navTitle: "Genres", title: "How the genres flow" };
  if (playedParts.every(({ value }) => value === null)) {
    return { ...frame, lead: "None of the records that you played has a genre.", body: emptyMarkup };
  }
  const streams = playedParts.slice(0, maxStreams).map(({ value, byPeriod }) => ({
    name: value ?? dimensions[question.by].none,
    plays: byPeriod,
  }));
  const others = playedParts.slice(maxStreams);
  if (others.length > 0) {
    const plays = periods.map((_, at) => d3.sum(others, ({ byPeriod }) => byPeriod[at] ?? 0));
    streams.push({ name: pluralize(others.length, "other"), plays });
  }
  if (periods.length < 2) {
    const entries = streams.map(({ name, plays }) => ({
      title: name,
      artist: "",
      figure: formatNumber(d3.sum(plays)),
      address: undefined,
    }));
    return { ...frame, lead: "", body: renderList(entries, "plays on records you own") };
  }
  const twice = isCountedTwice ? "; a record with two genres counts in both" : "";
  return {
    ...frame,
    lead: "What was played from this shelf. The wider a band, the more of it.",
    body: renderStreamPlot({
      periods: periods.map(({ name }) => name),
      streams,
      unit: question.over === "year" ? "Year" : question.over === "quarter" ? "Quarter" : "Month",
      units: `Plays a ${question.over} on records you own, by the record's genre${twice}`,
    }),
  };
}

export function buildTopAlbumsByYear({ years }: HistoryContents): Section {
  const columns = years.map(({ year, albums, plays }) => {
    const list = renderList(
      albums.map(({ title, artist, plays: ofAlbum, records, isOwned, isWanted, album }) => ({
        title: title ?? "",
        artist,
        figure: formatNumber(ofAlbum),
        note: isOwned
          ? [...new Set(records.map(({ form }) => form || "owned"))].join(", ") || "owned"
          : "not owned",
        isStarred: isWanted,
        address: toExternalUrl(album?.url ?? null),
      })),
      `of ${pluralize(plays, "play")} with an album`,
    );
    return markup`<article>
      <h3>${escapeMarkup(year)}</h3>
      ${list}
    </article> `;
  });
  return {
    id: "years",
    navTitle: "Years",
    title: "The albums of each year",
    lead: "By plays, owned or not.",
    body: markup`<div class="columns">${columns}</div>`,
  };
}

const levelCount = 4;

/**
 * The fewest plays of each level, the same for all years: quantiles of the days with plays, so that one long party does not
 * make the year pale.
 */
function computeLevelThresholds(days: readonly PeriodPlays[]): number[] {
  const scale = d3
    .scaleQuantile()
    .domain(days.map(({ plays }) => plays))
    .range(Array.from({ length: levelCount }, (_, at) => at + 1));
  return [1, ...scale.quantiles().map(Math.ceil)];
}

/** Leaves out a level without a day. */
function renderCalendarLegend(least: readonly number[], days: readonly PeriodPlays[]): Markup {
  const ranges = least.flatMap((from, at) => {
    const last = (least[at + 1] ?? Infinity) - 1;
    if (!days.some(({ plays }) => plays >= from && plays <= last)) return [];
    const name = last === Infinity ? `${formatNumber(from)} and more` : `${from}–${last}`;
    return [{ tone: `h${at + 1}`, name: last === from ? String(from) : name }];
  });
  return renderLegend([{ tone: "h0", name: "none" }, ...ranges]);
}

/** A square for each day, with its date and its plays. The style sheet has its size. */
function renderCalendar(
  year: number,
  days: readonly PeriodPlays[],
  { least, period }: { readonly least: readonly number[]; readonly period: ClosedPeriod },
): Markup {
  const first = new Date(year, 0, 1);
  const getWeek = (date: Date): number => d3.timeMonday.count(d3.timeMonday.floor(first), date);
  const byDay = new Map(
    days.map(({ fromUts, plays }) => [d3.timeDay.count(first, new Date(fromUts * 1000)), plays]),
  );
  const all = d3.timeDay.range(first, new Date(year + 1, 0, 1));
  const squares = all.map((date, at) => {
    const uts = date.getTime() / 1000;
    if (uts >= period.toUts || uts < computeDayStartAt(period.fromUts)) return emptyMarkup;
    const plays = byDay.get(at) ?? 0;
    const text = `${formatLongDay(uts)}: ${plays === 0 ? "no plays" : pluralize(plays, "play")}`;
    return markup`<rect class="h${d3.bisectRight(least, plays)}" x="${getWeek(date)}" y="${(date.getDay() + 6) % 7}"><title>${escapeMarkup(text)}</title></rect>`;
  });
  const units = describePlays(days);
  const busiest = d3.greatest(days, ({ plays }) => plays);
  const most =
    busiest === undefined ? "" : `; most on ${formatDay(busiest.fromUts)}: ${formatNumber(busiest.plays)}`;
  const months = shortMonthNames.map(
    (name, month) =>
      markup`<text x="${getWeek(new Date(year, month, 7))}" y="-0.7">${escapeMarkup(name)}</text>`,
  );
  return renderFigure({
    id: `days-${year}`,
    title: String(year),
    units,
    description: `Plays on each day, a column a week. ${units}${most}.`,
    drawing: markup`<svg viewBox="0 -2.2 53.9 9.2" aria-hidden="true" focusable="false">
      ${months}${squares}
    </svg>`,
    table: buildCalendarTable(year, byDay, all),
  });
}

/** One row per month, one column per day. */
function buildCalendarTable(
  year: number,
  byDay: ReadonlyMap<number, number>,
  all: readonly Date[],
): NumberTable {
  const rows = shortMonthNames.map((name, month): NumberTable["rows"][number] => {
    const plays = Array.from<number | string>({ length: 31 }).fill("");
    all.forEach((date, at) => {
      if (date.getMonth() === month) plays[date.getDate() - 1] = byDay.get(at) ?? 0;
    });
    return [`${name} ${year}`, ...plays];
  });
  return { header: ["Month", ...Array.from({ length: 31 }, (_, at) => String(at + 1))], rows };
}
