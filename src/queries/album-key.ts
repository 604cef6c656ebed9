import { isVariousArtists } from "../match/artist-name.ts";
import { editionKey } from "../match/edition-key.ts";

/** Equal for the editions and pressings of one album, however "Various" is spelled. */
export function albumKey(artist: string, title: string): string {
  return editionKey(isVariousArtists(artist) ? "Various" : artist, title);
}
