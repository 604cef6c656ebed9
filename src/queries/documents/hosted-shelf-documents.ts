// Documents about the shelf in the shape of the hosted API.
import { collectionKeys, pagination } from "./shared-fields.ts";
import * as s from "./json-schema.ts";

const itemKeys = {
  ...collectionKeys,
  format_detail: s.text("JSON text: the formats"),
  label: s.text("JSON text: the labels"),
};
const shelfItemSchema = s.object(itemKeys);

export const shelfItemInFullSchema = s.object({
  ...itemKeys,
  tracklist: s.rows({ position: s.text(), title: s.text(), duration: s.text() }),
  ...s.nulls("country", "community_have", "community_want", "lowest_price", "num_for_sale", "notes"),
});

export const shelfPageSchema = s.object({ data: s.list(shelfItemSchema), pagination });

export const shelfItemsSchema = s.object({ data: s.list(shelfItemSchema) });

const namedCountSchema = s.object({ name: s.text(), count: s.count() });
export type NamedCount = s.ValueOf<typeof namedCountSchema>;
export const namedCountsSchema = s.object({ data: s.list(namedCountSchema) });

export const collectedArtistsSchema = s.object({
  data: s.rows({
    name: s.text(),
    discogs_id: s.integer(),
    image_url: s.nothing(),
    release_count: s.count(),
  }),
});

const dayCountSchema = s.object({ date: s.day(), count: s.count() });

export const dayCountsSchema = s.object({
  year: s.integer(),
  days: s.list(dayCountSchema),
  total: s.count(),
  max_day: dayCountSchema,
});

export const shelfFiguresSchema = s.object({
  data: s.object({
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
  }),
});
