// Finds names that contain all the words but one, which has a typing slip.
import { editsWithin } from "../../match/text/edit-distance.ts";
import type { WordBag } from "../../match/titles/word-bag.ts";
import { wordPattern, type WordQuery } from "./records-named.ts";

function holdsWord(bag: WordBag, word: string): boolean {
  return bag.includes(wordPattern(word));
}

/** The correction of one typed word, and the names that contain it. */
export interface Slip {
  readonly typed: string;
  readonly text: string;
  readonly places: readonly number[];
}

/** Shorter words differ from too many others by one letter. */
const shortestSlip = 4;
/** Applies if the word was typed alone, so no other word supports the correction. */
const shortestAlone = 6;

/** Returns true if no name contains the typed word and it is long enough. */
export function isSlipSure({ typed }: Slip, { readings }: WordQuery, bags: readonly WordBag[]): boolean {
  const isAlone = readings[0]?.join(" ") === typed;
  if (isAlone && typed.length < shortestAlone) return false;
  // Two typed words that are one word in the name.
  return typed.includes(" ") || !bags.some((bag) => holdsWord(bag, typed));
}

/**
 * Names that contain all the words but one. That word has one letter too many, too few, wrong or swapped, or a missing
 * or extra space.
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

/** A different number is another album, never a slip. */
const onlyLetters = /^[^\p{N}]+$/u;

function respelled(bag: WordBag, word: string): string | undefined {
  if (!onlyLetters.test(word)) return undefined;
  // Scans the bag without splitting it, because few bags contain a word of the right length.
  for (let start = 1; start < bag.length;) {
    const end = bag.indexOf(" ", start);
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
