import type { ArtistCredit } from "../model.ts";

/** A name without the number that tells namesakes apart in Discogs' database: "Ghost (32)" is Ghost. */
export function plainName(name: string): string {
  return name.replace(/\s*\(\d+\)$/, "") || name;
}

/** The credit of a release as one reads it: "Nick Cave & The Bad Seeds", "Prince, Sheila E.". */
export function creditLine(artists: readonly ArtistCredit[]): string {
  return artists
    .map((artist, index) => plainName(artist.name) + (index < artists.length - 1 ? joined(artist.join) : ""))
    .join("");
}

/** Discogs leaves a bare comma where the sleeve has nothing between two names. */
function joined(word: string): string {
  const trimmed = word.trim();
  return trimmed === "" || trimmed === "," ? ", " : ` ${trimmed} `;
}
