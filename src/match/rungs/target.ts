// A record's title as it is compared with the titles of albums, and pieces of it that are titles of their own.
import { alternativesOf, type Alternative } from "../titles/alternatives.ts";
import { OwnNames } from "../titles/own-names.ts";
import { spellingsOf, type Spelling } from "../titles/spellings.ts";
import { bagOf } from "../titles/telling-words.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import type { Entry } from "../library/entry.ts";
import type { Library } from "../library/library.ts";
import { creditsOf, type Credits } from "./credits.ts";
import { factsOf, type MatchedRelease, type ReleaseFacts } from "./matched-release.ts";

/** A record, prepared for comparing. */
export interface Target extends ReleaseFacts {
  readonly release: MatchedRelease;
  readonly credits: Credits;
  readonly own: OwnNames;
  readonly title: ParsedTitle;
  readonly selfTitled: boolean;
  readonly alternatives: readonly Alternative[];
  readonly bag: string;
  readonly spellings: readonly Spelling[];
}

export function targetOf(release: MatchedRelease, library: Library): Target {
  const credits = creditsOf(release, library);
  const { names, jointNames } = credits;
  const isOne = names.length === 1 && jointNames.length === 0;
  const own = isOne ? library.known(names[0] ?? "").own : new OwnNames(names, jointNames);
  return { release, credits, own, ...factsOf(release), ...titleParts(parseTitle(release.title), own) };
}

/** The same record under another title. */
export function underTitle(target: Target, title: string): Target {
  return { ...target, ...titleParts(parseTitle(title), target.own) };
}

/** A piece of a record's title that is a title of its own. What tails say of the record still holds. */
export function pieceOf(target: Target, piece: string): Target {
  return { ...target, ...titleParts(parseTitle(piece, target.title), target.own) };
}

function titleParts(title: ParsedTitle, own: OwnNames) {
  return {
    title,
    selfTitled: isSelfTitled(title, own),
    alternatives: alternativesOf(title, own, "record"),
    bag: bagOf(title, own),
    spellings: spellingsOf(title),
  };
}

/** Returns true if an album is a soundtrack and the record is not. A film of an album has the same songs. */
export function isAgainstGenres({ title, noSoundtrack }: Target, album: ParsedTitle): boolean {
  return noSoundtrack && album.soundtrack !== "" && title.soundtrack === "";
}

// Albums named after their artist.

/** "Name I", "Name 1", "Name Album". */
const firstAlbum = [" i", " 1", " album"];

/** "Name", "Name I", "Name Album", "Self-Titled": an album named after its artist. */
export function isSelfTitled(title: ParsedTitle, own: OwnNames): boolean {
  const { stem } = title;
  if (own.is(stem) || stem === "self titled" || stem === "s t" || stem === "selftitled") return true;
  // "The Name Album" is a title of its own.
  if (stem.startsWith("the ") && stem.endsWith(" album") && !own.beginWithArticle) return false;
  return firstAlbum.some((ending) => stem.endsWith(ending) && own.is(stem.slice(0, -ending.length)));
}

/** Returns true if brackets tell several self-titled albums apart; an edition of the plain name could be any of them. */
export function hasNamesakes(title: ParsedTitle, entries: readonly Entry[]): boolean {
  const keys = new Set<string>();
  for (const entry of entries) {
    if (entry.title.stem.startsWith(`${title.stem} `) && /[([]/.test(entry.title.stemText))
      keys.add(entry.title.key);
  }
  return keys.size > 1;
}
