// Tracks by title and artist, as they are compared.
import type { ListedTrack } from "./model.ts";
import { stripArtistSuffix } from "./names.ts";

/** A track of a history, or of a record. */
export interface NamedTrack {
  readonly title: string;
  /** Empty if only the album's artist is named. */
  readonly artists: readonly string[];
}

/** A suite and its parts both count; parts without artists have those of the suite. */
export function toNamedTracks(tracks: readonly ListedTrack[]): NamedTrack[] {
  return tracks.flatMap((track) => {
    if (track.kind === "heading") return [];
    const artists = listArtistNames(track);
    const parts = track.parts.filter(({ kind }) => kind !== "heading");
    return [
      { title: track.title, artists },
      ...parts.map((part) => ({
        title: part.title,
        artists: part.artists.length > 0 ? listArtistNames(part) : artists,
      })),
    ].filter(({ title }) => title !== "");
  });
}

/** Discogs' names and those on the cover, alone and joined. */
function listArtistNames({ artists }: ListedTrack): string[] {
  const names = artists.flatMap(({ name, anv }) => [stripArtistSuffix(name), ...(anv === "" ? [] : [anv])]);
  const jointName = artists.map(({ name }) => stripArtistSuffix(name)).join(" & ");
  return artists.length > 1 ? [...names, jointName] : names;
}
