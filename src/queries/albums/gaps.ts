// Albums that are played and not owned in any pressing, editions combined.
import { isPlaceholderArtist, isPlaceholderTitle, isVariousArtists } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import type { Range } from "../conditions/range.ts";
import { dayAgo } from "../conditions/span.ts";
import { sortKey } from "../conditions/sql-functions.ts";
import { tuplesOf } from "../../store/file/sql.ts";
import { recordsInReview } from "../doubts/doubts.ts";
import { gapsSchema, type GapsDocument } from "../documents/album-documents.ts";
import { contractPagination, pageOf } from "../documents/paging.ts";
import { artistShelves } from "../figures/ownership.ts";
import { countHeardTracks, playedTable } from "../figures/play-counts.ts";
import { fewestAlbumTracks, playedKind, sumOfPlays } from "../figures/played-most.ts";
import {
  historyState,
  playSources,
  requireHistory,
  type HistoryState,
  type HistoryFact,
} from "../figures/readiness.ts";
import { albumTest, emptiedBy, needsOf, type RecordFilter } from "../filters/record-filter.ts";
import { albumsWithWords } from "../find/filter-by-words.ts";
import { isoSeconds } from "../records/contract.ts";
import type { ListRequest } from "../records/record-order.ts";
import { listQuery } from "../parameters/list-query.ts";
import { orderParameter, toggle } from "../parameters/parameter.ts";
import { playedAlbums, type PlayedAlbum } from "../top/top-albums.ts";

export interface Gap extends PlayedAlbum {
  /** The id of the most played edition. */
  readonly id: number;
  readonly recentPlays: number | null;
}

export interface GapsQuestion extends ListRequest<GapSort> {
  /** Without a range of plays or tracks, the default range applies. */
  readonly filter: RecordFilter;
  /** The hidden albums instead of the others. */
  readonly hidden: boolean;
  readonly nowUts: number;
}

/** In a total order. `played`: the albums played within the span of the question. */
export function findGaps(
  database: Database,
  question: GapsQuestion,
  played: readonly PlayedAlbum[] = playedAlbums(database, question.filter.during ?? null),
  named: ReturnType<typeof findNamed> = findNamed(database, question.filter),
): Gap[] {
  const history = historyState(database);
  const filter = withUsualRanges(question, history);
  const listed = question.hidden
    ? played.filter(({ isHidden }) => isHidden)
    : played.filter((album) => !album.isOwned && !album.isHidden && hasName(album));
  const candidates = listed
    .filter(({ albumIds }) => named === null || albumIds.some((id) => named.ids.has(id)))
    .filter(albumTest(filter, "others"))
    .map((album): Gap => ({ ...album, id: album.albumIds[0] ?? 0, recentPlays: null }));
  const gaps = history === "complete" ? withHistory(database, candidates, question.nowUts) : candidates;
  return orderedGaps(gaps.filter(albumTest(filter, "tracks")), question);
}

/** The albums with the words; null without words. */
function findNamed(database: Database, { words }: RecordFilter) {
  return words === undefined ? null : albumsWithWords(database, words);
}

/** False for albums such as "Unknown Album" by "Unknown Artist". */
function hasName({ artist, title }: PlayedAlbum): boolean {
  return (!isPlaceholderArtist(artist) || isVariousArtists(artist)) && !isPlaceholderTitle(title);
}

/** Adds what only the scrobbles know. */
function withHistory(database: Database, gaps: readonly Gap[], nowUts: number): readonly Gap[] {
  const groups = gaps.map(({ albumIds }) => albumIds);
  const tracks = countHeardTracks(database, "album_id", null, groups);
  const lastYear = { fromUts: dayAgo(nowUts, 1, "y"), toUts: null };
  const recent = new Map(
    tuplesOf<[albumId: number, plays: number]>(database)`
      WITH ${playedTable(lastYear)} SELECT album_id, plays FROM played`,
  );
  return gaps.map((gap, at) => ({
    ...gap,
    tracks: tracks[at] ?? 0,
    recentPlays: gap.albumIds.reduce((sum, id) => sum + (recent.get(id) ?? 0), 0),
  }));
}

/** Adds the kind, records by the same artist, and a record that may be the album, to the albums of a page. */
function withShelves(database: Database, gaps: readonly Gap[]) {
  const artists = gaps.map((gap) => gap.artist);
  const shelfOf = artistShelves(database, artists);
  const inReview = gaps.length === 0 ? new Map<number, number>() : recordsInReview(database);
  return gaps.map((gap) => ({
    ...gap,
    /** A record that may be this album; null: none is in review. */
    maybeRecordId: gap.albumIds.flatMap((id) => inReview.get(id) ?? [])[0] ?? null,
    shelf: shelfOf(gap.artist),
    kind: playedKind(gap.titles, gap.tracks),
  }));
}

export type GapsAnswer = ReturnType<typeof ask>;
export type ShelvedGap = GapsAnswer["rows"][number];

