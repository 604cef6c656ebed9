import { artistWords, bareArtistName, isPlaceholderArtist, isVariousArtists } from "./artist-name.ts";
import { partsOfCredit, runsOfWords } from "./credit-parts.ts";
import { variousKey } from "./library.ts";
import type { Library } from "./library.ts";
import type { MatchedRelease } from "./matched-release.ts";

/** The names under which a release's artists may stand on the other side. */
export interface Credits {
  readonly various: boolean;
  /** Keys of the whole credit, in all its spellings. */
  readonly whole: readonly string[];
  /** Keys of one artist among several, or of a name within the name. */
  readonly partial: readonly string[];
  /** Names as they are spelled, for titles that hold them. */
  readonly names: readonly string[];
}

export function creditsOf(release: MatchedRelease, library: Library): Credits {
  const artists = release.artists;
  const whole = new Set<string>();
  const partial = new Set<string>();
  const names = new Set<string>();
  let various = false;
  const add = (keys: Set<string>, name: string): void => {
    const key = library.keyOf(name);
    if (key !== "" && key !== variousKey) keys.add(key);
  };
  const seen = new Set<string>();
  const distinct = artists.filter((artist) => {
    const key = artist.id === null ? artist.name : String(artist.id);
    return seen.has(key) ? false : seen.add(key);
  });
  for (const artist of distinct) {
    for (const name of artist.anv === "" ? [artist.name] : [artist.name, artist.anv]) {
      if (isVariousArtists(name)) various = true;
      if (isPlaceholderArtist(name)) continue;
      names.add(bareArtistName(name));
      add(distinct.length === 1 ? whole : partial, name);
      for (const part of partsOfCredit(bareArtistName(name))) add(partial, part);
      for (const key of runsOfWords(artistWords(name))) partial.add(key);
    }
  }
  if (distinct.length > 1) {
    for (const spelled of [
      (artist: (typeof artists)[number]) => artist.name,
      (artist: (typeof artists)[number]) => artist.anv || artist.name,
    ]) {
      const joined = distinct.map((artist) => bareArtistName(spelled(artist))).join(" & ");
      if (!distinct.some((artist) => isPlaceholderArtist(artist.name))) add(whole, joined);
    }
  }
  for (const key of whole) partial.delete(key);
  return { various, whole: [...whole], partial: [...partial], names: [...names] };
}

/** The artists of a release that are known by themselves, best first. */
export function ownKeys(release: MatchedRelease, library: Library): string[] {
  const keys = new Set<string>();
  for (const artist of release.artists) {
    for (const name of artist.anv === "" ? [artist.name] : [artist.name, artist.anv]) {
      const key = library.keyOf(name);
      if (key !== "" && key !== variousKey) keys.add(key);
      const leader = leaderOf(bareArtistName(name));
      if (leader !== null) keys.add(library.keyOf(leader));
    }
  }
  return [...keys];
}

/** "Prince And The Revolution", "Duke Ellington And His Orchestra": who leads the band is known by himself. */
function leaderOf(name: string): string | null {
  const found = /^(.{3,60}?) (?:&|and|\+) (?:the|his|her|their) /i.exec(name);
  return found?.[1] ?? null;
}
