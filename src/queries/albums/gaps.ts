// Albums that are played and not owned in any pressing, editions combined.
import { isPlaceholderArtist, isPlaceholderTitle, isVariousArtists } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import type { Range } from "../conditions/range.ts";
import { parseSpan, type Span } from "../conditions/span.ts";
import { sortKey } from "../conditions/sql-functions.ts";
import { tuplesOf } from "../../store/file/sql.ts";
import type { GapsDocument } from "../documents/album-documents.ts";
import { contractPagination, pageOf, type Paging } from "../documents/paging.ts";
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
import {
  albumTest,
  emptiedBy,
  holdingFilterWords,
  needsOf,
  type AlbumFilter,
} from "../filters/record-filter.ts";
import { isoSeconds } from "../records/contract.ts";
import { playedAlbums, type PlayedAlbum } from "../top/top-albums.ts";

export interface Gap extends PlayedAlbum {
  /** The id of the most played edition. */
  readonly id: number;
  readonly recentPlays: number | null;
}

export interface GapQuestion extends Omit<AlbumFilter, "during"> {
  /** Counts only plays of this span; null: all time. */
  readonly during: Span | null;
  /** The hidden albums instead of the others. */
  readonly hidden: boolean;
  readonly sort: GapSort;
  readonly reverse: boolean;
  /** null: without a complete history, tracks and recent plays are unknown. */
  readonly recentFromUts: number | null;
}

/** In a total order. */
export function findGaps(database: Database, question: GapQuestion): Gap[] {
  const unowned = playedAlbums(database, question.during).filter(
    (album) => !album.isOwned && album.isHidden === question.hidden && hasName(album),
  );
  const candidates = holdingFilterWords(unowned, question)
    .filter(albumTest(question, "name"))
    .filter(albumTest(question, "chart"))
    .map((album): Gap => ({ ...album, id: album.albumIds[0] ?? 0, recentPlays: null }));
  const gaps = withHistory(database, question, candidates).filter(albumTest(question, "history"));
  return orderedGaps(gaps, question);
}

/** False for albums such as "Unknown Album" by "Unknown Artist". */
function hasName({ artist, title }: PlayedAlbum): boolean {
  return (!isPlaceholderArtist(artist) || isVariousArtists(artist)) && !isPlaceholderTitle(title);
}

/** Adds what only the scrobbles know. */
function withHistory(
  database: Database,
  { recentFromUts }: GapQuestion,
  gaps: readonly Gap[],
): readonly Gap[] {
  if (recentFromUts === null) return gaps;
  const groups = gaps.map(({ albumIds }) => albumIds);
  const tracks = countHeardTracks(database, "album_id", null, groups);
  const recent = new Map(
    tuplesOf<[albumId: number, plays: number]>(database)`
      WITH ${playedTable({ fromUts: recentFromUts, toUts: null })} SELECT album_id, plays FROM played`,
  );
  return gaps.map((gap, at) => ({
    ...gap,
    tracks: tracks[at] ?? 0,
    recentPlays: gap.albumIds.reduce((sum, id) => sum + (recent.get(id) ?? 0), 0),
  }));
}

/** Adds the kind, and records by the same artist, to the albums of a page. */
function withShelves(database: Database, gaps: readonly Gap[]) {
  const shelfOf = artistShelves(
    database,
    gaps.map(({ artist }) => artist),
  );
  return gaps.map((gap) => ({
    ...gap,
    shelf: shelfOf(gap.artist),
    kind: playedKind(gap.titles, gap.tracks),
  }));
}

export interface GapsQuestion extends Pick<GapQuestion, "hidden" | "sort" | "reverse"> {
  /** Without a range of plays or tracks, the default range applies. */
  readonly filter: AlbumFilter;
  /** null: everything. */
  readonly paging: Paging | null;
  readonly nowUts: number;
}

