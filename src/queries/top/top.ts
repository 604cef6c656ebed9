// What I play most, and whether I own it.
import type { Database } from "../../store/file/database.ts";
import { contractPagination, pageOf, type Paging } from "../documents/paging.ts";
import {
  topSchema,
  type TopAlbumsDocument,
  type TopArtistsDocument,
  type TopTracksDocument,
} from "../documents/play-documents.ts";
import type { Span } from "../conditions/span.ts";
import { artistShelves, shelvedCopies } from "../figures/ownership.ts";
import { countHeardTracks } from "../figures/play-counts.ts";
import { mostPlayed, sumOfPlays, type PlayedMost } from "../figures/played-most.ts";
import { historyState, playSources, requireHistory } from "../figures/readiness.ts";
import { albumTest, emptiedBy, needsOf, type RecordFilter } from "../filters/record-filter.ts";
import { albumsWithWords, linesNamed } from "../find/filter-by-words.ts";
import { albumsById } from "../find/find-albums.ts";
import type { Reading } from "../find/find-records.ts";
import { lineOf, nameLines } from "../find/name-lines.ts";
import { contractCopies, contractSpan, isoSeconds } from "../records/contract.ts";
import { playedAlbums } from "./top-albums.ts";
import { playedArtists } from "./top-artists.ts";
import { listQuery } from "../parameters/list-query.ts";
import { BadValue, choice, ownership } from "../parameters/parameter.ts";
import { playedTracks } from "./top-tracks.ts";

export const topSubjects = ["albums", "artists", "tracks"] as const;
export type TopSubject = (typeof topSubjects)[number];

/** The rows of each subject, in no order. Artists do not count as owned. */
export const playedMost = { albums: playedAlbums, artists: playedArtists, tracks: playedTracks } as const;

const topSorts = ["plays", "spins"] as const;
type TopSort = (typeof topSorts)[number];

export interface TopQuestion {
  readonly subject: TopSubject;
  readonly filter: RecordFilter;
  /** null: owned or not. */
  readonly isOwned: boolean | null;
  readonly sort: TopSort;
  /** null: everything. */
  readonly paging: Paging | null;
}

export type TopAnswer = ReturnType<typeof ask>;
export type TopRow = TopAnswer["rows"][number];

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
  const { rows, sums, reading } = mostPlayedPage(database, question);
  const before = paging === null ? 0 : (paging.page - 1) * paging.limit;
  const albumIds = [...new Set(rows.flatMap((row) => row.albumIds))];
  const shelved = shelvedCopies(database, albumIds);
  const albums = new Map(albumsById(database, albumIds).map((album) => [album.id, album]));
  return {
    question,
    ...playSources(database),
    // Added to the rows themselves, since a copy of each song of a long history would not fit into 300 MB.
    rows: rows.map((row, at) =>
      Object.assign(row, {
        /** From 1, over all pages. */
        rank: before + at + 1,
        spins: history === "complete" ? row.spins : null,
        /** Copies on the shelf; empty for an artist. */
        records: shelved(row.albumIds),
        /** Records by the artist; only for artists. */
        ownedRecords: row.ownedRecords ?? 0,
        /** The most played edition, or the album that a track was mostly played from. */
        album: albums.get(row.albumIds[0] ?? 0) ?? null,
      }),
    ),
    /** How the words were read; null without words. */
    reading,
    /** On all pages. */
    sums,
    /** The filters that left nothing, if nothing is left. */
    emptied: () =>
      emptiedBy(filter, (each) => mostPlayedPage(database, { ...question, filter: each }).sums.total),
  };
}

function mostPlayedPage(database: Database, { subject, filter, isOwned, sort, paging }: TopQuestion) {
  const { during: span = null, ...others } = filter;
  const all = playedOf(database, subject, span);
  const isLetIn = albumTest(others, "others");
  const { found, reading } = rowsWithWords(database, subject, all, others.words);
  const matches = found.filter((row) => (isOwned === null || row.isOwned === isOwned) && isLetIn(row));
  const needsTracks = filter.tracks !== undefined || filter.albumKind !== undefined;
  const selection = needsTracks
    ? withTracks(database, subject, span, matches).filter(albumTest(others, "tracks"))
    : matches;
  const spinsFirst = (row: PlayedMost): number => (sort === "spins" ? (row.spins ?? -1) : 0);
  const ranking = mostPlayed(selection).toSorted((a, b) => spinsFirst(b) - spinsFirst(a));
  const ownedRows = ranking.filter((row) => row.isOwned);
  return {
    rows: withTracks(database, subject, span, pageOf(ranking, paging)),
    reading,
    sums: {
      total: ranking.length,
      owned: ownedRows.length,
      plays: sumOfPlays(ranking),
      ownedPlays: sumOfPlays(ownedRows),
    },
  };
}

