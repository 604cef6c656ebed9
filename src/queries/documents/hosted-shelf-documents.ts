// Documents about the shelf in the shape of the hosted API.
import { collectionKeys, pagination } from "./shared-fields.ts";
import * as s from "./json-schema.ts";

const itemKeys = {
  ...collectionKeys,
  format_detail: s.text("JSON text: the formats"),
  label: s.text("JSON text: the labels"),
};
const shelfItemSchema = s.object(itemKeys);
export type ShelfItem = s.ValueOf<typeof shelfItemSchema>;

export const shelfItemInFullSchema = s.object({
  ...itemKeys,
  tracklist: s.rows({ position: s.text(), title: s.text(), duration: s.text() }),
  ...s.nulls("country", "community_have", "community_want", "lowest_price", "num_for_sale", "notes"),
});
export type ShelfItemInFull = s.ValueOf<typeof shelfItemInFullSchema>;

export const shelfPageSchema = s.object({ data: s.list(shelfItemSchema), pagination });
export type ShelfPage = s.ValueOf<typeof shelfPageSchema>;

export const shelfItemsSchema = s.object({ data: s.list(shelfItemSchema) });

const namedCountSchema = s.object({ name: s.text(), count: s.count() });
export type NamedCount = s.ValueOf<typeof namedCountSchema>;
export const namedCountsSchema = s.object({ data: s.list(namedCountSchema) });

const collectedArtistSchema = s.object({
  name: s.text(),
  discogs_id: s.integer(),
  image_url: s.nothing(),
  release_count: s.count(),
});
export type CollectedArtist = s.ValueOf<typeof collectedArtistSchema>;
export const collectedArtistsSchema = s.object({ data: s.list(collectedArtistSchema) });

const dayCountSchema = s.object({ date: s.day(), count: s.count() });

export const dayCountsSchema = s.object({
  year: s.integer(),
  days: s.list(dayCountSchema),
  total: s.count(),
  max_day: dayCountSchema,
});
export type DayCounts = s.ValueOf<typeof dayCountsSchema>;

const figuresSchema = s.object({
  total_items: s.count(),
  by_format: s.object({ vinyl: s.count(), cd: s.count(), cassette: s.count(), other: s.count() }),
  wantlist_count: s.count(),
  unique_artists: s.count(),
  estimated_value: s.nothing(),
  top_genre: s.orNull(s.text()),
  oldest_release_year: s.orNull(s.integer()),
  newest_release_year: s.orNull(s.integer()),
  most_collected_artist: s.orNull(namedCountSchema),
  added_this_year: s.count(),
});
export type ShelfFigures = s.ValueOf<typeof figuresSchema>;
export const shelfFiguresSchema = s.object({ data: figuresSchema });
