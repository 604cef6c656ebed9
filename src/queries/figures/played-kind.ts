// The kind of an album that only the listening history knows.
import { parseTitle } from "../../match/titles/title.ts";

export const playedKinds = ["album", "ep", "single"] as const;
export type PlayedKind = (typeof playedKinds)[number];

/** An album with fewer tracks than this counts as a single. */
export const fewestAlbumTracks = 4;

/**
 * `titles`: of all editions. A name such as "Confusion - Single" decides if every edition has one; otherwise the number
 * of different tracks does. `tracks` null: unknown.
 */
export function playedKind(titles: readonly string[], tracks: number | null): PlayedKind {
  const formats = new Set(titles.map((title) => parseTitle(title).format));
  const isNamed = [...formats].every((format) => format === "single" || format === "ep");
  if (isNamed) return formats.has("ep") ? "ep" : "single";
  return tracks !== null && tracks < fewestAlbumTracks ? "single" : "album";
}
