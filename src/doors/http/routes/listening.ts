// Plays, as in the API of the hosted service. Fields that only other services know are null.
import { dates, spanOf } from "../parameters.ts";
import { historyQuestion, question, type Route } from "../route.ts";
import { dayCountsSchema, yearOf, yearParameter } from "./collecting.ts";
import {
  choice,
  direction,
  paging,
  partWhole,
  phrase,
  whole,
} from "../../../queries/parameters/parameter.ts";
import { playsPage } from "../../../queries/albums/recent.ts";
import {
  namedSchema,
  nameFields,
  totalFields,
} from "../../../queries/documents/hosted-listening-documents.ts";
import * as s from "../../../queries/documents/json-schema.ts";
import { pagination } from "../../../queries/documents/shared-fields.ts";
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
  question("/v1/listening/now-playing", {
    summary: "The track playing now",
    details: "Answers come from the cache, which does not know this: is_playing is always false.",
    isLasting: false,
    schema: s.object({
      is_playing: s.flag(),
      ...s.nulls("track", "scrobbled_at"),
    }),
    answer: () => ({ is_playing: false, track: null, scrobbled_at: null }),
  }),
  historyQuestion("/v1/listening/recent", {
    summary: "The latest plays",
    parameters: { ...paging({ most: 50, usual: 10 }), ...dates },
    schema: s.object({ data: s.list(playSchema) }),
    answer: ({ page, limit, ...dated }, { database }) => ({
      data: playsPage(database, { span: spanOf(dated) }, { page, limit }).data,
    }),
  }),
  question("/v1/listening/recent/albums", {
    summary: "The latest albums played",
    parameters: { limit: whole("how many", { least: 1, most: 20, usual: 10 }) },
    schema: s.object({
      data: s.rows({
        album: s.object({ ...nameFields, ...linkFields }),
        artist: namedSchema,
        last_scrobbled_at: s.instant(),
      }),
    }),
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
    schema: s.object({ data: s.list(playSchema), pagination }),
    answer: ({ page, limit, artist, album, ...dated }, { database }) =>
      playsPage(database, { span: spanOf(dated), artist, album }, { page, limit }),
  }),
  historyQuestion("/v1/listening/stats", {
    summary: "Plays in a few figures",
    details: "The creation date of the account is unknown: null. years_tracking counts from the first play.",
    parameters: dates,
    schema: s.object({
      ...totalFields,
      registered_date: s.nothing(),
      years_tracking: { ...s.number(), minimum: 0 },
      scrobbles_per_day: { ...s.number(), minimum: 0 },
    }),
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
    schema: s.object({
      data: s.rows({ ...nameFields, playcount: s.count(), genre: s.nothing(), ...linkFields }),
      pagination,
    }),
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
    schema: s.object({
      data: s.rows({ ...nameFields, artist: namedSchema, playcount: s.count(), ...linkFields }),
      pagination,
    }),
    answer: ({ page, limit, ...values }, { database }) =>
      albumsPage(database, { ...values, paging: { page, limit } }),
  }),
  question("/v1/listening/albums/{id}", {
    summary: "One album with its played tracks",
    parameters: { id: partWhole("its id", { least: 1 }) },
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
    schema: s.object({
      metric: s.text(),
      data: s.rows({
        period: { ...s.text(), pattern: String.raw`^\d{4}-\d{2}$` },
        value: s.count(),
      }),
    }),
    answer: ({ metric, ...dated }, { database }) => ({
      metric,
      data: trendOf(database, metric, spanOf(dated)),
    }),
  }),
  historyQuestion("/v1/listening/genres", {
    summary: "Plays by genre in each week, month or year",
    details:
      "The cache has no Last.fm tags. Genres are the Discogs genres of your records, and only plays of these records count. A play of a record with two genres counts in both, and once in total. compare_to needs date, from or to.",
    parameters: {
      ...dates,
      group_by: choice("the length of a period", genrePeriods, "month"),
      limit: whole("genres per period; the others are summed as Other", { least: 1, most: 50, usual: 10 }),
      compare_to: choice("also the same days of the previous year, in compare", ["previous_year"], null),
    },
    schema: s.object({
      data: s.list(playedGenresSchema),
      compare: s.optional(s.list(playedGenresSchema)),
    }),
    answer({ group_by: by, limit: most, compare_to: compare, ...dated }, { database }) {
      const span = spanOf(dated);
      const data = playedGenres(database, { by, most, span });
      if (compare === null || span === null) return { data };
      return { data, compare: playedGenres(database, { by, most, span: yearBefore(span) }) };
    },
  }),
  historyQuestion("/v1/listening/streaks", {
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
    answer: (_, { database, nowUts }) => streaksOf(database, nowUts),
  }),
  historyQuestion("/v1/listening/years", {
    summary: "Each year in a few figures",
    schema: s.object({
      data: s.rows({ year: s.integer(), ...totalFields, top_artist: s.orNull(namedSchema) }),
    }),
    answer: (_, { database }) => ({ data: yearsPlayed(database) }),
  }),
  question("/v1/sources", {
    summary: "The listening sources, and how many plays they share",
    details: "The hosted service has no such endpoint. It returns the document of rewind sources --json.",
    schema: sourcesSchema,
    answer: (_, { database }) => sourcesDocument(askSources(database)),
  }),
];
