// What I play most, and whether I own it.
import type { Database } from "../../store/file/database.ts";
import { list, rowsOf } from "../conditions/sql.ts";
import { contractPagination, pageOf, type Paging } from "../documents/paging.ts";
import type {
  TopAlbumsDocument,
  TopArtistsDocument,
  TopTracksDocument,
} from "../documents/play-documents.ts";
import { shelvedCopies } from "../figures/ownership.ts";
import { mostPlayed, sumOfPlays, type HeardMost, type PlayedMost } from "../figures/played-most.ts";
import { historyState, playSources, requireHistory } from "../figures/readiness.ts";
import type { AlbumFacts } from "../filters/filter.ts";
import {
  albumTest,
  emptiedBy,
  holdingFilterWords,
  needsOf,
  type AlbumFilter,
} from "../filters/record-filter.ts";
import { contractSpan, isoSeconds } from "../records/contract.ts";
import { playedAlbums, withTracksOfAlbums } from "./top-albums.ts";
import { playedArtists, withOwnership, withTracksOfArtists } from "./top-artists.ts";
import { playedTracks, songPage } from "./top-tracks.ts";

export const topSubjects = ["albums", "artists", "tracks"] as const;
export type TopSubject = (typeof topSubjects)[number];

export const topSorts = ["plays", "spins"] as const;
export type TopSort = (typeof topSorts)[number];

export interface TopQuestion {
  readonly subject: TopSubject;
  readonly filter: AlbumFilter;
  /** null: owned or not. */
  readonly isOwned: boolean | null;
  readonly sort: TopSort;
  /** null: everything. */
  readonly paging: Paging | null;
}

export type TopAnswer = ReturnType<typeof ask>;
export type TopRow = TopAnswer["rows"][number];

/** The most played edition, or the album that a track was mostly played from. */
interface TopAlbum {
  readonly id: number;
  readonly title: string;
  readonly url: string | null;
}

const needs = {
  albums: undefined,
  artists: "Plays of each artist",
  tracks: "Plays of each track",
} as const;

/** Throws NotReadyError if the question needs a complete listening history. */
export function ask(database: Database, question: TopQuestion) {
  const { subject, filter, sort, paging } = question;
  const spins = sort === "spins" ? "Spins" : undefined;
  requireHistory(database, ...needsOf(filter), needs[subject], spins);
  const history = historyState(database);
  const { rows, sums } = mostPlayedPage(database, question);
  const before = paging === null ? 0 : (paging.page - 1) * paging.limit;
  const albumIds = [...new Set(rows.flatMap((row) => row.albumIds))];
  const shelved = shelvedCopies(database, albumIds);
  const albums = new Map(
    rowsOf<TopAlbum>(database)`SELECT id, title, url FROM album WHERE id IN ${list(albumIds)}`.map(
      (album) => [album.id, album],
    ),
  );
  return {
    question,
    ...playSources(database),
    rows: rows.map((row, at) => ({
      ...row,
      /** From 1, over all pages. */
      rank: before + at + 1,
      spins: history === "complete" ? row.spins : null,
      /** Copies on the shelf; empty for an artist. */
      records: shelved(row.albumIds),
      album: albums.get(row.albumIds[0] ?? 0) ?? null,
    })),
    /** On all pages. */
    sums,
    /** The filters that left nothing, if nothing is left. */
    emptied: () =>
      emptiedBy(filter, (each) => mostPlayedPage(database, { ...question, filter: each }).sums.total),
  };
}

function mostPlayedPage(database: Database, question: TopQuestion) {
  const { subject, filter, isOwned, paging } = question;
  const { during: span = null, ...others } = filter;
  if (subject === "tracks" && Object.keys(others).length === 0 && paging !== null) {
    const { rows, ...sums } = songPage(database, { span, isOwned, paging });
    return { rows, sums };
  }
  if (subject === "tracks") return paged(playedTracks(database, span), question, (rows) => rows);
  if (subject === "artists") {
    return paged(withOwnership(database, playedArtists(database, span)), question, (rows) =>
      withTracksOfArtists(database, span, rows),
    );
  }
  return paged(playedAlbums(database, span), question, (rows) => withTracksOfAlbums(database, span, rows));
}

