// Rows of one artist that are one album by what was heard from them.
import { variousKey } from "../library/artist-names.ts";
import type { Library } from "../library/library.ts";
import type { AlbumRow } from "../library/album-row.ts";
import type { MatchedRelease } from "./matched-release.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import { hasNamesakes } from "./self-titled.ts";
import type { Heard } from "./heard.ts";
import { isDoubtful, type TitleRule } from "./ladder.ts";
import { holdsBoth, leadsUp, toldApart } from "../titles/near-title.ts";
import { isAgainstGenres } from "./release-format.ts";
import { isOfAnotherYear, yearsOf } from "./years.ts";

export interface Credited {
  readonly album: AlbumRow;
  readonly rule: TitleRule;
}

/** Two rows of one artist must share so many tracks, and half of the smaller one's, to be one album by them. */
export const leastShared = 3;
/** Where a number stands on one side only. */
const leastSharedDespiteNumber = 4;

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
      if (isAgainstGenres(release, name) || isOfAnotherYear(years, name)) continue;
      const [seed, rival] = [
        { title, tracks: heard.keys(album.id) },
        { title: name, tracks: heard.keys(other.id) },
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
      if (toldApart(title, entry.title) === "no" && !isAgainstGenres(release, entry.title))
        found.set(entry.album.id, { album: entry.album, rule });
    }
  }
  return [...found.values()];
}

const trackRules: ReadonlySet<TitleRule> = new Set(["tracklist", "shared-tracks"]);

function areTwo(one: ParsedTitle, other: ParsedTitle): boolean {
  return toldApart(one, other) === "surely" || holdsBoth(one, other) || holdsBoth(other, one);
}

interface HeardAlbum {
  readonly title: ParsedTitle;
  readonly tracks: ReadonlySet<string>;
}

function shareTracks(one: HeardAlbum, other: HeardAlbum): boolean {
  const [few, many] = [one.tracks.size, other.tracks.size].toSorted((a, b) => a - b) as [number, number];
  if (few < leastShared) return false;
  let shared = 0;
  for (const track of one.tracks) if (other.tracks.has(track)) shared++;
  const isUnlikely = toldApart(one.title, other.title) === "unlikely";
  const due = leadsUp(one.title, other.title) ? many : few;
  return shared >= (isUnlikely ? leastSharedDespiteNumber : leastShared) && shared * 2 >= due;
}