function rowsWithWords<Row extends PlayedMost>(
  database: Database,
  subject: TopSubject,
  rows: readonly Row[],
  words: readonly string[] | undefined,
): { readonly found: readonly Row[]; readonly reading: Reading | null } {
  if (words === undefined) return { found: rows, reading: null };
  if (subject === "albums") {
    const { ids, reading } = albumsWithWords(database, words);
    return { found: rows.filter(({ albumIds }) => albumIds.some((id) => ids.has(id))), reading };
  }
  const text = rows.map(({ artist, title }) => lineOf(`${artist} ${title}`)).join("");
  const { ids, reading } = linesNamed(nameLines([...rows.keys()], text), words);
  return { found: rows.filter((_, at) => ids.has(at)), reading };
}

interface Ranked extends PlayedMost {
  readonly ownedRecords?: number;
}

function playedOf(database: Database, subject: TopSubject, span: Span | null): readonly Ranked[] {
  if (subject !== "artists") return playedMost[subject](database, span);
  const rows = playedArtists(database, span);
  const artists = rows.map(({ artist }) => artist);
  const shelfOf = artistShelves(database, artists);
  return rows.map((row) => {
    const ownedRecords = shelfOf(row.artist).records;
    return { ...row, ownedRecords, isOwned: ownedRecords > 0 };
  });
}

/** Adds the number of different tracks heard. */
function withTracks(
  database: Database,
  subject: TopSubject,
  span: Span | null,
  rows: readonly Ranked[],
): readonly Ranked[] {
  if (subject === "tracks") return rows;
  const column = subject === "artists" ? "artist" : "album_id";
  const groups = rows.map(({ members }) => members);
  const counts = countHeardTracks(database, column, span, groups);
  return rows.map((row, at) => ({ ...row, tracks: counts[at] ?? 0 }));
}

function document(answer: TopAnswer): TopAlbumsDocument | TopArtistsDocument | TopTracksDocument {
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
      tracks: row.tracks ?? 0,
      last_played: isoSeconds(row.lastPlayedUts),
      owned_records: row.ownedRecords,
    }));
    return { data, ...rest };
  }
  if (question.subject === "tracks") {
    const data = rows.map((row) => ({
      rank: row.rank,
      artist_name: row.artist,
      track_name: row.title,
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
    album_name: row.title,
    play_count: row.plays,
    spins: row.spins,
    tracks: history === "complete" ? row.tracks : null,
    last_played: isoSeconds(row.lastPlayedUts),
    ...contractOwnership(row),
  }));
  return { data, ...rest };
}

function contractOwnership({ isOwned, records, isWanted }: TopRow) {
  return { owned: isOwned, ...contractCopies(records), wanted: isWanted };
}

/** Asks for albums, artists or tracks. Throws BadValue for the spins of what has none. */
export const topQuery = listQuery({
  noun: "line",
  subject: "albums",
  hasPeriod: true,
  // An artist has no title, and a track no tracks.
  refusedFilters: ["title", "albumKind", "tracks", "wanted"],
  parameters: {
    what: choice("what is listed", topSubjects, "albums"),
    sort: { ...choice("the order; spins only for albums", topSorts, "plays"), placeholder: "order" },
    owned: ownership,
  },
  schema: topSchema,
  ask(database, { what, owned, ...values }) {
    if (values.sort === "spins" && what !== "albums") {
      throw new BadValue(
        "sort",
        `plays for ${what}, which have no spins`,
        "Leave sort out, or ask for albums.",
      );
    }
    return ask(database, { ...values, subject: what, isOwned: owned });
  },
  document,
});
