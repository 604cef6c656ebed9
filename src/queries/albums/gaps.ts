// Albums that are played and not owned in any pressing, editions combined.
import { isPlaceholderArtist, isPlaceholderTitle, isVariousArtists } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import type { Range } from "../conditions/range.ts";
import { parseSpan, type Span } from "../conditions/span.ts";
import { sql, tuplesOf } from "../conditions/sql.ts";
import type { GapsDocument } from "../documents/album-documents.ts";
import { contractPagination, pageOf, type Paging } from "../documents/paging.ts";
import { artistShelves, type ArtistShelf } from "../figures/ownership.ts";
import { countHeardTracks, playedTable } from "../figures/play-counts.ts";
import { fewestAlbumTracks, playedKind, sumOfPlays, type PlayedKind } from "../figures/played-most.ts";
import {
  historyState,
  playSources,
  requireHistory,
  type HistoryState,
  type PlaySources,
} from "../figures/readiness.ts";
import {
  albumTest,
  emptiedBy,
  holdingFilterWords,
  needsOf,
  type AlbumFilter,
  type Emptied,
} from "../filters/record-filter.ts";
import { isoSeconds } from "../records/contract.ts";
import { playedAlbums, type PlayedAlbum } from "../top/top-albums.ts";
import { gapOrders, orderedGaps, type GapSort } from "./gap-order.ts";

export interface Gap extends PlayedAlbum {
  /** The id of the most played edition. */
  readonly id: number;
  /** Different tracks heard; null: unknown. */
  readonly tracks: number | null;
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

interface Gaps {
  /** In a total order. */
  readonly gaps: readonly Gap[];
  /** The most played album, ignoring ranges of plays and tracks; undefined if there is none. */
  readonly most: Gap | undefined;
}

export function findGaps(database: Database, question: GapQuestion): Gaps {
  const unowned = playedAlbums(database, question.during).filter(
    (album) => !album.isOwned && album.isHidden === question.hidden && hasName(album),
  );
  const candidates = holdingFilterWords(unowned, question)
    .map((album): Gap => ({ ...album, id: album.albumIds[0] ?? 0, tracks: null, recentPlays: null }))
    .filter(albumTest(question, "name"));
  const most = candidates.toSorted((a, b) => b.plays - a.plays || a.id - b.id)[0];
  const gaps = withHistory(database, question, candidates.filter(albumTest(question, "chart"))).filter(
    albumTest(question, "history"),
  );
  return { gaps: orderedGaps(gaps, question), most };
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
    tuplesOf<[albumId: number, plays: number]>(
      database,
      sql`WITH ${playedTable({ fromUts: recentFromUts, toUts: null })} SELECT album_id, plays FROM played`,
    ),
  );
  return gaps.map((gap, at) => ({
    ...gap,
    tracks: tracks[at] ?? 0,
    recentPlays: gap.albumIds.reduce((sum, id) => sum + (recent.get(id) ?? 0), 0),
  }));
}

export interface ShelvedGap extends Gap {
  readonly shelf: ArtistShelf;
  readonly kind: PlayedKind;
}

/** Adds the kind, and records by the same artist, to the albums of a page. */
export function withShelves(database: Database, gaps: readonly Gap[]): ShelvedGap[] {
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

export interface GapsAnswer extends PlaySources {
  /** The filter as the user gave it. */
  readonly asked: AlbumFilter;
  /** With the default ranges filled in. */
  readonly question: GapQuestion;
  readonly paging: Paging | null;
  readonly rows: readonly ShelvedGap[];
  /** Albums on all pages, those on the wantlist, and their plays. */
  readonly total: number;
  readonly wanted: number;
  readonly plays: number;
  readonly most: Gap | undefined;
  /** The filters that left nothing, if nothing is left. */
  readonly emptied: () => Emptied;
}

/** Throws NotReadyError if the question needs a complete listening history. */
export function ask(database: Database, { paging, ...rest }: GapsQuestion): GapsAnswer {
  requireHistory(database, ...needsOf(rest.filter), gapOrders[rest.sort].needs);
  const history = historyState(database);
  const question = withUsualRanges(rest, history);
  const { gaps, most } = findGaps(database, question);
  return {
    asked: rest.filter,
    question,
    paging,
    ...playSources(database),
    rows: withShelves(database, pageOf(gaps, paging)),
    total: gaps.length,
    wanted: gaps.filter(({ isWanted }) => isWanted).length,
    plays: sumOfPlays(gaps),
    most,
    emptied: () =>
      emptiedBy(
        rest.filter,
        (filter) => findGaps(database, withUsualRanges({ ...rest, filter }, history)).gaps.length,
      ),
  };
}

/** The most played gaps within a span and their number, with the default ranges. Needs a complete history. */
export function mostPlayedGaps(
  database: Database,
  { during, most, nowUts }: { readonly during: Span; readonly most: number; readonly nowUts: number },
): { readonly total: number; readonly rows: readonly Gap[] } {
  const question = { filter: { during }, sort: "plays", reverse: false, hidden: false, nowUts } as const;
  const { gaps } = findGaps(database, withUsualRanges(question, "complete"));
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
