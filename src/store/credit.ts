import type { ArtistCredit } from "../model.ts";
import { bareArtistName } from "../names.ts";

/** The credit of a release as one reads it: "Nick Cave & The Bad Seeds", "Prince, Sheila E.". */
export function creditLine(artists: readonly ArtistCredit[]): string {
  return artists
    .map(
      (artist, index) =>
        bareArtistName(artist.name) + (index < artists.length - 1 ? joined(artist.join) : ""),
    )
    .join("");
}

/** Discogs leaves a bare comma where the sleeve has nothing between two names. */
function joined(word: string): string {
  const trimmed = word.trim();
  return trimmed === "" || trimmed === "," ? ", " : ` ${trimmed} `;
}
