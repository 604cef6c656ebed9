// Addresses for artists, albums and tracks that no listening service has a page of.
import type { PageNames } from "./services/remote-service.ts";
import { encodeUrlPart } from "./services/service-facts.ts";

/** A search for albums and artists on Discogs, whose pages have numbers, and for tracks at MusicBrainz. */
export function buildSearchUrl({ artist, album, track }: PageNames): string {
  const words = encodeUrlPart(`${artist} ${track ?? album ?? ""}`.trim());
  if (track !== undefined) return `https://musicbrainz.org/search?type=recording&query=${words}`;
  return `https://www.discogs.com/search/?type=${album === undefined ? "artist" : "master"}&q=${words}`;
}
