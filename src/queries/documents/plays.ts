// Documents about plays: the most played, the last, months, and recaps.
import { formsOfCopies, monthKeys, pagination, span } from "./parts.ts";
import { count, flag, instant, list, object, orNull, text, type Streamed, type ValueOf } from "./schema.ts";

const summary = object(
  {
    total: count("rows"),
    owned: count("those that you own"),
    plays: count("scrobbles of all of them"),
    owned_plays: count("scrobbles of those that you own"),
  },
  "of all pages",
);
const common = { summary, during: span, pagination };

const rank = { ...count("its place, from 1"), minimum: 1 };
const play_count = count("scrobbles, within the span if one was given");
const last_played = orNull(instant("the last play, in UTC; null when it is not known"));
const ownership = {
  owned: flag("whether it is on the shelf, in any pressing"),
  record_ids: list(count(), "the copies"),
  forms: formsOfCopies,
  wanted: flag("whether it is on your wantlist"),
};

const topAlbum = object({
  rank,
  album_id: orNull(count("of the most played edition, as in a219")),
  artist_name: text("as Last.fm spells it"),
  album_name: text("as Last.fm spells it"),
  play_count,
  spins: orNull(count("sittings with half of it heard; null where that is not known")),
  tracks: orNull(count("different ones heard; null without the listening history")),
  last_played,
  ...ownership,
});
export const topAlbumsSchema = object({
  data: list(topAlbum, "an album each, its editions added up"),
  ...common,
});

const topArtist = object({
  rank,
  artist_name: text("as most of the scrobbles spell it"),
  play_count,
  tracks: count("different ones heard"),
  last_played,
  owned_records: count("your records by the artist"),
});
export const topArtistsSchema = object({ data: list(topArtist, "an artist each"), ...common });

const topTrack = object({
  rank,
  artist_name: text("as most of the scrobbles spell it"),
  track_name: text("as most of the scrobbles spell it"),
  album_id: orNull(count("of the album that it was played from: one that you own, else the most played")),
  album_name: orNull(text("of that album; null without an album tag")),
  play_count,
  last_played,
  ...ownership,
});
export const topTracksSchema = object({
  data: list(topTrack, "a track each, whatever album it was played from"),
  ...common,
});
/** The union of the three, for MCP. */
export const topSchema = object({
  data: list<unknown>(
    { anyOf: [topAlbum, topArtist, topTrack] },
    "an album, an artist or a track each, as was asked for",
  ),
  ...common,
});
export type TopAlbumsDocument = ValueOf<typeof topAlbumsSchema>;
export type TopArtistsDocument = ValueOf<typeof topArtistsSchema>;
export type TopTracksDocument = ValueOf<typeof topTracksSchema>;

export const recentSchema = object({
  data: list(
    object({
      played_at: orNull(instant("in UTC")),
      artist_name: text("of the track, as scrobbled"),
      track_name: text("as scrobbled"),
      album_id: orNull(count("as in a219; null when the play belongs to no album")),
      album_name: orNull(text("as scrobbled; null without an album tag")),
      record_ids: list(count(), "your copies of the album, in any pressing"),
      forms: formsOfCopies,
    }),
    "a play each, the newest first",
  ),
  during: span,
  pagination,
});
export type RecentDocument = Streamed<ValueOf<typeof recentSchema>>;

export const monthsSchema = object({
  data: list(object(monthKeys("scrobbles")), "whole months, the oldest first"),
  plays: count("scrobbles of all of them"),
});
export type MonthsDocument = ValueOf<typeof monthsSchema>;

const recapRecordKeys = {
  record_id: count("the first of its copies"),
  artist: text("the credit as one reads it"),
  title: text("of the release"),
  form: text("LP, 2×LP, CD and the like"),
  added_at: orNull(instant("to the collection, in UTC")),
  play_count: count("scrobbles within the span"),
  spins: orNull(count("within the span; null where that is not known")),
};
const recapRecordSchema = object(recapRecordKeys);
export type ContractRecapRecord = ValueOf<typeof recapRecordSchema>;

export const recapSchema = object({
  from: orNull(instant("its first moment, in UTC")),
  to: orNull(instant("the first moment after it")),
  plays: count("scrobbles"),
  usual_plays: orNull(
    count(
      "of as many days: by the year before a span of up to a month, else by all that was before; null: unknown",
    ),
  ),
  noted_plays: count("plays that you noted by hand"),
  on_shelf: object(
    {
      owned: count("on albums that you own in any pressing"),
      not_owned: count("on other albums"),
      no_album_tag: orNull(count("of tracks that were scrobbled without an album")),
      albums: count("that you own and played"),
      albums_spun: count("of them with a sitting that heard half of it"),
    },
    "where the plays went",
  ),
  first_time: list(recapRecordSchema, "albums on the shelf, never heard before"),
  back_after_years: list(
    object({ ...recapRecordKeys, last_spin: orNull(instant("the one before, in UTC")) }),
    "albums on the shelf that were not spun for two years or more",
  ),
  gaps: list(
    object({
      id: count("as in a219"),
      artist_name: text("as Last.fm spells it"),
      album_name: text("as Last.fm spells it"),
      play_count: count("within the span"),
      wanted: flag("whether it is on your wantlist"),
    }),
    "what was played and is not owned, as rewind gaps tells it; at most 20",
  ),
  gaps_total: count("how many there are"),
  new_records: object(
    { records: count("copies"), played: count("of them heard by now") },
    "added to the collection within the span",
  ),
  to_settle: count("doubtful matches, of whatever time"),
  months: orNull(
    list(
      object(monthKeys("within the span")),
      "plays of each month; null for a span of up to 92 days, as the three below",
    ),
  ),
  top_albums: orNull(
    list(
      object({
        artist_name: text("as Last.fm spells it"),
        album_name: text("as Last.fm spells it"),
        play_count: count("within the span"),
        spins: orNull(count("within the span; null where that is not known")),
        owned: flag("in any pressing"),
      }),
      "the five most played",
    ),
  ),
  top_artists: orNull(
    list(
      object({
        artist_name: text("as most of the scrobbles spell it"),
        play_count: count("within the span"),
        owned_records: count("your records by the artist"),
      }),
      "the five most played",
    ),
  ),
  longest_row: orNull(
    object(
      {
        days: count("how many"),
        from: orNull(instant("the beginning of the first day")),
        to: orNull(instant("the beginning of the last day")),
      },
      "the most days in a row with a play",
    ),
  ),
});
export type RecapDocument = ValueOf<typeof recapSchema>;
