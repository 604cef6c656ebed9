// Plays, as in the API of the hosted service. Fields that only other services know are null.
import { dates, paging, spanOf } from "../parameters.ts";
import { historyQuestion, question, type Route } from "../route.ts";
import { yearOf, yearParameter } from "./collecting.ts";
import { choice, direction, partWhole, phrase, whole } from "../../parameters/parameter.ts";
import { playsPage } from "../../../queries/albums/recent.ts";
import {
  albumInFullSchema,
  listedAlbumsSchema,
  listedArtistsSchema,
  listeningGenresSchema,
  nowPlayingSchema,
  playFiguresSchema,
  playsPageSchema,
  recentAlbumsSchema,
  recentPlaysSchema,
  streaksSchema,
  trendSchema,
  yearsSchema,
} from "../../../queries/documents/hosted-listening-documents.ts";
import { dayCountsSchema } from "../../../queries/documents/hosted-shelf-documents.ts";
import { sourcesSchema } from "../../../queries/documents/sync-documents.ts";
import { playsByDate } from "../../../queries/shelf/hosted-shelf.ts";
import { ask as askSources, document as sourcesDocument } from "../../../queries/shelf/sources.ts";
import {
  genrePeriods,
  playedGenres,
  yearBefore,
  metrics,
  playFigures,
  streaksOf,
  trendOf,
  yearsPlayed,
} from "../../../queries/time/scrobble-figures.ts";
import {
  albumInFull,
  albumSorts,
  albumsPage,
  recentAlbums,
  artistSorts,
  artistsPage,
} from "../../../queries/time/played-names.ts";

const { from, to } = dates;

export const listeningRoutes: readonly Route[] = [
  question("/v1/listening/now-playing", {
    summary: "The track playing now",
    details: "Answers come from the cache, which does not know this: is_playing is always false.",
    isLasting: false,
    schema: nowPlayingSchema,
    answer: () => ({ is_playing: false, track: null, scrobbled_at: null }),
  }),
  historyQuestion("/v1/listening/recent", {
    summary: "The latest plays",
    parameters: { ...paging({ most: 50, usual: 10 }), ...dates },
    schema: recentPlaysSchema,
    answer: ({ page, limit, ...dated }, { database }) => ({
      data: playsPage(database, { span: spanOf(dated) }, { page, limit }).data,
    }),
  }),
  question("/v1/listening/recent/albums", {
    summary: "The latest albums played",
    parameters: { limit: whole("how many", { least: 1, most: 20, usual: 10 }) },
    schema: recentAlbumsSchema,
    answer: ({ limit }, { database }) => ({ data: recentAlbums(database, limit) }),
  }),
  historyQuestion("/v1/listening/history", {
    summary: "All plays, the newest first",
    parameters: {
      ...paging({ most: 200, usual: 50 }),
      from,
      to,
      artist: phrase("text within the artist's name"),
      album: phrase("text within the album's title"),
    },
    schema: playsPageSchema,
    answer: ({ page, limit, artist, album, ...dated }, { database }) =>
      playsPage(database, { span: spanOf(dated), artist, album }, { page, limit }),
  }),
  historyQuestion("/v1/listening/stats", {
    summary: "Plays in a few figures",
    details: "The creation date of the account is unknown: null. years_tracking counts from the first play.",
    parameters: dates,
    schema: playFiguresSchema,
    answer: (dated, { database, nowUts }) => playFigures(database, spanOf(dated), nowUts),
  }),
  question("/v1/listening/artists", {
    summary: "The artists played",
    parameters: {
      ...paging({ most: 100, usual: 20 }),
      sort: choice("the order", artistSorts, "playcount"),
      order: direction,
      search: phrase("text within the name"),
    },
    schema: listedArtistsSchema,
    answer: ({ page, limit, ...values }, { database }) =>
      artistsPage(database, { ...values, paging: { page, limit } }),
  }),
  question("/v1/listening/albums", {
    summary: "The albums played",
    parameters: {
      ...paging({ most: 100, usual: 20 }),
      sort: choice("the order", albumSorts, "playcount"),
      order: direction,
      artist: phrase("text within the artist's name"),
      search: phrase("text within the title"),
    },
    schema: listedAlbumsSchema,
    answer: ({ page, limit, ...values }, { database }) =>
      albumsPage(database, { ...values, paging: { page, limit } }),
  }),
  question("/v1/listening/albums/{id}", {
    summary: "One album with its played tracks",
    parameters: { id: partWhole("its id", { least: 1 }) },
    schema: albumInFullSchema,
    failures: { 404: "no album has that number" },
    answer: ({ id }, { database }) => albumInFull(database, id),
  }),
  historyQuestion("/v1/listening/calendar", {
    summary: "The number of plays on each day of a year",
    parameters: { year: yearParameter },
    schema: dayCountsSchema,
    answer: ({ year }, state) => playsByDate(state.database, yearOf(year, state)),
  }),
  historyQuestion("/v1/listening/trends", {
    summary: "A figure for each month",
    parameters: { metric: choice("the figure", metrics, "scrobbles"), from, to },
    schema: trendSchema,
    answer: ({ metric, ...dated }, { database }) => ({
      metric,
      data: trendOf(database, metric, spanOf(dated)),
    }),
  }),
  historyQuestion("/v1/listening/genres", {
    summary: "Plays by genre in each week, month or year",
    details:
      "The cache has no Last.fm tags. Genres are the Discogs genres of your records, and only plays of these records count. A play of a record with two genres counts in both, and once in total. Weeks, months and years are in UTC. compare_to needs date, from or to.",
    parameters: {
      ...dates,
      group_by: choice("the length of a period", genrePeriods, "month"),
      limit: whole("genres per period; the others are summed as Other", { least: 1, most: 50, usual: 10 }),
      compare_to: choice("also the same days of the previous year, in compare", ["previous_year"], null),
    },
    schema: listeningGenresSchema,
    answer({ group_by: by, limit: most, compare_to: compare, ...dated }, { database }) {
      const span = spanOf(dated);
      const data = playedGenres(database, { by, most, span });
      if (compare === null || span === null) return { data };
      return { data, compare: playedGenres(database, { by, most, span: yearBefore(span) }) };
    },
  }),
  historyQuestion("/v1/listening/streaks", {
    summary: "Streaks of days with plays",
    schema: streaksSchema,
    answer: (_, { database, nowUts }) => streaksOf(database, nowUts),
  }),
  historyQuestion("/v1/listening/years", {
    summary: "Each year in a few figures",
    schema: yearsSchema,
    answer: (_, { database }) => ({ data: yearsPlayed(database) }),
  }),
  question("/v1/sources", {
    summary: "The listening sources, and how many plays they share",
    details: "The hosted service has no such endpoint. It returns the document of rewind sources --json.",
    schema: sourcesSchema,
    answer: (_, { database }) => sourcesDocument(askSources(database)),
  }),
];
