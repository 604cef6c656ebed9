// Albums that are played and not owned in any pressing, editions combined.
import { isPlaceholderArtist, isPlaceholderTitle, isVariousArtists } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import type { Range } from "../conditions/range.ts";
import { computeDayAgo } from "../conditions/period.ts";
import { toSortKey } from "../conditions/sql-functions.ts";
import { queryTuples } from "../../store/file/sql.ts";
import { findPossibleRecords } from "../review/review-items.ts";
import { gapsSchema, type GapsDocument } from "../documents/album-documents.ts";
import { toJsonPagination, selectPage } from "../documents/paging.ts";
import { createArtistCollectionLookup } from "../statistics/artist-collections.ts";
import { countHeardTracks, buildPlayedSql } from "../statistics/play-counts.ts";
import { minAlbumTracks, getPlayedKind, sumPlays } from "../statistics/played-items.ts";
import {
  readHistoryState,
  readPlaySources,
  requireHistory,
  type HistoryState,
  type HistoryFact,
} from "../statistics/readiness.ts";
import {
  createAlbumTest,
  explainEmptyList,
  getHistoryNeeds,
  type RecordFilter,
} from "../filters/record-filter.ts";
import { findAlbumsByWords } from "../find/filter-by-words.ts";
import { toIsoOrNull } from "../records/json-rows.ts";
import type { ListRequest } from "../records/record-order.ts";
import { createListQuery } from "../parameters/list-query.ts";
import { orderParameters, toggle } from "../parameters/parameter.ts";
import { readPlayedAlbums, type PlayedAlbum } from "../top/top-albums.ts";

export interface Gap extends PlayedAlbum {
  /** The id of the edition that names the album. */
  readonly id: number;
  readonly recentPlays: number | null;
}

export interface GapsParameters extends ListRequest<GapSort> {
  /** The default range applies if the filter has no range of plays or tracks. */
  readonly filter: RecordFilter;
  /** The hidden albums instead of the others. */
  readonly hidden: boolean;
  readonly nowUts: number;
}

/** The order is total. `played`: the albums played within the span of the question. */
export function findGaps(
  database: Database,
  question: GapsParameters,
  played: readonly PlayedAlbum[] = readPlayedAlbums(database, question.filter.during ?? null),
  named: ReturnType<typeof findNamedAlbums> = findNamedAlbums(database, question.filter),
): Gap[] {
  const history = readHistoryState(database);
  const filter = applyDefaultRanges(question, history);
  const listed = question.hidden
    ? played.filter(({ isHidden }) => isHidden)
    : played.filter((album) => !album.isOwned && !album.isHidden && hasName(album));
  const candidates = listed
    .filter(({ albumIds }) => named === null || albumIds.some((id) => named.ids.has(id)))
    .filter(createAlbumTest(filter, "others"))
    .map((album): Gap => ({ ...album, id: album.albumIds[0] ?? 0, recentPlays: null }));
  const gaps = history === "complete" ? addHistory(database, candidates, question.nowUts) : candidates;
  return sortGaps(gaps.filter(createAlbumTest(filter, "tracks")), question);
}

/** The albums with the words; null without words. */
function findNamedAlbums(database: Database, { words }: RecordFilter) {
  return words === undefined ? null : findAlbumsByWords(database, words);
}

/** False for albums such as "Unknown Album" by "Unknown Artist". */
function hasName({ artist, title }: PlayedAlbum): boolean {
  return (!isPlaceholderArtist(artist) || isVariousArtists(artist)) && !isPlaceholderTitle(title);
}

/** Adds what only the scrobbles know. */
function addHistory(database: Database, gaps: readonly Gap[], nowUts: number): readonly Gap[] {
  const groups = gaps.map(({ albumIds }) => albumIds);
  const tracks = countHeardTracks(database, null, groups);
  const lastYear = { fromUts: computeDayAgo(nowUts, 1, "y"), toUts: null };
  const recent = new Map(
    queryTuples<[albumId: number, plays: number]>(database)`
      WITH ${buildPlayedSql(lastYear)} SELECT album_id, plays FROM played`,
  );
  return gaps.map((gap, at) => ({
    ...gap,
    tracks: tracks[at] ?? 0,
    recentPlays: gap.albumIds.reduce((sum, id) => sum + (recent.get(id) ?? 0), 0),
  }));
}

/** Adds the kind, records by the same artist, and a record that may be the album, to the albums of a page. */
function addArtistCollections(database: Database, gaps: readonly Gap[]) {
  const artists = gaps.map((gap) => gap.artist);
  const findInCollection = createArtistCollectionLookup(database, artists);
  const possible = gaps.length === 0 ? new Map<number, number>() : findPossibleRecords(database);
  return gaps.map((gap) => ({
    ...gap,
    /** A record that may be this album; null: none. */
    maybeRecordId: gap.albumIds.flatMap((id) => possible.get(id) ?? [])[0] ?? null,
    shelf: findInCollection(gap.artist),
    kind: getPlayedKind(gap),
  }));
}

export type GapsResult = ReturnType<typeof queryGaps>;
export type GapRow = GapsResult["rows"][number];

