// Documents of plays and searches in the shape of the hosted API.
import { pagination } from "./shared-fields.ts";
import {
  address,
  count,
  day,
  flag,
  instant,
  integer,
  list,
  nothing,
  number,
  object,
  optional,
  orNull,
  share,
  text,
  word,
  type Schema,
  type ValueOf,
} from "./json-schema.ts";

const nameFields = { id: count(), name: text() };
const namedSchema = object(nameFields);
export type NamedThing = ValueOf<typeof namedSchema>;

const playSchema = object({
  track: object({ ...nameFields, url: address(), apple_music_url: nothing(), preview_url: nothing() }),
  artist: namedSchema,
  album: object({ id: orNull(count()), name: orNull(text()), image: nothing() }),
  scrobbled_at: instant(),
});
export const recentPlaysSchema = object({ data: list(playSchema) });
export const playsPageSchema = object({ data: list(playSchema), pagination });
export type PlaysPage = ValueOf<typeof playsPageSchema>;

const recentAlbumSchema = object({
  album: object({ ...nameFields, url: address(), apple_music_url: nothing(), image: nothing() }),
  artist: namedSchema,
  last_scrobbled_at: instant(),
});
export type RecentAlbum = ValueOf<typeof recentAlbumSchema>;
export const recentAlbumsSchema = object({ data: list(recentAlbumSchema) });

const linkFields = { url: address(), apple_music_url: nothing(), image: nothing() };

export const listedArtistsSchema = object({
  data: list(object({ ...nameFields, playcount: count(), genre: nothing(), ...linkFields })),
  pagination,
});
export type ListedArtists = ValueOf<typeof listedArtistsSchema>;

export const listedAlbumsSchema = object({
  data: list(object({ ...nameFields, artist: namedSchema, playcount: count(), ...linkFields })),
  pagination,
});
export type ListedAlbums = ValueOf<typeof listedAlbumsSchema>;

export const albumInFullSchema = object({
  ...nameFields,
  mbid: orNull(text()),
  url: address(),
  apple_music_url: nothing(),
  playcount: count(),
  image: nothing(),
  artist: namedSchema,
  tracks: list(
    object({ ...nameFields, scrobble_count: count(), apple_music_url: nothing(), preview_url: nothing() }),
  ),
});
export type AlbumInFull = ValueOf<typeof albumInFullSchema>;

const figures = {
  total_scrobbles: count(),
  unique_artists: count(),
  unique_albums: count(),
  unique_tracks: count(),
};
const figuresSchema = object(figures);
export type Figures = ValueOf<typeof figuresSchema>;

export const playFiguresSchema = object({
  ...figures,
  registered_date: nothing(),
  years_tracking: { ...number(), minimum: 0 },
  scrobbles_per_day: { ...number(), minimum: 0 },
});
export type PlayFigures = ValueOf<typeof playFiguresSchema>;

const monthValueSchema = object({
  period: { ...text(), pattern: String.raw`^\d{4}-\d{2}$` },
  value: count(),
});
export type MonthValue = ValueOf<typeof monthValueSchema>;
export const trendSchema = object({ metric: text(), data: list(monthValueSchema) });

export const streaksSchema = object({
  current: object({ days: count(), start_date: orNull(day()), total_scrobbles: count() }),
  longest: object({
    days: count(),
    start_date: orNull(day()),
    end_date: orNull(day()),
    total_scrobbles: count(),
  }),
});
export type Streaks = ValueOf<typeof streaksSchema>;

const yearSchema = object({ year: integer(), ...figures, top_artist: orNull(namedSchema) });
export type YearFigures = ValueOf<typeof yearSchema>;
export const yearsSchema = object({ data: list(yearSchema) });

export const nowPlayingSchema = object({ is_playing: flag(), track: nothing(), scrobbled_at: nothing() });

const countsByName: Schema<Readonly<Record<string, number>>> = {
  type: "object",
  additionalProperties: count(),
};

const playedGenresSchema = object({
  // In UTC: 2026-W07 (weeks begin on Monday), 2026-02 or 2026.
  period: text(),
  // The most played first. A play of a record with two genres counts in both.
  genres: countsByName,
  // Plays on records you own, each once.
  total: count(),
});
export type PlayedGenres = ValueOf<typeof playedGenresSchema>;

