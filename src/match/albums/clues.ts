import type { Alternative } from "../rungs/alternatives.ts";
import type { Bag } from "../rungs/telling-words.ts";
import { tellingWords } from "../rungs/near-title.ts";
import { contentWords, hasLostLetter, isLongEnough } from "../rungs/typo.ts";
import { compact } from "../text/fold.ts";
import { bitsOf } from "../text/letter-bits.ts";
import { steadyKey, steadyPart, steadyRuns, type SteadyRuns } from "../text/notation.ts";
import { withoutArticle, wordsOfStem, type ParsedTitle } from "../text/title.ts";
import { isSmall, smallWords } from "../text/vocabulary.ts";

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

/** Letters near the beginning and the end of a key: what a slip changes is in one place, and leaves one of them. */
export interface Slip {
  readonly key: string;
  readonly start: string;
  /** Where the start is in the key, and the end. */
  readonly startAt: number;
  readonly end: string;
  readonly endAt: number;
  /** Of the letters that no slip changes more than two of. */
  readonly bitsOfWords: number;
  /** Of one word all may be changed, or else none. */
  readonly content: readonly string[];
  readonly bitsOfContent: number;
  readonly bitsOfStart: number;
  readonly bitsOfEnd: number;
  /** So many letters are the same from the start on, or back from the end. */
  readonly onward: number;
  readonly back: number;
  /** So many letters before, or behind, the other title may have a small word more or fewer. */
  readonly head: number;
  readonly tail: number;
  /** Where a number or a notation may stand at either end, any whole word tells as well. */
  readonly words: readonly string[];
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
  const runs = steadyRuns(words, title.key);
  const anyOf: Clue[] = [];
  for (let at = 0; at < alternatives.length; at++)
    anyOf.push(clueOf(steadyKey((alternatives[at] as Alternative).key)));
  const stemWords = wordsOfStem(title);
  if (stemWords.length >= sharedWords || (stemWords.length >= 2 && isVeiled(title.stemText))) {
    const stem = withoutLastN(compact(title.stem));
    anyOf.push(clueOf(stem));
    if (stemWords.length > sharedWords)
      anyOf.push(clueOf(stem.slice(0, sharedLetters)), clueOf(stem.slice(-sharedLetters)));
  }
  if (title.folded.length > cutOffLetters) {
    const whole = compact(title.folded);
    if (whole.length > cutOffLetters) anyOf.push(clueOf(whole.slice(0, cutOffLetters)));
  }
  // What all words of a key are in every notation each of them is.
  const allOf = runs.longest === title.key ? bag : bag.map(steadyPart);
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

function clueOf(letters: string): Clue {
  return { letters, bits: bitsOf(letters) };
}

/** At the end of a title "n" is a letter; before the words of an edition it is "and". */
function withoutLastN(letters: string): string {
  return letters.endsWith("n") ? letters.slice(0, -1) : letters;
}

const none: readonly string[] = [];

const anySlip: Slip = {
  key: "",
  start: "",
  startAt: 0,
  end: "",
  endAt: 0,
  bitsOfWords: 0,
  content: [],
  bitsOfContent: 0,
  bitsOfStart: 0,
  bitsOfEnd: 0,
  onward: 0,
  back: 0,
  head: 0,
  tail: 0,
  words: [],
};
/** In a word of this length there may be two slips. */
const longWord = 12;
const [fewestAlike, mostAlike, slipped] = [3, 6, 5];
/** A word may be written without its vowels, or with one letter for s and z. */
const steadyBits = ~bitsOf("aeiousz0");
/** A slip in the middle of so few letters may change all of them. */
const shortSpan = 8;

function slipOf(
  title: ParsedTitle,
  stemWords: readonly string[],
  words: readonly string[],
  { first, firstAt: startAt, last, lastAt }: SteadyRuns,
): Slip | null {
  if (hasLostLetter(title.stemText)) return anySlip;
  const content = contentWords(stemWords);
  if (!isLongEnough(content)) return null;
  const { key } = title;
  let bits = 0;
  for (let at = 0; at < content.length; at++) bits |= bitsOf(content[at] as string);
  const bitsOfWords = bits & steadyBits;
  const bitsOfContent = bits & ~bitsOf("sz");
  const start = first.slice(0, fewestAlike);
  const end = last.slice(-fewestAlike);
  const endAt = lastAt + last.length - end.length;
  const span = endAt + end.length - startAt;
  // Where a number makes one end agree, letters may be doubled at both; few titles hold a number.
  const isOpen = title.numbers !== "" || span < shortSpan;
  if (span < key.length && isOpen) return { ...anySlip, key, bitsOfWords, content, bitsOfContent };
  const isLong = stemWords.some(isVeryLong);
  const alike = isLong ? fewestAlike : Math.min(mostAlike, Math.max(fewestAlike, span - slipped));
  return {
    key,
    start,
    startAt,
    end,
    endAt,
    bitsOfWords,
    content,
    bitsOfContent,
    bitsOfStart: bitsOf(start),
    bitsOfEnd: bitsOf(end),
    onward: Math.min(alike, first.length),
    back: Math.min(alike, last.length),
    head: lengthBeside(words[0], words[1]),
    tail: lengthBeside(words.at(-1), words.at(-2)),
    words: span === key.length ? none : words.filter(isLongWord),
  };
}

export function holdsAll(letters: string, words: readonly string[]): boolean {
  for (let at = 0; at < words.length; at++) if (!letters.includes(words[at] as string)) return false;
  return true;
}

/** Whether letters hold all of these words but one, if any. */
export function holdsAllButOne(letters: string, words: readonly string[]): boolean {
  let missing = 0;
  for (let at = 0; at < words.length; at++) if (!letters.includes(words[at] as string)) missing += 1;
  return missing < 2;
}

const smallWordFirst = new RegExp(`^(?:${[...smallWords].join("|")})`);
const smallWordLast = new RegExp(`(?:${[...smallWords].join("|")})$`);

/** Behind an article at most. */
const farthest = 3;

/** The length of a word; none where a small word is beside it, which may be the one that the other title has not. */
function lengthBeside(word = "", other = ""): number {
  return isSmall(other) ? 0 : word.length;
}

function isVeryLong(word: string): boolean {
  return word.length >= longWord;
}

function isLongWord(word: string): boolean {
  return word.length > fewestAlike && steadyKey(word) === word;
}

/** Whether letters may be a slip away. */
export function mayBeSlip(slip: Slip, letters: string): boolean {
  const { key, start, startAt, end, endAt, head, tail } = slip;
  if (slip.words.some((word) => letters.includes(word))) return true;
  const hasEnd = letters.includes(end);
  for (let at = letters.indexOf(start); at !== -1; at = letters.indexOf(start, at + 1)) {
    if (startAt === 0 && at > farthest) break;
    if (hasEnd || head === 0) return true;
    const count = alikeFrom(key, startAt, letters, at, 1);
    if (count >= slip.onward) return true;
    if (count >= head && smallWordFirst.test(letters.slice(at + head))) return true;
    if (start === "") break;
  }
  if (!hasEnd) return false;
  for (let at = letters.indexOf(end); at !== -1; at = letters.indexOf(end, at + 1)) {
    if (tail === 0) return true;
    const until = at + end.length;
    const count = alikeFrom(key, endAt + end.length - 1, letters, until - 1, -1);
    if (count >= slip.back) return true;
    if (count >= tail && smallWordLast.test(letters.slice(0, Math.max(0, until - tail)))) return true;
  }
  return false;
}

/** How many letters are the same from there on, doubled ones counted once. */
function alikeFrom(one: string, from: number, other: string, to: number, step: 1 | -1): number {
  let count = 0;
  let [at, there] = [from, to];
  while (at >= 0 && at < one.length && there >= 0 && there < other.length) {
    if (isSame(one[at], other[there])) count += 1;
    else if (count > 0 && one[at] === one[at - step]) there -= step;
    else if (count > 0 && other[there] === other[there - step]) at -= step;
    else break;
    at += step;
    there += step;
  }
  return count;
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === other || (one === "z" ? other === "s" : one === "s" && other === "z");
}

/** One of these stands in every title that shares a word with this one, or nearly all of its letters. */
export function sharedClues(title: ParsedTitle): {
  readonly words: readonly string[];
  readonly ends: readonly string[];
} {
  const { first, last } = steadyRuns(wordsOfKey(title), title.key);
  return {
    words: tellingWords(title).map(steadyPart),
    ends: [first.slice(0, 3), last.slice(-3)],
  };
}

/** Without the article that the key hasn't either. */
function wordsOfKey({ counted, words }: ParsedTitle): readonly string[] {
  return withoutArticle(counted).length === counted.length ? words : words.slice(1);
}
