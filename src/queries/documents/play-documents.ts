// Documents about plays: the most played, the last, months, and recaps.
import {
  crossReferenceRow,
  formsOfCopies,
  buildMonthFields,
  pagination,
  periodSchema,
} from "./shared-fields.ts";
import * as s from "./json-schema.ts";

const summary = s.object("totals over all pages", {
  total: s.count("number of rows"),
  owned: s.count("rows that you own"),
  plays: s.count("plays of all of them"),
  owned_plays: s.count("plays on albums that you own; of artists, plays of those of whom you own a record"),
});
const common = { summary, during: periodSchema, pagination };

const rank = { ...s.count("rank, from 1"), minimum: 1 };
const play_count = s.count("plays, within the span if there is one");
const last_played = s.orNull(s.instant("time of the last play, in UTC; null if unknown"));
const ownership = {
  owned: s.flag("true if you own it in any pressing"),
  record_ids: s.list(s.count(), "record numbers of your copies"),
  forms: formsOfCopies,
  wanted: s.flag("true if it is on your wantlist"),
};

const topAlbum = s.object({
  rank,
  album_id: s.orNull(s.count("number of the edition that names the album; 219 is a219 in tables")),
  artist_name: s.text("name as in your plays"),
  album_name: s.text("name as in your plays"),
  play_count,
  spins: s.orNull(s.count("number of spins: sittings with at least half of the album; null if unknown")),
  tracks: s.orNull(s.count("number of different tracks heard; null without the listening history")),
  last_played,
  ...ownership,
});
export const topAlbumsSchema = s.object({
  data: s.list(topAlbum, "albums, editions added up"),
  ...common,
});

const topArtist = s.object({
  rank,
  artist_name: s.text("name, in the most played spelling"),
  play_count,
  tracks: s.count("number of different tracks heard"),
  last_played,
  owned_records: s.count("number of your records by the artist"),
});
export const topArtistsSchema = s.object({ data: s.list(topArtist, "artists"), ...common });

const topTrack = s.object({
  rank,
  artist_name: s.text("name, in the most played spelling"),
  track_name: s.text("name, in the most played spelling"),
  album_id: s.orNull(s.count("album it was played from: one that you own, or else the most played")),
  album_name: s.orNull(s.text("title of that album; null if played without an album tag")),
  play_count,
  last_played,
  ...ownership,
});
export const topTracksSchema = s.object({
  data: s.list(topTrack, "tracks, from whatever album"),
  ...common,
});
/** The union of the three, for MCP. */
export const topSchema = s.object({
  data: s.list<s.Infer<typeof topAlbum> | s.Infer<typeof topArtist> | s.Infer<typeof topTrack>>(
    { anyOf: [topAlbum, topArtist, topTrack] },
    "albums, artists or tracks, as you asked",
  ),
  ...common,
});
export type TopDocument = s.Infer<typeof topSchema>;
export type TopAlbumsDocument = s.Infer<typeof topAlbumsSchema>;
export type TopArtistsDocument = s.Infer<typeof topArtistsSchema>;
export type TopTracksDocument = s.Infer<typeof topTracksSchema>;

export const recentSchema = s.object({
  data: s.rows("plays, the newest first", {
    played_at: s.orNull(s.instant("time in UTC; noon if you logged only the day")),
    precision_seconds: s.integer("1, 60 or 86400: to the second, the minute or the day"),
    artist_name: s.text("artist of the track, as in your plays"),
    track_name: s.orNull(s.text("name as in your plays; null for a record that you logged")),
    album_id: s.orNull(s.count("album number, 219 is a219 in tables; null if the play belongs to no album")),
    album_name: s.orNull(s.text("album as in your plays; null if there is none")),
    record_ids: s.list(s.count(), "record numbers of your copies, in any pressing"),
    forms: formsOfCopies,
    logged: s.flag("true if you logged the play and your history does not have it"),
  }),
  during: periodSchema,
  pagination,
});
export type RecentDocument = s.Streamed<s.Infer<typeof recentSchema>>;