/** `heard` adds the slower figures, to the rows of a page or, if a filter needs them, to all rows. */
function paged<Row extends PlayedMost>(
  all: readonly Row[],
  { filter, isOwned, sort, paging }: TopQuestion,
  withTracks: (rows: readonly Row[]) => readonly (Row & HeardMost)[],
) {
  const { during: _, ...others } = filter;
  const [byName, byChart] = [albumTest(others, "name"), albumTest(others, "chart")];
  const isBare = Object.keys(others).length === 0;
  const matches = holdingFilterWords(all, others).filter((row) => {
    if (isOwned !== null && row.isOwned !== isOwned) return false;
    if (isBare) return true;
    const facts = factsOf(row, null);
    return byName(facts) && byChart(facts);
  });
  const byHistory = albumTest(others, "history");
  const needsTracks = filter.tracks !== undefined || filter.albumKind !== undefined;
  const selection: readonly Row[] = needsTracks
    ? withTracks(matches).filter((row) => byHistory(factsOf(row, row.tracks)))
    : matches;
  const spinsFirst = (row: PlayedMost): number => (sort === "spins" ? (row.spins ?? -1) : 0);
  const ranking = mostPlayed(selection).toSorted((a, b) => spinsFirst(b) - spinsFirst(a));
  const ownedRows = ranking.filter((row) => row.isOwned);
  return {
    rows: withTracks(pageOf(ranking, paging)),
    sums: {
      total: ranking.length,
      owned: ownedRows.length,
      plays: sumOfPlays(ranking),
      ownedPlays: sumOfPlays(ownedRows),
    },
  };
}

function factsOf(row: PlayedMost, tracks: number | null): AlbumFacts {
  const title = row.title ?? "";
  return { ...row, title, titles: [title], tracks };
}

export function document(answer: TopAnswer): TopAlbumsDocument | TopArtistsDocument | TopTracksDocument {
  const { question, rows, sums, history } = answer;
  const rest = {
    summary: { total: sums.total, owned: sums.owned, plays: sums.plays, owned_plays: sums.ownedPlays },
    during: contractSpan(question.filter.during ?? null),
    pagination: contractPagination(question.paging, sums.total),
  };
  if (question.subject === "artists") {
    const data = rows.map((row) => ({
      rank: row.rank,
      artist_name: row.artist,
      play_count: row.plays,
      tracks: row.tracks,
      last_played: isoSeconds(row.lastPlayedUts),
      owned_records: row.ownedRecords,
    }));
    return { data, ...rest };
  }
  if (question.subject === "tracks") {
    const data = rows.map((row) => ({
      rank: row.rank,
      artist_name: row.artist,
      track_name: row.title ?? "",
      album_id: row.album?.id ?? null,
      album_name: row.album?.title ?? null,
      play_count: row.plays,
      last_played: isoSeconds(row.lastPlayedUts),
      ...contractOwnership(row),
    }));
    return { data, ...rest };
  }
  const data = rows.map((row) => ({
    rank: row.rank,
    album_id: row.album?.id ?? null,
    artist_name: row.artist,
    album_name: row.title ?? "",
    play_count: row.plays,
    spins: row.spins,
    tracks: history === "complete" ? row.tracks : null,
    last_played: isoSeconds(row.lastPlayedUts),
    ...contractOwnership(row),
  }));
  return { data, ...rest };
}

function contractOwnership({ isOwned, records, isWanted }: TopRow): {
  owned: boolean;
  record_ids: number[];
  forms: string[];
  wanted: boolean;
} {
  return {
    owned: isOwned,
    record_ids: records.map(({ id }) => id),
    forms: [...new Set(records.map(({ form }) => form))],
    wanted: isWanted,
  };
}
