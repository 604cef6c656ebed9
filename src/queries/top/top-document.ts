// The JSON of `rewind top`.
import type {
  TopAlbumsDocument,
  TopArtistsDocument,
  TopTracksDocument,
} from "../documents/play-documents.ts";
import { contractSpan, isoSeconds } from "../records/contract.ts";
import { contractPagination } from "../documents/paging.ts";
import type { TopRow } from "./top-records.ts";
import type { TopAnswer } from "./top.ts";

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

export function document(answer: TopAnswer): TopAlbumsDocument | TopArtistsDocument | TopTracksDocument {
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

function topAlbum(row: TopRow, { history }: TopAnswer): TopAlbumsDocument["data"][number] {
  return {
    rank: row.rank,
    album_id: row.album?.id ?? null,
    artist_name: row.artist,
    album_name: row.title ?? "",
    play_count: row.plays,
    spins: row.spins,
    tracks: history === "complete" ? row.tracks : null,
    last_played: isoSeconds(row.lastPlayedUts),
    ...contractOwnership(row),
  };
}

function topArtist(row: TopRow): TopArtistsDocument["data"][number] {
  return {
    rank: row.rank,
    artist_name: row.artist,
    play_count: row.plays,
    tracks: row.tracks,
    last_played: isoSeconds(row.lastPlayedUts),
    owned_records: row.ownedRecords,
  };
}

function topTrack(row: TopRow): TopTracksDocument["data"][number] {
  return {
    rank: row.rank,
    artist_name: row.artist,
    track_name: row.title ?? "",
    album_id: row.album?.id ?? null,
    album_name: row.album?.title ?? null,
    play_count: row.plays,
    last_played: isoSeconds(row.lastPlayedUts),
    ...contractOwnership(row),
  };
}
