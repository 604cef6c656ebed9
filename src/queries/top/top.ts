// The albums, artists and tracks that I play most, and whether I own them.
import type { Database } from "../../store/file/database.ts";
import { toJsonPagination, selectPage, type Paging } from "../documents/paging.ts";
import {
  topSchema,
  type TopAlbumsDocument,
  type TopArtistsDocument,
  type TopTracksDocument,
} from "../documents/play-documents.ts";
import type { Period } from "../conditions/period.ts";
import { createArtistCollectionLookup } from "../statistics/artist-collections.ts";
import { createCopyLookup } from "../statistics/ownership.ts";
import { countHeardTracks, countSongsByArtist } from "../statistics/play-counts.ts";
import { sortByPlays, sumOwnedPlays, sumPlays, type PlayedItem } from "../statistics/played-items.ts";
import { readHistoryState, readPlaySources, requireHistory } from "../statistics/readiness.ts";
import {
  createAlbumTest,
  explainEmptyList,
  getHistoryNeeds,
  type RecordFilter,
} from "../filters/record-filter.ts";
import { findAlbumsByWords, findLinesByWords } from "../find/filter-by-words.ts";
import { readAlbumsById } from "../find/find-albums.ts";
import type { Reading } from "../find/find-records.ts";
import { formatNameLine, buildNameLines } from "../find/name-lines.ts";
import { toJsonCopies, toJsonPeriod, toIsoOrNull } from "../records/json-rows.ts";
import { readPlayedAlbums } from "./top-albums.ts";
import { readPlayedArtists } from "./top-artists.ts";
import { createListQuery } from "../parameters/list-query.ts";
import { InvalidValueError, choice, ownership } from "../parameters/parameter.ts";
import { readPlayedTracks } from "./top-tracks.ts";

export const topSubjects = ["albums", "artists", "tracks"] as const;
export type TopSubject = (typeof topSubjects)[number];

/** The rows of each subject, in no order. Artists do not count as owned. */
export const playedItemReaders = {
  albums: readPlayedAlbums,
  artists: readPlayedArtists,
  tracks: readPlayedTracks,
} as const;

const topSorts = ["plays", "spins"] as const;
type TopSort = (typeof topSorts)[number];

export interface TopParameters {
  readonly subject: TopSubject;
  readonly filter: RecordFilter;
  /** null: owned or not. */
  readonly isOwned: boolean | null;
  readonly sort: TopSort;
  /** null: everything. */
  readonly paging: Paging | null;
}

export type TopResult = ReturnType<typeof queryTop>;
export type TopRow = TopResult["rows"][number];

const needs = {
  albums: undefined,
  artists: "Plays of each artist",
  tracks: "Plays of each track",
} as const;

/** Throws NotReadyError if the question needs a complete listening history. */
export function queryTop(database: Database, question: TopParameters) {
  const { subject, filter, isOwned, sort, paging } = question;
  const spins = sort === "spins" ? "Spins" : undefined;
  requireHistory(database, ...getHistoryNeeds(filter), needs[subject], spins);
  const history = readHistoryState(database);
  const { rows, sums, reading } = readTopPage(database, question);
  const before = paging === null ? 0 : (paging.page - 1) * paging.limit;
  const albumIds = [...new Set(rows.flatMap((row) => row.albumIds))];
  const shelved = createCopyLookup(database, albumIds);
  const albums = new Map(readAlbumsById(database, albumIds).map((album) => [album.id, album]));
  return {
    question,
    ...readPlaySources(database),
    // Added to the rows themselves, since a copy of each song of a long history would not fit into 300 MB.
    rows: rows.map((row, at) =>
      Object.assign(row, {
        /** The rank from 1 on, over all pages. */
        rank: before + at + 1,
        spins: history === "complete" ? row.spins : null,
        /** Copies on the shelf; empty for an artist. */
        records: shelved(row.albumIds),
        /** Records by the artist; only for artists. */
        ownedRecords: row.ownedRecords ?? 0,
        /** The edition that names the album, or the album that a track was mostly played from. */
        album: albums.get(row.albumIds[0] ?? 0) ?? null,
      }),
    ),
    /** How the words were read; null without words. */
    reading,
    /** The sums of all pages. */
    sums,
    /** The filters that left nothing, if nothing is left. */
    emptied: () =>
      explainEmptyList(
        filter,
        (each) => readTopPage(database, { ...question, filter: each }).sums.total,
        isOwned === null
          ? {}
          : {
              [isOwned ? "--owned" : "--not-owned"]: () =>
                readTopPage(database, { ...question, isOwned: null }).sums.total,
            },
      ),
  };
}

