import type { ListedTrack } from "../../model/model.ts";
import { bareArtistName } from "../../model/bare-names.ts";
import type { NamedTrack } from "./heard.ts";

/**
 * The names under which what a release holds may have been heard: each track, a suite as well as its parts, which
 * are by whoever the suite is by. Headings are never played.
 */
export function namedTracks(tracks: readonly ListedTrack[]): NamedTrack[] {
  return tracks.flatMap((track) => {
    if (track.kind === "heading") return [];
    const artists = namesOf(track);
    const parts = track.parts.filter(({ kind }) => kind !== "heading");
    return [
      { title: track.title, artists },
      ...parts.map((part) => ({
        title: part.title,
        artists: part.artists.length > 0 ? namesOf(part) : artists,
      })),
    ].filter(({ title }) => title !== "");
  });
}

/** As they are called and as they are printed, each alone and all together. */
function namesOf({ artists }: ListedTrack): string[] {
  const names = artists.flatMap(({ name, anv }) => [bareArtistName(name), ...(anv === "" ? [] : [anv])]);
  const joined = artists.map(({ name }) => bareArtistName(name)).join(" & ");
  return artists.length > 1 ? [...names, joined] : names;
}
