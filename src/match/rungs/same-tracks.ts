// Rows of one artist that are the same album, since the same tracks were heard from them.
import { variousKey } from "../library/artist-names.ts";
import type { Library } from "../library/library.ts";
import type { Entry } from "../library/entry.ts";
import { yearBeside } from "../titles/title-year.ts";
import type { ParsedTitle } from "../titles/title.ts";
import type { Candidate } from "./candidates.ts";
import { hasNamesakes, isAgainstGenres, type Target } from "./target.ts";
import { isTelling, type TrackHistory } from "./track-history.ts";
import { isDoubtful } from "./ladder.ts";
import { holdsBoth, toldApart } from "../titles/near-title.ts";
import { isOfAnotherYear, withoutYear } from "./years.ts";

/** Two rows are the same album if they share this many tracks, and most of the smaller row's tracks. */
export const leastShared = 3;

/** Rows of the same artists with near titles and the same tracks as a credited row. */
export function rowsOfSameTracks(
  credits: readonly Candidate[],
  target: Target,
  library: Library,
  history: TrackHistory,
): Candidate[] {
  const rows: Candidate[] = [];
  const seenIds = new Set(credits.map(({ entry }) => entry.album.id));
  for (const { entry, rule } of credits) {
    const key = library.keyOf(entry.album.artist);
    const block = key === variousKey || isDoubtful(rule) ? undefined : library.block(key);
    if (!block) continue;
    const { title } = entry;
    // Tracks are compared last, since most albums have no near rows.
    for (const other of block.nearTo(title)) {
      if (seenIds.has(other.album.id) || areTwo(title, other.title)) continue;
      if (isAgainstGenres(target, other.title) || isOfAnotherYear(target.years, other.title)) continue;
      if (!shareTracks(history, entry, other)) continue;
      // If several albums share a name, the plain row may hold tracks of any of them.
      if ([title, other.title].some((name) => hasNamesakes(name, block.entries))) continue;
      seenIds.add(other.album.id);
      rows.push({ entry: other, rule: "shared-tracks" });
    }
  }
  return rows;
}

function areTwo(one: ParsedTitle, other: ParsedTitle): boolean {
  // A year on one side only may be the record's own.
  const undated = yearBeside(one) === null ? withoutYear(other) : other;
  return toldApart(one, undated) || holdsBoth(one, other) || holdsBoth(other, one);
}

function shareTracks(history: TrackHistory, one: Entry, other: Entry): boolean {
  // A title track is on every album named after it.
  const [mine, theirs] = [one, other].map(({ album }) =>
    history(album.id)
      .filter(isTelling)
      .flatMap(({ key }) => (key === one.title.key || key === other.title.key ? [] : [key])),
  ) as [string[], string[]];
  const sharedCount = mine.filter((track) => theirs.includes(track)).length;
  return sharedCount >= leastShared && sharedCount * 2 > Math.min(mine.length, theirs.length);
}
