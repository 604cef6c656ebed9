// The shelf, as in the API of the hosted service: items, the wantlist and figures.
import { buildFilterParameters, readFilters, dateParameters, getRequestedPeriod } from "../parameters.ts";
import { crossReferenceQuery } from "../../../queries/records/xref.ts";
import { listRoute } from "./list-route.ts";
import { queryRoute, type RouteState, type Route } from "../route.ts";
import {
  InvalidValueError,
  choice,
  direction,
  pagingParameters,
  pathInteger,
  integer,
  type Parameters,
  type Values,
  type InferValues,
} from "../../../queries/parameters/parameter.ts";
import { hostedWantSorts, readWantedPage } from "../../../queries/albums/wants.ts";
import { toJsonPagination } from "../../../queries/documents/paging.ts";
import { wantedPageSchema } from "../../../queries/documents/album-documents.ts";
import * as s from "../../../queries/documents/json-schema.ts";
import { collectionKeys, pagination } from "../../../queries/documents/shared-fields.ts";
import type { RecordFilter } from "../../../queries/filters/record-filter.ts";
import {
  readCollectedArtists,
  countByFormat,
  countRecordsBy,
  readRecordCalendar,
  readCollectionStats,
  readCollectionItem,
  readCollectionPage,
} from "../../../queries/shelf/hosted-collection.ts";

const itemKeys = {
  ...collectionKeys,
  format_detail: s.text("JSON text: the formats"),
  label: s.text("JSON text: the labels"),
};
const shelfItemSchema = s.object(itemKeys);

const namedCountSchema = s.object({ name: s.text(), count: s.count() });
const namedCountsSchema = s.object({ data: s.list(namedCountSchema) });

const dayCountSchema = s.object({ date: s.day(), count: s.count() });
export const dayCountsSchema = s.object({
  year: s.integer(),
  days: s.list(dayCountSchema),
  total: s.count(),
  max_day: dayCountSchema,
});

/** The record order of each sort, with its natural direction. */
const itemSorts = {
  date_added: { sort: "added", way: "desc" },
  title: { sort: "title", way: "asc" },
  year: { sort: "year", way: "asc" },
  rating: { sort: "rating", way: "desc" },
} as const;

const { q, format, genre, artist } = buildFilterParameters(crossReferenceQuery);
const itemFilters = { q, format, genre, artist } as Parameters;

/** Records that were added within the dates. */
function buildAddedFilter(dated: InferValues<typeof dateParameters>): RecordFilter {
  const span = getRequestedPeriod(dated);
  return span === null ? {} : { added: [span] };
}

/** null: no record carries one of the values. The hosted service answers that with an empty list. */
function readKnownFilters(
  values: Values,
  asked: Pick<RouteState, "database" | "nowUts">,
): RecordFilter | null {
  try {
    return readFilters("cross-reference", values, asked);
  } catch (error) {
    if (error instanceof InvalidValueError) return null;
    throw error;
  }
}

export const yearParameter = integer("the year, in local time; this year if omitted", {
  min: 1900,
  max: 2999,
  defaultValue: null,
});

export function getRequestedYear(year: number | null, { nowUts }: RouteState): number {
  return year ?? new Date(nowUts * 1000).getFullYear();
}

const crossReferenceRoute = listRoute(
  "/v1/collecting/cross-reference",
  {
    summary: "Your records with their plays: how often and when last",
    details:
      "The answer of rewind xref --json. The summary covers the whole collection, whatever the filter and page. An unknown sort or filter is an error.",
    needsCollection: false,
  },
  crossReferenceQuery,
);

