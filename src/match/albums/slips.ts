import { contentWords, hasLostLetter, isLongEnough } from "../rungs/typo.ts";
import { bitsOf } from "../text/letter-bits.ts";
import { steadyKey, type SteadyRuns } from "../text/notation.ts";
import type { ParsedTitle } from "../text/title.ts";
import { isSmall, smallWords } from "../text/vocabulary.ts";

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
const lettersOfOne = bitsOf("sz");
/** A slip in the middle of so few letters may change all of them. */
const shortSpan = 8;

/** What a slip of the pen leaves of a title; null where none would be taken for one. */
export function slipOf(
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
  const bitsOfContent = bits & ~lettersOfOne;
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

const mostWords = 30;

/** Whether letters hold all of these words but one, if any. */
export function holdsAllButOne(letters: string, words: readonly string[]): boolean {
  let missing = 0;
  // To look for many words in a long title takes long.
  if (words.length > mostWords) return true;
  for (let at = 0; at < words.length && missing < 2; at++)
    if (!letters.includes(words[at] as string)) missing += 1;
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
