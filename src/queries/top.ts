// What do I play most, and do I own it?
import type { Database } from "../store/database.ts";
import { readPublications } from "../store/listings.ts";
import { editionKeyExpressions } from "./album-key.ts";
import {
  contractPagination,
  paginationKeys,
  type ContractPagination,
  pageOf,
  type Paging,
} from "./paging.ts";
import { contractSpan, isoSeconds, spanKeys, type ContractSpan } from "./contract.ts";
import type { Keys } from "./document.ts";
import { albumTest, type AlbumFilter } from "./filters/album-filter.ts";
import { emptiedBy, type Emptied } from "./filters/emptied-by.ts";
import { needsOf } from "./filters/record-filter.ts";
import { historyState, playsFrom, requireHistory, type HistoryState } from "./readiness.ts";
import { playedAlbums, playedArtists, playedTracks, type PlayedMost } from "./top-rows.ts";

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

export interface TopRow extends PlayedMost {
  /** From 1, over all pages. */
  readonly rank: number;
  /** Copies on the shelf; none where it is an artist. */
  readonly records: readonly { readonly id: number; readonly form: string }[];
  /** The most played edition, or what a track was mostly played from. */
  readonly album: { readonly id: number; readonly title: string; readonly url: string | null } | null;
}

interface TopSums {
  readonly total: number;
  readonly owned: number;
  readonly plays: number;
  readonly ownedPlays: number;
}

export interface TopAnswer {
  readonly question: TopQuestion;
  readonly history: HistoryState;
  readonly playsFrom: string;
  readonly rows: readonly TopRow[];
  /** Of all pages. */
  readonly sums: TopSums;
  /** Which filters leave nothing, where nothing is left. */
  readonly emptied: () => Emptied;
}

const makers = { albums: playedAlbums, artists: playedArtists, tracks: playedTracks };
const needs = {
  albums: undefined,
  artists: "Plays of each artist",
  tracks: "Plays of each track",
} as const;

/** Throws NotReadyError for what only a complete listening history can answer. */
export function ask(database: Database, question: TopQuestion): TopAnswer {
  const { subject, filter, sort, paging } = question;
  const published = readPublications(database);
  requireHistory(
    database,
    published,
    ...needsOf(filter),
    needs[subject],
    sort === "spins" ? "Spins" : undefined,
  );
  const history = historyState(published);
  const ranked = rankedRows(database, question);
  const owned = ranked.filter(({ isOwned }) => isOwned);
  return {
    question,
    history,
    playsFrom: playsFrom(database),
    rows: withRecords(database, pageOf(ranked, paging), history),
    sums: {
      total: ranked.length,
      owned: owned.length,
      plays: sumOf(ranked),
      ownedPlays: sumOf(owned),
    },
    emptied: () => emptiedBy(filter, (each) => rankedRows(database, { ...question, filter: each }).length),
  };
}

type Ranked = PlayedMost & { readonly rank: number };

