// Plays, as in the API of the hosted service. Fields that only other services know are null.
import { dateParameters, getRequestedPeriod } from "../parameters.ts";
import { historyRoute, queryRoute, type Route } from "../route.ts";
import { dayCountsSchema, getRequestedYear, yearParameter } from "./collecting.ts";
import {
  choice,
  direction,
  pagingParameters,
  pathInteger,
  phrase,
  integer,
} from "../../../queries/parameters/parameter.ts";
import { buildNowDocument, queryNow } from "../../../queries/albums/now.ts";
import { nowSchema } from "../../../queries/documents/play-documents.ts";
import { readPlaysPage } from "../../../queries/albums/recent-plays.ts";
import {
  namedSchema,
  nameFields,
  totalFields,
} from "../../../queries/documents/hosted-listening-documents.ts";
import * as s from "../../../queries/documents/json-schema.ts";
import { pagination } from "../../../queries/documents/shared-fields.ts";
import { holesSchema, sourcesSchema } from "../../../queries/documents/sync-documents.ts";
import { readPlayCalendar } from "../../../queries/shelf/hosted-collection.ts";
import { buildHolesDocument, querySourceHoles } from "../../../queries/shelf/source-holes.ts";
import { querySources, buildSourcesDocument } from "../../../queries/shelf/sources.ts";
import {
  genrePeriods,
  readPlayedGenres,
  shiftYearBack,
  metrics,
  readListeningStats,
  readStreaks,
  readTrend,
  readPlayedYears,
} from "../../../queries/time/listening-stats.ts";
import {
  readAlbumDetails,
  albumSorts,
  readAlbumsPage,
  readRecentAlbums,
  artistSorts,
  readArtistsPage,
} from "../../../queries/time/played-names.ts";

const { from, to } = dateParameters;

const playSchema = s.object({
  track: s.object({
    ...nameFields,
    url: s.address(),
    ...s.nulls("apple_music_url", "preview_url"),
  }),
  artist: namedSchema,
  album: s.object({ id: s.orNull(s.count()), name: s.orNull(s.text()), image: s.nothing() }),
  scrobbled_at: s.instant(),
});

const linkFields = { url: s.address(), ...s.nulls("apple_music_url", "image") };

const countsByName: s.Schema<Readonly<Record<string, number>>> = {
  type: "object",
  additionalProperties: s.count(),
};

const playedGenresSchema = s.object({
  // 2026-W07 (weeks begin on Monday), 2026-02 or 2026.
  period: s.text(),
  // The most played first. A play of a record with two genres counts in both.
  genres: countsByName,
  // Plays on records you own, each once.
  total: s.count(),
});

