// The pages of records at Discogs, and of albums where they are played.
import { safe, type SafeText } from "../../../output/escape.ts";
import { pageAddress } from "../../../output/look.ts";
import type { ChartAlbum } from "../../../queries/find/find-albums.ts";
import { pagesOf } from "../../../queries/documents/listed-things.ts";
import type { Database } from "../../../store/file/database.ts";

export function recordPage(releaseId: number): SafeText {
  return safe`https://www.discogs.com/release/${releaseId}`;
}

/** As the service gave it; where that is no page of its own, by the album's names. */
export function albumPage(database: Database, { url, artist, title }: ChartAlbum): SafeText | null {
  return pageAddress(url ?? "") ?? pageAddress(pagesOf(database)({ artist, album: title }));
}
