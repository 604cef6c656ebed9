// Names by their words, in any order, folded as the matcher folds; with one slip of the pen forgiven.
import { editsWithin } from "../match/text/edit-distance.ts";
import { parseTitle } from "../match/titles/title.ts";
import type { WordBag } from "../match/titles/word-bag.ts";
import { foldedWords } from "./words.ts";

export interface WordQuery {
  readonly text: string;
  /** Each a list of words that a name has to hold: as typed; in digits, without the words of an edition. */
  readonly readings: readonly (readonly string[])[];
}

/** Words that stand or not, as people please: not asked for where nothing is found with them. */
const loose = new Set(["the", "and"]);

/** Throws UsageError for more words than any name has. */
export function wordQuery(text: string): WordQuery {
  const [typed, counted] = [text, parseTitle(text).counted].map(spokenWords) as [string[], string[]];
  const firm = typed.filter((word) => !loose.has(word));
  return { text, readings: distinct([typed, counted, firm]) };
}

/** Folding takes a lone n for "and" where it stands between words: in another order it may be the first. */
function spokenWords(text: string): string[] {
  return [...new Set(foldedWords([text]).map((word) => (word === "n" ? "and" : word)))];
}

function distinct(readings: readonly (readonly string[])[]): (readonly string[])[] {
  const known = new Map(
    readings.filter((words) => words.length > 0).map((words) => [words.join(" "), words]),
  );
  return [...known.values()];
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** What a bag that holds the word has in it. Scripts that don't space their words are looked for within. */
export function wordPattern(word: string): string {
  return unspaced.test(word) ? word : ` ${word} `;
}

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
