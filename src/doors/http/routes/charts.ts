// Charts of plays: by period, artist or year.
import { dates, spanOf } from "../parameters.ts";
import { Problem } from "../problem.ts";
import { historyQuestion, question, type Asked, type Route } from "../route.ts";
import {
  choice,
  paging,
  partWhole,
  phrase,
  toggle,
  type ValuesOf,
  whole,
} from "../../../queries/parameters/parameter.ts";
import { dayStartOf } from "../../../model/times.ts";
import { spanOfYear, type Span } from "../../../queries/conditions/span.ts";
import {
  granularitySchema,
  nameFields,
  totalFields,
} from "../../../queries/documents/hosted-listening-documents.ts";
import * as s from "../../../queries/documents/json-schema.ts";
import { contractPagination } from "../../../queries/documents/paging.ts";
import { pagination } from "../../../queries/documents/shared-fields.ts";
import { artistById, artistByName, artistInFull } from "../../../queries/time/played-names.ts";
import { playedBetween, sparkPoints, topOf, type TopEntry } from "../../../queries/time/scrobble-charts.ts";
import type { TopSubject } from "../../../queries/top/top.ts";
import { yearInFull } from "../../../queries/time/scrobble-figures.ts";
import type { Database } from "../../../store/file/database.ts";

/** Days before today; today is included. null: all time. */
const periods = {
  "7day": 7,
  "1month": 30,
  "3month": 90,
  "6month": 180,
  "12month": 365,
  overall: null,
} as const;
type Period = keyof typeof periods;

const sparklines = toggle("add the plays over time, in equal periods");

const parameters = {
  period: choice(
    "period up to now; it starts with a whole local day",
    Object.keys(periods) as Period[],
    "7day",
  ),
  ...paging({ most: 50, usual: 10 }),
  ...dates,
  include_sparklines: sparklines,
};

const ofArtist = {
  artist_id: whole("only this artist", { least: 1, usual: null }),
  artist_name: phrase(
    "only the artist of this name, or else the most played artist with this text in the name",
  ),
};

/** Dates take precedence over a period. */
function spanAsked(values: ValuesOf<typeof parameters>, nowUts: number): Span | null {
  const span = spanOf(values);
  if (span !== null) return span;
  const days = periods[values.period];
  return days === null ? null : { fromUts: dayStartOf(nowUts, -days), toUts: null };
}

function sparklineOf({ database, nowUts }: Asked, kind: TopSubject, entry: TopEntry, span: Span | null) {
  const tomorrowUts = dayStartOf(nowUts, 1);
  const played = playedBetween(database) ?? { fromUts: tomorrowUts - 1, toUts: tomorrowUts };
  const fromUts = Math.max(span?.fromUts ?? played.fromUts, played.fromUts);
  const toUts = Math.min(span?.toUts ?? tomorrowUts, Math.max(tomorrowUts, played.toUts));
  const { granularity, points } = sparkPoints(database, kind, entry.members, { fromUts, toUts });
  return { granularity, points: points.map(({ count }) => count) };
}

function chartOf(kind: TopSubject, values: ValuesOf<typeof parameters>, state: Asked, artist: string | null) {
  const { page, limit, period } = values;
  const span = spanAsked(values, state.nowUts);
  const { rows, total } = topOf(state.database, kind, { span, artist, paging: { page, limit } });
  const data = rows.map((entry, at) => ({
    rank: (page - 1) * limit + at + 1,
    id: entry.id,
    name: entry.name,
    detail: kind === "artists" ? "" : entry.artist,
    playcount: entry.plays,
    image: null,
    url: entry.url,
    apple_music_url: null,
    ...(kind === "tracks" ? { preview_url: null, album_id: entry.albumId, album_name: entry.albumName } : {}),
    ...(values.include_sparklines ? { sparkline: sparklineOf(state, kind, entry, span) } : {}),
  }));
  return { period, data, pagination: contractPagination({ page, limit }, total) };
}

function chosenArtist(database: Database, { artist_id: id, artist_name: name }: ValuesOf<typeof ofArtist>) {
  if (id !== null && name !== null) throw new Problem(400, "artist_id and artist_name can't be combined");
  if (id === null && name === null) return null;
  const listedArtist = id === null ? artistByName(database, name ?? "") : artistById(database, id);
  // An unknown artist has an empty chart.
  return listedArtist ?? { id: null, name: "" };
}

const sparkline = s.optional(s.object({ granularity: granularitySchema, points: s.list(s.count()) }));

const entryKeys = {
  rank: { ...s.count(), minimum: 1 },
  ...nameFields,
  detail: s.text(),
  playcount: s.count(),
  image: s.nothing(),
  url: s.address(),
  apple_music_url: s.nothing(),
};
const chartSchema: s.Schema<object> = s.object({
  period: s.text(),
  data: s.rows({ ...entryKeys, sparkline }),
  pagination,
});
const trackChartSchema: s.Schema<object> = s.object({
  period: s.text(),
  artist_id: s.orNull(s.count()),
  data: s.rows({
    ...entryKeys,
    preview_url: s.nothing(),
    album_id: s.orNull(s.count()),
    album_name: s.orNull(s.text()),
    sparkline,
  }),
  pagination,
});

