import { foldArtist, isVariousArtists } from "./artist-name.ts";
import { parseTitle } from "./title.ts";

/** Equal for the editions and pressings of one album: its artist, however "Various" is spelled, and its title without
 *  what editions add. */
export function editionKey(artist: string, title: string): string {
  const parsed = parseTitle(title);
  return `${foldArtist(isVariousArtists(artist) ? "Various" : artist)}\u0000${parsed.key}`;
}
