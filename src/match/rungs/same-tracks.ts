// Rows of one artist that are one album by what was heard from them.
import { variousKey } from "../library/artist-names.ts";
import type { Library } from "../library/library.ts";
import type { AlbumRow } from "../library/entry.ts";
import { type MatchedRelease, isAgainstGenres } from "./matched-release.ts";
import { yearBeside } from "../titles/title-year.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import { hasNamesakes } from "./self-titled.ts";
import type { Heard } from "./heard.ts";
import { isDoubtful, type TitleRule } from "./ladder.ts";
import { holdsBoth, leadsUp, toldApart } from "../titles/near-title.ts";
import { mayBeOfAnotherYear, withoutYear, yearsOf } from "./years.ts";

export interface Credited {
  readonly album: AlbumRow;
  readonly rule: TitleRule;
}

/** Two rows of one artist must share so many tracks, and most of the smaller one's, to be one album by them. */
export const leastShared = 3;

/** Other rows of the same artists that are one album with a credited one: near in name, and the same was heard. */
export function rowsOfSameTracks(
  credited: readonly Credited[],
  release: MatchedRelease,
  library: Library,
  heard: Heard,
): Credited[] {
  const years = yearsOf(release);
  const found = new Map<number, Credited>();
  const known = new Set(credited.map(({ album }) => album.id));
  for (const { album, rule } of credited) {
    const key = library.keyOf(album.artist);
    const block = key === variousKey || isDoubtful(rule) ? undefined : library.block(key);
    if (!block || block.albums.every((other) => known.has(other.id))) continue;
    const title = parseTitle(album.title);
    // What was heard is looked up last: most albums have no other that is near.
    for (const { album: other, title: name } of block.nearTo(title)) {
      if (known.has(other.id) || found.has(other.id) || areTwo(title, name)) continue;
      if (isAgainstGenres(release, name) || mayBeOfAnotherYear(years, name)) continue;
      const [seed, rival] = [
        { title, tracks: heard.tellingKeys(album.id) },
        { title: name, tracks: heard.tellingKeys(other.id) },
      ];
      if (!shareTracks(seed, rival)) continue;
      // Several albums of one name: what was heard from the bare one may be from any of them.
      if (hasNamesakes(title, block.entries) || hasNamesakes(name, block.entries)) continue;
      found.set(other.id, { album: other, rule: "shared-tracks" });
    }
  }
  return [...found.values()];
}

/** The other rows of a title that the tracks have shown to be the record's. */
export function editionsOf(
  credited: readonly Credited[],
  release: MatchedRelease,
  library: Library,
): Credited[] {
  const found = new Map<number, Credited>();
  const known = new Set(credited.map(({ album }) => album.id));
  for (const { album, rule } of credited) {
    const key = library.keyOf(album.artist);
    const block = key === variousKey || !trackRules.has(rule) ? undefined : library.block(key);
    if (!block) continue;
    const title = parseTitle(album.title);
    for (const entry of block.nearTo(title)) {
      if (known.has(entry.album.id) || entry.title.key !== title.key) continue;
      if (!toldApart(title, entry.title) && !isAgainstGenres(release, entry.title))
        found.set(entry.album.id, { album: entry.album, rule });
    }
  }
  return [...found.values()];
}

const trackRules: ReadonlySet<TitleRule> = new Set(["tracklist", "shared-tracks"]);

function areTwo(one: ParsedTitle, other: ParsedTitle): boolean {
  // A year beside the other title alone may be the record's own.
  const undated = yearBeside(one) === null ? withoutYear(other) : other;
  return toldApart(one, undated) || holdsBoth(one, other) || holdsBoth(other, one);
}

interface HeardAlbum {
  readonly title: ParsedTitle;
  readonly tracks: ReadonlySet<string>;
}

function shareTracks(one: HeardAlbum, other: HeardAlbum): boolean {
  // A title track is on whatever is called after it.
  const isDistinctive = (key: string): boolean => key !== one.title.key && key !== other.title.key;
  const [mine, theirs] = [one, other].map(({ tracks }) => [...tracks].filter(isDistinctive)) as [
    string[],
    string[],
  ];
  const [few, many] = [mine.length, theirs.length].toSorted((a, b) => a - b) as [number, number];
  const shared = mine.filter((track) => other.tracks.has(track)).length;
  return shared >= leastShared && shared * 2 > (leadsUp(one.title, other.title) ? many : few);
}
