// Addresses of records on Discogs, and of albums on the listening service.
import { safe, type SafeText } from "../../../output/escape.ts";
import { pageAddress } from "../../../output/terminal-style.ts";
import type { ChartAlbum } from "../../../queries/find/find-albums.ts";
import { pagesOf } from "../../../queries/documents/hosted-lists.ts";
import type { Database } from "../../../store/file/database.ts";

export function recordPage(releaseId: number): SafeText {
  return safe`https://www.discogs.com/release/${releaseId}`;
}

/** The address that the service gave, or one made from the album's names. */
export function albumPage(database: Database, { url, artist, title }: ChartAlbum): SafeText | null {
  return pageAddress(url ?? "") ?? pageAddress(pagesOf(database)({ artist, album: title }));
}
