// The sections about time: days, genres, the most played albums of each year.
import { counted, thousands } from "../../../output/number-text.ts";
import { dimensions } from "../../../queries/figures/breakdown.ts";
import type { HistoryContents } from "../parts/contents.ts";
import { markup, text } from "../../../output/markup.ts";
import { listOf, outsideAddress, type Section } from "./section.ts";
import { calendarLegend, calendars } from "../plots/calendar.ts";
import type { D3 } from "../plots/figure.ts";
import { streamPlot } from "../plots/stream-plot.ts";

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
  const named = parts.filter(({ plays }) => plays > 0);
  const shown = named.slice(0, mostStreams);
  const others = named.slice(mostStreams);
  const streams = [
    ...shown.map(({ value, byPeriod }) => ({ name: value ?? dimensions[question.by].none, plays: byPeriod })),
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