function rankedRows(database: Database, { subject, filter, isOwned, sort }: TopQuestion): Ranked[] {
  const { during = null, ...others } = filter;
  const tests = (["name", "chart", "history"] as const).map((stage) => albumTest(others, stage));
  const spinsFirst = (row: PlayedMost): number => (sort === "spins" ? (row.spins ?? -1) : 0);
  return makers[subject](database, during)
    .filter((row) => isOwned === null || row.isOwned === isOwned)
    .filter((row) => tests.every((isLetIn) => isLetIn({ ...row, title: row.title ?? "" })))
    .toSorted(
      (a, b) =>
        spinsFirst(b) - spinsFirst(a) ||
        b.plays - a.plays ||
        (b.lastPlayedUts ?? 0) - (a.lastPlayedUts ?? 0) ||
        compareTexts(a.artist, b.artist) ||
        compareTexts(a.title ?? "", b.title ?? ""),
    )
    .map((row, at) => ({ ...row, rank: at + 1 }));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sumOf(rows: readonly PlayedMost[]): number {
  return rows.reduce((sum, { plays }) => sum + plays, 0);
}

/** For the rows of a page: records that are credited with them, or are pressings of them. */
function withRecords(database: Database, rows: readonly Ranked[], history: HistoryState): TopRow[] {
  const keys = editionKeyExpressions(database);
  const albums = database.prepare<[number], { id: number; title: string; url: string | null }>(
    "SELECT id, title, url FROM album WHERE id = ?",
  );
  const shelved = new Map<number, { id: number; form: string }[]>();
  const copies = database
    .prepare<[string], { albumId: number; id: number; form: string }>(
      // Kept once, the keys of the shelf get an index: a whole list asks for many.
      `WITH wanted (album_id, key) AS MATERIALIZED (
         SELECT album.id, ${keys.ofAlbum} FROM json_each(?) AS each JOIN album ON album.id = each.value),
       shelf (record_id, form, key) AS MATERIALIZED (
         SELECT record.id, release.form, ${keys.ofRelease} FROM record JOIN release ON release.id = record.release_id)
       SELECT wanted.album_id AS albumId, shelf.record_id AS id, shelf.form AS form
       FROM wanted JOIN shelf ON shelf.key = wanted.key
       UNION SELECT wanted.album_id, record.id, release.form
       FROM wanted JOIN credit USING (album_id) JOIN record ON record.id = credit.record_id
         JOIN release ON release.id = record.release_id
       ORDER BY 2`,
    )
    .iterate(JSON.stringify([...new Set(rows.flatMap(({ albumIds }) => albumIds))]));
  for (const { albumId, ...copy } of copies) {
    const known = shelved.get(albumId);
    if (known === undefined) shelved.set(albumId, [copy]);
    else known.push(copy);
  }
  return rows.map((row) => {
    const own = new Map(
      row.albumIds.flatMap((albumId) => (shelved.get(albumId) ?? []).map((copy) => [copy.id, copy] as const)),
    );
    const [first] = row.albumIds;
    return {
      ...row,
      spins: history === "complete" ? row.spins : null,
      records: [...own.values()].toSorted((one, other) => one.id - other.id),
      album: first === undefined ? null : (albums.get(first) ?? null),
    };
  });
}

interface ContractTop<Row> {
  readonly data: readonly Row[];
  readonly summary: {
    readonly total: number;
    readonly owned: number;
    readonly plays: number;
    readonly owned_plays: number;
  };
  readonly during: ContractSpan | null;
  readonly pagination: ContractPagination;
}

interface ContractTopAlbum {
  readonly rank: number;
  readonly album_id: number | null;
  readonly artist_name: string;
  readonly album_name: string;
  readonly play_count: number;
  readonly spins: number | null;
  readonly tracks: number | null;
  readonly last_played: string | null;
  readonly owned: boolean;
  readonly record_ids: readonly number[];
  readonly forms: readonly string[];
  readonly wanted: boolean;
}

interface ContractTopArtist {
  readonly rank: number;
  readonly artist_name: string;
  readonly play_count: number;
  readonly tracks: number;
  readonly last_played: string | null;
  readonly owned_records: number;
}

interface ContractTopTrack {
  readonly rank: number;
  readonly artist_name: string;
  readonly track_name: string;
  readonly album_id: number | null;
  readonly album_name: string | null;
  readonly play_count: number;
  readonly last_played: string | null;
  readonly owned: boolean;
  readonly record_ids: readonly number[];
  readonly forms: readonly string[];
  readonly wanted: boolean;
}

const commonKeys = {
  summary: {
    meaning: "of all pages",
    keys: {
      total: "rows",
      owned: "those that you own",
      plays: "scrobbles of all of them",
      owned_plays: "scrobbles of those that you own",
    },
  },
  during: { ...spanKeys, isBrief: true },
  pagination: paginationKeys,
} as const;

const rank = "its place, from 1";
const play_count = "scrobbles, within the span if one was given";
const last_played = "the last play, in UTC; null when it is not known";
const ownership = {
  owned: "whether it is on the shelf, in any pressing",
  record_ids: "the copies",
  forms: "of the copies: LP, CD and the like",
  wanted: "whether it is on your wantlist",
} as const;

export const albumKeys: Keys<ContractTop<ContractTopAlbum>> = {
  data: {
    meaning: "an album each, its editions added up",
    each: {
      rank,
      album_id: "of the most played edition, as in a219",
      artist_name: "as Last.fm spells it",
      album_name: "as Last.fm spells it",
      play_count,
      spins: "sittings with half of it heard; null where that is not known",
      tracks: "different ones heard; null without the listening history",
      last_played,
      ...ownership,
    },
  },
  ...commonKeys,
};

export const artistKeys: Keys<ContractTop<ContractTopArtist>> = {
  data: {
    meaning: "an artist each",
    each: {
      rank,
      artist_name: "as most of the scrobbles spell it",
      play_count,
      tracks: "different ones heard",
      last_played,
      owned_records: "your records by the artist",
    },
  },
  ...commonKeys,
};

export const trackKeys: Keys<ContractTop<ContractTopTrack>> = {
  data: {
    meaning: "a track each, whatever album it was played from",
    each: {
      rank,
      artist_name: "as most of the scrobbles spell it",
      track_name: "as most of the scrobbles spell it",
      album_id: "of the album that it was played from: one that you own, else the most played",
      album_name: "of that album; null without an album tag",
      play_count,
      last_played,
      ...ownership,
    },
  },
  ...commonKeys,
};

const iso = (uts: number | null): string | null => (uts === null ? null : isoSeconds(uts));

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

export function document(
  answer: TopAnswer,
): ContractTop<ContractTopAlbum> | ContractTop<ContractTopArtist> | ContractTop<ContractTopTrack> {
  const { question, rows, sums } = answer;
  const rest = {
    summary: {
      total: sums.total,
      owned: sums.owned,
      plays: sums.plays,
      owned_plays: sums.ownedPlays,
    },
    during: contractSpan(question.filter.during ?? null),
    pagination: contractPagination(question.paging, sums.total),
  };
  if (question.subject === "albums") return { data: rows.map((row) => topAlbum(row, answer)), ...rest };
  if (question.subject === "artists") return { data: rows.map(topArtist), ...rest };
  return { data: rows.map(topTrack), ...rest };
}

function topAlbum(row: TopRow, { history }: TopAnswer): ContractTopAlbum {
  return {
    rank: row.rank,
    album_id: row.album?.id ?? null,
    artist_name: row.artist,
    album_name: row.title ?? "",
    play_count: row.plays,
    spins: row.spins,
    tracks: history === "complete" ? row.tracks : null,
    last_played: iso(row.lastPlayedUts),
    ...contractOwnership(row),
  };
}

function topArtist(row: TopRow): ContractTopArtist {
  return {
    rank: row.rank,
    artist_name: row.artist,
    play_count: row.plays,
    tracks: row.tracks,
    last_played: iso(row.lastPlayedUts),
    owned_records: row.ownedRecords,
  };
}

function topTrack(row: TopRow): ContractTopTrack {
  return {
    rank: row.rank,
    artist_name: row.artist,
    track_name: row.title ?? "",
    album_id: row.album?.id ?? null,
    album_name: row.album?.title ?? null,
    play_count: row.plays,
    last_played: iso(row.lastPlayedUts),
    ...contractOwnership(row),
  };
}
