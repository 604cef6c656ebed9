// The pages of records at Discogs, and of albums at Last.fm.
import { safe, type SafeText } from "../../output/escape.ts";
import { pageAddress } from "../../output/page-address.ts";
import type { ChartAlbum } from "../../queries/find-albums.ts";

export function recordPage(releaseId: number): SafeText {
  return safe`https://www.discogs.com/release/${releaseId}`;
}

/** As Last.fm gave it; where that is no page of its own, by the album's names. */
export function albumPage({ url, artist, title }: ChartAlbum): SafeText | null {
  const parts = [artist, title].map((part) =>
    encodeURIComponent(part.replace(/[\ud800-\udfff]/gu, "\ufffd")).replaceAll("%20", "+"),
  );
  return pageAddress(url ?? "") ?? pageAddress(`https://www.last.fm/music/${parts.join("/")}`);
}
