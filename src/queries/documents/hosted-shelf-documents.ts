// Documents about the shelf in the shape of the hosted API.
import { collectionKeys, pagination } from "./shared-fields.ts";
import { count, day, integer, list, nothing, object, orNull, text, type ValueOf } from "./json-schema.ts";

const itemKeys = {
  ...collectionKeys,
  format_detail: text("JSON text: the formats"),
  label: text("JSON text: the labels"),
};
const shelfItemSchema = object(itemKeys);
export type ShelfItem = ValueOf<typeof shelfItemSchema>;

export const shelfItemInFullSchema = object({
  ...itemKeys,
  tracklist: list(object({ position: text(), title: text(), duration: text() })),
  country: nothing(),
  community_have: nothing(),
  community_want: nothing(),
  lowest_price: nothing(),
  num_for_sale: nothing(),
  notes: nothing(),
});
export type ShelfItemInFull = ValueOf<typeof shelfItemInFullSchema>;

export const shelfPageSchema = object({ data: list(shelfItemSchema), pagination });
export type ShelfPage = ValueOf<typeof shelfPageSchema>;

export const shelfItemsSchema = object({ data: list(shelfItemSchema) });

const namedCountSchema = object({ name: text(), count: count() });
export type NamedCount = ValueOf<typeof namedCountSchema>;
export const namedCountsSchema = object({ data: list(namedCountSchema) });

const collectedArtistSchema = object({
  name: text(),
  discogs_id: integer(),
  image_url: nothing(),
  release_count: count(),
});
export type CollectedArtist = ValueOf<typeof collectedArtistSchema>;
export const collectedArtistsSchema = object({ data: list(collectedArtistSchema) });

const dayCountSchema = object({ date: day(), count: count() });

export const dayCountsSchema = object({
  year: integer(),
  days: list(dayCountSchema),
  total: count(),
  max_day: dayCountSchema,
});
export type DayCounts = ValueOf<typeof dayCountsSchema>;

const figuresSchema = object({
  total_items: count(),
  by_format: object({ vinyl: count(), cd: count(), cassette: count(), other: count() }),
  wantlist_count: count(),
  unique_artists: count(),
  estimated_value: nothing(),
  top_genre: orNull(text()),
  oldest_release_year: orNull(integer()),
  newest_release_year: orNull(integer()),
  most_collected_artist: orNull(namedCountSchema),
  added_this_year: count(),
});
export type ShelfFigures = ValueOf<typeof figuresSchema>;
export const shelfFiguresSchema = object({ data: figuresSchema });