/** Throws NotReadyError if the question needs a complete listening history. */
export function ask(database: Database, question: GapsQuestion) {
  requireHistory(database, ...needsOf(question.filter), gapOrders[question.sort].needs);
  const named = findNamed(database, question.filter);
  const gaps = findGaps(database, question, undefined, named);
  const sources = playSources(database);
  return {
    question,
    /** The filter, with the default ranges filled in. */
    filter: withUsualRanges(question, sources.history),
    ...sources,
    rows: withShelves(database, pageOf(gaps, question.paging)),
    /** How the words were read; null without words. */
    reading: named?.reading ?? null,
    /** Albums on all pages, those on the wantlist, and their plays. */
    total: gaps.length,
    wanted: gaps.filter(({ isWanted }) => isWanted).length,
    plays: sumOfPlays(gaps),
    emptied: () => emptiedBy(question.filter, (filter) => findGaps(database, { ...question, filter }).length),
  };
}

const usualTracks: readonly Range[] = [{ least: fewestAlbumTracks, most: null }];
const usualKinds = ["album", "ep"] as const;

/**
 * Without a filter, albums and EPs that were played enough to be worth buying. Asking for few tracks includes singles,
 * and asking for singles or EPs lowers the number of tracks.
 */
function withUsualRanges(
  { filter, hidden }: Pick<GapsQuestion, "filter" | "hidden">,
  history: HistoryState,
): RecordFilter {
  const asksForShort = (filter.albumKind ?? []).some((kind) => kind !== "album");
  const asksForFew = (filter.tracks ?? []).some(({ least }) => (least ?? 0) < fewestAlbumTracks);
  return {
    ...(hidden ? {} : { plays: [{ least: 10, most: null }] }),
    ...(hidden || history !== "complete" || asksForShort ? {} : { tracks: usualTracks }),
    ...(hidden || asksForFew ? {} : { albumKind: usualKinds }),
    ...filter,
  };
}

function document({ question, rows, total, wanted, plays }: GapsAnswer): GapsDocument {
  return {
    data: rows.map((row) => ({
      album: {
        id: row.id,
        album_name: row.title,
        artist_name: row.artist,
        play_count: row.plays,
        last_played: isoSeconds(row.lastPlayedUts),
        url: row.url,
      },
      kind: row.kind,
      editions: row.albumIds.length,
      tracks: row.tracks,
      plays_last_12_months: row.recentPlays,
      wanted: row.isWanted,
      owned_by_artist: row.shelf.records,
      box_by_artist: row.shelf.boxId !== null,
      maybe_record_id: row.maybeRecordId,
    })),
    summary: { total, wanted, plays },
    pagination: contractPagination(question.paging, total),
  };
}

type KeyOf = (album: Gap) => number | string | null;

interface GapOrder {
  /** Compared before plays, which break ties. Numbers descend, texts ascend. */
  readonly keys: readonly KeyOf[];
  /** The CSV name of the column that shows the sort value. */
  readonly column: string;
  /** The part of the listening history that the order needs. */
  readonly needs?: HistoryFact;
}

const plays: KeyOf = (album) => album.plays;
const recentPlays: KeyOf = (album) => album.recentPlays;
const lastPlayed: KeyOf = (album) => album.lastPlayedUts;
const tracks: KeyOf = (album) => album.tracks;
const artist: KeyOf = (album) => sortKey(album.artist);
const title: KeyOf = (album) => sortKey(album.title);
/** The lowest id first. */
const id: KeyOf = (album) => -album.id;

const table = {
  plays: { column: "play_count", keys: [] },
  recent: { column: "plays_last_12_months", keys: [recentPlays], needs: "Plays of the last 12 months" },
  tracks: { column: "tracks", keys: [tracks], needs: "Tracks heard" },
  "last-played": { column: "last_played", keys: [lastPlayed], needs: "Last plays" },
  artist: { column: "artist_name", keys: [artist, title] },
  title: { column: "album_name", keys: [title, artist] },
} as const satisfies Readonly<Record<string, GapOrder>>;

export type GapSort = keyof typeof table;

export const gapOrders: Readonly<Record<GapSort, GapOrder>> = table;
export const gapSorts = Object.keys(table) as GapSort[];

/** A total order. Unknown values come last in either direction. */
function orderedGaps(albums: readonly Gap[], { sort, reverse = false }: GapsQuestion): Gap[] {
  const way = reverse ? -1 : 1;
  const keys = [...gapOrders[sort].keys, plays, lastPlayed, id];
  const keyed = albums.map((album) => ({ album, values: keys.map((keyOf) => keyOf(album)) }));
  keyed.sort((a, b) => {
    const at = a.values.findIndex((value, each) => value !== b.values[each]);
    const [one, other] = [a.values[at] ?? null, b.values[at] ?? null];
    if (one === null || other === null) return one === null ? 1 : -1;
    const isFirst = typeof one === "string" ? one < String(other) : one > Number(other);
    return isFirst ? -way : way;
  });
  return keyed.map(({ album }) => album);
}

export const gapsQuery = listQuery({
  noun: "album",
  subject: "albums",
  hasPeriod: true,
  parameters: {
    ...orderParameter(gapSorts, "plays"),
    hidden: toggle("list the albums that you have hidden"),
  },
  schema: gapsSchema,
  ask,
  document,
});