export const listeningGenresSchema = object({
  data: list(playedGenresSchema),
  compare: optional(list(playedGenresSchema)),
});

const granularity = word(["day", "week", "month", "year"]);
export type Granularity = ValueOf<typeof granularity>;

const sparklineSchema = object({ granularity, points: list(count()) });
export type Sparkline = ValueOf<typeof sparklineSchema>;
const sparkline = optional(sparklineSchema);

const sparkPointSchema = object({ at: day(), count: count() });
export type SparkPoint = ValueOf<typeof sparkPointSchema>;

const topKeys = {
  rank: { ...count(), minimum: 1 },
  ...nameFields,
  detail: text(),
  playcount: count(),
  image: nothing(),
  url: address(),
  apple_music_url: nothing(),
};
const topPageSchema = object({ period: text(), data: list(object({ ...topKeys, sparkline })), pagination });

export const chartSchemas = {
  artists: topPageSchema,
  albums: topPageSchema,
  tracks: object({
    period: text(),
    artist_id: orNull(count()),
    data: list(
      object({
        ...topKeys,
        preview_url: nothing(),
        album_id: orNull(count()),
        album_name: orNull(text()),
        sparkline,
      }),
    ),
    pagination,
  }),
};

const empty: Schema<readonly never[]> = { type: "array", maxItems: 0 };

export const artistInFullSchema = object({
  ...nameFields,
  mbid: nothing(),
  url: address(),
  apple_music_url: nothing(),
  playcount: count(),
  scrobble_count: count(),
  first_scrobbled_at: orNull(instant()),
  last_played_at: orNull(instant()),
  all_time_rank: orNull({ ...count(), minimum: 1 }),
  distinct_tracks: count(),
  distinct_albums: count(),
  genre: nothing(),
  tags: empty,
  bio_summary: nothing(),
  bio_content: nothing(),
  bio_synced_at: nothing(),
  image: nothing(),
  sparkline: orNull(object({ granularity, points: list(sparkPointSchema) })),
  top_albums: list(
    object({ ...nameFields, playcount: count(), apple_music_url: nothing(), image: nothing() }),
  ),
  top_tracks: list(
    object({
      ...nameFields,
      album_id: orNull(count()),
      album_name: orNull(text()),
      scrobble_count: count(),
      apple_music_url: nothing(),
      preview_url: nothing(),
      image: nothing(),
    }),
  ),
  similar_artists: empty,
});
export type ArtistInFull = ValueOf<typeof artistInFullSchema>;

const yearMonthSchema = object({
  month: text(),
  scrobbles: count(),
  unique_artists: count(),
  unique_albums: count(),
});
export type YearMonth = ValueOf<typeof yearMonthSchema>;

const ofYear = { ...nameFields, scrobbles: count(), apple_music_url: nothing() };

export const yearInFullSchema = object({
  year: integer(),
  ...figures,
  top_artists: list(object({ ...ofYear, image: nothing(), sparkline })),
  top_albums: list(object({ ...ofYear, artist: text(), image: nothing(), sparkline })),
  top_tracks: list(object({ ...ofYear, artist: text(), preview_url: nothing(), sparkline })),
  monthly: list(yearMonthSchema),
  month: optional<number>({ ...integer(), minimum: 1, maximum: 12 }),
});

export const searchSchema = object({
  data: list(
    object({
      domain: word(["listening", "collecting"]),
      entity_type: word(["artist", "album", "track", "release"]),
      // For a release, the record's number.
      entity_id: text(),
      title: text(),
      subtitle: orNull(text()),
      image_key: nothing(),
      image: orNull(
        object({
          cdn_url: address(),
          thumbhash: orNull(text()),
          dominant_color: orNull(text()),
        }),
      ),
      url: orNull(address()),
      instapaper_url: nothing(),
      instapaper_app_url: nothing(),
      author: nothing(),
      // 1: the title equals the query. 0.75: words of the title begin with it. 0.5: the title contains it.
      score: share(),
    }),
  ),
  pagination,
});
export type SearchPage = ValueOf<typeof searchSchema>;
export type FoundEntity = SearchPage["data"][number];