/** Throws NotReadyError if the question needs a complete listening history. */
export function queryGaps(database: Database, question: GapsParameters) {
  requireHistory(database, ...getHistoryNeeds(question.filter), gapOrders[question.sort].needs);
  const named = findNamedAlbums(database, question.filter);
  const gaps = findGaps(database, question, undefined, named);
  const sources = readPlaySources(database);
  return {
    question,
    /** The filter, with the default ranges filled in. */
    filter: applyDefaultRanges(question, sources.history),
    ...sources,
    rows: addArtistCollections(database, selectPage(gaps, question.paging)),
    /** How the words were read; null without words. */
    reading: named?.reading ?? null,
    /** Albums on all pages, those on the wantlist, and their plays. */
    total: gaps.length,
    wanted: gaps.filter(({ isWanted }) => isWanted).length,
    plays: sumPlays(gaps),
    emptied: () =>
      explainEmptyList(question.filter, (filter) => findGaps(database, { ...question, filter }).length),
  };
}

const defaultTracks: readonly Range[] = [{ min: minAlbumTracks, max: null }];
const defaultKinds = ["album", "ep"] as const;

/**
 * Selects albums and EPs that were played enough to be worth buying, unless the filter says otherwise. Asking for few
 * tracks includes singles, and asking for singles or EPs lowers the number of tracks.
 */
function applyDefaultRanges(
  { filter, hidden }: Pick<GapsParameters, "filter" | "hidden">,
  history: HistoryState,
): RecordFilter {
  const asksForShort = (filter.albumKind ?? []).some((kind) => kind !== "album");
  const asksForFew = (filter.tracks ?? []).some(({ min }) => (min ?? 0) < minAlbumTracks);
  return {
    ...(hidden ? {} : { plays: [{ min: 10, max: null }] }),
    ...(hidden || history !== "complete" || asksForShort ? {} : { tracks: defaultTracks }),
    ...(hidden || asksForFew ? {} : { albumKind: defaultKinds }),
    ...filter,
  };
}

function buildGapsDocument({ question, rows, total, wanted, plays }: GapsResult): GapsDocument {
  return {
    data: rows.map((row) => ({
      album: {
        id: row.id,
        album_name: row.title,
        artist_name: row.artist,
        play_count: row.plays,
        last_played: toIsoOrNull(row.lastPlayedUts),
        url: row.url,
      },
      kind: row.kind,
      editions: row.albumIds.length,
      tracks: row.tracks,
      plays_last_12_months: row.recentPlays,
      wanted: row.isWanted,
      owned_by_artist: row.shelf.recordIds.length,
      box_by_artist: row.shelf.boxId !== null,
      maybe_record_id: row.maybeRecordId,
    })),
    summary: { total, wanted, plays },
    pagination: toJsonPagination(question.paging, total),
  };
}

type SortKeyGetter = (album: Gap) => number | string | null;

interface GapOrder {
  /** Compared before plays, which break ties. Numbers descend, texts ascend. */
  readonly keys: readonly SortKeyGetter[];
  /** The CSV name of the column that shows the sort value. */
  readonly column: string;
  /** The part of the listening history that the order needs. */
  readonly needs?: HistoryFact;
}

const getPlays: SortKeyGetter = (album) => album.plays;
const getRecentPlays: SortKeyGetter = (album) => album.recentPlays;
const getLastPlayedUts: SortKeyGetter = (album) => album.lastPlayedUts;
const getTracks: SortKeyGetter = (album) => album.tracks;
const toArtistSortKey: SortKeyGetter = (album) => toSortKey(album.artist);
const toTitleSortKey: SortKeyGetter = (album) => toSortKey(album.title);
/** The lowest id first. */
const toIdSortKey: SortKeyGetter = (album) => -album.id;

const table = {
  plays: { column: "play_count", keys: [] },
  recent: { column: "plays_last_12_months", keys: [getRecentPlays], needs: "Plays of the last 12 months" },
  tracks: { column: "tracks", keys: [getTracks], needs: "Tracks heard" },
  "last-played": { column: "last_played", keys: [getLastPlayedUts], needs: "Last plays" },
  artist: { column: "artist_name", keys: [toArtistSortKey, toTitleSortKey] },
  title: { column: "album_name", keys: [toTitleSortKey, toArtistSortKey] },
} as const satisfies Readonly<Record<string, GapOrder>>;

export type GapSort = keyof typeof table;

export const gapOrders: Readonly<Record<GapSort, GapOrder>> = table;
export const gapSorts = Object.keys(table) as GapSort[];

/** A total order. Unknown values come last in either direction. */
function sortGaps(albums: readonly Gap[], { sort, reverse = false }: GapsParameters): Gap[] {
  const way = reverse ? -1 : 1;
  const keys = [...gapOrders[sort].keys, getPlays, getLastPlayedUts, toIdSortKey];
  const keyed = albums.map((album) => ({ album, values: keys.map((toKey) => toKey(album)) }));
  keyed.sort((a, b) => {
    const at = a.values.findIndex((value, each) => value !== b.values[each]);
    const [one, other] = [a.values[at] ?? null, b.values[at] ?? null];
    if (one === null || other === null) return one === null ? 1 : -1;
    const isFirst = typeof one === "string" ? one < String(other) : one > Number(other);
    return isFirst ? -way : way;
  });
  return keyed.map(({ album }) => album);
}

export const gapsQuery = createListQuery({
  noun: "album",
  subject: "albums",
  hasPeriod: true,
  parameters: {
    ...orderParameters(gapSorts, "plays"),
    hidden: toggle("list the albums that you have hidden"),
  },
  schema: gapsSchema,
  ask: queryGaps,
  buildDocument: buildGapsDocument,
});
