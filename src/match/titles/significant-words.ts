// The words that identify a title: not small words, words of recordings and collections, or the artist's name.
import type { NameMatcher } from "./name-matcher.ts";
import { splitTitle, type ParsedTitle } from "./title.ts";
import { isSmallWord, isOtherAlbumWord } from "../text/vocabulary.ts";

const [minOwn, minLength] = [2, 8];

/** Returns true if a title has enough words, besides the artist's own, that two artists would not share it by chance. */
export function isDistinctive(title: ParsedTitle, own?: NameMatcher): boolean {
  const words = getDistinctiveWords(title).filter((word) => own?.hasWord(word) !== true);
  return words.length >= minOwn && words.join("").length >= minLength;
}

/** Returns true if a title has a word of its own. "Live", "Greatest Hits" and "II" have none. */
export function hasSignificantWord(title: ParsedTitle, minOfWord = 4): boolean {
  return getDistinctiveWords(title).some((word) => word.length >= minOfWord);
}

function getDistinctiveWords({ stem }: ParsedTitle): string[] {
  return stem
    .split(" ")
    .filter((word) => !isSmallWord(word) && !isOtherAlbumWord(word) && !/^\d+$/.test(word));
}

/** Returns true if two titles with the same bag have their words in the same order. */
export function hasSameOrder(one: ParsedTitle, other: ParsedTitle): boolean {
  return getSignificantWords(one).join(" ") === getSignificantWords(other).join(" ");
}

function getSignificantWords(title: ParsedTitle): string[] {
  return splitTitle(title).filter((word) => !isSmallWord(word));
}

const [minWords, maxWords, minSigns] = [2, 30, 9];

/** A title's telling words in alphabetical order, without the artist's name; "" if too few are left. */
export function toWordsKey(title: ParsedTitle, own: NameMatcher): string {
  const words = splitTitle(title).filter((word) => !isSmallWord(word) && !own.hasWord(word));
  if (words.length < minWords || words.length > maxWords) return "";
  const bag = words.toSorted().join(" ");
  return bag.length < minSigns ? "" : bag;
}
