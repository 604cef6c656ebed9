// The kind of an album that is known from its plays alone: Discogs has not said what it is.
import { parseTitle } from "../../match/titles/title.ts";

export const playedKinds = ["album", "ep", "single"] as const;
export type PlayedKind = (typeof playedKinds)[number];

/** Fewer different tracks than this make a single. */
export const fewestAlbumTracks = 4;

/**
 * Titles are those of all editions. A name like "Confusion - Single" decides if every edition has one; otherwise the
 * number of different tracks that were heard does. null: that number is not known.
 */
export function playedKind(titles: readonly string[], tracks: number | null): PlayedKind {
  const formats = new Set(titles.map((title) => parseTitle(title).format));
  const isNamed = [...formats].every((format) => format === "single" || format === "ep");
  if (isNamed) return formats.has("ep") ? "ep" : "single";
  return tracks !== null && tracks < fewestAlbumTracks ? "single" : "album";
}