export const nowSchema = s.object({
  is_playing: s.flag("true if something is playing"),
  track: s.orNull(
    s.object("the track, as its source names it; null if nothing is playing", {
      id: s.orNull(s.count("track number in this cache; null if you never played it")),
      name: s.text("title of the track"),
      url: s.address("page of the track"),
      ...s.nulls("apple_music_url", "preview_url"),
      artist: s.object({
        id: s.orNull(s.count("artist number in this cache; null if you never played one of theirs")),
        name: s.text("artist of the track"),
      }),
      album: s.object({
        id: s.orNull(s.count("album number, 219 is a219 in tables; null if you never played it")),
        name: s.orNull(s.text("album; null if the source names none")),
        image: s.nothing(),
      }),
      length_seconds: s.orNull(s.count("length of the track; null if the source does not say")),
    }),
  ),
  scrobbled_at: s.nothing(),
  source: s.orNull(s.text("where it comes from: direct, listenbrainz or lastfm; null if nothing is playing")),
  client: s.orNull(s.text("program or device that plays it; null if unknown")),
  record: s.orNull(
    s.object("your record of it, the most played one; null if you own none", {
      ...crossReferenceRow,
      found_by: s.word(["album", "track"], "album: it is the album; track: it has the song"),
      form: s.text("form: LP, 2×LP, CD and so on"),
      label: s.orNull(s.text("first label; null if there is none")),
      catalog_number: s.orNull(s.text("catalogue number of that label")),
      folder: s.orNull(s.text("folder of your collection")),
      shelf: s.orNull(s.text("value of the custom field named by the setting shelf_field; null if empty")),
      spins: s.orNull(s.count("number of spins: sittings with at least half of the album; null if unknown")),
      last_spin: s.orNull(s.instant("start of the last spin, in UTC; null if never or unknown")),
    }),
  ),
  record_ids: s.list(s.count(), "record numbers of your copies, the one of record first"),
  unanswered: s.list(s.text(), "services that were asked and failed"),
});
export type NowDocument = s.Infer<typeof nowSchema>;

export const monthsSchema = s.object({
  data: s.rows("whole months, oldest first", buildMonthFields("number of plays")),
  plays: s.count("plays of all of them"),
});
export type MonthsDocument = s.Infer<typeof monthsSchema>;

const recapRecordKeys = {
  record_id: s.count("record number of the first copy"),
  artist: s.text("artists as on the release"),
  title: s.text("title of the release"),
  form: s.text("form: LP, 2×LP, CD and so on"),
  added_at: s.orNull(s.instant("when you added it, in UTC")),
  play_count: s.count("plays within the span"),
  spins: s.orNull(s.count("spins within the span; null if unknown")),
};
const recapRecordSchema = s.object(recapRecordKeys);
export type JsonRecapRecord = s.Infer<typeof recapRecordSchema>;

