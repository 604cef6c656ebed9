// Rows of one artist that are the same album, since the same tracks were heard from them.
import { variousKey } from "../albums/artist-names.ts";
import type { AlbumHistory } from "../albums/album-history.ts";
import type { AlbumEntry } from "../albums/album-block.ts";
import { findYear } from "../titles/title-year.ts";
import type { Candidate } from "./candidates.ts";
import { hasNamesakes, isAgainstGenres, type Target } from "./target.ts";
import { isSignificantTrack, type TrackHistory } from "./track-history.ts";
import { isUnreliable } from "./rule-order.ts";
import { isDifferentAlbum } from "../titles/near-title.ts";
import { hasOtherYear, stripYear } from "./years.ts";

/** Two rows are the same album if they share this many tracks, and most of the smaller row's tracks. */
export const minSharedTracks = 3;

/** Rows of the same artists with near titles and the same tracks as a credited row. */
export function matchSameTracks(
  credits: readonly Candidate[],
  target: Target,
  library: AlbumHistory,
  history: TrackHistory,
): Candidate[] {
  const rows: Candidate[] = [];
  const seenIds = new Set(credits.map(({ entry }) => entry.album.id));
  for (const { entry, rule } of credits) {
    const key = library.toArtistKey(entry.album.artist);
    const block = key === variousKey || isUnreliable(rule) ? undefined : library.findBlock(key);
    if (!block) continue;
    const { title } = entry;
    // Tracks are compared last, since most albums have no near rows.
    for (const other of block.selectNearEntries(title)) {
      // A year on one side only may be the record's own.
      const undated = findYear(title) === null ? stripYear(other.title) : other.title;
      if (seenIds.has(other.album.id) || isDifferentAlbum(title, undated)) continue;
      if (isAgainstGenres(target, other.title) || hasOtherYear(target.years, other.title)) continue;
      if (!hasSharedTracks(history, entry, other)) continue;
      // If several albums share a name, the plain row may hold tracks of any of them.
      if ([title, other.title].some((name) => hasNamesakes(name, block.entries))) continue;
      seenIds.add(other.album.id);
      rows.push({ entry: other, rule: "shared-tracks" });
    }
  }
  return rows;
}

function hasSharedTracks(history: TrackHistory, one: AlbumEntry, other: AlbumEntry): boolean {
  // A title track is on every album named after it.
  const [mine, theirs] = [one, other].map(({ album }) =>
    history(album.id)
      .filter(isSignificantTrack)
      .flatMap(({ key }) => (key === one.title.key || key === other.title.key ? [] : [key])),
  ) as [string[], string[]];
  const sharedCount = mine.filter((track) => theirs.includes(track)).length;
  return sharedCount >= minSharedTracks && sharedCount * 2 > Math.min(mine.length, theirs.length);
}
