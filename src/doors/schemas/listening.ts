// What the answers about what is played hold.
import type { ArtistInFull } from "../../queries/time/artist-in-full.ts";
import type { ChartKind, Sparkline, SparkPoint } from "../../queries/time/scrobble-charts.ts";
import type { MonthValue, PlayFigures, Streaks, YearFigures } from "../../queries/time/scrobble-figures.ts";
import type {
  AlbumInFull,
  ListedAlbum,
  RecentAlbum,
  ListedArtist,
} from "../../queries/albums/listed-albums.ts";
import type { PlayedGenres } from "../../queries/time/listening-genres.ts";
import type { ListedPlay } from "../../queries/albums/listed-plays.ts";
import type { NamedThing } from "../../queries/documents/listed-things.ts";
import { paginationSchema } from "./collecting.ts";
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
  orNull,
  text,
  word,
  type JsonSchema,
  type SchemasOf,
} from "./json-schema.ts";

const named: SchemasOf<NamedThing> = { id: count, name: text };
const namedSchema = object<NamedThing>(named);

const playSchema = object<ListedPlay>({
  track: object<ListedPlay["track"]>({
    ...named,
    url: address,
    apple_music_url: nothing,
    preview_url: nothing,
  }),
  artist: namedSchema,
  album: object<ListedPlay["album"]>({ id: orNull(count), name: orNull(text), image: nothing }),
  scrobbled_at: instant,
});

export const recentPlaysSchema = object<{ data: unknown }>({ data: list(playSchema) });
export const playsPageSchema = object<{ data: unknown; pagination: unknown }>({
  data: list(playSchema),
  pagination: paginationSchema,
});

export const recentAlbumsSchema = object<{ data: unknown }>({
  data: list(
    object<RecentAlbum>({
      album: object<RecentAlbum["album"]>({
        ...named,
        url: address,
        apple_music_url: nothing,
        image: nothing,
      }),
      artist: namedSchema,
      last_scrobbled_at: instant,
    }),
  ),
});

function pageSchema(row: JsonSchema): JsonSchema {
  return object<{ data: unknown; pagination: unknown }>({ data: list(row), pagination: paginationSchema });
}

export const listedArtistsSchema = pageSchema(
  object<ListedArtist>({
    ...named,
    playcount: count,
    genre: nothing,
    url: address,
    apple_music_url: nothing,
    image: nothing,
  }),
);

export const listedAlbumsSchema = pageSchema(
  object<ListedAlbum>({
    ...named,
    artist: namedSchema,
    playcount: count,
    url: address,
    apple_music_url: nothing,
    image: nothing,
  }),
);

export const albumInFullSchema = object<AlbumInFull>({
  ...named,
  mbid: orNull(text),
  url: address,
  apple_music_url: nothing,
  playcount: count,
  image: nothing,
  artist: namedSchema,
  tracks: list(
    object<AlbumInFull["tracks"][number]>({
      ...named,
      scrobble_count: count,
      apple_music_url: nothing,
      preview_url: nothing,
    }),
  ),
});

export const playFiguresSchema = object<PlayFigures>({
  total_scrobbles: count,
  unique_artists: count,
  unique_albums: count,
  unique_tracks: count,
  registered_date: nothing,
  years_tracking: { ...number, minimum: 0 },
  scrobbles_per_day: { ...number, minimum: 0 },
});

export const trendSchema = object<{ metric: string; data: unknown }>({
  metric: text,
  data: list(object<MonthValue>({ period: { type: "string", pattern: "^\\d{4}-\\d{2}$" }, value: count })),
});

export const streaksSchema = object<Streaks>({
  current: object<Streaks["current"]>({ days: count, start_date: orNull(day), total_scrobbles: count }),
  longest: object<Streaks["longest"]>({
    days: count,
    start_date: orNull(day),
    end_date: orNull(day),
    total_scrobbles: count,
  }),
});

