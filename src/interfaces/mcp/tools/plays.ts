// Tools about plays.
import {
  listTool,
  describePage,
  describeRecord,
  queryTool,
  tool,
  unknownRecords,
  type Tool,
} from "./tool.ts";
import { hasOnlyPlays } from "../../../queries/statistics/readiness.ts";
import { phrase, integer } from "../../../queries/parameters/parameter.ts";
import { daySeconds } from "../../../model/times.ts";
import { formatDay } from "../../../output/format-dates.ts";
import { quoteText, formatQuotedName } from "../../../model/names.ts";
import { pluralize, formatNumber } from "../../../output/format-numbers.ts";
import { parsePeriod } from "../../../queries/conditions/period.ts";
import {
  monthsSchema,
  nowSchema,
  recapSchema,
  type NowDocument,
  type TopDocument,
} from "../../../queries/documents/play-documents.ts";
import { getSourceTitle } from "../../../model/listening-sources.ts";
import { buildNowDocument, queryNow } from "../../../queries/albums/now.ts";
import * as recap from "../../../queries/time/recap.ts";
import { buildMonthsDocument } from "../../../queries/time/listening-stats.ts";
import { topQuery } from "../../../queries/top/top.ts";
import { recentQuery } from "../../../queries/albums/recent-plays.ts";

/** 1. "Nirvana" · "Nevermind": 333 plays */
function describeTop(row: TopDocument["data"][number]): string {
  const { rank, artist_name: artist, play_count: plays } = row;
  const title = "track_name" in row ? row.track_name : "album_name" in row ? row.album_name : null;
  const name = title === null ? quoteText(artist) : formatQuotedName({ artist, title });
  return `${rank}. ${name}: ${pluralize(plays, "play")}`;
}

function describeNow({ track, record, unanswered }: NowDocument, hasRecords: boolean): string[] {
  const failed = unanswered.map((name) => `${getSourceTitle(name)} did not answer.`);
  if (track === null) return ["No track is playing, as far as is known.", ...failed];
  const { artist, name: title, album } = track;
  const onAlbum = album.name === null ? "" : `, from ${quoteText(album.name)}`;
  return [
    `${formatQuotedName({ artist: artist.name, title })}${onAlbum}.`,
    record !== null
      ? describeRecord(record)
      : hasRecords
        ? "It is on no record on the shelf."
        : unknownRecords,
    ...failed,
  ];
}

export const playTools: readonly Tool[] = [
  queryTool({
    name: "plays_by_month",
    title: "Plays month by month",
    description: "Counts the plays of each of the last whole months.",
    parameters: { months: integer("how many months back", { min: 1, max: 240, defaultValue: 12 }) },
    outputSchema: monthsSchema,
    needsCollection: false,
    answer: ({ months: count }, { database }) => buildMonthsDocument(database, count),
    lines: ({ data, plays: total }, { months: count }) => [
      `${pluralize(total, "play")} in ${pluralize(count, "month")}.`,
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
      describePage(pagination, data.length, String(what).slice(0, -1)),
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
      describePage(pagination, data.length, "play"),
      ...data.map(
        ({
          played_at: at,
          precision_seconds: precision,
          artist_name: artist,
          track_name: track,
          album_name: album,
        }) =>
          `${precision === daySeconds && at !== null ? formatDay(Date.parse(at) / 1000) : at}: ${formatQuotedName({ artist, title: track ?? album })}`,
      ),
    ],
  ),
  tool({
    name: "now_playing",
    title: "What is playing now",
    description:
      "Says what is playing now, by a player that reports to rewind serve, or else by ListenBrainz or Last.fm, and which record on the shelf it is: number, form, place, last spin.",
    parameters: {},
    outputSchema: nowSchema,
    asksServices: true,
    async answer(_, shelf) {
      const report = await shelf.fetchPlaying();
      return shelf.read(
        ({ database, shelfField }) => {
          const document = buildNowDocument(queryNow(database, { report, shelfField }));
          return { document, lines: describeNow(document, !hasOnlyPlays(database)) };
        },
        { needsCollection: false },
      );
    },
  }),
  queryTool({
    name: "recap",
    title: "Recap of a span",
    description:
      "Sums up the plays of a week, a month or a year: compared with the usual, on the shelf and off it, first plays, comebacks and gaps. A span of more than 92 days also has months, top albums and top artists.",
    parameters: {
      during: phrase("2025, 2024-06, 30d, last-month, week, year (week: the last seven days, without today)"),
    },
    outputSchema: recapSchema,
    needsCollection: false,
    statesOwnership: true,
    answer({ during }, { database, nowUts }) {
      const span = parsePeriod("during", during ?? "week", nowUts);
      return recap.buildRecapDocument(recap.queryRecap(database, { span, nowUts }));
    },
    lines({ plays, usual_plays: usual }) {
      const against = usual === null ? "" : `, usually ${formatNumber(usual)}`;
      return [`${pluralize(plays, "play")}${against}.`];
    },
  }),
];
