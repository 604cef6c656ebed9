import type { Alternative } from "../rungs/alternatives.ts";
import { hasOtherNotation } from "../text/notation.ts";
import type { ParsedTitle } from "../text/title.ts";
import { smallWords } from "../text/vocabulary.ts";

/** Of these letters a title holds some, if it is near a record's by any rung. */
export type Clues = readonly string[];

const ascii = /^[a-z]+$/;
/** What replaces letters, or trails off: such a title may be near without sharing any. */
const veiled = /[*?\ufffd…]|\.\./;

/** Null where a near title may share nothing: numbers are spelled in many ways, and so are some words. */
export function cluesOf(title: ParsedTitle, alternatives: readonly Alternative[], bag: string): Clues | null {
  const words = title.counted.split(" ").filter(isTelling);
  if (words.length === 0 || title.key.length < 3) return null;
  const holdsWord = (text: string): boolean => words.some((word) => text.includes(word));
  if (!holdsWord(title.key) || !alternatives.every(({ key }) => holdsWord(key))) return null;
  if (bag !== "" && !holdsWord(bag)) return null;
  // A slip of the pen leaves the beginning or the end as it is.
  const ends = [title.key.slice(0, 3), title.key.slice(-3)];
  return [...ends, ...words.filter((word) => !ends.some((end) => word.includes(end)))];
}

/** A word that every row of the very title holds; "" where there may be none. */
export function wordOfTitle(title: ParsedTitle): string {
  let longest = "";
  for (const word of title.counted.split(" "))
    if (word.length > longest.length && isTelling(word) && title.key.includes(word)) longest = word;
  return longest;
}

/** Words that stand in every spelling of a title. */
function isTelling(word: string): boolean {
  if (ascii.test(word)) return word.length >= 3 && !smallWords.has(word) && !hasOtherNotation(word);
  return /^[\p{L}\p{M}]+$/u.test(word);
}

export function fits(clues: Clues, letters: string, raw: string): boolean {
  for (const clue of clues) if (letters.includes(clue)) return true;
  return veiled.test(raw);
}
