import { foldArtist } from "./artist-name.ts";
import { parseTitle } from "./title.ts";

/** Equal for the editions of one album: its artist, and its title without what editions add. */
export function editionKey(artist: string, title: string): string {
  const parsed = parseTitle(title);
  return `${foldArtist(artist)}\u0000${parsed.key}`;
}