const figures = {
  year: integer,
  total_scrobbles: count,
  unique_artists: count,
  unique_albums: count,
  unique_tracks: count,
};

export const yearsSchema = object<{ data: unknown }>({
  data: list(object<YearFigures>({ ...figures, top_artist: orNull(namedSchema) })),
});

export const nowPlayingSchema = object<{ is_playing: boolean; track: null; scrobbled_at: null }>({
  is_playing: flag,
  track: nothing,
  scrobbled_at: nothing,
});

const playedGenresSchema = list(
  object<PlayedGenres>({
    period: text,
    genres: { type: "object", additionalProperties: count },
    total: count,
  }),
);

const granularity = word("day", "week", "month", "year");
const sparklineSchema = object<Sparkline>({ granularity, points: list(count) });

/** Where keys may be missing. */
function withOptional(schema: JsonSchema, optional: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { ...schema, properties: { ...(schema["properties"] as object), ...optional } };
}

const topProperties = {
  rank: { ...count, minimum: 1 },
  ...named,
  detail: text,
  playcount: count,
  image: nothing,
  url: address,
  apple_music_url: nothing,
};

const chartSchema = (row: JsonSchema, more: Readonly<Record<string, JsonSchema>> = {}): JsonSchema =>
  object({
    period: text,
    ...more,
    data: list(withOptional(row, { sparkline: sparklineSchema })),
    pagination: paginationSchema,
  });

export const chartSchemas: Readonly<Record<ChartKind, JsonSchema>> = {
  artists: chartSchema(object(topProperties)),
  albums: chartSchema(object(topProperties)),
  tracks: chartSchema(
    object({ ...topProperties, preview_url: nothing, album_id: orNull(count), album_name: orNull(text) }),
    { artist_id: orNull(count) },
  ),
};

type InFull<Name extends "top_albums" | "top_tracks"> = ArtistInFull[Name][number];

export const artistInFullSchema = object<ArtistInFull>({
  ...named,
  mbid: nothing,
  url: address,
  apple_music_url: nothing,
  playcount: count,
  scrobble_count: count,
  first_scrobbled_at: orNull(instant),
  last_played_at: orNull(instant),
  all_time_rank: orNull({ ...count, minimum: 1 }),
  distinct_tracks: count,
  distinct_albums: count,
  genre: nothing,
  tags: { type: "array", maxItems: 0 },
  bio_summary: nothing,
  bio_content: nothing,
  bio_synced_at: nothing,
  image: nothing,
  sparkline: orNull(
    object<{ granularity: unknown; points: unknown }>({
      granularity,
      points: list(object<SparkPoint>({ at: day, count })),
    }),
  ),
  top_albums: list(
    object<InFull<"top_albums">>({ ...named, playcount: count, apple_music_url: nothing, image: nothing }),
  ),
  top_tracks: list(
    object<InFull<"top_tracks">>({
      ...named,
      album_id: orNull(count),
      album_name: orNull(text),
      scrobble_count: count,
      apple_music_url: nothing,
      preview_url: nothing,
      image: nothing,
    }),
  ),
  similar_artists: { type: "array", maxItems: 0 },
});

const ofYear = { ...named, scrobbles: count, apple_music_url: nothing };
const sparkled = { sparkline: sparklineSchema };

export const listeningGenresSchema = withOptional(object<{ data: unknown }>({ data: playedGenresSchema }), {
  compare: playedGenresSchema,
});

export const yearInFullSchema = withOptional(
  object({
    ...figures,
    top_artists: list(withOptional(object({ ...ofYear, image: nothing }), sparkled)),
    top_albums: list(withOptional(object({ ...ofYear, artist: text, image: nothing }), sparkled)),
    top_tracks: list(withOptional(object({ ...ofYear, artist: text, preview_url: nothing }), sparkled)),
    monthly: list(
      object({ month: { type: "string" }, scrobbles: count, unique_artists: count, unique_albums: count }),
    ),
  }),
  { month: { type: "integer", minimum: 1, maximum: 12 } },
);
