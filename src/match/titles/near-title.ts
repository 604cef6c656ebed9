import { splitTitle, type ParsedTitle } from "./title.ts";
import { romanYear } from "./identity.ts";
import {
  collectionWords,
  continuationWords,
  identityWords,
  remakeWords,
  venueWords,
  removeSmallWords,
} from "../text/vocabulary.ts";

/**
 * Returns a function that finds titles near a given one, whose tracks are worth comparing: they share half of the words, or
 * one contains the other. Near titles are not necessarily the same album.
 */
export function createNearTitleFilter(one: ParsedTitle): (other: ParsedTitle) => boolean {
  const mine = [...new Set(removeSmallWords(splitTitle(one)))];
  return (other) => {
    if (one.key === other.key) return true;
    // Most titles of an artist have no word in common.
    if (!mine.some((word) => other.counted.includes(word))) return false;
    const [short, long] = one.counted.length <= other.counted.length ? [one, other] : [other, one];
    if (` ${long.counted} `.includes(` ${short.counted} `)) return true;
    const theirs = [...new Set(removeSmallWords(splitTitle(other)))];
    const sharedCount = mine.filter((word) => theirs.includes(word)).length;
    return sharedCount * 2 >= Math.max(mine.length, theirs.length);
  };
}

/** Returns true if near titles are two albums even if they share tracks, as live albums and collections do. */
export function isDifferentAlbum(one: ParsedTitle, other: ParsedTitle): boolean {
  if (isVetoed(one, other) || isTwoInOneWith(one, other) || isTwoInOneWith(other, one)) return true;
  return [one, other].flatMap(splitTitle).some((word) => collectionWords.has(word));
}

/** Returns true if a number, a year, a format, or a word for another recording sets one title apart from the other. */
export function isVetoed(one: ParsedTitle, other: ParsedTitle): boolean {
  if (one.numbers !== other.numbers || one.format !== other.format) return true;
  const [mine, theirs] = [splitTitle(one), splitTitle(other)];
  return hasDistinguishingWord(mine, theirs) || hasDistinguishingWord(theirs, mine);
}

const distinguishingWords = [identityWords, remakeWords, continuationWords, venueWords];

function hasDistinguishingWord(words: readonly string[], others: readonly string[]): boolean {
  const extra = words.filter((word) => !others.includes(word));
  return extra.some((word) => romanYear.test(word) || distinguishingWords.some((list) => list.has(word)));
}

const pieces = /(?:(?<!\s)\s+)?[/+]\s*|\s(?:and|with)\s/u;

/** Returns true if one title names two albums, and the other title is one of them: "A / B" and "A". */
function isTwoInOneWith(double: ParsedTitle, other: ParsedTitle): boolean {
  if (!/[/+&]/.test(double.stemText)) return false;
  return double.stemText
    .replaceAll("&", " and ")
    .split(pieces)
    .some(
      (piece, _, all) => all.length > 1 && piece.trim().toLowerCase() === other.stemText.trim().toLowerCase(),
    );
}
