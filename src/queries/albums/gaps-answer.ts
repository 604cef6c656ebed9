// The albums you play and do not own: the question with its defaults, and the page that answers it.
import type { GapsDocument } from "../documents/album-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { contractPagination, pageOf, type Paging } from "../documents/paging.ts";
import { isoSeconds } from "../records/contract.ts";
import { type AlbumFilter, needsOf } from "../filters/record-filter.ts";
import { emptiedBy, type Emptied } from "../filters/emptied-by.ts";
import type { Range } from "../conditions/range.ts";
import { parseSpan, type Span } from "../conditions/span.ts";
import { gapOrders, type GapSort } from "./gap-order.ts";
import { findGaps, withShelves, type Gap, type GapQuestion, type ShelvedGap } from "./gaps.ts";
import { fewestAlbumTracks } from "../figures/played-kind.ts";
import { readPublications } from "../../store/file/listings.ts";
import { historyState, playSources, requireHistory, type HistoryState } from "../figures/readiness.ts";

export interface GapsQuestion {
  /** Without a range of plays or tracks, the default range applies. */
  readonly filter: AlbumFilter;
  readonly sort: GapSort;
  readonly reverse: boolean;
  /** The hidden albums instead of the others, however little played. */
  readonly hidden: boolean;
  /** null: everything. */
  readonly paging: Paging | null;
  readonly nowUts: number;
}

export interface GapsAnswer {
  /** The filter as the user gave it. */
  readonly asked: AlbumFilter;
  /** With the default ranges filled in. */
  readonly question: GapQuestion;
  readonly paging: Paging | null;
  readonly history: HistoryState;
  /** The display name of the listening service. */
  readonly playsFrom: string;
  readonly otherSources: string;
  readonly rows: readonly ShelvedGap[];
  /** Albums on all pages, those on the wantlist, and their plays. */
  readonly total: number;
  readonly wanted: number;
  readonly plays: number;
  /** The most played album, ignoring ranges; undefined if there is none. */
  readonly most: Gap | undefined;
  /** The filters that left nothing, if nothing is left. */
  readonly emptied: () => Emptied;
}

/** Throws NotReadyError if the question needs a complete listening history. */
export function ask(database: Database, { paging, ...asked }: GapsQuestion): GapsAnswer {
  const published = readPublications(database);
  requireHistory(database, published, ...needsOf(asked.filter), gapOrders[asked.sort].needs);
  const history = historyState(published);
  const question = withUsualRanges(asked, history);
  const { gaps, most } = findGaps(database, question);
  return {
    asked: asked.filter,
    question,
    paging,
    history,
    ...playSources(database),
    rows: withShelves(database, pageOf(gaps, paging)),
    total: gaps.length,
    wanted: gaps.filter(({ isWanted }) => isWanted).length,
    plays: gaps.reduce((sum, { plays }) => sum + plays, 0),
    most,
    emptied: () =>
      emptiedBy(
        asked.filter,
        (filter) => findGaps(database, withUsualRanges({ ...asked, filter }, history)).gaps.length,
      ),
  };
}

/** The most played gaps within a span and their number, with the default ranges. Needs a complete history. */
export function mostPlayedGaps(
  database: Database,
  { during, most, nowUts }: { readonly during: Span; readonly most: number; readonly nowUts: number },
): { readonly total: number; readonly rows: readonly Gap[] } {
  const asked = { filter: { during }, sort: "plays", reverse: false, hidden: false, nowUts } as const;
  const { gaps } = findGaps(database, withUsualRanges(asked, "complete"));
  return { total: gaps.length, rows: gaps.slice(0, most) };
}

/**
 * Without a filter, albums and EPs that were played enough to be worth buying. Asking for few tracks includes singles,
 * and asking for singles or EPs lowers the number of tracks.
 */
function withUsualRanges(
  { filter, hidden, sort, reverse, nowUts }: Omit<GapsQuestion, "paging">,
  history: HistoryState,
): GapQuestion {
  const isHistoryThere = history === "complete";
  const { during = null, ...others } = filter;
  return {
    ...(hidden ? {} : { plays: [{ least: 10, most: null }] }),
    ...(hidden || !isHistoryThere || asksForFewTracks(others) ? {} : { tracks: usualTracks }),
    ...(hidden || (others.tracks ?? []).some(isFewTracks) ? {} : { albumKind: usualKinds }),
    ...others,
    during,
    hidden,
    sort,
    reverse,
    recentFromUts: isHistoryThere ? parseSpan("12 months", "1y", nowUts).fromUts : null,
  };
}

const usualTracks: readonly Range[] = [{ least: fewestAlbumTracks, most: null }];
const usualKinds = ["album", "ep"] as const;

function asksForFewTracks({ albumKind = [] }: AlbumFilter): boolean {
  return albumKind.some((kind) => kind !== "album");
}

function isFewTracks({ least }: Range): boolean {
  return least === null || least < fewestAlbumTracks;
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
      editions: row.editions.length,
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
