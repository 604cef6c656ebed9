// The shelf, as in the API of the hosted service: items, the wantlist and figures.
import { filterParameters, readFilters, dates, paging, spanOf } from "../parameters.ts";
import { question, type Asked, type Route } from "../route.ts";
import {
  choice,
  direction,
  partWhole,
  whole,
  type Parameters,
  type ValuesOf,
} from "../../parameters/parameter.ts";
import { hostedWantSorts, wantedPage } from "../../../queries/albums/wants.ts";
import { wantedPageSchema } from "../../../queries/documents/album-documents.ts";
import {
  collectedArtistsSchema,
  dayCountsSchema,
  namedCountsSchema,
  shelfFiguresSchema,
  shelfItemInFullSchema,
  shelfItemsSchema,
  shelfPageSchema,
} from "../../../queries/documents/hosted-shelf-documents.ts";
import type { RecordFilter } from "../../../queries/filters/record-filter.ts";
import {
  collectedArtists,
  countByFormat,
  countByGenre,
  recordsByDay,
  shelfFigures,
  shelfItem,
  shelfPage,
} from "../../../queries/shelf/hosted-shelf.ts";

/** The record order of each sort, with its natural direction. */
const itemSorts = {
  date_added: { sort: "added", way: "desc" },
  title: { sort: "title", way: "asc" },
  year: { sort: "year", way: "asc" },
  rating: { sort: "rating", way: "desc" },
} as const;

const { q, format, genre, artist } = filterParameters("cross-reference");
const itemFilters = { q, format, genre, artist } as Parameters;

/** Records that were added within the dates. */
function addedWithin(dated: ValuesOf<typeof dates>): RecordFilter {
  const span = spanOf(dated);
  return span === null ? {} : { added: [span] };
}

export const yearParameter = whole("the year, in local time; this year if omitted", {
  least: 1900,
  most: 2999,
  usual: null,
});

export function yearOf(year: number | null, { nowUts }: Asked): number {
  return year ?? new Date(nowUts * 1000).getFullYear();
}

export const collectingRoutes: readonly Route[] = [
  question("/v1/collecting/vinyl", {
    summary: "The collection, in all formats",
    details: "Lists every format, like the hosted service. For vinyl alone, send format=Vinyl.",
    parameters: {
      ...paging({ most: 100, usual: 20 }),
      sort: choice("the order", Object.keys(itemSorts) as (keyof typeof itemSorts)[], "date_added"),
      order: direction,
      ...dates,
      ...itemFilters,
    },
    schema: shelfPageSchema,
    answer({ page, limit, sort, order: way, date, from, to, ...others }, { database, nowUts }) {
      const { sort: recordSort, way: usualWay } = itemSorts[sort];
      return shelfPage(database, {
        filter: {
          ...readFilters("cross-reference", others, { database, nowUts }),
          ...addedWithin({ date, from, to }),
        },
        sort: recordSort,
        reverse: way !== usualWay,
        paging: { page, limit },
      });
    },
  }),
  question("/v1/collecting/vinyl/{id}", {
    summary: "One record in full",
    details:
      "The cache has no country, community data or prices: null. The tracklist is empty until a sync fetches it.",
    parameters: { id: partWhole("its id", { least: 1 }) },
    schema: shelfItemInFullSchema,
    failures: { 404: "no record has that number" },
    answer: ({ id }, { database }) => shelfItem(database, id),
  }),
  question("/v1/collecting/recent", {
    summary: "The newest records on the shelf",
    parameters: { ...paging({ most: 50, usual: 10 }), ...dates },
    schema: shelfItemsSchema,
    answer({ page, limit, ...dated }, { database }) {
      const filter = addedWithin(dated);
      const { data } = shelfPage(database, { filter, sort: "added", paging: { page, limit } });
      return { data };
    },
  }),
  question("/v1/collecting/stats", {
    summary: "The shelf in a few figures",
    details:
      "Wrapped in data, as the hosted service sends it and its clients read it. The value is unknown: null.",
    parameters: dates,
    schema: shelfFiguresSchema,
    answer: (dated, { database, nowUts }) => ({ data: shelfFigures(database, spanOf(dated), nowUts) }),
  }),
  question("/v1/collecting/wantlist", {
    summary: "The wantlist",
    parameters: {
      ...paging({ most: 100, usual: 20 }),
      sort: choice("the order", hostedWantSorts, "date_added"),
      order: direction,
    },
    schema: wantedPageSchema,
    answer: ({ page, limit, sort, order: way }, { database }) =>
      wantedPage(database, { sort, order: way, paging: { page, limit } }),
  }),
  question("/v1/collecting/formats", {
    summary: "The number of records in each format",
    schema: namedCountsSchema,
    answer: (_, { database }) => ({ data: countByFormat(database) }),
  }),
  question("/v1/collecting/genres", {
    summary: "The number of records in each genre",
    schema: namedCountsSchema,
    answer: (_, { database }) => ({ data: countByGenre(database, null) }),
  }),
  question("/v1/collecting/artists", {
    summary: "The artists with the most releases on the shelf",
    details: "discogs_id is 0 for an artist without a number at Discogs.",
    parameters: { limit: whole("how many", { least: 1, most: 100, usual: 20 }) },
    schema: collectedArtistsSchema,
    answer: ({ limit }, { database }) => ({ data: collectedArtists(database, limit) }),
  }),
  question("/v1/collecting/calendar", {
    summary: "The days of a year on which records were added",
    details: "In a year without any, max_day is its first day, with 0.",
    parameters: { year: yearParameter },
    schema: dayCountsSchema,
    answer: ({ year }, state) => recordsByDay(state.database, yearOf(year, state)),
  }),
];
