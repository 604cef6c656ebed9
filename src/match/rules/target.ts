// A record's title as it is compared with the titles of albums, and pieces of it that are titles of their own.
import { listAlternatives, type AlternativeTitle } from "../titles/alternatives.ts";
import { NameMatcher } from "../titles/name-matcher.ts";
import { listSpellings, type Spelling } from "../titles/spellings.ts";
import { toWordsKey } from "../titles/significant-words.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import type { AlbumEntry } from "../albums/album-block.ts";
import type { AlbumHistory } from "../albums/album-history.ts";
import { buildCredits, type Credits } from "./credits.ts";
import { getReleaseFacts, type MatchedRelease, type ReleaseFacts } from "./matched-release.ts";

/** A record, prepared for comparing. */
export interface Target extends ReleaseFacts {
  readonly release: MatchedRelease;
  readonly credits: Credits;
  readonly own: NameMatcher;
  readonly title: ParsedTitle;
  readonly selfTitled: boolean;
  readonly alternatives: readonly AlternativeTitle[];
  readonly bag: string;
  readonly spellings: readonly Spelling[];
}

export function buildTarget(release: MatchedRelease, library: AlbumHistory): Target {
  const credits = buildCredits(release, library);
  const { names, jointNames } = credits;
  const isOne = names.length === 1 && jointNames.length === 0;
  const own = isOne ? library.getArtistName(names[0] ?? "").own : new NameMatcher(names, jointNames);
  return {
    release,
    credits,
    own,
    ...getReleaseFacts(release),
    ...buildTitleParts(parseTitle(release.title), own),
  };
}

/** The same record under another title. */
export function replaceTitle(target: Target, title: string): Target {
  return { ...target, ...buildTitleParts(parseTitle(title), target.own) };
}

/** A piece of a record's title that is a title of its own. What tails say of the record still holds. */
export function buildPieceTarget(target: Target, piece: string): Target {
  return { ...target, ...buildTitleParts(parseTitle(piece, target.title), target.own) };
}

function buildTitleParts(title: ParsedTitle, own: NameMatcher) {
  return {
    title,
    selfTitled: isSelfTitled(title, own),
    alternatives: listAlternatives(title, own, "record"),
    bag: toWordsKey(title, own),
    spellings: listSpellings(title),
  };
}

/** Returns true if an album is a soundtrack and the record is not. A film of an album has the same songs. */
export function isAgainstGenres({ title, noSoundtrack }: Target, album: ParsedTitle): boolean {
  return noSoundtrack && album.soundtrack !== "" && title.soundtrack === "";
}

// Albums named after their artist.

/** "Name I", "Name 1", "Name Album". */
const selfTitledEndings = [" i", " 1", " album"];

/** "Name", "Name I", "Name Album", "Self-Titled": an album named after its artist. */
export function isSelfTitled(title: ParsedTitle, own: NameMatcher): boolean {
  const { stem } = title;
  if (own.matches(stem) || stem === "self titled" || stem === "s t" || stem === "selftitled") return true;
  // "The Name Album" is a title of its own.
  if (stem.startsWith("the ") && stem.endsWith(" album") && !own.hasArticle) return false;
  return selfTitledEndings.some(
    (ending) => stem.endsWith(ending) && own.matches(stem.slice(0, -ending.length)),
  );
}

/** Returns true if brackets tell several self-titled albums apart; an edition of the plain name could be any of them. */
export function hasNamesakes(title: ParsedTitle, entries: readonly AlbumEntry[]): boolean {
  const keys = new Set<string>();
  for (const entry of entries) {
    if (entry.title.stem.startsWith(`${title.stem} `) && /[([]/.test(entry.title.stemText))
      keys.add(entry.title.key);
  }
  return keys.size > 1;
}
