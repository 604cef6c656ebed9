// Tools about plays.
import { listTool, pageLine, question, type Tool } from "./tool.ts";
import { phrase, whole } from "../../../queries/parameters/parameter.ts";
import { inQuotes, quotedName } from "../../../model/names.ts";
import { counted, thousands } from "../../../output/number-text.ts";
import { lastWeek, parseSpan } from "../../../queries/conditions/span.ts";
import { monthsSchema, recapSchema, type TopDocument } from "../../../queries/documents/play-documents.ts";
import * as recap from "../../../queries/time/recap.ts";
import { monthsDocument } from "../../../queries/time/scrobble-figures.ts";
import { topQuery } from "../../../queries/top/top.ts";
import { recentQuery } from "../../../queries/albums/recent.ts";

/** 1. "Nirvana" · "Nevermind": 333 plays */
function describeTop(row: TopDocument["data"][number]): string {
  const { rank, artist_name: artist, play_count: plays } = row;
  const title = "track_name" in row ? row.track_name : "album_name" in row ? row.album_name : null;
  const name = title === null ? inQuotes(artist) : quotedName({ artist, title });
  return `${rank}. ${name}: ${counted(plays, "play")}`;
}

export const playTools: readonly Tool[] = [
  question({
    name: "plays_by_month",
    title: "Plays month by month",
    description: "Counts the plays of each of the last whole months.",
    parameters: { months: whole("how many months back", { least: 1, most: 240, usual: 12 }) },
    outputSchema: monthsSchema,
    answer: ({ months: count }, { database }) => monthsDocument(database, count),
    lines: ({ data, plays: total }, { months: count }) => [
      `${counted(total, "play")} in ${counted(count, "month")}.`,
      ...data.map(({ month, plays }) => `${month}: ${plays}`),
    ],
  }),
  listTool(
    {
      name: "top",
      title: "Most played",
      description:
        "Lists the most played albums (editions added up), artists or tracks, owned or not, for all time or for one span.",
    },
    topQuery,
    ({ data, pagination }, { what }) => [
      pageLine(pagination, data.length, String(what).slice(0, -1)),
      ...data.map(describeTop),
    ],
  ),
  listTool(
    {
      name: "recent_plays",
      title: "The last plays",
      description:
        "Lists plays one by one, the newest first, each with the records that have it. logged marks what the owner logged by hand.",
    },
    recentQuery,
    ({ data, pagination }) => [
      pageLine(pagination, data.length, "play"),
      ...data.map(
        ({ played_at: at, artist_name: artist, track_name: track, album_name: album }) =>
          `${at}: ${quotedName({ artist, title: track ?? album })}`,
      ),
    ],
  ),
  question({
    name: "recap",
    title: "Recap of a span",
    description:
      "Sums up the plays of a week, a month or a year: compared with the usual, on the shelf and off it, first plays, comebacks and gaps. A span of more than 92 days also has months, top albums and top artists.",
    parameters: { during: phrase("2025, 2024-06, 30d, last-month (the last seven days, today left out)") },
    outputSchema: recapSchema,
    answer({ during }, { database, nowUts }) {
      const span = during === null ? lastWeek(nowUts) : parseSpan("during", during, nowUts);
      return recap.document(recap.ask(database, { span, nowUts }));
    },
    lines({ plays, usual_plays: usual }) {
      const against = usual === null ? "" : `, usually ${thousands(usual)}`;
      return [`${counted(plays, "play")}${against}.`];
    },
  }),
];