function readTopPage(database: Database, { subject, filter, isOwned, sort, paging }: TopParameters) {
  const { during: span = null, ...others } = filter;
  const all = readRankedItems(database, subject, span);
  const isLetIn = createAlbumTest(others, "others");
  const { found, reading } = filterRowsByWords(database, subject, all, others.words);
  const matches = found.filter((row) => (isOwned === null || row.isOwned === isOwned) && isLetIn(row));
  const needsTracks = filter.tracks !== undefined || filter.albumKind !== undefined;
  const selection = needsTracks
    ? addTrackCounts(database, subject, span, matches).filter(createAlbumTest(others, "tracks"))
    : matches;
  const byPlays = sortByPlays(selection);
  const ranking = sort === "spins" ? byPlays.toSorted((a, b) => (b.spins ?? -1) - (a.spins ?? -1)) : byPlays;
  return {
    rows: addTrackCounts(database, subject, span, selectPage(ranking, paging)),
    reading,
    sums: {
      total: ranking.length,
      owned: ranking.filter((row) => row.isOwned).length,
      plays: sumPlays(ranking),
      ownedPlays: sumOwnedPlays(ranking),
    },
  };
}

function filterRowsByWords<Row extends PlayedItem>(
  database: Database,
  subject: TopSubject,
  rows: readonly Row[],
  words: readonly string[] | undefined,
): { readonly found: readonly Row[]; readonly reading: Reading | null } {
  if (words === undefined) return { found: rows, reading: null };
  if (subject === "albums") {
    const { ids, reading } = findAlbumsByWords(database, words);
    return { found: rows.filter(({ albumIds }) => albumIds.some((id) => ids.has(id))), reading };
  }
  const text = rows.map(({ artist, title }) => formatNameLine(`${artist} ${title}`)).join("");
  const { ids, reading } = findLinesByWords(buildNameLines([...rows.keys()], text), words);
  return { found: rows.filter((_, at) => ids.has(at)), reading };
}

interface RankedItem extends PlayedItem {
  readonly ownedRecords?: number;
}

function readRankedItems(
  database: Database,
  subject: TopSubject,
  span: Period | null,
): readonly RankedItem[] {
  if (subject !== "artists") return playedItemReaders[subject](database, span);
  const rows = readPlayedArtists(database, span);
  const artists = rows.map(({ artist }) => artist);
  const findInCollection = createArtistCollectionLookup(database, artists);
  return rows.map((row) => {
    const ownedRecords = findInCollection(row.artist).recordIds.length;
    return { ...row, ownedRecords, isOwned: ownedRecords > 0 };
  });
}

/** Adds the number of different tracks heard. */
function addTrackCounts(
  database: Database,
  subject: TopSubject,
  span: Period | null,
  rows: readonly RankedItem[],
): readonly RankedItem[] {
  if (subject === "tracks") return rows;
  const counts =
    subject === "artists"
      ? countSongsByArtist(
          database,
          span,
          rows.map(({ members }) => members.map(String)),
        )
      : countHeardTracks(
          database,
          span,
          rows.map(({ albumIds }) => albumIds),
        );
  return rows.map((row, at) => ({ ...row, tracks: counts[at] ?? 0 }));
}

function buildTopDocument(answer: TopResult): TopAlbumsDocument | TopArtistsDocument | TopTracksDocument {
  const { question, rows, sums, history } = answer;
  const rest = {
    summary: { total: sums.total, owned: sums.owned, plays: sums.plays, owned_plays: sums.ownedPlays },
    during: toJsonPeriod(question.filter.during ?? null),
    pagination: toJsonPagination(question.paging, sums.total),
  };
  if (question.subject === "artists") {
    const data = rows.map((row) => ({
      rank: row.rank,
      artist_name: row.artist,
      play_count: row.plays,
      tracks: row.tracks ?? 0,
      last_played: toIsoOrNull(row.lastPlayedUts),
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
      last_played: toIsoOrNull(row.lastPlayedUts),
      ...toJsonOwnership(row),
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
    last_played: toIsoOrNull(row.lastPlayedUts),
    ...toJsonOwnership(row),
  }));
  return { data, ...rest };
}

function toJsonOwnership({ isOwned, records, isWanted }: TopRow) {
  return { owned: isOwned, ...toJsonCopies(records), wanted: isWanted };
}

/** Asks for albums, artists or tracks. Throws InvalidValueError for the spins of what has none. */
export const topQuery = createListQuery({
  noun: "line",
  subject: "albums",
  hasPeriod: true,
  needsCollection: false,
  // An artist has no title, and a track no tracks.
  refusedFilters: ["title", "albumKind", "tracks", "wanted"],
  parameters: {
    what: choice("what is listed", topSubjects, "albums"),
    sort: {
      ...choice("order of the rows; only albums can be sorted by spins", topSorts, "plays"),
      placeholder: "order",
    },
    owned: ownership,
  },
  schema: topSchema,
  ask(database, { what, owned, ...values }) {
    if (values.sort === "spins" && what !== "albums") {
      throw new InvalidValueError(
        "sort",
        `plays for ${what}, which have no spins`,
        "Leave sort out, or ask for albums.",
      );
    }
    return queryTop(database, { ...values, subject: what, isOwned: owned });
  },
  buildDocument: buildTopDocument,
});
