// What the answers about the shelf hold.
import {
  collectionKeys,
  type ContractCollection,
  type ContractRow,
  type ContractSummary,
} from "../../queries/records/contract.ts";
import type { ContractPagination } from "../../queries/documents/paging.ts";
import type { ShelfFigures } from "../../queries/shelf/shelf-figures.ts";
import type { CollectedArtist, DayCounts, NamedCount } from "../../queries/shelf/shelf-parts.ts";
import type { ShelfItem, ShelfItemInFull, ShelfPage } from "../../queries/shelf/shelf-items.ts";
import type { WantedItem, WantedPage } from "../../queries/albums/wanted-page.ts";
import { keys as xrefKeys } from "../../queries/records/xref.ts";
import {
  address,
  count,
  day,
  described,
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

type Image = NonNullable<ContractCollection["image"]>;

const imageSchema = orNull(
  object<Image>({
    url: address,
    thumbhash: orNull(text),
    dominant_color: orNull(text),
    accent_color: orNull(text),
  }),
);

const collectionProperties: SchemasOf<ContractCollection> = {
  id: count,
  discogs_id: integer,
  title: text,
  artists: list(text),
  year: orNull(integer),
  format: text,
  genres: list(text),
  styles: list(text),
  image: imageSchema,
  // As Discogs sends it: an instant, by its own word.
  date_added: orNull(text),
  rating: orNull({ type: "integer", minimum: 0, maximum: 5 }),
  discogs_url: orNull(address),
};

export const collectionSchema = described<ContractCollection>(object(collectionProperties), collectionKeys);

export const rowProperties: SchemasOf<ContractRow> = {
  collection: collectionSchema,
  listening: object<ContractRow["listening"]>({
    album_name: orNull(text),
    artist_name: orNull(text),
    play_count: orNull(count),
    last_played: orNull(instant),
    match_type: orNull(word("exact", "fuzzy", "artist_only", "none")),
    match_confidence: orNull({ ...number, minimum: 0, maximum: 1 }),
  }),
};

export const paginationSchema = object<ContractPagination>({
  page: { ...count, minimum: 1 },
  limit: count,
  total: count,
  total_pages: count,
});

const summarySchema = object<ContractSummary>({
  total_matches: count,
  listen_rate: { ...number, minimum: 0, maximum: 1 },
  unlistened_count: count,
});

export const crossReferenceSchema: JsonSchema = described(
  object({
    data: list(object(rowProperties)),
    summary: summarySchema,
    pagination: paginationSchema,
  }),
  xrefKeys,
);

const itemProperties: SchemasOf<ShelfItem> = {
  ...collectionProperties,
  format_detail: { ...text, description: "JSON text: the formats" },
  label: { ...text, description: "JSON text: the labels" },
};

export const shelfItemSchema = object<ShelfItem>(itemProperties);

export const shelfItemInFullSchema = object<ShelfItemInFull>({
  ...itemProperties,
  tracklist: list(
    object<ShelfItemInFull["tracklist"][number]>({ position: text, title: text, duration: text }),
  ),
  country: nothing,
  community_have: nothing,
  community_want: nothing,
  lowest_price: nothing,
  num_for_sale: nothing,
  notes: nothing,
});

export const shelfPageSchema = object<ShelfPage>({
  data: list(shelfItemSchema),
  pagination: paginationSchema,
});

export const wantedPageSchema = object<WantedPage>({
  data: list(
    object<WantedItem>({
      id: count,
      discogs_id: integer,
      title: text,
      artists: list(text),
      year: orNull(integer),
      formats: list(text),
      genres: list(text),
      image: nothing,
      discogs_url: orNull(address),
      notes: orNull(text),
      rating: orNull(count),
      date_added: orNull(text),
    }),
  ),
  pagination: paginationSchema,
});

export const namedCountsSchema = object<{ data: unknown }>({
  data: list(object<NamedCount>({ name: text, count })),
});

export const collectedArtistsSchema = object<{ data: unknown }>({
  data: list(
    object<CollectedArtist>({ name: text, discogs_id: integer, image_url: nothing, release_count: count }),
  ),
});

const dayCountSchema = object<DayCounts["max_day"]>({ date: day, count });

export const dayCountsSchema = object<DayCounts>({
  year: integer,
  days: list(dayCountSchema),
  total: count,
  max_day: dayCountSchema,
});

export const shelfFiguresSchema = object<{ data: ShelfFigures }>({
  data: object<ShelfFigures>({
    total_items: count,
    by_format: object<ShelfFigures["by_format"]>({ vinyl: count, cd: count, cassette: count, other: count }),
    wantlist_count: count,
    unique_artists: count,
    estimated_value: nothing,
    top_genre: orNull(text),
    oldest_release_year: orNull(integer),
    newest_release_year: orNull(integer),
    most_collected_artist: orNull(object<{ name: string; count: number }>({ name: text, count })),
    added_this_year: count,
  }),
});
