// Names that hold all the words but one, which has a slip of the pen.
import { editsWithin } from "../../match/text/edit-distance.ts";
import type { WordBag } from "../../match/titles/word-bag.ts";
import { wordPattern, type WordQuery } from "./records-named.ts";

function holdsWord(bag: WordBag, word: string): boolean {
  return bag.includes(wordPattern(word));
}

/** What was meant in place of one of the typed words, and where it stands. */
export interface Slip {
  /** What was typed, in place of which `text` was meant. */
  readonly typed: string;
  readonly text: string;
  readonly places: readonly number[];
}

/** Shorter words differ from too many others by one letter. */
const shortestSlip = 4;
/** Alone, without other words to bear it out. */
const shortestAlone = 6;

/** Whether nobody can have meant what was typed: no name has that word, and it is long enough to be sure. */
export function isSlipSure({ typed }: Slip, { readings }: WordQuery, bags: readonly WordBag[]): boolean {
  const isAlone = readings[0]?.join(" ") === typed;
  if (isAlone && typed.length < shortestAlone) return false;
  // Two words that are one elsewhere.
  return typed.includes(" ") || !bags.some((bag) => holdsWord(bag, typed));
}

/**
 * Names that hold all the words but one, which has a letter too many, too few or wrong, or two of them swapped; or where a
 * blank is missing or too much.
 */
export function slipsIn(bags: readonly WordBag[], { readings }: WordQuery): Slip[] {
  const [words = []] = readings;
  const found = new Map<string, { typed: string; places: number[] }>();
  for (const [place, bag] of bags.entries()) {
    const slip = slipIn(bag, words);
    if (slip === undefined) continue;
    const [typed, text] = slip;
    const known = found.get(text);
    if (known === undefined) found.set(text, { typed, places: [place] });
    else known.places.push(place);
  }
  return [...found].map(([text, slip]) => ({ text, ...slip }));
}

function slipIn(bag: WordBag, words: readonly string[]): [typed: string, text: string] | undefined {
  let first = -1;
  let second = -1;
  for (let at = 0; at < words.length; at += 1) {
    if (holdsWord(bag, words[at] ?? "")) continue;
    if (second !== -1) return undefined;
    if (first === -1) first = at;
    else second = at;
  }
  if (first === -1) return undefined;
  const typed = words[first] ?? "";
  if (second === first + 1) {
    const meant = typed + (words[second] ?? "");
    return holdsWord(bag, meant)
      ? [
          `${typed} ${words[second] ?? ""}`,
          [...words.slice(0, first), meant, ...words.slice(second + 1)].join(" "),
        ]
      : undefined;
  }
  if (second !== -1 || typed.length < shortestSlip) return undefined;
  const meant = respelled(bag, typed) ?? split(bag, typed);
  return meant === undefined
    ? undefined
    : [typed, [...words.slice(0, first), meant, ...words.slice(first + 1)].join(" ")];
}

/** Numbers tell albums apart: one for another is no slip. */
const onlyLetters = /^[^\p{N}]+$/u;

function respelled(bag: WordBag, word: string): string | undefined {
  if (!onlyLetters.test(word)) return undefined;
  // Without a list of its words: most bags have none of a length that would do.
  for (let start = 1; start < bag.length;) {
    const end = bag.indexOf(" ", start);
    // A bag that was not made here may end anyhow.
    if (end === -1) return undefined;
    const length = end - start;
    if (length >= shortestSlip - 1 && Math.abs(length - word.length) <= 1) {
      const other = bag.slice(start, end);
      if (editsWithin(word, other, 1) === 1 && onlyLetters.test(other)) return other;
    }
    start = end + 1;
  }
  return undefined;
}

function split(bag: WordBag, word: string): string | undefined {
  for (let at = 1; at < word.length; at += 1) {
    const parts = `${word.slice(0, at)} ${word.slice(at)}`;
    if (bag.includes(` ${parts} `)) return parts;
  }
  return undefined;
}
