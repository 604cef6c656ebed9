// The words that identify a title: not small words, words of recordings and collections, or the artist's name.
import type { OwnNames } from "./own-names.ts";
import { articles, type ParsedTitle } from "./title.ts";
import { isSmall, marksAnother } from "../text/vocabulary.ts";

const [fewestOwn, fewestLetters] = [2, 8];

/** Returns true if a title has enough words of its own that two artists would not share it by chance. */
export function isDistinctive(title: ParsedTitle): boolean {
  const words = ownWords(title);
  return words.length >= fewestOwn && words.join("").length >= fewestLetters;
}

/** Returns true if a title has a word of its own. "Live", "Greatest Hits" and "II" have none. */
export function hasTellingWord(title: ParsedTitle, fewestOfWord = 4): boolean {
  return ownWords(title).some((word) => word.length >= fewestOfWord);
}

function ownWords({ stem }: ParsedTitle): string[] {
  return stem.split(" ").filter((word) => !isSmall(word) && !marksAnother(word) && !/^\d+$/.test(word));
}

/** Returns true if two titles with the same bag have their words in the same order. */
export function sameOrder(one: ParsedTitle, other: ParsedTitle): boolean {
  return telling(one).join(" ") === telling(other).join(" ");
}

/** Returns true if each title has a small word that the other lacks: "In The Past" is not "With The Past". */
export function differInSmallWords(one: ParsedTitle, other: ParsedTitle): boolean {
  const [mine, theirs] = [smallWordsOf(one), smallWordsOf(other)];
  return mine.some((word) => !theirs.includes(word)) && theirs.some((word) => !mine.includes(word));
}

function smallWordsOf(title: ParsedTitle): string[] {
  return title.words.filter((word) => isSmall(word) && !articles.has(word));
}

function telling(title: ParsedTitle): string[] {
  return title.words.filter((word) => !isSmall(word));
}

const [fewestWords, mostWords, fewestSigns] = [2, 30, 9];

/** A title's telling words in alphabetical order, without the artist's name; "" if too few are left. */
export function bagOf(title: ParsedTitle, own: OwnNames): string {
  const words = title.words.filter((word) => !isSmall(word) && !own.hasWord(word));
  if (words.length < fewestWords || words.length > mostWords) return "";
  const bag = words.toSorted().join(" ");
  return bag.length < fewestSigns ? "" : bag;
}