const empty: s.Schema<readonly never[]> = { type: "array", maxItems: 0 };

const ofYear = { ...nameFields, scrobbles: s.count(), apple_music_url: s.nothing() };

const yearSchema: s.Schema<object> = s.object({
  year: s.integer(),
  ...totalFields,
  top_artists: s.rows({ ...ofYear, image: s.nothing(), sparkline }),
  top_albums: s.rows({ ...ofYear, artist: s.text(), image: s.nothing(), sparkline }),
  top_tracks: s.rows({ ...ofYear, artist: s.text(), preview_url: s.nothing(), sparkline }),
  monthly: s.rows({
    month: s.text(),
    scrobbles: s.count(),
    unique_artists: s.count(),
    unique_albums: s.count(),
  }),
  month: s.optional<number>({ ...s.integer(), minimum: 1, maximum: 12 }),
});

const details =
  "A period is that many whole local days and today. date, from and to take precedence over it.";

export const chartRoutes: readonly Route[] = [
  ...(["artists", "albums"] as const).map((kind) =>
    historyQuestion(`/v1/listening/top/${kind}`, {
      summary: `The most played ${kind}`,
      details,
      parameters,
      schema: chartSchema,
      answer: (values, state) => chartOf(kind, values, state, null),
    }),
  ),
  historyQuestion("/v1/listening/top/tracks", {
    summary: "The most played tracks",
    details,
    parameters: { ...parameters, ...ofArtist },
    schema: trackChartSchema,
    answer(values, state) {
      const artist = chosenArtist(state.database, values);
      const { period, ...chart } = chartOf("tracks", values, state, artist?.name ?? null);
      return { period, artist_id: artist?.id ?? null, ...chart };
    },
  }),
  question("/v1/listening/artists/{id}", {
    summary: "One artist: first and last play, counts, and most played albums and tracks",
    details: "The cache has no genre, biography or similar artists: null, and an empty list.",
    parameters: { id: partWhole("the artist's id", { least: 1 }) },
    schema: s.object({
      ...nameFields,
      mbid: s.nothing(),
      url: s.address(),
      apple_music_url: s.nothing(),
      playcount: s.count(),
      scrobble_count: s.count(),
      first_scrobbled_at: s.orNull(s.instant()),
      last_played_at: s.orNull(s.instant()),
      all_time_rank: s.orNull({ ...s.count(), minimum: 1 }),
      distinct_tracks: s.count(),
      distinct_albums: s.count(),
      genre: s.nothing(),
      tags: empty,
      ...s.nulls("bio_summary", "bio_content", "bio_synced_at", "image"),
      sparkline: s.orNull(
        s.object({ granularity: granularitySchema, points: s.rows({ at: s.day(), count: s.count() }) }),
      ),
      top_albums: s.rows({
        ...nameFields,
        playcount: s.count(),
        ...s.nulls("apple_music_url", "image"),
      }),
      top_tracks: s.rows({
        ...nameFields,
        album_id: s.orNull(s.count()),
        album_name: s.orNull(s.text()),
        scrobble_count: s.count(),
        ...s.nulls("apple_music_url", "preview_url", "image"),
      }),
      similar_artists: empty,
    }),
    failures: { 404: "no artist has that number" },
    answer: ({ id }, { database }) => artistInFull(database, id),
  }),
  historyQuestion("/v1/listening/year/{year}", {
    summary: "A year, or a month of it, in full",
    parameters: {
      year: partWhole("the year, in local time", { least: 1900, most: 2999 }),
      month: whole("the month", { least: 1, most: 12, usual: null }),
      include_sparklines: sparklines,
    },
    schema: yearSchema,
    answer({ year: which, month, include_sparklines: withSparklines }, state) {
      const { artists, albums, tracks, monthly, ...figures } = yearInFull(state.database, which, month);
      const span = spanOfYear(which, month);
      const entry = (kind: TopSubject, top: TopEntry): object => ({
        id: top.id,
        name: top.name,
        ...(kind === "artists" ? {} : { artist: top.artist }),
        scrobbles: top.plays,
        apple_music_url: null,
        ...(kind === "tracks" ? { preview_url: null } : { image: null }),
        ...(withSparklines ? { sparkline: sparklineOf(state, kind, top, span) } : {}),
      });
      return {
        ...figures,
        top_artists: artists.map((top) => entry("artists", top)),
        top_albums: albums.map((top) => entry("albums", top)),
        top_tracks: tracks.map((top) => entry("tracks", top)),
        monthly,
      };
    },
  }),
];
