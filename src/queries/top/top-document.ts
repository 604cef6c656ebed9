// What is played most, as programs are told of it.
import { contractSpan, isoSeconds, spanKeys, type ContractSpan } from "../records/contract.ts";
import type { Keys } from "../documents/document.ts";
import { contractPagination, paginationKeys, type ContractPagination } from "../documents/paging.ts";
import type { TopRow } from "./top-records.ts";
import type { TopAnswer } from "./top.ts";

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
