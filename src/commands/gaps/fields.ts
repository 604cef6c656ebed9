// Gaps for programs: the documented JSON, and the columns of the other forms.
import type { Field } from "../../output/listing.ts";
import { contractPagination, isoSeconds } from "../../queries/contract.ts";
import type { Paging } from "../../queries/cross-reference.ts";
import type { Gaps, ShelvedGap } from "../../queries/gaps.ts";

export function gapsJson(
  rows: readonly ShelvedGap[],
  { gaps }: Gaps,
  paging: Paging | null,
): Record<string, unknown> {
  return {
    data: rows.map((row) => ({
      album: {
        id: row.id,
        album_name: row.title,
        artist_name: row.artist,
        play_count: row.plays,
        last_played: row.lastPlayedUts === null ? null : isoSeconds(row.lastPlayedUts),
        url: row.url,
      },
      editions: row.editions.length,
      tracks: row.tracks,
      plays_last_12_months: row.recentPlays,
      wanted: row.isWanted,
      owned_by_artist: row.shelf.records,
      box_by_artist: row.shelf.boxId !== null,
    })),
    summary: {
      total: gaps.length,
      wanted: gaps.filter(({ isWanted }) => isWanted).length,
      plays: gaps.reduce((sum, { plays }) => sum + plays, 0),
    },
    pagination: contractPagination(paging, gaps.length),
  };
}

/** These names and their order are promised; more may follow them. */
export const gapFields: readonly Field<ShelvedGap>[] = [
  { name: "id", value: ({ id }) => id, numeric: true },
  { name: "artist", value: ({ artist }) => artist },
  { name: "title", value: ({ title }) => title },
  { name: "plays", value: ({ plays }) => plays, numeric: true },
  { name: "editions", value: ({ editions }) => editions.length, numeric: true },
  { name: "tracks", value: ({ tracks }) => tracks, numeric: true },
  { name: "plays_last_12_months", value: ({ recentPlays }) => recentPlays, numeric: true },
  {
    name: "last_played",
    value: ({ lastPlayedUts }) => (lastPlayedUts === null ? null : isoSeconds(lastPlayedUts)),
  },
  { name: "wanted", value: ({ isWanted }) => isWanted },
  { name: "owned_by_artist", value: ({ shelf }) => shelf.records, numeric: true },
  { name: "box_by_artist", value: ({ shelf }) => shelf.boxId !== null },
  { name: "url", value: ({ url }) => url },
];
