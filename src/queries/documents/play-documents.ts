// Documents about plays: the most played, the last, months, and recaps.
import { formsOfCopies, monthKeys, pagination, span } from "./shared-fields.ts";
import {
  count,
  flag,
  instant,
  list,
  object,
  orNull,
  text,
  type Streamed,
  type ValueOf,
} from "./json-schema.ts";

const summary = object(
  {
    total: count("number of rows"),
    owned: count("rows that you own"),
    plays: count("plays of all of them"),
    owned_plays: count("plays of those that you own"),
  },
  "totals over all pages",
);
const common = { summary, during: span, pagination };

const rank = { ...count("rank, from 1"), minimum: 1 };
const play_count = count("plays, within the span if there is one");
const last_played = orNull(instant("time of the last play, in UTC; null if unknown"));
const ownership = {
  owned: flag("true if you own it in any pressing"),
  record_ids: list(count(), "record numbers of your copies"),
  forms: formsOfCopies,
  wanted: flag("true if it is on your wantlist"),
};

const topAlbum = object({
  rank,
  album_id: orNull(count("number of the most played edition; 219 is a219 in tables")),
  artist_name: text("name as scrobbled"),
  album_name: text("name as scrobbled"),
  play_count,
  spins: orNull(count("number of spins: sittings with at least half of the album; null if unknown")),
  tracks: orNull(count("number of different tracks heard; null without the listening history")),
  last_played,
  ...ownership,
});
export const topAlbumsSchema = object({
  data: list(topAlbum, "albums, editions added up"),
  ...common,
});

const topArtist = object({
  rank,
  artist_name: text("name, in the most scrobbled spelling"),
  play_count,
  tracks: count("number of different tracks heard"),
  last_played,
  owned_records: count("number of your records by the artist"),
});
export const topArtistsSchema = object({ data: list(topArtist, "artists"), ...common });

const topTrack = object({
  rank,
  artist_name: text("name, in the most scrobbled spelling"),
  track_name: text("name, in the most scrobbled spelling"),
  album_id: orNull(
    count("number of the album it was played from: one that you own, or else the most played"),
  ),
  album_name: orNull(text("title of that album; null if scrobbled without an album")),
  play_count,
  last_played,
  ...ownership,
});
export const topTracksSchema = object({
  data: list(topTrack, "tracks, from whatever album"),
  ...common,
});
/** The union of the three, for MCP. */
export const topSchema = object({
  data: list<unknown>({ anyOf: [topAlbum, topArtist, topTrack] }, "albums, artists or tracks, as you asked"),
  ...common,
});
export type TopAlbumsDocument = ValueOf<typeof topAlbumsSchema>;
export type TopArtistsDocument = ValueOf<typeof topArtistsSchema>;
export type TopTracksDocument = ValueOf<typeof topTracksSchema>;

export const recentSchema = object({
  data: list(
    object({
      played_at: orNull(instant("time in UTC")),
      artist_name: text("artist of the track, as scrobbled"),
      track_name: text("name as scrobbled"),
      album_id: orNull(count("album number, 219 is a219 in tables; null if the play belongs to no album")),
      album_name: orNull(text("album as scrobbled; null if there is none")),
      record_ids: list(count(), "record numbers of your copies, in any pressing"),
      forms: formsOfCopies,
    }),
    "plays, the newest first",
  ),
  during: span,
  pagination,
});
export type RecentDocument = Streamed<ValueOf<typeof recentSchema>>;

export const monthsSchema = object({
  data: list(object(monthKeys("number of plays")), "whole months, oldest first"),
  plays: count("plays of all of them"),
});
export type MonthsDocument = ValueOf<typeof monthsSchema>;

const recapRecordKeys = {
  record_id: count("record number of the first copy"),
  artist: text("artists as on the release"),
  title: text("title of the release"),
  form: text("form: LP, 2×LP, CD and so on"),
  added_at: orNull(instant("when you added it, in UTC")),
  play_count: count("plays within the span"),
  spins: orNull(count("spins within the span; null if unknown")),
};
const recapRecordSchema = object(recapRecordKeys);
export type ContractRecapRecord = ValueOf<typeof recapRecordSchema>;

export const recapSchema = object({
  from: orNull(instant("start of the span, in UTC")),
  to: orNull(instant("end of the span, exclusive")),
  plays: count("number of plays"),
  usual_plays: orNull(
    count(
      "your usual plays in as many days, from the year before a span of up to a month, otherwise from all time before it; null if unknown",
    ),
  ),
  noted_plays: count("plays that you logged with rewind played"),
  on_shelf: object(
    {
      owned: count("plays on albums that you own in any pressing"),
      not_owned: count("plays on other albums"),
      no_album_tag: orNull(count("plays scrobbled without an album")),
      albums: count("albums that you own and played"),
      albums_spun: count("albums that you own and spun"),
    },
    "where the plays went",
  ),
  first_time: list(recapRecordSchema, "albums on the shelf that you played for the first time"),
  back_after_years: list(
    object({ ...recapRecordKeys, last_spin: orNull(instant("start of the spin before, in UTC")) }),
    "albums on the shelf that you had not spun for two years or more",
  ),
  gaps: list(
    object({
      id: count("album number; 219 is a219 in tables"),
      artist_name: text("name as scrobbled"),
      album_name: text("name as scrobbled"),
      play_count: count("plays within the span"),
      wanted: flag("true if it is on your wantlist"),
    }),
    "albums you played and do not own, as in rewind gaps; at most 20",
  ),
  gaps_total: count("number of such albums"),
  new_records: object(
    { records: count("records added"), played: count("records of these that you have played") },
    "records that you added within the span",
  ),
  to_settle: count("doubtful matches of all time"),
  months: orNull(
    list(
      object(monthKeys("plays within the span")),
      "plays per month; null for a span of up to 92 days, like the next three fields",
    ),
  ),
  top_albums: orNull(
    list(
      object({
        artist_name: text("name as scrobbled"),
        album_name: text("name as scrobbled"),
        play_count: count("plays within the span"),
        spins: orNull(count("spins within the span; null if unknown")),
        owned: flag("true if you own it in any pressing"),
      }),
      "the five most played",
    ),
  ),
  top_artists: orNull(
    list(
      object({
        artist_name: text("name, in the most scrobbled spelling"),
        play_count: count("plays within the span"),
        owned_records: count("number of your records by the artist"),
      }),
      "the five most played",
    ),
  ),
  longest_row: orNull(
    object(
      {
        days: count("number of days"),
        from: orNull(instant("start of the first day")),
        to: orNull(instant("start of the last day")),
      },
      "the longest streak of days with a play",
    ),
  ),
});
export type RecapDocument = ValueOf<typeof recapSchema>;
