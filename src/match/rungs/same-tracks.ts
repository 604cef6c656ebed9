// Rows of one artist that are the same album, since the same tracks were heard from them.
import { variousKey } from "../library/artist-names.ts";
import type { Library } from "../library/library.ts";
import type { AlbumRow } from "../library/entry.ts";
import { type MatchedRelease, isAgainstGenres, yearsOf } from "./matched-release.ts";
import { yearBeside } from "../titles/title-year.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import { hasNamesakes } from "./target.ts";
import type { TrackHistory } from "./track-history.ts";
import { isDoubtful, type TitleRule } from "./ladder.ts";
import { holdsBoth, toldApart } from "../titles/near-title.ts";
import { isOfAnotherYear, withoutYear } from "./years.ts";

export interface Credited {
  readonly album: AlbumRow;
  readonly rule: TitleRule;
}

/** Two rows are the same album if they share this many tracks, and most of the smaller row's tracks. */
export const leastShared = 3;

/** Rows of the same artists with near titles and the same tracks as a credited row. */
export function rowsOfSameTracks(
  credits: readonly Credited[],
  release: MatchedRelease,
  library: Library,
  history: TrackHistory,
): Credited[] {
  const years = yearsOf(release);
  const rows = new Map<number, Credited>();
  const creditedIds = new Set(credits.map(({ album }) => album.id));
  for (const { album, rule } of credits) {
    const key = library.keyOf(album.artist);
    const block = key === variousKey || isDoubtful(rule) ? undefined : library.block(key);
    if (!block) continue;
    const title = parseTitle(album.title);
    // Tracks are compared last, since most albums have no near rows.
    for (const { album: other, title: name } of block.nearTo(title)) {
      if (creditedIds.has(other.id) || rows.has(other.id) || areTwo(title, name)) continue;
      if (isAgainstGenres(release, name) || isOfAnotherYear(years, name)) continue;
      if (!shareTracks(history, [album, title], [other, name])) continue;
      // If several albums share a name, the plain row may hold tracks of any of them.
      if (hasNamesakes(title, block.entries) || hasNamesakes(name, block.entries)) continue;
      rows.set(other.id, { album: other, rule: "shared-tracks" });
    }
  }
  return [...rows.values()];
}

function areTwo(one: ParsedTitle, other: ParsedTitle): boolean {
  // A year on one side only may be the record's own.
  const undated = yearBeside(one) === null ? withoutYear(other) : other;
  return toldApart(one, undated) || holdsBoth(one, other) || holdsBoth(other, one);
}

function shareTracks(
  history: TrackHistory,
  [one, title]: readonly [AlbumRow, ParsedTitle],
  [other, name]: readonly [AlbumRow, ParsedTitle],
): boolean {
  // A title track is on every album named after it.
  const [mine, theirs] = [one, other].map(({ id }) =>
    [...history.tellingKeys(id)].filter((key) => key !== title.key && key !== name.key),
  ) as [string[], string[]];
  const sharedCount = mine.filter((track) => theirs.includes(track)).length;
  return sharedCount >= leastShared && sharedCount * 2 > Math.min(mine.length, theirs.length);
}