export const collectingRoutes: readonly Route[] = [
  crossReferenceRoute,
  queryRoute("/v1/collecting/vinyl", {
    summary: "The collection, in all formats",
    details: "Lists every format, like the hosted service. For vinyl alone, send format=Vinyl.",
    parameters: {
      ...pagingParameters({ max: 100, defaultValue: 20 }),
      sort: choice("the order", Object.keys(itemSorts) as (keyof typeof itemSorts)[], "date_added"),
      order: direction,
      ...dateParameters,
      ...itemFilters,
    },
    schema: s.object({ data: s.list(shelfItemSchema), pagination }),
    answer({ page, limit, sort, order: way, date, from, to, ...others }, { database, nowUts }) {
      const { sort: recordSort, way: usualWay } = itemSorts[sort];
      const filter = readKnownFilters(others, { database, nowUts });
      if (filter === null) return { data: [], pagination: toJsonPagination({ page, limit }, 0) };
      return readCollectionPage(database, {
        filter: { ...filter, ...buildAddedFilter({ date, from, to }) },
        sort: recordSort,
        reverse: way !== usualWay,
        paging: { page, limit },
      });
    },
  }),
  queryRoute("/v1/collecting/vinyl/{id}", {
    summary: "One record in full",
    details:
      "The cache has no country, community data or prices: null. The tracklist is empty until a sync fetches it.",
    parameters: { id: pathInteger("its id", { min: 1 }) },
    schema: s.object({
      ...itemKeys,
      tracklist: s.rows({ position: s.text(), title: s.text(), duration: s.text() }),
      ...s.nulls("country", "community_have", "community_want", "lowest_price", "num_for_sale", "notes"),
    }),
    failures: { 404: "no record has that number" },
    answer: ({ id }, { database }) => readCollectionItem(database, id),
  }),
  queryRoute("/v1/collecting/recent", {
    summary: "The newest records on the shelf",
    parameters: { ...pagingParameters({ max: 50, defaultValue: 10 }), ...dateParameters },
    schema: s.object({ data: s.list(shelfItemSchema) }),
    answer({ page, limit, ...dated }, { database }) {
      const filter = buildAddedFilter(dated);
      const { data } = readCollectionPage(database, { filter, sort: "added", paging: { page, limit } });
      return { data };
    },
  }),
  queryRoute("/v1/collecting/stats", {
    summary: "The shelf in a few figures",
    details:
      "Wrapped in data, as the hosted service sends it and its clients read it. The value is unknown: null.",
    parameters: dateParameters,
    schema: s.object({
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
    }),
    answer: (dated, { database, nowUts }) => ({
      data: readCollectionStats(database, getRequestedPeriod(dated), nowUts),
    }),
  }),
  queryRoute("/v1/collecting/wantlist", {
    summary: "The wantlist",
    parameters: {
      ...pagingParameters({ max: 100, defaultValue: 20 }),
      sort: choice("the order", hostedWantSorts, "date_added"),
      order: direction,
    },
    schema: wantedPageSchema,
    answer: ({ page, limit, sort, order: way }, { database }) =>
      readWantedPage(database, { sort, order: way, paging: { page, limit } }),
  }),
  queryRoute("/v1/collecting/formats", {
    summary: "The number of records in each format",
    schema: namedCountsSchema,
    answer: (_, { database }) => ({ data: countByFormat(database) }),
  }),
  queryRoute("/v1/collecting/genres", {
    summary: "The number of records in each genre",
    schema: namedCountsSchema,
    answer: (_, { database }) => ({ data: countRecordsBy(database, "genre", null) }),
  }),
  queryRoute("/v1/collecting/artists", {
    summary: "The artists with the most releases on the shelf",
    details: "discogs_id is 0 for an artist without a number on Discogs.",
    parameters: { limit: integer("how many", { min: 1, max: 100, defaultValue: 20 }) },
    schema: s.object({
      data: s.rows({
        name: s.text(),
        discogs_id: s.integer(),
        image_url: s.nothing(),
        release_count: s.count(),
      }),
    }),
    answer: ({ limit }, { database }) => ({ data: readCollectedArtists(database, limit) }),
  }),
  queryRoute("/v1/collecting/calendar", {
    summary: "The days of a year on which records were added",
    details: "In a year without any, max_day is its first day, with 0.",
    parameters: { year: yearParameter },
    schema: dayCountsSchema,
    answer: ({ year }, state) => readRecordCalendar(state.database, getRequestedYear(year, state)),
  }),
];