export const listeningRoutes: readonly Route[] = [
  queryRoute("/v1/listening/now-playing", {
    summary: "The track playing now, and your record of it",
    details:
      "What a player told rewind serve, or else ListenBrainz or Last.fm, which are asked at most every five seconds. rewind adds length_seconds and the fields from source on.",
    isLasting: false,
    needsPlaying: () => true,
    schema: nowSchema,
    answer: (_, { database, playing, shelfField }) =>
      buildNowDocument(queryNow(database, { report: playing, shelfField })),
  }),
  historyRoute("/v1/listening/recent", {
    summary: "The latest plays",
    parameters: { ...pagingParameters({ max: 50, defaultValue: 10 }), ...dateParameters },
    schema: s.object({ data: s.list(playSchema) }),
    answer: ({ page, limit, ...dated }, { database }) => ({
      data: readPlaysPage(database, { period: getRequestedPeriod(dated) }, { page, limit }).data,
    }),
  }),
  queryRoute("/v1/listening/recent/albums", {
    summary: "The latest albums played",
    parameters: { limit: integer("how many", { min: 1, max: 20, defaultValue: 10 }) },
    schema: s.object({
      data: s.rows({
        album: s.object({ ...nameFields, ...linkFields }),
        artist: namedSchema,
        last_scrobbled_at: s.instant(),
      }),
    }),
    answer: ({ limit }, { database }) => ({ data: readRecentAlbums(database, limit) }),
  }),
  historyRoute("/v1/listening/history", {
    summary: "All plays, the newest first",
    parameters: {
      ...pagingParameters({ max: 200, defaultValue: 50 }),
      from,
      to,
      artist: phrase("text within the artist's name"),
      album: phrase("text within the album's title"),
    },
    schema: s.object({ data: s.list(playSchema), pagination }),
    answer: ({ page, limit, artist, album, ...dated }, { database }) =>
      readPlaysPage(database, { period: getRequestedPeriod(dated), artist, album }, { page, limit }),
  }),
  historyRoute("/v1/listening/stats", {
    summary: "Plays in a few figures",
    details: "The creation date of the account is unknown: null. years_tracking counts from the first play.",
    parameters: dateParameters,
    schema: s.object({
      ...totalFields,
      registered_date: s.nothing(),
      years_tracking: { ...s.number(), minimum: 0 },
      scrobbles_per_day: { ...s.number(), minimum: 0 },
    }),
    answer: (dated, { database, nowUts }) => readListeningStats(database, getRequestedPeriod(dated), nowUts),
  }),
  queryRoute("/v1/listening/artists", {
    summary: "The artists played",
    parameters: {
      ...pagingParameters({ max: 100, defaultValue: 20 }),
      sort: choice("the order", artistSorts, "playcount"),
      order: direction,
      search: phrase("text within the name"),
    },
    schema: s.object({
      data: s.rows({ ...nameFields, playcount: s.count(), genre: s.nothing(), ...linkFields }),
      pagination,
    }),
    answer: ({ page, limit, ...values }, { database }) =>
      readArtistsPage(database, { ...values, paging: { page, limit } }),
  }),
  queryRoute("/v1/listening/albums", {
    summary: "The albums played",
    parameters: {
      ...pagingParameters({ max: 100, defaultValue: 20 }),
      sort: choice("the order", albumSorts, "playcount"),
      order: direction,
      artist: phrase("text within the artist's name"),
      search: phrase("text within the title"),
    },
    schema: s.object({
      data: s.rows({ ...nameFields, artist: namedSchema, playcount: s.count(), ...linkFields }),
      pagination,
    }),
    answer: ({ page, limit, ...values }, { database }) =>
      readAlbumsPage(database, { ...values, paging: { page, limit } }),
  }),
  queryRoute("/v1/listening/albums/{id}", {
    summary: "One album with its played tracks",
    parameters: { id: pathInteger("its id", { min: 1 }) },
    schema: s.object({
      ...nameFields,
      mbid: s.orNull(s.text()),
      url: s.address(),
      apple_music_url: s.nothing(),
      playcount: s.count(),
      image: s.nothing(),
      artist: namedSchema,
      tracks: s.rows({
        ...nameFields,
        scrobble_count: s.count(),
        ...s.nulls("apple_music_url", "preview_url"),
      }),
    }),
    failures: { 404: "no album has that number" },
    answer: ({ id }, { database }) => readAlbumDetails(database, id),
  }),
  historyRoute("/v1/listening/calendar", {
    summary: "The number of plays on each day of a year",
    parameters: { year: yearParameter },
    schema: dayCountsSchema,
    answer: ({ year }, state) => readPlayCalendar(state.database, getRequestedYear(year, state)),
  }),
  historyRoute("/v1/listening/trends", {
    summary: "A figure for each month",
    parameters: { metric: choice("the figure", metrics, "scrobbles"), from, to },
    schema: s.object({
      metric: s.text(),
      data: s.rows({
        period: { ...s.text(), pattern: String.raw`^\d{4}-\d{2}$` },
        value: s.count(),
      }),
    }),
    answer: ({ metric, ...dated }, { database }) => ({
      metric,
      data: readTrend(database, metric, getRequestedPeriod(dated)),
    }),
  }),
  historyRoute("/v1/listening/genres", {
    summary: "Plays by genre in each week, month or year",
    details:
      "The cache has no Last.fm tags. Genres are the Discogs genres of your records, and only plays of these records count. A play of a record with two genres counts in both, and once in total. compare_to needs date, from or to.",
    parameters: {
      ...dateParameters,
      group_by: choice("the length of a period", genrePeriods, "month"),
      limit: integer("genres per period; the others are summed as Other", {
        min: 1,
        max: 50,
        defaultValue: 10,
      }),
      compare_to: choice("also the same days of the previous year, in compare", ["previous_year"], null),
    },
    schema: s.object({
      data: s.list(playedGenresSchema),
      compare: s.optional(s.list(playedGenresSchema)),
    }),
    answer({ group_by: by, limit: most, compare_to: compare, ...dated }, { database }) {
      const span = getRequestedPeriod(dated);
      const data = readPlayedGenres(database, { by, maxGenres: most, period: span });
      if (compare === null || span === null) return { data };
      return {
        data,
        compare: readPlayedGenres(database, { by, maxGenres: most, period: shiftYearBack(span) }),
      };
    },
  }),
  historyRoute("/v1/listening/streaks", {
    summary: "Streaks of days with plays",
    schema: s.object({
      current: s.object({ days: s.count(), start_date: s.orNull(s.day()), total_scrobbles: s.count() }),
      longest: s.object({
        days: s.count(),
        start_date: s.orNull(s.day()),
        end_date: s.orNull(s.day()),
        total_scrobbles: s.count(),
      }),
    }),
    answer: (_, { database, nowUts }) => readStreaks(database, nowUts),
  }),
  historyRoute("/v1/listening/years", {
    summary: "Each year in a few figures",
    schema: s.object({
      data: s.rows({ year: s.integer(), ...totalFields, top_artist: s.orNull(namedSchema) }),
    }),
    answer: (_, { database }) => ({ data: readPlayedYears(database) }),
  }),
  queryRoute("/v1/sources", {
    summary: "The listening sources, and how many plays they share",
    details: "The hosted service has no such endpoint. It returns the document of rewind sources --json.",
    schema: sourcesSchema,
    answer: (_, { database }) => buildSourcesDocument(querySources(database)),
  }),
  queryRoute("/v1/sources/holes", {
    summary: "Periods without plays in a source, or in all of them, that should have some",
    details:
      "The hosted service has no such endpoint. It returns the document of rewind sources check --json.",
    schema: holesSchema,
    answer: (_, { database }) => buildHolesDocument(querySourceHoles(database)),
  }),
];