export const recapSchema = s.object({
  from: s.orNull(s.instant("start of the span, in UTC")),
  to: s.orNull(s.instant("end of the span, exclusive")),
  plays: s.count("number of plays"),
  usual_plays: s.orNull(
    s.count(
      "your usual plays in as many days, from the year before a span of up to a month, otherwise from all time before it; null if unknown",
    ),
  ),
  previous: s.orNull(
    s.object(
      "the year or month before, or as many days before; null if the history does not reach back that far",
      {
        from: s.orNull(s.instant("start, in UTC")),
        to: s.orNull(
          s.instant("end, exclusive; for a running year or month, the same day of the one before"),
        ),
        plays: s.count("number of plays"),
      },
    ),
  ),
  logged_plays: s.count("plays that you logged with rewind played"),
  heard: s.object("what was heard, as rewind top counts it", {
    artists: s.count("number of different artists"),
    albums: s.count("number of different albums, editions counted once"),
    songs: s.count("number of different songs"),
  }),
  listening_time: s.object("the length of the plays, where it is known", {
    seconds: s.count("sum of the known lengths"),
    plays: s.count("plays of tracks with a known length, by a source of plays or a tracklist"),
  }),
  plays_by_weekday: s.list(s.count(), "plays from Monday to Sunday, in local time"),
  plays_by_hour: s.list(
    s.count(),
    "plays from 0 to 23 hours, in local time, without those that are only known to the day",
  ),
  busiest_day: s.orNull(
    s.object("the day with the most plays", {
      from: s.orNull(s.instant("start of the day")),
      plays: s.count("plays of the day"),
    }),
  ),
  on_shelf: s.object("where the plays went", {
    owned: s.count("plays on albums that you own in any pressing"),
    not_owned: s.count("plays on other albums"),
    no_album_tag: s.orNull(s.count("plays without an album tag")),
    albums: s.count("albums on the shelf that you played, scrobbled or logged"),
    albums_spun: s.count("albums on the shelf that you spun, scrobbled or logged"),
  }),
  most_played: s.orNull(
    s.object("the most played record on the shelf; null if none was played", recapRecordKeys),
  ),
  new_artists: s.orNull(
    s.object("artists that you heard for the first time; null if the history begins within the span", {
      artists: s.count("number of such artists"),
      stayed: s.count("those that you played again 30 days later or more"),
      data: s.rows("the most played of them, at most 20", {
        artist_name: s.text("name, in the most played spelling"),
        play_count: s.count("plays within the span"),
        first_played: s.orNull(s.instant("time of the first play, in UTC")),
        stayed: s.flag("true if you played the artist again 30 days later or more"),
      }),
    }),
  ),
  first_time: s.list(recapRecordSchema, "albums on the shelf that you played for the first time"),
  back_after_years: s.rows(
    "albums on the shelf that you had not spun for two years or more; the longest pause first",
    {
      ...recapRecordKeys,
      last_spin: s.orNull(s.instant("start of the spin before, in UTC")),
    },
  ),
  gaps: s.rows("albums you played and do not own, as in rewind gaps; at most 20", {
    id: s.count("album number; 219 is a219 in tables"),
    artist_name: s.text("name as in your plays"),
    album_name: s.text("name as in your plays"),
    play_count: s.count("plays within the span"),
    wanted: s.flag("true if it is on your wantlist"),
  }),
  gaps_total: s.count("number of such albums"),
  new_records: s.object("records that you added within the span", {
    records: s.count("records added"),
    played: s.count("records of these that you have played"),
  }),
  best_purchase: s.orNull(
    s.object(
      "of these, the one with the most plays; play_count counts from the day it was added",
      recapRecordKeys,
    ),
  ),
  sealed: s.rows("those that you have never played, the newest first; at most 20", {
    record_id: recapRecordKeys.record_id,
    artist: recapRecordKeys.artist,
    title: recapRecordKeys.title,
    form: recapRecordKeys.form,
    added_at: recapRecordKeys.added_at,
  }),
  to_review: s.count("matches to review, of all time"),
  months: s.orNull(
    s.rows("plays per month; null for a span of up to 92 days", buildMonthFields("plays within the span")),
  ),
  top_albums: s.rows("the five most played", {
    artist_name: s.text("name as in your plays"),
    album_name: s.text("name as in your plays"),
    play_count: s.count("plays within the span"),
    spins: s.orNull(s.count("spins within the span; null if unknown")),
    owned: s.flag("true if you own it in any pressing"),
  }),
  top_artists: s.rows("the five most played", {
    artist_name: s.text("name, in the most played spelling"),
    play_count: s.count("plays within the span"),
    owned_records: s.count("number of your records by the artist"),
  }),
  top_songs: s.rows("the five most played", {
    artist_name: s.text("name, in the most played spelling"),
    track_name: s.text("name, in the most played spelling"),
    play_count: s.count("plays within the span"),
    owned: s.flag("true if you own an album that has it"),
  }),
  longest_row: s.orNull(
    s.object("the longest streak of days with a play", {
      days: s.count("number of days"),
      from: s.orNull(s.instant("start of the first day")),
      to: s.orNull(s.instant("start of the last day")),
    }),
  ),
});
export type RecapDocument = s.Infer<typeof recapSchema>;
