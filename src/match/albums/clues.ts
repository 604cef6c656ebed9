import type { Alternative } from "../rungs/alternatives.ts";
import type { Bag } from "../rungs/telling-words.ts";
import { compact } from "../text/fold.ts";
import { bitsOf } from "../text/letter-bits.ts";
import { steadyKey, steadyPart, steadyRuns } from "../text/notation.ts";
import { withoutArticle, wordsOfStem, type ParsedTitle } from "../text/title.ts";
import { slipOf, type Slip } from "./slips.ts";

/** Letters, and the bits that a title which holds them has. */
export interface Clue {
  readonly letters: string;
  readonly bits: number;
}

/**
 * What an album's title holds, if any rung reaches it from a record: to look for letters in titles that are only folded
 * is much cheaper than to take them apart.
 */
export interface Clues {
  /** Letters of every title of the record's key, however it is written; near where they stand in a title that holds others. */
  readonly key: Clue;
  /** One of these will do: those of its other titles, and what one title and its beginning share. */
  readonly anyOf: readonly Clue[];
  /** The whole key, where it is written in one notation: where another title holds it, it begins and ends as words do. */
  readonly whole: string | null;
  /** So will all words of the bag, if there are any. */
  readonly allOf: readonly string[];
  readonly bitsOfAll: number;
  /** Those that the key, each of any and all have in common: without them only a slip of the pen is left. */
  readonly bitsOfEach: number;
  /** So will, in its place, what a slip of the pen leaves as it is; null where none would be taken for one. */
  readonly slip: Slip | null;
  /** No slip changes a number: whether the title has one. */
  readonly isNumbered: boolean;
}

/** How many words two titles must share at the beginning or at the end. */
export const sharedWords = 4;
/** So many letters these have at least. */
const sharedLetters = 8;
/** So many are left of a title that is cut off. */
const cutOffLetters = 20;

/**
 * What replaces letters, trails off, may have the title behind it, or may have been written in another alphabet: such a
 * title may be near without sharing any.
 */
const veiled =
  /[*?\ufffd…]|\.\.|rom |[\u00c2-\u00f4][\u0080-\u00bf]|(?:[\u00c0-\u00ff][^A-Za-z]*){3}|[\ud800-\udfff]/;

export function isVeiled(raw: string): boolean {
  return (raw.includes("rom ") || !plainSigns.test(raw)) && veiled.test(raw);
}

/** What most titles are made of. */
const plainSigns = /^[A-Za-z0-9 ()[\]:,'&-]*$/;

export function cluesOf(title: ParsedTitle, alternatives: readonly Alternative[], bag: Bag): Clues {
  const words = wordsOfKey(title);
  const hasArticle = words !== title.words;
  const compacted = (text: string): string =>
    text === title.counted && !hasArticle ? title.key : compact(text);
  const runs = steadyRuns(words, title.key);
  const anyOf: Clue[] = [];
  for (let at = 0; at < alternatives.length; at++)
    anyOf.push(clueOf(steadyKey((alternatives[at] as Alternative).key)));
  const stemWords = wordsOfStem(title);
  if (stemWords.length >= sharedWords || (stemWords.length >= 2 && isVeiled(title.stemText))) {
    const stem = withoutLastN(compacted(title.stem));
    anyOf.push(clueOf(stem));
    if (stemWords.length > sharedWords)
      anyOf.push(clueOf(stem.slice(0, sharedLetters)), clueOf(stem.slice(-sharedLetters)));
  }
  if (title.folded.length > cutOffLetters) {
    const whole = compacted(title.folded);
    if (whole.length > cutOffLetters) anyOf.push(clueOf(whole.slice(0, cutOffLetters)));
  }
  // What all words of a key are in every notation each of them is.
  const allOf = runs.longest === title.key ? bag : steadyParts(bag);
  let bitsOfAll = 0;
  for (let at = 0; at < allOf.length; at++) bitsOfAll |= bitsOf(allOf[at] as string);
  const key = clueOf(withoutLastN(runs.longest));
  let bitsOfEach = allOf.length === 0 ? key.bits : key.bits & bitsOfAll;
  for (let at = 0; at < anyOf.length; at++) bitsOfEach &= (anyOf[at] as Clue).bits;
  return {
    key,
    whole: runs.longest === title.key ? title.key : null,
    anyOf,
    allOf,
    bitsOfAll,
    bitsOfEach,
    slip: slipOf(title, stemWords, words, runs),
    isNumbered: title.numbers !== "",
  };
}

function steadyParts(words: readonly string[]): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < words.length; at++) parts.push(steadyPart(words[at] as string));
  return parts;
}

function clueOf(letters: string): Clue {
  return { letters, bits: bitsOf(letters) };
}

/** At the end of a title "n" is a letter; before the words of an edition it is "and". */
function withoutLastN(letters: string): string {
  return letters.endsWith("n") ? letters.slice(0, -1) : letters;
}

export function holdsAll(letters: string, words: readonly string[]): boolean {
  for (let at = 0; at < words.length; at++) if (!letters.includes(words[at] as string)) return false;
  return true;
}

/** One of these stands in every title that has nearly all letters of this one. */
export function endsOf(title: ParsedTitle): readonly string[] {
  const { first, last } = steadyRuns(wordsOfKey(title), title.key);
  return [first.slice(0, 3), last.slice(-3)];
}

/** Without the article that the key hasn't either. */
function wordsOfKey({ counted, words }: ParsedTitle): readonly string[] {
  return withoutArticle(counted).length === counted.length ? words : words.slice(1);
}
