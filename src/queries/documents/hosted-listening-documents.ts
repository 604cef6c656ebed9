// Documents of plays and searches in the shape of the hosted API.
import { pagination } from "./shared-fields.ts";
import * as s from "./json-schema.ts";

const nameFields = { id: s.count(), name: s.text() };
const namedSchema = s.object(nameFields);
export type NamedThing = s.ValueOf<typeof namedSchema>;

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
export const recentPlaysSchema = s.object({ data: s.list(playSchema) });
export const playsPageSchema = s.object({ data: s.list(playSchema), pagination });

const linkFields = { url: s.address(), ...s.nulls("apple_music_url", "image") };

export const recentAlbumsSchema = s.object({
  data: s.rows({
    album: s.object({ ...nameFields, ...linkFields }),
    artist: namedSchema,
    last_scrobbled_at: s.instant(),
  }),
});

export const listedArtistsSchema = s.object({
  data: s.rows({ ...nameFields, playcount: s.count(), genre: s.nothing(), ...linkFields }),
  pagination,
});

export const listedAlbumsSchema = s.object({
  data: s.rows({ ...nameFields, artist: namedSchema, playcount: s.count(), ...linkFields }),
  pagination,
});

export const albumInFullSchema = s.object({
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
});

const figures = {
  total_scrobbles: s.count(),
  unique_artists: s.count(),
  unique_albums: s.count(),
  unique_tracks: s.count(),
};

export const playFiguresSchema = s.object({
  ...figures,
  registered_date: s.nothing(),
  years_tracking: { ...s.number(), minimum: 0 },
  scrobbles_per_day: { ...s.number(), minimum: 0 },
});

export const trendSchema = s.object({
  metric: s.text(),
  data: s.rows({
    period: { ...s.text(), pattern: String.raw`^\d{4}-\d{2}$` },
    value: s.count(),
  }),
});

export const streaksSchema = s.object({
  current: s.object({ days: s.count(), start_date: s.orNull(s.day()), total_scrobbles: s.count() }),
  longest: s.object({
    days: s.count(),
    start_date: s.orNull(s.day()),
    end_date: s.orNull(s.day()),
    total_scrobbles: s.count(),
  }),
});

export const yearsSchema = s.object({
  data: s.rows({ year: s.integer(), ...figures, top_artist: s.orNull(namedSchema) }),
});

export const nowPlayingSchema = s.object({
  is_playing: s.flag(),
  ...s.nulls("track", "scrobbled_at"),
});

const countsByName: s.Schema<Readonly<Record<string, number>>> = {
  type: "object",
  additionalProperties: s.count(),
};

const playedGenresSchema = s.object({
  // In UTC: 2026-W07 (weeks begin on Monday), 2026-02 or 2026.
  period: s.text(),
  // The most played first. A play of a record with two genres counts in both.
  genres: countsByName,
  // Plays on records you own, each once.
  total: s.count(),
});

export const listeningGenresSchema = s.object({
  data: s.list(playedGenresSchema),
  compare: s.optional(s.list(playedGenresSchema)),
});

const granularity = s.word(["day", "week", "month", "year"]);
export type Granularity = s.ValueOf<typeof granularity>;

const sparkline = s.optional(s.object({ granularity, points: s.list(s.count()) }));

const topKeys = {
  rank: { ...s.count(), minimum: 1 },
  ...nameFields,
  detail: s.text(),
  playcount: s.count(),
  image: s.nothing(),
  url: s.address(),
  apple_music_url: s.nothing(),
};
const topPageSchema = s.object({
  period: s.text(),
  data: s.rows({ ...topKeys, sparkline }),
  pagination,
});

export const chartSchemas: Readonly<Record<"artists" | "albums" | "tracks", s.Schema<object>>> = {
  artists: topPageSchema,
  albums: topPageSchema,
  tracks: s.object({
    period: s.text(),
    artist_id: s.orNull(s.count()),
    data: s.rows({
      ...topKeys,
      preview_url: s.nothing(),
      album_id: s.orNull(s.count()),
      album_name: s.orNull(s.text()),
      sparkline,
    }),
    pagination,
  }),
};

const empty: s.Schema<readonly never[]> = { type: "array", maxItems: 0 };

export const artistInFullSchema = s.object({
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
  sparkline: s.orNull(s.object({ granularity, points: s.rows({ at: s.day(), count: s.count() }) })),
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
});

const ofYear = { ...nameFields, scrobbles: s.count(), apple_music_url: s.nothing() };

export const yearInFullSchema: s.Schema<object> = s.object({
  year: s.integer(),
  ...figures,
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

export const searchSchema = s.object({
  data: s.rows({
    domain: s.word(["listening", "collecting"]),
    entity_type: s.word(["artist", "album", "track", "release"]),
    // For a release, the record's number.
    entity_id: s.text(),
    title: s.text(),
    subtitle: s.orNull(s.text()),
    image_key: s.nothing(),
    image: s.orNull(
      s.object({
        cdn_url: s.address(),
        thumbhash: s.orNull(s.text()),
        dominant_color: s.orNull(s.text()),
      }),
    ),
    url: s.orNull(s.address()),
    ...s.nulls("instapaper_url", "instapaper_app_url", "author"),
    // 1: the title equals the query. 0.75: words of the title begin with it. 0.5: the title contains it.
    score: s.share(),
  }),
  pagination,
});
export type SearchPage = s.ValueOf<typeof searchSchema>;
