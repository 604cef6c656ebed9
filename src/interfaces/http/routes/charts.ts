// Charts of plays: by period, artist or year.
import { dateParameters, getRequestedPeriod } from "../parameters.ts";
import { Problem } from "../problem.ts";
import { historyRoute, queryRoute, type RouteState, type Route } from "../route.ts";
import {
  choice,
  pagingParameters,
  pathInteger,
  phrase,
  toggle,
  type InferValues,
  integer,
} from "../../../queries/parameters/parameter.ts";
import { computeDayStartAt } from "../../../model/times.ts";
import { getYearPeriod, type Period } from "../../../queries/conditions/period.ts";
import {
  granularitySchema,
  nameFields,
  totalFields,
} from "../../../queries/documents/hosted-listening-documents.ts";
import * as s from "../../../queries/documents/json-schema.ts";
import { toJsonPagination } from "../../../queries/documents/paging.ts";
import { pagination } from "../../../queries/documents/shared-fields.ts";
import { findArtistById, findArtistByName, readArtistDetails } from "../../../queries/time/played-names.ts";
import {
  readPlayedPeriod,
  readSparklinePoints,
  readHostedTop,
  type TopEntry,
} from "../../../queries/time/hosted-top.ts";
import type { TopSubject } from "../../../queries/top/top.ts";
import { readYearDetails } from "../../../queries/time/listening-stats.ts";
import type { Database } from "../../../store/file/database.ts";

/** Days before today; today is included. null: all time. */
const periodDays = {
  "7day": 7,
  "1month": 30,
  "3month": 90,
  "6month": 180,
  "12month": 365,
  overall: null,
} as const;
type PeriodName = keyof typeof periodDays;

const sparklines = toggle("add the plays over time, in equal periods");

const chartParameters = {
  period: choice(
    "period up to now; it starts with a whole local day",
    Object.keys(periodDays) as PeriodName[],
    "7day",
  ),
  ...pagingParameters({ max: 50, defaultValue: 10 }),
  ...dateParameters,
  include_sparklines: sparklines,
};

const artistParameters = {
  artist_id: integer("only this artist", { min: 1, defaultValue: null }),
  artist_name: phrase(
    "only the artist of this name, or else the most played artist with this text in the name",
  ),
};

/** Dates take precedence over a period. */
function getChartPeriod(values: InferValues<typeof chartParameters>, nowUts: number): Period | null {
  const span = getRequestedPeriod(values);
  if (span !== null) return span;
  const days = periodDays[values.period];
  return days === null ? null : { fromUts: computeDayStartAt(nowUts, -days), toUts: null };
}

function buildSparkline(
  { database, nowUts }: RouteState,
  kind: TopSubject,
  entry: TopEntry,
  span: Period | null,
) {
  const tomorrowUts = computeDayStartAt(nowUts, 1);
  const played = readPlayedPeriod(database) ?? { fromUts: tomorrowUts - 1, toUts: tomorrowUts };
  const fromUts = Math.max(span?.fromUts ?? played.fromUts, played.fromUts);
  const toUts = Math.min(span?.toUts ?? tomorrowUts, Math.max(tomorrowUts, played.toUts));
  const { granularity, points } = readSparklinePoints(database, kind, entry.members, { fromUts, toUts });
  return { granularity, points: points.map(({ count }) => count) };
}

function readChart(
  kind: TopSubject,
  values: InferValues<typeof chartParameters>,
  state: RouteState,
  artist: string | null,
) {
  const { page, limit, period } = values;
  const span = getChartPeriod(values, state.nowUts);
  const { rows, total } = readHostedTop(state.database, kind, {
    period: span,
    artist,
    paging: { page, limit },
  });
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
    ...(values.include_sparklines ? { sparkline: buildSparkline(state, kind, entry, span) } : {}),
  }));
  return { period, data, pagination: toJsonPagination({ page, limit }, total) };
}

function findRequestedArtist(
  database: Database,
  { artist_id: id, artist_name: name }: InferValues<typeof artistParameters>,
) {
  if (id !== null && name !== null) throw new Problem(400, "artist_id and artist_name can't be combined");
  if (id === null && name === null) return null;
  const listedArtist = id === null ? findArtistByName(database, name ?? "") : findArtistById(database, id);
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

const emptyListSchema: s.Schema<readonly never[]> = { type: "array", maxItems: 0 };

const yearEntryKeys = { ...nameFields, scrobbles: s.count(), apple_music_url: s.nothing() };

const yearSchema: s.Schema<object> = s.object({
  year: s.integer(),
  ...totalFields,
  top_artists: s.rows({ ...yearEntryKeys, image: s.nothing(), sparkline }),
  top_albums: s.rows({ ...yearEntryKeys, artist: s.text(), image: s.nothing(), sparkline }),
  top_tracks: s.rows({ ...yearEntryKeys, artist: s.text(), preview_url: s.nothing(), sparkline }),
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
    historyRoute(`/v1/listening/top/${kind}`, {
      summary: `The most played ${kind}`,
      details,
      parameters: chartParameters,
      schema: chartSchema,
      answer: (values, state) => readChart(kind, values, state, null),
    }),
  ),
  historyRoute("/v1/listening/top/tracks", {
    summary: "The most played tracks",
    details,
    parameters: { ...chartParameters, ...artistParameters },
    schema: trackChartSchema,
    answer(values, state) {
      const artist = findRequestedArtist(state.database, values);
      const { period, ...chart } = readChart("tracks", values, state, artist?.name ?? null);
      return { period, artist_id: artist?.id ?? null, ...chart };
    },
  }),
  queryRoute("/v1/listening/artists/{id}", {
    summary: "One artist: first and last play, counts, and most played albums and tracks",
    details: "The cache has no genre, biography or similar artists: null, and an empty list.",
    parameters: { id: pathInteger("the artist's id", { min: 1 }) },
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
      tags: emptyListSchema,
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
      similar_artists: emptyListSchema,
    }),
    failures: { 404: "no artist has that number" },
    answer: ({ id }, { database }) => readArtistDetails(database, id),
  }),
  historyRoute("/v1/listening/year/{year}", {
    summary: "A year, or a month of it, in full",
    parameters: {
      year: pathInteger("the year, in local time", { min: 1900, max: 2999 }),
      month: integer("the month", { min: 1, max: 12, defaultValue: null }),
      include_sparklines: sparklines,
    },
    schema: yearSchema,
    answer({ year: which, month, include_sparklines: withSparklines }, state) {
      const { artists, albums, tracks, monthly, ...figures } = readYearDetails(state.database, which, month);
      const span = getYearPeriod(which, month);
      const toYearEntry = (kind: TopSubject, top: TopEntry): object => ({
        id: top.id,
        name: top.name,
        ...(kind === "artists" ? {} : { artist: top.artist }),
        scrobbles: top.plays,
        apple_music_url: null,
        ...(kind === "tracks" ? { preview_url: null } : { image: null }),
        ...(withSparklines ? { sparkline: buildSparkline(state, kind, top, span) } : {}),
      });
      return {
        ...figures,
        top_artists: artists.map((top) => toYearEntry("artists", top)),
        top_albums: albums.map((top) => toYearEntry("albums", top)),
        top_tracks: tracks.map((top) => toYearEntry("tracks", top)),
        monthly,
      };
    },
  }),
];