export type GapsAnswer = ReturnType<typeof ask>;
export type ShelvedGap = GapsAnswer["rows"][number];

/** Throws NotReadyError if the question needs a complete listening history. */
export function ask(database: Database, { paging, ...rest }: GapsQuestion) {
  requireHistory(database, ...needsOf(rest.filter), gapOrders[rest.sort].needs);
  const history = historyState(database);
  const question = withUsualRanges(rest, history);
  const gaps = findGaps(database, question);
  return {
    /** The filter as the user gave it. */
    asked: rest.filter,
    /** With the default ranges filled in. */
    question,
    paging,
    ...playSources(database),
    rows: withShelves(database, pageOf(gaps, paging)),
    /** Albums on all pages, those on the wantlist, and their plays. */
    total: gaps.length,
    wanted: gaps.filter(({ isWanted }) => isWanted).length,
    plays: sumOfPlays(gaps),
    /** The filters that left nothing, if nothing is left. */
    emptied: () =>
      emptiedBy(
        rest.filter,
        (filter) => findGaps(database, withUsualRanges({ ...rest, filter }, history)).length,
      ),
  };
}

/** The most played gaps within a span and their number, with the default ranges. Needs a complete history. */
export function mostPlayedGaps(
  database: Database,
  { during, most, nowUts }: { readonly during: Span; readonly most: number; readonly nowUts: number },
): { readonly total: number; readonly rows: readonly Gap[] } {
  const question = { filter: { during }, sort: "plays", reverse: false, hidden: false, nowUts } as const;
  const gaps = findGaps(database, withUsualRanges(question, "complete"));
  return { total: gaps.length, rows: gaps.slice(0, most) };
}

const usualTracks: readonly Range[] = [{ least: fewestAlbumTracks, most: null }];
const usualKinds = ["album", "ep"] as const;

/**
 * Without a filter, albums and EPs that were played enough to be worth buying. Asking for few tracks includes singles,
 * and asking for singles or EPs lowers the number of tracks.
 */
function withUsualRanges(
  { filter, hidden, sort, reverse, nowUts }: Omit<GapsQuestion, "paging">,
  history: HistoryState,
): GapQuestion {
  const isComplete = history === "complete";
  const { during = null, ...others } = filter;
  const asksForShort = (others.albumKind ?? []).some((kind) => kind !== "album");
  const asksForFew = (others.tracks ?? []).some(({ least }) => (least ?? 0) < fewestAlbumTracks);
  return {
    ...(hidden ? {} : { plays: [{ least: 10, most: null }] }),
    ...(hidden || !isComplete || asksForShort ? {} : { tracks: usualTracks }),
    ...(hidden || asksForFew ? {} : { albumKind: usualKinds }),
    ...others,
    during,
    hidden,
    sort,
    reverse,
    recentFromUts: isComplete ? parseSpan("12 months", "1y", nowUts).fromUts : null,
  };
}

export function document({ rows, total, wanted, plays, paging }: GapsAnswer): GapsDocument {
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
    })),
    summary: { total, wanted, plays },
    pagination: contractPagination(paging, total),
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
function orderedGaps(albums: readonly Gap[], { sort, reverse }: GapQuestion): Gap[] {
  const way = reverse ? -1 : 1;
  const keys = [...gapOrders[sort].keys, plays, lastPlayed];
  const keyed = albums.map((album) => ({ album, values: keys.map((keyOf) => keyOf(album)) }));
  keyed.sort((a, b) => {
    const at = a.values.findIndex((value, each) => value !== b.values[each]);
    const [one, other] = [a.values[at] ?? null, b.values[at] ?? null];
    if (at === -1) return (a.album.id - b.album.id) * way;
    if (one === null || other === null) return one === null ? 1 : -1;
    const isFirst = typeof one === "string" ? one < String(other) : one > Number(other);
    return isFirst ? -way : way;
  });
  return keyed.map(({ album }) => album);
}
