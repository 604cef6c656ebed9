import { editsWithin } from "../text/edit-distance.ts";
import type { ParsedTitle } from "./title.ts";
import {
  collectionWords,
  goingOn,
  identityWords,
  isSmall,
  playedAgain,
  venueWords,
} from "../text/vocabulary.ts";

/** Shorter titles are too close to others; longer ones are compared by words. */
const [shortestMisspelled, longestMisspelled] = [6, 80];

/**
 * Finds titles near a given one, whose tracks are worth comparing: they share half of the words, one contains the other, or
 * they differ in at most two letters. Near titles are not necessarily the same album.
 */
export class NearTitles {
  readonly #title: ParsedTitle;
  readonly #words: readonly string[];

  constructor(title: ParsedTitle) {
    this.#title = title;
    this.#words = tellingWords(title.words);
  }

  holds(other: ParsedTitle): boolean {
    const one = this.#title;
    if (one.key === other.key) return true;
    // Most titles of an artist have no word in common.
    if (!this.#words.some((word) => other.counted.includes(word))) return areMisspelled(one.key, other.key);
    const [short, long] = one.counted.length <= other.counted.length ? [one, other] : [other, one];
    if (` ${long.counted} `.includes(` ${short.counted} `)) return true;
    return this.#sharesHalf(other.words) || areMisspelled(one.key, other.key);
  }

  #sharesHalf(others: readonly string[]): boolean {
    const theirs = tellingWords(others);
    const sharedCount = this.#words.filter((word) => theirs.includes(word)).length;
    return sharedCount * 2 >= Math.max(this.#words.length, theirs.length);
  }
}

/** A title's distinct words that are not small; all words if none is left. */
function tellingWords(words: readonly string[]): readonly string[] {
  const telling = new Set(words.filter((word) => !isSmall(word)));
  return [...(telling.size > 0 ? telling : new Set(words))];
}

function areMisspelled(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 2) return false;
  if (one.length < shortestMisspelled || one.length > longestMisspelled) return false;
  // Misspelled titles mostly share one end; this is tested first because it is fast.
  if (one.slice(0, 3) !== other.slice(0, 3) && one.slice(-3) !== other.slice(-3)) return false;
  return editsWithin(one, other, 3) <= 2;
}

/** Whether near titles are two albums even if they share tracks, as live albums and collections do. */
export function toldApart(one: ParsedTitle, other: ParsedTitle): boolean {
  return isVetoed(one, other) || [...one.words, ...other.words].some((word) => collectionWords.has(word));
}

/** Returns true if a number, a year, a format, or a word for another recording sets one title apart from the other. */
export function isVetoed(one: ParsedTitle, other: ParsedTitle): boolean {
  return (
    one.numbers !== other.numbers ||
    one.format !== other.format ||
    marksOf(one.words) !== marksOf(other.words) ||
    isSetApart(one.words, other.words) ||
    isSetApart(other.words, one.words)
  );
}

/** "MMXI": albums recorded again are called by their year. */
const romanYear = /^m(?:cm|m)(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})$/;

function isSetApart(words: readonly string[], others: readonly string[]): boolean {
  const extra = words.filter((word) => !others.includes(word));
  return extra.some(
    (word) => playedAgain.has(word) || goingOn.has(word) || venueWords.has(word) || romanYear.test(word),
  );
}

function marksOf(words: readonly string[]): string {
  return words
    .filter((word) => identityWords.has(word))
    .toSorted()
    .join(" ");
}

const pieces = /\s*[/+]\s*|\s(?:and|with)\s/u;

/** Returns true if one title names two albums, and the other title is one of them: "A / B" and "A". */
export function holdsBoth(double: ParsedTitle, other: ParsedTitle): boolean {
  if (!/[/+&]/.test(double.stemText)) return false;
  return double.stemText
    .replaceAll("&", " and ")
    .split(pieces)
    .some(
      (piece, _, all) => all.length > 1 && piece.trim().toLowerCase() === other.stemText.trim().toLowerCase(),
    );
}
